"""Plans for the tests: files of Nong Kapu, and rows typed by hand."""

from collections.abc import Sequence
from typing import Any

from tests.reading.plans.books import YEARS, Book, Said, head, project, put
from thamthan.organisations.models import Post
from thamthan.projects.actions import add_plan_row, keep_plan
from thamthan.projects.models import DevelopmentPlan, PlanRow
from thamthan.projects.rules import PlanShape, PlanWords, YearMoney

FIVE: Sequence[Said] = (100_000, 100_000, 100_000, 100_000, 100_000)
PARK = "โครงการปรับปรุงสวนสาธารณะ หมู่ที่ 3"
ROAD = "โครงการก่อสร้างถนนคอนกรีต หมู่ที่ 1"
DRAIN = "โครงการวางท่อระบายน้ำ หมู่ที่ 5"


def plan_file(
    rows: Sequence[tuple[str, Sequence[Said]]] = ((PARK, FIVE), (ROAD, FIVE)), *, title: str = ""
) -> bytes:
    """A workbook of one sheet with these projects."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, title or "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)")
    put(sheet, 2, "ยุทธศาสตร์ที่ 1 ด้านโครงสร้างพื้นฐาน")
    put(sheet, 3, "แผนงานเคหะและชุมชน")
    row = head(sheet, 4)
    for number, (name, amounts) in enumerate(rows, start=1):
        row = put(sheet, row, *project(number, name, amounts))
    return book.content()


def plan_words(**changed: Any) -> PlanWords:
    """A row as somebody types it, with what the test changes."""
    given: dict[str, Any] = {
        "form": "p02",
        "name": PARK,
        "number": "1",
        "headings": ("ยุทธศาสตร์ที่ 1 ด้านโครงสร้างพื้นฐาน", "แผนงานเคหะและชุมชน"),
        "programme": "แผนงานเคหะและชุมชน",
        "objective": "เพื่อให้ประชาชนได้รับบริการที่ดี",
        "target": "1 แห่ง",
        "indicator": "จำนวนครัวเรือน 120 ครัวเรือน",
        "result": "ประชาชนมีคุณภาพชีวิตดีขึ้น",
        "lead": "กองช่าง",
        "budgets": tuple(YearMoney(year, 100_000_00, None) for year in YEARS),
    }
    return PlanWords(**given | changed)


def plan_kept(by: Post) -> DevelopmentPlan:
    """The plan of 2566 to 2570."""
    return keep_plan(2566, 2570, PlanShape.STRATEGY, by=by)


def row_kept(by: Post, **changed: Any) -> PlanRow:
    """A row that stands in that plan."""
    return add_plan_row(plan_kept(by), plan_words(**changed), by=by)
