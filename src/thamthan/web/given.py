"""A form about a reading: what was typed, what the form showed at first, and what follows of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from thamthan.reading.model import Finding, Span
from thamthan.thai.text import squeeze
from thamthan.web.typed import Typed

T = TypeVar("T")
F = TypeVar("F", bound=Finding[str])

# A person's own words stand nowhere in the letter.
NOWHERE = Span(page=1, start=0, end=0)
SURE = 1.0
MOST_ROWS = 200


class Given(Typed):
    """Compares each field with what the form showed, so that what was left alone stays as it is."""

    def __init__(
        self, values: Mapping[str, str], *, shown: Mapping[str, str], near: date | None
    ) -> None:
        super().__init__(values, near=near)
        self.changed: set[str] = set()
        self.moves: dict[str, dict[int, int]] = {}
        self._shown = shown

    def is_same(self, name: str) -> bool:
        return squeeze(self.values.get(name, "")) == squeeze(self._shown.get(name, ""))

    def is_checked(self, name: str) -> bool:
        """Whether a person ticked this field, or the row that it stands in, as checked."""
        return any(self.is_ticked(f"checked:{part}") for part in (name, name.rsplit(".", 1)[0]))

    def is_removed(self, name: str) -> bool:
        return self.is_ticked(f"removed:{name}")

    def finding(
        self, name: str, was: Finding[T] | None, *, read: Callable[[str], T | None]
    ) -> Finding[T] | None:
        """The finding as it was, surer when it was checked, or with the value a person gave."""
        if self.is_same(name):
            return replace(was, certainty=SURE) if was and self.is_checked(name) else was
        self.changed.add(name)
        value = read(name)
        if value is None or value == "":
            return None
        if was is None:
            return Finding(value=value, text="", span=NOWHERE, certainty=SURE)
        return replace(was, value=value, certainty=SURE)

    def findings(self, name: str, was: Sequence[Finding[str]]) -> tuple[Finding[str], ...]:
        """One finding a line; a line that stood there before keeps its words and place."""
        checked = self.is_checked(name)
        if self.is_same(name):
            return tuple(replace(one, certainty=SURE) for one in was) if checked else tuple(was)
        self.changed.add(name)
        left = list(was)
        kept = []
        for line in self.lines(name):
            old = next((one for one in left if squeeze(one.value) == line), None)
            if old is None:
                kept.append(Finding(value=line, text="", span=NOWHERE, certainty=SURE))
                continue
            left.remove(old)
            kept.append(replace(old, certainty=SURE) if checked else old)
        return tuple(kept)

    def rows(self, name: str, count: int) -> list[int]:
        """The rows of a list: those it had, and those that were added below them."""
        added = {
            int(found[1])
            for key in self.values
            if (found := re.match(rf"{re.escape(name)}\[(\d{{1,3}})\]\.", key))
        }
        return [*range(count), *sorted(row for row in added if count <= row < MOST_ROWS)]

    def keep(self, name: str, row: int, *, at: int) -> None:
        """Remember where a kept row of a list went, for what points at it."""
        self.moves.setdefault(name, {})[row] = at
