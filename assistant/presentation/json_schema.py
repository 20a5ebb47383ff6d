"""The shapes of all JSON that the program prints or serves: one function a shape, each a plain object of JSON types.

An added field leaves the version of a shape as it is; a field that goes or changes its meaning raises it. Shapes with
a field `schema` carry their version. Texts of articles are as they are: printing them safely is left to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.records.answer import ANSWER_SCHEMA_VERSION, Answer
from assistant.records.article import Article, ArticleRevision
from assistant.records.build import BuildReport, PendingChanges
from assistant.records.checks import Finding, QuoteCheck
from assistant.records.conversation import SavedConversation
from assistant.records.evaluation import ExtractionSpeed, MetricValues, ThresholdPoint
from assistant.records.library import Facet, SearchResult, SpeakerPage, SpeakerRow, Story
from assistant.records.marks import ArticleMarks, DossierEntry, Note, StandingFinding, StandingQuestion
from assistant.records.proof import CitationCheck, DraftSentence

JsonObject = dict[str, Any]

SCHEMA_VERSIONS: Mapping[str, int] = {
    "answer": ANSWER_SCHEMA_VERSION,
    "answer_metrics": 1,
    "article": 1,
    "article_marks": 1,
    "build_report": 1,
    "citation_check": 1,
    "conversation": 1,
    "diagnosis": 1,
    "dossier_entry": 1,
    "draft_sentence": 1,
    "facet": 1,
    "library_statistics": 1,
    "note": 1,
    "quote_check": 1,
    "revision": 1,
    "search_hit": 1,
    "speaker": 1,
    "speaker_statement": 1,
    "standing_finding": 1,
    "standing_question": 1,
    "statement_metrics": 1,
    "story": 1,
}
"""The version of each shape."""


def answer_to_json(answer: Answer, identifier: Any = None) -> JsonObject:
    """An answer (`answer`); `identifier` is the id of the question in a batch. See `Answer.to_dict`."""
    return answer.to_dict(identifier)


def citation_check_to_json(check: CitationCheck) -> JsonObject:
    """A citation of a saved answer, compared with the library (`citation_check`); `fault` is null if it is right."""
    return asdict(check)


def quote_check_to_json(check: QuoteCheck) -> JsonObject:
    """A checked quotation (`quote_check`)."""
    return {"schema": SCHEMA_VERSIONS["quote_check"], **asdict(check)}


def draft_sentence_to_json(sentence: DraftSentence) -> JsonObject:
    """A checked sentence of a draft (`draft_sentence`)."""
    return {"schema": SCHEMA_VERSIONS["draft_sentence"], **asdict(sentence)}


def article_to_json(article: Article, *, with_text: bool = False) -> JsonObject:
    """An article (`article`): its length in `characters`, its `places` (pages, times), and its `text` if asked for.

    `origins` says of each field where its value came from.
    """
    record = asdict(article)
    record["origins"] = dict(article.origins)
    text = record.pop("text")
    record["characters"] = len(text)
    return {**record, "text": text} if with_text else record


def article_marks_to_json(marks: ArticleMarks) -> JsonObject:
    """The marks of an article (`article_marks`), which `articles list` adds to it as `marks`."""
    return {
        "starred": marks.is_starred,
        "read": marks.is_read,
        "tags": list(marks.tags),
        "notes": marks.notes,
    }


def note_to_json(note: Note) -> JsonObject:
    """A note on an article or on words of it (`note`)."""
    record = asdict(note)
    article = record.pop("article")
    return {**record, "article_id": article["id"], "article_sha256": article["sha256"], "title": article["title"]}


def dossier_entry_to_json(entry: DossierEntry, fault: str | None) -> JsonObject:
    """A quotation of the dossier (`dossier_entry`); `fault` is null if its article still has it at its place."""
    return {**asdict(entry), "fault": fault}


def standing_question_to_json(question: StandingQuestion) -> JsonObject:
    """A standing question (`standing_question`)."""
    return asdict(question)


def standing_finding_to_json(finding: StandingFinding) -> JsonObject:
    """Words of a new article that answer a standing question (`standing_finding`)."""
    return asdict(finding)


def revision_to_json(article_id: str, revision: ArticleRevision) -> JsonObject:
    """One change of an article (`revision`), with the sentences before and after."""
    return {"article_id": article_id, **asdict(revision)}


def search_hit_to_json(result: SearchResult, number: int) -> JsonObject:
    """Hit `number` of a full-text search (`search_hit`), with the offsets of the words in the article."""
    hit = result.hits[number]
    return {
        "article_id": hit.article_id,
        "title": hit.title,
        "source": hit.source,
        "published_at": hit.published_at,
        "found": result.match_mode,
        "passages": hit.passages,
        "start": hit.start,
        "text": hit.text,
        "marks": [list(span) for span in hit.marks],
        **({"understood": result.understood} if result.understood else {}),
    }


def facet_to_json(facet: Facet) -> JsonObject:
    """The articles of a search by one property (`facet`)."""
    return {"facet": facet.name, "groups": [{"name": name, "count": count} for name, count in facet.groups]}


def story_to_json(story: Story) -> JsonObject:
    """The articles about one event (`story`), oldest first; `copies` is the number of an article's near-duplicates."""
    first_day, last_day = story.days
    names = ("id", "title", "source", "published_at", "copies")
    return {
        "first_day": first_day or None,
        "last_day": last_day or None,
        "outlets": list(story.outlets),
        "articles": [{name: getattr(row, name) for name in names} for row in story.articles],
    }


