"""Who won or lost what is held again and again: without a year, the newest time is meant, and a win must be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence.premises.deeds import is_unreal
from assistant.evidence.premises.opposites import reduce_verb
from assistant.records.article import Article
from assistant.records.query import Query

MAX_BEFORE_PRIZE = 40  # characters from a verb such as "took" to what was won

_QUESTION = re.compile(
    r"^\W*(?:and |but |so )?(?:who|(?:which|what) (?!is|was|are|were|did|does|has|have)[\w’'-]+(?: [a-z]+)?) "
    r"(?:has |have |had )?(?:just |actually |finally )?(?:wins?|won|los[et]|loses) (?P<contest>.+)",
    re.IGNORECASE,
)
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:first|second|third|last|previous|former|earlier|before|ever|most|record|times|history|since|until|again|"
    r"years? ago|century|18\d\d|19\d\d|20\d\d|(?:19|20)?\d0s)\b",
    re.IGNORECASE,
)
_RESULTS = frozenset(
    map(
        reduce_verb,
        "win winner victory victorious beat defeat clinch crown champion triumph prevail edge top topple outlast elect "
        "reelect re-elect loss lose loser".split(),
    )
)
_TAKEN = frozenset(map(reduce_verb, "take secure capture claim grab earn seal".split()))  # a title, a seat
_PRIZE = re.compile(
    r"\b(?:titles?|crown|trophy|gold|silver|cup|victory|win|seat|championship|prize|award)\b", re.IGNORECASE
)
_PAST_HOLDER = re.compile(
    r"(?:-time|\b(?:defending|former|reigning|past|previous|ex|onetime|years?|\d{4}))[\s-](?:[\w’'.]+\s)?$"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_YEAR = re.compile(r"(?<![\w.,/$£€-])(?:1[89]|20)\d\d(?![\w%]|[.,]\d)")
_COMPARED = re.compile(
    r"\b(?:since|than|until|before|unlike|like|after|beyond|from)\s(?:[\w’'-]+\s){0,3}$", re.IGNORECASE
)
_PAST_YEAR = re.compile(r"(?<!since )(?<!than )(?<!unlike )\b(?:last year|a year ago|\w+ years ago)\b", re.IGNORECASE)
_AWAY = re.compile(r"\b(?:from|of|for|at|without|towards?|before)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contest:
    """What was won or lost, in the words of the question."""

    words: str


def read_contest(query: Query) -> Contest | None:
    """The contest whose winner or loser a question asks for, if it names no time of it."""
    match = _QUESTION.match(query.text)
    if match is None or query.period is not None or query.asks_for_several or _OF_ANOTHER_TIME.search(query.text):
        return None
    return Contest(match["contest"])


def is_of_past_year(sentence: str, article: Article) -> bool:
    """Whether a sentence is of a year before that of its article: "won it in 1992", but not "the first since 1992"."""
    if _PAST_YEAR.search(sentence):
        return True
    published = (article.published_at or "")[:4]
    years = [each[0] for each in _YEAR.finditer(sentence) if not _COMPARED.search(sentence[: each.start()])]
    return bool(published and years) and max(years) < published


def states_result(sentence: str) -> bool:
    """Whether a sentence says that something was won or lost, not only that it could be."""
    return any(_is_result(sentence, word) for word in _WORD.finditer(sentence))


def _is_result(sentence: str, word: re.Match[str]) -> bool:
    before, verb = sentence[: word.start()], reduce_verb(word[0])
    if is_unreal(before) or (word[0].endswith("ing") and _AWAY.search(before)):
        return False
    if verb in _TAKEN:
        return _PRIZE.search(sentence, word.end(), word.end() + MAX_BEFORE_PRIZE) is not None
    return verb in _RESULTS and not (word[0][0].islower() and _PAST_HOLDER.search(before))
