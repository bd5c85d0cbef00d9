"""A line of a plan's file as a person looks at it: what was understood beside its own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thamthan.projects.queries import line_read, words_of_row
from thamthan.projects.rules import LineChoice, LineStanding
from thamthan.projects.rules.plans import TEXT_LABELS, YearMoney, words_of_line
from thamthan.reading.plans.model import (
    AMENDMENT_LABELS,
    FIELD_LABELS,
    FORM_LABELS,
    Field,
    Money,
    PlanLine,
)
from thamthan.thai.digits import baht_figures
from thamthan.thai.text import squeeze

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.projects.models import ImportLine

_FIELDS: tuple[Field, ...] = (
    "objective",
    "target",
    "kpi",
    "result",
    "unit",
    "category",
    "kind",
    "district",
    "place",
    "reason",
    "source",
    "note",
)
NOT_STATED, NOTHING, UNREAD = "ไม่ระบุ", "ไม่มีงบ (-)", "อ่านไม่ได้"


@dataclass(frozen=True, slots=True)
class Understood:
    """หนึ่งช่อง: what was understood, and the cell's own words where they are others."""

    label: str
    value: str
    words: str = ""
    cell: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """ต่างจากในแผน: what stands there, and what the file says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LineCard:
    """แถวในไฟล์หนึ่งแถว as it is shown."""

    line: "ImportLine"
    read: PlanLine
    form: str
    headings: tuple[str, ...]
    doubts: tuple[str, ...]
    marks: tuple[str, ...]
    amounts: tuple[Understood, ...]
    ordinance: tuple[Understood, ...]
    fields: tuple[Understood, ...]
    differs: tuple[Difference, ...]

    @property
    def number(self) -> str:
        return self.read.text("number")

    @property
    def place(self) -> str:
        rows = self.read.rows
        return f"แถว {rows[0]}" if len(rows) == 1 else f"แถว {rows[0]}–{rows[-1]}"

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The presses that this line has, the likeliest first."""
        if self.line.standing == LineStanding.SAME:
            return ()
        if self.line.standing == LineStanding.CHANGED:
            taken = (LineChoice.TAKE.value, "แก้แถวเดิมตามไฟล์")
            return taken, (LineChoice.ADD.value, "เพิ่มเป็นแถวใหม่"), _LEFT
        return (LineChoice.TAKE.value, "นำเข้า"), _LEFT


_LEFT = (LineChoice.LEAVE.value, "ไม่นำเข้า")


def card_of(post: "Post", line: "ImportLine") -> LineCard:
    """One line with all that is to be said of it; doubts first, then what it says."""
    read = line_read(post, line)
    doubted = {doubt.cell for doubt in read.doubts if doubt.cell}
    return LineCard(
        line=line,
        read=read,
        form=FORM_LABELS[read.form],
        headings=tuple(one.told.value for one in read.headings),
        doubts=tuple(dict.fromkeys(doubt.message for doubt in read.doubts)),
        marks=tuple(f"{AMENDMENT_LABELS[one.kind]}: {one.words}" for one in read.amendments),
        amounts=tuple(_amount(one.be_year, one.planned, doubted) for one in read.budgets),
        ordinance=tuple(
            _amount(one.be_year, one.ordinance, doubted)
            for one in read.budgets
            if one.ordinance is not None
        ),
        fields=tuple(_fields(read, doubted)),
        differs=tuple(_differences(post, line, read)),
    )


def _amount(year: int, money: Money | None, doubted: set[str]) -> Understood:
    if money is None:
        return Understood(str(year), NOT_STATED)
    value = _told(money.satang) if money.written != "unread" else UNREAD
    words = money.words if squeeze(money.words) != value else ""
    plain = money.written in ("dash", "zero") or words.replace(",", "") == value.replace(",", "")
    return Understood(
        str(year), value, "" if plain else words, money.cell, is_doubtful=money.cell in doubted
    )


def _told(satang: int | None) -> str:
    if satang is None:
        return NOT_STATED
    return baht_figures(satang) if satang else NOTHING


def _fields(read: PlanLine, doubted: set[str]) -> Iterator[Understood]:
    for name in _FIELDS:
        told = read.told(name)
        if told is not None:
            words = told.words if squeeze(told.words) != squeeze(told.value) else ""
            yield Understood(
                FIELD_LABELS[name], told.value, words, told.cell, is_doubtful=told.cell in doubted
            )


def _differences(post: "Post", line: "ImportLine", read: PlanLine) -> Iterator[Difference]:
    if line.matched is None or not line.differs:
        return
    before, after = words_of_row(post, line.matched), words_of_line(read)
    old = {one.be_year: one for one in before.budgets}
    new = {one.be_year: one for one in after.budgets}
    for name in line.differs:
        kind, _, year = str(name).partition(".")
        if year:
            label = "งบประมาณ" if kind == "planned" else "ข้อบัญญัติ/เทศบัญญัติ"
            was, now = (one.get(int(year), YearMoney(int(year))) for one in (old, new))
            yield Difference(
                f"{label}ปี {year}", _told(getattr(was, kind)), _told(getattr(now, kind))
            )
        else:
            yield Difference(
                TEXT_LABELS.get(kind, kind),
                _shown(getattr(before, kind)),
                _shown(getattr(after, kind)),
            )


def _shown(value: object) -> str:
    words = " / ".join(value) if isinstance(value, tuple) else str(value)
    return words or "(ว่าง)"
