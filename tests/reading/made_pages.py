"""Pages drawn on purpose: print whose every letter is known, and a hand's writing beside it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.lines import Strip, cut_lines
from thamthan.reading.ocr.picture import Worked, as_colours, work_up
from thamthan.reading.ocr.writing import ReadStrip

FONTS = Path("/usr/share/fonts/truetype/tlwg")
PRINT = FONTS / "Laksaman.ttf"
HAND = FONTS / "Purisa.ttf"
_SIZE = 46
_BODY = (
    "ด้วยอำเภอบ้านลาดจะจัดทำฐานข้อมูลผู้สูงอายุที่อาศัยอยู่ลำพังเพื่อใช้ในการวางแผนดูแล",
    "จึงขอให้ท่านดำเนินการสำรวจในพื้นที่และรายงานผลให้อำเภอบ้านลาดทราบโดยเร็ว",
    "ทั้งนี้ขอให้ประสานกับกำนันผู้ใหญ่บ้านและอาสาสมัครสาธารณสุขในพื้นที่ด้วย",
)


@dataclass
class MadePage:
    """A page of A4 at 200 dots an inch; what was printed on it is what a reader reads."""

    picture: Image.Image = field(default_factory=lambda: Image.new("RGB", (1654, 2339), "white"))
    printed: list[tuple[str, float, float, float]] = field(default_factory=list)
    written: tuple[float, float, float, float] = (0, 0, 0, 0)
    # Whether of ink that is no print something is made; a reader may pass it over, too.
    read_blots: bool = True

    def print(self, words: str, *, at: tuple[int, int]) -> float:
        """Sets a line of print on its base line; returns where it ends."""
        font = ImageFont.truetype(PRINT, _SIZE, layout_engine=ImageFont.Layout.BASIC)
        ImageDraw.Draw(self.picture).text(at, words, fill="black", font=font, anchor="ls")
        for which, letter in enumerate(words):
            left = at[0] + font.getlength(words[:which])
            right = at[0] + font.getlength(words[: which + 1])
            if letter != " ":
                self.printed.append((letter, left, right, float(at[1])))
        return at[0] + font.getlength(words)

    def write(self, words: str, *, at: tuple[int, int], colour: str = "black") -> None:
        """The same by a hand: nobody reads it, but its ink is there."""
        font = ImageFont.truetype(HAND, 50, layout_engine=ImageFont.Layout.BASIC)
        pen = ImageDraw.Draw(self.picture)
        pen.text(at, words, fill=colour, font=font, anchor="ls")
        self.written = pen.textbbox(at, words, font=font, anchor="ls")

    def body(self) -> None:
        for which, line in enumerate(_BODY):
            self.print(line, at=(180, 1000 + 90 * which))

    def read(self) -> tuple[list[ReadStrip], Worked]:
        """What a reader without mistakes sees; of ink that is no print it makes a doubtful น."""
        worked = work_up(as_colours(np.array(self.picture)))
        assert worked is not None
        forth = np.linalg.inv(worked.back)
        known = []
        for letter, left, right, foot in self.printed:
            ends = np.array([[[left, foot], [right, foot]]])
            (x, y), (end, _) = cv2.perspectiveTransform(ends, forth)[0]
            known.append((letter, float(x), float(end), float(y)))
        cut = cut_lines(worked)
        read = [
            ReadStrip(strip, _letters(strip, known, blots=self.read_blots)) for strip in cut.strips
        ]
        return read, worked


def _letters(
    strip: Strip, known: list[tuple[str, float, float, float]], *, blots: bool
) -> tuple[Letter, ...]:
    foot = (strip.feet[0] + strip.feet[1]) / 2
    mine = [
        one
        for one in known
        if abs(one[3] - foot) < strip.size
        and strip.box.left - 4 <= (one[1] + one[2]) / 2 <= strip.box.right + 4
    ]
    found = [_letter(strip, text, left, right, 0.96) for text, left, right, _ in mine]
    for part in strip.parts if blots else ():
        middle = (part.box.left + part.box.right) / 2
        if part.core and not any(left - 3 <= middle <= right + 3 for _, left, right, _ in mine):
            found.append(_letter(strip, "น", part.box.left, part.box.right, 0.5))
    return tuple(sorted(found, key=lambda letter: letter.left))


def _letter(strip: Strip, text: str, left: float, right: float, certainty: float) -> Letter:
    top = strip.feet[0] - strip.size - strip.top
    return Letter(text, left - strip.left, top, right - strip.left, top + strip.size, certainty, 0)


def in_worked(worked: Worked, box: tuple[float, float, float, float]) -> Any:
    """A box of the drawn page on the worked picture."""
    left, top, right, bottom = box
    corners = np.array([[[left, top], [right, bottom]]], np.float64)
    return cv2.perspectiveTransform(corners, np.linalg.inv(worked.back))[0].ravel()
