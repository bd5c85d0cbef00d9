"""How right the machine was: its reading of a letter beside the one that a person confirmed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from thamthan.reading.model import Finding, Item, LetterReading, is_flagged
from thamthan.thai.text import squeeze

Plain = str | int | list[Any] | dict[str, Any] | None

RIGHT, FLAGGED, MISSING, SILENT = "right", "flagged", "missing", "silent"
OUTCOMES = (RIGHT, FLAGGED, MISSING, SILENT)

_SINGLE = (
    *("kind", "number", "urgency", "secrecy", "sender", "address", "dated_on", "subject"),
    *("signatory", "position", "owner_unit", "telephone", "email"),
)
_RECEIPT = ("organisation", "number", "received_on", "time")


@dataclass(frozen=True, slots=True)
class FieldCompared:
    """ช่องหนึ่งเทียบกัน: what the machine read, what the person said, and whether it was flagged."""

    field: str
    machine: Plain
    person: Plain
    certainty: float | None
    is_flagged: bool

    @property
    def outcome(self) -> str:
        """Right; else flagged where the page said so, missing where nothing stood there, and
        silent where a wrong value was promised, which is the worst.
        """
        if self.machine == self.person:
            return RIGHT
        if self.is_flagged:
            return FLAGGED
        return SILENT if self.machine not in (None, []) else MISSING


@dataclass(frozen=True, slots=True)
class LetterCompared:
    """หนังสือหนึ่งฉบับเทียบกัน."""

    ref: str
    received_on: date
    confirmed_on: date
    fields: tuple[FieldCompared, ...]


def compare_readings(machine: LetterReading, person: LetterReading) -> tuple[FieldCompared, ...]:
    """เทียบผลการอ่าน, field by field; one that neither has is left out."""
    compared = (
        FieldCompared(
            field,
            value(machine),
            value(person),
            _certainty(machine, field),
            _flagged(machine, field),
        )
        for field, value in _fields()
    )
    return tuple(
        one for one in compared if one.machine != one.person or one.machine not in (None, [])
    )


def totals(letters: Iterable[LetterCompared]) -> dict[str, Counter[str]]:
    """ผลรวมของแต่ละช่อง: how often right, flagged, missing and silently wrong."""
    counts: dict[str, Counter[str]] = {field: Counter() for field, _ in _fields()}
    for letter in letters:
        for one in letter.fields:
            counts[one.field][one.outcome] += 1
    return {field: count for field, count in counts.items() if count}


def _fields() -> Iterator[tuple[str, Callable[[LetterReading], Plain]]]:
    for name in _SINGLE:
        yield name, lambda reading, name=name: _plain(getattr(reading, name))  # type: ignore[misc]
    for name in _RECEIPT:
        yield (
            f"receipt.{name}",
            lambda reading, name=name: _plain(getattr(reading.receipt, name, None)),  # type: ignore[misc]
        )
    yield "addressees", lambda reading: [_plain(one) for one in reading.addressees]
    yield (
        "references",
        lambda reading: [
            {"agency": one.agency, "number": one.number, "dated_on": _plain(one.dated_on)}
            for one in reading.references
        ],
    )
    yield (
        "enclosures",
        lambda reading: [
            {"value": squeeze(one.value), "quantity": one.quantity, "unit": one.unit}
            for one in reading.enclosures
        ],
    )
    yield "items", lambda reading: [_item(one) for one in reading.items]
    yield (
        "obligations",
        lambda reading: [
            {"ask": one.ask.value, "text": squeeze(one.text), "deadline": one.deadline}
            for one in reading.obligations
        ],
    )
    yield (
        "deadlines",
        lambda reading: [
            {"text": squeeze(one.text), "opens": _plain(one.opens), "closes": _plain(one.closes)}
            for one in reading.deadlines
        ],
    )


def _item(item: Item) -> dict[str, Any]:
    return {
        "label": item.label,
        "text": squeeze(item.text),
        "measures": [squeeze(one.value) for one in item.measures],
        "items": [_item(one) for one in item.items],
    }


def _plain(value: object) -> str | int | None:
    if isinstance(value, Finding):
        value = value.value
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else squeeze(str(value))


def _flagged(machine: LetterReading, field: str) -> bool:
    rows = getattr(machine, field, None)
    if isinstance(rows, tuple):
        return is_flagged(machine, field) or any(
            is_flagged(machine, f"{field}[{row}]") for row in range(len(rows))
        )
    return is_flagged(machine, field)


def _certainty(machine: LetterReading, field: str) -> float | None:
    """The least of what was found there; what is not a finding has none."""
    at: object = machine
    for step in field.split("."):
        at = getattr(at, step, None)
    found = [one for one in (at if isinstance(at, tuple) else (at,)) if isinstance(one, Finding)]
    return min((one.certainty for one in found), default=None)
