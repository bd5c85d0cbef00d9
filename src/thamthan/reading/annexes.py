"""อ้างถึงและสิ่งที่ส่งมาด้วย: reads the two lists of a head, letter by letter and paper by paper."""

import re
from datetime import date

from thamthan.reading.head import MOST_LINES
from thamthan.reading.layout import Layout
from thamthan.reading.model import EnclosureFinding, ReferenceFinding
from thamthan.reading.parts import Block, Part
from thamthan.reading.signs import AM, URGENCY
from thamthan.thai.correspondence import LetterNumber, Urgency, find_letter_number
from thamthan.thai.dates import find_dates

_NUMBERED = re.compile(r"(?:^|(?<=\s))[(]?([1-9]\d?)\s?[.)]\s*(?=[^\d\s]|\d{3,})", re.MULTILINE)
_STROKES = re.compile(r"^[ \t]*[-–•][ \t]*(?=[ก-๎])", re.MULTILINE)
_ANOTHER = re.compile(rf"\s(?:และ|,)\s*(?=(?:หนังสือ|ที่\s|ค{AM}สั่ง|ประกาศ|บันทึก))")
_ISSUED = re.compile(
    rf"(?P<form>หนังสือ|ค{AM}สั่ง|ประกาศ|บันทึกข้อความ|วิทยุ|โทรสาร(?:ใน)?(?:ราชการ)?(?:กรม)?)"
    r"(?P<agency>.*?)(?=\s*(?:ด่วน|ลับ(?![ก-๎])|ที่\s|ที่?[ก-ฮ]{2}\s?\d|ประทับตรา|ลงวันที่|เรื่อง)|\Z)",
    re.DOTALL,
)
_UNIT = r"(?:ชุด|ฉบับ|แผ่น|เล่ม|หน้า|รายการ|ราย|แฟ้ม|ซอง|กล่อง|โครงการ|ภาพ|ใบ|คัน|แบบ|ไฟล์)"
# On a scan the dot behind a number may be lost; a count with its unit is no entry.
_BARE = re.compile(
    rf"^[ \t]*[(]?([1-9]\d?)(?:\s?[.)]\s*|[ \t]+)(?=[ก-๎“\"(])(?!{_UNIT}(?:[\s,]|\Z))",
    re.MULTILINE,
)
_QUANTITY = re.compile(
    rf"(?:จ{AM}นวน\s*(\d{{1,4}})\s*([ก-๎]{{2,12}})?|(?<!\d)(\d{{1,4}})\s*({_UNIT})(?=\s|\Z))"
)
_NEAR = 300
# Entries are counted with two digits.
_MOST = 99
_TAIL = re.compile(r"[\s\-–:,;]+\Z")

URGENCIES = {
    "ด่วน": Urgency.URGENT,
    "ด่วนมาก": Urgency.VERY_URGENT,
    "ด่วนที่สุด": Urgency.MOST_URGENT,
}


def urgency_of(words: str) -> Urgency | None:
    """ชั้นความเร็ว: the urgency that the words name; none where they name none."""
    return URGENCIES.get("".join(words.split()))


def read_references(layout: Layout) -> tuple[ReferenceFinding, ...]:
    """อ้างถึง: each earlier letter with its agency, urgency, number and date, as far as written."""
    block = layout.block(Part.REFERENCES)
    if block is None:
        return ()
    found: list[ReferenceFinding] = []
    agency: str | None = None
    for start, end in _entries(layout, block):
        for first, last in _split(layout.sheet.text, start, end):
            reference = _read_reference(layout, first, last, agency)
            agency = reference.agency
            found.append(reference)
    return tuple(found)


def is_cut_short(layout: Layout, part: Part) -> bool:
    """Whether a list of the head is as long as is read, so that more of it may stand below."""
    block = layout.block(part)
    if block is None:
        return False
    entries = len(_entries(layout, block))
    return entries >= _MOST or (len(block.parts) >= MOST_LINES and entries < MOST_LINES)


