"""ตรารับ: what the receipt stamp says, and what it may have meant where it cannot be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thamthan.reading.head import date_written
from thamthan.reading.layout import Layout
from thamthan.reading.model import Doubt, Finding, Mark, Receipt
from thamthan.reading.names import Known
from thamthan.reading.offices import own_stamp
from thamthan.reading.sheet import Cell, Sheet
from thamthan.reading.stamp import Stamp
from thamthan.thai.text import squeeze

_INTEGER = re.compile(r"\d(?:\d|[ ](?=\d)){0,9}")
_TIME = re.compile(r"(\d{1,2})\s?[.:]\s?(\d{2})(?!\d)")
_FILLED = re.compile(r"\d")
# "รับที่ 2059/53": the register's number with its year.
_OF_YEAR = re.compile(r"^[\s.…_]*/[\s.…_]*(?:25)?\d{2}(?!\d)")
_SAME_DAYS = 40


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """The addressee's own receipt, what is to be doubted of it, and the stamps of other offices."""

    receipt: Receipt | None = None
    doubts: tuple[Doubt, ...] = ()
    others: tuple[Mark, ...] = ()


def read_receipt(
    layout: Layout,
    *,
    addressed: Sequence[str],
    known: Known | None,
    dated_on: date | None,
    arrived: datetime | None,
) -> ReceiptRead:
    """ตรารับ: the stamp of the addressee's own office, of those that have a number.

    Each empty box stays empty. The stamps of the offices that sent the letter on are marks.
    """
    if not layout.stamps:
        return ReceiptRead()
    filled = [s for s in layout.stamps if _FILLED.search(s.number.text)]
    stamp = own_stamp(filled or layout.stamps, addressed=addressed, known=known)
    received_on, doubts = _read_received_on(layout.sheet, stamp, dated_on, arrived)
    if len(layout.stamps) > 1:
        said = squeeze(stamp.organisation.text) if stamp.organisation else ""
        whose = f" “{said}”" if said else "ที่ไม่บอกชื่อหน่วยงาน"
        message = (
            f"พบตรารับ {len(layout.stamps)} ตรา จึงใช้ตราของ{whose} กรุณาตรวจว่าเป็นตราของหน่วยงานผู้รับ"
        )
        doubts = (*doubts, Doubt("several_stamps", ("receipt",), message))
    receipt = Receipt(
        organisation=_read_organisation(layout.sheet, stamp.organisation),
        number=_read_number(layout.sheet, stamp.number),
        received_on=received_on,
        time=_read_time(layout.sheet, stamp.time),
    )
    others = (other for other in layout.stamps if other is not stamp)
    marks = (mark for other in others if (mark := _as_mark(layout.sheet, other)))
    return ReceiptRead(receipt, doubts, tuple(marks))


def _as_mark(sheet: Sheet, stamp: Stamp) -> Mark | None:
    """A stamp that is not read into the receipt, where its page has an image to show it on."""
    cells = sorted(
        {*stamp.cells, *([stamp.organisation] if stamp.organisation else [])},
        key=lambda cell: cell.start,
    )
    spans = [sheet.span(cell.start, cell.end) for cell in cells]
    boxes = [span.box for span in spans if span.box and span.page == spans[0].page]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    around = (min(lefts), min(tops), max(rights), max(bottoms))
    return Mark("stamp", spans[0].page, around, text="\n".join(map(sheet.words, spans)))


def _read_organisation(sheet: Sheet, cell: Cell | None) -> Finding[str] | None:
    if cell is None or not cell.text.strip(" .…_"):
        return None
    return sheet.finding(sheet.squeezed((cell.start, cell.end)), cell.start, cell.end, 0.85)


def _read_number(sheet: Sheet, cell: Cell) -> Finding[int] | None:
    found = _INTEGER.search(cell.text)
    if found is None:
        return None
    start = cell.start + found.start()
    behind = _OF_YEAR.sub("", cell.text[found.end() :])
    rest = (cell.text[: found.start()] + behind).strip(" .…_-/")
    certainty = 0.9 if " " not in found.group() and not rest else 0.7
    value = int(found.group().replace(" ", ""))
    return sheet.finding(value, start, start + len(found.group()), certainty)


def _read_received_on(
    sheet: Sheet, stamp: Stamp, dated_on: date | None, arrived: datetime | None
) -> tuple[Finding[date] | None, tuple[Doubt, ...]]:
    cell = stamp.received_on
    if cell is None or not _FILLED.search(cell.text):
        if _FILLED.search(stamp.number.text):
            message = "ตรารับไม่มีวันที่รับ"
            return None, (Doubt("receipt_date_missing", ("receipt.received_on",), message),)
        return None, ()
    words = cell.text.strip(" .…_-")
    written = date_written(words)
    if written and written.value and written.year_written != "none":
        sure = written.problem is None and written.year_written == "be4"
        return sheet.finding(written.value, cell.start, cell.end, 0.9 if sure else 0.75), ()
    said = sheet.squeezed((cell.start, cell.end))
    meant = _meant(words, dated_on, arrived)
    message = f"อ่านวันที่รับในตรารับ “{said}” ไม่ได้"
    if meant and dated_on:
        message += " วันที่ใกล้ที่สุดหลังวันที่ของหนังสือคือวันที่เสนอไว้"
    suggestion = meant.isoformat() if meant else None
    return None, (Doubt("receipt_date_unreadable", ("receipt.received_on",), message, suggestion),)


def _meant(words: str, dated_on: date | None, arrived: datetime | None) -> date | None:
    """The first day on or after the letter's date with the day of the month still readable."""
    first = re.match(r"\D{0,3}(\d{1,2})(?!\d)", words)
    if first is None or dated_on is None:
        return None
    for ahead in range(_SAME_DAYS):
        if dated_on > date.max - timedelta(days=ahead):
            return None
        day = dated_on + timedelta(days=ahead)
        if day.day == int(first.group(1)):
            return day if arrived is None or day <= arrived.date() else None
    return None


def _read_time(sheet: Sheet, cell: Cell | None) -> Finding[str] | None:
    found = _TIME.search(cell.text) if cell else None
    if cell is None or found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        return None
    start = cell.start + found.start()
    return sheet.finding(f"{hour:02}:{minute:02}", start, cell.start + found.end(), 0.9)
