"""A quotation as somebody gives it: its words, where it marks omissions and insertions, and who is named for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.quotes.alignment import AlignedWord, split_words
from assistant.records.article import Article, Span
from assistant.speech.statements import find_statements
from assistant.text.quotation_marks import quotation_spans

MAX_CHARACTERS = 4_000
MAX_REPORT_WORDS = 40  # beside a quotation and the one who says it; with more, it is an article that is quoted
MAX_UNNAMED_REPORT_WORDS = 8  # beside a quotation, where nobody is named: "she said on Monday"

_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our", "i'm", "we're", "i've", "we've", "i'd", "i'll", "we'll"))

_OMISSION = re.compile(
    r"\[\s{0,3}(?:…|\.\s?\.\s?\.)?\s{0,3}\]|\(\s{0,3}(?:…|\.\s?\.\s?\.)\s{0,3}\)|…|\.\s?\.\s?\.(?:\s?\.)?"
)
_SIC = re.compile(r"\[\s{0,3}sic[.!]?\s{0,3}\]", re.IGNORECASE)
_INSERTION = re.compile(r"\w{0,40}\[[^\[\]]{1,200}\]\w{0,40}")  # "[the mayor]", "promise[d]"
_CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")  # "[T]he piles"
_SINGLE_QUOTES = re.compile(r"(?<!\w)[‘'](\S[^’'\n]{1,400}(?:[’'](?=\w)[^’'\n]{1,400}){0,20})[’'](?!\w)")
_OUTER_QUOTES = re.compile(
    r"^\s*(?:“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|‘([^‘]+)’|'([^\"]+)')\s*[.,]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """`split_words` are those to be found in an article; offsets into `text`.

    `omissions` and `insertions` are the numbers of the words before which the quotation says, by an ellipsis or by
    words in brackets, that it departs from what was said. `literal` are all words, those in brackets too.
    """

    text: str
    speaker: str | None
    words: tuple[AlignedWord, ...]
    literal: tuple[AlignedWord, ...]
    omissions: frozenset[int]
    insertions: frozenset[int]

    def pieces(self) -> list[Span]:
        """The runs of words between omissions and insertions, as numbers of words."""
        inner = sorted(cut for cut in self.omissions | self.insertions if 0 < cut < len(self.words))
        return list(zip([0, *inner], [*inner, len(self.words)], strict=True))


def read_quotation(given: str, speaker: str | None = None) -> Quotation:
    """Understand what was given: words, words in quotation marks, or a sentence that quotes somebody.

    Raises QuestionError where there is nothing to look for or too much of it.
    """
    if len(given) > MAX_CHARACTERS:
        raise QuestionError(
            f"the quotation has {len(given):,} characters; at most {MAX_CHARACTERS:,} are read, so check it in parts"
        )
    text, named = _extract_quoted(given)
    text = _CHANGED_LETTER.sub(r"\1", text)
    literal = tuple(split_words(text))
    quotation = _parse_marks(text, (speaker or "").strip() or named, literal)
    if not quotation.words:
        raise QuestionError("the quotation is empty; give the words to look for")
    return quotation


def _extract_quoted(given: str) -> tuple[str, str | None]:
    """The words that a text quotes, and whose it says they are; all of it where it is no sentence about a speaker."""
    outer = _OUTER_QUOTES.match(given)
    if outer:
        return next(words for words in outer.groups() if words), None
    sentence = " ".join(given.split())
    if not quotation_spans(sentence, 0, len(sentence))[0]:
        sentence = _SINGLE_QUOTES.sub(r'"\1"', sentence)
    spans, _ = quotation_spans(sentence, 0, len(sentence))
    if spans:
        statements = find_statements(Article("", "", sentence, ""), [(0, len(sentence))])
        said = [one for one in statements if one.cue and any(a < one.end and one.start < b for a, b in spans)]
        if said and _is_report(sentence, spans, said[0].speaker):
            return " ".join(sentence[a + 1 : b - 1].strip("'`") for a, b in spans), said[0].speaker
    return given, None


def _is_report(sentence: str, spans: list[Span], speaker: str | None) -> bool:
    """Whether a sentence reports what somebody else said, rather than being a quotation that holds another one."""
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
