"""Notes that correct who said some words: below the corrected article, or in an article of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records.article import Article, Span
from assistant.records.statement import AttributionCorrection, Statement, StatementStatus
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.tagger import TaggedSentence, TaggedToken, tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import mask_spans, quotation_spans

MAX_NOTE_LENGTH = 3_000  # characters; a longer paragraph is no note
MAX_SENTENCES = 3  # of one correction
MAX_DESCRIPTION_LENGTH = 90  # characters between "by" and the name after a description

_CORRECTIONS = ENGLISH.corrections
_HINT = re.compile(_CORRECTIONS.hint)
_TITLE = re.compile(_CORRECTIONS.title, re.IGNORECASE)
_NOTE_OPENING = re.compile(_CORRECTIONS.note_opening)
_OWN_ARTICLE = re.compile(_CORRECTIONS.own_article)
_ERROR = re.compile(_CORRECTIONS.error)
_ATTRIBUTED_TO = re.compile(_CORRECTIONS.attributed_to)
_QUOTED_AS = re.compile(_CORRECTIONS.quoted_as)
_AS_SAYING = re.compile(_CORRECTIONS.as_saying)
_REPORTED_THAT = re.compile(_CORRECTIONS.reported_that)
_NOT_BUT = re.compile(_CORRECTIONS.not_but)
_NOT_WRONG = re.compile(_CORRECTIONS.not_wrong)
_SPOKEN_BY = re.compile(_CORRECTIONS.spoken_by)
_SHOULD_BE = re.compile(_CORRECTIONS.should_be)
_IT_WAS = re.compile(_CORRECTIONS.it_was)
_WHO_SAID = re.compile(_CORRECTIONS.who_said)
_IN_FACT = re.compile(_CORRECTIONS.in_fact)
_DID_NOT = re.compile(_CORRECTIONS.did_not)
_INSTEAD_OF = re.compile(_CORRECTIONS.instead_of)


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What one note corrects, and what it states instead. Spans are into the article."""

    span: Span
    statements: tuple[Statement, ...]
    corrections: tuple[AttributionCorrection, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Consecutive sentences of a paragraph from the one that reports an error, with their quotations as spans in it."""

    start: int  # in the article
    sentence: TaggedSentence
    quotes: Sequence[Span]
    first_end: int  # where its first sentence ends


@dataclass(frozen=True, slots=True)
class _Error:
    """Who is said not to have spoken, and the quotations that were wrongly given to them."""

    wrong: str
    words: Sequence[Span]
    right: str | None = None


def find_correction_notes(
    article: Article, paragraph: Span, sentences: Sequence[Span], coreference: CoreferenceResolver
) -> Iterator[CorrectionNote]:
    """The notes in one paragraph that correct who said some words."""
    start, end = paragraph
    text = article.text
    is_note = _TITLE.match(article.title) is not None or _NOTE_OPENING.match(text[start:end]) is not None
    if end - start > MAX_NOTE_LENGTH or not (is_note or _HINT.search(text, start, end)):
        return
    free = start
    for number, (first, _) in enumerate(sentences):
        if first < free:
            continue
        part = _read_part(text, sentences[number : number + MAX_SENTENCES], paragraph)
        opening = part.sentence.text[: part.first_end]
        is_own = _OWN_ARTICLE.search(opening) is not None or _names_outlet(opening, article.source)
        if not is_note and not (is_own and _ERROR.search(opening)):
            continue
        note = _read_note(article, part, coreference)
        if note is not None:
            free = note.span[1]
            yield note


def _names_outlet(opening: str, source: str | None) -> bool:
    """Whether a sentence names the outlet of the article: "The Post" in The Tarn Post."""
    return bool(source) and str(source).split()[-1] in opening.split()


def _read_part(text: str, sentences: Sequence[Span], paragraph: Span) -> _Part:
    first, last = sentences[0][0], sentences[-1][1]
    spans = [span for span in quotation_spans(text, *paragraph)[0] if first <= span[0] and span[1] <= last]
    quotes = [(start - first, end - first) for start, end in spans]
    masked = mask_spans(text[first:last], quotes)
    first_end = next((end for _, end in sentences if not any(a < end < b for a, b in spans)), last)
    return _Part(first, tag_sentence(masked), quotes, first_end - first)


# ------------------------------------------------------------------------------------ one note


def _read_note(article: Article, part: _Part, coreference: CoreferenceResolver) -> CorrectionNote | None:
    error = _find_error(part)
    if error is None:
        return None
    right, end = (error.right, part.first_end) if error.right else _find_right_speaker(part, error.wrong)
    denial = _DID_NOT.search(part.sentence.text, part.first_end) if right is None else None
    wrong_words, right_words = _separate_words(part, error, right is not None)
    is_certain = right or denial or right_words or _ERROR.search(part.sentence.text[: part.first_end])
    if not is_certain or not (wrong_words or right):
        return None
    last = max(
        [end, part.first_end, denial.end() if denial else 0, *(span[1] for span in (*wrong_words, *right_words))]
    )
    span = part.start, part.start + _end_sentence(part, last)
    wrong, right = coreference.full_name(error.wrong), coreference.full_name(right) if right else None
    text = article.text
    statements = []
    for start, stop in wrong_words:
        status: StatementStatus = "asserted" if right else "denied"
        statements.append(
            _make_statement(article, (part.start + start, part.start + stop), span, right or wrong, status)
        )
    for start, stop in right_words:
        statements.append(_make_statement(article, (part.start + start, part.start + stop), span, wrong, "asserted"))
    corrections = [
        AttributionCorrection(
            article.id, *span, _strip_marks(text[part.start + start : part.start + stop]), wrong, right
        )
        for start, stop in wrong_words
    ]
    if not wrong_words:
        corrections = [AttributionCorrection(article.id, *span, "", wrong, right)]
    return CorrectionNote(span, tuple(statements), tuple(corrections))


def _make_statement(article: Article, words: Span, span: Span, speaker: str, status: StatementStatus) -> Statement:
    return Statement(article.id, speaker, "", *words, True, *span, None, status)


def _strip_marks(words: str) -> str:
    return " ".join(words.strip("“”„\"«»‘’'` ").split())


def _end_sentence(part: _Part, place: int) -> int:
    """The end of the sentence in which an offset lies."""
    text = part.sentence.text
    stop = re.compile(r"[.!?][*_)\]”\"’']{0,3}(?=\s|$)").search(text, max(0, place - 1))
    return stop.end() if stop else len(text.rstrip())


def _find_error(part: _Part) -> _Error | None:
    """The wrong speaker and the words, if the first sentence says that they were wrongly put together."""
    sentence, limit = part.sentence, part.first_end
    text = sentence.text
    quotes = [span for span in part.quotes if span[0] < limit]
    for pattern in (_NOT_BUT, _SPOKEN_BY):  # "It was Ada, not Ivo, who"; "should have been attributed to Ada, not Ivo"
        match = pattern.search(text, 0, limit)
        right = _find_name(sentence, match.end()) if match else None
        between = _NOT_WRONG.match(text, right.end) if right else None
        wrong = _find_name(sentence, between.end()) if between else None
        if right and wrong:
            return _Error(wrong.name, quotes, right.name)
    if _SHOULD_BE.search(text, 0, limit):
        return None
    if (match := _REPORTED_THAT.search(text, 0, limit)) and (wrong := _find_name(sentence, match.end())):
        return _Error(wrong.name, [span for span in quotes if span[0] > wrong.end])
    if (match := _ATTRIBUTED_TO.search(text, 0, limit)) and (wrong := _find_name(sentence, match.end())):
        return _Error(wrong.name, quotes)
    if (match := _QUOTED_AS.search(text, 0, limit)) and (wrong := _find_name(sentence, match.end())):
        has_words = _AS_SAYING.match(text, wrong.end) is not None
        if has_words or match[0].startswith(_CORRECTIONS.misquoted):
            return _Error(wrong.name, [span for span in quotes if span[0] > wrong.end])
    return None


def _find_right_speaker(part: _Part, wrong: str) -> tuple[str | None, int]:
    """Who said the words according to the note, and where the name ends."""
    sentence = part.sentence
    text = sentence.text
    for pattern in (_SPOKEN_BY, _IT_WAS, _IN_FACT):
        for match in pattern.finditer(text):
            name = _find_name(sentence, match.end())
            if name is None or name.name.split()[-1] == wrong.split()[-1]:
                continue
            if pattern is _IT_WAS and not _WHO_SAID.match(text, name.end):
                continue
            if pattern is _IN_FACT and text[name.end :].split()[:1] not in (
                [verb] for verb in _CORRECTIONS.right_verbs
            ):
                continue
            return name.name, name.end
    return None, 0


def _find_name(sentence: TaggedSentence, place: int) -> TaggedToken | None:
    """The name after an offset, also after a description: "the mayor of Tarn, Ada Brandreth"."""
    previous = ""
    for token, letter in zip(sentence.tokens, sentence.tags, strict=True):
        if token.start < place:
            continue
        if token.start > place + MAX_DESCRIPTION_LENGTH or letter not in "NDTwOo,A":
            return None
        if letter == "N" and token.name and previous != "o":
            return token
        previous = letter
    return None


def _separate_words(part: _Part, error: _Error, has_right_speaker: bool) -> tuple[list[Span], list[Span]]:
    """The quotations that were wrong, and those that the note gives instead."""
    text, wrong, right = part.sentence.text, list(error.words), []
    if not wrong and has_right_speaker:
        return list(part.quotes), []
    for start, end in part.quotes:
        if start < part.first_end:
            continue
        if _INSTEAD_OF.search(text[part.first_end : start]):
            wrong.append((start, end))
        elif not _DID_NOT.search(text[part.first_end : start]):
            right.append((start, end))
    return wrong, right
