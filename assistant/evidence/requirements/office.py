"""Who has an office: whether a sentence says it of the body or place that a question names, or of another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from assistant.evidence.premises.opposites import is_past_form
from assistant.questions.names.aliases import AliasGroup, find_group
from assistant.records.article import Article, Span
from assistant.text.names import full_names, is_given_name, name_words
from assistant.text.roles import spell_role
from assistant.text.stemming import related_stems, stem, stem_words
from assistant.text.words import STOP_WORDS

MAX_OWNER_WORDS = 5  # between an office and the end of the name of its body, beyond the words of that name
MAX_WORDS_BEFORE = 4  # of an office, in which the body may be named: "the Tarn Harbour Trust's acting"
MAX_NAME_TAIL = 40  # characters after a name, in which a word that belongs to it may stand
MAX_BEFORE = 300  # characters before a sentence, in which "its director" has its body

Tie = Literal["named", "other", "open", "none"]
"""Whose an office is in a sentence: of the body asked for, of another, not said; or the sentence has no such office."""

_ASKS_WHO = re.compile(
    r"^\W*(?:(?:and|so|but) )?who(?: (?:exactly )?(?:is|was|are|were|became)|['’]s) (?P<words>[^?]+)", re.IGNORECASE
)
_CLAUSE = re.compile(r"\b(?:who|whom|that|which|to|did|does|is|was|has|had|will|when|while|\w+ing)\b|,", re.IGNORECASE)
_LINK = re.compile(r"\s(?:of|for|at|in|from)\s", re.IGNORECASE)
_OWNED = re.compile(r"^(?P<owner>(?:(?!\s(?:of|for|at|in|from)\s).)+?(?:['’]s|s['’]))\s(?P<office>.+)$")
_CAPITALS = re.compile(r"^(?P<owner>(?:[A-Z][\w.&-]*\s)+)(?P<office>[a-z].*)$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_TOKEN = re.compile(r"\w[\w’'.&-]*\w|\w")
_DIRECT_LINK = re.compile(r"^,?\s(?:of|for|at|in|from)\s")
_LINK_AFTER_NAME = re.compile(r"^,?(?:\s[A-Z][\w.’'-]*)+,?\s(?:of|at)\s")
_OWNER = re.compile(r"['’]s?$")
_END = re.compile(r"[,;:()]|\.\s")
_JOINING = frozenset("of the and for at in on".split())
_OTHER_RANKS = frozenset("vice deputy assistant lieutenant lt".split())
_POSSESSIVES = frozenset("its their his her our".split())
_NAME = re.compile(r"[A-Z][\w’'&-]*(?:[ –-](?:[A-Z][\w’'&-]*))*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['”\"’]?\s+|\n\s*)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the body or place to which it belongs, as a question names them; `owner` may be empty."""

    words: tuple[str, ...]  # stems: "harbour", "master"
    owner: str
    title: str = ""  # the words as they are asked for


def read_office(question: str) -> Office | None:
    """The office of a question such as "Who is the mayor of Port Ellery?"; None if it asks for no office of a body."""
    match = _ASKS_WHO.match(question)
    if match is None or _CLAUSE.search(match["words"]):
        return None
    office = read_description(match["words"])
    return office if office is not None and office.owner else None


def read_description(description: str) -> Office | None:
    """The office that some words describe: "the mayor of Port Ellery", "Port Ellery’s mayor", "the mayor"."""
    words = _ARTICLE.sub("", description.strip(" .?!"))
    owner = ""
    if match := _OWNED.match(words) or _CAPITALS.match(words):
        owner, words = match["owner"], match["office"]
    elif match := _LINK.search(words):
        owner, words = words[match.end() :], words[: match.start()]
    tokens = _TOKEN.findall(words)
    if not tokens or not tokens[-1].islower() or is_past_form(tokens[-1]):  # "who was arrested at the pier"
        return None
    return Office(
        tuple(map(stem, tokens)),
        " ".join(word for word in _TOKEN.findall(_OWNER.sub("", owner)) if name_words(word)),
        words,
    )


def tie_office(office: Office, article: Article, span: Span) -> Tie:
    """Whose the office is in this sentence of an article: the best of the places at which the sentence has it."""
    text = article.text[slice(*span)]
    tokens = list(_TOKEN.finditer(text))
    stems = [stem(spell_role(_OWNER.sub("", token[0]))) for token in tokens]
    size = len(office.words)
    ties = {
        _tie_place(office, article, span, text, tokens[place : place + size], tokens[:place])
        for place in range(len(tokens) - size + 1)
        if tuple(stems[place : place + size]) == office.words
    }
    order: tuple[Tie, ...] = ("named", "open", "other")
    return next((tie for tie in order if tie in ties), "none")


