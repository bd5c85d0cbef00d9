"""What a hand wrote into a printed line, put into the whole of its field.

The print says office code, month and year; the hand says the running number and the day.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from thamthan.reading.model import LetterReading, Mark
from thamthan.thai.correspondence import find_letter_number, parse_letter_number
from thamthan.thai.dates import (
    ERA_PATTERN,
    MONTH_PATTERN,
    MONTHS_SHORT,
    format_date,
    from_be,
    month_number,
    parse_date,
)
from thamthan.thai.digits import to_arabic

# The fields that a hand completes; in any other, what it wrote is the whole value.
COMPLETED = ("number", "dated_on", "receipt.number", "receipt.received_on", "receipt.time")
DAYS = ("dated_on", "receipt.received_on")

_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>{MONTH_PATTERN})\s{{0,9}}{ERA_PATTERN}?\s{{0,9}}(?P<year>[๐-๙\d]{{4}})(?![๐-๙\d])"
)


def marks_of(reading: LetterReading) -> dict[str, Mark]:
    """ลายมือของแต่ละช่อง: the mark that completes each field, by the field's path."""
    found: dict[str, Mark] = {}
    for mark in reading.paper.marks:
        if mark.kind == "handwriting" and mark.field in COMPLETED:
            found.setdefault(str(mark.field), mark)
    return found


def whole_value(reading: LetterReading, mark: Mark, written: str, *, shown: str) -> str | None:
    """ค่าเต็มช่อง: what stands in the field when the hand wrote this; None where that cannot be."""
    written = " ".join(written.split())
    if not written:
        return None
    if mark.field == "number":
        return _number(reading, mark, written, shown)
    if mark.field in DAYS:
        return _day(reading, mark, written, shown)
    return to_arabic(written)


def _number(reading: LetterReading, mark: Mark, written: str, shown: str) -> str:
    printed = parse_letter_number(shown)
    if printed is None:
        found = find_letter_number(_page(reading, mark))
        printed = found[2] if found else None
    running = to_arabic(written)
    if printed is None or not re.fullmatch(r"\d{1,8}(/\d{4})?", running):
        return running
    return str(replace(printed, running=running))


def _day(reading: LetterReading, mark: Mark, written: str, shown: str) -> str | None:
    whole = parse_date(written)
    if whole is not None and whole.value is not None:
        return format_date(whole.value, style="short")
    digits = to_arabic(written)
    if not re.fullmatch(r"\d{1,2}", digits):
        return written
    printed = _month_of(shown) or (
        _blank_month(reading, mark) if mark.field == "dated_on" else None
    )
    if printed is None:
        return digits
    with suppress(ValueError):
        return format_date(from_be(*printed, int(digits)), style="short")
    return None


def printed_part(reading: LetterReading, mark: Mark, *, shown: str) -> str:
    """ส่วนที่พิมพ์ไว้: what a field shows where the machine found no whole value in it.

    The number without its running part; month and year without a day. Empty where the field has
    a value already, or where the print says nothing.
    """
    if shown:
        return ""
    if mark.field == "number":
        found = find_letter_number(_page(reading, mark))
        return str(replace(found[2], running="")) if found and found[2].agency_code else ""
    if mark.field == "dated_on" and (printed := _blank_month(reading, mark)):
        return f"{MONTHS_SHORT[printed[1] - 1]} {printed[0]}"
    return ""


def completed(reading: LetterReading, values: Mapping[str, str]) -> dict[str, str]:
    """แบบฟอร์มที่เติมแล้ว: where a person typed the hand's part alone, the print's is put to it."""
    filled = dict(values)
    for path, mark in marks_of(reading).items():
        typed = to_arabic("".join(values.get(path, "").split()))
        if path in ("number", *DAYS) and typed.isascii() and typed.isdigit():
            was = _value(reading, path)
            filled[path] = whole_value(reading, mark, typed, shown=was) or values[path]
    return filled


_VALUES: dict[str, Callable[[LetterReading], object]] = {
    "number": lambda reading: reading.number,
    "dated_on": lambda reading: reading.dated_on,
    "receipt.received_on": lambda reading: reading.receipt and reading.receipt.received_on,
}


def _value(reading: LetterReading, path: str) -> str:
    value = getattr(_VALUES[path](reading), "value", "")
    return format_date(value, style="short") if isinstance(value, date) else str(value)


def _month_of(text: str) -> tuple[int, int] | None:
    """The year of the Buddhist era and the month that are written first."""
    found = _MONTH_AND_YEAR.search(text)
    return _meant(found) if found else None


def _blank_month(reading: LetterReading, mark: Mark) -> tuple[int, int] | None:
    """The first month and year with no day before them: a stamp above the date has its own day."""
    text = _page(reading, mark)
    for found in _MONTH_AND_YEAR.finditer(text):
        if not re.search(r"[๐-๙\d]\s*$", text[: found.start()]):
            return _meant(found)
    return None


def _meant(found: "re.Match[str]") -> tuple[int, int]:
    return int(to_arabic(found["year"])), month_number(found["month"])


def _page(reading: LetterReading, mark: Mark) -> str:
    return reading.pages[mark.page - 1] if mark.page <= len(reading.pages) else ""
