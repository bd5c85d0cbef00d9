"""Each part of the head becomes its findings: number, date, sender, subject, addressees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thamthan.reading.annexes import urgency_of
from thamthan.reading.head import date_written, number_behind
from thamthan.reading.layout import Layout
from thamthan.reading.model import Doubt, Finding, NumberFinding
from thamthan.reading.parts import Part
from thamthan.reading.sheet import Cell
from thamthan.reading.signs import (
    ADDRESS,
    AM,
    BLANK_FILL,
    MONTH_YEAR,
    OFFICE,
    OFFICE_LINE,
    POST,
    POSTCODE,
    TELEPHONE,
)
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency, find_letter_number
from thamthan.thai.dates import WrittenDate

_SECRECIES = {
    "ลับ": Secrecy.CONFIDENTIAL,
    "ลับมาก": Secrecy.SECRET,
    "ลับที่สุด": Secrecy.TOP_SECRET,
}
_NUMBERED = re.compile(r"(?:^|(?<=[\s/,]))[(]?(\d{1,2})\s?[.)]\s*(?=[^\d\s])")
_NEXT_ADDRESSEE = re.compile(
    rf"\s*/\s*(?={POST})|\s+/\s+|\s*,\s*(?={POST})|\s*(?:และ|,)\s?(?={POST}|ผู้)|(?<=\S)\s{{3,}}(?={POST})|\n\s*(?={POST})"
    rf"|(?:(?<=ทุกแห่ง)|(?<=ทุกอ{AM}เภอ)|(?<=ทุกจังหวัด)|(?<=ทุกต{AM}บล)|(?<=ทุกเขต))\s+(?={POST})"
    rf"|\s+และ\s?(?=องค์กร|{OFFICE})"
)
_PROVINCE = re.compile(rf"(?:จังหวัด|อ{AM}เภอ)\S{{2,30}}")
_PLACE = re.compile(rf"(?<=\s)(?:เลขที่\s|ถนน|หมู่(?:ที่)?\s?\d|ต{AM}บล|\d{{1,4}}\s+หมู่|ตู้\s?ปณ)")
_HEADING_WORD = re.compile(rf"(?:ค{AM}สั่ง|ประกาศ|ระเบียบ|ข้อบังคับ|หนังสือรับรอง|รายงานการประชุม)\s*")
_IN_SERVICE_OF = re.compile(rf"(?:ใน)?ราชการ\s*({OFFICE}[^\n]{{0,80}}?)(?=\s{{2,}}|\n|\Z)")
_FOREIGN_TAIL = re.compile(r"\s+[A-Za-z][A-Za-z0-9 .,&()'\-]*\Z")


@dataclass(frozen=True, slots=True)
class DatedOn:
    """The date of a letter, or why there is none."""

    finding: Finding[date] | None = None
    doubt: Doubt | None = None


def read_number(layout: Layout) -> NumberFinding | None:
    """ที่: the number behind its label; without a label one that stands alone, not surely."""
    sheet = layout.sheet
    block = layout.block(Part.NUMBER)
    if block is not None and sheet.text[block.start : block.end].strip():
        found = number_behind(sheet.text[block.start : block.end])
        if found is None:
            return None
        start, end = block.start + found[0], block.start + found[1]
        rest = sheet.text[end : block.end].strip(" \t.-_…")
        certainty = 0.95 if not rest and found[0] < 3 and not found[2].code.endswith(".") else 0.7
        span = sheet.span(start, end)
        return NumberFinding.of(found[2], text=sheet.words(span), span=span, certainty=certainty)
    for cell in (*layout.head.around, *layout.head.beside):
        alone = find_letter_number(cell.text)
        if alone and alone[0] < 3 and alone[1] > len(cell.text) - 3:
            span = sheet.span(cell.start + alone[0], cell.start + alone[1])
            return NumberFinding.of(alone[2], text=sheet.words(span), span=span, certainty=0.6)
    return None


def read_dated_on(layout: Layout) -> DatedOn:
    """วันที่: the date of the letter; one with a blank day or impossible is left empty and doubted."""
    first: DatedOn | None = None
    certainty = 0.95
    places = list(_date_places(layout))
    values = {w.value for c in layout.head.dates if (w := date_written(c.text)) and w.value}
    if len(values) > 1 and Part.DATE not in layout.head.blocks:
        certainty = 0.7
    for start, end in places:
        words = layout.sheet.text[start:end].strip(" .…_-()[]")
        if not words:
            continue
        written = date_written(words)
        read = _dated(layout, start, end, written, words, certainty)
        if read.finding:
            return read
        first = first or read
    return first or DatedOn()


def _date_places(layout: Layout) -> Iterator[tuple[int, int]]:
    block = layout.block(Part.DATE)
    if block is not None:
        yield block.start, block.end
    for cell in layout.head.dates:
        yield cell.start, cell.end
    for cell in layout.foot.dates:
        yield cell.start, cell.end


def _dated(
    layout: Layout, start: int, end: int, written: WrittenDate | None, words: str, certainty: float
) -> DatedOn:
    said = layout.sheet.squeezed((start, end))
    if written is None:
        partly = MONTH_YEAR.match(words)
        message = (
            f"วันที่ของหนังสือเขียนไว้เพียง “{said}” ไม่มีเลขวัน"
            if partly
            else f"อ่านวันที่ของหนังสือจากคำว่า “{said[:60]}” ไม่ได้"
        )
        return DatedOn(
            doubt=Doubt("date_incomplete" if partly else "date_unreadable", ("dated_on",), message)
        )
    if written.value is None or written.year_written == "none":
        why = written.problem or "ไม่มีปี พ.ศ."
        return DatedOn(doubt=Doubt("date_impossible", ("dated_on",), f"วันที่ “{said}” ใช้ไม่ได้: {why}"))
    doubt = None
    if written.year_written == "be2":
        certainty = 0.7
        doubt = Doubt("two_digit_year", ("dated_on",), f"วันที่ “{said}” เขียนปีเพียงสองหลัก")
    elif written.problem:
        certainty = 0.7
        doubt = Doubt("date_unclear", ("dated_on",), f"วันที่ “{said}” ไม่ชัดเจน: {written.problem}")
    return DatedOn(layout.sheet.finding(written.value, start, end, certainty), doubt)


def read_subject(layout: Layout) -> Finding[str] | None:
    """เรื่อง: all its lines joined."""
    block = layout.block(Part.SUBJECT)
    if block is None or BLANK_FILL.match(layout.sheet.text[block.start : block.end]):
        return None
    value = re.sub(r"\s*[.…_]{4,}\s*\Z", "", layout.sheet.squeezed(*_filled(layout, block.parts)))
    return layout.sheet.finding(value, block.start, block.end, 0.95 if block.sure else 0.7)


def _filled(layout: Layout, parts: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The stretches without a lone dot at the far right, where a form's line was drawn."""
    kept = []
    for start, end in parts:
        words = re.sub(r"\s{3,}[.…]+\s*\Z", "", layout.sheet.text[start:end])
        kept.append((start, start + len(words)))
    return kept


