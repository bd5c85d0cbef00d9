"""The months over a Gantt chart: where each begins, and its short name."""

from dataclasses import dataclass

from thamthan.projects.rules.timeline import Span
from thamthan.thai.dates import format_date

# The quarters of a fiscal year begin in these; the months between have no room for a name.
_NAMED = frozenset({10, 1, 4, 7})


@dataclass(frozen=True, slots=True)
class Month:
    """เดือนบนแผนภูมิ."""

    at: int
    name: str


def months_of(span: Span) -> list[Month]:
    """ต.ค. … ม.ค. … เม.ย. … ก.ค. …"""
    return [
        Month(
            span.place(day),
            format_date(day, style="short").split()[1] if day.month in _NAMED else "",
        )
        for day in span.months()
    ]
