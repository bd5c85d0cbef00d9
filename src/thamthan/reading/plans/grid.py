"""A sheet of a workbook as a grid of cells, with all that lies over it; and the same as JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Literal

from thamthan.thai.text import repair, squeeze

# What a cell is besides its words: a formula whose result nobody saved, a fault (#REF!), a day,
# a share, a number that is shown in thousands, words that are struck out.
CellTrait = Literal["formula", "unsaved", "fault", "day", "share", "scaled", "struck"]
BoxKind = Literal["box", "comment"]


# Every cell is asked for its words again and again, and many cells say the same.
_MOST_KEPT = 8_192


@lru_cache(_MOST_KEPT)
def _words(text: str) -> str:
    return squeeze(repair(text))


@lru_cache(_MOST_KEPT)
def _lines(text: str) -> str:
    lines = (squeeze(repair(line)) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Cell:
    """ช่องหนึ่งของตาราง: its words as they are kept, and its number where it is one."""

    text: str
    number: Decimal | None = None
    traits: frozenset[CellTrait] = frozenset()

    @property
    def lines(self) -> str:
        """The words repaired, each line without white space at its ends and no empty line."""
        return _lines(self.text)

    @property
    def words(self) -> str:
        """The words repaired, on one line."""
        return _words(self.text)


@dataclass(frozen=True, slots=True)
class Area:
    """ช่องที่ผสานกัน: the first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Box:
    """กล่องข้อความ: what floats over the cells, or a comment on one, and the cells under it."""

    text: str
    area: Area
    kind: BoxKind = "box"


@dataclass(frozen=True)
class Grid:
    """แผ่นงานหนึ่งแผ่น; cells by row and column, counted from 1, only those that hold something."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()
    boxes: tuple[Box, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The rows that hold something, in their order, each with its cells from the left."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            if cell.text.strip() or cell.traits & {"unsaved", "fault"}:
                found.setdefault(row, {})[column] = cell
        return found

    @cached_property
    def _areas(self) -> dict[tuple[int, int], Area]:
        """The merged area of a cell, for all but the huge ones, which only decorate."""
        found: dict[tuple[int, int], Area] = {}
        for area in self.merged:
            bottom = min(area.bottom, self.last_row)
            if (bottom - area.top + 1) * (area.right - area.left + 1) > _LARGEST_AREA:
                continue
            for row in range(area.top, bottom + 1):
                for column in range(area.left, area.right + 1):
                    found[row, column] = area
        return found

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    def area_of(self, row: int, column: int) -> Area | None:
        """The merged area that a cell belongs to, or None."""
        return self._areas.get((row, column))

    def place(self, row: int, column: int) -> str:
        """The name of the cell whose words are seen at a place."""
        area = self._areas.get((row, column))
        return name_of(area.top, area.left) if area is not None else name_of(row, column)

    def cell(self, row: int, column: int) -> Cell | None:
        """What is seen at a place: of a merged area, what stands in its first cell."""
        area = self._areas.get((row, column))
        if area is not None:
            row, column = area.top, area.left
        return self.rows.get(row, {}).get(column)


_LARGEST_AREA = 20_000
_BASE = 26


def letters_of(column: int) -> str:
    """ชื่อคอลัมน์: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _BASE)
        letters = chr(ord("A") + rest) + letters
    return letters


def name_of(row: int, column: int) -> str:
    """ชื่อช่อง: the third row of the second column is B3."""
    return f"{letters_of(column)}{row}"


def grid_to_json(grid: Grid) -> str:
    """แผ่นงานเป็น JSON: how it crosses from the process apart that opened the file."""
    return json.dumps(
        {
            "name": grid.name,
            "hidden": grid.hidden,
            "cells": list(_plain_cells(grid)),
            "merged": [[area.top, area.left, area.bottom, area.right] for area in grid.merged],
            "boxes": [
                [box.text, box.kind, box.area.top, box.area.left, box.area.bottom, box.area.right]
                for box in grid.boxes
            ],
            "hidden_rows": sorted(grid.hidden_rows),
            "hidden_columns": sorted(grid.hidden_columns),
            "notes": grid.notes,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _plain_cells(grid: Grid) -> Iterator[list[object]]:
    for (row, column), cell in grid.cells.items():
        number = None if cell.number is None else str(cell.number)
        yield [row, column, cell.text, number, *sorted(cell.traits)]


def grid_from_json(given: str) -> Grid:
    """JSON เป็นแผ่นงาน: what `grid_to_json` made; the process apart is ours, so it is trusted."""
    told: dict[str, Any] = json.loads(given)
    return Grid(
        name=told["name"],
        hidden=told["hidden"],
        cells={
            (row, column): Cell(
                text, None if number is None else Decimal(number), frozenset(traits)
            )
            for row, column, text, number, *traits in told["cells"]
        },
        merged=tuple(Area(*sides) for sides in told["merged"]),
        boxes=tuple(Box(text, Area(*sides), kind) for text, kind, *sides in told["boxes"]),
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        notes=tuple(told["notes"]),
    )
