"""Projects: the list of those a post sees, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thamthan.projects.queries import answers_of, own_projects, progress_of, project_for
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.project_frame import project_page

PAGE = 50


@acting
@require_safe
def projects(request: PostRequest) -> HttpResponse:
    """โครงการของหน่วยงาน."""
    check_reads(request)
    page = Paginator(own_projects(request.post), PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/projects.html", {"page": page})


@acting
@require_safe
def project(request: PostRequest, pk: int) -> HttpResponse:
    """โครงการหนึ่งโครงการ."""
    found = project_for(request.post, pk)
    return project_page(
        request,
        found,
        "projects/project.html",
        here="project",
        answers=answers_of(request.post, found),
        progress=progress_of(request.post, [found])[found.pk],
    )
