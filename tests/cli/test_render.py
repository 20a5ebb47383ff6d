"""What the commands print, from records made by hand; output is piped, so that it is plain text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.console import Console

from assistant.cli.render.answers import print_answer, print_checks
from assistant.cli.render.browse import print_hits, print_speaker, print_speakers
from assistant.cli.render.build import run_build
from assistant.cli.render.console import create_console
from assistant.cli.render.evaluation import PIPED_WIDTH
from assistant.cli.render.library import print_article, print_articles, print_stats
from assistant.cli.render.progress import ProgressBar
from assistant.cli.render.quotes import print_quote_check
from assistant.records.article import Notice
from assistant.records.build import ArticleName, BuildEvent, BuildReport, ProgressUpdate
from assistant.records.checks import QuoteCheck
from assistant.records.library import ArticleHit, SearchResult, SpeakerPage, SpeakerRow, SpeakerStatement
from assistant.records.proof import CitationCheck
from tests.conftest import make_article
from tests.support.citations import make_answer, make_citation, make_refusal

REPORT = BuildReport(1, 0, 1, 0, 2, 2, 0, 1.5, (), (ArticleName("a", "A\x1b[2J"),), (), (ArticleName("b", "B"),))


def make_events(notices: int) -> Iterator[BuildEvent]:
    """A build with notices."""
    yield ProgressUpdate("reading", 1, 2)
    for number in range(notices):
        yield Notice(f"f{number}.md", "empty", skipped=number > 0)
    yield REPORT


def test_console_wraps_terminals_only() -> None:
    """Piped output does not wrap, unless it is a table of a fixed width."""
    assert create_console().soft_wrap is True
    table = create_console(piped_width=PIPED_WIDTH)
    assert (table.soft_wrap, table.width) == (False, PIPED_WIDTH)


def test_answer_and_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer has its sources below it; a refusal has its reason."""
    print_answer(make_answer(make_citation("One."), notes=("They differ.",)))
    out = capsys.readouterr().out
    assert out.startswith("A title · Post · 2025-03-04\n- One. [1]\n\nThey differ.\n\nSources\n[1] A title")
    assert out.endswith("  a.md, characters 10–14\n")
    print_answer(make_refusal("No article says so."))
    assert capsys.readouterr().out == "The articles do not answer this.\nNo article says so.\n"


def test_near_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences near to an answer come with number, source and place, under a heading; then what they lack."""
    other = make_citation("“No.”", n=2, speaker="Bo", is_by_other=True)
    near = make_refusal("None is clear.", make_citation("Piped\nlines do not wrap. " * 9), other)
    print_answer(replace(near, missing=("x\x1b[2J", "1999")))
    lines = capsys.readouterr().out.split("\n")
    assert lines[:3] == [
        "No clear answer. These sentences may contain it:",
        "",
        "[1] A title · Post · 2025-03-04  a.md, characters 10–235",
    ]
    assert lines[3].startswith("? Piped lines do not wrap. Piped lines")
    assert lines[4:] == [
        "[2] A title · Post · 2025-03-04  a.md, characters 10–15",
        "? Bo (somebody else): “No.”",
        "",
        "Not in this article: x␛[2J, 1999.",
        "None is clear.",
        "",
    ]


def test_short_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The words that answer are the first line, as in the text of the answer."""
    answer = make_answer(make_citation("One."), short_answer="One")
    print_answer(replace(answer, answer=f"One [1]\n\n{answer.answer}"))
    assert capsys.readouterr().out.startswith("One [1]\n\nA title · Post · 2025-03-04\n- One. [1]\n")


