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
    drawn = np.asarray(ink, np.float32) / 255.0
    chance = rng.random()
    if chance < _SIGNED:
        drawn = np.maximum(drawn, _signature(size, consonant, rng))
    elif chance < _SIGNED + _STAMPED:
        drawn = np.maximum(drawn, _stamp(size, face, consonant, rng))
    return Line(
        drawn,
        np.zeros((size[1], size[0]), np.uint8),
        text,
        consonant,
        baseline,
    )


def _signature(
    size: tuple[int, int], consonant: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """ลายเซ็นทับข้อความ: a pen that swings through the words, as over the name of who signs."""
    wide, high = size
    layer = np.zeros((high, wide), np.uint8)
    across = float(rng.uniform(4, 22)) * consonant
    start = float(rng.uniform(0, max(1.0, wide - across)))
    for _ in range(int(rng.integers(1, 4))):
        turns = int(rng.integers(4, 14))
        along = np.sort(rng.uniform(0, across, turns)) + rng.normal(0, consonant * 0.8, turns)
        level = high * 0.6 + rng.normal(0, consonant * float(rng.uniform(0.6, 2.4)), turns)
        knots = np.stack([start + along, level], axis=1)
        fine = np.linspace(0, turns - 1, turns * 24)
        below = np.clip(fine.astype(int), 0, turns - 2)
        # Catmull–Rom: the pen goes through every knot and never breaks.
        part = (fine - below)[:, None]
        a, b = knots[np.maximum(below - 1, 0)], knots[below]
        c, d = knots[below + 1], knots[np.minimum(below + 2, turns - 1)]
        curve = 0.5 * (
            2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * part**2
            + (3 * b - a - 3 * c + d) * part**3
        )  # fmt: skip
        width = max(1, round(consonant * float(rng.uniform(0.05, 0.16))))
        cv2.polylines(layer, [np.round(curve).astype(np.int32)], False, 255, width, cv2.LINE_AA)
    return layer.astype(np.float32) / 255.0 * float(rng.uniform(0.45, 1.0))


def _stamp(
    size: tuple[int, int], face: Face, consonant: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """ตราประทับทับข้อความ: the border and words of a rubber stamp, a little turned."""
    wide, high = size
    page = Image.new("L", size)
    pen = ImageDraw.Draw(page)
    left = float(rng.uniform(-4, 0.8 * wide / consonant)) * consonant
    right = left + float(rng.uniform(8, 26)) * consonant
    level = float(rng.uniform(0.1, 0.9)) * high
    width = max(1, round(consonant * float(rng.uniform(0.08, 0.2))))
    kind = rng.random()
    if kind < 0.5:
        far = level + float(rng.choice((-1, 1))) * float(rng.uniform(2, 8)) * consonant
        pen.rectangle((left, min(level, far), right, max(level, far)), outline=255, width=width)
    elif kind < 0.75:
        half = (right - left) / 2
        pen.ellipse((left, level - half, right, level + half), outline=255, width=width)
    if kind > 0.3:
        font = _shaped(face.path, 100.0 * consonant * float(rng.uniform(0.7, 1.6)) / face.consonant)
        words = "".join(rng.choice(list("กขคงจชดตทนบปพมรลวสหอะาิีุู่้เแไ๐๑๒๓๔๕๖๗๘๙......"), 14))
        pen.text((left + consonant, level), words, fill=255, font=font, anchor="ls", language="th")
    page = page.rotate(float(rng.normal(0, 3)), resample=Image.Resampling.BILINEAR)
    return np.asarray(page, np.float32) / 255.0 * float(rng.uniform(0.4, 0.95))


# How many lines of a hundred a pen or a stamp crosses: many more than in any office, for practice.
_SIGNED = 0.14
_STAMPED = 0.10


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
