"""Corrects the spelling of a question by the words of the library: "haarbour mster" is "harbour master".

A word is corrected only if the library does not have it in any inflection and it is no English word. The name of a
person is never exchanged for that of somebody else: a name is read as another spelling only where it stands beside
another name as it does in the articles, or where a word without a capital differs by a slip of typing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.records.article import Article
from assistant.records.query import Query
from assistant.store.protocol import PassageStore, WordQuery
from assistant.system.os_errors import translate_folder_errors
from assistant.text.languages.word_list import WORD_LIST, is_english_word
from assistant.text.names import is_given_name
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, find_quotations, fold, split_words

MIN_LETTERS = 4  # of a word that is corrected
LONG_WORD = 10  # letters from which on two letters may differ, otherwise one
LONG_SURNAME = 8  # letters from which on another letter inside a name is a slip
LONG_NAME = 7  # the same for a name beside a known one
MIN_PASSAGES_OF_NAME = 2  # with a name, without which it is too rare to be what a word without a capital means
CLEAR_RATIO = 3  # times more passages make one of several words that are equally near the one that is meant
MAX_UNKNOWN_WORDS = 4  # in a question; with more, it is about something else than the library
MAX_CANDIDATES = 8  # that are looked up in passages
MAX_READ = 3  # passages in which the form of a word is looked up
MAX_CUT = 4  # last letters, with a slip in them, that the stem of a word may lack: "evacu" for "evacuatd"
SMALL_LIBRARY = 25_000  # passages; in a larger library, candidates begin with the same two letters

_WORD = re.compile(r"(?<![\w@#./’'])[^\W\d_]+(?![\w@/])")
_TEXT_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[?!:]\s+|[a-z]{4}\.\s+|[“\"(])$")
_CHAT_WORDS = frozenset(
    "arent cant couldnt didnt doesnt dont hadnt hasnt havent hows isnt shouldnt thats theres wasnt werent whats whens "
    "wheres whos whys wont wouldnt youre theyre gonna wanna".split()
)
_TITLE_WEIGHT = 1.0
_ENDINGS = tuple(
    "s es ed ing er ers ly ion ions ation ations ment ments ness ity ities ive ance ence able ous al".split()
)


class SpellingLibrary(PassageStore, Protocol):
    """The part of a library that knows which words its articles contain."""

    def article(self, article_id: str) -> Article | None:
        """One article."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question and how it is read; `start` is its place in the question."""

    start: int
    written: str
    read: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A word of the library that may be meant, as articles write it."""

    word: str
    distance: int
    passages: int
    is_name: bool


def find_corrections(query: Query, library: SpellingLibrary) -> list[Correction]:
    """The misspelled words of a question with their corrections, in order; empty for another language.

    Raises LibraryError if the list of English words cannot be read.
    """
    if query.language:
        return []
    words = list(_find_words(query))
    unknown = [match for match in words if _is_unknown(match[0].lower(), library)]
    if not unknown or len(unknown) > MAX_UNKNOWN_WORDS:
        return []
    corrections = []
    for match in unknown:
        place = words.index(match)
        neighbours = [
            words[at][0] for at in (place - 1, place + 1) if 0 <= at < len(words) and words[at] not in unknown
        ]
        with translate_folder_errors(WORD_LIST.parent):
            read = _correct(match, neighbours, query, library)
        if read:
            corrections.append(Correction(match.start(), match[0], read))
    return corrections


def apply_corrections(text: str, corrections: Iterable[Correction]) -> str:
    """A question with its words corrected."""
    for each in sorted(corrections, key=lambda correction: -correction.start):
        text = text[: each.start] + each.read + text[each.start + len(each.written) :]
    return text


def _find_words(query: Query) -> Iterator[re.Match[str]]:
    """The words of a question that say something, without those in quotation marks."""
    quoted = [(start, end) for start, end, _ in find_quotations(query.text)]
    others = {word for name in query.outlets for word in split_words(name)}
    others |= set(split_words(query.period.words)) if query.period else set()
    for match in _WORD.finditer(query.text):
        word = match[0].lower()
        if word in STOP_WORDS or word in others or any(start <= match.start() < end for start, end in quoted):
            continue
        yield match


def _is_unknown(word: str, library: SpellingLibrary) -> bool:
    return len(word) >= MIN_LETTERS and word not in _CHAT_WORDS and library.count_passages_with_word(word) == 0


def _correct(match: re.Match[str], neighbours: Sequence[str], query: Query, library: SpellingLibrary) -> str | None:
    """The word that is meant, as articles write it; None if that is not certain."""
    word = match[0]
    is_capitalized = word[0].isupper() and not _SENTENCE_START.search(query.text[: match.start()])
    if word.isupper() and len(word) > 1 and not query.text.isupper():
        return None  # an abbreviation
    is_english = is_english_word(fold(word.lower()))
    named = [name for name in neighbours if not is_given_name(name) and not is_english_word(fold(name.lower()))]
    if is_english and not named:
        return None
    candidates = _find_candidates(word.lower(), library)
    beside = _find_name_beside(named, candidates, library)
    if beside or is_english or is_capitalized:
        return beside
    nearest = _choose_nearest(candidates, len(word))
    if nearest is None:
        return None
    if nearest.is_name:
        in_speaker = any(word.lower() in split_words(speaker) for speaker in query.speakers)
        is_certain = nearest.passages >= MIN_PASSAGES_OF_NAME and _is_slip(word.lower(), fold(nearest.word))
        return nearest.word if is_certain and not in_speaker else None
    return nearest.word if is_english_word(fold(nearest.word)) else None


# ------------------------------------------------------------------------------------------------- candidates


def _find_candidates(word: str, library: SpellingLibrary) -> list[_Candidate]:
    """The words of the library that are spelled much like a word, the nearest and most frequent first."""
    from rapidfuzz import process  # imported late: most questions are spelled as the library is
    from rapidfuzz.distance import OSA

    length = 1 if library.passage_count() <= SMALL_LIBRARY else 2
    stems = library.list_stems(fold(word)[:length])
    limit = 2 if len(word) >= LONG_NAME else 1
    nearest: dict[str, float] = {}
    for wanted in _guess_stems(word):
        for name, distance, _ in process.extract(
            wanted, stems.keys(), scorer=OSA.distance, score_cutoff=limit, limit=MAX_CANDIDATES
        ):
            nearest[name] = min(distance, nearest.get(name, distance))
    cuts = (fold(word)[:-cut] for cut in range(1, MAX_CUT + 1) if len(word) - cut >= MIN_LETTERS)
    nearest |= {name: 1 for name in cuts if name in stems and name not in nearest}
    ranked = sorted(nearest, key=lambda name: (nearest[name], -stems[name]))[:MAX_CANDIDATES]
    candidates = (_read_candidate(word, name, stems[name], library) for name in ranked)
    near = [candidate for candidate in candidates if candidate and candidate.distance <= limit]
    return sorted(near, key=lambda candidate: (candidate.distance, -candidate.passages))


def _guess_stems(word: str) -> list[str]:
    """What the stem of a misspelled word may be: its own, and what is left without an ending that it may have."""
    endings = (ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= MIN_LETTERS)
    return list(dict.fromkeys((stem(word), *(fold(word)[: -len(ending)] for ending in endings))))


def _read_candidate(word: str, candidate: str, passages: int, library: SpellingLibrary) -> _Candidate | None:
    """The form of a stem that is nearest to a word, as passages write it."""
    from rapidfuzz.distance import OSA

    texts = _read_passages(library.find_passages_with_stem(candidate, MAX_READ), library)
    forms = [form for text in texts for form in _TEXT_WORD.findall(text) if fold(form[0]) == word[0] and len(form) > 2]
    distances = {form: OSA.distance(fold(form), fold(word)) for form in dict.fromkeys(forms)}
    if not distances:
        return None
    nearest = min(distances.values())
    best = [form for form in forms if distances[form] == nearest]
    small = next((form for form in best if form.islower()), None)
    return _Candidate(small or max(best, key=best.count), nearest, passages, small is None)


def _read_passages(numbers: Sequence[int], library: SpellingLibrary) -> list[str]:
    """The words of passages, each with the title of its article."""
    passages = library.passages(numbers)
    texts = []
    for number in numbers:
        passage = passages.get(number)
        article = library.article(passage.article_id) if passage else None
        if passage and article:
            texts.append(f"{article.text[passage.start : passage.end]}\n{article.title}")
    return texts


def _choose_nearest(candidates: Sequence[_Candidate], letters: int) -> _Candidate | None:
    """The nearest candidate; None if it differs in too many letters, or another is as near and not much rarer."""
    limit = 2 if letters >= LONG_WORD else 1
    if not candidates or candidates[0].distance > limit:
        return None
    best, *others = candidates
    rivals = [other for other in others if other.distance == best.distance and fold(other.word) != fold(best.word)]
    return None if any(other.passages * CLEAR_RATIO > best.passages for other in rivals) else best


# ------------------------------------------------------------------------------------------------------ names


def _find_name_beside(
    neighbours: Sequence[str], candidates: Sequence[_Candidate], library: SpellingLibrary
) -> str | None:
    """The name that stands beside one of these names in the articles: "Brittney" beside "Griner"."""
    for candidate in candidates:
        for neighbour in neighbours if candidate.is_name else ():
            phrases = (f"{candidate.word} {neighbour}", f"{neighbour} {candidate.word}")
            hits = library.search_words(WordQuery.any_of(phrases), 1, _TITLE_WEIGHT)
            text = "\n".join(_read_passages([number for number, _ in hits], library))
            if any(_stands_as_name(phrase, text) for phrase in phrases):
                return candidate.word
    return None


def _stands_as_name(phrase: str, text: str) -> bool:
    """Whether all words of a phrase have a capital where it stands in a text."""
    found = re.search(rf"(?<!\w){re.escape(phrase)}", text, re.IGNORECASE)
    return found is not None and all(word[0].isupper() for word in found[0].split())


def _is_slip(typed: str, name: str) -> bool:
    """Whether two words differ as typing errors do, and not as names of two families do.

    A letter is missing, added or exchanged with the next one inside the word, or one letter inside a long word is
    another. Letters that are only doubled, and other endings, make other names: Philips and Phillips, Hansen and
    Hanson, Brook and Brooks.
    """
    if sorted(typed) == sorted(name):
        return True  # letters in another order
    shorter, longer = sorted((typed, name), key=len)
    if len(longer) == len(shorter) >= LONG_SURNAME:
        return typed[-3:] == name[-3:] and typed[:2] == name[:2]
    if len(longer) - len(shorter) != 1:
        return False
    for place in range(1, len(longer) - 2):
        if longer[:place] + longer[place + 1 :] == shorter:
            return longer[place] not in (longer[place - 1], longer[place + 1])
    return False
