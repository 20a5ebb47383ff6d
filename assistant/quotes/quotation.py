"""Parses a quotation as the user gives it: words, marked omissions and insertions, and the named speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.quotes.alignment import AlignedWord, split_words
from assistant.quotes.transit import split_article_words
from assistant.records.article import Article, Span
from assistant.speech.statements import find_statements
from assistant.text.quotation_marks import quotation_spans

MAX_CHARACTERS = 4_000
MAX_REPORT_WORDS = 40  # next to a quotation and its speaker; with more, the text is taken from an article
MAX_UNNAMED_REPORT_WORDS = 8  # next to a quotation without a named speaker: "she said on Monday"

_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our", "i'm", "we're", "i've", "we've", "i'd", "i'll", "we'll"))

_OMISSION = re.compile(
    r"\[\s{0,3}(?:…|\.\s?\.\s?\.)?\s{0,3}\]|\(\s{0,3}(?:…|\.\s?\.\s?\.)\s{0,3}\)|…|\.\s?\.\s?\.(?:\s?\.)?"
)
_SIC = re.compile(r"\[\s{0,3}sic[.!]?\s{0,3}\]", re.IGNORECASE)
_INSERTION = re.compile(r"\w{0,40}\[[^\[\]]{1,200}\]\w{0,40}")  # "[the mayor]", "promise[d]"
_CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")  # "[T]he piles"
_DIVISION = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_A-Z])")  # of a word at the end of a line that was joined since
_SINGLE_QUOTES = re.compile(r"(?<!\w)[‘'](\S[^’'\n]{1,400}(?:[’'](?=\w)[^’'\n]{1,400}){0,20})[’'](?!\w)")
_OUTER_QUOTES = re.compile(
    r"^\s*(?:“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|‘([^‘]+)’|'([^\"]+)')\s*[.,]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A parsed quotation; its `words` are to be found in an article, with offsets into `text`.

    `omissions` and `insertions` are the numbers of the words before which the quotation marks a departure from the
    original, by an ellipsis or by bracketed words. `literal` are all words, bracketed ones included.
    """

    text: str
    speaker: str | None
    words: tuple[AlignedWord, ...]
    literal: tuple[AlignedWord, ...]
    omissions: frozenset[int]
    insertions: frozenset[int]

    def pieces(self) -> list[Span]:
        """The runs of words between omissions and insertions, as word numbers."""
        inner = sorted(cut for cut in self.omissions | self.insertions if 0 < cut < len(self.words))
        return list(zip([0, *inner], [*inner, len(self.words)], strict=True))


def read_quotation(given: str, speaker: str | None = None) -> Quotation:
    """Parse words, words in quotation marks, or a sentence that quotes somebody.

    Raises QuestionError if there is nothing to search for, or too much.
    """
    if len(given) > MAX_CHARACTERS:
        raise QuestionError(
            f"the quotation has {len(given):,} characters; at most {MAX_CHARACTERS:,} are checked; check it in parts"
        )
    text, named = _extract_quoted(given)
    text = _DIVISION.sub("-\n", _CHANGED_LETTER.sub(r"\1", text))
    literal = tuple(split_article_words(text, 0, len(text)))
    quotation = _parse_marks(text, (speaker or "").strip() or named, literal)
    if not quotation.words:
        raise QuestionError("the quotation is empty; enter the words to find")
    return quotation


def _extract_quoted(given: str) -> tuple[str, str | None]:
    """Extract the quoted words and the named speaker; the whole text if it is not a sentence about a speaker."""
    outer = _OUTER_QUOTES.match(given)
    if outer:
        return next(words for words in outer.groups() if words), None
    sentence = " ".join(given.split())
    if not quotation_spans(sentence, 0, len(sentence))[0]:
        sentence = _SINGLE_QUOTES.sub(r'"\1"', sentence)
    spans, _ = quotation_spans(sentence, 0, len(sentence))
    if spans:
        statements = find_statements(Article("", "", sentence, ""), [(0, len(sentence))])
        said = [
            statement
            for statement in statements
            if statement.cue and any(a < statement.end and statement.start < b for a, b in spans)
        ]
        if said and _is_report(sentence, spans, said[0].speaker):
            return " ".join(sentence[a + 1 : b - 1].strip("'`") for a, b in spans), said[0].speaker
    return given, None


def _is_report(sentence: str, spans: list[Span], speaker: str | None) -> bool:
    """Whether a sentence reports somebody's words, as opposed to a quotation that contains another one."""
    outside = [word.form for word in split_words(sentence) if not any(a <= word.start < b for a, b in spans)]
    if _FIRST_PERSON.intersection(outside):
        return False
    return len(outside) <= (MAX_REPORT_WORDS if speaker else MAX_UNNAMED_REPORT_WORDS)


def _parse_marks(text: str, speaker: str | None, literal: tuple[AlignedWord, ...]) -> Quotation:
    omissions = [match.span() for match in _OMISSION.finditer(text)]
    sic = [match.span() for match in _SIC.finditer(text)]
    insertions = [span for match in _INSERTION.finditer(text) if (span := match.span()) not in (*omissions, *sic)]
    bracketed = [*sic, *insertions]
    words = tuple(word for word in literal if not any(a < word.end and word.start < b for a, b in bracketed))

    def numbers(spans: list[Span]) -> frozenset[int]:
        before = (sum(word.start < start for word in words) for start, _ in spans)
        return frozenset(number for number in before if 0 < number < len(words))

    return Quotation(text, speaker, words, literal, numbers(omissions), numbers(insertions))
