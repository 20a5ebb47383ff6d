"""Sentences of articles, and what careless writers make of them: an opinion told as a fact, no "not"."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.records.article import Article, Span
from assistant.records.proof import Source
from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.speech.status.narration import is_clause
from assistant.text.quotation_marks import quotation_spans
from assistant.text.sentences import sentence_spans

WINDOW = 5  # sentences before and after that are sources too
KINDS = ("opinion told as fact", "speaker swapped", "negation dropped", "number changed", "office changed",
         "day moved", "quotations stitched", "modality changed", "limit dropped", "names exchanged",
         "number of another thing")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAY = re.compile(rf"\b(?:{'|'.join((*_WEEKDAYS, *_MONTHS))})\b")
_NUMBER = re.compile(r"(?<![\w.,:$/-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w:/-])")
_NEGATION = re.compile(r"\b(?:not|never)\s|n[’']t\b")
_OFFICES = ("president", "minister", "mayor", "senator", "spokesman", "spokeswoman", "director", "governor", "chairman",
            "secretary", "engineer", "councillor", "professor", "attorney", "sheriff", "judge", "chief")  # fmt: skip
_MODALITY = {"could": "will", "may": "will", "might": "will", "would": "could", "should": "will", "can": "must",
             "will": "may", "likely": "certain", "expected": "sure"}  # fmt: skip
_MODAL = re.compile(rf"\b(?:{'|'.join(_MODALITY)})\b(?=\s[a-z])")
_LIMIT = re.compile(
    r"\b(?:reportedly|allegedly|alleged|about|nearly|almost|at least|up to|more than|suspected|former|some|most|only|"
    r"apparently|proposed|attempted)\s",
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*")
_OFFICE = re.compile(rf"\b(?:{'|'.join(_OFFICES)})\b(?=\s[A-Z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that a sentence, one of an article, gives to somebody: spans into the article."""

    sentence: Span
    speaker: Span | None  # the name, in the sentence
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was made of a sentence: its kind, the sentence as it was, and as it is; with the number of its source."""

    kind: str
    original: str
    changed: str
    n: int
    sources: tuple[Source, ...]


def make_sources(article: Article, sentences: Sequence[Span], statements: Sequence[Statement]) -> list[Source]:
    """Each sentence of an article as a source, numbered from 1."""
    return [
        Source(
            n, article, start, end, ((start, end),),
            tuple(each for each in statements if each.sentence_start < end and start < each.sentence_end),
        )
        for n, (start, end) in enumerate(sentences, 1)
    ]  # fmt: skip


def convert_article(
    article: Article, seed: int, attributions: Sequence[Attribution] | None = None
) -> Iterator[Conversion]:
    """The conversions of one article, at most one of each kind for each sentence.

    `attributions` are those that people have marked; None for those that the program finds.
    """
    dice = random.Random(f"{seed} {article.id}")
    sentences = sentence_spans(article.text)
    statements = find_statements(article, sentences)
    sources = make_sources(article, sentences, statements)
    given = list(attributions) if attributions is not None else list(_read_attributions(article, statements))
    for number, (start, end) in enumerate(sentences):
        text = " ".join(article.text[start:end].split())
        if (
            "<" in text
            or not (5 <= len(text.split()) <= 60)
            or text.count('"') % 2
            or "\n" in article.text[start:end].strip()
        ):
            continue
        if text.count("“") != text.count("”") or _is_inside_speech(start, end, statements):
            continue  # by itself it does not say who speaks
        near = tuple(sources[max(0, number - WINDOW) : number + WINDOW + 1])
        own = [each for each in given if start <= each.sentence[0] and each.sentence[1] <= end]
        for kind, changed in _convert(article, text, own, given, dice):
            if changed and changed != text:
                yield Conversion(kind, text, changed, number + 1, near)
    yield from _stitch(article, statements, sources)


def _is_inside_speech(start: int, end: int, statements: Sequence[Statement]) -> bool:
    """Whether a sentence is all, or nearly all, in the words of somebody who is named in another one."""
    return any(
        each.start < end and start < each.end and (not each.cue or (each.start <= start and end - 2 <= each.end))
        for each in statements
    )


def _read_attributions(article: Article, statements: Sequence[Statement]) -> Iterator[Attribution]:
    for each in statements:
        if each.status != "asserted" or not each.cue or not each.speaker:
            continue
        sentence = article.text[each.sentence_start : each.sentence_end]
        last = each.speaker.split()[-1]
        places = [match.span() for match in re.finditer(rf"\b{re.escape(last)}\b", sentence)]
        place = next(((each.sentence_start + a, each.sentence_start + b) for a, b in places
                      if not each.start <= each.sentence_start + a < each.end), None)  # fmt: skip
        yield Attribution((each.sentence_start, each.sentence_end), place, ((each.start, each.end),))


def _convert(
    article: Article, text: str, own: Sequence[Attribution], given: Sequence[Attribution], dice: random.Random
) -> Iterator[tuple[str, str]]:
    for each in own:
        words = " ".join(" ".join(article.text[a:b] for a, b in each.content).split()).strip("“”\"',;:. ")
        words = words.removeprefix("that ").replace("''", "")
        if len(words.split()) >= 4 and is_clause(words):
            yield KINDS[0], f"{words[0].upper()}{words[1:]}."
            break
    yield from _swap_speaker(article, text, own, given, dice)
    if match := _NEGATION.search(text):
        yield KINDS[2], _drop_negation(text, match)
    if (match := _NUMBER.search(text)) and not re.match(r"\d+[.)] ", text):
        value = match[0].replace(",", "")
        fresh = str(int(float(value)) + dice.choice((1, 2, 7, 30)))
        yield KINDS[3], text[: match.start()] + fresh + text[match.end() :]
    if match := _OFFICE.search(text):
        other = dice.choice([office for office in _OFFICES if office != match[0].lower()])
        other = other.capitalize() if match[0][0].isupper() else other
        yield KINDS[4], text[: match.start()] + other + text[match.end() :]
    if match := _DAY.search(text):
        names = _WEEKDAYS if match[0] in _WEEKDAYS else _MONTHS
        if match[0] not in ("May", "March") or re.match(r"\s\d", text[match.end() :]):
            other = names[(names.index(match[0]) + dice.randrange(1, len(names))) % len(names)]
            yield KINDS[5], text[: match.start()] + other + text[match.end() :]
    if match := _MODAL.search(text):
        yield KINDS[7], text[: match.start()] + _MODALITY[match[0]] + text[match.end() :]
    if match := _LIMIT.search(text):
        yield KINDS[8], text[: match.start()] + text[match.end() :]
    yield from _exchange_names(text)
    yield from _take_other_number(article, text, dice)


def _exchange_names(text: str) -> Iterator[tuple[str, str]]:
    """Two names of a sentence in each other's place, unless they stand in a list or share a word."""
    first_word = text.split()[0]
    names = [match for match in _NAME.finditer(text) if match.start() or " " in match[0] or match[0] != first_word]
    for one, other in pairwise(names):
        between = text[one.end() : other.start()]
        if not _split_name(one[0]) & _split_name(other[0]) and len(between.split()) > 1 and "and" not in between:
            yield KINDS[9], text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
            return


