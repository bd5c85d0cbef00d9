"""How long a matter lay at each level: days counted, summed, and the one in the middle."""

from collections.abc import Mapping
from dataclasses import dataclass

from thamthan.organisations.rules import Level

# As pages name the levels: shorter than an organisation's own level.
SHORT_LEVELS = {
    Level.MINISTRY: "กระทรวง",
    Level.DEPARTMENT: "กรม",
    Level.PROVINCE: "จังหวัด",
    Level.DISTRICT: "อำเภอ",
    Level.LAO: "อปท.",
    Level.DIVISION: "กอง",
}
# From the top down, as a matter travels.
WAY_DOWN = (Level.MINISTRY, Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT, Level.LAO)


@dataclass(frozen=True, slots=True)
class Figure:
    """วันที่ใช้ของหลายหน่วยงาน: how many were counted, their days in all, and the middle one.

    Of an even number the lower of the two in the middle, so that it is a number of days that
    somebody took.
    """

    n: int = 0
    total: int = 0
    median: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class LevelStay:
    """เรื่องอยู่ที่ชั้นหนึ่ง: what those took who have handed it on or taken it; who has not yet."""

    label: str
    held: Figure
    waiting: Figure = Figure()
    is_end: bool = False

    @property
    def words(self) -> str:
        """เรื่องค้างอยู่ที่อำเภอ 4 วัน, the middle of all where they are several."""
        if not self.held.n:
            return ""
        of_many = f" (ค่ากลางของ {self.held.n:,} แห่ง)" if self.held.n > 1 else ""
        return f"เรื่องค้างอยู่ที่{self.label} {self.held.median:,} วัน{of_many}"


def figure_of(days: Mapping[int, int]) -> Figure:
    """นับวัน: from how many took how many days; less than none counts as none."""
    counts: dict[int, int] = {}
    for day, n in days.items():
        counts[max(day, 0)] = counts.get(max(day, 0), 0) + n
    n = sum(counts.values())
    if not n:
        return Figure()
    passed, median = 0, 0
    for day in sorted(counts):
        passed += counts[day]
        if passed * 2 >= n:
            median = day
            break
    total = sum(day * count for day, count in counts.items())
    return Figure(n=n, total=total, median=median, longest=max(counts))
