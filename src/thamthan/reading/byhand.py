"""ลายมือ: a field that a hand wrote into is never promised, whatever the machine made of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from thamthan.reading.model import Doubt, Finding, LetterReading, Mark, Paper, Span

_T = TypeVar("_T")

# As sure as a guess at handwriting can be.
_GUESSED = 0.5

_SAID = {
    "number": (
        "number_by_hand",
        "เลขที่หนังสือหลังเครื่องหมายทับอ่านได้ไม่แน่ชัด อาจเขียนด้วยลายมือ กรุณาดูภาพแล้วกรอกตามต้นฉบับ",
    ),
    "dated_on": (
        "date_by_hand",
        "เลขวันของวันที่หนังสือเว้นว่างหรืออ่านได้ไม่แน่ชัด อาจเขียนด้วยลายมือ กรุณาดูภาพแล้วกรอกตามต้นฉบับ",
    ),
    "receipt.number": (
        "receipt_by_hand",
        "เลขรับในตรารับอ่านได้ไม่แน่ชัด อาจเขียนด้วยลายมือ กรุณาดูภาพแล้วกรอกตามต้นฉบับ",
    ),
    "receipt.received_on": (
        "receipt_by_hand",
        "วันที่รับในตรารับอ่านได้ไม่แน่ชัด อาจเขียนด้วยลายมือหรือตรายาง กรุณาดูภาพแล้วกรอกตามต้นฉบับ",
    ),
    "receipt.time": (
        "receipt_by_hand",
        "เวลารับในตรารับอ่านได้ไม่แน่ชัด อาจเขียนด้วยลายมือ กรุณาดูภาพแล้วกรอกตามต้นฉบับ",
    ),
}


def flagged_by_hand(reading: LetterReading) -> LetterReading:
    """ติดธงลายมือ: fields with a handwriting mark lose their promise and get a doubt in words.

    A mark names a field only where the letter itself stands: an annex has numbers and dates of
    its own. A field that already has a doubt gets no second one.
    """
    marks = [_of_the_letter(mark, reading) for mark in reading.paper.marks]
    marks = list(_of_one_stamp(marks, reading))
    named = {mark.field for mark in marks if mark.kind == "handwriting" and mark.field in _SAID}
    for field in sorted(filter(None, named)):
        reading = _capped(reading, field)
    doubts = tuple(_doubts(reading, sorted(filter(None, named))))
    return replace(
        reading,
        paper=replace(reading.paper, marks=tuple(marks)),
        doubts=(*reading.doubts, *doubts),
    )


def with_stamps(paper: Paper, stamps: Sequence[Mark]) -> Paper:
    """ตราของหน่วยงานอื่น: added to a page's marks, but for those that were seen as stamps already."""
    seen = [mark for mark in paper.marks if mark.kind == "stamp"]
    new = (
        stamp
        for stamp in stamps
        if not any(mark.page == stamp.page and _overlap(mark, stamp) for mark in seen)
    )
    return replace(paper, marks=(*paper.marks, *new))


def _overlap(one: Mark, other: Mark) -> bool:
    return (
        one.box[0] < other.box[2]
        and other.box[0] < one.box[2]
        and one.box[1] < other.box[3]
        and other.box[1] < one.box[3]
    )


def _of_one_stamp(marks: Sequence[Mark], reading: LetterReading) -> Iterator[Mark]:
    """The marks, with only those naming the receipt that stand nearest to what was read of it.

    Where nothing was read, the last stamp on the page counts: it is the lowest office's.
    """
    receipt = reading.receipt
    read = (receipt.number, receipt.organisation, receipt.received_on) if receipt else ()
    places = [found.span for found in read if found is not None and found.span.box]
    for mark in marks:
        rivals = [other for other in marks if other.field == mark.field and other.kind == mark.kind]
        if (mark.field or "").startswith("receipt.") and len(rivals) > 1:
            near = min(rivals, key=lambda one: _away(one, places[0])) if places else rivals[-1]
            mark = mark if mark is near else replace(mark, field=None)
        yield mark


def _away(mark: Mark, span: Span) -> float:
    box = span.box or mark.box
    aside = abs(mark.box[0] + mark.box[2] - box[0] - box[2])
    return aside + abs(mark.box[1] + mark.box[3] - box[1] - box[3]) + 1e6 * (mark.page != span.page)


def _of_the_letter(mark: Mark, reading: LetterReading) -> Mark:
    finding = {"number": reading.number, "dated_on": reading.dated_on}.get(mark.field or "")
    if mark.field in ("number", "dated_on") and mark.page != (finding.span.page if finding else 1):
        return replace(mark, field=None)
    return mark


def _capped(reading: LetterReading, field: str) -> LetterReading:
    if field == "number" and reading.number:
        sure = min(reading.number.certainty, _GUESSED)
        return replace(reading, number=replace(reading.number, certainty=sure))
    if field == "dated_on" and reading.dated_on:
        return replace(reading, dated_on=_guess(reading.dated_on))
    receipt = reading.receipt
    if receipt is None:
        return reading
    if field == "receipt.number" and receipt.number:
        receipt = replace(receipt, number=_guess(receipt.number))
    elif field == "receipt.received_on" and receipt.received_on:
        receipt = replace(receipt, received_on=_guess(receipt.received_on))
    elif field == "receipt.time" and receipt.time:
        receipt = replace(receipt, time=_guess(receipt.time))
    return replace(reading, receipt=receipt)


def _guess(finding: Finding[_T]) -> Finding[_T]:
    return replace(finding, certainty=min(finding.certainty, _GUESSED))


def _doubts(reading: LetterReading, fields: list[str]) -> Iterator[Doubt]:
    told = {field for doubt in reading.doubts for field in doubt.fields}
    for field in fields:
        if field not in told:
            code, message = _SAID[field]
            yield Doubt(code, (field,), message)
