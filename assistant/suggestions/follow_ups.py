"""Suggests follow-up questions: who else spoke about it, what else was said. Each is tried before it is offered.

Only the cited articles are read, so that it takes no longer than a few answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set

from assistant.answers.kinds import kind_of
from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial
from assistant.records.answer import Answer, Citation, Turn
from assistant.records.article import Article
from assistant.store.protocol import Library
from assistant.suggestions.keyphrases import extract_topics
from assistant.suggestions.starters import MIN_CONFIDENCE, require_speakers
from assistant.text.names import is_organization, is_same_person
from assistant.text.words import content_words

MAX_FOLLOW_UPS = 2
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

    Where nothing was found, or only words of others, the only suggestion is what somebody else said about the topic.
    """
    turn = conversation[-1]
    shown = {(citation.article_id, citation.start) for turn in conversation for citation in turn.answer.citations}
    questions = {frozenset(content_words(turn.question)) for turn in conversation}
    cited = _get_shown_citations(turn.answer)
    spoken = _collect_sentences(cited, library)
    yield None
    known = {word for name in (*spoken, *library.source_names()) for word in content_words(name)}
    offered = 0
    for group in _propose_questions(turn, cited, spoken, known):
        for tried, candidate in enumerate(group):
            if tried == _MAX_TRIES or offered == MAX_FOLLOW_UPS:
                break
            if frozenset(content_words(candidate.question)) in questions:
                continue
            given = answer(candidate.question)
            sure = (
                not given.abstained
                and (given.confidence or 0) >= MIN_CONFIDENCE
                and require_speakers([candidate.speaker], candidate.topic)(given)
            )
            if sure and any((citation.article_id, citation.start) not in shown for citation in given.citations[:1]):
                offered += 1
                questions.add(frozenset(content_words(candidate.question)))
                yield candidate.question
                break
            yield None


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
    turn: Turn, cited: Sequence[Citation], spoken: SentencesBySpeaker, known: set[str]
) -> Iterator[Iterator[FollowUp]]:
    """Groups of questions that the kind of the last question proposes. `known` are the words of names."""
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
        after_refusal=turn.answer.abstained and all(cited.is_by_other for cited in turn.answer.nearest),
    )
    return kind_of(turn.query).propose_follow_ups(material)


def _weigh_topics(said: Sequence[str], titles: Set[str], known: Set[str]) -> Counter[str]:
    """Weigh the topics of sentences: those named in titles, and those of two words, count more."""
    weighed: Counter[str] = Counter()
    for topic, count in extract_topics(said).items():
        words = set(content_words(topic))
        if len(words) == 1 and not words <= titles:
            continue  # "the break", of which no headline tells, is nothing that somebody would ask about
        if words and not words & known and len(topic) <= _MAX_TOPIC_CHARACTERS and not _ORDINAL.match(topic):
            weighed[topic] = count * (1 + 2 * (words <= titles) * min(len(words), 2))
    return weighed
