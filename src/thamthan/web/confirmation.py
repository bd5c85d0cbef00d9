"""A reading as the fields of a form, and the form as the reading that a person confirmed.

The fields are named as a reading's doubts name them: `dated_on`, `references[0].number`. What was
left as it was keeps its words, place and certainty; what a person changed, or ticked as checked,
is certain.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from thamthan.reading.model import (
    Doubt,
    EnclosureFinding,
    LetterReading,
    NumberFinding,
    Receipt,
    ReferenceFinding,
)
from thamthan.thai.correspondence import (
    LetterKind,
    LetterNumber,
    Secrecy,
    Urgency,
    parse_letter_number,
)
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.body_confirmation import (
    Recount,
    Resolve,
    confirmed_deadlines,
    confirmed_items,
    confirmed_obligations,
    deadline_values,
    item_values,
    obligation_values,
)
from thamthan.web.given import NOWHERE, SURE, Given

WORDS = (
    "sender",
    "address",
    "subject",
    "signatory",
    "position",
    "owner_unit",
    "telephone",
    "email",
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a form makes of a reading, what is wrong with it, and which fields a person settled."""

    reading: LetterReading
    problems: dict[str, str]
    changed: frozenset[str]
    checked: frozenset[str]
    # Where each kept row of a list went, for what points at it.
    moves: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def settled(self) -> frozenset[str]:
        return self.changed | self.checked

    def settles(self, doubt: Doubt) -> bool:
        """Whether a person changed, took out or ticked a field that this doubt names."""
        return any(touches(place, named) for named in doubt.fields for place in self.settled)

    def as_kept(self, doubt: Doubt) -> Doubt:
        """A doubt about the form's rows, with the numbers that its rows got when it was kept."""
        return replace(doubt, fields=tuple(_moved(named, self.moves) for named in doubt.fields))

    def as_shown(self, doubt: Doubt) -> Doubt:
        """A doubt about the confirmed reading, with its rows numbered as the form numbers them."""
        back = {name: {at: row for row, at in rows.items()} for name, rows in self.moves.items()}
        return replace(doubt, fields=tuple(_moved(named, back) for named in doubt.fields))


def form_values(reading: LetterReading) -> dict[str, str]:
    """ผลการอ่านเป็นแบบฟอร์ม: what each field of the confirm page shows at first."""
    values = {name: _shown(getattr(reading, name)) for name in ("number", "dated_on", *WORDS)}
    values["kind"] = reading.kind.value
    values["urgency"] = reading.urgency.value.value if reading.urgency else ""
    values["secrecy"] = reading.secrecy.value.value if reading.secrecy else ""
    values["addressees"] = "\n".join(squeeze(one.value) for one in reading.addressees)
    for row, reference in enumerate(reading.references):
        at = f"references[{row}]"
        values[f"{at}.agency"] = reference.agency or ""
        values[f"{at}.urgency"] = reference.urgency.value if reference.urgency else ""
        values[f"{at}.number"] = reference.number or ""
        values[f"{at}.dated_on"] = _day(reference.dated_on)
    for row, enclosure in enumerate(reading.enclosures):
        at = f"enclosures[{row}]"
        values[f"{at}.value"] = enclosure.value
        values[f"{at}.quantity"] = "" if enclosure.quantity is None else str(enclosure.quantity)
        values[f"{at}.unit"] = enclosure.unit or ""
    stamp = reading.receipt or Receipt()
    for name in ("organisation", "number", "received_on", "time"):
        values[f"receipt.{name}"] = _shown(getattr(stamp, name))
    values["receipt.time"] = values["receipt.time"].replace(":", ".")
    values.update(item_values(reading.items))
    values.update(obligation_values(reading.obligations))
    values.update(deadline_values(reading.deadlines))
    return values


def _shown(finding: Any) -> str:
    if finding is None:
        return ""
    return _day(finding.value) if isinstance(finding.value, date) else str(finding.value)


def _day(day: date | None) -> str:
    return format_date(day, style="short") if day else ""


