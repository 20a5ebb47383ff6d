"""Questions that lead on from an answer: who else spoke of it, what else was said. Each is tried before it is offered.

Only what the answer rests on is read, so that it takes no longer than a few answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from assistant.records.answer import Answer, Citation, Turn
from assistant.records.article import Article
from assistant.store.protocol import Library
from assistant.suggestions.keyphrases import extract_topics
from assistant.suggestions.starters import MIN_CONFIDENCE, QuestionCandidate, require_speakers, sort_by_count
from assistant.text.names import is_organization, is_same_person
from assistant.text.words import content_words

MAX_FOLLOW_UPS = 2
"""Questions offered."""

_MAX_ARTICLES = 5  # looked at, of those that the answer cites
_MAX_TRIES = 4  # questions of one kind that are tried
_MAX_ARTICLE_CHARACTERS = 60_000  # characters read
_MAX_TOPIC_CHARACTERS = 40  # characters
_ORDINAL = re.compile(r"(?:the )?(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|previous)\b")

SentencesBySpeaker = dict[str, list[str]]
"""The sentences in which each named person speaks."""


def suggest_follow_ups(
    conversation: Sequence[Turn], library: Library, answer: Callable[[str], Answer]
) -> Iterator[str | None]:
    """Questions that `answer` answers well and with something new. None stands for a step without one.

    After a refusal it is what somebody else said on the matter, or nothing.
    """
    turn = conversation[-1]
    shown = {(one.article_id, one.start) for each in conversation for one in each.answer.citations}
    asked = {frozenset(content_words(each.question)) for each in conversation}
    cited = _get_shown_citations(turn.answer)
    spoken = _collect_sentences(cited, library)
    yield None
    known = {word for name in (*spoken, *library.source_names()) for word in content_words(name)}
    offered = 0
    for candidates in _generate_candidates(turn, cited, spoken, known):
        for tried, candidate in enumerate(candidates):
            if tried == _MAX_TRIES or offered == MAX_FOLLOW_UPS:
                break
            if frozenset(content_words(candidate.question)) in asked:
                continue
            given = answer(candidate.question)
            sure = not given.abstained and (given.confidence or 0) >= MIN_CONFIDENCE and candidate.suits(given)
            if sure and any((one.article_id, one.start) not in shown for one in given.citations[:1]):
                offered += 1
                asked.add(frozenset(content_words(candidate.question)))
                yield candidate.question
                break
            yield None


def _get_shown_citations(answer: Answer) -> Sequence[Citation]:
    """What an answer leads to: its citations, or what is nearest where there is none."""
    return answer.nearest if answer.abstained else answer.citations


def _collect_sentences(cited: Sequence[Citation], library: Library) -> SentencesBySpeaker:
    spoken: SentencesBySpeaker = defaultdict(list)
    for article_id in list(dict.fromkeys(one.article_id for one in cited))[:_MAX_ARTICLES]:
        article: Article | None = library.article(article_id)
        if article is None or len(article.text) > _MAX_ARTICLE_CHARACTERS:
            continue
        for one in library.statements(article_id):
            if one.speaker and " " in one.speaker and not is_organization(one.speaker):
                spoken[one.speaker].append(article.text[one.sentence_start : one.sentence_end])
    return spoken


def _generate_candidates(
    turn: Turn, cited: Sequence[Citation], spoken: SentencesBySpeaker, known: set[str]
) -> Iterator[Iterator[QuestionCandidate]]:
    """Kinds of questions, the best first, as lists of which one each is wanted. `known` are the words of names."""
    query = turn.query
    asked_about = [name for name in spoken if any(is_same_person(speaker, name) for speaker in query.speakers)]
    if query.kind == "said" and query.topic:
        yield _ask_others([name for name in spoken if name not in asked_about], query.topic, spoken)
    if turn.answer.abstained:
        return
    quoted = [one.speaker for one in cited if one.speaker in spoken]
    question, titles = (set(content_words(text)) for text in (turn.question, " ".join(one.title for one in cited)))

    def fits(topic: str) -> bool:
        """Something else than the question is about; or, where it asks for a fact, what bears on that."""
        words = set(content_words(topic))
        return bool(words & (question | titles)) if query.kind == "other" else not words & question

    for name in dict.fromkeys([*asked_about, *quoted, *([] if asked_about else _rank_speakers(spoken))]):
        topics = _weigh_topics(spoken[name], titles, known)
        yield _ask_more(name, Counter({topic: count for topic, count in topics.items() if fits(topic)}))


def _rank_speakers(spoken: SentencesBySpeaker) -> list[str]:
    return sort_by_count(Counter({name: len(sentences) for name, sentences in spoken.items()}))


def _ask_others(names: Sequence[str], topic: str, spoken: SentencesBySpeaker) -> Iterator[QuestionCandidate]:
    """What somebody else said on the same."""
    words = set(content_words(topic))
    telling = Counter({name: sum(words <= set(content_words(said)) for said in spoken[name]) for name in names})
    for name in sort_by_count(+telling):
        yield QuestionCandidate(f"What did {name} say about {topic}?", require_speakers([name], topic))


def _ask_more(name: str, topics: Counter[str]) -> Iterator[QuestionCandidate]:
    """What somebody said on something else."""
    for topic in sort_by_count(topics):
        yield QuestionCandidate(f"What did {name} say about {topic}?", require_speakers([name], topic))


def _weigh_topics(said: Sequence[str], titles: set[str], known: set[str]) -> Counter[str]:
    """What sentences are about; what titles name is what articles are about, and two words say more exactly what."""
    weighed: Counter[str] = Counter()
    for topic, count in extract_topics(said).items():
        words = set(content_words(topic))
        if words and not words & known and len(topic) <= _MAX_TOPIC_CHARACTERS and not _ORDINAL.match(topic):
            weighed[topic] = count * (1 + 2 * (words <= titles) * min(len(words), 2))
    return weighed
