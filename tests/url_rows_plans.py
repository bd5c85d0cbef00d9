"""The addresses of development plans, their rows, and files being taken in."""

from typing import Any

from tests.projects.plans import plan_file, row_kept
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.actions import begin_plan_import
from thamthan.projects.models import PlanImport, PlanRow

ROWS = [
    Row("plans", TO_LOG_IN, OPEN, 403, OPEN),
    Row("plan-new", TO_LOG_IN, OPEN, 403, OPEN),
    Row("plan", TO_LOG_IN, 404, 403, OPEN),
    Row("plan-row-new", TO_LOG_IN, 404, 403, OPEN),
    Row("plan-row", TO_LOG_IN, 404, 403, OPEN),
    Row("plan-row-change", TO_LOG_IN, 404, 403, OPEN),
    Row("plan-row-deed", TO_LOG_IN, 404, 403, 302, posts=True, form={"deed": "take_up"}),
    Row("plan-import-new", TO_LOG_IN, OPEN, 403, OPEN),
    Row("plan-import", TO_LOG_IN, 404, 403, OPEN),
    Row("plan-import-deed", TO_LOG_IN, 404, 403, 302, posts=True, form={"deed": "drop"}),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """The row, the plan and the import of Nong Kapu."""
    if name in {"plans", "plan-new", "plan-import-new"}:
        return {}
    if name.startswith("plan-import"):
        made = PlanImport.objects.first()
        return {"pk": (made or begin_plan_import(plan_file(), "แผน.xlsx", by=world.clerk)).pk}
    row = PlanRow.objects.first() or row_kept(world.clerk)
    return {"pk": row.plan_id if name in {"plan", "plan-row-new"} else row.pk}