def speaker_to_json(row: SpeakerRow) -> JsonObject:
    """A speaker with the number of their statements and articles (`speaker`)."""
    return asdict(row)


def speaker_statements_to_json(page: SpeakerPage) -> list[JsonObject]:
    """What one speaker said, an object for each statement (`speaker_statement`)."""
    return [{"speaker": page.name, **asdict(statement)} for statement in page.statements]


def library_statistics_to_json(statistics: Mapping[str, Any], pending: PendingChanges) -> JsonObject:
    """The contents of a library, and what the next build would change (`library_statistics`)."""
    return {**statistics, "pending": asdict(pending)}


def build_report_to_json(report: BuildReport) -> JsonObject:
    """What a build did (`build_report`)."""
    return {
        **{name: getattr(report, name) for name in ("articles", "added", "changed", "removed", "unchanged")},
        **{name: getattr(report, name) for name in ("passages", "embedded", "reused", "skipped")},
        **{name: getattr(report, name) for name in ("undated", "without_outlet")},
        "seconds": round(report.seconds, 3),
        **{
            f"{change}_articles": [{"id": article.id, "title": article.title} for article in articles]
            for change, articles in report.articles_by_change()
        },
        "news": report.news,
        "findings": [standing_finding_to_json(finding) for finding in report.findings],
        "notices": [
            {"place": notice.place, "reason": notice.reason, "skipped": notice.skipped} for notice in report.notices
        ],
    }


def conversation_to_json(conversation: SavedConversation) -> JsonObject:
    """A saved conversation without its turns (`conversation`)."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "library": conversation.library,
        "created_at": conversation.created_at.isoformat(timespec="seconds"),
        "updated_at": conversation.updated_at.isoformat(timespec="seconds"),
        "questions": conversation.questions,
    }


def diagnosis_to_json(index: str, findings: Iterable[Finding], repairs: Sequence[str]) -> JsonObject:
    """What a check of the index found (`diagnosis`); `repairs` were made before."""
    listed = [asdict(finding) for finding in findings]
    return {
        "index": index,
        "intact": not any(finding["level"] == "error" for finding in listed),
        "findings": listed,
        "repaired": list(repairs),
    }


def answer_metrics_to_json(
    metrics: Mapping[str, MetricValues], runs_on: str | None, curve: Sequence[ThresholdPoint] | None
) -> JsonObject:
    """Metrics of answers by type of question, or by way of answering (`answer_metrics`), and `curve` if asked for."""
    record: JsonObject = {**metrics, "runs_on": runs_on}
    return record if curve is None else {**record, "curve": [asdict(point) for point in curve]}


def statement_metrics_to_json(metrics: Mapping[str, MetricValues], speed: ExtractionSpeed) -> JsonObject:
    """Metrics of statements by kind of speech, and how fast they are found (`statement_metrics`)."""
    return {**metrics, "speed": {**asdict(speed), "statements_per_second": speed.statements_per_second}}
