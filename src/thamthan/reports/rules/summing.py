"""Sums that go up: the same in any order and by any grouping; what is missing is never nought."""

from collections.abc import Iterable
from dataclasses import dataclass

from thamthan.reports.rules.states import Adding

# A number of a report in thousandths of its unit: the sum of every house of the country fits in
# 63 bits, so that no database rounds it.
MOST_MILLI = 10**15


@dataclass(frozen=True, slots=True)
class Sum:
    """ยอดรวมของคำถามหนึ่ง over some places: how many gave a number, and what they come to.

    `given` gave a number (nought too), `none` said that there is no figure, `not_applicable` that
    it is not theirs. Who has not reported is in none of them. `less_milli` (`less_of_milli`) was
    taken out of the sums already: the same event, claimed by two and counted once.
    """

    given: int = 0
    none: int = 0
    not_applicable: int = 0
    sum_milli: int = 0
    of_milli: int = 0
    most_milli: int | None = None
    less_milli: int = 0
    less_of_milli: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        most = [one for one in (self.most_milli, other.most_milli) if one is not None]
        return Sum(
            self.given + other.given,
            self.none + other.none,
            self.not_applicable + other.not_applicable,
            self.sum_milli + other.sum_milli,
            self.of_milli + other.of_milli,
            max(most) if most else None,
            self.less_milli + other.less_milli,
            self.less_of_milli + other.less_of_milli,
        )

    @property
    def answered(self) -> int:
        return self.given + self.none + self.not_applicable

    def value_milli(self, adding: str) -> int | None:
        """ค่ารวม by its way of adding; none where nobody gave a number, and of what is not added.

        A share is told by its parts (`sum_milli` of `of_milli`), never as one number here.
        """
        if not self.given:
            return None
        if adding == Adding.MAX:
            return self.most_milli
        if adding in {Adding.SUM, Adding.SHARE}:
            return self.sum_milli
        return None

    @property
    def per_ten_thousand(self) -> int | None:
        """ร้อยละ in hundredths of a per cent, rounded half up; none of nothing."""
        if not self.given or self.of_milli <= 0:
            return None
        return (self.sum_milli * 20_000 + self.of_milli) // (2 * self.of_milli)


def sum_of(parts: Iterable[Sum]) -> Sum:
    """ยอดรวมของยอดรวม."""
    total = Sum()
    for part in parts:
        total = total + part
    return total
