"""บรรทัดข้อความ: a line of text drawn, worn, and cut out of its page as reading will see it."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from thamthan.reading.ocr.levelled import levelled
from thamthan.reading.ocr.picture import CONSONANT, cleaned
from thamthan.reading.ocr.signs import SIGNS
from training.fonts import Face
from training.lines import ENLARGED, Line, scrawl
from training.wear import Wear, scan

_KNOWN = frozenset(SIGNS)
_BELOW = "ฺุู"


def draw_text(face: Face, text: str, *, height: float, rng: np.random.Generator) -> Line:
    """วาดบรรทัด: words as the face shapes them, marks in place, spaces as wide as justified."""
    consonant = height * ENLARGED
    font = _shaped(face.path, 100.0 * consonant / face.consonant)
    space = consonant * float(rng.uniform(0.3, 1.3))
    words = text.split(" ")
    places, across = [], consonant
    for word in words:
        places.append(across)
        across += font.getlength(word, language="th") + space * float(rng.uniform(0.7, 1.4))
    size = (int(across + consonant), int(consonant * 4.4))
    baseline = consonant * 2.7
    ink = Image.new("L", size)
    pen = ImageDraw.Draw(ink)
    for word, place in zip(words, places, strict=True):
        pen.text((place, baseline), word, fill=255, font=font, anchor="ls", language="th")
    if rng.random() < 0.10:
        scrawl(pen, pen, size=size, consonant=consonant, rng=rng)
    return Line(
        np.asarray(ink, np.float32) / 255.0,
        np.zeros((size[1], size[0]), np.uint8),
        text,
        consonant,
        baseline,
    )


def seen_line(
    face: Face,
    text: str,
    *,
    rng: np.random.Generator,
    harsh: float,
    among: Sequence[Wear] = (),
) -> tuple[NDArray[np.uint8], str] | None:
    """หนึ่งบรรทัดอย่างที่เครื่องเห็น: its picture at the reader's size, and the signs on it, unspaced.

    None where the face does not have all the signs, or nothing of the line is left.
    """
    if not all(_has(face.path, sign) for sign in set(text) if sign != " "):
        return None
    signs = "".join(sign for sign in text if sign in _KNOWN).replace("ํา", "ำ")
    if not signs:
        return None
    low, high = _SIZES[int(rng.choice(3, p=(0.25, 0.5, 0.25)))]
    height = float(rng.uniform(low, high))
    page = scan(draw_text(face, text, height=height, rng=rng), rng, harsh=harsh, among=among)
    grey = np.clip(255.0 - 255.0 * page.ink, 0, 255).astype(np.uint8)
    grey = cleaned(grey)
    scale = CONSONANT / page.consonant
    stretch = float(rng.uniform(0.82, 1.22))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(grey, None, fx=scale * stretch, fy=scale, interpolation=how)
    grey = np.asarray(sized, np.uint8)
    ink = (grey < 160).astype(np.uint8)
    columns = np.flatnonzero(ink.any(axis=0))
    if len(columns) < 3:
        return None
    near = cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0
    grey = np.where(near, grey, 255).astype(np.uint8)
    left, right = max(0, int(columns[0]) - 8), min(grey.shape[1], int(columns[-1]) + 9)
    grey = grey[:, left:right]
    wrong = float(rng.normal(0.0, 0.05))
    start = page.baseline * scale + page.slope * left / stretch + rng.normal(0.0, 0.9)
    end = page.baseline * scale + page.slope * right / stretch + rng.normal(0.0, 0.9)
    size = CONSONANT * (1.0 + wrong)
    return levelled(grey, size=size, feet=(float(start), float(end))), signs


# How high a consonant is on the scan, in dots, before it is brought to the reader's size.
_SIZES = ((9, 14), (14, 20), (20, 27))


@lru_cache(maxsize=500)
def _shaped(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, round(size), layout_engine=ImageFont.Layout.RAQM)


@cache
def _has(path: Path, sign: str) -> bool:
    if sign in "ำ":
        return _has(path, "า")
    font = ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.BASIC)
    drawn = font.getmask(sign)
    return drawn.getbbox() is not None and bytes(drawn) != bytes(font.getmask("\uffff"))
