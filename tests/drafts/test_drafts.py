"""A draft against a library: what holds, what differs, what is in no article, and its reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from assistant.cli.app import main
from assistant.cli.render.drafts import print_draft
from assistant.config.schema import ReadingSettings
from assistant.drafts.checking import check_draft
from assistant.drafts.html import render_draft
from assistant.drafts.reading import read_draft
from assistant.drafts.search import SourceFinder
from assistant.drafts.wording import describe_findings, summarize
from assistant.engine import Assistant
from assistant.errors import ReadError
from assistant.presentation.json_schema import draft_sentence_to_json
from assistant.proof.claims import Claim
from assistant.records.proof import DraftSentence
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

ARTICLE = make_article(
    "Mayor Ada Quill said on Monday that the bridge would not reopen before June. The council closed the old bridge at "
    "Tarn Head in 2019, after 40 boats had hit it. “We will not wait another year,” Quill said. The ferry is late. "
    "“The piles are rotten. Nobody paid for years. No boat can pass,” Quill said.",
    id="bridge",
    title="Bridge shut",
    source="Evening Bell",
    published_at="2025-05-06",
)
DRAFT = (
    "The council closed the old bridge at Tarn Head in 2019. Mayor Ada Quill said the bridge would reopen before June. "
    "“We will not wait another year,” said Tom Reed. The council closed the bridge at Tarn Head in 2018. "
    "The zeppelin Norge landed in Teller on 14 May 1926. I like this town."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library of one article, without a model."""
    return Assistant(build_tiny_library(tmp_path_factory.mktemp("drafts"), [ARTICLE]))


def check(text: str, library: Assistant) -> list[DraftSentence]:
    """The checked sentences of a draft."""
    with library.open_library() as opened:
        return list(check_draft(text, opened))


def test_sentences(library: Assistant) -> None:
    """Each sentence has its result, its place in the draft, and the words of the article."""
    sentences = check(DRAFT, library)
    assert [each.status for each in sentences] == ["holds", "differs", "differs", "differs", "not_found", "unchecked"]
    for each in sentences:
        assert DRAFT[each.start : each.end] == each.text
        if each.article_id:
            assert ARTICLE.text[each.place_start : each.place_end] == each.quote
    _, denied, misattributed, moved, absent, _ = sentences
    assert [finding.kind for finding in denied.findings] == ["negation"]
    assert "Quill" in " ".join(describe_findings(misattributed))
    assert ("day", "2018") in [(finding.kind, finding.words) for finding in moved.findings]
    assert absent.article_id is None
    assert summarize(sentences) == "6 sentences: 1 holds, 3 differs, 1 not found, 1 nothing to check."


def test_speakers_and_reasons(library: Assistant) -> None:
    """Who dropped the speaker is told the speaker; what the article lacks is open; a false speaker is told once."""
    (dropped, lacking, false) = check(
        "The bridge will not reopen before June. Mayor Ada Quill said in Tarn Head that it would not reopen. "
        "“We will not wait another year,” said Tom Reed.",
        library,
    )
    assert dropped.status == "open"
    assert "Ada Quill says this" in describe_findings(dropped)[0]
    assert (lacking.status, lacking.is_wrong) == ("open", False)
    assert describe_findings(lacking)
    assert false.status == "differs"
    assert len(describe_findings(false)) == 1


def test_quotations_with_other_words_around(library: Assistant) -> None:
    """A verbatim quotation with the right speaker in a sentence of one's own is not proved, but nothing differs."""
    (sentence,) = check("Asked about the delay, an impatient Quill answered: “We will not wait another year.”", library)
    assert sentence.status in ("open", "holds")
    assert not sentence.is_wrong
    (sentence,) = check("Quill said: “We will wait another year.”", library)
    assert sentence.status == "differs"
    assert sentence.findings[0].kind == "quotation"


def test_quotations_over_sentences(library: Assistant) -> None:
    """They are checked as one with their sentence, so that one that leaves a sentence out unmarked is found."""
    (stitched,) = check("Quill said: “The piles are rotten. No boat can pass.”", library)
    assert (stitched.status, stitched.findings[0].kind) == ("differs", "quotation")
    whole, other = check("“The piles are rotten. Nobody paid for years,” said Quill. “No boat can pass.", library)
    assert not whole.is_wrong
    assert other.text == "“No boat can pass."


