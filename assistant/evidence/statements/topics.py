"""How well an utterance fits the topic of a question, by words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.evidence.missing_words import find_missing_names
from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.speech_acts import find_stance_stems, has_same_speech_act, names_speech_act
from assistant.evidence.statements.meaning import NO_MEANING, Meaning, is_close
from assistant.evidence.statements.utterance_evidence import MAX_GAP
from assistant.evidence.term_weights import TermWeights
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot
from assistant.speech.utterances import Utterance
from assistant.text.names import name_parts
from assistant.text.stemming import stem, stem_words
from assistant.text.words import content_words, split_words

LONG_STATEMENT = 500  # characters from which a statement is no longer brief
INFORMATIVE_LENGTH = 120  # characters from which a statement says enough
MAX_LABEL_GAP = 80  # characters between a question and the answer: the label of a speaker

CLEAR_PASSAGES = 5  # in one of which words are, if they are clearly on the topic by their meaning alone
TOP_PASSAGES = 3  # whose utterances are near to the topic although they share no word with it
PLAIN_CUES = frozenset(
    map(
        stem,
        """
        say tell talk speak comment mention state write tweet post quote remark note add words statement claim describe
        testify joke repeat think believe feel view opinion position stance thoughts
        """.split(),
    )
)
"""The stems of the verbs and nouns with which a question asks for words or views, whatever they are."""

_FRAGMENT = re.compile(r"(?:to|of|in|on|at|for|about|with|from|regarding|against|not)\s")
_CAPITALISED = re.compile(r"[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?)*")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question asks about: its words with their weights, and the topic as a phrase in plain words."""

    query: Query
    weights: TermWeights
    phrase: str
    _article_shares: dict[str, float] = field(default_factory=dict, compare=False)  # by article id
    _missing_names: dict[str, bool] = field(default_factory=dict, compare=False)

    @property
    def is_name(self) -> bool:
        """Whether it is only a name. Then its words decide: what is near to it in meaning is about another name."""
        words = [word for word in (self.query.topic or "").split() if content_words(word)]
        return bool(words) and all(word.lower() != word or not word[0].isalpha() for word in words)

    @property
    def needs_stance(self) -> bool:
        """Whether the question asks if somebody regrets or supports it: words on it alone do not tell."""
        return self.query.expects == "yes_no" and asks_for_deed(self.query.cue)

    def measure_article(self, article: Article) -> float:
        """The share, in 0..1, of the topic's weight that the words of an article and its title have."""
        if article.id not in self._article_shares:
            stems = stem_words(f"{article.title} {article.text}")
            self._article_shares[article.id] = self.weights.measure_coverage(stems)
        return self._article_shares[article.id]

    def lacks_names(self, article: Article) -> bool:
        """Whether names of the topic stand nowhere in an article: its words are not about Lima if it never names it."""
        if article.id not in self._missing_names:
            missing = find_missing_names(replace(self.query, text=self.query.topic or ""), [article])
            self._missing_names[article.id] = bool(missing)
        return self._missing_names[article.id]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an utterance fits a topic. Coverages are shares of the weight of the topic's words, in 0..1."""

    utterance: Utterance
    score: float | None  # by its words; None if they are not on the topic
    coverage: float  # by the words and their context, which counts less
    has_stance: bool = False  # it tells a view or deed like the one in the question: "regret" for "is she sorry?"
    rank: int | None = None  # of the best retrieved passage that it begins in, from 0
    passage_meaning: float = 0.0  # the cosine of that passage and the question
    meaning: Meaning = NO_MEANING


def asks_for_deed(cue: str | None) -> bool:
    """Whether a question asks for more than words: what somebody thinks, wants or regrets, or how they reacted."""
    return cue is None or stem(cue) not in PLAIN_CUES


def read_topic(query: Query, snapshot: Snapshot) -> Topic:
    """The topic of a question, its words weighed by how rare they are in the library."""
    return Topic(query, TermWeights(query.terms, snapshot), " ".join(split_words(query.topic or "")))


def measure_fit(utterance: Utterance, previous: Utterance | None, topic: Topic) -> Fit:
    """The fit of an utterance by its words; `previous` is the utterance before it in the article."""
    coverage = 1.0
    if topic.query.terms:
        coverage = topic.weights.measure_coverage(
            stem_words(utterance.text), _collect_context_stems(utterance, previous)
        )
    score = None
    if coverage >= STATEMENT_WEIGHTS.min_topic_coverage and can_be_on_topic(utterance, topic):
        score = _score_statement(utterance, coverage, topic)
        if _FRAGMENT.match(utterance.shown) and not utterance.direct:
            score *= STATEMENT_WEIGHTS.fragment_penalty
    return Fit(utterance, score, coverage, _has_stance(utterance, topic.query.cue))


