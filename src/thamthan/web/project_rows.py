"""Rows of a project's parts as they are typed: names end in the number of the row."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.projects.actions import (
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
)
from thamthan.projects.rows import GroupRow, PlaceRow, RiskRow, StepRow, SupporterRow
from thamthan.projects.rules import PlaceKind
from thamthan.thai.digits import to_arabic
from thamthan.web.clause_form import named
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.projects.models import Project

MOST_TYPED = 200
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?")
# An empty row more than there are, for who has no script.
SPARE = 1


class Typing:
    """หนึ่งแถวที่พิมพ์: its fields by their names without the number."""

    def __init__(self, given: QueryDict, number: int) -> None:
        self._given, self._number = given, number

    def text(self, name: str) -> str:
        given = self._given.get(f"{name}-{self._number}", "")
        return given.replace("\x00", "").replace("\r\n", "\n").strip()

    def is_ticked(self, name: str) -> bool:
        return bool(self.text(name))

    def day(self, name: str) -> Any:
        typed = Typed({name: self.text(name)}, near=timezone.localdate())
        day = typed.day(name)
        if typed.problems:
            raise self._wrong(typed.problems[name])
        return day

    def count(self, name: str) -> int | None:
        typed = Typed({name: self.text(name)}, near=None)
        count = typed.count(name)
        if typed.problems:
            raise self._wrong(typed.problems[name])
        return count

    def satang(self, name: str) -> int | None:
        text = to_arabic(self.text(name)).replace(",", "").replace("บาท", "").strip()
        if not text:
            return None
        try:
            amount = Decimal(text) * 100
        except InvalidOperation:
            raise self._wrong(f"“{self.text(name)}” ไม่ใช่จำนวนเงิน พิมพ์อย่างนี้ได้: 12,500") from None
        if not amount.is_finite() or amount != int(amount) or not 0 <= amount < 10**17:
            raise self._wrong(f"“{self.text(name)}” ไม่ใช่จำนวนเงินที่ใช้ได้")
        return int(amount)

    def degrees(self, name: str) -> float | None:
        text = to_arabic(self.text(name)).replace(" ", "")
        if not text:
            return None
        if not _DEGREES.fullmatch(text):
            raise self._wrong(f"“{self.text(name)}” ไม่ใช่พิกัด พิมพ์อย่างนี้ได้: 13.049812")
        return float(text)

    def corners(self, name: str) -> tuple[tuple[float, float], ...]:
        """One corner a line, latitude before longitude as maps on phones tell them."""
        found = []
        for line in to_arabic(self.text(name)).splitlines():
            parts = [part for part in re.split(r"[,\s]+", line.strip()) if part]
            if not parts:
                continue
            if len(parts) != 2 or not all(_DEGREES.fullmatch(part) for part in parts):
                raise self._wrong(f"มุม “{line.strip()}” ไม่ใช่พิกัด พิมพ์บรรทัดละมุม: 13.0498, 99.9120")
            found.append((float(parts[1]), float(parts[0])))
        return tuple(found)

    def _wrong(self, words: str) -> Refused:
        return Refused(f"รายการที่ {self._number + 1}: {words}", code="wrong_row", status=400)


def rows_typed(given: QueryDict, *names: str) -> Iterator[Typing]:
    """The rows in which anything of these is typed; an empty one is none."""
    numbers = sorted(
        {
            int(number)
            for name, _, number in (key.rpartition("-") for key in given)
            if name in names and number.isascii() and number.isdigit() and len(number) < 4
        }
    )
    for number in numbers[:MOST_TYPED]:
        row = Typing(given, number)
        if any(row.text(name) for name in names):
            yield row


def _steps(project: "Project", given: QueryDict, post: "Post", version: int) -> "Project":
    rows = [
        StepRow(
            name=row.text("name"),
            begins_on=row.day("begins"),
            ends_on=row.day("ends"),
            is_milestone=row.is_ticked("milestone"),
            weight=row.count("weight") or 1,
            pk=int(row.text("pk"))
            if row.text("pk").isascii() and row.text("pk").isdigit()
            else None,
        )
        for row in rows_typed(given, "name", "begins", "ends")
    ]
    return set_steps(project, rows, by=post, seen_version=version)


def _groups(project: "Project", given: QueryDict, post: "Post", version: int) -> "Project":
    rows = [
        GroupRow(row.text("name"), row.text("unit"), row.count("planned"), row.count("reached"))
        for row in rows_typed(given, "name", "planned", "reached")
    ]
    return set_target_groups(project, rows, by=post, seen_version=version)


def _supporters(project: "Project", given: QueryDict, post: "Post", version: int) -> "Project":
    rows = []
    for row in rows_typed(given, "name", "gives", "worth"):
        # One of the tree where its code stands behind it, as a choice puts it; else by its name.
        found = named(post, row.text("name"))
        rows.append(
            SupporterRow(
                name=found.name if found else "",
                gives=row.text("gives"),
                worth_satang=row.satang("worth"),
                organisation=found.organisation if found else None,
            )
        )
    return set_supporters(project, rows, by=post, seen_version=version)


def _risks(project: "Project", given: QueryDict, post: "Post", version: int) -> "Project":
    rows = [
        RiskRow(
            row.text("what"),
            row.count("likelihood") or 0,
            row.count("effect") or 0,
            row.text("answer"),
        )
        for row in rows_typed(given, "what", "answer")
    ]
    return set_risks(project, rows, by=post, seen_version=version)


def _places(project: "Project", given: QueryDict, post: "Post", version: int) -> "Project":
    rows = []
    for row in rows_typed(given, "name", "village", "latitude", "longitude", "corners"):
        latitude, longitude = row.degrees("latitude"), row.degrees("longitude")
        kind = row.text("kind") or PlaceKind.VILLAGE
        number = row.count("village")
        name = row.text("name") or (f"หมู่ที่ {number}" if number else "")
        rows.append(
            PlaceRow(
                name=name or PlaceKind(kind).label if kind in PlaceKind.values else name,
                kind=kind,
                village_number=number,
                latitude_e6=None if latitude is None else round(latitude * 1e6),
                longitude_e6=None if longitude is None else round(longitude * 1e6),
                outline=row.corners("corners"),
            )
        )
    return set_places(project, rows, by=post, seen_version=version)


SetPart = Callable[["Project", QueryDict, "Post", int], "Project"]
PARTS: dict[str, SetPart] = {
    "steps": _steps,
    "groups": _groups,
    "supporters": _supporters,
    "risks": _risks,
    "places": _places,
}