def holds_office(office: Office, article: Article, span: Span) -> bool:
    """Whether a sentence ties the office to its body; one that names no body speaks of the first that is named."""
    tie = tie_office(office, article, span)
    return tie == "named" or (tie == "open" and (not office.owner or is_first_name(office.owner, article.text)))


def _tie_place(
    office: Office,
    article: Article,
    span: Span,
    text: str,
    found: list[re.Match[str]],
    before: list[re.Match[str]],
) -> Tie:
    """Whose the office is that stands at `found` in the text of a sentence, with the words `before` it."""
    ahead = text[found[-1].end() :]
    if _OWNER.search(found[-1][0]) or any(token[0].lower() in _OTHER_RANKS for token in before[-1:]):
        return "none"
    is_apart = before and "," in text[before[-1].end() : found[0].start()]  # "Ada Tarn, mayor of Norfield"
    owner = "" if is_apart else " ".join(_find_owner_before(office, before))
    if not owner and (link := _DIRECT_LINK.match(ahead) or _LINK_AFTER_NAME.match(ahead)):
        owner = _read_owner_after(ahead[link.end() :], MAX_OWNER_WORDS + len(office.owner.split()))
    if not owner:
        return "open"
    if office.owner and _refers_back(office, owner):  # "its director", "the chairman of the fund"
        start = max(0, span[0] - MAX_BEFORE) if owner.split()[-1].lower() in _POSSESSIVES else 0
        owner = article.text[start : span[0]] + text[: found[0].start()]
    return "named" if not office.owner or _has_owner(office.owner, owner) else "other"


def _read_owner_after(text: str, limit: int) -> str:
    """The name of the body at the start of some words: "the port of Ellery" of "the port of Ellery asked for"."""
    tokens = _TOKEN.findall(_END.split(text, maxsplit=1)[0])[:limit]
    words: list[str] = []
    for word, after in zip_longest(tokens, tokens[1:]):
        if word.islower() and word not in _JOINING and after != "of" and any(each[0].isupper() for each in words):
            break
        words.append(word)
    return " ".join(words)


def _find_owner_before(office: Office, before: list[re.Match[str]]) -> list[str]:
    """The words before an office that say whose it is: "the Tarn Trust's", "Tarn's acting", "its", "council"."""
    words: list[str] = []
    for token in reversed(before[-MAX_WORDS_BEFORE:]):
        if token[0].lower() in STOP_WORDS - _POSSESSIVES:
            break
        words.insert(0, token[0])
    while words and not _is_owner(office, words[-1]):
        words.pop()
    return words


def _is_owner(office: Office, word: str) -> bool:
    is_named = bool(_OWNER.search(word)) or word[0].isupper() or word.lower() in _POSSESSIVES
    return is_named or find_group([word]) is not None or stem(word) in _stem_head(office)


def _refers_back(office: Office, owner: str) -> bool:
    """Whether the words for a body are a pronoun or only its kind, so that the text before them names it."""
    words = owner.split()
    if words[-1].lower() in _POSSESSIVES:
        return True
    is_kind = stem(words[-1]) in _stem_head(office) or (words[0] == "the" and stem(words[1]) in _stem_head(office))
    return is_kind and not _has_owner(office.owner, owner)


def _stem_head(office: Office) -> set[str]:
    return {stem(word) for word in office.owner.split()[-1:]}


@lru_cache(maxsize=1_000)
def _has_owner(owner: str, text: str) -> bool:
    """Whether a text has all words of the name of a body; a country also as its people."""
    whole = find_group(owner.split())
    if whole is not None and AliasGroup(whole.forms, ()).pattern.search(text):  # "British" for the United Kingdom
        return True
    found = stem_words(" ".join(name_words(text)))
    for word in owner.split():
        group = find_group([word])
        if not (group is not None and group.pattern.search(text)):
            own = map(stem, name_words(word))  # two of "Argentina-France"
            if any(({each} | related_stems(each)).isdisjoint(found) for each in own):
                return False
    return True


def is_first_name(owner: str, text: str) -> bool:
    """Whether a body or place is named before any other in a text, so that "the mayor" in it is its mayor.

    A country is compared with other countries only.
    """
    people = set(full_names(text))
    is_country = find_group(owner.split()) is not None
    for match in _NAME.finditer(text):
        words = match[0].split()
        after = _TOKEN.findall(text[match.end() : match.end() + MAX_NAME_TAIL])[:2]  # "Port Ellery council"
        if _has_owner(owner, " ".join((*words, *after))):
            return True
        is_start = _SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]) is not None
        is_person = match[0] in people and is_given_name(words[0])
        is_other = find_group(words) is not None if is_country else not (is_start and len(words) == 1)
        if is_other and not is_person:
            return False
    return False