def _split_name(name: str) -> set[str]:
    """The words of a name: "Hagan’s" is the same one as "Hagan"."""
    return {re.sub(r"[’']s?$", "", word) for word in name.split()}


def _take_other_number(article: Article, text: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """A number of a sentence replaced by another one of the same article, or of the same sentence."""
    match = _NUMBER.search(text)
    if match is None or re.match(r"\d+[.)] ", text):
        return
    others = {other[0] for other in _NUMBER.finditer(article.text)} - {match[0]}
    if others:
        yield KINDS[10], text[: match.start()] + dice.choice(sorted(others)) + text[match.end() :]


def _swap_speaker(
    article: Article, text: str, own: Sequence[Attribution], given: Sequence[Attribution], dice: random.Random
) -> Iterator[tuple[str, str]]:
    """The first speaker of a sentence replaced by the name of another speaker of the article, of another surname."""
    named = next((each for each in own if each.speaker), None)
    if named is None or named.speaker is None:
        return
    name = " ".join(article.text[slice(*named.speaker)].split())
    others = {" ".join(article.text[slice(*each.speaker)].split()) for each in given if each.speaker}
    known = set(re.findall(r"\w+", text))
    others = {other for other in others if other[:1].isupper() and not set(re.findall(r"\w{2,}", other)) & known}
    if others and name[:1].isupper() and text.count(name) == 1:
        yield KINDS[1], text.replace(name, dice.choice(sorted(others)))


def _drop_negation(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()], text[match.end() :]
    if match[0].startswith("n"):
        if match[0] in ("not ", "never "):
            return before + after
        for short, whole in (("wo", "will"), ("ca", "can")):
            if before.lower().endswith(short):
                return f"{before[:-2]}{whole}{after}"
    return before + after


def _first_sentence(words: str) -> str:
    start, end = next(iter(sentence_spans(words)), (0, len(words)))
    return words[start:end].rstrip(".!;:")


def _stitch(article: Article, statements: Sequence[Statement], sources: Sequence[Source]) -> Iterator[Conversion]:
    """Two quotations of an article as if they were one."""
    direct = [each for each in statements if each.direct and each.speaker and each.status == "asserted"]
    for first, second in zip(direct, direct[2:], strict=False):
        quotes = []
        for each in (first, second):
            spans, _ = quotation_spans(article.text, each.start, each.end)
            quotes += [_first_sentence(" ".join(article.text[a:b].split()).strip("“”\"' ,")) for a, b in spans[:1]]
        if len(quotes) < 2 or min(len(quote.split()) for quote in quotes) < 3 or first.sentence_end > second.start:
            continue
        if not all(quote[0].isupper() for quote in quotes) or first.cue.lower() not in ("said", "says"):
            continue
        if any("“" in quote or '"' in quote or "”" in quote for quote in quotes):
            continue
        near = [each for each in sources if first.sentence_start <= each.start < second.sentence_end]
        if near:
            changed = f"{first.speaker} said: “{quotes[0]} {quotes[1][0].lower()}{quotes[1][1:]}.”"
            yield Conversion(KINDS[6], f"{first.speaker} said: “{quotes[0]}”", changed, near[0].n, tuple(near))