def read_urgency(layout: Layout) -> Finding[Urgency] | None:
    """ชั้นความเร็ว: only where the head says so; a letter that says nothing has none to find."""
    cell = layout.head.urgency
    value = urgency_of(cell.text) if cell else None
    return layout.sheet.finding(value, cell.start, cell.end, 0.95) if cell and value else None


def read_secrecy(layout: Layout) -> Finding[Secrecy] | None:
    """ชั้นความลับ: only where the head says so."""
    cell = layout.head.secrecy
    value = _SECRECIES.get("".join(cell.text.split())) if cell else None
    return layout.sheet.finding(value, cell.start, cell.end, 0.9) if cell and value else None


def read_sender(layout: Layout) -> tuple[Finding[str] | None, Finding[str] | None]:
    """ส่วนราชการเจ้าของหนังสือ and where it stands."""
    sheet = layout.sheet
    block = layout.block(Part.OFFICE)
    if block is not None:
        start, end = _filled(layout, block.parts)[0][0], _filled(layout, block.parts)[-1][1]
        called = TELEPHONE.search(sheet.text, start, end)
        end = called.start() if called else end
        start, end = sheet.trimmed(start, end)
        if called and sheet.text[end - 1 : end] == "(":
            start, end = sheet.trimmed(start, end - 1)
        if BLANK_FILL.match(sheet.text[start:end]):
            return None, None
        return sheet.finding(sheet.squeezed((start, end)), start, end, 0.9), None
    if layout.kind is LetterKind.STAMPED or layout.foot.sender is not None:
        cell = layout.foot.sender
        if cell is None:
            return None, None
        sure = 0.9 if OFFICE_LINE.match(cell.text) else 0.6
        value = _unbroken(sheet.squeezed((cell.start, cell.end)))
        return sheet.finding(value, cell.start, cell.end, sure), None
    if layout.head.message is not None:
        return _sender_of_message(layout), None
    if layout.kind in (LetterKind.ORDER, LetterKind.NOTICE, LetterKind.EVIDENCE):
        return _sender_in_heading(layout), None
    return _sender_of_external(layout)


