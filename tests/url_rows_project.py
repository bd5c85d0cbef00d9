"""The addresses of one project and of the list of them."""

from typing import Any

from tests.projects.projects import proposed
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.projects.models import Project

ROWS = [
    Row("projects", TO_LOG_IN, OPEN, 403, OPEN),
    Row("project", TO_LOG_IN, 404, 404, OPEN),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """The project of Nong Kapu."""
    if name == "projects":
        return {}
    return {"pk": (Project.objects.first() or proposed(world.clerk)).pk}
