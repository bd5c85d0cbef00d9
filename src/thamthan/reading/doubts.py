"""ข้อสงสัย: what a careful clerk would check in a letter before trusting what was read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from thamthan.reading.deadlines import problems_of
from thamthan.reading.model import Doubt, Finding, LetterReading
from thamthan.reading.names import (
    Known,
    check_known_names,
    check_lost_letters,
    check_own_name,
    check_spellings,
)
from thamthan.thai.calendars import WorkingCalendar, thai_calendar
from thamthan.thai.correspondence import LetterKind
from thamthan.thai.dates import WEEKDAYS, format_date

_SATURDAY = 5
_LONG = timedelta(days=180)
_NEAR = timedelta(days=14)
_YEARS_WITH_HOLIDAYS = range(2000, 2100)
_THAI_DIGIT = re.compile("[๐-๙]")
_ARABIC_DIGIT = re.compile("[0-9]")
_ENCLOSED = re.compile(
    r"(?:ตาม|ดัง|ปรากฏตาม)\s?(?:สิ่งที่ส่งมาด้วย|เอกสาร(?:ที่)?แนบ)|ที่แนบมาพร้อม|เอกสารแนบท้าย|ดังแนบ"
)

_FIELD_NAMES = {
    "number": "ที่ของหนังสือ",
    "dated_on": "วันที่ของหนังสือ",
    "sender": "ส่วนราชการเจ้าของหนังสือ",
    "subject": "เรื่อง",
    "addressees": "ผู้รับ",
    "signatory": "ผู้ลงนาม",
    "position": "ตำแหน่งผู้ลงนาม",
}
_NEEDED = {
    LetterKind.EXTERNAL: tuple(_FIELD_NAMES),
    LetterKind.MEMO: ("number", "dated_on", "sender", "subject", "addressees", "signatory"),
    LetterKind.STAMPED: ("number", "dated_on", "sender", "addressees"),
    LetterKind.ORDER: ("number", "dated_on", "subject", "signatory"),
    LetterKind.NOTICE: ("dated_on", "subject", "signatory"),
}

_ASKING = (LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED, LetterKind.ORDER)

# Doubts that only the reader of the page can raise; they last until a person settles the field.
READ_FROM_THE_PAGE = frozenset(
    {
        "closing_unfit",
        "date_by_hand",
        "date_impossible",
        "date_incomplete",
        "date_unclear",
        "date_unreadable",
        "deadline_of_earlier",
        "deadline_unasked",
        "list_cut_short",
        "number_by_hand",
        "obligation_unclear",
        "receipt_by_hand",
        "receipt_date_missing",
        "receipt_date_unreadable",
        "several_stamps",
        "text_mended",
        "two_digit_year",
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands outside the letter: when it came, which days are worked, who is known."""

    arrived: datetime | None
    calendar: WorkingCalendar | None
    known: Known | None


def cross_check(
    reading: LetterReading, *, setting: Setting, before: tuple[Doubt, ...]
) -> tuple[Doubt, ...]:
    """ตรวจทาน: `before`, and every disagreement between the fields; each is looked at by itself."""
    told = frozenset(chain.from_iterable(doubt.fields for doubt in before))
    found = chain(
        check_missing(reading, told=told),
        check_number(reading),
        check_dated_on(reading, setting),
        check_receipt(reading),
        check_references(reading),
        check_obligations(reading),
        check_deadlines(reading, setting),
        check_enclosures(reading),
        check_addressees(reading),
        check_digits(reading),
        check_known_names(reading, known=setting.known),
        check_own_name(reading, known=setting.known),
        check_spellings(reading),
        check_lost_letters(reading),
    )
    return (*before, *found)


def still_open(reading: LetterReading) -> tuple[Doubt, ...]:
    """The doubts read from the page whose field no person has settled since."""
    return tuple(
        doubt
        for doubt in reading.doubts
        if doubt.code in READ_FROM_THE_PAGE
        and not any(_is_settled(reading, place) for place in doubt.fields)
    )


def _is_settled(reading: LetterReading, place: str) -> bool:
    """A value that a person has given is certain beyond any reader's."""
    at: object = reading
    for step in place.split("."):
        at = getattr(at, step.split("[")[0], None)
    return isinstance(at, Finding) and at.certainty >= 1


