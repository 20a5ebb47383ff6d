"""The output of a model: the numbers that it picks, or its sentences, each as soon as it is complete."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.errors import WriterError
from assistant.system.json import parse_json
from assistant.text.sanitize import sanitize_text, shorten_line
from assistant.text.sentences import sentence_spans

MAX_ALL_PICKED = 2  # sources of which a model may pick all
MAX_BUFFER = 4_000  # characters of one sentence; a longer one is none

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_OPENS_THINKING = re.compile(r"^\s*<[a-z]{0,9}>?", re.IGNORECASE)
_MARKER_BEHIND = re.compile(r"([.!?…][”’\"')]*)\s*((?:\s*(?:\[\d[\d\s,;–-]*\]|【[^】]{1,24}】))+)")
_OPEN_MARKER = re.compile(r"\s*[\[【(][^\]】)]{0,24}")
_DECLINES = re.compile(
    r"^\W*(?:no answer\b|(?:i(?:['’]m| am) sorry\b[^.]*|i (?:do not|don['’]t) know\b|"
    r"i can(?:not|['’]t) (?:answer|find)\b|"
    r"(?:the|these) (?:provided |given )?(?:sources?|articles?|texts?) (?:do|does|did) ?n[o'’]t\b|"
    r"there is (?:no|not enough) (?:information|answer)\b|none of the sources\b))",
    re.IGNORECASE,
)


def declines(text: str) -> bool:
    """Whether a model says that it does not know."""
    return _DECLINES.match(text) is not None


def read_choice(output: str, numbers: Collection[int]) -> list[int]:
    """The numbers that a model picks, each once; empty if it picks none.

    Raises WriterError unless the output is the JSON that was asked for, with numbers of sources only.
    """
    text = _THINKING.sub("", output).strip()
    if match := re.fullmatch(r"```(?:json)?\s*(.*?)\s*```", text, re.DOTALL):
        text = match[1]
    try:
        value = parse_json(text)
    except ValueError as error:
        raise WriterError(f"the model did not reply as it was asked to: {shorten_line(text, 60)}") from error
    picked = value.get("numbers") if isinstance(value, dict) else None
    if not isinstance(picked, list) or not all(type(number) is int for number in picked):
        raise WriterError(f"the model did not reply as it was asked to: {shorten_line(text, 60)}")
    if unknown := [number for number in picked if number not in numbers]:
        raise WriterError(f"the model picked source {unknown[0]}, which does not exist")
    return list(dict.fromkeys(picked))


def is_counting(picked: Sequence[int], numbers: Sequence[int], most: int) -> bool:
    """Whether the `numbers` that a model picks are no choice: all of them, or the first ones, as many as it may pick.

    Small models count where they are to choose. One or two sources may all be picked.
    """
    whole = min(len(numbers), most)
    return whole > MAX_ALL_PICKED and sorted(picked[:whole]) == sorted(numbers[:whole])


class SentenceReader:
    """Cuts an output that arrives in pieces into sentences, without the thoughts of a model that shows them."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, piece: str) -> Iterator[str]:
        """The sentences that are complete with one more piece."""
        self._text += piece
        rest = self._rest()
        *complete, last = self._split(rest) or [""]
        if _OPEN_MARKER.fullmatch(last):
            return  # a number that belongs to the sentence before it
        yield from complete
        if complete:
            self._text = last
        if len(self._text) > MAX_BUFFER:
            raise WriterError("the model does not write sentences")

    def finish(self, *, is_cut: bool = False) -> Iterator[str]:
        """What is left at the end; not the last sentence of an output that was cut off."""
        sentences = self._split(self._rest())
        yield from sentences[:-1] if is_cut else sentences

    def _rest(self) -> str:
        text = _THINKING.sub("", self._text)
        return "" if "<" in text[:12] and _OPENS_THINKING.fullmatch(text) else text

    def _split(self, text: str) -> list[str]:
        """The sentences of a text, the numbers behind a full stop with the sentence before it. The last may go on."""
        safe = _MARKER_BEHIND.sub(lambda match: f" {match[2].strip()}{match[1]} ", sanitize_text(text))
        found = []
        for line in safe.split("\n"):
            found += [line[start:end] for start, end in sentence_spans(line)]
        if text.endswith("\n") and found:
            found.append("")
        return found
