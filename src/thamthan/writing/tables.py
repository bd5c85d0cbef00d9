"""ตาราง: what a book or a list holds, before it is written as PDF, as a workbook or as CSV."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right"]
# A number with a point is an amount of money in baht; it keeps its two places.
Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """หนึ่งช่อง: its heading and its share of the width of the paper (any unit, all alike).

    `is_money` keeps room for an amount of nine figures and its satang in a workbook.
    """

    heading: str
    share: float
    align: Align = "left"
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """ตารางหนึ่งชุด: heading lines above, columns, rows as long as there are columns, lines below."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: str = ""
