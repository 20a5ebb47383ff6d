"""Standing questions over a real library: asked of what is new at each build, each finding told once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.indexing.build import build_library
from assistant.records.answer import Answer, Citation
from assistant.records.article import Notice
from assistant.records.build import BuildReport
from assistant.records.marks import StandingFinding
from assistant.standing.atom import render_atom, write_atom
from assistant.standing.check import check_questions, make_key
from assistant.standing.sync import follow_build

OLD = "“The lock gates leak,” said Anna Roe, the canal engineer. The council meets on Monday."
NEW = "“The lock gates will be replaced in May,” said Anna Roe, the canal engineer. It rained for two days."
OTHER = "The bakery on Mill Street has a new oven. “It is warm,” said Ivo Tarn, the baker."


def build(assistant: Assistant) -> BuildReport:
    return assistant.build()


@pytest.fixture
def canal(assistant: Assistant, write_article: Callable[..., Path]) -> Assistant:
    """A library of two articles, built."""
    write_article("old.md", OLD, title="Leaking gates")
    write_article("bakery.md", OTHER, title="A new oven")
    assert build(assistant).news == ""
    return assistant


def test_words_of_a_speaker(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """What is in the library is not told; what a new article brings is, once, with its proof, and so in the feed."""
    canal.add_standing_question("tell me when Roe says something new on the lock gates")
    assert build(canal).findings == ()
    path = write_article("new.md", NEW, title="New gates", url="https://canal.example.org/gates")
    report = build(canal)
    (finding,) = report.findings
    article = canal.article("new.md")
    assert article is not None
    assert finding.citation.quote == article.text[finding.citation.start : finding.citation.end]
    assert "will be replaced in May" in finding.citation.quote
    assert report.news == "1 new, 1 names Roe"
    feed = ElementTree.parse(canal.config.kept / "standing.atom").getroot()
    (entry,) = feed.findall("{*}entry")
    assert "lock gates will be replaced" in (entry.findtext("{*}content") or "")
    link = entry.find("{*}link")
    assert link is not None
    assert link.get("href") == "https://canal.example.org/gates"

    path.write_text(path.read_text(encoding="utf-8") + "\nA line more.", encoding="utf-8")
    write_article("copy.md", NEW + " Printed elsewhere too.", title="New gates")
    report = build(canal)
    assert (report.added, report.changed, report.findings) == (1, 1, ())
    assert canal.build(rebuild=True).findings == ()


def test_changed_article_with_old_words(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """Words that were said before the question was kept are not new when their article changes."""
    canal.add_standing_question("tell me when Roe says something on the gates")
    write_article("old.md", OLD + " Corrected: it meets on Tuesday.", title="Leaking gates")
    report = build(canal)
    assert (report.changed, report.findings, report.news) == (1, (), "1 changed")


def test_only_words_of_that_person(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """A body with the name of a person is not the person, and what an article tells of them is not what they said."""
    canal.add_standing_question("tell me when Roe says something on the gates")
    text = "The Roe Foundation said that the gates are a work of art. Anna Roe wants the gates to be painted."
    write_article("other.md", text, title="Painted gates")
    assert [finding.citation.quote for finding in build(canal).findings] == []


def test_headings_are_not_told(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """One sentence of an article is told, and rather a whole one than a heading."""
    canal.add_standing_question("news about ovens")
    write_article("list.md", "Ovens\n\nTwo new ovens were sold on Monday. The ovens are red.", title="Sold")
    assert [finding.citation.quote for finding in build(canal).findings] == ["Two new ovens were sold on Monday."]


def test_words(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """Without a speaker, a sentence with all the words is told, in any inflection."""
    canal.add_standing_question("tell me when there is news about the oven")
    canal.add_standing_question("tell me when a gate is replaced")
    write_article("new.md", NEW, title="New gates")
    write_article("ovens.md", "Two ovens were sold. The baker was glad.", title="At the bakery")
    findings = build(canal).findings
    assert [(finding.wording, finding.citation.quote) for finding in findings] == [
        ("tell me when there is news about the oven", "Two ovens were sold."),
        (
            "tell me when a gate is replaced",
            "“The lock gates will be replaced in May,” said Anna Roe, the canal engineer.",
        ),
    ]


def test_question_added_later_does_not_lose_findings(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """Adding a question asks the others first of what they have not been asked of."""
    canal.add_standing_question("news about ovens")
    write_article("ovens.md", "Two ovens were sold.", title="Sold")
    for event in canal.build_events():
        if isinstance(event, BuildReport):
            break
    assert [finding.wording for finding in canal.marks.standing.list_findings()] == ["news about ovens"]
    with pytest.raises(QuestionError, match="names nothing to look for"):
        canal.add_standing_question("tell me about it")


def test_damaged_marks_do_not_stop_a_build(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """The build is complete; a notice names the file and the remedy."""
    canal.config.kept.mkdir()
    (canal.config.kept / "marks.sqlite3").write_bytes(b"no database" * 100)
    write_article("new.md", NEW, title="New gates")
    *_, notice, report = canal.build_events()
    assert isinstance(notice, Notice)
    assert "marks.sqlite3" in notice.reason
    assert not notice.skipped
    assert isinstance(report, BuildReport)
    assert report.added == 1


def test_marks_follow_a_changed_article(canal: Assistant, write_article: Callable[..., Path]) -> None:
    from assistant.marks.articles import mark_target

    article = canal.article("old.md")
    assert article is not None
    canal.marks.articles.add_tags(mark_target(article), ["canal"])
    write_article("old.md", OLD + " A line more.", title="Leaking gates")
    build(canal)
    changed = canal.article("old.md")
    assert changed is not None
    assert canal.marks.articles.find_tagged("canal") == {changed.sha256}


def test_feed_is_xml_whatever_an_article_says() -> None:
    """U+FFFE and control characters, which XML has not, do not make the file unreadable."""
    cited = Citation(
        1, "a", "Gates \ufffe \x1b \ud800 & <b>", None, None, None, None, 0, 5, "Gates \uffff", None, "0" * 64
    )
    feed = ElementTree.fromstring(render_atom([StandingFinding(1, 1, "gates?", cited, "2025-01-01T00:00:00+00:00")]))
    assert "Gates" in "".join(feed.itertext())


def test_empty_feed(canal: Assistant) -> None:
    assert "1970-01-01" in render_atom(())
    assert write_atom(canal.marks).is_file()


def test_key() -> None:
    assert make_key("“It  IS warm,” said Tarn’s son.") == make_key('"It is warm," said Tarn\'s son')


def test_unchanged_library_has_no_news(canal: Assistant) -> None:
    report = build(canal)
    with canal.open_library() as library:
        (same,) = follow_build(report, library, canal.marks, lambda _question, _scope: pytest.fail("nothing is new"))
    assert isinstance(same, BuildReport)
    assert (same.news, same.findings) == ("", ())


def test_only_articles_that_can_answer_are_asked(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """An article in which the speaker says nothing, or with no word of the question, costs no answer."""
    for wording in ("tell me when Roe says something on the gates", "When will the gates be replaced?"):
        canal.add_standing_question(wording)
    write_article("ovens.md", "Two ovens were sold. “They are warm,” said Ivo Tarn.", title="Sold")
    write_article("new.md", NEW, title="New gates")
    asked: list[tuple[str, list[str]]] = []

    def ask(question: str, scope: Collection[str] | None) -> Answer:
        asked.append((question, list(scope or ())))
        return canal.ask(question, scope=scope)

    for _ in build_library(canal.config, canal.model.files(), canal.model.embedder):
        pass  # published, and the questions are not asked yet
    with canal.open_library() as library:
        findings = check_questions(library, canal.marks.standing, ask)
    assert [ids for _, ids in asked] == [["new.md"], ["new.md"]]
    assert {finding.citation.article_id for finding in findings} == {"new.md"}
