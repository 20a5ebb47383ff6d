"""The steps of the pipeline, over a library in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers.citations import cite_evidence
from assistant.answers.composition import Composer, ExtractiveComposer
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.answers.pipeline import Retrieval, compose, read_once, select
from assistant.config.schema import AnswerSettings
from assistant.evidence.selection import Reader
from assistant.questions.parser import parse_question
from assistant.ranking.ranker import Reading, Window
from assistant.records.answer import Answer, AnswerPart, AnswerSentence, AskEvent
from tests.support.bridge_news import make_corrected_library, make_library
from tests.support.memory_library import MemoryLibrary, embed_words


def ask(question: str, library: MemoryLibrary, composer: Composer | None = None) -> list[AskEvent]:
    """The events of a question for which every article was retrieved."""
    query = parse_question(question)
    vector = embed_words(question)
    snapshot = library.snapshot(meaning=0.9)
    retrieval = Retrieval(snapshot, lambda texts: [float(embed_words(text) @ vector) for text in texts])
    material = AnswerMaterial(query, select(query, retrieval), snapshot)
    return list(compose(material, composer or ExtractiveComposer(AnswerSettings())))


def test_answer_to_a_statement_question() -> None:
    """The sentences are streamed and are those of the complete answer."""
    *parts, answer = ask("What did Quill say about the bridge?", make_library())
    assert isinstance(answer, Answer)
    assert tuple(part.sentence for part in parts if isinstance(part, AnswerPart)) == answer.sentences
    assert answer.answer == (
        "Bridge shut · Evening Bell · 2025-05-04 · also in Morning Leaf\n"
        "- Ada Quill: “We will not reopen the bridge this year,” she said. [1]\n"
        "- Mayor Ada Quill said the bridge was unsafe. [2]"
    )
    assert not answer.abstained
    assert answer.passages[0].passage.article_id == "bridge"


def test_fact_prefers_the_correction() -> None:
    """A question for a fact cites the sentence that corrects, not the one that reports an error."""
    *_, answer = ask("Did the report give a wrong number of boats?", make_corrected_library())
    assert isinstance(answer, Answer)
    quotes = [citation.quote for citation in answer.citations]
    assert "The correct number is 14 boats, not 40." in quotes
    assert not any("wrong number" in quote for quote in quotes)


def test_refusal() -> None:
    """A refusal has a reason, and no sentences."""
    (answer,) = ask("What did Brandt say about tolls?", make_library())
    assert isinstance(answer, Answer)
    assert answer.abstained
    assert answer.reason == answer.answer
    assert (answer.reason or "").startswith("No article found for this question names Brandt.")
    assert (answer.outcome, answer.nearest) == ("nothing", ())


class HeadlineComposer:
    """Another way to compose: the title of the best evidence as the only sentence."""

    def compose(self, material: AnswerMaterial) -> Iterator[AnswerPart | Notes]:
        best = material.selection.evidence[0]
        cited = cite_evidence(1, best, material.groups)
        yield AnswerPart(AnswerSentence(best.article.title, (1,), "supported"), cited.citations)
        yield Notes(("In short.",))


def test_other_composer() -> None:
    """A composer of another class is used without any change of the pipeline."""
    part, answer = ask("How many boats hit the bridge?", make_library(), HeadlineComposer())
    assert isinstance(part, AnswerPart)
    assert isinstance(answer, Answer)
    assert [sentence.text for sentence in answer.sentences] == ["Bridge shut"]
    assert answer.notes == ("In short.",)


def test_snapshot_reads_each_kind_of_data_once() -> None:
    """A question reads the articles, sentences, statements and stories in one query each."""
    library = make_library()
    ask("How many boats hit the bridge?", library)
    kinds = [kind for kind, _ in library.reads]
    assert sorted(kinds) == ["articles", "duplicates", "sentences", "stories"]
    assert all(names == ("bridge", "copy", "ferry") for _, names in library.reads)


def test_no_sentence_is_read_twice() -> None:
    """What was read for some days is not read again for all days."""
    asked: list[tuple[str, str]] = []

    def read(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        asked.extend(texts)
        return [Reading(float(len(text))) for _, text in texts]

    def score_windows(windows: Sequence[Window]) -> list[list[float]]:
        asked.extend((window.title, " ".join(window.sentences)) for window in windows)
        return [[float(len(text)) for text in window.sentences] for window in windows]

    once = read_once(Reader(read, score_windows))
    assert [each.score for each in once.read([("", "a"), ("", "bb")])] == [1.0, 2.0]
    assert [each.score for each in once.read([("", "ccc"), ("", "a")])] == [3.0, 1.0]
    assert asked == [("", "a"), ("", "bb"), ("", "ccc")]
    assert once.score_windows is not None
    window = Window("", ("dd", "e"))
    assert [once.score_windows([window]) for _ in range(2)] == [[[2.0, 1.0]]] * 2
    assert asked[3:] == [("", "dd e")]
    assert read_once(Reader(read)).score_windows is None