def test_other_words_are_told(library: Assistant) -> None:
    """Those of the article beside those of the draft; or that no sentence of an article that is about it says it."""
    (other,) = check("The council sold the old bridge at Tarn Head in 2019.", library)
    assert other.status == "open"
    assert describe_findings(other) == ["“sold”: the source has “closed” here"]
    (spread,) = check("Quill opened the Tarn Head council with a speech of 40 minutes on the late ferry.", library)
    assert (spread.status, spread.is_wrong, spread.article_id) == ("open", False, "bridge")
    assert "an article is about this" in describe_findings(spread)[0].lower()


def test_search_finds_the_nearest_sentences(library: Assistant) -> None:
    """Best first, numbered from 1."""
    with library.open_library() as opened:
        sources = SourceFinder(opened).find(Claim("The council closed the bridge at Tarn Head."))
    assert sources[0].text.startswith("The council closed")
    assert [source.n for source in sources] == list(range(1, len(sources) + 1))


def test_what_a_later_article_corrects_is_no_source(tmp_path: Path) -> None:
    """Neither the error nor the correction that repeats it bears a sentence out."""
    articles = [
        make_article("Nine weavers left the mill on Monday.", id="mill", title="Mill shuts"),
        make_article(
            "The article “Mill shuts” wrongly said that nine weavers left the mill on Monday. In fact six weavers did.",
            id="note",
            title="Correction",
        ),
    ]
    corrected = Assistant(build_tiny_library(tmp_path, articles))
    wrong, right = check("Nine weavers left the mill on Monday. In fact six weavers did.", corrected)
    assert wrong.status != "holds"
    assert right.status == "holds"


def test_reading(tmp_path: Path) -> None:
    """Word, Markdown and typed text; what is no draft is refused with its name."""
    document = docx.Document()
    document.add_paragraph("The bridge is shut.")
    document.save(str(tmp_path / "draft.docx"))
    (tmp_path / "draft.md").write_text("# Shut\n\nThe **bridge** is shut.\n")
    settings = ReadingSettings()
    assert "The bridge is shut." in read_draft(str(tmp_path / "draft.docx"), settings)
    assert "The bridge is shut." in read_draft(str(tmp_path / "draft.md"), settings)
    assert "The bridge is shut." in read_draft("-", settings, "The *bridge* is shut.")
    for name in ("draft.exe", "missing.md"):
        if name == "draft.exe":
            (tmp_path / name).write_bytes(b"MZ")
        with pytest.raises(ReadError, match=name):
            read_draft(str(tmp_path / name), settings)
    with pytest.raises(ReadError, match=r"^-: "):
        read_draft("-", settings, "")


def test_reports(library: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON and a page; nothing in a draft is markup."""
    sentences = check(DRAFT + " <script>alert(1)</script> cost 7 euros.\x1b[31m", library)
    print_draft(sentences)
    printed = capsys.readouterr().out
    assert "2018" in printed
    assert "\x1b[31malert" not in printed
    page = render_draft(sentences, "a<b>.md")
    assert "<script" not in page
    assert "a&lt;b&gt;.md" in page
    assert "default-src 'none'" in page
    record = json.loads(json.dumps(draft_sentence_to_json(sentences[0])))
    assert (record["schema"], record["status"], record["article_id"]) == (1, "holds", "bridge")


def test_command(library: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code says whether something does not hold."""
    run: Callable[[str], int] = lambda text: _run(text, library, tmp_path)  # noqa: E731
    assert run("The council closed the old bridge at Tarn Head in 2019.") == 0
    assert run("The council closed the old bridge at Tarn Head in 2018.") == 3
    assert "2018" in capsys.readouterr().out
    assert run("And so it was.") == 0
    assert capsys.readouterr().err.startswith("note: nothing was checked: ")


def _run(text: str, library: Assistant, tmp_path: Path) -> int:
    draft = tmp_path / "draft.md"
    draft.write_text(text)
    with pytest.raises(SystemExit) as caught:
        main(["check", str(draft), "--index", str(library.config.index)])
    return int(caught.value.code or 0)
