"""What of the list of projects is asked for, in addresses and in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from thamthan.projects.queries import MOST_COUNTED, ProjectsWanted, Whose, has_projects_below
from thamthan.projects.rules import PlanStanding, ProjectState
from thamthan.thai.dates import FiscalYear
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from datetime import date

    from thamthan.organisations.models import Post
    from thamthan.projects.queries import ProjectCounts

YEARS_BACK, YEARS_AHEAD = 5, 1
# What may be asked, by its name in the address; what is empty stays out of it.
ASKED = ("of", "show", "q", "year", "standing", "unit", "order", "clause")


@dataclass(frozen=True, slots=True)
class Show:
    """กลุ่มของรายการ: its name in the address, its words, and which projects it holds."""

    name: str
    label: str
    count: str = ""


SHOWS: tuple[Show, ...] = (
    Show("live", "ยังไม่จบ", "live"),
    Show("unfunded", "ยังไม่มีเงิน", "unfunded"),
    Show("late", "เลยกำหนด", "late"),
    Show("draft", "กำลังเขียน", "drafts"),
    Show("finished", "แล้วเสร็จ"),
    Show("all", "ทั้งหมด"),
)


class Asked:
    """สิ่งที่ขอดูจากรายการ: as the address has it, for one post."""

    def __init__(self, post: "Post", given: QueryDict) -> None:
        words = {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in ASKED}
        self.given = {name: value for name, value in words.items() if value}
        self.has_below = has_projects_below(post)
        whose = self.given.get("of") or (Whose.BELOW.value if self.has_below else Whose.OWN.value)
        self.whose = Whose.BELOW if whose == Whose.BELOW.value and self.has_below else Whose.OWN
        self.show = self.given.get("show", "")
        if self.show not in {show.name for show in self.shows}:
            self.show = "live"

    @property
    def shows(self) -> tuple[Show, ...]:
        """A draft is the affair of its own house: of others there is nothing to choose."""
        return tuple(show for show in SHOWS if show.name != "draft" or self.whose is Whose.OWN)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.given.keys() - {"of", "show"})

    @property
    def wanted(self) -> ProjectsWanted:
        standing = self.given.get("standing", "")
        return ProjectsWanted(
            whose=self.whose,
            be_year=whole_typed(self.given.get("year", "")),
            state={"draft": ProjectState.DRAFT, "finished": ProjectState.FINISHED}.get(self.show),
            standing=PlanStanding(standing) if standing in PlanStanding.values else None,
            unit=self.given.get("unit", "") if self.whose is Whose.OWN else "",
            text=self.given.get("q", ""),
            order=whole_typed(self.given.get("order", "")),
            clause=whole_typed(self.given.get("clause", "")),
            is_late=self.show == "late",
            is_unfunded=self.show == "unfunded",
            is_live=self.show == "live",
        )

    def address(self, **other: Any) -> str:
        """The address of this list with some of it asked otherwise; the page is never kept."""
        return "?" + urlencode(
            {name: value for name, value in {**self.given, **other}.items() if value != ""}
        )


def headline(counts: "ProjectCounts", asked: Asked) -> str:
    """หัวเรื่อง: the one thing that matters most now – late, then without money, then unwritten."""
    whose = "" if asked.whose is Whose.OWN else "ของหน่วยงานในสังกัด "
    if counts.late:
        return f"โครงการ{whose}เลยกำหนด {counts.late:,} โครงการ"
    if counts.unfunded:
        return f"{counts.unfunded:,} โครงการ{whose}ยังไม่มีเงิน"
    if counts.drafts:
        return f"กำลังเขียนอยู่ {counts.drafts:,} โครงการ"
    if counts.live > MOST_COUNTED:
        return f"โครงการ{whose}มากกว่า {MOST_COUNTED:,} โครงการ"
    if counts.live:
        if not counts.is_whole:
            return f"โครงการ{whose} {counts.live:,} โครงการที่ยังไม่จบ"
        return f"โครงการ{whose} {counts.live:,} โครงการ ไม่มีอะไรค้าง"
    return f"ไม่มีโครงการ{whose}ที่ยังไม่จบ"


def years_round(today: "date") -> list[int]:
    """ปีงบประมาณให้เลือก, the next one first."""
    this = FiscalYear.containing(today).be
    return list(range(this + YEARS_AHEAD, this - YEARS_BACK - 1, -1))
