"""The addresses of a project's money and of the budget of a house."""

from typing import Any

from tests.projects.money import kept
from tests.projects.projects import proposed
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.models import BudgetLine, Project

ROWS = [
    Row("project-money", TO_LOG_IN, 404, 404, OPEN),
    # Each sees its own house's.
    Row("budget", TO_LOG_IN, OPEN, 403, OPEN),
    Row("budget-export", TO_LOG_IN, OPEN, 403, OPEN),
    Row("budget-new", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("budget-paste", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("budget-line", TO_LOG_IN, 404, 403, OPEN),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """The project and the line of Nong Kapu."""
    if name == "project-money":
        return {"pk": (Project.objects.first() or proposed(world.clerk)).pk}
    if name == "budget-line":
        return {"pk": (BudgetLine.objects.first() or kept(world.clerk, 500_000)).pk}
    return {"form": "csv"} if name == "budget-export" else {}
