"""A reading as lines for the terminal: each field, its words, their place, how sure, doubts."""

from collections.abc import Iterator
from datetime import date
from enum import Enum

from thamthan.reading.model import (
    Deadline,
    EnclosureFinding,
    Finding,
    Item,
    LetterReading,
    ObligationFinding,
    Span,
    is_flagged,
)
from thamthan.thai.dates import format_date

_FIELDS = (
    ("receipt.organisation", "ตรารับของ"),
    ("receipt.number", "เลขรับ"),
    ("receipt.received_on", "วันที่รับ"),
    ("receipt.time", "เวลารับ"),
    ("secrecy", "ชั้นความลับ"),
    ("urgency", "ชั้นความเร็ว"),
    ("number", "ที่"),
    ("sender", "ส่วนราชการ"),
    ("address", "ที่อยู่"),
    ("dated_on", "ลงวันที่"),
    ("subject", "เรื่อง"),
    ("addressees", "เรียน"),
    ("references", "อ้างถึง"),
    ("enclosures", "สิ่งที่ส่งมาด้วย"),
    ("signatory", "ผู้ลงนาม"),
    ("position", "ตำแหน่ง"),
    ("owner_unit", "เจ้าของเรื่อง"),
    ("telephone", "โทรศัพท์"),
    ("email", "อีเมล"),
)
_FLAG = "▲ โปรดตรวจ"


def lines_of(reading: LetterReading) -> Iterator[str]:
    """ผลการอ่านเป็นบรรทัด, in the order in which a letter says it, doubts last."""
    yield f"ชนิด: {reading.kind.label}"
    for name, label in _FIELDS:
        yield from _field(reading, name, label)
    if reading.items:
        yield "ข้อสั่งการ"
        yield from _items(reading.items, depth=1)
    if reading.obligations:
        yield "สิ่งที่ขอให้ดำเนินการ"
        for obligation in reading.obligations:
            yield from _obligation(obligation, reading.deadlines)
    if reading.deadlines:
        yield "กำหนดเวลา"
        for index, deadline in enumerate(reading.deadlines):
            yield from _deadline(
                index, deadline, flagged=is_flagged(reading, f"deadlines[{index}]")
            )
    yield f"ข้อสงสัย: {len(reading.doubts) or 'ไม่มี'}"
    for doubt in reading.doubts:
        yield f"  • {doubt.message}  [{', '.join(doubt.fields)}]"
        if doubt.suggestion is not None:
            yield f"    น่าจะเป็น: {doubt.suggestion}"


def _field(reading: LetterReading, name: str, label: str) -> Iterator[str]:
    found: object = reading
    for step in name.split("."):
        found = getattr(found, step, None)
    if isinstance(found, tuple):
        for number, finding in enumerate(found):
            many = f"{label} {number + 1}" if len(found) > 1 else label
            yield from _finding(finding, many, flagged=is_flagged(reading, f"{name}[{number}]"))
    elif isinstance(found, Finding):
        yield from _finding(found, label, flagged=is_flagged(reading, name))
    elif is_flagged(reading, name):
        yield f"{label}: –  {_FLAG}"


def _finding(finding: Finding[object], label: str, *, flagged: bool) -> Iterator[str]:
    value = _shown(finding.value)
    if isinstance(finding, EnclosureFinding) and finding.quantity is not None:
        value += f" ({finding.quantity} {finding.unit or ''})".replace(" )", ")")
    yield f"{label}: {value}" + (f"  {_FLAG}" if flagged else "")
    words = " ".join(finding.text.split())
    yield f"    “{words}”  {_place(finding.span)} · แน่ใจ {finding.certainty:.0%}"


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value, weekday=True)
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    return str(value)


def _place(span: Span) -> str:
    return f"หน้า {span.page} ตัวที่ {span.start}–{span.end}"


def _items(items: tuple[Item, ...], *, depth: int) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}{' '.join(item.text.split())}  ({_place(item.span)})"
        for measure in item.measures:
            yield f"{'  ' * (depth + 1)}– {_shown(measure.value)}"
        yield from _items(item.items, depth=depth + 1)


def _obligation(asked: ObligationFinding, deadlines: tuple[Deadline, ...]) -> Iterator[str]:
    to = f" → {asked.to}" if asked.to else ""
    yield f"  {asked.ask.label}{to}: {' '.join(asked.text.split())}  ({_place(asked.span)})"
    if asked.deadline is not None:
        yield f"      กำหนด {asked.deadline + 1}: {_when(deadlines[asked.deadline])}"


def _deadline(index: int, deadline: Deadline, *, flagged: bool) -> Iterator[str]:
    words = " ".join(deadline.text.split())
    flag = f"  {_FLAG}" if flagged else ""
    yield f"  {index + 1}. {_when(deadline)}{flag}"
    yield f"      “{words}”  {_place(deadline.span)}"
    if deadline.reason:
        yield f"      {deadline.reason}"
    for other in deadline.readings[1:]:
        yield f"      หรือ {_between(other.opens, other.closes)}: {other.reason}"


def _when(deadline: Deadline) -> str:
    clock = f" เวลา {deadline.time} น." if deadline.time else ""
    return _between(deadline.opens, deadline.closes) + clock


def _between(opens: date | None, closes: date | None) -> str:
    if closes is None:
        return "ยังไม่เป็นวันที่แน่นอน"
    last = format_date(closes, weekday=True)
    return last if opens in {None, closes} else f"{format_date(opens)} ถึง {last}"
