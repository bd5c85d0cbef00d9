"""The addresses of goals, results and what a citizen reads."""

from typing import Any

from tests.projects.measures import goal_of
from tests.projects.projects import approved
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.actions import show_project
from thamthan.projects.models import Goal

ROWS = [
    Row("project-results", TO_LOG_IN, 404, 404, OPEN),
    Row("project-goal-new", TO_LOG_IN, 404, 404, OPEN),
    Row("project-goal", TO_LOG_IN, 404, 404, OPEN),
    Row("project-result", TO_LOG_IN, 404, 404, OPEN),
    Row("project-public", TO_LOG_IN, 404, 404, OPEN),
    # Each house tells its own.
    Row("project-residents", TO_LOG_IN, OPEN, 403, OPEN),
    Row("public-project", OPEN, OPEN, OPEN, OPEN),
    # Nothing is judged yet: whoever asks is told so.
    Row("public-picture", 404, 404, 404, 404),
    Row("public-projects", OPEN, OPEN, OPEN, OPEN),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """A goal of a published project of Nong Kapu."""
    goal = Goal.objects.first() or goal_of(approved(world.clerk), world.officer)
    if name == "project-residents":
        return {}
    if name == "public-projects":
        return {"code": world.nong_kapu.code}
    if name in {"public-project", "public-picture"}:
        show_project(goal.project, by=world.clerk, is_public=True)
        more = {"pk": 1} if name == "public-picture" else {}
        return {"ref": goal.project.ref, **more}
    more = {"goal_pk": goal.pk} if name in {"project-goal", "project-result"} else {}
    return {"pk": goal.project_id, **more}
