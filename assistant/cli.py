"""The `assistant` command. No logic of its own: it reads options, calls the engine, prints.

Answers go to stdout, everything else to stderr."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from assistant import __version__, cli_conversations
from assistant.cli_conversations import ExportFormat
from assistant.display import one_line
from assistant.errors import AssistantError, QuestionError, ReadError
from assistant.figures import ANSWERS, CURVE, STATEMENTS, explained
from assistant.interface import open_interface, settings_of
from assistant.process import flush_output, run

if TYPE_CHECKING:
    from assistant.config import Config
    from assistant.engine import Assistant

EXIT_CODES = """Exit codes: 0 done (a refusal to answer is an answer); 1 the command failed; 2 wrong usage;
3 `verify` found a citation that does not hold, `quote` a quotation that is not verbatim or not the named speaker's,
or `doctor` a fault; 130 interrupted."""
MORE = 20  # sentences in an answer of which more is wanted

app = typer.Typer(
    name="assistant",
    help="Ask your own news articles a question. Every quotation in the answer is copied from its source.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
articles_app = typer.Typer(help="List the articles in the library, or show one.", rich_markup_mode=None)
app.add_typer(articles_app, name="articles", no_args_is_help=True)
app.add_typer(cli_conversations.app, name="conversations", no_args_is_help=True)


class _AnswersUnlessNamed(typer.core.TyperGroup):
    """Takes `eval QUESTIONS` for `eval answers QUESTIONS`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["answers", *args]
        return super().parse_args(ctx, args)


