"""The seam of a project's page: what other pages of the room show of it there, one function each.

A part is given the request and the project, and answers with a template and its context, or with
nothing where it has nothing to show. Its own page stands in `project_frame.TABS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thamthan.projects.queries import channel_fits, is_own, progress_of, requests_of
from thamthan.projects.rules import LIVE_STATES, SHOWN_STATES, best_of
from thamthan.web.doors import PostRequest

if TYPE_CHECKING:
    from thamthan.projects.models import Project


@dataclass(frozen=True, slots=True)
class Part:
    """ส่วนหนึ่งของหน้าโครงการ: a template, and what it is filled with."""

    template: str
    context: dict[str, Any]


MakePart = Callable[[PostRequest, "Project"], Part | None]


def _progress(request: PostRequest, project: "Project") -> Part | None:
    if project.state not in SHOWN_STATES:
        return None
    progress = progress_of(request.post, [project])[project.pk]
    return Part("projects/parts/progress.html", {"progress": progress})


def _funding(request: PostRequest, project: "Project") -> Part | None:
    """The two or three channels to look at first; nothing for another house's project."""
    post = request.post
    if not is_own(post, project) or project.state not in LIVE_STATES:
        return None
    lines = channel_fits(post, project)
    return Part(
        "funding/parts/panel.html",
        {
            "is_shown": True,
            "project": project,
            "best": best_of([line.fit for line in lines]),
            "requests": requests_of(post, project),
        },
    )


# In the order in which they stand.
PARTS: tuple[MakePart, ...] = (_progress, _funding)


def parts_beside(request: PostRequest, project: "Project") -> list[Part]:
    """ส่วนที่มีให้ดู."""
    made = (part(request, project) for part in PARTS)
    return [part for part in made if part is not None]
