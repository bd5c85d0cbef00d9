"""The scanned sample as a reader of paper would give it: boxes, and marks that a hand left.

Its running number, day and receipt number count as written by hand, though the sample prints them.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from thamthan.reading import read
from thamthan.reading.model import (
    Candidate,
    Doubt,
    Finding,
    LetterReading,
    Mark,
    MarkKind,
    NumberFinding,
    PageSize,
    Paper,
    Receipt,
    Span,
)
from thamthan.thai.correspondence import LetterNumber

SAMPLES = Path(__file__).resolve().parent.parent / "src" / "thamthan" / "data" / "samples"
SCAN = SAMPLES / "district_order_scan.pdf"
PHOTO = SAMPLES / "district_order_photo.jpg"

Box = tuple[float, float, float, float]
_SIZE = PageSize(595.28, 841.89)
_BOXES: dict[str, tuple[int, Box]] = {
    "sender": (1, (367.8, 128.8, 507.2, 145.7)),
    "address": (1, (368.6, 152.8, 536.7, 167.4)),
    "subject": (1, (127.1, 208.7, 534.0, 250.3)),
    "signatory": (2, (319.2, 448.7, 442.8, 464.2)),
    "position": (2, (322.8, 471.0, 439.3, 486.5)),
    "owner_unit": (2, (83.6, 510.5, 276.1, 558.1)),
    "telephone": (2, (114.9, 560.9, 266.0, 576.4)),
}
_NUMBER: Box = (98.4, 136.8, 172.0, 149.8)
_RUNNING: Box = (174.0, 135.0, 218.5, 150.0)
_DAY: Box = (309.5, 184.0, 322.0, 199.0)
_RECEIPT: Box = (430.0, 59.0, 476.0, 75.0)
_STAMP: Box = (375.0, 36.0, 553.0, 114.0)
_SIGNATURE: Box = (330.0, 395.0, 430.0, 445.0)


def _mark(kind: MarkKind, page: int, box: Box, field: str | None, *said: str) -> Mark:
    odds = (0.7, 0.2, 0.1)
    candidates = tuple(Candidate(text, odds[at]) for at, text in enumerate(said))
    return Mark(kind, page, box, field, "", candidates)


MARKS = (
    _mark("handwriting", 1, _RUNNING, "number", "1042", "1047", "1012"),
    _mark("handwriting", 1, _DAY, "dated_on", "9", "4", "2"),
    _mark("handwriting", 1, _RECEIPT, "receipt.number", "1287", "1247"),
    _mark("stamp", 1, _STAMP, None),
    _mark("drawing", 2, _SIGNATURE, None),
)


def _placed(finding: Finding[str] | None, name: str, certainty: float) -> Finding[str] | None:
    if finding is None:
        return None
    page, box = _BOXES[name]
    return replace(finding, span=replace(finding.span, page=page, box=box), certainty=certainty)


def scanned_reading(*, by_hand: bool = True) -> LetterReading:
    """The reading of the scan; without a hand in it everything is sure and nothing is doubted."""
    text = (SAMPLES / "district_order.txt").read_text(encoding="utf-8")
    reading = read(text.replace("\n๙ มิถุนายน", "\n  มิถุนายน"))
    words = {name: _placed(getattr(reading, name), name, 0.95) for name in _BOXES}
    number = NumberFinding.of(
        LetterNumber("พบ", "0618", False, "" if by_hand else "1042"),
        text="พบ ๐๖๑๘/",
        span=Span(1, 0, 8, _NUMBER),
        certainty=0.4 if by_hand else 0.95,
    )
    # On a scan, every finding stands on the paper; the two pages have one text each.
    reading = replace(
        reading,
        **words,
        number=number,
        dated_on=None if by_hand else Finding(date(2026, 6, 9), "", Span(1, 0, 1, _DAY), 0.95),
        receipt=Receipt(),
        items=reading.items if by_hand else (),
        deadlines=tuple(
            replace(one, span=replace(one.span, page=2, box=(160.0, 305.0, 464.6, 326.0)))
            for one in reading.deadlines
        )
        if by_hand
        else (),
        obligations=reading.obligations if by_hand else (),
        pages=("ที่ พบ ๐๖๑๘/\n  มิถุนายน ๒๕๖๙\nเรื่อง การขับเคลื่อน", "หน้าสอง"),
        doubts=(Doubt("date_incomplete", ("dated_on",), "วันที่เขียนไว้เพียง “มิถุนายน ๒๕๖๙” ไม่มีเลขวัน"),)
        if by_hand
        else (),
        paper=Paper((_SIZE, _SIZE), MARKS if by_hand else MARKS[3:]),
    )
    return reading