def confirmed_reading(
    was: LetterReading,
    values: Mapping[str, str],
    *,
    resolve: Resolve,
    near: date | None,
    shown: Mapping[str, str] | None = None,
    recount: Recount | None = None,
) -> Confirmed:
    """แบบฟอร์มเป็นผลการอ่าน. A field with a problem stays empty in it; the form says why.

    `shown` is what the form showed at first, where that was more than the reading says. `recount`
    counts a deadline again from days that a person corrected.
    """
    given = Given(values, shown=form_values(was) if shown is None else shown, near=near)
    simple: dict[str, Any] = {
        name: given.finding(name, getattr(was, name), read=lambda at: given.words(at))
        for name in WORDS
    }
    # The deadlines go before what is asked, which points at them.
    due = was.deadlines if recount is None else tuple(map(recount, was.deadlines))
    deadlines = confirmed_deadlines(given, due, resolve=resolve)
    reading = replace(
        was,
        **simple,
        kind=_kind(given, was.kind),
        number=_number(given, was.number),
        urgency=given.finding("urgency", was.urgency, read=lambda at: _urgency(given.words(at))),
        secrecy=given.finding("secrecy", was.secrecy, read=lambda at: _secrecy(given.words(at))),
        dated_on=given.finding("dated_on", was.dated_on, read=given.day),
        addressees=given.findings("addressees", was.addressees),
        references=_references(given, was.references),
        enclosures=_enclosures(given, was.enclosures),
        items=confirmed_items(given, was.items),
        deadlines=deadlines,
        obligations=confirmed_obligations(given, was.obligations),
        receipt=_receipt(given, was.receipt),
    )
    if reading.subject is None:
        given.problems.setdefault("subject", "ต้องมีเรื่องของหนังสือ จึงจะลงทะเบียนได้")
    checked = frozenset(
        name.removeprefix("checked:") for name in values if name.startswith("checked:")
    )
    confirmed = Confirmed(reading, given.problems, frozenset(given.changed), checked, given.moves)
    left = [doubt for doubt in was.doubts if not confirmed.settles(doubt)]
    moved = tuple(
        replace(doubt, fields=tuple(_moved(field, given.moves) for field in doubt.fields))
        for doubt in left
    )
    return replace(confirmed, reading=replace(reading, doubts=moved))


