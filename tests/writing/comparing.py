"""Whether what is read of a letter is what was written, or is flagged where it is not."""

from collections.abc import Iterator

from thamthan.reading.model import LetterReading, is_flagged
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency, parse_letter_number
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import fold
from thamthan.writing import OutgoingLetter


def same(left: str | None, right: str | None) -> bool:
    """Spaces aside, which justified lines move; digits of either script."""
    return "".join(fold(left or "").split()) == "".join(fold(right or "").split())


def silent_differences(letter: OutgoingLetter, reading: LetterReading) -> list[str]:
    """The fields that differ and that no one is warned of."""
    return [
        f"{field}: {wrong}"
        for field, wrong in differences(letter, reading)
        if not is_flagged(reading, field)
    ]


def differences(letter: OutgoingLetter, reading: LetterReading) -> Iterator[tuple[str, str]]:
    yield from _head_differences(letter, reading)
    read = [(found.number, found.dated_on, found.urgency) for found in reading.references]
    written = [
        (
            _number(line.number),
            line.dated_on,
            None if line.urgency is Urgency.NORMAL else line.urgency,
        )
        for line in letter.references
    ]
    if [(_number(number or ""), *rest) for number, *rest in read] != written:
        yield "references", f"{read} ≠ {written}"
    for at, (found, line) in enumerate(zip(reading.references, letter.references, strict=False)):
        if not same(found.agency, line.agency.removeprefix("คำสั่ง")):
            yield f"references[{at}]", f"{found.agency} ≠ {line.agency}"
    for at, (enclosed, thing) in enumerate(
        zip(reading.enclosures, letter.enclosures, strict=False)
    ):
        if not same(enclosed.value, thing.name) or enclosed.quantity != thing.quantity:
            yield f"enclosures[{at}]", f"{enclosed.value}, {enclosed.quantity} ≠ {thing}"
    if len(reading.enclosures) != len(letter.enclosures):
        yield "enclosures", f"{len(reading.enclosures)} ≠ {len(letter.enclosures)}"


def _head_differences(letter: OutgoingLetter, reading: LetterReading) -> Iterator[tuple[str, str]]:
    if reading.kind is not letter.kind:
        yield "kind", f"{reading.kind} ≠ {letter.kind}"
    is_stamped = letter.kind is LetterKind.STAMPED
    values = (
        ("number", reading.number, _number(letter.number)),
        ("dated_on", reading.dated_on, letter.dated_on),
        ("subject", reading.subject, "" if is_stamped else letter.subject),
        ("signatory", reading.signatory, letter.signatory),
        ("position", reading.position, " ".join(letter.position)),
    )
    for field, found, written in values:
        value = found.value if found else None
        if field == "number":
            value = _number(str(value or ""))
        if not (same(value, written) if isinstance(written, str) else value == written):
            yield field, f"{value} ≠ {written}"
    if not same(
        " ".join(found.value for found in reading.addressees).replace("และ", ""),
        letter.addressee.replace("และ", ""),
    ):
        yield "addressees", f"{[found.value for found in reading.addressees]} ≠ {letter.addressee}"
    urgency = reading.urgency.value if reading.urgency else Urgency.NORMAL
    if urgency is not letter.urgency:
        yield "urgency", f"{urgency} ≠ {letter.urgency}"
    secrecy = reading.secrecy.value if reading.secrecy else Secrecy.OPEN
    if secrecy is not letter.secrecy:
        yield "secrecy", f"{secrecy} ≠ {letter.secrecy}"


def _number(text: str) -> str:
    # Of an order the reader gives its name with the number.
    found = parse_letter_number(text.rpartition("ที่ ")[2])
    return str(found) if found else to_arabic(text.rpartition("ที่ ")[2])