eval_app = typer.Typer(
    help="Measure answers, or statements, against what people have written down as right.",
    epilog="`assistant eval FILE` is short for `assistant eval answers FILE`.",
    cls=_AnswersUnlessNamed,
    rich_markup_mode=None,
)
app.add_typer(eval_app, name="eval", no_args_is_help=True)

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="Settings file, or the folder that holds one. Default: $ASSISTANT_CONFIG, else ./config.yaml.",
        show_default=False,
    ),
]
IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help="Folder of the index, instead of the configured one.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def bare(
    context: typer.Context,
    config: ConfigOption = None,
    index: IndexOption = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Without a command: open the terminal interface, as `chat` does."""
    context.obj = (config, index)
    if context.invoked_subcommand is None:
        open_interface(config, index)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Folder of the new library; made if need be.")]) -> None:
    """Make a new library: config.yaml, seeds/ for your articles, and index/.

    Then put articles into seeds/, change into the folder, and run: assistant build
    """
    from assistant.starting import make_library

    for path in make_library(folder):
        typer.echo(f"made {path}")
    typer.echo(f"Put articles into {folder / 'seeds'}, then: cd {folder} && assistant build && assistant")


@app.command()
def build(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders and files of articles, instead of the configured ones.", show_default=False),
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make everything anew, embeddings too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress; notices and errors only.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every article that was added, changed or removed.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Bring the index up to date with the articles: add new ones, renew changed ones, drop removed ones.

    The index then mirrors the given PATHS. Only what changed is read, cut and embedded. Until the build is
    complete, and if it is stopped, the index stays as it was. What cannot be read is named and left out.

    Example: assistant build ~/articles archive.jsonl
    """
    from assistant.console import run_build
    from assistant.engine import Assistant

    settings = _settings(context, config, index)
    if paths:
        settings = settings.model_copy(update={"articles": tuple(path.absolute() for path in paths)})
    run_build(Assistant(settings).build(rebuild=rebuild), quiet=quiet, as_json=as_json, verbose=verbose)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="The question.", show_default=False)] = None,
    as_json: JsonOption = False,
    form: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Print the answer as something else than text.", show_default=False),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="Answer every line of a file of JSON objects with `id` and `question` (- for standard input); "
            "prints one JSON answer a line.",
            show_default=False,
        ),
    ] = None,
    top_k: Annotated[
        int | None, typer.Option("--top-k", min=1, max=200, help="Passages to retrieve.", show_default=False)
    ] = None,
    more: Annotated[bool, typer.Option("--more", help=f"A long answer: up to {MORE} sentences.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Answer a question from the articles, with numbered sources, or say that they do not answer it.

    Example: assistant ask "what did Ushakov say about Europe?"
    """
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question, or --batch FILE")
    if form is not None and (as_json or batch is not None):
        raise typer.BadParameter("--format goes with neither --json nor --batch")
    settings = _settings(context, config, index)
    if top_k is not None:
        retrieval = settings.retrieval.model_copy(update={"top_k": top_k})
        settings = settings.model_copy(update={"retrieval": retrieval})
    if more:
        answers = settings.answers.model_copy(update={"max_sentences": MORE, "max_facts": MORE, "keep_share": 0.0})
        settings = settings.model_copy(update={"answers": answers})
    if batch is not None:
        _ask_batch(settings, batch)
        return
    from assistant.question import parse_question

    asked = question or ""
    parse_question(asked)  # nothing needs loading to see that there is nothing to ask
    assistant = _ready_to_ask(settings)
    from assistant.answering import to_json
    from assistant.console import print_answer
    from assistant.engine import final_answer, final_turn

    if form is not None:
        from assistant.exporting import exported

        sys.stdout.write(exported([final_turn(assistant.ask(asked))], form.value))
        return
    answer = final_answer(assistant.ask(asked))
    if as_json:
        _print_json(to_json(answer))
    else:
        print_answer(answer)


def _ask_batch(settings: Config, name: str) -> None:
    from assistant.answering import to_json, unasked
    from assistant.batch import asked
    from assistant.engine import final_answer

    assistant = _ready_to_ask(settings)
    broken = 0
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        try:
            one = asked(_decoded(line))
        except ValueError as error:
            broken += 1
            typer.echo(one_line(f"{name}, line {number}: {error}"), err=True)
            continue
        try:
            events = assistant.ask(one.question, scope=one.scope, as_of=one.as_of, asked_at=one.asked_at)
            answer = final_answer(events)
        except QuestionError as error:
            answer = unasked(one.question, str(error))
        _print_json(to_json(answer, one.id), flush=True)
    if broken:
        raise AssistantError(f"{name}: {broken} line{'s' if broken > 1 else ''} could not be asked; see above")


def _decoded(line: str) -> object:
    try:
        return json.loads(line)
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error


def _lines(name: str) -> Iterator[str]:
    try:
        if name == "-":
            if isinstance(sys.stdin, io.TextIOWrapper):
                sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
            yield from sys.stdin
        else:
            with Path(name).open(encoding="utf-8-sig") as file:
                yield from file
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: not UTF-8 text") from error
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {error.strerror}") from error


@app.command()
def chat(
    context: typer.Context,
    go_on: Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface: ask, read the sources beside the answer, rebuild."""
    open_interface(*_chosen(context, config, index), go_on=go_on)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to serve at; 0.0.0.0 is every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to serve at; 0 takes a free one.")] = 8000,
    public_url: Annotated[
        str | None,
        typer.Option("--public-url", metavar="URL", help="Where a proxy in front serves it.", show_default=False),
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="Demand a token on this machine too.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface in a web page, for this machine alone unless --host says otherwise.

    Where other machines can reach it, its address holds a token, and without that nobody comes in; $ASSISTANT_TOKEN
    sets one that stays the same. The connection is as private as its network: over others, put a proxy with TLS in
    front and name its address with --public-url. Ctrl+C ends it.

    Example: assistant serve --port 9000
    """
    from assistant.admitting import admission
    from assistant.config import find_config

    settings = _settings(context, config, index)  # faults of config.yaml are told here, not in every page
    rules = admission(host, public_url, wanted=token)
    from assistant.serving import serve as run_server

    interface = [sys.executable, "-P", "-m", "assistant", "chat", "--index", str(settings.index)]
    named = find_config(_chosen(context, config, index)[0])
    if named is not None:
        interface += ["--config", str(named.absolute())]
    run_server(interface, rules, host, port, _announce)


def _announce(address: str) -> None:
    typer.echo(f"News assistant is at {address}")
    typer.echo("Ctrl+C ends it.", err=True)
    flush_output()


@articles_app.command("list")
def list_articles(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """All articles, newest first: day, outlet, title, id."""
    from assistant.console import print_articles

    with _opened(context, config, index).library() as library:
        if as_json:
            for article in library.articles():
                _print_json(_described(article))
        else:
            print_articles(library.articles())


@articles_app.command("show")
def show_article(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `list` shows it.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """One article with its head and its whole text."""
    from assistant.console import print_article

    with _opened(context, config, index).library() as library:
        article = library.article(article_id)
    if article is None:
        raise AssistantError(f"no article with the id {article_id!r}; `assistant articles list` shows all ids")
    if as_json:
        _print_json({**_described(article), "text": article.text})
    else:
        print_article(article)


@articles_app.command("search")
def search_articles(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words to look for; a phrase in quotation marks within quotes.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Articles whose text holds these words, best first: day, outlet, title, id, and the words in their place.

    Where no passage holds all of them, words that begin like the last one are tried, then any of the words.

    Example: assistant articles search homes evacuated
    """
    from assistant.console_browse import hit_json, print_hits

    result = _opened(context, config, index).catalogue().search(" ".join(words))
    if as_json:
        for number in range(len(result.hits)):
            _print_json(hit_json(result, number))
    else:
        print_hits(result)


@app.command()
def speakers(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Whose words to print; a part of the name is enough.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Who speaks in the articles, most quoted first; or what NAME said, newest first.

    Example: assistant speakers Ushakov
    """
    from dataclasses import asdict

    from assistant.console_browse import print_speaker, print_speakers
    from assistant.listing import chosen_speaker

    catalogue = _opened(context, config, index).catalogue()
    found = catalogue.speakers()
    if name is None:
        if as_json:
            for row in found:
                _print_json(asdict(row))
        else:
            print_speakers(found)
        return
    page = catalogue.speaker(chosen_speaker(found, name).name)
    if as_json:
        for said in page.sayings:
            _print_json({"speaker": page.name, **asdict(said)})
    else:
        print_speaker(page)


def _described(article: Any) -> dict[str, Any]:
    from dataclasses import asdict

    record = asdict(article)
    record["characters"] = len(record.pop("text"))
    return record


@app.command()
def stats(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """What the library holds, how it was built, and how large it is."""
    from dataclasses import asdict

    from assistant.console import print_stats

    assistant = _opened(context, config, index)
    figures, pending = assistant.stats(), assistant.pending()
    if as_json:
        _print_json({**figures, "pending": asdict(pending)})
    else:
        print_stats({**figures, "pending": str(pending) or "nothing"})


@app.command()
def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended; nothing that is whole is lost.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check the whole index: its files, every article, passage, vector and statement, the model, the room on the disk.

    Everything is worked out again and compared. What is damaged is mended from what is whole: the FAISS file from the
    stored vectors, vectors from the FAISS file, statements from the text, articles from their files. A database that
    cannot be read is put aside, not deleted. Exit code 0 where nothing is wrong, else 3.

    Example: assistant doctor --fix
    """
    from assistant.console_doctor import run_doctor

    if not run_doctor(_settings(context, config, index), fix=fix, as_json=as_json):
        raise typer.Exit(3)


@app.command()
def verify(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A saved answer, or several, as `ask --json` prints them; - for stdin.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check every citation of a saved answer against the library: same article, same place, same words."""
    from dataclasses import asdict

    from assistant.console import print_checks
    from assistant.verifying import saved_answers, verify_answer

    text = "".join(_lines(file))
    with _opened(context, config, index).library() as library:
        try:
            checks = [check for answer in saved_answers(text) for check in verify_answer(answer, library)]
        except ReadError as error:
            raise ReadError(f"{file}: {error}") from error
    if as_json:
        for check in checks:
            _print_json(asdict(check))
    else:
        print_checks(checks)
    if any(check.fault for check in checks):
        raise typer.Exit(3)


@eval_app.command("answers", epilog=f"The figures.\n\n{explained(ANSWERS)}\n\nThe curve.\n\n{explained(CURVE)}")
def eval_answers(
    context: typer.Context,
    questions: Annotated[
        Path, typer.Argument(help="JSON lines: what `ask --batch` takes, with the right answers.", show_default=False)
    ],
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Save the answers to this file.", show_default=False)
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Also what refusing below other confidences would give.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Ask questions whose answers are known, and measure quotations, citations and refusals.

    A line of QUESTIONS has `id` and `question`, and may have `type`, `answerable`, `answers`, `speaker`, `as_of` or
    `asked_at`, `scope_article_ids`, and `evidence`: a list of `article_id` with `content_spans` (pairs of offsets of
    the words that answer) or `evidence_words` (the words themselves).

    Example: assistant eval tests/gold.jsonl
    """
    from assistant.console_eval import run_answers
    from assistant.engine import Assistant
    from assistant.gold import read_questions

    asked = read_questions(questions)
    if answers is not None and answers.exists() and answers.samefile(questions):
        raise typer.BadParameter("--answers would overwrite the questions")
    assistant = Assistant.open(_settings(context, config, index))
    run_answers(assistant, asked, saved=answers, with_curve=curve, as_json=as_json)


@eval_app.command("statements", epilog=f"The figures, for direct and for indirect speech.\n\n{explained(STATEMENTS)}")
def eval_statements(
    context: typer.Context,
    attributions: Annotated[
        Path, typer.Argument(help="JSON lines: attributions that people annotated.", show_default=False)
    ],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Measure the library's statements, who said what, against annotated attributions.

    A line has `article_id` and `content_spans`, pairs of offsets, and may have `direct_quote` (true or false),
    `speaker` (the full name) and `source_type` (named, pronoun or another word).
    """
    from assistant.console_eval import run_statements
    from assistant.gold import read_attributions

    run_statements(_opened(context, config, index), read_attributions(attributions), as_json=as_json)


@app.command()
def quote(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="The quotation, or a sentence that quotes somebody.")],
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", metavar="NAME", help="Who is meant to have said it.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Check a quotation: which article it is from, and whether its words stand there as quoted.

    Says verbatim, altered (with the difference), stitched from several places, said by somebody else, or not in the
    collection. “…” and [brackets] mark omissions and insertions. Exit code 0 where it is verbatim, else 3.

    Example: assistant quote 'Valcourt said: "the piles are rotten"'
    """
    from assistant.console_quote import print_check
    from assistant.quoting import to_json

    check = _opened(context, config, index).check_quote(text, speaker)
    if as_json:
        _print_json(to_json(check))
    else:
        print_check(check)
    if not check.holds:
        raise typer.Exit(3)


# ---------------------------------------------------------------------------------------------- shared


def _chosen(context: typer.Context, config: Path | None, index: Path | None) -> tuple[Path | None, Path | None]:
    """The options of a command, else those before its name."""
    parent = context.find_root().obj or (None, None)
    return config or parent[0], index or parent[1]


def _settings(context: typer.Context, config: Path | None, index: Path | None) -> Config:
    return settings_of(*_chosen(context, config, index))


def _ready_to_ask(settings: Config) -> Assistant:
    """The library, opened while its model is being loaded."""
    from assistant.loading import loading

    model = loading(settings)
    from assistant.engine import Assistant  # meanwhile

    assistant = Assistant.open(settings, model)
    said = model.remark()
    if said is not None:
        typer.echo(f"note    {one_line(settings.embedding.model)}: {said}", err=True)
    return assistant


def _opened(context: typer.Context, config: Path | None, index: Path | None) -> Assistant:
    from assistant.engine import Assistant

    return Assistant(_settings(context, config, index))


def _print_json(record: dict[str, Any], flush: bool = False) -> None:
    # ASCII only: nothing in an article can then reach a terminal as a control character.
    sys.stdout.write(json.dumps(record) + "\n")
    if flush:
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, that of the command line if none is given; every failure is one line on stderr."""
    run(lambda: app(arguments))
