"""บรรทัด: draws one line of numbers, Thai, Latin and signs, and keeps which ink is whose."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.fonts import Face

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
_CONSONANTS = "กกขขคคงงงจจฉชชซฌญฎฏฐฑฒณดดตตถททธนนนบบปปผฝพพฟภมมยยรรรลลวววศษสสหหฬออฮฤ"
_BEFORE = "เแโใไ"
_ABOVE = "ัิีึื็ํ"
_BELOW = "ุู"
_TONES = "่้๊๋์"
_AFTER = "าาะๅำ"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS = "().,:;/-–“”\"'%&+=฿ๆฯ๏*[]|_…!?#"
# What is taken for a digit most often.
_ALIKE = "ฒซลตคดศสฮอขงจวถภชทยฑฎฏณๆฯ๏฿oOlISBGZDQsgbqz"
_SEPARATORS = ("", "", "", "", ".", "/", ",", "-", ":", " ")
# Drawn twice as large as it will be read, so that it can be bent before it is made small.
ENLARGED = 2
# The label of ink that is no sign of the line: rules, stamps, pen strokes.
STRANGE = 255
_MOST = 250


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: ink 0…1, whose ink it is (1… in order of the signs), and its measures."""

    ink: NDArray[np.float32]
    owners: NDArray[np.uint8]
    signs: str
    consonant: float
    baseline: float


def compose(rng: np.random.Generator, length: int) -> str:
    """ข้อความ: so many signs, nearly half of them digits, with spaces in between."""
    makers = (_thai_number, _arabic_number, _syllable, _alike, _latin, _sign)
    chances = (0.34, 0.16, 0.26, 0.10, 0.06, 0.08)
    text = ""
    while len(text) < length:
        maker = makers[int(rng.choice(len(makers), p=chances))]
        text += maker(rng) + (" " if rng.random() < 0.4 else "")
    return text[:_MOST]


def draw_line(face: Face, text: str, *, height: float, rng: np.random.Generator) -> Line:
    """วาดบรรทัด: every sign in its place, marks where the face itself puts them."""
    consonant = height * ENLARGED
    font = face.at(consonant)
    spacing = float(rng.normal(0.0, 0.045)) * consonant
    kept, places, across = "", [], consonant
    for sign in text:
        if sign != " " and not _has(face.path, sign):
            continue
        is_mark = sign in _ABOVE or sign in _BELOW or sign in _TONES
        kept += sign
        places.append(across - (spacing if is_mark else 0.0))
        across += font.getlength(sign) + (0.0 if is_mark else spacing)
    size = (int(across + consonant), int(consonant * 4.4))
    baseline = consonant * 2.7
    ink, owners = Image.new("L", size), Image.new("L", size)
    pen, marker = ImageDraw.Draw(ink), ImageDraw.Draw(owners)
    marker.fontmode = "1"
    for order, (sign, place) in enumerate(zip(kept, places, strict=True), start=1):
        pen.text((place, baseline), sign, fill=255, font=font, anchor="ls")
        marker.text((place, baseline), sign, fill=order, font=font, anchor="ls")
    if rng.random() < 0.22:
        scrawl(pen, marker, size=size, consonant=consonant, rng=rng)
    return Line(
        np.asarray(ink, np.float32) / 255.0, np.asarray(owners).copy(), kept, consonant, baseline
    )


def scrawl(
    pen: ImageDraw.ImageDraw,
    marker: ImageDraw.ImageDraw,
    *,
    size: tuple[int, int],
    consonant: float,
    rng: np.random.Generator,
) -> None:
    """A rule, a dotted line, the border of a stamp or a stroke of a pen across the line."""
    wide, high = size
    width = max(1, int(consonant * rng.uniform(0.03, 0.12)))
    kind = rng.integers(4)
    if kind == 0:
        level = rng.uniform(0.55, 0.8) * high
        lines = [((0.0, level), (float(wide), level))]
    elif kind == 1:
        level = rng.uniform(0.58, 0.72) * high
        step = consonant * 0.3
        lines = [((x, level), (x + width, level)) for x in np.arange(0, wide, step).tolist()]
    elif kind == 2:
        left = rng.uniform(0, wide)
        lines = [((left, 0.0), (left + rng.normal(0, consonant), float(high)))]
    else:
        points = [(rng.uniform(0, wide), rng.uniform(0, high)) for _ in range(4)]
        lines = list(pairwise(points))
    for line in lines:
        pen.line(line, fill=int(rng.uniform(150, 255)), width=width)
        marker.line(line, fill=STRANGE, width=width)


def _thai_number(rng: np.random.Generator) -> str:
    return _number(THAI, rng)


def _arabic_number(rng: np.random.Generator) -> str:
    return _number(ARABIC, rng)


def _number(digits: str, rng: np.random.Generator) -> str:
    length = int(rng.integers(1, 7))
    written = [digits[int(rng.integers(10))] for _ in range(length)]
    return "".join(sign + _one_of(_SEPARATORS, rng) for sign in written)


def _syllable(rng: np.random.Generator) -> str:
    first = _one_of(_BEFORE, rng) if rng.random() < 0.2 else ""
    vowel = _one_of(_ABOVE if rng.random() < 0.7 else _BELOW, rng) if rng.random() < 0.4 else ""
    tone = _one_of(_TONES, rng) if rng.random() < 0.35 else ""
    after = _one_of(_AFTER, rng) if rng.random() < 0.25 else ""
    last = _one_of(_CONSONANTS, rng) if rng.random() < 0.5 else ""
    return first + _one_of(_CONSONANTS, rng) + vowel + tone + after + last


def _alike(rng: np.random.Generator) -> str:
    return "".join(_one_of(_ALIKE, rng) for _ in range(int(rng.integers(1, 4))))


def _latin(rng: np.random.Generator) -> str:
    return "".join(_one_of(_LATIN, rng) for _ in range(int(rng.integers(1, 6))))


def _sign(rng: np.random.Generator) -> str:
    return _one_of(_SIGNS, rng)


def _one_of(choices: str | tuple[str, ...], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


@cache
def _has(path: Path, sign: str) -> bool:
    font = ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.BASIC)
    drawn = font.getmask(sign)
    return drawn.getbbox() is not None and bytes(drawn) != bytes(font.getmask("\uffff"))
