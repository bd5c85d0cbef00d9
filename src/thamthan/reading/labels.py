"""ป้ายข้อ: the numbers, letters and strokes with which the lines of a list open."""

import re
from dataclasses import dataclass

from thamthan.reading.sheet import Line

BULLET = "-"

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ข้อ", re.compile(r"ข้อ(?:ที่)?\s{0,4}(\d{1,2})(?:\s?[.)])?(?=\s)")),
    ("1.1", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:\s{0,2}[.)])?(?=\s|[^\d\s.])")),
    ("1.", re.compile(r"([1-9]\d?)\s{0,2}\.(?=\s|[^\d\s.])")),
    ("(1)", re.compile(r"\(\s{0,2}([1-9]\d?)\s{0,2}\)")),
    ("1)", re.compile(r"([1-9]\d?)\s{0,2}\)")),
    ("(ก)", re.compile(r"\(\s{0,2}([ก-ฮ])\s{0,2}\)")),
    ("ก.", re.compile(r"([ก-ฮ])\s{0,2}\.(?=\s)")),
    (BULLET, re.compile(r"([-–•▪●◦*])\s{0,8}(?=[ก-ฮเแโใไ“(])")),
)


@dataclass(frozen=True, slots=True)
class Label:
    """How a line of a list opens; a stroke has no order of its own (0)."""

    style: str
    said: str
    order: int
    end: int


def label_of(line: Line) -> Label | None:
    """The label with which a line opens; none where it opens with plain words."""
    words = line.text
    at = line.indent
    if at >= len(words) or not (
        words[at].isdigit() or words[at] in "(ข-–•▪●◦*" or words[at + 1 : at + 2] in ". "
    ):
        return None
    for style, pattern in _LABELS:
        found = pattern.match(words, at)
        if found:
            said = found.group(1)
            last = said.rsplit(".", 1)[-1]
            if style == BULLET:
                order = 0
            else:
                order = int(last) if last.isdigit() else _THAI_LETTERS.find(said) + 1
            return Label(style, said, order, line.start + found.end())
    return None
