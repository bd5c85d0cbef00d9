"""What a walk down a sheet gives: projects not yet put together, totals not yet checked."""

from dataclasses import dataclass, field

from thamthan.reading.plans.blocks import Version
from thamthan.reading.plans.columns import Column, Heading
from thamthan.reading.plans.model import Amendment, FieldTold, Form, RowFate


@dataclass(slots=True)
class Record:
    """โครงการที่ยังไม่ได้ประกอบ: its rows under one heading, and what stood above it."""

    heading: Heading
    rows: list[int]
    form: Form
    above: tuple[FieldTold, ...]
    titled: tuple[Amendment, ...]
    version: Version | None
    doubts: list[tuple[str, str]] = field(default_factory=list)
    restarts: int = 0


@dataclass(slots=True)
class Total:
    """แถวรวม that is still to be checked: the records above it."""

    row: int
    words: str
    heading: Heading
    above: tuple[FieldTold, ...]
    records: int


@dataclass(slots=True)
class Walked:
    """แผ่นงานที่เดินดูแล้ว."""

    headings: list[Heading]
    records: list[Record] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    fates: list[RowFate] = field(default_factory=list)
    context: list[str] = field(default_factory=list)
    form: Form | None = None
    doubts: list[tuple[str, str]] = field(default_factory=list)


def lead_of(heading: Heading) -> tuple[Column, ...]:
    """The columns that tell what a row is about: the name; of equipment without one, the target."""
    for name in ("name", "target", "kind"):
        columns = heading.of(name)
        if columns:
            return columns
    return ()
