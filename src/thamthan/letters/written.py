"""A letter written here as a reading: the machine need not look at paper whose words are known."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from thamthan.reading import read
from thamthan.reading.model import (
    EnclosureFinding,
    Finding,
    LetterReading,
    NumberFinding,
    ReferenceFinding,
    Span,
)
from thamthan.reading.names import Known
from thamthan.reading.pages import Document
from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.correspondence import Secrecy, Urgency, parse_letter_number
from thamthan.thai.dates import format_date
from thamthan.writing.letters import EnclosureLine, OutgoingLetter, Paragraph, ReferenceLine
from thamthan.writing.tables import Table

T = TypeVar("T")

SURE = 1.0
_NOWHERE = Span(page=1, start=0, end=0)
# What stands on the letter by its writer's own hand leaves nothing to doubt.
_KNOWN = (
    "kind",
    "number",
    "urgency",
    "secrecy",
    "sender",
    "address",
    "dated_on",
    "subject",
    "addressees",
    "references",
    "enclosures",
    "signatory",
    "position",
    "owner_unit",
    "receipt",
)


def letter_text(letter: OutgoingLetter) -> str:
    """ตัวหนังสือทั้งฉบับ, line by line as on paper."""
    lines = [
        f"ที่ {letter.number}",
        letter.agency,
        *letter.agency_address,
        format_date(letter.dated_on) if letter.dated_on else "",
        "",
        f"เรื่อง  {letter.subject}",
        "",
        f"{letter.opening}  {letter.addressee}",
        "",
    ]
    for label, rows in (
        ("อ้างถึง", [_reference(one) for one in letter.references]),
        ("สิ่งที่ส่งมาด้วย", [_enclosure(one) for one in letter.enclosures]),
    ):
        for at, row in enumerate(rows, start=1):
            number = f"{at}. " if len(rows) > 1 else ""
            lines.append(f"{label if at == 1 else '        '}  {number}{row}")
        if rows:
            lines.append("")
    for part in letter.body:
        lines += [*_body(part), ""]
    lines += [letter.closing, "", f"({letter.signatory})", *letter.position, ""]
    lines += [letter.owner_unit, *letter.contacts]
    return "\n".join(lines) + "\n"


def reading_of_written(
    letter: OutgoingLetter, *, at: datetime, calendar: WorkingCalendar, known: Known
) -> LetterReading:
    """ผลการอ่านของหนังสือที่เขียนในระบบ: what its writer said is certain; what it asks is read.

    Orders, obligations and deadlines are found in the words as in any letter.
    """
    text = letter_text(letter)
    document = Document(content=text.encode(), name="letter.txt")
    found = read(document, arrived=at, calendar=calendar, known=known)
    number = parse_letter_number(letter.number)
    return replace(
        found,
        kind=letter.kind,
        number=NumberFinding.of(number, text=letter.number, span=_NOWHERE, certainty=SURE)
        if number
        else None,
        urgency=_sure(found.urgency, letter.urgency) if letter.urgency != Urgency.NORMAL else None,
        secrecy=_sure(found.secrecy, letter.secrecy) if letter.secrecy != Secrecy.OPEN else None,
        sender=_sure(found.sender, letter.agency),
        address=_sure(found.address, " ".join(letter.agency_address)),
        dated_on=_sure(found.dated_on, letter.dated_on),
        subject=_sure(found.subject, letter.subject),
        addressees=(Finding(letter.addressee, letter.addressee, _NOWHERE, SURE),),
        references=tuple(map(_referred, letter.references)),
        enclosures=tuple(map(_enclosed, letter.enclosures)),
        signatory=_sure(found.signatory, letter.signatory),
        position=_sure(found.position, " ".join(letter.position)),
        owner_unit=_sure(found.owner_unit, letter.owner_unit),
        receipt=None,
        doubts=tuple(
            doubt
            for doubt in found.doubts
            if not all(name.startswith(_KNOWN) for name in doubt.fields)
        ),
        pages=(text,),
    )


def _sure(found: Finding[T] | None, value: T | None) -> Finding[T] | None:
    """What was written, with its place where the reader found it in the words."""
    if value is None or value == "":
        return None
    if found is not None and found.value == value:
        return replace(found, certainty=SURE)
    return Finding(value, str(value), _NOWHERE, SURE)


def _reference(line: ReferenceLine) -> str:
    dated = f" ลงวันที่ {format_date(line.dated_on)}" if line.dated_on else ""
    number = f" ที่ {line.number}" if line.number else ""
    speed = f" {line.urgency.label}" if line.urgency != Urgency.NORMAL else ""
    return f"หนังสือ{line.agency}{speed}{number}{dated}"


def _referred(line: ReferenceLine) -> ReferenceFinding:
    words = _reference(line)
    return ReferenceFinding(
        value=words,
        text=words,
        span=_NOWHERE,
        certainty=SURE,
        agency=line.agency or None,
        urgency=line.urgency if line.urgency != Urgency.NORMAL else None,
        number=line.number or None,
        dated_on=line.dated_on,
    )


def _enclosure(line: EnclosureLine) -> str:
    return f"{line.name} จำนวน {line.quantity} {line.unit}" if line.quantity else line.name


def _enclosed(line: EnclosureLine) -> EnclosureFinding:
    return EnclosureFinding(
        value=line.name,
        text=_enclosure(line),
        span=_NOWHERE,
        certainty=SURE,
        quantity=line.quantity,
        unit=line.unit or None,
    )


def _body(part: Paragraph | Table) -> list[str]:
    if isinstance(part, Paragraph):
        return [
            f"        {part.label} {part.text}".rstrip() if part.label else f"        {part.text}"
        ]
    rows = [[column.heading for column in part.columns], *part.rows]
    return ["  ".join(str(cell or "") for cell in row) for row in rows]
