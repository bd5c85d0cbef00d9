"""Small numbers of people are covered before the public sees them, and what would tell them."""

from collections.abc import Mapping
from dataclasses import dataclass

from thamthan.reports.rules.summing import Sum

_THOUSAND = 1000
# Units that count people, or homes in which few live; รายการ counts things.
_PERSONS = ("คน", "ราย", "ครัวเรือน", "หลังคาเรือน")
_THINGS = ("รายการ", "รายได้", "รายงาน")


@dataclass(frozen=True, slots=True)
class Covered:
    """ช่องที่ไม่แสดง: of which places, and whether the sum of all is not shown either."""

    places: frozenset[int] = frozenset()
    is_total: bool = False


def counts_persons(unit: str) -> bool:
    """หน่วยนับนี้นับคนหรือไม่, by its words."""
    plain = unit
    for word in _THINGS:
        plain = plain.replace(word, "")
    return any(word in plain for word in _PERSONS)


def is_small(one: Sum, *, least: int, is_share: bool) -> bool:
    """น้อยจนรู้ว่าเป็นใคร: more than none and fewer than `least`; of a share also who is left."""
    parts = [one.sum_milli]
    if is_share:
        parts += [one.of_milli, one.of_milli - one.sum_milli]
    return bool(one.given) and any(0 < part < least * _THOUSAND for part in parts)


def covered(
    cells: Mapping[int, Sum], total: Sum, *, least: int, is_share: bool, is_added: bool
) -> Covered:
    """ช่องที่ต้องปิด of one figure over several places.

    Where a sum is shown, whoever subtracts finds the one cell that is not: so the next smallest is
    covered with it, and where there is none, the sum. Does not look from one figure to another.
    """
    small = {place for place, one in cells.items() if is_small(one, least=least, is_share=is_share)}
    is_total = is_small(total, least=least, is_share=is_share)
    if small and is_added and not is_total:
        others = [
            place
            for place, one in cells.items()
            if place not in small and one.given and one.sum_milli
        ]
        if others:
            small.add(min(others, key=lambda place: (cells[place].sum_milli, place)))
        else:
            is_total = True
    return Covered(frozenset(small), is_total)
