"""What a reader would do next: see what came later, who reports it, the days of it; after a refusal, who did speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.questions.names.finding import find_names
from assistant.records.answer import Answer, Citation, Turn
from assistant.records.collection.question import CollectionKind
from assistant.store.protocol import Library
from assistant.suggestions.keyphrases import extract_topics
from assistant.suggestions.starters import QuestionCandidate, require_speakers, sort_by_count
from assistant.text.names import find_similar_names, is_same_person
from assistant.text.words import content_words

_MIN_OUTLETS = 2  # that report a topic, to be worth a list
_MIN_DAYS = 3  # of a timeline
_MIN_TITLE_SHARE = 1 / 3  # of the articles of a timeline, those with its one word in the title

Groups = Iterator[Iterator[QuestionCandidate]]


def propose_after_answer(turn: Turn, topic: str | None, cited: Sequence[Citation]) -> Groups:
    """What came later, what others say than the one speaker asked for, which outlets report it, and its days."""
    if topic is not None:
        yield iter([QuestionCandidate(f"What is the latest on {topic}?", _require_newer(cited))])
        if len(asked_for := turn.query.speakers) == 1 and turn.query.topic:
            suits = _require_other_speaker(asked_for, topic)
            yield iter([QuestionCandidate(f"Who disagreed with {asked_for[0]} about {topic}?", suits)])
        yield iter([QuestionCandidate(f"Which outlets report on {topic}?", _require_items("list", _MIN_OUTLETS))])
        yield iter([QuestionCandidate(f"Timeline of {topic}", _require_timeline(topic))])


def propose_corrections(turn: Turn, library: Library) -> Groups:
    """The question with a speaker of the library whose name is spelled much like the one that was asked for."""
    names = [name for name, _, _ in library.speakers()]
    for speaker in turn.query.speakers:
        if not any(is_same_person(speaker, name) for name in names):
            yield (
                QuestionCandidate(turn.question.replace(speaker, name), require_speakers([name], ""), 0.0)
                for name in find_similar_names(speaker, names)
            )


def propose_after_refusal(turn: Turn, topic: str | None) -> Groups:
    """Who did speak about the topic, and which articles mention it, the one who was asked for, or another name."""
    asked_for = turn.query.speakers
    named = [name.text for name in find_names(turn.query.text, turn.query.outlets)]
    if topic is not None:
        yield iter([QuestionCandidate(f"Who spoke about {topic}?", _require_other_speaker(asked_for, topic), 0.0)])
        yield iter([QuestionCandidate(f"Which articles mention {topic}?", _require_items("list", 1))])
    offered = " ".join([topic or "", *asked_for[:1]]).lower()
    for name in [*asked_for[:1], *(name for name in named if name.lower() not in offered)]:
        yield iter([QuestionCandidate(f"Which articles mention {name}?", _require_items("list", 1))])


def find_topic(turn: Turn, cited: Sequence[Citation], known: Collection[str]) -> str | None:
    """What a question is about: its topic, or a name or a phrase of it that the titles of what was found share.

    `known` are the words of the names of speakers and outlets. A single word of a question that was not answered is
    enough if a title has it. None where nothing is certain enough to be asked about.
    """
    if turn.query.topic:
        return turn.query.topic
    titles = [set(content_words(title)) for title in {citation.title for citation in cited}]
    asked = set(content_words(turn.question))
    weighed: Counter[str] = Counter()
    for topic in extract_topics([turn.question, *(citation.quote for citation in cited)]):
        words = set(content_words(topic))
        is_specific = len(words) > 1 or not topic.removeprefix("the ").islower()
        shared = sum(words <= title for title in titles)
        is_specific |= turn.answer.abstained and shared > 0
        is_asked = words <= asked or (
            shared > 1 and not turn.answer.abstained
        )  # what does not answer may share anything
        if words and is_specific and words.isdisjoint(known) and is_asked:
            weighed[topic] = shared + len(titles) * (words <= asked) + len(words)
    return next(iter(sort_by_count(weighed)), None)


def _require_newer(cited: Sequence[Citation]) -> Callable[[Answer], bool]:
    """Make a check: the answer begins with an article that is newer than all that were shown."""
    newest = max((citation.published_at or "" for citation in cited), default="")

    def suits(answer: Answer) -> bool:
        return any((citation.published_at or "")[:10] > newest[:10] > "" for citation in answer.citations[:1])

    return suits


def _require_items(kind: CollectionKind, least: int) -> Callable[[Answer], bool]:
    """Make a check: the answer is a list or timeline of at least so many entries."""

    def suits(answer: Answer) -> bool:
        result = answer.collection
        return result is not None and result.kind == kind and result.total >= least

    return suits


def _require_timeline(topic: str) -> Callable[[Answer], bool]:
    """Make a check: the answer is a timeline of enough days, of articles that are about the topic.

    A single word, "America", stands in articles about anything: a share of the titles must have it.
    """
    words = set(content_words(topic))
    has_enough_days = _require_items("timeline", _MIN_DAYS)

    def suits(answer: Answer) -> bool:
        titles = {citation.title for citation in answer.citations}
        named = sum(words <= set(content_words(title)) for title in titles)
        return has_enough_days(answer) and (len(words) > 1 or named >= _MIN_TITLE_SHARE * len(titles))

    return suits


def _require_other_speaker(asked_for: Sequence[str], topic: str) -> Callable[[Answer], bool]:
    """Make a check: somebody else is quoted, with the words of the topic."""
    words = set(content_words(topic))

    def suits(answer: Answer) -> bool:
        return any(
            citation.speaker
            and not any(is_same_person(speaker, citation.speaker) for speaker in asked_for)
            and words <= set(content_words(citation.quote))
            for citation in answer.citations
        )

    return suits
