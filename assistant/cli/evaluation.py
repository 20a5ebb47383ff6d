"""`assistant eval …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.options import ConfigOption, IndexOption, JsonOption, load_command_settings, open_assistant
from assistant.cli.usage.groups import HELP_OPTIONS, HelpfulGroup
from assistant.evaluation.metrics import (
    ANSWER_METRICS,
    CURVE_METRICS,
    QUESTION_GROUPS,
    STATEMENT_METRICS,
    WRITER_METRICS,
    explain_metrics,
)


class _DefaultToAnswersGroup(HelpfulGroup):
    """Reads `eval QUESTIONS` as `eval answers QUESTIONS`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the default command."""
        if args and args[0] not in {*self.commands, *HELP_OPTIONS}:
            args = ["answers", *args]
        return super().parse_args(ctx, args)


eval_app = typer.Typer(
    help="Measure answers or statements against human annotations.",
    epilog="`assistant eval FILE` is short for `assistant eval answers FILE`.",
    cls=_DefaultToAnswersGroup,
    rich_markup_mode=None,
)


@eval_app.command(
    "answers",
    epilog=f"Metrics.\n\n{explain_metrics(ANSWER_METRICS)}\n\nGroups, besides the types of questions.\n\n"
    f"{explain_metrics(QUESTION_GROUPS)}\n\nThe curve.\n\n{explain_metrics(CURVE_METRICS)}\n\n"
    f"With --writer.\n\n{explain_metrics(WRITER_METRICS)}",
)
def eval_answers(
    context: typer.Context,
    questions: Annotated[
        Path,
        typer.Argument(help="JSON lines: questions as for `ask --batch`, with the right answers.", show_default=False),
    ],
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Save the answers to this file.", show_default=False)
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Also show the effect of refusing below other confidences.")
    ] = False,
    writer: Annotated[
        bool,
        typer.Option(
            "--writer",
            help="Ask each question three times: without the language model of the settings, with its choice "
            "(select), and with its prose (write).",
        ),
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Ask questions with known answers, and measure quotations, citations and refusals.

    A line of QUESTIONS has `id` and `question`, and may have `type`, `answerable`, `answers`, `short_answers` (true:
    look for the answers in the words shown even if their place is annotated), `speaker`, `as_of` or `asked_at`,
    `scope_article_ids`, `history`, and `evidence`: a list of `article_id` with `content_spans` (pairs of offsets of
    the words that answer) or `evidence_words` (the words themselves). Questions with `asked_at` are asked a second
    time without it, and both are reported.

    Example: assistant eval tests/gold.jsonl
    """
    from assistant.cli.render.evaluation import run_answer_evaluation, run_writer_evaluation
    from assistant.engine import Assistant
    from assistant.evaluation.datasets import read_questions

    gold_questions = read_questions(questions)
    if answers is not None and answers.exists() and answers.samefile(questions):
        raise typer.BadParameter("--answers would overwrite the questions")
    if writer and curve:
        raise typer.BadParameter("--writer cannot be combined with --curve")
    assistant = Assistant(load_command_settings(context, config, index))
    assistant.check_library()
    if writer:
        run_writer_evaluation(assistant, gold_questions, saved=answers, as_json=as_json)
    else:
        run_answer_evaluation(assistant, gold_questions, saved=answers, with_curve=curve, as_json=as_json)


@eval_app.command(
    "statements", epilog=f"Metrics, for direct and for indirect speech.\n\n{explain_metrics(STATEMENT_METRICS)}"
)
def eval_statements(
    context: typer.Context,
    attributions: Annotated[Path, typer.Argument(help="JSON lines: annotated attributions.", show_default=False)],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Measure the library's statements, who said what, against annotated attributions.

    A line has `article_id` and `content_spans`, pairs of offsets, and may have `direct_quote` (true or false),
    `speaker` (the full name) and `source_type` (named, pronoun or another word).
    """
    from assistant.cli.render.evaluation import run_statement_evaluation
    from assistant.evaluation.datasets import read_attributions

    run_statement_evaluation(open_assistant(context, config, index), read_attributions(attributions), as_json=as_json)