def _has_stance(utterance: Utterance, cue: str | None) -> bool:
    if cue is None or not asks_for_deed(cue):
        return False
    return not find_stance_stems(cue).isdisjoint(stem_words(utterance.shown))


def score_clear(fit: Fit, topic: Topic) -> float | None:
    """The score of an utterance that is clearly on the topic, by its words or by its meaning; None if it is not."""
    weights, meaning = STATEMENT_WEIGHTS, fit.meaning
    lacks_stance = topic.needs_stance and not fit.has_stance
    if fit.score is not None and (not lacks_stance or fit.coverage >= weights.min_other_coverage):
        return fit.score
    is_clear = (
        not topic.is_name
        and not lacks_stance
        and fit.rank is not None
        and fit.rank < CLEAR_PASSAGES
        and is_close(meaning.topic)
        and meaning.topic_alone >= weights.min_own_meaning
        and can_be_on_topic(fit.utterance, topic)
        and not topic.lacks_names(fit.utterance.article)
    )
    if not is_clear:
        return None
    return (meaning.topic + meaning.topic_alone + meaning.question + fit.has_stance / 5) / 3


def score_near(fit: Fit, topic: Topic) -> float | None:
    """The score of an utterance that may be on the topic; None if neither it nor its article is near to it."""
    weights, meaning, article = STATEMENT_WEIGHTS, fit.meaning, fit.utterance.article
    by_article = topic.measure_article(article)
    is_near = (
        by_article >= weights.min_article_coverage
        or meaning.topic >= weights.min_near_meaning
        or (fit.rank is not None and fit.rank < TOP_PASSAGES and not topic.lacks_names(article))
    )
    if not is_near:
        return None
    return ((fit.coverage + by_article) / 2 + meaning.topic + meaning.question + fit.has_stance / 2) / 3.5


def can_be_on_topic(utterance: Utterance, topic: Topic) -> bool:
    """Whether an utterance is not about somebody or something else of nearly the same name, and no question."""
    sentence = utterance.shown
    if topic.query.topic and is_about_another(topic.query.topic, sentence):
        return False
    # In indirect speech it is the writer who asks, about their view.
    return utterance.direct or not sentence.rstrip("”\"’'").endswith("?")


def _collect_context_stems(utterance: Utterance, previous: Utterance | None) -> set[str]:
    """The stems of the whole sentence, and of the words just before if the speaker continues from them.

    In an interview those are also the words of the question that the speaker answers.
    """
    start = utterance.span[0]
    stems = stem_words(utterance.shown)
    if previous is None:
        return stems
    continues = previous.speaker == utterance.speaker and start - previous.span[1] <= MAX_GAP
    if continues or _is_answer(utterance, previous):
        stems |= stem_words(previous.text)
    return stems


def _is_answer(utterance: Utterance, previous: Utterance) -> bool:
    """Whether an utterance is the turn of an interview after a question."""
    is_next = utterance.span[0] - previous.span[1] <= MAX_LABEL_GAP
    return is_next and utterance.statements[0].cue == ":" and previous.text.rstrip().endswith("?")


def _score_statement(utterance: Utterance, coverage: float, topic: Topic) -> float:
    weights, query, text = STATEMENT_WEIGHTS, topic.query, utterance.text
    if not query.terms:
        length = min(1.0, len(text) / INFORMATIVE_LENGTH)
        return weights.open_length * length + weights.open_direct_speech * utterance.direct
    phrase = topic.phrase
    has_phrase = bool(phrase) and f" {phrase} " in f" {' '.join(split_words(text))} "
    brevity = max(0.0, 1 - len(text) / LONG_STATEMENT)
    score = (
        weights.coverage * coverage
        + weights.exact_phrase * has_phrase
        + weights.direct_speech * utterance.direct
        + weights.brevity * brevity
    )
    if names_speech_act(query.cue):
        same_act = any(has_same_speech_act(query.cue, statement.cue) for statement in utterance.statements)
        score = (1 - weights.speech_act) * score + weights.speech_act * same_act
    return float(score**weights.topic_exponent)


def is_about_another(topic: str, text: str) -> bool:
    """Whether a text that shares words with a name means something else: North Korea for South Korea.

    Applies only to topics that are a name of several words. A text that has the last word alone, or with a title,
    may mean the topic.
    """
    parts = topic.split()
    if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
        return False
    words, last = {part.lower() for part in parts}, parts[-1].lower()
    names = [match[0].split() for match in _CAPITALISED.finditer(text)]
    names_with_last = [name for name in names if last in map(str.lower, name)]
    if not names_with_last:
        shares_word = any(words & set(map(str.lower, name)) for name in names)
        return not shares_word and last not in split_words(text)
    return not any(
        len(words & set(map(str.lower, name))) > 1 or len(name_parts(" ".join(name))) == 1 for name in names_with_last
    )
