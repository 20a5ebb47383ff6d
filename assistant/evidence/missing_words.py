"""Which names, years and other words of a question the articles lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile

from assistant.questions.names.aliases import AliasGroup
from assistant.questions.names.finding import QuestionName, find_names, find_years
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_organization, is_same_person
from assistant.text.stemming import related_stems, stem
from assistant.text.transliteration import normalize_spelling
from assistant.text.words import STOP_WORDS, content_words, fold, split_words

MAX_WORDS_APART = 15  # of the words of one name, which a text may take apart: "police in Port Ellery"
MIN_ACRONYM_LETTERS = 3
MIN_SHORTENED_WORDS = 2  # of a name; a longer one may be shortened
MIN_MISSPELLED_LETTERS = 5  # of a given name
MIN_SPELLED_ALIKE = 0.8  # likeness of two spellings of one word of a name, in 0..1

_QUALIFIERS = ENGLISH.aliases.place_qualifiers
_SHORT_FORMS = {"ft": "fort", "st": "saint", "mt": "mount", "pt": "point"}
_LONG_FORMS = {long: short for short, long in _SHORT_FORMS.items()}
_BORDER = "border|frontier|boundary"
_BORDER_WORD = re.compile(rf"\b(?:{_BORDER})\b")
_NAMED_BORDER = re.compile(rf"\w[-–][A-Z]\w+ (?:{_BORDER})\b|\b(?:{_BORDER}) with (?:the )?[A-Z]")
_FUNCTION_WORDS = ENGLISH.grammar.prepositions | ENGLISH.grammar.auxiliaries | ENGLISH.grammar.place_adverbs
_LETTERS = r"[^\W\d_]{4,}"
_CAPITALIZED = re.compile(r"[^\W\d_a-z][\w’'-]*")
_YEAR = re.compile(r"(?<![\w.,/$£€-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")
_RELATIVE_YEARS = ((-1, re.compile(r"\b(?:last|previous|past) year|\ba year (?:ago|earlier)", re.IGNORECASE)),
                   (1, re.compile(r"\bnext year|\bthe following year", re.IGNORECASE)))  # fmt: skip
_ASKING_WORDS = frozenset(
    """
    happen latest new news know tell explain list name give describe find show article articles story exactly actually
    really many much long old far often ever currently recently lately today now kind sort type thing things way
    anyone anybody anything anywhere someone somebody something somewhere everyone everybody everything nobody nothing
    none whoever whatever whichever person people others another
    """.split()
)
"""Words with which a question asks or that stand for what it asks for, and which no article needs to contain."""

_ASKED_KIND = re.compile(
    r"\b(?:what|which) (year|month|day|date|time|place|country|city|town|company|number|amount|percentage|percent|"
    r"reason|reasons|cause|steps?|measures?|changes?|words?)\b",
    re.IGNORECASE,
)
"""The noun of "in what year", which says of what kind the answer is."""


def find_missing_names(query: Query, articles: Sequence[Article]) -> tuple[str, ...]:
    """The names and years of a question that stand in none of the articles, as the question writes them, in order.

    A name stands in an article also in another form: a country as its people, a body by its initials, a person by
    the surname, unless the article has only other people of that surname. A year may be that of publication.
    """
    texts = [_read_text(article) for article in articles]
    missing = [
        (name.start, name.text)
        for name in find_names(query.text, query.outlets)
        if not any(_has_name(text, name) or _has_border(text, name, query.text) for text in texts)
    ]
    missing += [
        (start, year) for start, year in find_years(query.text) if not any(year in text.years for text in texts)
    ]
    return tuple(dict.fromkeys(words for _, words in sorted(missing)))


def find_missing_words(query: Query, articles: Sequence[Article]) -> tuple[str, ...]:
    """The content words of a question that stand in none of the articles, in any inflection, in order.

    They are written as in the question; a name of several words is one of them. Includes `find_missing_names`.
    """
    texts = [_read_text(article) for article in articles]
    missing_names = set(find_missing_names(query, articles))
    names = find_names(query.text, query.outlets)
    in_names = {word for name in names for word in split_words(name.text)}
    in_period = set(split_words(query.period.words)) if query.period else set()
    unneeded = in_names | in_period | set(split_words(" ".join(query.outlets))) | _ASKING_WORDS | _FUNCTION_WORDS
    unneeded |= {match[1].lower() for match in _ASKED_KIND.finditer(query.text)}
    found = [(query.text.find(words), words) for words in missing_names]
    for word in content_words(query.text):
        if word in unneeded or _YEAR.fullmatch(word) or any(_has_word(text, word) for text in texts):
            continue
        if any(_has_name_spelled_otherwise(text, word, query.text) for text in texts):
            continue
        if match := re.search(rf"(?<!\w){re.escape(word)}", query.text.replace("’", "'"), re.IGNORECASE):
            found.append((match.start(), query.text[match.start() : match.end()]))
    return tuple(dict.fromkeys(words for _, words in sorted(found)))


def names_only_namesakes(query: Query, article: Article) -> bool:
    """Whether an article names, instead of a person of a question, only others of the same surname."""
    text = _read_text(article)
    return any(
        name.is_person and len(name.rest) > 1 and _fold_word(name.rest[-1]) in text.full_names
        for name in find_names(query.text, query.outlets)
        if not _has_name(text, name)
    )


# ------------------------------------------------------------------------------------- the words of an article


@dataclass(frozen=True)
class _Text:
    """The text, title and source of an article with what names are looked up in; each is computed when needed."""

    whole: str
    published_at: str | None

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """The places of each stem, as numbers of words. A word divided by a hyphen counts with its parts."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(split_words(self.whole)):
            for part in {word, *word.split("-")} if "-" in word else (word,):
                places.setdefault(stem(part), []).append(place)
        return places

    @cached_property
    def full_names(self) -> dict[str, tuple[str, ...]]:
        """The names of several words by their last word, folded."""
        names: dict[str, dict[str, None]] = {}
        for name in full_names(self.whole):
            names.setdefault(_fold_word(name.split()[-1]), {})[name] = None
        return {last: tuple(each) for last, each in names.items()}

    @cached_property
    def folded(self) -> str:
        """The text as it is compared, in lower case without accents."""
        return fold(self.whole)

    @cached_property
    def capitalized(self) -> frozenset[str]:
        """The words with a capital, folded."""
        return frozenset(_fold_word(word) for word in _CAPITALIZED.findall(self.whole))

    @cached_property
    def initials(self) -> str:
        """The first letter of each word, small joining words left out: "World Health Organization" is in it as WHO."""
        words = re.findall(r"[^\W\d_][\w’']*|[.;:!?]", self.whole)
        return "".join(word[0] if word[0].isupper() else " " for word in words if word not in _UNINITIALED)

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that it names, and that of its publication; the year before, if it speaks of last year."""
        years = set(_YEAR.findall(self.whole))
        if self.published_at and self.published_at[:4].isdigit():
            own = int(self.published_at[:4])
            years.add(str(own))
            years |= {str(own + offset) for offset, pattern in _RELATIVE_YEARS if pattern.search(self.whole)}
        return frozenset(years)


_UNINITIALED = frozenset("of the and for in on to &".split())


def _read_text(article: Article) -> _Text:
    whole = "\n".join(part for part in (article.title, article.text, article.source, article.author) if part)
    return _cache_text(whole, article.published_at)


@lru_cache(maxsize=32)
def _cache_text(whole: str, published_at: str | None) -> _Text:
    return _Text(whole, published_at)


def _fold_word(word: str) -> str:
    return normalize_spelling(fold(word).replace("’", "'").removesuffix("'s").strip("'"))


# ------------------------------------------------------------------------------------------------- comparison


def _has_word(text: _Text, word: str) -> bool:
    """Whether a text contains a word in any inflection, or the name of a place for that of its people."""
    return any(_places_of(text, part) for part in {word, word.replace("-", "")}) or (
        "-" in word and all(_places_of(text, part) for part in word.split("-") if part)
    )


def _has_name_spelled_otherwise(text: _Text, word: str, question: str) -> bool:
    """Whether a text spells otherwise the word of a question that stands beside another one of the same name."""
    asked = [each.strip(".,?!“”\"'’") for each in fold(question).split()]
    for first, last in pairwise(asked):
        if word not in (first, last) or first in STOP_WORDS or last in STOP_WORDS:
            continue
        name = rf"({_LETTERS}) {re.escape(last)}" if word == first else rf"{re.escape(first)} ({_LETTERS})"
        found = (match[1] for match in re.finditer(rf"(?<!\w){name}(?!\w)", text.folded))
        if any(each[0] == word[0] and SequenceMatcher(None, each, word).ratio() >= MIN_SPELLED_ALIKE for each in found):
            return True
    return False


def _places_of(text: _Text, word: str) -> list[int]:
    """The places of a word, in order; of a related word if there is none of its own."""
    stems = (stem(word), *map(stem, _other_spellings(word)))
    places = [place for each in stems for place in text.positions.get(each, ())]
    return places or sorted(place for each in related_stems(stems[0]) for place in text.positions.get(each, ()))


def _other_spellings(word: str) -> Iterator[str]:
    """British and American spellings of a word, and short forms: "colour", "color"; "Ft.", "Fort"."""
    if form := _SHORT_FORMS.get(word.rstrip(".")) or _LONG_FORMS.get(word):
        yield form
    for one, other in (
        ("our", "or"),
        ("or", "our"),
        ("is", "iz"),
        ("iz", "is"),
        ("ence", "ense"),
        ("ense", "ence"),
        ("re", "er"),
    ):
        at = word.rfind(one)
        if at > 1 and len(word) > 4:
            yield word[:at] + other + word[at + len(one) :]


def _has_name(text: _Text, name: QuestionName) -> bool:
    """Whether a name stands in a text: first the forms that stand for parts of it, then its other words."""
    words = name.rest
    if _has_acronym(text, name.text) or _has_phrase(text, name.text):
        return True
    if len(words) > 1 and _has_phrase(text, " ".join(words)):
        return True
    if not name.is_person and _has_shortened(text, name.text.split()):
        return True
    if not all(_has_alias(text, group) for group in name.groups):
        return False
    if len(words) < 2:
        return not words or _has_word(text, words[0].lower()) or _has_acronym(text, words[0])
    if name.is_person:
        return _has_person(text, words) or (name.is_guessed and _has_guessed_surname(text, words))
    return _stand_near(text, words) or _has_last_word_only(text, words)


def _has_border(text: _Text, name: QuestionName, question: str) -> bool:
    """Whether a text speaks of the border that a question calls by its two sides, "Tarn-Ellery", by one of them only.

    Not if the text calls a border by other names.
    """
    side = rf"{re.escape(name.text)}(?:[-–]\w+)?"
    if not re.search(rf"(?:\w[-–]{side}|{re.escape(name.text)}[-–]\w+) (?:{_BORDER})\b", question):
        return False
    return _BORDER_WORD.search(text.whole) is not None and not _NAMED_BORDER.search(text.whole)


def _has_shortened(text: _Text, words: Sequence[str]) -> bool:
    """Whether a text has only the first and the last word of a name, beside each other: "Tarn Dictionaries"."""
    if len(words) <= MIN_SHORTENED_WORDS or words[0].lower() in _QUALIFIERS or not words[-1][0].isupper():
        return False
    pattern = rf"(?<!\w){re.escape(words[0])} ([^\W\d_a-z]\w+)"
    return any(stem(match[1].lower()) == stem(words[-1].lower()) for match in re.finditer(pattern, text.whole))


def _has_alias(text: _Text, group: AliasGroup) -> bool:
    return group.pattern.search(text.whole) is not None


def _has_phrase(text: _Text, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text.whole) is not None


def _has_acronym(text: _Text, words: str) -> bool:
    """Whether a text has the words for some initials, or the initials of these words."""
    bare = words.replace(".", "")
    if bare.isupper() and bare.isalpha():
        return len(bare) >= MIN_ACRONYM_LETTERS and bare in text.initials
    initials = "".join(word[0] for word in words.split() if word[0].isupper())
    return len(initials) >= MIN_ACRONYM_LETTERS and _has_phrase(text, initials)


def _has_person(text: _Text, words: Sequence[str]) -> bool:
    """Whether a text names a person in full, or by the surname alone."""
    name, last = " ".join(words), _fold_word(words[-1])
    if known := text.full_names.get(last):
        return any(is_same_person(name, other) or _is_misspelled(name, other) for other in known)
    if any(is_same_person(name, other) for others in text.full_names.values() for other in others):
        return True  # another spelling of the surname
    return last in text.capitalized


def _is_misspelled(name: str, other: str) -> bool:
    """Whether two names of one surname differ in one letter of the given name: "Francis" and "Frances"."""
    first, second = fold(name.split()[0]), fold(other.split()[0])
    if len(first) < MIN_MISSPELLED_LETTERS or abs(len(first) - len(second)) > 1 or first[0] != second[0]:
        return False
    start = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(first, second, strict=False)))
    rest, other_rest = first[start:], second[start:]
    return rest[1:] == other_rest[1:] or rest == other_rest[1:] or rest[1:] == other_rest


def _has_guessed_surname(text: _Text, words: Sequence[str]) -> bool:
    """Whether a text has the last word of what may be no name at all, and has no other person of that name."""
    return _fold_word(words[-1]) not in text.full_names and _has_word(text, words[-1].lower())


def _stand_near(text: _Text, words: Sequence[str]) -> bool:
    """Whether all words of a name stand within a few words; directly beside each other, if the first is "New"."""
    lower = [word.lower().rstrip(".") for word in words]
    main = [word for word in lower if word not in STOP_WORDS] or lower
    places = [_places_of(text, word) for word in main]
    if not all(places):
        return False
    apart = len(main) - 1 if main[0] in _QUALIFIERS else MAX_WORDS_APART
    rarest = min(places, key=len)
    return any(all(any(abs(place - at) <= apart for place in each) for each in places) for at in rarest)


def _has_last_word_only(text: _Text, words: Sequence[str]) -> bool:
    """Whether a text calls something by the last word of its name only: "Sinema" for "Kyrsten Sinema".

    The word must be a name there: always with a capital, and not with other first names.
    """
    last = _fold_word(words[-1])
    if words[0].lower() in _QUALIFIERS or is_organization(" ".join(words)) or last not in text.capitalized:
        return False
    return last not in text.full_names and re.search(rf"(?<!\w){re.escape(last)}(?!\w)", text.whole) is None
