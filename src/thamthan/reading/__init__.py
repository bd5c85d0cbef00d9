"""อ่านหนังสือ: a document goes in, what it says comes out."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from thamthan.reading.annexes import is_cut_short, read_enclosures, read_references
from thamthan.reading.asking import Dated, Running
from thamthan.reading.byhand import flagged_by_hand, with_stamps
from thamthan.reading.certainty import limited
from thamthan.reading.deadlines import find_deadlines, resolve_deadline
from thamthan.reading.doubts import Setting, cross_check, still_open
from thamthan.reading.fields import (
    read_addressees,
    read_dated_on,
    read_number,
    read_secrecy,
    read_sender,
    read_subject,
    read_urgency,
)
from thamthan.reading.items import read_items
from thamthan.reading.joints import Stretch, joints_in
from thamthan.reading.layout import Layout, lay_out
from thamthan.reading.model import Doubt, LetterReading, Paper
from thamthan.reading.names import Known
from thamthan.reading.orders import read_obligations
from thamthan.reading.pages import Document, pages_of, pages_of_text
from thamthan.reading.paragraphs import Paragraphs, find_paragraphs
from thamthan.reading.parts import Part
from thamthan.reading.private import private_places
from thamthan.reading.receipts import read_receipt
from thamthan.reading.sheet import Sheet
from thamthan.reading.signing import (
    read_email,
    read_owner_unit,
    read_position,
    read_signatory,
    read_telephone,
)
from thamthan.reading.told import (
    Stretches,
    is_purpose,
    is_within,
    promised,
    told_before,
    told_of_others,
)
from thamthan.reading.unread import with_unread_places
from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.correspondence import LetterKind, closing_for

__all__ = ["Document", "Known", "read", "recheck", "resolve_deadline"]


def read(
    document: Document | str,
    *,
    arrived: datetime | None = None,
    calendar: WorkingCalendar | None = None,
    known: Known | None = None,
) -> LetterReading:
    """อ่านหนังสือ: what the letter says, each finding with its words, its place and how sure it is.

    What the letter does not have is None, never a guess; what cannot be trusted has a doubt.
    Without a calendar that of the public holidays is taken. Raises `Unreadable` or `NeedsOCR` for
    a document that holds no text; any text whatever is read. Spans in a PDF have their box.
    """
    pages = pages_of_text(document) if isinstance(document, str) else pages_of(document)
    setting = Setting(arrived, calendar, known)
    layout = lay_out(Sheet(pages.texts, pages.places))
    reading, before = _read(layout, setting)
    # What had to be mended in the file belongs to no one field.
    before = (*(Doubt("text_mended", (), note) for note in pages.notes), *before)
    paper = with_stamps(pages.paper, reading.paper.marks)
    paper = replace(paper, private=private_places(layout.sheet))
    reading = replace(reading, doubts=before, paper=paper)
    reading = flagged_by_hand(limited(reading, pages.certainty, doubted=pages.doubted))
    doubts = cross_check(reading, setting=setting, before=reading.doubts)
    return with_unread_places(replace(reading, doubts=doubts), layout)


def recheck(
    reading: LetterReading,
    *,
    arrived: datetime | None = None,
    calendar: WorkingCalendar | None = None,
    known: Known | None = None,
) -> tuple[Doubt, ...]:
    """ตรวจทานใหม่: the doubts that are left after a person has corrected the reading.

    Looks at the fields as they now stand; a doubt read from the page stays until its field has a
    value that a person has given (certainty 1).
    """
    setting = Setting(arrived, calendar, known)
    return cross_check(reading, setting=setting, before=still_open(reading))


def _read(layout: Layout, setting: Setting) -> tuple[LetterReading, tuple[Doubt, ...]]:
    dated_on = read_dated_on(layout)
    day = dated_on.finding.value if dated_on.finding else None
    sender, address = read_sender(layout)
    addressees = read_addressees(layout)
    stamped = read_receipt(
        layout,
        addressed=[found.value for found in addressees],
        known=setting.known,
        dated_on=day,
        arrived=setting.arrived,
    )
    receipt = stamped.receipt
    received = receipt.received_on.value if receipt and receipt.received_on else None
    always = layout.kind in (LetterKind.ORDER, LetterKind.NOTICE)
    paragraphs = find_paragraphs(layout.sheet, layout.body)
    orders = read_items(layout.sheet, body=layout.body, paragraphs=paragraphs, always=always)
    told = told_before(layout)
    of_others = told_of_others(layout, paragraphs)
    own = promised(layout, paragraphs)
    joints = _joints(layout, paragraphs)
    dated = _dated(layout, setting, day, received, (told, of_others, own), joints)
    addressed = [found.value for found in addressees]
    asked, unclear = read_obligations(
        Running(layout, paragraphs, orders, addressed, dated, told, of_others)
    )
    reading = LetterReading(
        kind=layout.kind,
        number=read_number(layout),
        urgency=read_urgency(layout),
        secrecy=read_secrecy(layout),
        sender=sender,
        address=address,
        dated_on=dated_on.finding,
        subject=read_subject(layout),
        addressees=addressees,
        references=read_references(layout),
        enclosures=read_enclosures(layout),
        items=orders.items,
        obligations=asked,
        deadlines=tuple(due.deadline for due in dated),
        signatory=read_signatory(layout),
        position=read_position(layout),
        owner_unit=read_owner_unit(layout),
        telephone=read_telephone(layout),
        email=read_email(layout),
        receipt=receipt,
        pages=layout.sheet.pages,
        paper=Paper(marks=stamped.others),
    )
    doubts = (
        *([dated_on.doubt] if dated_on.doubt else []),
        *stamped.doubts,
        *_closing_doubts(layout),
        *_kind_doubts(layout),
        *_earlier(dated, told, of_others),
        *unclear,
        *_cut_lists(layout, items_are_cut=orders.is_cut),
    )
    return reading, doubts


def _dated(
    layout: Layout,
    setting: Setting,
    dated_on: date | None,
    received: date | None,
    not_asked: tuple[Stretches, Stretches, Stretches],
    joints: Sequence[Stretch],
) -> tuple[Dated, ...]:
    """The deadlines of the running text, led back to the pages.

    A stretch of time in what was asked earlier ("ภายใน 3 เดือน … นั้น") binds no longer, and one in
    what the sender itself promises binds no one else: both are left out; a day is kept there, and
    in what was asked earlier doubted. Haste in what something is for ("เพื่อให้ …
    โดยเร็ว") is none.
    """
    start, end = layout.body
    told, of_others, own = not_asked
    kept: list[Dated] = []
    for due in find_deadlines(
        layout.sheet.text[start:end],
        dated_on=dated_on,
        arrived=received or (setting.arrived.date() if setting.arrived else None),
        calendar=setting.calendar,
        joints=[(first - start, last - start) for first, last in joints],
    ):
        first, last = start + due.span.start, start + due.span.end
        days = due.kind in ("date", "window")
        if not days and (is_within(first, told) or is_within(first, own)):
            continue
        vague = due.kind in ("urgent", "undated")
        if due.kind == "recurring" and _only_told(layout, first, of_others):
            continue
        if vague and is_purpose(layout.sheet.text, first, since=start):
            continue
        span = layout.sheet.span(first, last)
        due = replace(due, text=layout.sheet.words(span), span=span)
        kept.append(Dated(due, first, last))
    return tuple(kept)


def _joints(layout: Layout, paragraphs: Paragraphs) -> list[Stretch]:
    """The ends of lines within a paragraph of the running text."""
    text = layout.sheet.text
    return [
        (first, last)
        for first, last in joints_in(text, *layout.body)
        if not paragraphs.opens_at(text.index("\n", first) + 1)
    ]


def _only_told(layout: Layout, place: int, of_others: Stretches) -> bool:
    """A rhythm in what others say ("มากกว่าทุกปี") that no one is told to keep."""
    which = bisect_right(of_others, (place, len(layout.sheet.text))) - 1
    if which < 0 or not is_within(place, of_others):
        return False
    return "ให้" not in layout.sheet.text[of_others[which][0] : place]


def _earlier(dated: Sequence[Dated], *told: Sequence[tuple[int, int]]) -> list[Doubt]:
    return [
        Doubt(
            "deadline_of_earlier",
            (f"deadlines[{which}]",),
            f"กำหนด “{' '.join(due.deadline.text.split())[:80]}” อยู่ในความเดิม อาจเป็นของหนังสือฉบับก่อน",
        )
        for which, due in enumerate(dated)
        if any(is_within(due.start, stretches) for stretches in told)
    ]


def _cut_lists(layout: Layout, *, items_are_cut: bool) -> list[Doubt]:
    """รายการยาวเกิน: a list so long that it was not read to its end."""
    lists = (
        ("items", "ข้อสั่งการ", items_are_cut),
        ("references", "อ้างถึง", is_cut_short(layout, Part.REFERENCES)),
        ("enclosures", "สิ่งที่ส่งมาด้วย", is_cut_short(layout, Part.ENCLOSURES)),
    )
    return [
        Doubt("list_cut_short", (field,), f"รายการ{name}ยาวมาก อาจอ่านไม่ครบทุกรายการ")
        for field, name, is_cut in lists
        if is_cut
    ]


def _kind_doubts(layout: Layout) -> list[Doubt]:
    """ชนิดของหนังสือ that no heading names and that its form does not show."""
    if layout.kind_is_sure:
        return []
    message = f"รูปแบบไม่ครบพอจะบอกชนิดของหนังสือ จึงถือเป็น{layout.kind.label}ไว้ก่อน"
    return [Doubt("kind_unclear", ("kind",), message)]


def _closing_doubts(layout: Layout) -> list[Doubt]:
    """คำลงท้าย that does not go with its คำขึ้นต้น (ภาคผนวก 2 ระเบียบสารบรรณ)."""
    opening = layout.head.opening
    closing = layout.foot.closing
    fitting = closing_for(opening) if opening else ()
    if closing is None or not fitting or closing.text in fitting:
        return []
    message = f"คำลงท้าย “{closing.text}” ไม่เข้าคู่กับคำขึ้นต้น “{opening}” ซึ่งต้องใช้ “{fitting[0]}”"
    return [Doubt("closing_unfit", ("addressees",), message, fitting[0])]
