"""Suggests what to ask next: who else spoke about it, what came later, who reports it. Each is tried before.

Only the cited articles are read, so that it takes no longer than a few answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import chain, islice

from assistant.answers.kinds import kind_of
from assistant.answers.kinds.kind import FollowUpMaterial
from assistant.records.answer import Answer, Citation, Turn
from assistant.records.article import Article
from assistant.store.protocol import Library
from assistant.suggestions.keyphrases import extract_topics
from assistant.suggestions.next_steps import (
    find_topic,
    propose_after_answer,
    propose_after_refusal,
    propose_corrections,
)
from assistant.suggestions.starters import QuestionCandidate, require_speakers
from assistant.text.names import is_organization, is_same_person
from assistant.text.words import content_words

MAX_FOLLOW_UPS = 3
"""Questions offered."""

_MAX_ARTICLES = 5  # examined, of those that the answer cites
_MAX_TRIES = 4  # questions of one kind to try
_MAX_ARTICLE_CHARACTERS = 60_000  # characters read
_MAX_TOPIC_CHARACTERS = 40  # characters
_ORDINAL = re.compile(r"(?:the )?(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|previous)\b")

SentencesBySpeaker = dict[str, list[str]]
"""The sentences in which each named person speaks."""


def suggest_follow_ups(
    conversation: Sequence[Turn], library: Library, answer: Callable[[str], Answer]
) -> Iterator[str | None]:
    """Yield questions that `answer` answers well and with something new, and None after a step without one.

    After a refusal, the first are the question with a name that may have been meant, and who did speak about it.
    """
    turn = conversation[-1]
    shown = {(citation.article_id, citation.start) for turn in conversation for citation in turn.answer.citations}
    questions = {frozenset(content_words(turn.question)) for turn in conversation}
    cited = _get_shown_citations(turn.answer)
    spoken = _collect_sentences(cited, library)
    yield None
    known = {word for name in (*spoken, *library.source_names()) for word in content_words(name)}
    offered = 0
    for group in _propose_questions(turn, cited, spoken, known, library):
        for tried, candidate in enumerate(group):
            if tried == _MAX_TRIES or offered == MAX_FOLLOW_UPS:
                break
            if frozenset(content_words(candidate.question)) in questions:
                continue
            given = answer(candidate.question)
            if _is_worth_offering(given, candidate, shown):
                offered += 1
                questions.add(frozenset(content_words(candidate.question)))
                yield candidate.question
                break
            yield None


def _is_worth_offering(given: Answer, candidate: QuestionCandidate, shown: Set[tuple[str, int]]) -> bool:
    """Whether an answer suits, is certain and begins with something new; a list of the whole collection is both."""
    if given.abstained or not candidate.suits(given):
        return False
    is_new = any((citation.article_id, citation.start) not in shown for citation in given.citations[:1])
    return given.collection is not None or (is_new and (given.confidence or 0) >= candidate.least_confidence)


def _get_shown_citations(answer: Answer) -> Sequence[Citation]:
    """The citations of an answer, or the sentences near to one."""
    return answer.nearest if answer.abstained else answer.citations


def _collect_sentences(cited: Sequence[Citation], library: Library) -> SentencesBySpeaker:
    spoken: SentencesBySpeaker = defaultdict(list)
    for article_id in list(dict.fromkeys(citation.article_id for citation in cited))[:_MAX_ARTICLES]:
        article: Article | None = library.article(article_id)
        if article is None or len(article.text) > _MAX_ARTICLE_CHARACTERS:
            continue
        for statement in library.statements(article_id):
            is_said = statement.status != "narrated"
            if is_said and statement.speaker and " " in statement.speaker and not is_organization(statement.speaker):
                spoken[statement.speaker].append(article.text[statement.sentence_start : statement.sentence_end])
    return spoken


def _propose_questions(
    turn: Turn, cited: Sequence[Citation], spoken: SentencesBySpeaker, known: set[str], library: Library
) -> Iterator[Iterator[QuestionCandidate]]:
    """Groups of questions, the most useful first. `known` are the words of names."""
    of_kind = _propose_by_kind(turn, cited, spoken, known)
    topic = find_topic(turn, cited, known)
    if turn.answer.abstained:
        return chain(propose_corrections(turn, library), of_kind, propose_after_refusal(turn, topic))
    return chain(islice(of_kind, 1), propose_after_answer(turn, topic, cited), of_kind)


def _propose_by_kind(
    turn: Turn, cited: Sequence[Citation], spoken: SentencesBySpeaker, known: set[str]
) -> Iterator[Iterator[QuestionCandidate]]:
    """What the kind of the last question proposes: words of others on the topic, words on other topics."""
    titles = frozenset(content_words(" ".join(citation.title for citation in cited)))
    material = FollowUpMaterial(
        query=turn.query,
        question_words=frozenset(content_words(turn.question)),
        title_words=titles,
        requested_speakers=[
            name for name in spoken if any(is_same_person(speaker, name) for speaker in turn.query.speakers)
        ],
        cited_speakers=[citation.speaker for citation in cited if citation.speaker in spoken],
        sentences=spoken,
        weigh_topics=lambda name: _weigh_topics(spoken[name], titles, known),
        is_refusal=turn.answer.abstained,
        after_refusal=turn.answer.abstained and all(cited.is_by_other for cited in turn.answer.nearest),
    )
    for group in kind_of(turn.query).propose_follow_ups(material):
        yield (QuestionCandidate(one.question, require_speakers([one.speaker], one.topic)) for one in group)


def _weigh_topics(said: Sequence[str], titles: Set[str], known: Set[str]) -> Counter[str]:
    """Weigh the topics of sentences: those named in titles, and those of two words, count more.

    A topic without a word of a title has two words and comes in two sentences, or it is none.
    """
    weighed: Counter[str] = Counter()
    for topic, count in extract_topics(said).items():
        words = set(content_words(topic))
        if words.isdisjoint(titles) and (len(words) == 1 or count == 1):
            # "The break", of which no headline tells, or "maximum opportunity", said once: nobody would ask about it.
            continue
        if words and not words & known and len(topic) <= _MAX_TOPIC_CHARACTERS and not _ORDINAL.match(topic):
            weighed[topic] = count * (1 + 2 * (words <= titles) * min(len(words), 2))
    return weighed
