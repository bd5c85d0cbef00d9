"""What stands out among many: the ends, what lies far from the rest, what changed the most.

All of it is told of those that gave a number. Who did not report is in none of these lists: a
house without a number is neither the lowest nor nought.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import models

from thamthan.directives.rules import Better
from thamthan.reports.rules.states import Adding, QuestionKind
from thamthan.reports.rules.summing import Sum

# Fewer than these say nothing of what is usual.
FEWEST_TO_COMPARE = 3
FEWEST_TO_BE_FAR = 5
# Far lies beyond three times the middle half's width, and three times as much or as little.
_FENCE, _TIMES = 3, 3
# A share is far by twenty of a hundred at the least; thrice one per cent is nothing.
_FAR_SHARE = Fraction(1, 5)
HEADS = 1000


class Comparing(models.TextChoices):
    """วิธีเทียบ: by what one house is held against another."""

    AMOUNT = "amount", "ตามตัวเลขที่รายงาน"
    MEAN = "mean", "เฉลี่ยต่อแห่งที่มีตัวเลข"
    SHARE = "share", "ร้อยละ"
    OF_PLAN = "of_plan", "ร้อยละของที่ได้รับอนุมัติ"
    PER_HEAD = "per_head", "ต่อประชากร 1,000 คน"


SHARES = frozenset({Comparing.SHARE, Comparing.OF_PLAN})


def way_of(kind: str, *, is_area: bool) -> Comparing:
    """เทียบด้วยอะไร: a share by its parts; areas by the mean of those that gave a number."""
    if kind == QuestionKind.SHARE:
        return Comparing.SHARE
    return Comparing.MEAN if is_area else Comparing.AMOUNT


def amount_of(part: Sum, adding: str, way: Comparing) -> Fraction | None:
    """ค่าที่เทียบกันได้ in whole units, of a share between nought and one; none without a number."""
    if not part.given:
        return None
    if way == Comparing.SHARE:
        return Fraction(part.sum_milli, part.of_milli) if part.of_milli > 0 else None
    if adding == Adding.MAX and part.most_milli is not None:
        return Fraction(part.most_milli, 1000)
    if part.given > 1 and adding != Adding.SUM:
        # Numbers that are only listed come to no one number, nor to a mean.
        return None
    return Fraction(part.sum_milli, 1000 * part.given)


def of_plan(done: Sum, planned: Sum) -> Fraction | None:
    """ส่วนของที่วางแผนหรือได้รับอนุมัติ, where the same houses gave both numbers."""
    if not done.given or done.given != planned.given or planned.sum_milli <= 0:
        return None
    return Fraction(done.sum_milli, planned.sum_milli)


def per_head(part: Sum, people: int | None) -> Fraction | None:
    """ต่อประชากร 1,000 คน; none where nobody said how many live there."""
    if part.given != 1 or not people:
        return None
    return Fraction(part.sum_milli * HEADS, 1000 * people)


def better_of(way: Comparing, better: str, *, most: Fraction) -> str:
    """ทิศทางที่ควรไป, of a share or an amount by the head alone: else the larger house is the best.

    `better` is what the indicator says of itself. Of money the one furthest with what was approved
    is the best, unless somebody spent more than that: this is a thing to look at, not to praise.
    """
    if way == Comparing.OF_PLAN:
        return Better.MORE.value if most <= 1 else ""
    return better if way in {Comparing.SHARE, Comparing.PER_HEAD} else ""


@dataclass(frozen=True, slots=True)
class Ends:
    """สูงสุดและต่ำสุด: every house that shares the end, among so many that gave a number."""

    highest: tuple[int, ...]
    most: Fraction
    lowest: tuple[int, ...]
    least: Fraction
    of: int


def ends_of(amounts: Mapping[int, Fraction]) -> Ends | None:
    """ปลายทั้งสอง; none among fewer than three, or where all are alike."""
    if len(amounts) < FEWEST_TO_COMPARE:
        return None
    most, least = max(amounts.values()), min(amounts.values())
    if most == least:
        return None
    return Ends(
        tuple(key for key, amount in amounts.items() if amount == most),
        most,
        tuple(key for key, amount in amounts.items() if amount == least),
        least,
        len(amounts),
    )


def quartiles_of(amounts: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """ควอร์ไทล์ที่ 1, 2, 3: each an amount that somebody gave (the nearest rank, the lower)."""
    ordered = sorted(amounts)
    last = len(ordered) - 1
    first, middle, third = (ordered[last * part // 4] for part in (1, 2, 3))
    return first, middle, third


@dataclass(frozen=True, slots=True)
class Far:
    """ห่างจากที่อื่น: the amount, and between which two lies the middle half of the others."""

    key: int
    amount: Fraction
    low: Fraction
    middle: Fraction
    high: Fraction
    others: int

    @property
    def is_above(self) -> bool:
        return self.amount > self.middle


def far_from_others(amounts: Mapping[int, Fraction], *, are_shares: bool) -> list[Far]:
    """ค่าที่ห่างจากที่อื่น, the farthest first; each held against the others without itself.

    Says nothing of fewer than five others, nor where most of them are nought: one that did
    something where others did not is no fault.
    """
    if len(amounts) <= FEWEST_TO_BE_FAR:
        return []
    ordered = sorted(amounts.values())
    first, _, third = quartiles_of(ordered)
    found = [
        far
        for key, amount in amounts.items()
        # One within the middle half of all is usual, whatever the others are without it.
        if not first <= amount <= third
        and (far := _far(key, amount, ordered, are_shares=are_shares)) is not None
    ]
    return sorted(found, key=lambda one: (-_distance(one), one.key))


def _far(key: int, amount: Fraction, ordered: list[Fraction], *, are_shares: bool) -> Far | None:
    low, middle, high = _quartiles_but(ordered, amount)
    reach = _FENCE * (high - low)
    if low - reach <= amount <= high + reach or middle <= 0:
        return None
    if are_shares:
        if abs(amount - middle) < _FAR_SHARE:
            return None
    elif middle / _TIMES < amount < middle * _TIMES:
        return None
    return Far(key, amount, low, middle, high, len(ordered) - 1)


def _quartiles_but(
    ordered: list[Fraction], amount: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """The quartiles of the others, of amounts in order: one is left out where it stands."""
    at, last = bisect_left(ordered, amount), len(ordered) - 2
    first, middle, third = (
        ordered[place if place < at else place + 1]
        for place in (last * part // 4 for part in (1, 2, 3))
    )
    return first, middle, third


def _distance(far: Far) -> Fraction:
    """How far beyond the middle, measured by the middle: the same for baht and for persons."""
    return abs(far.amount - far.middle) / far.middle


@dataclass(frozen=True, slots=True)
class Change:
    """เปลี่ยนจากงวดก่อน."""

    key: int
    before: Fraction
    now: Fraction

    @property
    def by(self) -> Fraction:
        return self.now - self.before


def changes_of(now: Mapping[int, Fraction], before: Mapping[int, Fraction]) -> list[Change]:
    """ที่เปลี่ยนจากงวดก่อน, the most first; only of those with a number in both."""
    found = [
        Change(key, before[key], amount)
        for key, amount in now.items()
        if key in before and before[key] != amount
    ]
    return sorted(found, key=lambda one: (-abs(one.by), one.key))
