"""The shapes of JSON output, field by field."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from assistant.presentation import json_schema
from assistant.records.article import Notice
from assistant.records.build import ArticleName, BuildReport, PendingChanges
from assistant.records.checks import Finding, QuoteCheck
from assistant.records.conversation import SavedConversation
from assistant.records.evaluation import ExtractionSpeed, ThresholdPoint
from assistant.records.library import ArticleHit, SearchResult, SpeakerPage, SpeakerRow, SpeakerStatement
from assistant.records.proof import CitationCheck
from tests.conftest import make_article
from tests.support.citations import make_answer, make_citation

REPORT = BuildReport(1, 0, 2, 3, 4, 5, 6, 1.23456, (Notice("b.md", "empty"),), (ArticleName("a", "A"),))


def test_every_shape_has_a_version() -> None:
    """Each function's shape is listed with its version, and each version has a function."""
    functions = {name.removesuffix("_to_json") for name in vars(json_schema) if name.endswith("_to_json")}
    names = {"diagnosis", "library_statistics", "speaker_statement", *json_schema.SCHEMA_VERSIONS}
    assert {name.removesuffix("s") if name == "speaker_statements" else name for name in functions} == names
    assert set(json_schema.SCHEMA_VERSIONS.values()) == {1}


def test_answer_is_its_dictionary() -> None:
    """An answer's shape is that of Answer.to_dict."""
    answer = make_answer(make_citation("One."))
    assert json_schema.answer_to_json(answer, "q1") == answer.to_dict("q1")


def test_checks() -> None:
    """A quotation check carries its version; a citation check does not."""
    assert json_schema.quote_check_to_json(QuoteCheck("not_found", "w", None))["schema"] == 1
    check = CitationCheck("why?", 2, "a", "w", None)
    expected = {"question": "why?", "n": 2, "article_id": "a", "quote": "w", "fault": None}
    assert json_schema.citation_check_to_json(check) == expected


def test_article_with_and_without_text() -> None:
    """The text is counted, and included only on request."""
    article = make_article("Four.", source="Post")
    record = json_schema.article_to_json(article)
    assert list(record) == [
        *["id", "title", "sha256", "source", "author", "published_at", "url", "path", "language"],
        *["places", "updated_at", "section", "tags", "partial", "origins", "first_seen", "characters"],
    ]
    assert (record["characters"], record["source"]) == (5, "Post")
    assert json_schema.article_to_json(article, with_text=True) == {**record, "text": "Four."}


def test_search_hit() -> None:
    """A hit has the offsets of the words as lists."""
    hit = ArticleHit("a", "A", None, "2025-03-04", 7, "the quay", ((11, 15),), 2)
    record = json_schema.search_hit_to_json(SearchResult("quay", "any", (hit,), 1), 0)
    assert record == {
        **{"article_id": "a", "title": "A", "source": None, "published_at": "2025-03-04", "found": "any"},
        **{"passages": 2, "start": 7, "text": "the quay", "marks": [[11, 15]]},
    }


def test_speakers_and_statements() -> None:
    """A statement names its speaker first."""
    assert json_schema.speaker_to_json(SpeakerRow("Ann", 3, 2)) == {"name": "Ann", "statements": 3, "articles": 2}
    statement = SpeakerStatement("a", "A", None, None, "yes", 0, 3, True, "yes, she said", 0)
    (record,) = json_schema.speaker_statements_to_json(SpeakerPage("Ann", (), (statement,)))
    assert list(record)[:2] == ["speaker", "article_id"]
    assert (record["speaker"], record["words"]) == ("Ann", "yes")


def test_build_report() -> None:
    """Counts, seconds in milliseconds' precision, names of articles and notices."""
    assert json_schema.build_report_to_json(REPORT) == {
        **{"articles": 4, "added": 1, "changed": 0, "removed": 2, "unchanged": 3},
        **{"passages": 4, "embedded": 5, "reused": 6, "skipped": 1, "undated": 0, "without_outlet": 0},
        "seconds": 1.235,
        **{"added_articles": [{"id": "a", "title": "A"}], "changed_articles": [], "removed_articles": []},
        **{"news": "", "findings": []},
        "notices": [{"place": "b.md", "reason": "empty", "skipped": True}],
    }


def test_library_statistics_with_pending_changes() -> None:
    """The pending changes are an object next to the figures."""
    record = json_schema.library_statistics_to_json({"articles": 2}, PendingChanges(added=("a.md",)))
    assert (record["articles"], record["pending"]["added"]) == (2, ("a.md",))
    assert json.loads(json.dumps(record))["pending"]["removed"] == []


def test_conversation() -> None:
    """Times are ISO 8601 to the second."""
    when = datetime(2025, 3, 4, 5, 6, 7, 8, UTC)
    record = json_schema.conversation_to_json(SavedConversation("3f2a", "Why?", "/index", when, when, 2))
    assert (record["created_at"], record["questions"]) == ("2025-03-04T05:06:07+00:00", 2)


def test_diagnosis() -> None:
    """An index with an error is not intact."""
    findings = [Finding("model", "ok", "fine"), Finding("database", "error", "broken", "rebuild it")]
    record = json_schema.diagnosis_to_json("/index", findings, ["rebuilt it"])
    assert (record["index"], record["intact"], record["repaired"]) == ("/index", False, ["rebuilt it"])
    assert record["findings"][1] == {"check": "database", "level": "error", "message": "broken", "remedy": "rebuild it"}
    assert json_schema.diagnosis_to_json("/index", findings[:1], [])["intact"] is True


def test_evaluation_metrics() -> None:
    """The curve is there only if it was asked for; the speed is a rate."""
    metrics = {"ALL": {"n": 2.0}}
    assert json_schema.answer_metrics_to_json(metrics, "CPU", None) == {**metrics, "runs_on": "CPU"}
    assert json_schema.answer_metrics_to_json(metrics, None, [])["curve"] == []
    point = ThresholdPoint(0.5, 0.9, 0.1, 1.0, 1.0, 1.0)
    assert json_schema.answer_metrics_to_json(metrics, None, [point])["curve"][0]["coverage"] == 0.9
    speed = json_schema.statement_metrics_to_json(metrics, ExtractionSpeed(2, 10, 4.0))["speed"]
    assert speed == {"articles": 2, "statements": 10, "seconds": 4.0, "statements_per_second": 2.5}
