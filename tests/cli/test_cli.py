"""Tests of the command line: answers on stdout, errors in one line on stderr, documented exit codes, and no
control characters from articles.
"""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import main
from assistant.engine import Assistant
from assistant.indexing.staging import STAGING_DATABASE
from tests.conftest import run_build

USHAKOV = "What did Ushakov say about Europe?"
POPE = "What did the Pope say about Europe?"
# All control characters except tab and newline.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class CommandResult:
    """Exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., CommandResult]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `assistant` with these arguments in tmp_path, in this process, with piped output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, stdin: bytes = b"") -> CommandResult:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        assert isinstance(ended.value.code, int)
        return CommandResult(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def index(seeds: Assistant) -> Path:
    """The index over seeds/, which tests only read."""
    return seeds.config.index


def assert_fails(done: CommandResult, *parts: str, code: int = 1) -> None:
    """The command failed with one error line that contains these parts, and printed nothing else."""
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1
    assert all(part in done.err for part in parts), done.err


def make_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "assistant", *map(str, arguments)]


def make_environment(**values: str) -> Mapping[str, str]:
    """The environment of a user: output to a pipe is buffered."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"} | values


# ------------------------------------------------------------------------------------------- init and build


def test_init_build_and_ask(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new library is created, built and asked."""
    done = run("init", "news")
    assert (done.code, done.err) == (0, "")
    assert "created news/config.yaml" in done.out
    assert "cd news && assistant build" in done.out
    monkeypatch.chdir(tmp_path / "news")
    assert_fails(run("ask", USHAKOV), "no index here yet; run: assistant build")
    assert_fails(run("build"), "no article could be read", "seeds")
    Path("seeds/quay.md").write_text("“The quay is too short,” said Maud Lindqvist.", encoding="utf-8")
    assert run("build").code == 0
    assert "“The quay is too short,”" in run("ask", "What did Lindqvist say about the quay?").out


def test_init_keeps_existing_library(run: Run) -> None:
    """init leaves an existing library unchanged."""
    run("init", ".")
    Path("config.yaml").write_text("index: elsewhere\n")
    assert_fails(run("init", "."), "config.yaml", "choose another folder")
    assert Path("config.yaml").read_text() == "index: elsewhere\n"


def test_init_beside_articles_says_how_they_are_read(run: Run) -> None:
    """Somebody who makes a library where the articles are is told that only seeds/ is read; a README is no article."""
    for name in ("quay.md", "pier.txt", "README.md"):
        Path(name).write_text("The quay is open.", encoding="utf-8")
    done = run("init", ".")
    assert "2 files beside seeds/ can be read: move them into seeds/, or name them at `articles:`" in done.out


def test_init_without_folder_is_an_error(run: Run) -> None:
    """init fails if no folder can be created at the path."""
    Path("file").touch()
    assert_fails(run("init", "file/news"), "file/news", "cannot be written")


def test_build_summary_and_repeat_embeds_nothing(run: Run, tmp_path: Path, write_article: Callable[..., Path]) -> None:
    """A build sums up what it did in one line; a second one embeds nothing."""
    write_article("a.md", "The harbour is open.")
    broken = write_article("b.jsonl", '{"id": "b", "text": "The quay is closed."}\n{\n')
    build = ("build", tmp_path / "articles", "--index", tmp_path / "index")
    done = run(*build)
    assert done.code == 0
    assert re.fullmatch(
        r"2 articles \(2 added\); 1 skipped, 2 passages, 2 embedded, in \d+\.\d s", done.out.splitlines()[0]
    )
    assert re.fullmatch(rf"skipped {re.escape(str(broken))}, line 2: not valid JSON: .*\n", done.err)
    assert "2 articles (2 unchanged); 1 skipped, 2 passages, nothing embedded" in run(*build).out

    quiet = run(*build, "--quiet", "--rebuild")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", done.err)

    (report,) = run(*build, "--json").json
    assert {name: report[name] for name in ("articles", "unchanged", "embedded", "skipped")} == {
        "articles": 2,
        "unchanged": 2,
        "embedded": 0,
        "skipped": 1,
    }
    assert [notice["place"] for notice in report["notices"]] == [f"{broken}, line 2"]


def test_build_missing_articles_keeps_index(
    run: Run, tmp_path: Path, assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    """A build from a missing folder fails and keeps the index."""
    write_article("a.md", "The harbour is open.")
    run_build(assistant)
    done = run("build", tmp_path / "nowhere", "--index", assistant.config.index)
    assert (done.code, done.out) == (1, "")
    skipped, error = done.err.splitlines()
    assert skipped == f"skipped {tmp_path / 'nowhere'}: No such file or directory"
    assert error.startswith("error: ")
    assert "the index is unchanged" in error
    assert assistant.article("a.md") is not None


def test_build_notices_summarized(run: Run, tmp_path: Path, write_article: Callable[..., Path]) -> None:
    """Many notices are summarized."""
    write_article("a.jsonl", "{\n" * 30 + '{"id": "b", "text": "The quay is closed."}\n')
    done = run("build", tmp_path / "articles", "--index", tmp_path / "index")
    assert (done.code, len(done.err.splitlines())) == (0, 21)
    assert "… and 10 more like these" in done.err


# --------------------------------------------------------------------------------------------------- ask


def test_ask_piped_is_plain_text(run: Run, index: Path) -> None:
    """A piped answer is plain text with numbered sources."""
    done = run("ask", USHAKOV, "--index", index)
    assert (done.code, done.err) == (0, "")
    assert not OBEYED.search(done.out)
    answer, sources = done.out.split("\nSources\n")
    assert "- Yuri Ushakov: Many Europeans, though not all, dislike them, he said. [1]" in answer
    assert sources.startswith("[1] Putin and Trump meet in Anchorage")


def test_ask_on_ascii_terminal(run: Run, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that lacks some characters still gets the answer in those that it has."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert run("ask", USHAKOV, "--index", index).code == 0
    assert b"Many Europeans, though not all, dislike them, he said. [1]" in written.getvalue()


def test_ask_refusal_exits_with_0(run: Run, index: Path) -> None:
    """A refusal prints its reason and is not a failure."""
    done = run("ask", POPE, "--index", index)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("The articles do not answer this.\nNo article found for this question names the Pope.")


def test_ask_json_schema_and_exact_quotes(run: Run, index: Path, seeds: Assistant) -> None:
    """An answer in JSON follows the published schema and has exact quotes."""
    (answer,) = run("ask", USHAKOV, "--index", index, "--json").json
    assert (
        list(answer)
        == (
            "schema id question standalone_question answer abstained outcome short_answer as_of reason mode sentences "
            "citations passages timings confidence notes conflicts corrections nearest missing difference summary "
            "collection writing"
        ).split()
    )
    assert (answer["schema"], answer["id"], answer["question"], answer["abstained"]) == (1, None, USHAKOV, False)
    assert answer["timings"]["total_ms"] > 0
    assert len(answer["passages"]) >= 10
    for cited in answer["citations"]:
        article = seeds.article(cited["article_id"])
        assert article is not None
        assert cited["quote"] == article.text[cited["start"] : cited["end"]]


def test_ask_top_k_limits_passages(run: Run, index: Path) -> None:
    """--top-k limits the number of passages."""
    (answer,) = run("ask", USHAKOV, "--index", index, "--json", "--top-k", "2").json
    assert len(answer["passages"]) == 2


@pytest.mark.parametrize("before", [True, False])
def test_index_option_before_or_after_command(run: Run, index: Path, before: bool) -> None:
    """--index is accepted before and after the command."""
    arguments = ["--index", index, "stats"] if before else ["stats", "--index", index]
    assert "articles:       18" in run(*arguments).out


@pytest.mark.parametrize(
    ("question", "part"),
    [("", "the question is empty"), (" \n\t ", "the question is empty"), ("why " * 2500, "at most 4,000 are read")],
    ids=["empty", "blank", "long"],
)
def test_ask_invalid_question_one_line_error(run: Run, index: Path, question: str, part: str) -> None:
    """An invalid question is reported in one line."""
    assert_fails(run("ask", question, "--index", index), part)


BATCH = b"""\xef\xbb\xbf{"id": 1, "question": "What did Ushakov say about Europe?"}

{"id": {"any": "id"}, "question": "  "}
not json
[1]
{"id": 4, "question": 4}
{"id": "five", "question": "What did Ushakov say about Europe?", "scope_article_ids": ["x"], "as_of": "2025-10-30"}
{"id": 6, "question": "Who?", "scope_article_ids": "x"}
%s
{"question": "Who said \xe2\x80\x9ca leap in the dark\xe2\x80\x9d?"}""" % (b"[" * 100_000)


@pytest.mark.parametrize("piped", [False, True])
def test_batch_answers_valid_lines(run: Run, index: Path, piped: bool) -> None:
    """A batch answers every valid line and names the others."""
    Path("batch.jsonl").write_bytes(BATCH)
    name = "-" if piped else "batch.jsonl"
    done = run("ask", "--batch", name, "--index", index, stdin=BATCH)
    assert done.code == 1
    assert [(answer["id"], answer["abstained"]) for answer in done.json] == [
        (1, False),
        ({"any": "id"}, True),
        ("five", True),
        (None, False),
    ]
    assert "the question is empty" in done.json[1]["reason"]
    *lines, last = done.err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [f"{name}, line {n}" for n in (4, 5, 6, 8, 9)]
    assert last == f"error: {name}: 5 lines could not be asked; see above"


def test_batch_all_valid_succeeds(run: Run, index: Path) -> None:
    """A batch without invalid lines succeeds."""
    done = run("ask", "--batch", "-", "--index", index, stdin=json.dumps({"id": "a", "question": POPE}).encode())
    assert (done.code, done.err, [answer["id"] for answer in done.json]) == (0, "", ["a"])


@pytest.mark.parametrize("option", ["ask --batch", "verify"])
@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("nowhere", None, "No such file"),
        (".", None, "Is a directory"),
        ("latin", b'{"question": "caf\xe9"}', "not UTF-8 text"),
        ("-", b"\xff\xfe\x00", "not UTF-8 text"),
    ],
)
def test_batch_unreadable_file_one_line_error(
    run: Run, index: Path, option: str, name: str, content: bytes | None, part: str
) -> None:
    """A file that cannot be read is reported in one line."""
    if content is not None and name != "-":
        Path(name).write_bytes(content)
    assert_fails(run(*option.split(), name, "--index", index, stdin=content or b""), f"error: {name}: ", part)


# -------------------------------------------------------------------------------- articles, stats, verify


def test_articles_list_newest_first(run: Run, index: Path) -> None:
    """Articles are listed newest first in columns."""
    done = run("articles", "list", "--index", index)
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert (done.code, len(rows), {len(row) for row in rows}) == (0, 18, {4})
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    records = run("articles", "list", "--index", index, "--json").json
    assert [record["id"] for record in records] == [row[3] for row in rows]
    assert all("text" not in record for record in records)


def test_articles_without_a_field(run: Run, tmp_path: Path) -> None:
    """The articles that lack a field are listed, and the build counts those without date or outlet."""
    (tmp_path / "articles").mkdir()
    heads = {"a.md": "date: 2025-05-03", "b.md": "source: Weir Post", "c.md": "title: Weir"}
    for name, head in heads.items():
        (tmp_path / "articles" / name).write_text(f"---\n{head}\n---\nThe weir is closed.", encoding="utf-8")
    built = run("build", tmp_path / "articles", "--index", tmp_path / "index")
    assert built.out.splitlines()[1:] == [
        "2 of 3 articles have no date: assistant articles list --missing date",
        "2 of 3 articles have no outlet: assistant articles list --missing outlet",
    ]

    def list_missing(field: str) -> list[str]:
        done = run("articles", "list", "--missing", field, "--index", tmp_path / "index", "--json")
        return sorted(record["id"] for record in done.json)

    assert [list_missing(field) for field in ("date", "outlet", "author")] == [
        ["b.md", "c.md"],
        ["a.md", "c.md"],
        ["a.md", "b.md", "c.md"],
    ]


def test_articles_show_full_text(run: Run, index: Path, seeds: Assistant) -> None:
    """An article is shown in full."""
    name = "2025-08-16-alaska-summit-in-anchorage.md"
    article = seeds.article(name)
    assert article is not None
    done = run("articles", "show", name, "--index", index)
    assert done.out.startswith(f"{article.title}  (the front matter)\nOutlet: Seed Notes  (the front matter)\n")
    assert done.out.endswith(f"\n\n{article.text}\n")
    (record,) = run("articles", "show", name, "--index", index, "--json").json
    assert (record["text"], record["sha256"], record["last_seen"]) == (article.text, article.sha256, None)


def test_articles_show_with_a_damaged_list_of_pages(run: Run, seeds: Assistant, tmp_path: Path) -> None:
    """An article that was fetched is shown also where the list that says when it was last seen cannot be read."""
    index, added = tmp_path / "index", tmp_path / "index-added"
    (added / "articles").mkdir(parents=True)
    (added / "articles" / "a.md").write_text("The weir holds.")
    (added / "subscriptions.sqlite3").write_bytes(b"no database" * 100)
    (tmp_path / "config.yaml").write_text("index: index\n")
    assert run("build", "--index", index, "--config", tmp_path / "config.yaml").code == 0
    done = run("articles", "show", "a.md", "--index", index, "--config", tmp_path / "config.yaml")
    assert "The weir holds." in done.out
    assert "note: when it was last seen is not known" in done.err
    assert "subscriptions.sqlite3: damaged" in done.err


@pytest.mark.parametrize("name", ["nope", "", "\udcff", "x\x1b[2Jy\u202e"])
def test_articles_show_missing_one_line_error(run: Run, index: Path, name: str) -> None:
    """A missing article is reported in one line."""
    done = run("articles", "show", name, "--index", index)
    assert_fails(done, "no article with the id", "assistant articles list")
    assert not OBEYED.search(done.err)


def test_stats_draw_the_coverage(run: Run, index: Path, tmp_path: Path) -> None:
    """--svg writes a picture beside the numbers; an existing file is kept."""
    picture = tmp_path / "coverage.svg"
    assert run("stats", "--index", index, "--svg", picture).out
    assert "Articles by outlet and" in picture.read_text(encoding="utf-8")
    assert_fails(run("stats", "--index", index, "--svg", picture), "already exists")


def test_stats_describe_library(run: Run, index: Path) -> None:
    """stats describes the contents of the library."""
    (figures,) = run("stats", "--index", index, "--json").json
    assert (figures["articles"], figures["index"]) == (18, str(index))
    lines = run("stats", "--index", index).out.splitlines()
    told = {line.partition(":")[0].partition(" (")[0] for line in lines if not line.startswith(" ")}
    assert told - {"skipped"} == set(figures) - {"feeds", "silent_outlets"}


def test_verify_detects_altered_quotes(run: Run, index: Path) -> None:
    """verify accepts correct answers and rejects altered ones."""
    saved = run("ask", USHAKOV, "--index", index, "--json").out
    Path("answer.json").write_text(saved)
    count = len(json.loads(saved)["citations"])
    done = run("verify", "answer.json", "--index", index)
    assert (done.code, done.out, done.err) == (0, f"{count} of {count} citations are exact\n", "")

    altered = saved.replace('"quote": "Many', '"quote": "No', 1).encode()
    done = run("verify", "-", "--index", index, stdin=altered)
    assert (done.code, done.err) == (3, "")
    assert done.out.startswith("✗ [1] 2025-08-16-alaska-summit-in-anchorage.md: the article does not say this at")
    assert done.out.endswith(f"{count - 1} of {count} citations are exact\n")
    checks = run("verify", "-", "--index", index, "--json", stdin=altered).json
    assert [check["fault"] is None for check in checks] == [False] + [True] * (count - 1)


def test_verify_refusal_has_no_citations(run: Run, index: Path) -> None:
    """verify of a refusal finds nothing to check."""
    saved = run("ask", POPE, "--index", index, "--json").out.encode()
    assert run("verify", "-", "--index", index, stdin=saved).out == "no citations to check\n"


@pytest.mark.parametrize(
    "content", [b"", b"garbage", b'{"answer": "no citations"}', bytes(50)], ids=["empty", "words", "JSON", "zeros"]
)
def test_verify_invalid_input_one_line_error(run: Run, index: Path, content: bytes) -> None:
    """verify reports invalid input in one line."""
    assert_fails(run("verify", "-", "--index", index, stdin=content), "error: -: ")


# ------------------------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["ask"],
        ["ask", "-"],
        ["ask", "a", "--format", "json", "--json"],
        ["ask", "-c", "--batch", "b"],
        ["ask", "a", "--batch", "b"],
        ["ask", "a", "--top-k", "0"],
        ["verify"],
        ["stats", "-x"],
    ],
    ids=" ".join,
)
def test_usage_error_exits_with_2(run: Run, arguments: list[str]) -> None:
    """Wrong usage exits with code 2 and points to the help."""
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "-h' for help" in done.err


HOSTILE = "x\x1b]0;y\x07\x9b31m\u202ez\u2066"


@pytest.mark.parametrize(
    "arguments",
    [
        ["init", HOSTILE],
        [HOSTILE],
        ["ask", "a", HOSTILE],
        ["ask", "a", f"--{HOSTILE}"],
        ["ask", "a", "--top-k", HOSTILE],
        ["articles", HOSTILE],
        ["serve", "--reader", HOSTILE],
        ["serve", "--host", HOSTILE],
        ["build", HOSTILE],
        ["eval", HOSTILE],
        ["stats", "--config", HOSTILE],
    ],
    ids=lambda arguments: arguments[0][:8] + str(len(arguments)),
)
def test_arguments_reach_terminal_sanitized(run: Run, arguments: list[str]) -> None:
    """What was typed is repeated without control characters and bidirectional overrides."""
    done = run(*arguments)
    assert not [character for character in done.out + done.err if character in "\x1b\x07\x9b\u202e\u2066"]
    assert done.code in (0, 1, 2)


@pytest.mark.parametrize("name", ["ask", "articles list", "articles show x", "stats", "verify -"])
def test_missing_index_names_build_command(run: Run, name: str) -> None:
    """Without an index every command names the command to run."""
    arguments = [*name.split(), *(["What?"] if name == "ask" else [])]
    Path("nowhere").mkdir()
    assert_fails(run(*arguments, "--index", "nowhere", stdin=b"{}"), "nowhere: no index here yet; run: assistant build")


@pytest.mark.parametrize("arguments", [[], ["chat"]], ids=["bare", "chat"])
def test_tui_needs_a_terminal(run: Run, arguments: list[str]) -> None:
    """The terminal interface refuses to start without a terminal."""
    assert_fails(run(*arguments), "the interface needs a terminal", "assistant ask QUESTION")


def test_invalid_settings_one_line_error(run: Run) -> None:
    """A mistake in the settings is reported in one line."""
    Path("config.yaml").write_text("retrieval: {top_k: 0}\nindx: here\n")
    assert_fails(run("ask", USHAKOV), "retrieval.top_k is 0", "from 1 to 200", "did you mean index?")


# ------------------------------------------------------------------------------------------ real processes


def run_in_process(arguments: list[str], cwd: Path, **values: str) -> CommandResult:
    """Run a command in a process of its own."""
    done = subprocess.run(arguments, cwd=cwd, env=make_environment(**values), capture_output=True, text=True)
    return CommandResult(done.returncode, done.stdout, done.stderr)


def run_in_terminal(*arguments: str | Path) -> str:
    """The output of a command in a pseudo-terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        make_command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=make_environment()
    )
    os.close(theirs)
    written = b""
    try:
        while data := os.read(ours, 65536):
            written += data
    except OSError:  # Linux: the other end has been closed
        pass
    os.close(ours)
    process.wait()
    return written.decode().replace("\r\n", "\n")


EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066[bold red]:bomb:[link=file:///etc]"


@pytest.fixture
def hostile_folder(assistant: Assistant, tmp_path: Path, write_article: Callable[..., Path]) -> Path:
    """A folder with control sequences in all fields of an article and in the name of an invalid file."""
    fields = {name: f"{name} {EVIL}" for name in ("title", "source", "author", "id")}
    text = f"{EVIL} opened.\r\n\n“The {EVIL} quay is short,” said Maud Lindqvist."
    write_article("a.jsonl", json.dumps({**fields, "text": text, "url": f"https://example.org/{EVIL}"}))
    write_article(f"{EVIL.replace('/', '')}.md", "---\ntitle: [\n---\n")
    return tmp_path / "articles"


def test_article_control_codes_removed(run: Run, hostile_folder: Path, tmp_path: Path) -> None:
    """No control sequence in an article reaches the output."""
    index = ("--index", tmp_path / "index")
    question = "What did Lindqvist say about the quay?"
    outputs = [run("build", hostile_folder, *index), run("build", hostile_folder, *index, "--json")]
    saved = run("ask", question, *index, "--json")
    assert EVIL in saved.json[0]["citations"][0]["quote"]
    outputs += [saved, run("ask", question, *index), run("ask", f"What did {EVIL} say about {EVIL}?", *index)]
    outputs += [run("articles", "list", *index, *more) for more in ([], ["--json"])]
    outputs += [run("articles", "show", f"id {EVIL}", *index, *more) for more in ([], ["--json"])]
    outputs += [run("stats", *index, *more) for more in ([], ["--json"])]
    altered = saved.out.replace('"start": ', '"start": 1').encode()
    outputs += [run("verify", "-", *index, *more, stdin=altered) for more in ([], ["--json"])]
    assert [done.code for done in outputs] == [0] * 11 + [3] * 2
    for done in outputs:
        assert "owned" in done.out + done.err or "articles" in done.out
        assert not OBEYED.search(done.out + done.err)


def test_terminal_colors_without_article_escapes(assistant: Assistant, hostile_folder: Path) -> None:
    """A terminal gets colors, but no escape sequences from articles."""
    run_build(assistant)
    index = ("--index", assistant.config.index)
    shown = run_in_terminal("ask", "What did Lindqvist say about the quay?", *index)
    assert "\x1b[1mSources\x1b[0m" in shown
    assert "[bold red]:bomb:[link=file:///etc]" in shown
    assert not OBEYED.search(re.sub(r"\x1b\[[\d;]*m", "", shown))


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["little", "much"])
def test_closed_pipe_ends_silently(index: Path, more: list[str]) -> None:
    """A closed output pipe ends the command without a message."""
    with subprocess.Popen(
        make_command("articles", "list", "--index", index, *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=make_environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.campaign
def test_batch_closed_pipe_ends_silently(index: Path, tmp_path: Path) -> None:
    """A batch whose output pipe closes midway ends without a message."""
    batch = tmp_path / "batch"
    os.mkfifo(batch)
    line = json.dumps({"question": POPE}).encode() + b"\n"
    with (
        subprocess.Popen(
            make_command("ask", "--batch", batch, "--index", index), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        os.fdopen(os.open(batch, os.O_RDWR), "wb", buffering=0) as questions,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        questions.write(line)
        assert process.stdout.readline().startswith(b'{"schema"')
        process.stdout.close()
        questions.write(line)
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_build_interrupted_keeps_index(
    assistant: Assistant, tmp_path: Path, write_article: Callable[..., Path]
) -> None:
    """An interrupted build says so, and the old index still answers."""
    write_article("a.md", "“The quay is too short,” said Maud Lindqvist.")
    run_build(assistant)
    lines = [{"id": str(n), "text": f"Boat {n} came in with the tide."} for n in range(3_000)]
    write_article("many.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    index = assistant.config.index
    process = subprocess.Popen(
        make_command("build", tmp_path / "articles", "--index", index),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has its children ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while process.poll() is None and not (index / STAGING_DATABASE).exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "interrupted; the index is unchanged\n")
    assert assistant.stats()["articles"] == 1
    assert [hit.article.id for hit in assistant.search("quay")] == ["a.md"]


def drop_privileges(arguments: list[str]) -> list[str]:
    """The command without root's rights to override file permissions."""
    if os.geteuid():
        return arguments
    rights = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *arguments]


def test_missing_permission_one_line_error(
    assistant: Assistant, tmp_path: Path, write_article: Callable[..., Path]
) -> None:
    """Missing read or write permission is reported in one line."""
    hidden = write_article("a.md", "“The quay is too short,” said Maud Lindqvist.")
    run_build(assistant)
    index = assistant.config.index
    (tmp_path / "config.yaml").write_text("articles: articles\nindex: index\n")

    def attempt(*arguments: str) -> CommandResult:
        return run_in_process(drop_privileges(make_command(*arguments)), tmp_path)

    try:
        index.chmod(0o555)
        for file in index.iterdir():
            file.chmod(0o444)
        assert_fails(attempt("build"), str(index), "cannot be written", "Permission denied")
        assert "“The quay is too short,”" in attempt("ask", "What did Lindqvist say about the quay?").out
        index.chmod(0)
        assert_fails(attempt("stats"), str(index), "Permission denied")
    finally:
        index.chmod(0o755)
        for file in index.iterdir():
            file.chmod(0o644)
    write_article("b.md", "The mole is new.")
    hidden.write_text("Changed, and out of reach.")
    hidden.chmod(0)
    done = attempt("build")
    assert done.err == f"skipped {hidden}: cannot be read: Permission denied\n"
    assert done.out.startswith("2 articles (1 added, 1 unchanged); 1 skipped")


def test_command_runs_from_any_folder(tmp_path: Path) -> None:
    """The command starts from any folder."""
    done = run_in_process(make_command("--version"), tmp_path)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"assistant \d+\.\d+\S*\n", done.out)
