"""Choosing, ordering and citing the evidence of an answer."""

from __future__ import annotations

from assistant.answers.citations import CitationNumbers, cite_evidence
from assistant.answers.composition import ExtractiveComposer, choose_evidence, sort_for_reading
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.config.schema import AnswerSettings
from assistant.evidence.selection import Selection
from assistant.records.answer import AnswerPart, Evidence
from assistant.records.query import Query
from tests.support.bridge_news import BRIDGE, COPY, FERRY, make_library
from tests.support.memory_library import make_article

CLOSED = Evidence(BRIDGE, 0, 62, 0.9)
CLOSED_IN_COPY = Evidence(COPY, 0, 62, 0.8)
UNSAFE = Evidence(BRIDGE, 63, 106, 0.7, "Ada Quill")
DENIED = Evidence(BRIDGE, 160, 211, 0.6, "Tom Reed")
FERRY_BOATS = Evidence(FERRY, 0, 52, 0.65)
LATE = Evidence(FERRY, 53, 88, 0.2)
FACT = Query("How many boats hit the bridge?", "other", ("boats", "hit", "bridge"))


def make_material(query: Query, *evidence: Evidence) -> AnswerMaterial:
    return AnswerMaterial(query, Selection(evidence, 0.9), make_library().snapshot())


def test_sentence_of_two_prints_is_chosen_once() -> None:
    """A sentence that two articles of a story print is shown once."""
    material = make_material(FACT, CLOSED, CLOSED_IN_COPY, FERRY_BOATS)
    assert choose_evidence(material, AnswerSettings()) == [CLOSED, FERRY_BOATS]


def test_limit_depends_on_the_kind() -> None:
    """A fact takes at most `max_facts`, words of people `max_sentences`, and so does a change over time."""
    settings = AnswerSettings(max_facts=1, max_sentences=2)
    evidence = (CLOSED, UNSAFE, FERRY_BOATS)
    assert len(choose_evidence(make_material(FACT, *evidence), settings)) == 1
    assert len(choose_evidence(make_material(Query("?", "said", ()), *evidence), settings)) == 2
    assert len(choose_evidence(make_material(Query("?", "other", (), over_time=True), *evidence), settings)) == 2


def test_weak_evidence_is_left_out() -> None:
    """Evidence below a share of the best score is not shown."""
    material = make_material(FACT, CLOSED, LATE)
    assert choose_evidence(material, AnswerSettings(keep_share=0.3)) == [CLOSED]
    assert choose_evidence(material, AnswerSettings(keep_share=0.2)) == [CLOSED, LATE]


def test_all_words_are_shown_where_no_topic_is_given() -> None:
    """ "What did Quill say?" asks for short words too."""
    short = Evidence(BRIDGE, 160, 211, 0.1, "Ada Quill")
    query = Query("What did Quill say?", "said", (), ("Quill",))
    assert choose_evidence(make_material(query, UNSAFE, short), AnswerSettings()) == [UNSAFE, short]


def test_a_change_has_its_first_and_its_last_day() -> None:
    """However weak they are."""
    early, late, best = (
        Evidence(make_article(name, text, published_at=day), 0, len(text), score, "Ada Quill")
        for name, text, day, score in (
            ("e", "The price is new.", "2025-01-01", 0.1),
            ("l", "Nobody will pay for it.", "2025-09-01", 0.2),
            ("b", "A ferry costs less.", "2025-05-01", 0.9),
        )
    )
    query = Query("How did Quill's view change?", "said", ("view",), ("Quill",), "the price", over_time=True)
    chosen = choose_evidence(make_material(query, best, early, late), AnswerSettings(max_sentences=2))
    assert {each.article.id for each in chosen} == {"e", "l"}


def test_each_compared_speaker_is_shown() -> None:
    """If speakers are compared, the best words of each are shown, however weak."""
    query = Query("Do Quill and Reed agree?", "said", (), ("Quill", "Reed"))
    material = make_material(query, UNSAFE, Evidence(BRIDGE, 160, 211, 0.1, "Tom Reed"))
    speakers = [each.speaker for each in choose_evidence(material, AnswerSettings(max_sentences=2))]
    assert speakers == ["Ada Quill", "Tom Reed"]


def test_each_compared_source_is_shown() -> None:
    """If sources are compared, the best of each is shown."""
    query = Query("?", "other", (), outlets=("Evening Bell", "The Valley"))
    assert choose_evidence(make_material(query, CLOSED, UNSAFE, LATE), AnswerSettings(max_facts=2)) == [CLOSED, LATE]


def test_reading_order() -> None:
    """Sentences of one article stay together; a question about change is answered by day."""
    chosen = [FERRY_BOATS, CLOSED, LATE]
    assert sort_for_reading(FACT, chosen) == [FERRY_BOATS, LATE, CLOSED]
    assert sort_for_reading(Query("?", "other", (), over_time=True), chosen) == [CLOSED, FERRY_BOATS, LATE]


def test_citation_is_copied_by_offset() -> None:
    """A citation has the text of its span and the other prints of the story."""
    material = make_material(FACT, CLOSED)
    part = cite_evidence(3, CLOSED, material.groups)
    (citation,) = part.citations
    assert citation.quote == BRIDGE.text[0:62] == part.sentence.text
    assert (citation.n, part.sentence.citations, part.sentence.support) == (3, (3,), "verbatim")
    assert [copy.article_id for copy in citation.copies] == ["copy"]


def test_further_evidence_gets_the_next_number() -> None:
    """A span that is not cited yet becomes one further sentence."""
    material = make_material(FACT, CLOSED)
    numbers = CitationNumbers([cite_evidence(1, CLOSED, material.groups)], material.groups)
    assert [numbers.assign(each) for each in (CLOSED, FERRY_BOATS, FERRY_BOATS, LATE)] == [1, 2, 2, 3]
    assert [part.sentence.citations for part in numbers.added_parts] == [(2,), (3,)]
    assert FERRY_BOATS in numbers
    assert DENIED not in numbers


def test_composer_streams_sentences_then_notes() -> None:
    """Sentences come first, numbered in reading order, and the notes last."""
    rewritten = make_article("other", f"{BRIDGE.text[:61]} again.", title="Boats", source="The Valley")
    material = make_material(FACT, CLOSED, Evidence(rewritten, 0, len(rewritten.text), 0.8))
    *parts, notes = ExtractiveComposer(AnswerSettings()).compose(material)
    assert [part.sentence.citations for part in parts if isinstance(part, AnswerPart)] == [(1,), (2,)]
    assert isinstance(notes, Notes)
    assert notes.sentences == ("2 articles, 2 independent sources.",)


def test_composer_without_evidence() -> None:
    """Without evidence there is nothing to compose."""
    assert list(ExtractiveComposer(AnswerSettings()).compose(make_material(FACT))) == []