def _sender_of_message(layout: Layout) -> Finding[str] | None:
    """วิทยุสื่อสาร "ในราชการกรม…": the office whose net it is, where no "จาก" names another."""
    cell = layout.head.message
    if cell is None:
        return None
    number = layout.block(Part.NUMBER)
    end = number.start if number and number.start > cell.start else layout.body[0]
    named = _IN_SERVICE_OF.search(layout.sheet.text, cell.start, end)
    if named is None:
        return None
    start, stop = named.span(1)
    return layout.sheet.finding(layout.sheet.squeezed((start, stop)), start, stop, 0.85)


def _unbroken(name: str) -> str:
    """A name that was divided with a hyphen at the end of its line."""
    return re.sub(r"(?<=[ก-๎])-\s+(?=[ก-๎])", "", name)


def _sender_in_heading(layout: Layout) -> Finding[str] | None:
    cell = layout.head.heading
    word = _HEADING_WORD.match(cell.text) if cell else None
    if cell is None or word is None or not cell.text[word.end() :].strip():
        return None
    start = cell.start + word.end()
    return layout.sheet.finding(layout.sheet.squeezed((start, cell.end)), start, cell.end, 0.85)


def _sender_of_external(layout: Layout) -> tuple[Finding[str] | None, Finding[str] | None]:
    cells = _sender_cells(layout)
    if not cells:
        return None, None
    sheet = layout.sheet
    names: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for which, cell in enumerate(cells):
        inner = _PLACE.search(cell.text)
        province = which == 1 < len(cells) - 1 and _PROVINCE.fullmatch(cell.text)
        placed = ADDRESS.match(cell.text) or POSTCODE.search(cell.text)
        whole = which > 0 and placed is not None and not province
        if places or whole:
            places.append((cell.start, cell.end))
        elif inner:
            names.append((cell.start, cell.start + inner.start()))
            places.append((cell.start + inner.start(), cell.end))
        elif which < 3:
            words = _FOREIGN_TAIL.sub("", cell.text)
            names.append((cell.start, cell.start + len(words)))
    sure = 0.9 if OFFICE_LINE.match(cells[0].text) and places else 0.75
    sender = sheet.finding(_unbroken(sheet.squeezed(*names)), names[0][0], names[-1][1], sure)
    if not places:
        return sender, None
    address = sheet.finding(sheet.squeezed(*places), places[0][0], places[-1][1], sure)
    return sender, address


def _sender_cells(layout: Layout) -> list[Cell]:
    """The cells beside and below the number; else those on the letterhead above it."""
    head = layout.head
    number = layout.block(Part.NUMBER)
    tops = [b.start for p, b in head.blocks.items() if p in (Part.SUBJECT, Part.TO)]
    top = min(tops, default=layout.body[0])
    start = number.start if number else 0
    cells = [*head.beside, *(c for c in head.around if start < c.start < top)]
    if not any(OFFICE_LINE.match(cell.text) for cell in cells):
        cells = [c for c in head.around if c.start < (start or top)]
        while cells and not OFFICE_LINE.match(cells[0].text):
            cells.pop(0)
    cells = [c for c in cells if re.search("[ก-ฮ]|\\d{5}", c.text)]
    while cells and not OFFICE_LINE.match(cells[0].text):
        cells.pop(0)
    return _by_line(layout, cells)[:5]


def _by_line(layout: Layout, cells: list[Cell]) -> list[Cell]:
    """Cells of one line joined, so that an address with wide gaps in it stays together."""
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last and "\n" not in layout.sheet.text[last.end : cell.start]:
            joined[-1] = Cell(last.start, cell.end, layout.sheet.text[last.start : cell.end])
        else:
            joined.append(cell)
    return joined


def read_addressees(layout: Layout) -> tuple[Finding[str], ...]:
    """ผู้รับ: one finding for each addressee; "ทุกแห่ง" stays with the one it is said of."""
    block = layout.block(Part.TO)
    if block is None:
        return ()
    sheet = layout.sheet
    text = sheet.text[block.start : block.end]
    cuts = [0]
    ends: list[int] = []
    marks = list(_NUMBERED.finditer(text))
    numbered = [m for which, m in enumerate(marks) if int(m.group(1)) == which + 1]
    joints = [(m.start(), m.end()) for m in (numbered if len(numbered) > 1 else [])]
    if not joints:
        joints = [(m.start(), m.end()) for m in _NEXT_ADDRESSEE.finditer(text)]
    for start, end in joints:
        ends.append(start)
        cuts.append(end)
    found = []
    for begin, stop in zip(cuts, [*ends, len(text)], strict=True):
        start, end = sheet.trimmed(block.start + begin, block.start + stop)
        value = sheet.squeezed((start, end)).strip(" ,/")
        if value and not BLANK_FILL.match(value):
            found.append(sheet.finding(value, start, end, 0.9 if block.sure else 0.7))
    return tuple(found)