def check_missing(reading: LetterReading, *, told: frozenset[str]) -> Iterator[Doubt]:
    """สิ่งที่ต้องมี: what a letter of this kind always has, unless another doubt says why not."""
    for name in _NEEDED.get(reading.kind, ()):
        if not getattr(reading, name) and name not in told:
            message = f"ไม่พบ{_FIELD_NAMES[name]} ซึ่ง{reading.kind.label}ต้องมี"
            yield Doubt("field_missing", (name, *_read_with(name, reading)), message)


def _read_with(name: str, reading: LetterReading) -> tuple[str, ...]:
    """The position is read from under the name: where this is missing that is, needed or not."""
    if name != "signatory" or reading.position or "position" in _NEEDED[reading.kind]:
        return ()
    return ("position",)


def check_number(reading: LetterReading) -> Iterator[Doubt]:
    """เลขที่หนังสือ: the running part may be blank, or hold more than a number."""
    number = reading.number
    if number is None or number.running is not None:
        return
    if any(doubt.code == "number_by_hand" for doubt in reading.doubts):
        # Why it is blank has been told.
        return
    if not re.search(r"/.*\d", number.value):
        yield Doubt(
            "number_incomplete", ("number",), f"ที่ “{number.value}” ยังไม่มีเลขลำดับหลังเครื่องหมายทับ"
        )


def check_dated_on(reading: LetterReading, setting: Setting) -> Iterator[Doubt]:
    """วันที่ของหนังสือ: a weekend is rare, and no letter comes before it is written."""
    if reading.dated_on is None:
        return
    day = reading.dated_on.value
    if day.weekday() >= _SATURDAY:
        message = f"วันที่ของหนังสือ {format_date(day)} เป็น{WEEKDAYS[day.weekday()]}"
        yield Doubt("dated_on_weekend", ("dated_on",), message)
    if setting.arrived and day > setting.arrived.date():
        came = format_date(setting.arrived.date())
        message = f"วันที่ของหนังสือ {format_date(day)} อยู่หลังวันที่มาถึง {came}"
        yield Doubt("dated_after_arrival", ("dated_on",), message)


def check_receipt(reading: LetterReading) -> Iterator[Doubt]:
    """วันที่รับ: on or after the letter's date, and not half a year later."""
    received = reading.receipt.received_on if reading.receipt else None
    if received is None or reading.dated_on is None:
        return
    got, dated = received.value, reading.dated_on.value
    fields = ("receipt.received_on", "dated_on")
    if got < dated:
        message = f"วันที่รับ {format_date(got)} อยู่ก่อนวันที่ของหนังสือ {format_date(dated)}"
        yield Doubt("received_before_dated", fields, message)
    elif got - dated > _LONG:
        message = f"วันที่รับ {format_date(got)} ห่างจากวันที่ของหนังสือ {format_date(dated)} เกินครึ่งปี"
        yield Doubt("received_long_after", fields, message)


def check_references(reading: LetterReading) -> Iterator[Doubt]:
    """อ้างถึง: an earlier letter has a number and a date, and is not younger than this one."""
    dated = reading.dated_on.value if reading.dated_on else None
    for which, reference in enumerate(reading.references):
        place = f"references[{which}]"
        if reference.number is None or reference.dated_on is None:
            lacking = "เลขที่" if reference.number is None else "วันที่"
            message = f"หนังสือที่อ้างถึง “{reference.value[:60]}” อ่าน{lacking}ไม่ได้"
            yield Doubt("reference_incomplete", (place,), message)
        if dated and reference.dated_on and reference.dated_on > dated:
            message = (
                f"หนังสือที่อ้างถึงลงวันที่ {format_date(reference.dated_on)} "
                f"หลังวันที่ของหนังสือฉบับนี้ {format_date(dated)}"
            )
            yield Doubt("reference_after_letter", (f"{place}.dated_on", "dated_on"), message)


