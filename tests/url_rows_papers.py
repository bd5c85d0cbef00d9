"""The addresses of a project's papers, of a plan's rows and of a request's letter."""

from typing import Any

from tests.projects.papers import asked, full, plan
from tests.projects.projects import proposed
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.models import DevelopmentPlan, FundingRequest, Project

ROWS = [
    Row("project-papers", TO_LOG_IN, 404, 404, OPEN),
    Row("project-paper", TO_LOG_IN, 404, 404, OPEN),
    Row("project-plan-row", TO_LOG_IN, 404, 404, OPEN),
    Row("project-costs", TO_LOG_IN, 404, 404, 302, posts=True, form={"version": "1"}),
    Row("project-asks", TO_LOG_IN, 404, 404, 302, posts=True, form={"version": "1"}),
    Row("request-letter", TO_LOG_IN, 404, 404, 302, posts=True),
    Row("plan-rows", TO_LOG_IN, 404, 404, OPEN),
]
_FILES = {
    "project-paper": {"form": "standard", "kind": "docx"},
    "project-plan-row": {"kind": "xlsx"},
    "plan-rows": {"kind": "xlsx"},
}


def keys(name: str, world: World) -> dict[str, Any]:
    """The project of Nong Kapu, its plan, or its request."""
    if name == "plan-rows":
        row = DevelopmentPlan.objects.first() or plan(world)
        return {"pk": row.pk, **_FILES[name]}
    if name == "request-letter":
        return {"pk": (FundingRequest.objects.first() or asked(world, full(world))).pk}
    project = Project.objects.first() or proposed(world.clerk)
    return {"pk": project.pk, **_FILES.get(name, {})}