def _entries(layout: Layout, block: Block) -> list[tuple[int, int]]:
    """The numbered pieces of a block, or the block as one; a numbering must run 1, 2, 3."""
    text = layout.sheet.text[block.start : block.end]
    starts: list[tuple[int, int]] = []
    for mark in _NUMBERED.finditer(text):
        if text.count("(", 0, mark.start()) > text.count(")", 0, mark.start()):
            # "แบบรายงาน (แบบ 2)": a number within brackets counts no entry.
            continue
        first = not starts and not text[: mark.start()].strip()
        if int(mark.group(1)) == len(starts) + 1 and (first or starts):
            starts.append((mark.start(), mark.end()))
    if len(starts) < 2:
        starts = _bare_starts(text) or starts
    starts = starts or [mark.span() for mark in _STROKES.finditer(text)] or [(0, 0)]
    if text[: starts[0][0]].strip():
        starts = [(0, 0)]
    stops = [first for first, _ in starts[1:]] + [len(text)]
    pieces = [
        layout.sheet.trimmed(block.start + begin, block.start + stop)
        for (_, begin), stop in zip(starts, stops, strict=True)
    ]
    filled = [p for p in pieces if layout.sheet.text[p[0] : p[1]].strip(" \t\n.…-_")]
    return filled[:_MOST]


def _bare_starts(text: str) -> list[tuple[int, int]]:
    """The entries of a list some of whose numbers have no dot, if they run 1, 2 at least."""
    marks = [
        mark for number, mark in enumerate(_BARE.finditer(text), 1) if int(mark.group(1)) == number
    ]
    whole = len(marks) > 1 and not text[: marks[0].start()].strip()
    return [(mark.start(), mark.end()) for mark in marks] if whole else []


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Two letters may stand in one entry, joined by "และ ที่"."""
    cuts = [start]
    ends = []
    for joint in _ANOTHER.finditer(text, start, end):
        before = text[max(cuts[-1], joint.start() - _NEAR) : joint.start()]
        behind = text[joint.end() : min(joint.end() + _NEAR, end)]
        if find_letter_number(behind) and find_letter_number(before):
            ends.append(joint.start())
            cuts.append(joint.end())
        if len(cuts) >= _MOST:
            break
    return list(zip(cuts, [*ends, end], strict=True))


def _read_reference(layout: Layout, start: int, end: int, before: str | None) -> ReferenceFinding:
    sheet = layout.sheet
    text = sheet.text[start:end]
    number = find_letter_number(text)
    issued = _ISSUED.search(text[: number[0]] if number else text)
    agency = None
    if issued and issued["agency"].strip():
        agency = sheet.squeezed((start + issued.start("agency"), start + issued.end("agency")))
    urgency = URGENCY.search(text)
    dated_on = _date_behind(text, number[1] if number else 0)
    whole = number is not None and dated_on is not None
    return ReferenceFinding(
        value=sheet.squeezed((start, end)),
        text=sheet.words(sheet.span(start, end)),
        span=sheet.span(start, end),
        certainty=0.95 if whole else 0.7,
        agency=agency or (before if text.startswith("ที่") else None),
        urgency=urgency_of(urgency.group()) if urgency else None,
        number=_said(number[2], issued, agency) if number else None,
        dated_on=dated_on,
    )


def _said(number: LetterNumber, issued: re.Match[str] | None, agency: str | None) -> str:
    """An order's number counts only within its office, so that the office is said with it."""
    if number.agency_code or not issued or not agency:
        return str(number)
    return f"{issued['form']}{agency} ที่ {number}"


def _date_behind(text: str, place: int) -> date | None:
    dates = [found for found in find_dates(text) if found.value]
    behind = [found for found in dates if found.start >= place]
    return next((found.value for found in behind or dates), None)


def read_enclosures(layout: Layout) -> tuple[EnclosureFinding, ...]:
    """สิ่งที่ส่งมาด้วย: each paper with how many of it, where the letter says so."""
    block = layout.block(Part.ENCLOSURES)
    if block is None:
        return ()
    return tuple(_read_enclosure(layout, *entry) for entry in _entries(layout, block))


def _read_enclosure(layout: Layout, start: int, end: int) -> EnclosureFinding:
    sheet = layout.sheet
    text = sheet.text[start:end]
    counts = list(_QUANTITY.finditer(text))
    count = counts[-1] if counts else None
    parts = [(start, end)]
    if count:
        # The count may stand at the end of the first line, with the name going on below it.
        parts = [(start, start + count.start()), (start + count.end(), end)]
        parts = [part for part in parts if sheet.text[part[0] : part[1]].strip()]
    name = _TAIL.sub("", sheet.squeezed(*(parts or [(start, end)])))
    return EnclosureFinding(
        value=name,
        text=sheet.words(sheet.span(start, end)),
        span=sheet.span(start, end),
        certainty=0.9 if name else 0.5,
        quantity=int(count[1] or count[3]) if count else None,
        unit=(count[2] or count[4]) if count else None,
    )