def check_deadlines(reading: LetterReading, setting: Setting) -> Iterator[Doubt]:
    """กำหนดเวลา: past, nearly past, before the letter itself, or open to several readings."""
    dated = reading.dated_on.value if reading.dated_on else None
    came = _came_on(reading, setting)
    earlier = {
        place
        for doubt in reading.doubts
        if doubt.code == "deadline_of_earlier"
        for place in doubt.fields
    }
    for which, due in enumerate(reading.deadlines):
        place = f"deadlines[{which}]"
        said = " ".join(due.text.split())[:80]
        if len({(r.opens, r.closes) for r in due.readings}) > 1:
            ways = " หรือ ".join(_window(r.opens, r.closes) for r in due.readings[:4])
            message = f"กำหนด “{said}” นับได้ {len(due.readings)} แบบ: {ways}"
            yield Doubt("deadline_has_readings", (place,), message)
        for problem in problems_of(due, dated_on=dated):
            yield Doubt(problem.code, (place,), problem.message)
        if due.closes is None or place in earlier:
            continue
        if dated and due.closes < dated:
            message = f"กำหนด “{said}” ตรงกับ {format_date(due.closes)} ซึ่งอยู่ก่อนวันที่ของหนังสือ"
            yield Doubt("deadline_before_letter", (place, "dated_on"), message)
        elif came and due.closes < came:
            message = f"กำหนด “{said}” ผ่านไปแล้วเมื่อหนังสือมาถึงในวันที่ {format_date(came)}"
            yield Doubt("deadline_past_on_arrival", (place,), message)
        elif came and due.closes - came < _NEAR and _days_left(came, due.closes, setting) <= 1:
            message = (
                f"เมื่อหนังสือมาถึงในวันที่ {format_date(came)} เหลือเวลาไม่เกินหนึ่งวันทำการก่อนครบกำหนด “{said}”"
            )
            yield Doubt("deadline_near", (place,), message)


def _days_left(came: date, closes: date, setting: Setting) -> int:
    calendar = setting.calendar
    if calendar is None and came.year in _YEARS_WITH_HOLIDAYS:
        calendar = thai_calendar(came.year, closes.year)
    return (calendar or WorkingCalendar({})).working_days_between(came, closes)


def _came_on(reading: LetterReading, setting: Setting) -> date | None:
    received = reading.receipt.received_on if reading.receipt else None
    dated = reading.dated_on
    if received and not (dated and received.value < dated.value):
        return received.value
    return setting.arrived.date() if setting.arrived else None


def _window(opens: date | None, closes: date | None) -> str:
    days = [format_date(day, style="short") for day in (opens, closes) if day]
    return " ถึง ".join(dict.fromkeys(days)) or "ไม่มีวันที่แน่นอน"


def check_obligations(reading: LetterReading) -> Iterator[Doubt]:
    """สิ่งที่ขอให้ดำเนินการ: a letter asks something, if only to be noted."""
    if not reading.obligations and reading.kind in _ASKING:
        message = f"ไม่พบว่า{reading.kind.label}ฉบับนี้ขอให้ทำสิ่งใด หรือแจ้งเพื่อทราบ"
        yield Doubt("no_obligation_found", ("obligations",), message)


def check_enclosures(reading: LetterReading) -> Iterator[Doubt]:
    """สิ่งที่ส่งมาด้วย: the text speaks of papers that no list names."""
    if reading.enclosures or reading.kind not in (LetterKind.EXTERNAL, LetterKind.STAMPED):
        return
    spoken = next((found for page in reading.pages if (found := _ENCLOSED.search(page))), None)
    if spoken:
        message = f"เนื้อความกล่าวถึง “{spoken.group()}” แต่ไม่พบรายการสิ่งที่ส่งมาด้วย"
        yield Doubt("enclosures_not_listed", ("enclosures",), message)


def check_addressees(reading: LetterReading) -> Iterator[Doubt]:
    """ผู้รับ: a name left blank for each copy, as in a letter drafted for many schools."""
    for which, found in enumerate(reading.addressees):
        if re.search(r"\.{4}|…{2}|_{4}", found.value):
            message = f"ชื่อผู้รับ “{found.value.strip('.…_ ')}” ยังเว้นว่างไว้ให้เติม"
            yield Doubt("addressee_blank", (f"addressees[{which}]",), message)


def check_digits(reading: LetterReading) -> Iterator[Doubt]:
    """เลขสองแบบในช่องเดียว: Thai and Arabic digits side by side are a slip of someone."""
    places: list[tuple[str, str]] = [
        (name, found.text)
        for name in ("number", "dated_on", "telephone")
        if (found := getattr(reading, name))
    ]
    places += [(f"references[{n}]", found.text) for n, found in enumerate(reading.references)]
    for place, words in places:
        if _THAI_DIGIT.search(words) and _ARABIC_DIGIT.search(words):
            message = f"“{' '.join(words.split())[:80]}” ใช้เลขไทยปนเลขอารบิก"
            yield Doubt("digits_mixed", (place,), message)