def test_citation_checks(capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault is a line, the count is the last."""
    print_checks([CitationCheck("q", 1, "a", "w", None), CitationCheck("q", 2, "b", "words", "it is gone")])
    assert capsys.readouterr().out == "✗ [2] b: it is gone\n    words\n1 of 2 citations are exact\n"
    print_checks([])
    assert capsys.readouterr().out == "no citations to check\n"


def test_build_prints_summary_and_notices(capsys: pytest.CaptureFixture[str]) -> None:
    """The summary goes to stdout, notices to stderr, at most 20 of them."""
    run_build(make_events(22), quiet=False, as_json=False)
    done = capsys.readouterr()
    assert done.out == "1 article (1 added, 1 removed), 2 passages, 2 embedded, in 1.5 s\n"
    lines = done.err.splitlines()
    assert (lines[0], lines[1]) == ("note: f0.md: empty", "skipped f1.md: empty")
    assert (lines[-1], len(lines)) == ("… and 2 more like these; `assistant build --verbose` names them", 21)


def test_build_prints_each_kind_of_notice(capsys: pytest.CaptureFixture[str]) -> None:
    """What is lost for a reason of its own is named also after many notices of another kind."""
    *events, report = make_events(30)
    lost = [Notice("g.csv", "no column with text"), Notice("h.csv", "no column with text")]
    run_build(iter([*events, *lost, report]), quiet=False, as_json=False)
    lines = capsys.readouterr().err.splitlines()
    assert lines[20:] == [
        "skipped g.csv: no column with text",
        "… and 11 more like these; `assistant build --verbose` names them",
    ]


def test_build_verbose_lists_changes(capsys: pytest.CaptureFixture[str]) -> None:
    """Each changed article is a line, safe for a terminal."""
    run_build(make_events(0), quiet=False, as_json=False, verbose=True)
    assert capsys.readouterr().out.splitlines()[:2] == ["added    a  A␛[2J", "removed  b  B"]


def test_build_quiet_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Without notices, a quiet build prints nothing."""
    run_build(make_events(0), quiet=True, as_json=False)
    assert capsys.readouterr() == ("", "")


def test_progress_bar_on_terminal_only() -> None:
    """The bar shows label and detail on a terminal, and nothing elsewhere."""
    for is_shown in (True, False):
        console = Console(file=io.StringIO(), force_terminal=is_shown, width=100)
        with ProgressBar(console, "Starting", is_shown=is_shown) as bar:
            bar.update("Reading articles", 0.5, "5 of 10")
        text = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
        assert ("Reading articles" in text, "5 of 10" in text) == (is_shown, is_shown)


def test_articles(capsys: pytest.CaptureFixture[str]) -> None:
    """A list of articles is tab-separated; one article has its details and text."""
    article = make_article(
        "It rained.", id="a\x07.md", source="Post", published_at="2025-03-04T10:00", url="https://e.example"
    )
    print_articles([article])
    assert capsys.readouterr().out == "2025-03-04\tPost\tA title\ta␇.md\n"
    print_article(article)
    assert capsys.readouterr().out == (
        "A title\nOutlet: Post\nPublished: 2025-03-04T10:00\nAddress: https://e.example\n\nIt rained.\n"
    )
    print_article(article, "2025-03-05T11:00:12+00:00")
    assert "\nLast seen: 2025-03-05 11:00 UTC\n" in capsys.readouterr().out


def test_statistics(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers have separators; long groups are cut."""
    print_stats({"articles": 1200, "outlets": {f"o{number}": number for number in range(17)}})
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("articles:       1,200", "outlets:", "  … and 2 more")


def test_speakers_and_statements(capsys: pytest.CaptureFixture[str]) -> None:
    """Speakers are tab-separated; statements are under the title of their article."""
    print_speakers([SpeakerRow("Ann Lee", 3, 2)])
    assert capsys.readouterr().out == "3\t2\tAnn Lee\n"
    statement = SpeakerStatement("a", "A", "Post", "2025-03-04", "it rained", 9, 18, False, "She said it rained.", 0)
    print_speaker(SpeakerPage("Ann Lee", ("mayor",), (statement,)))
    assert capsys.readouterr().out == "Ann Lee (mayor)\n\n2025-03-04 · Post · A\n- She said it rained.\n"
    print_speaker(SpeakerPage("Ann Lee", (), (), (("Lee", 2), ("Ann", 1))))
    assert capsys.readouterr().out == "Ann Lee\nperhaps also quoted as Lee (2 statements) or Ann (1 statement)\n"


def test_hits(capsys: pytest.CaptureFixture[str]) -> None:
    """A hit is one line that begins near the matched word."""
    text = "x" * 60 + " over the quay"
    print_hits(SearchResult("quay", "all", (ArticleHit("a", "A", None, None, 100, text, ((170, 174),), 1),), 1))
    assert capsys.readouterr().out == "\t\tA\ta\tover the quay\n"


def test_quote_check(capsys: pytest.CaptureFixture[str]) -> None:
    """A quotation that was not found has its verdict only."""
    print_quote_check(QuoteCheck("not_found", "w", None))
    assert capsys.readouterr().out == "Not found: no article contains these words.\n"
