"""The text of a page that is a picture, recognised by RapidOCR where the extra `ocr` is installed."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.articles.readers.pdf.pieces import Piece

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

EXTRA = "ocr"
RESOLUTION = 150 / 72  # pixels of the picture for each point of the page
MAX_PIXELS = 4_000  # of its longer side: a page of a newspaper is made smaller
MIN_SCORE = 0.5  # of a recognised line, in 0..1: what is surer is text
SAME_HEIGHT = 0.25  # share of the usual height of a line by which the box of one can differ
BASE_LINE = 0.25  # of the height of a line, from the middle of its box
LETTER_HEIGHT = 0.8  # of the box of a line

_LOST_BLANK = re.compile(  # `here,"said` is read for `here,” said`, and "ByAda Tarn" for "By Ada Tarn"
    r"(?<=[,.!?][\"”])(?=\w)|(?<=^By)(?=[A-Z][a-z]+\s[A-Z])"
)


def recognize_page(page: PdfPage) -> tuple[Piece, ...]:
    """The lines of text in the picture of a page, in points as those of a text layer. Needs the extra `ocr`."""
    import numpy as np

    width, height = page.get_size()
    scale = min(RESOLUTION, MAX_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    picture = np.asarray(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    found = _load_recognizer()(np.stack([picture] * 3, axis=-1))
    if found.boxes is None or found.txts is None:
        return ()
    lines = [
        (_LOST_BLANK.sub(" ", " ".join(text.split())), np.min(box, axis=0) / scale, np.max(box, axis=0) / scale)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= MIN_SCORE and text.strip()
    ]
    heights = [float(bottom - top) for _, (_, top), (_, bottom) in lines]
    return tuple(
        _make_piece(text, float(left), float(right), float(top), float(bottom), heights)
        for text, (left, top), (right, bottom) in lines
    )


def _make_piece(text: str, left: float, right: float, top: float, bottom: float, heights: Sequence[float]) -> Piece:
    """A line in its box. A box is taller or lower by the letters in it: it is as tall as others of nearly its height,
    those of usual height first."""
    tall, usual = bottom - top, median(heights)
    if abs(tall - usual) <= SAME_HEIGHT * usual:
        tall = usual
    else:
        others = [each for each in heights if abs(each - usual) > SAME_HEIGHT * usual]
        tall = median(each for each in others if abs(each - tall) <= SAME_HEIGHT * tall)
    return Piece(text, left, right, (top + bottom) / 2 + BASE_LINE * tall, max(LETTER_HEIGHT * tall, 0.1))


@cache
def _load_recognizer() -> Any:
    """The recogniser with the models that are installed with it, run by OpenVINO; loaded once in a process."""
    from rapidocr import EngineType, RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engines = {f"{part}.engine_type": EngineType.OPENVINO for part in ("Det", "Cls", "Rec")}
    return RapidOCR(params={**engines, "Global.use_cls": False, "Global.log_level": "error"})
