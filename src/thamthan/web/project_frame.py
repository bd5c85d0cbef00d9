"""The frame round every page of one project: its name, where it stands, and the pages beside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from thamthan.projects.queries import is_own
from thamthan.web.doors import PostRequest

if TYPE_CHECKING:
    from thamthan.projects.models import Project


@dataclass(frozen=True, slots=True)
class Tab:
    """หน้าหนึ่งของโครงการ: its name, its address, and whether it is only for the own house."""

    name: str
    address: str
    is_own_only: bool = False


# One line a page, in the order they stand.
TABS: tuple[Tab, ...] = (
    Tab("ภาพรวม", "project"),
    Tab("เขียน", "project-writing", is_own_only=True),
    Tab("แหล่งเงิน", "project-funding", is_own_only=True),
    Tab("เงิน", "project-money"),
    Tab("ผล", "project-results"),
    Tab("หลักฐาน", "project-evidence"),
    Tab("เอกสาร", "project-papers"),
    Tab("เผยแพร่", "project-public", is_own_only=True),
)


def project_page(
    request: PostRequest,
    project: "Project",
    template: str,
    *,
    here: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """One page of a project within its frame; `here` is the address name of the page."""
    own = is_own(request.post, project)
    tabs = [
        (tab.name, reverse(tab.address, args=[project.pk]), tab.address == here)
        for tab in TABS
        if own or not tab.is_own_only
    ]
    facts = {"project": project, "is_own": own, "tabs": tabs} | context
    return render(request, template, facts, status=status)
