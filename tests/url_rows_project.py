"""The addresses of one project and of the list of them."""

from typing import Any

from tests.projects.projects import proposed
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.actions import set_steps
from thamthan.projects.models import Project, Step
from thamthan.projects.rows import StepRow

# A list, or a form of one's own house: a stranger sees their own.
_OWN_HOUSE = frozenset({"projects", "project-new", "project-near"})

ROWS = [
    Row("projects", TO_LOG_IN, OPEN, 403, OPEN),
    Row("projects-table", TO_LOG_IN, OPEN, 403, OPEN),
    Row("project-new", TO_LOG_IN, OPEN, 403, OPEN),
    Row("project-near", TO_LOG_IN, OPEN, 403, OPEN),
    Row("project", TO_LOG_IN, 404, 404, OPEN),
    Row("project-writing", TO_LOG_IN, 404, 403, OPEN),
    Row("project-save", TO_LOG_IN, 404, 403, 409, posts=True),
    Row("project-part", TO_LOG_IN, 404, 403, 409, posts=True),
    Row("project-move", TO_LOG_IN, 404, 404, 400, posts=True),
    # A draft has no step done.
    Row("project-step", TO_LOG_IN, 404, 404, 409, posts=True),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """The project of Nong Kapu, with one step."""
    if name in _OWN_HOUSE:
        return {}
    if name == "projects-table":
        return {"form": "csv"}
    project = Project.objects.first() or proposed(world.clerk)
    found: dict[str, Any] = {"pk": project.pk}
    if name == "project-part":
        found["part"] = "risks"
    if name == "project-step":
        if not Step.objects.exists():
            set_steps(project, [StepRow("สำรวจ")], by=world.clerk)
        found["step_pk"] = Step.objects.get().pk
    return found