def doubts_left(confirmed: Confirmed, again: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """ข้อสงสัยที่ยังเหลือ: of those found on checking again, the ones that no person has settled,
    and those that a person's own change gave rise to.
    """
    known = {(doubt.code, doubt.fields) for doubt in confirmed.reading.doubts}
    return tuple(
        doubt
        for doubt in again
        if (doubt.code, doubt.fields) in known
        or any(touches(place, field) for field in doubt.fields for place in confirmed.changed)
    )


def touches(place: str, field: str) -> bool:
    """Whether one of two fields is, or lies within, the other."""
    return _within(place, field) or _within(field, place)


def _within(field: str, whole: str) -> bool:
    return field == whole or field.startswith((f"{whole}.", f"{whole}["))


def _moved(field: str, moves: Mapping[str, Mapping[int, int]]) -> str:
    """`references[2].number` where its row has become the first: `references[0].number`."""
    found = re.match(r"(\w+)\[(\d+)\]", field)
    if found is None:
        return field
    at = moves.get(found[1], {}).get(int(found[2]), int(found[2]))
    return f"{found[1]}[{at}]{field[found.end() :]}"


def _kind(given: Given, was: LetterKind) -> LetterKind:
    word = given.words("kind")
    if word not in list(LetterKind) or word == was:
        return was
    given.changed.add("kind")
    return LetterKind(word)


def _urgency(word: str) -> Urgency | None:
    return Urgency(word) if word in list(Urgency) else None


def _secrecy(word: str) -> Secrecy | None:
    return Secrecy(word) if word in list(Secrecy) else None


def _number(given: Given, was: NumberFinding | None) -> NumberFinding | None:
    if given.is_same("number"):
        return replace(was, certainty=SURE) if was and given.is_checked("number") else was
    given.changed.add("number")
    words = given.words("number")
    if not words:
        return None
    # A number of no known shape is still the letter's number, as the person wrote it.
    number = parse_letter_number(words) or LetterNumber("", "", False, words)
    return NumberFinding.of(
        number,
        text=was.text if was else "",
        span=was.span if was else NOWHERE,
        certainty=SURE,
    )


def _references(given: Given, was: tuple[ReferenceFinding, ...]) -> tuple[ReferenceFinding, ...]:
    kept: list[ReferenceFinding] = []
    for row in given.rows("references", len(was)):
        at = f"references[{row}]"
        reference = _reference(given, at, was[row] if row < len(was) else None)
        if reference is not None:
            given.keep("references", row, at=len(kept))
            kept.append(reference)
    return tuple(kept)


def _reference(given: Given, at: str, was: ReferenceFinding | None) -> ReferenceFinding | None:
    names = [f"{at}.{part}" for part in ("agency", "urgency", "number", "dated_on")]
    changed = {name for name in names if not given.is_same(name)}
    given.changed.update(changed)
    if given.is_removed(at):
        given.changed.add(at)
        return None
    if was is not None and not changed:
        return replace(was, certainty=SURE) if given.is_checked(at) else was
    agency, urgency, number = (given.words(name) for name in names[:3])
    dated_on = was.dated_on if was and names[3] not in changed else given.day(names[3])
    if not (agency or number or dated_on or given.words(names[3])):
        return None
    parsed = parse_letter_number(number)
    speed = _urgency(urgency)
    written = " ".join(
        part
        for part in (
            f"หนังสือ{agency.removeprefix('หนังสือ')}" if agency else "",
            speed.label if speed and speed != Urgency.NORMAL else "",
            f"ที่ {parsed or number}" if number else "",
            f"ลงวันที่ {format_date(dated_on)}" if dated_on else "",
        )
        if part
    )
    return ReferenceFinding(
        value=written,
        text=was.text if was else "",
        span=was.span if was else NOWHERE,
        certainty=SURE,
        agency=agency or None,
        urgency=speed,
        number=str(parsed) if parsed else number or None,
        dated_on=dated_on,
    )


def _enclosures(given: Given, was: tuple[EnclosureFinding, ...]) -> tuple[EnclosureFinding, ...]:
    kept: list[EnclosureFinding] = []
    for row in given.rows("enclosures", len(was)):
        at = f"enclosures[{row}]"
        enclosure = _enclosure(given, at, was[row] if row < len(was) else None)
        if enclosure is not None:
            given.keep("enclosures", row, at=len(kept))
            kept.append(enclosure)
    return tuple(kept)


def _enclosure(given: Given, at: str, was: EnclosureFinding | None) -> EnclosureFinding | None:
    names = [f"{at}.{part}" for part in ("value", "quantity", "unit")]
    changed = {name for name in names if not given.is_same(name)}
    given.changed.update(changed)
    if given.is_removed(at):
        given.changed.add(at)
        return None
    if was is not None and not changed:
        return replace(was, certainty=SURE) if given.is_checked(at) else was
    value = given.words(names[0])
    if not value:
        return None
    return EnclosureFinding(
        value=value,
        text=was.text if was else "",
        span=was.span if was else NOWHERE,
        certainty=SURE,
        quantity=given.count(names[1]),
        unit=given.words(names[2]) or None,
    )


def _receipt(given: Given, was: Receipt | None) -> Receipt | None:
    old = was or Receipt()
    new = Receipt(
        organisation=given.finding(
            "receipt.organisation", old.organisation, read=lambda at: given.words(at)
        ),
        number=given.finding("receipt.number", old.number, read=given.count),
        received_on=given.finding("receipt.received_on", old.received_on, read=given.day),
        time=given.finding("receipt.time", old.time, read=lambda at: _clock(given, at)),
    )
    if new == Receipt() and (was is None or was != Receipt()):
        return None
    return new


def _clock(given: Given, name: str) -> str | None:
    clock = given.clock(name)
    return f"{clock:%H:%M}" if clock else None
