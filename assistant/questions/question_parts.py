"""Divides a question into its parts: the quotations, the sentences that lead up to it, and the question itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.languages import ENGLISH
from assistant.text.words import find_quotations

QUOTE_PLACEHOLDER = "\ue000"
"""Replaces the first quotation while phrasings are matched; the following characters replace further quotations."""

MAX_QUOTATIONS = 64

_SENTENCE_END = re.compile(rf"(?<![\W_][A-Za-z])(?<!^[A-Z])[.!?]+[)\]]? +(?=[A-Z\"“‘'\d{QUOTE_PLACEHOLDER}])|\?+ +")
_ABBREVIATION = re.compile(
    rf"\b(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|vs|no|st|inc|co|corp|ltd|jr|sr|mt|{'|'.join(sorted(ENGLISH.people.titles))})$",
    re.IGNORECASE,
)
_ABBREVIATION_CHARACTERS = 20  # before a full stop, among which an abbreviation is looked for
_FINAL_PUNCTUATION = re.compile(r"(?:[\s?!,:;–—-]|(?<!\.\w)\.)+$")  # except the last full stop of "U.S."
_QUESTION_START = re.compile(
    r"(?:in |on |at |by |from |to |for |of )?(?:who|whom|whose|when|where|why|which|what|how|did|does|is|was)\b", re.I
)
_CONTRACTION = re.compile(r"^(what|who|how|where|when|why)(?:(['’]?)(s|d|re|ve|ll))\b", re.IGNORECASE)
_CONTRACTIONS_WITHOUT_APOSTROPHE = frozenset("whats whos hows wheres whens whatd howd".split())
_FULL_VERBS = {"s": "is", "d": "did", "re": "are", "ve": "have", "ll": "will"}
_QUESTION_WORD = r"(?:what|who|how|why|when|where|which)"
_LEAD_IN = re.compile(
    r"^(?:(?:please|so|and|but|ok|okay|well|hey|hi|hello|now|then|also|um|hm+),? |"
    r"(?:can|could|would|will) you (?:please )?(?=tell|show|find|give|explain|summari[sz]e|list|say)|"
    rf"(?:tell|show|give) (?:me|us) (?={_QUESTION_WORD}|quotes?|the|a )|"
    rf"(?:do|does) (?:you|we|anyone|anybody) know (?:if |whether )?(?={_QUESTION_WORD})|"
    r"compare (?=what|how|the|[A-Z])|compare how (?=the)|"
    r"(?:i want to know|i would like to know|i['’]?d like to know|i wonder|find out|summari[sz]e|list|remind me|"
    r"show me) "
    rf"(?=(?:all |any |the )*(?:{_QUESTION_WORD}|quotes?)))",
    re.IGNORECASE,
)
_TRAILING_PHRASE = re.compile(
    r"(?:,? (?:please|exactly|again|anyway|then|in (?:the|these|my|our) (?:articles|news|collection)))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with a placeholder in place of each quotation."""

    text: str
    marked_quotations: tuple[str, ...] = ()  # with their quotation marks
    quoted: tuple[str, ...] = ()  # without them

    def restore_quotations(self, text: str) -> str:
        """Put the quotations back into a part of the text."""
        first = ord(QUOTE_PLACEHOLDER)
        return text.translate({first + number: quotation for number, quotation in enumerate(self.marked_quotations)})


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """A question in the parts that are parsed separately. In `context` and `core`, placeholders replace quotations."""

    text: str  # as typed, on one line
    context: str  # the other sentences
    core: str  # the question itself, without polite words, contractions and final punctuation
    quotations: MaskedText

    @property
    def quoted(self) -> tuple[str, ...]:
        """The quoted words, without quotation marks."""
        return self.quotations.quoted

    def restore_quotations(self, text: str) -> str:
        """Put the quotations back into a part of the question."""
        return self.quotations.restore_quotations(text)


def mask_quotations(text: str) -> MaskedText:
    """Replace each quotation of a text, up to MAX_QUOTATIONS, by a placeholder."""
    text = re.sub("[\ue000-\ue0ff]", " ", text)
    quotations = find_quotations(text)[:MAX_QUOTATIONS]
    pieces, position = [], 0
    for number, (start, end, _) in enumerate(quotations):
        pieces += [text[position:start], chr(ord(QUOTE_PLACEHOLDER) + number)]
        position = end
    pieces.append(text[position:])
    marked = tuple(text[start:end] for start, end, _ in quotations)
    return MaskedText("".join(pieces), marked, tuple(words for *_, words in quotations))


def split_context(text: str) -> tuple[str, str]:
    """The context and the core of a question. The core is the last sentence that asks, or else the last sentence."""
    sentences = _split_sentences(text)
    if not sentences:
        return "", ""
    asking = [number for number, sentence in enumerate(sentences) if _is_interrogative(sentence)]
    chosen = asking[-1] if asking else len(sentences) - 1
    return " ".join(sentences[:chosen] + sentences[chosen + 1 :]), _simplify(sentences[chosen])


def asks_anywhere(text: str) -> bool:
    """Whether a question word or an auxiliary verb occurs anywhere in the text."""
    return _QUESTION_START.search(text) is not None


def _split_sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        before = text[max(start, end.start() - _ABBREVIATION_CHARACTERS) : end.start()]
        if "?" not in end[0] and _ABBREVIATION.search(before):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in (*sentences, text[start:].strip()) if sentence]


def _is_interrogative(sentence: str) -> bool:
    return sentence.endswith("?") or _QUESTION_START.match(sentence) is not None


def _simplify(sentence: str) -> str:
    """Remove final punctuation and polite words, and write contractions in full."""
    core = _FINAL_PUNCTUATION.sub("", sentence)
    while (shorter := _TRAILING_PHRASE.sub("", _LEAD_IN.sub("", core))) != core:
        core = shorter
    return _CONTRACTION.sub(_expand_contraction, core)


def _expand_contraction(match: re.Match[str]) -> str:
    question_word, apostrophe, ending = match.groups()
    if not apostrophe and match[0].lower() not in _CONTRACTIONS_WITHOUT_APOSTROPHE:
        return match[0]
    return f"{question_word} {_FULL_VERBS[ending.lower()]}"
