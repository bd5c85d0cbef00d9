"""The addresses of a project's money and of the budget of a house."""

from typing import Any

from tests.projects.money import allotted, committed, kept
from tests.projects.projects import approved, proposed
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.actions import attach_money_paper
from thamthan.projects.models import BudgetLine, MoneyPaper, Project

ROWS = [
    Row("project-money", TO_LOG_IN, 404, 404, OPEN),
    # Sent without a file: the right one is told so on the page.
    Row("money-paper-new", TO_LOG_IN, 404, 404, 400, posts=True),
    Row("money-paper", TO_LOG_IN, 404, 404, OPEN),
    Row("money-paper-out", TO_LOG_IN, 404, 404, TO_LOG_IN, posts=True, form={"why": "แนบผิด"}),
    # Each sees its own house's.
    Row("budget", TO_LOG_IN, OPEN, 403, OPEN),
    Row("budget-export", TO_LOG_IN, OPEN, 403, OPEN),
    Row("budget-new", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("budget-paste", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("budget-line", TO_LOG_IN, 404, 403, OPEN),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """The project and the line of Nong Kapu."""
    if name.startswith("money-paper-") or name == "money-paper":
        return _paper(world, alone=name == "money-paper-new")
    if name == "project-money":
        return {"pk": (Project.objects.first() or proposed(world.clerk)).pk}
    if name == "budget-line":
        return {"pk": (BudgetLine.objects.first() or kept(world.clerk, 500_000)).pk}
    return {"form": "csv"} if name == "budget-export" else {}


def _paper(world: World, *, alone: bool) -> dict[str, Any]:
    """A paper of a contract of Nong Kapu, or the project it is of, alone."""
    paper = MoneyPaper.objects.first()
    if paper is None:
        project = approved(world.clerk)
        money = allotted(project, kept(world.clerk, 500_000), 300_000, by=world.clerk)
        paper = attach_money_paper(
            committed(money, 280_000, by=world.clerk),
            by=world.clerk,
            name="สัญญา.pdf",
            content=b"%PDF-1.4\nsigned\n",
        )
    pk = paper.commitment.allotment.project_id
    return {"pk": pk} if alone else {"pk": pk, "paper_pk": paper.pk}
