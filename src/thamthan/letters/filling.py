"""What a reading says becomes a letter's columns, its references and its enclosures."""

from dataclasses import replace
from datetime import date

from thamthan.letters.models import Enclosure, Letter, Reference
from thamthan.letters.rules import clock
from thamthan.reading.model import Deadline, Doubt, LetterReading
from thamthan.thai.correspondence import parse_letter_number


def stamp_compared(reading: LetterReading, receipt_number: int) -> LetterReading:
    """ตรารับเทียบกับทะเบียน: a doubt is added where the house's own stamp bears another number.

    The stamp and the register must agree (ข้อ 38 ระเบียบสารบรรณ, as commonly taught; unverified).
    """
    stamped = reading.receipt.number if reading.receipt else None
    is_ours = all(doubt.code != "receipt_of_another" for doubt in reading.doubts)
    if stamped is None or stamped.value == receipt_number or not is_ours:
        return reading
    doubt = Doubt(
        code="receipt_number_differs",
        fields=("receipt.number",),
        message=f"ตรารับเป็นเลข {stamped.value} แต่ทะเบียนเป็นเลข {receipt_number}",
        suggestion=receipt_number,
    )
    kept = tuple(one for one in reading.doubts if one.code != doubt.code)
    return replace(reading, doubts=(*kept, doubt))


def fill_letter(letter: Letter, reading: LetterReading) -> None:
    """Copy what a reading says into the letter's columns, each cut to what the column holds."""
    letter.kind = reading.kind
    letter.number = (reading.number.value if reading.number else "")[:120]
    number = parse_letter_number(letter.number)
    letter.number_key = number.key()[:120] if number else ""
    letter.dated_on = reading.dated_on.value if reading.dated_on else None
    letter.sender = (reading.sender.value if reading.sender else "")[:300]
    letter.addressee = "\n".join(finding.value for finding in reading.addressees)
    letter.subject = reading.subject.value if reading.subject else ""
    letter.urgency = reading.urgency.value if reading.urgency else "normal"
    if reading.secrecy is not None:
        letter.secrecy = reading.secrecy.value
    due = _soonest(reading)
    letter.due_on = due.closes if due else None
    letter.due_time = clock(due.time) if due else None
    letter.due_rule = (due.rule or "")[:200] if due else ""
    letter.doubt_count = len(reading.doubts)


def _soonest(reading: LetterReading) -> Deadline | None:
    """The deadline that closes first among those that what is asked hangs on."""
    asked = {obligation.deadline for obligation in reading.obligations}
    dated = [
        deadline
        for index, deadline in enumerate(reading.deadlines)
        if index in asked and deadline.closes is not None
    ]
    return min(dated, key=lambda deadline: deadline.closes or date.max, default=None)


def write_particulars(letter: Letter, reading: LetterReading) -> None:
    letter.references.all().delete()
    letter.enclosures.all().delete()
    references = []
    for position, reference in enumerate(reading.references, start=1):
        number = parse_letter_number(reference.number or "")
        references.append(
            Reference(
                letter=letter,
                position=position,
                agency=(reference.agency or "")[:300],
                number=(reference.number or "")[:120],
                number_key=number.key()[:120] if number else "",
                dated_on=reference.dated_on,
                words=reference.text,
            )
        )
    Reference.objects.bulk_create(references)
    Enclosure.objects.bulk_create(
        Enclosure(
            letter=letter,
            position=position,
            name=enclosure.value,
            quantity=enclosure.quantity,
            unit=(enclosure.unit or "")[:40],
        )
        for position, enclosure in enumerate(reading.enclosures, start=1)
    )
