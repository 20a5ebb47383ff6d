"""Asks several libraries the same question: the answer of each, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.cli.json_lines import print_json
from assistant.cli.options import open_for_asking
from assistant.config.schema import Config
from assistant.config.sources import load_settings
from assistant.records.answer import Answer

_OUTCOMES = ("answer", "near", "nothing")


def ask_together(
    names: Sequence[Path],
    questions: Sequence[str],
    adjust: Callable[[Config], Config],
    tag: str | None,
    *,
    as_json: bool,
) -> None:
    """Ask each library each question and print the answers; libraries with the same models share them.

    Raises AssistantError if one of them cannot be asked: what the others say would not be the whole answer.
    """
    from assistant.engine import Assistant

    first, assistants = None, []
    for named in dict.fromkeys(names):
        settings = adjust(load_settings(named, None))
        if first is None:
            first = other = open_for_asking(settings)
        else:
            same_model = settings.embedding == first.config.embedding
            other = Assistant(settings, first.model) if same_model else open_for_asking(settings)
            if settings.ranking == first.config.ranking:
                other.ranking = first.ranking
            other.check_library()
        assistants.append((str(named), other))
    for number, question in enumerate(questions):
        answers = [
            (name, each.ask(question, scope=None if tag is None else each.find_tagged(tag)))
            for name, each in assistants
        ]
        answers.sort(key=lambda pair: _rank(pair[1]))
        if as_json:
            from assistant.presentation.json_schema import answer_to_json

            for name, answer in answers:
                print_json({"library": name, **answer_to_json(answer)}, flush=True)
        else:
            from assistant.cli.render.answers import print_answers_of_libraries, print_question

            if len(questions) > 1:
                print_question(question, is_first=number == 0)
            print_answers_of_libraries(answers)


def _rank(answer: Answer) -> tuple[int, float]:
    return _OUTCOMES.index(answer.outcome), -(answer.confidence or 0.0)
