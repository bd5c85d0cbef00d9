"""The seam of a project's page: what other pages of the room show of it there, one function each.

A part is given the request and the project, and answers with a template and its context, or with
nothing where it has nothing to show. Its own page stands in `project_frame.TABS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thamthan.web.doors import PostRequest

if TYPE_CHECKING:
    from thamthan.projects.models import Project


@dataclass(frozen=True, slots=True)
class Part:
    """ส่วนหนึ่งของหน้าโครงการ: a template, and what it is filled with."""

    template: str
    context: dict[str, Any]


MakePart = Callable[[PostRequest, "Project"], Part | None]

# In the order in which they stand: progress, money, channels, evidence.
PARTS: tuple[MakePart, ...] = ()


def parts_beside(request: PostRequest, project: "Project") -> list[Part]:
    """ส่วนที่มีให้ดู."""
    made = (part(request, project) for part in PARTS)
    return [part for part in made if part is not None]
