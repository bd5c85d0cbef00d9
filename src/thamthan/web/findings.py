"""The findings of a letter as the confirm page shows them: doubtful ones first, then by parts."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from thamthan.reading.model import (
    Ask,
    Deadline,
    Doubt,
    Finding,
    Item,
    LetterReading,
    Receipt,
    is_flagged,
)
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.body_confirmation import NO_DATE, OWN
from thamthan.web.confirmation import touches
from thamthan.web.handwriting import DAYS, marks_of, whole_value
from thamthan.web.outlines import Papers
from thamthan.web.units import (
    BY_HAND,
    UNCLEAR,
    Choice,
    Entry,
    Group,
    HandCandidate,
    Options,
    Suggestion,
    Unit,
    window,
)

# Doubts whose suggestion is no value of the field that they name.
NO_VALUE = frozenset({"closing_unfit"})
MOST_CANDIDATES = 6

_KINDS: Options = [(kind.value, kind.label) for kind in LetterKind]
_URGENCIES: Options = [("", "ไม่ได้ระบุ"), *((one.value, one.label) for one in Urgency)]
_SECRECIES: Options = [("", "ไม่ได้ระบุ"), *((one.value, one.label) for one in Secrecy)]
_ASKS: Options = [(ask.value, ask.label) for ask in Ask]


class Findings:
    """Builds the units of a reading, with what stands in the form's fields now."""

    def __init__(
        self,
        reading: LetterReading,
        values: Mapping[str, str],
        *,
        problems: Mapping[str, str],
        theirs: Mapping[str, str],
        papers: Papers | None = None,
        left: Sequence[Doubt] | None = None,
        settled: frozenset[str] = frozenset(),
    ) -> None:
        """`left` are the doubts that remain of what now stands in the form; `settled` the fields
        that a person changed or ticked.
        """
        self._reading = reading
        self._bare = replace(reading, doubts=())
        self._papers = papers
        self._left = reading.doubts if left is None else tuple(left)
        self._settled = settled
        self._marks = marks_of(reading) if papers else {}
        self._values = values
        self._problems = problems
        self._theirs = theirs

    def groups(self) -> list[Group]:
        return [
            Group("หัวหนังสือ", list(self._head())),
            Group("กำหนดเวลา", list(self._deadlines()), more=[self._new_deadline()]),
            Group(
                "สิ่งที่ขอให้ทำ",
                list(self._obligations()),
                more=[self._obligation(self._fresh("obligations"))],
            ),
            Group("ข้อสั่งการในเนื้อหนังสือ", list(self._items()), more=[self._new_item()]),
            Group(
                "อ้างถึง", list(self._references()), more=[self._reference(self._fresh("references"))]
            ),
            Group(
                "สิ่งที่ส่งมาด้วย",
                list(self._enclosures()),
                more=[self._enclosure(self._fresh("enclosures"))],
            ),
            Group("ผู้ลงนามและเจ้าของเรื่อง", list(self._foot())),
            Group("ตรารับบนหนังสือ", [self._receipt()]),
        ]

    def _head(self) -> Iterator[Unit]:
        yield self._one("number", "ที่", is_wide=False)
        yield self._one("dated_on", "ลงวันที่", is_wide=False)
        yield self._one("subject", "เรื่อง", kind="area")
        yield self._one("sender", "จาก (ส่วนราชการเจ้าของหนังสือ)")
        yield self._one("addressees", "ถึง (เรียน)", kind="lines", hint="ผู้รับรายละหนึ่งบรรทัด")
        yield self._one("kind", "ชนิดหนังสือ", kind="select", options=_KINDS, is_wide=False)
        yield self._one("urgency", "ชั้นความเร็ว", kind="select", options=_URGENCIES, is_wide=False)
        yield self._one("secrecy", "ชั้นความลับ", kind="select", options=_SECRECIES, is_wide=False)

    def _foot(self) -> Iterator[Unit]:
        yield self._one("signatory", "ผู้ลงนาม", is_wide=False)
        yield self._one("position", "ตำแหน่ง", is_wide=False)
        yield self._one("owner_unit", "ส่วนราชการเจ้าของเรื่อง")
        yield self._one("telephone", "โทรศัพท์", is_wide=False)
        yield self._one("email", "อีเมล", is_wide=False)
        yield self._one("address", "ที่ตั้ง", kind="area")

    def _one(
        self,
        path: str,
        title: str,
        *,
        kind: str = "text",
        options: Options = (),
        hint: str = "",
        is_wide: bool = True,
    ) -> Unit:
        found = getattr(self._reading, path)
        entry = self._entry(path, title, kind=kind, options=options, hint=hint, is_wide=is_wide)
        if isinstance(found, tuple):
            words = " · ".join(one.text for one in found if one.text)
            has_place = any(one.text for one in found)
        else:
            words = found.text if isinstance(found, Finding) else ""
            has_place = bool(words)
        return self._unit(Unit(path, title, [entry], words=words, has_place=has_place))

    def _references(self) -> Iterator[Unit]:
        for row in self._rows("references", len(self._reading.references)):
            yield self._reference(row)

    def _reference(self, row: int) -> Unit:
        at = f"references[{row}]"
        known = self._reading.references
        words = known[row].text if row < len(known) else ""
        entries = [
            self._entry(f"{at}.agency", "หน่วยงาน"),
            self._entry(f"{at}.number", "ที่", is_wide=False),
            self._entry(f"{at}.dated_on", "ลงวันที่", is_wide=False),
            self._entry(
                f"{at}.urgency", "ชั้นความเร็ว", kind="select", options=_URGENCIES, is_wide=False
            ),
        ]
        unit = self._row(at, f"อ้างถึง {row + 1}", entries, words=words, is_new=row >= len(known))
        if not unit.is_new:
            agency, number, day = (entry.value for entry in entries[:3])
            unit.summary = f"{agency} {f'ที่ {number}' if number else ''} {day}".strip() or "แก้ไข"
        return unit

    def _enclosures(self) -> Iterator[Unit]:
        for row in self._rows("enclosures", len(self._reading.enclosures)):
            yield self._enclosure(row)

    def _enclosure(self, row: int) -> Unit:
        at = f"enclosures[{row}]"
        known = self._reading.enclosures
        words = known[row].text if row < len(known) else ""
        entries = [
            self._entry(f"{at}.value", "สิ่งที่ส่งมาด้วย", kind="area"),
            self._entry(f"{at}.quantity", "จำนวน", is_wide=False),
            self._entry(f"{at}.unit", "หน่วยนับ", is_wide=False),
        ]
        title = f"สิ่งที่ส่งมาด้วย {row + 1}"
        unit = self._row(at, title, entries, words=words, is_new=row >= len(known))
        if not unit.is_new:
            unit.summary = _short(" ".join(entry.value for entry in entries)) or "แก้ไข"
        return unit

    def _obligations(self) -> Iterator[Unit]:
        for row in self._rows("obligations", len(self._reading.obligations)):
            yield self._obligation(row)

    def _obligation(self, row: int) -> Unit:
        at = f"obligations[{row}]"
        known = self._reading.obligations
        words = known[row].text if row < len(known) else ""
        deadlines: Options = [
            ("", "ไม่มีกำหนดวัน"),
            *(
                (str(index), one.text or f"กำหนดที่ {index + 1}")
                for index, one in enumerate(self._reading.deadlines)
            ),
        ]
        entries = [
            self._entry(f"{at}.ask", "ขอให้", kind="select", options=_ASKS, is_wide=False),
            self._entry(f"{at}.to", "ต่อ/ให้แก่", is_wide=False),
            self._entry(f"{at}.text", "ถ้อยคำ", kind="area"),
            self._entry(f"{at}.deadline", "ภายในกำหนด", kind="select", options=deadlines),
        ]
        unit = self._row(at, f"ข้อที่ {row + 1}", entries, words="", is_new=row >= len(known))
        if not unit.is_new:
            ask = dict(_ASKS).get(entries[0].value, "")
            to = f"ต่อ{entries[1].value}" if entries[1].value else ""
            by = dict(deadlines).get(entries[3].value, "")
            unit.title = f"{ask}{to} · {by}" if by else f"{ask}{to}"
            unit.has_place = bool(words)
            unit.summary = _short(entries[2].value) or "แก้ไข"
        return unit

    def _deadlines(self) -> Iterator[Unit]:
        for row, deadline in enumerate(self._reading.deadlines):
            at = f"deadlines[{row}]"
            unit = self._row(
                at, "กำหนดเวลา", self._deadline_entries(at), words=deadline.text, is_new=False
            )
            unit.choice_path = f"{at}.choice"
            unit.summary = "กำหนดวันเอง หรือแก้ถ้อยคำ"
            unit.choices = list(self._choices(deadline, unit.choice_path))
            yield unit
        for row in self._rows("deadlines", len(self._reading.deadlines)):
            if row >= len(self._reading.deadlines):
                yield self._row(
                    f"deadlines[{row}]", "กำหนดเวลา", self._deadline_entries(f"deadlines[{row}]")
                )

    def _deadline_entries(self, at: str) -> list[Entry]:
        return [
            self._entry(f"{at}.text", "ถ้อยคำที่บอกกำหนด", kind="area"),
            self._entry(f"{at}.own", "กำหนดวันเอง", is_wide=False, hint="เช่น 20 มี.ค. 69"),
            self._entry(f"{at}.time", "เวลา (ถ้ามี)", is_wide=False, hint="เช่น 16.30"),
        ]

    def _choices(self, deadline: Deadline, path: str) -> Iterator[Choice]:
        chosen = self._values.get(path, "")
        for row, one in enumerate(deadline.readings):
            yield Choice(str(row), window(one.opens, one.closes), one.reason, chosen == str(row))
        yield Choice(OWN, "กำหนดวันเอง", "", chosen == OWN, is_own=True)
        yield Choice(NO_DATE, "ไม่มีวันกำหนด", "", chosen == NO_DATE)

    def _new_deadline(self) -> Unit:
        at = f"deadlines[{self._fresh('deadlines')}]"
        return self._row(at, "กำหนดเวลา", self._deadline_entries(at))

    def _items(self) -> Iterator[Unit]:
        yield from self._inner_items(self._reading.items, "items", "")
        for row in self._rows("items", len(self._reading.items)):
            if row >= len(self._reading.items):
                at = f"items[{row}]"
                yield self._row(at, "ข้อสั่งการ", self._item_entries(at))

    def _inner_items(self, items: Sequence[Item], within: str, above: str) -> Iterator[Unit]:
        for row, item in enumerate(items):
            at = f"{within}[{row}]"
            label = f"{above}{item.label or row + 1}"
            unit = self._row(
                at, f"ข้อ {label}", self._item_entries(at), words=item.label, is_new=False
            )
            unit.summary = _short(self._values.get(f"{at}.text", "")) or "แก้ไข"
            yield unit
            yield from self._inner_items(item.items, f"{at}.items", f"{label}.")

    def _item_entries(self, at: str) -> list[Entry]:
        return [
            self._entry(f"{at}.label", "ข้อ", is_wide=False),
            self._entry(f"{at}.text", "ข้อสั่งการ", kind="area"),
            self._entry(f"{at}.measures", "มาตรการในข้อนี้", kind="lines", hint="มาตรการละหนึ่งบรรทัด"),
        ]

    def _new_item(self) -> Unit:
        at = f"items[{self._fresh('items')}]"
        return self._row(at, "ข้อสั่งการ", self._item_entries(at))

    def _receipt(self) -> Unit:
        stamp = self._reading.receipt or Receipt()
        parts = (stamp.organisation, stamp.number, stamp.received_on, stamp.time)
        words = " · ".join(part.text for part in parts if part is not None and part.text)
        entries = [
            self._entry("receipt.organisation", "หน่วยงานในตรา"),
            self._entry("receipt.number", "เลขรับในตรา", is_wide=False),
            self._entry("receipt.received_on", "วันที่ในตรา", is_wide=False),
            self._entry("receipt.time", "เวลาในตรา", is_wide=False),
        ]
        return self._unit(Unit("receipt", "ตรารับ", entries, words=words, has_place=bool(words)))

    def _row(
        self, at: str, title: str, entries: list[Entry], *, words: str = "", is_new: bool = True
    ) -> Unit:
        unit = Unit(at, title, entries, words=words, has_place=bool(words))
        unit.is_row, unit.is_new = True, is_new
        unit.is_removed = bool(self._values.get(f"removed:{at}"))
        return self._unit(unit)

    def _unit(self, unit: Unit) -> Unit:
        unit.is_checked = bool(self._values.get(f"checked:{unit.path}"))
        if unit.is_new:
            return unit
        by_hand = [entry.path for entry in unit.entries if entry.path in self._marks]
        unit.is_by_hand = bool(by_hand)
        unit.was_flagged = (
            unit.is_by_hand
            or is_flagged(self._bare, unit.path)
            or any(_concerns(doubt, unit.path) for doubt in self._reading.doubts)
        )
        concerning = [doubt for doubt in self._left if _concerns(doubt, unit.path)]
        unit.is_flagged = bool(concerning) or self._is_unsure(unit)
        unit.doubts = [doubt.message for doubt in concerning]
        if unit.is_by_hand and unit.is_flagged:
            unit.doubts.insert(0, BY_HAND)
        if unit.is_flagged and not unit.doubts:
            unit.doubts = [UNCLEAR]
        if self._papers is not None:
            unit.box_id = f"b-{unit.id}" if self._papers.places(unit.path) else ""
            unit.crops = self._papers.crops(unit.path) if unit.was_flagged else []
        unit.candidates = [one for path in by_hand for one in self._candidates(path)]
        editable = {entry.path for entry in unit.entries}
        unit.suggestions = [
            suggestion
            for doubt in concerning
            if (suggestion := _suggestion(doubt, editable)) is not None
            and suggestion.value != self._values.get(suggestion.path)
        ]
        return unit

    def _is_unsure(self, unit: Unit) -> bool:
        """Whether the machine was not sure of it, or a hand wrote it, and no person settled it."""
        # The parts of a stamp are sure or not each by itself; elsewhere a row is one thing.
        parts = [entry.path for entry in unit.entries] if unit.path == "receipt" else [unit.path]
        return any(
            (path in self._marks or is_flagged(self._bare, path))
            and not any(touches(place, path) for place in self._settled)
            for path in parts
        )

    def _candidates(self, path: str) -> Iterator[HandCandidate]:
        mark = self._marks[path]
        shown = self._values.get(path, "")
        key = 0
        for candidate in mark.candidates[:MOST_CANDIDATES]:
            value = whole_value(self._reading, mark, candidate.text, shown=shown)
            if value is not None:
                key += 1
                yield HandCandidate(path, value, candidate.text, key)

    def general_doubts(self, units: Sequence[Unit]) -> list[str]:
        """The doubts that are about no one field: of the whole letter, or of a whole list."""
        return [
            doubt.message
            for doubt in self._left
            if not any(_concerns(doubt, unit.path) for unit in units if not unit.is_new)
        ]

    def _entry(self, path: str, label: str, **more: Any) -> Entry:
        return Entry(
            path=path,
            label=label,
            value=self._values.get(path, ""),
            problem=self._problems.get(path, ""),
            theirs=self._theirs.get(path, ""),
            hand=_hand(path) if path in self._marks else "",
            **more,
        )

    def _rows(self, name: str, count: int) -> range:
        return range(max(count, self._fresh(name)))

    def _fresh(self, name: str) -> int:
        """The number of the first row of a list in which nothing stands yet."""
        row = len(getattr(self._reading, name))
        while any(
            value and key.startswith(f"{name}[{row}].") and not key.endswith((".ask", ".choice"))
            for key, value in self._values.items()
        ):
            row += 1
        return row


def _concerns(doubt: Doubt, path: str) -> bool:
    return any(
        named == path or named.startswith((f"{path}.", f"{path}[")) for named in doubt.fields
    )


def _hand(path: str) -> str:
    return "head" if path in DAYS else "tail"


def _short(text: str) -> str:
    words = squeeze(text)
    return f"{words[:130]}…" if len(words) > 130 else words


def _suggestion(doubt: Doubt, editable: set[str]) -> Suggestion | None:
    if doubt.suggestion is None or doubt.code in NO_VALUE:
        return None
    path = next((named for named in doubt.fields if named in editable), None)
    if path is None:
        return None
    value = str(doubt.suggestion)
    # An ISO day is shown, and typed, as a Thai one; anything else as it is.
    with contextlib.suppress(ValueError):
        value = format_date(date.fromisoformat(value), style="short")
    return Suggestion(path=path, value=value, label=value)
