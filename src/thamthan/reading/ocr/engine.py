"""Tesseract reads one strip at a time, letter by letter; it is started once and kept."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from thamthan.reading.ocr.language import language_folder
from thamthan.reading.ocr.picture import CONSONANT, Picture

LANGUAGES = "tha+eng"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as Tesseract gives it: its box in the strip, how sure it is, and its word."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    certainty: float
    word: int


@cache
def _engine() -> Any:
    import tesserocr

    return tesserocr.PyTessBaseAPI(
        path=str(language_folder()), lang=LANGUAGES, psm=tesserocr.PSM.SINGLE_LINE
    )


def read_strip(picture: Picture, *, size: float) -> list[Letter]:
    """อ่านบรรทัด: the letters of a strip, in order; its consonants are brought to their best size."""
    import tesserocr
    from PIL import Image

    scale = CONSONANT / size
    fitted = picture
    if abs(scale - 1) > 0.05:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        fitted = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how))
    engine = _engine()
    engine.SetImage(Image.fromarray(fitted))
    engine.SetSourceResolution(200)
    if not engine.Recognize():
        return []
    level, word = tesserocr.RIL, -1
    found: list[Letter] = []
    for place in tesserocr.iterate_level(engine.GetIterator(), level.SYMBOL):
        text = _text(place, level.SYMBOL)
        box = place.BoundingBox(level.SYMBOL)
        if place.IsAtBeginningOf(level.WORD):
            word += 1
        if text and box:
            left, top, right, bottom = (value / scale for value in box)
            certainty = place.Confidence(level.SYMBOL) / 100
            found.append(Letter(text, left, top, right, bottom, certainty, word))
    return found


def _text(place: Any, level: int) -> str:
    try:
        return str(place.GetUTF8Text(level)).strip()
    except RuntimeError:
        return ""
