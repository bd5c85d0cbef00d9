"""The addresses of funding: a project's channels, a house's requests, the rules of a channel."""

from typing import Any

from django.utils import timezone

from tests.projects.funding import PDF, asked, loaded
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    Decision,
    give_paper,
    refuse_request,
    submit_request,
    waive_paper,
)
from thamthan.projects.models import FundingRequest

ROWS = [
    Row("project-funding", TO_LOG_IN, 404, 404, OPEN),
    Row(
        "project-funding-request",
        TO_LOG_IN,
        404,
        404,
        302,
        posts=True,
        form={"channel": "next-ordinance"},
    ),
    Row("funding-requests", TO_LOG_IN, OPEN, 403, OPEN),
    Row("funding-request", TO_LOG_IN, 404, 403, OPEN),
    Row("funding-request-deed", TO_LOG_IN, 404, 404, 422, posts=True, form={"deed": "submit"}),
    Row("funding-paper", TO_LOG_IN, 404, 404, 302, posts=True, form={"deed": "out"}),
    Row("funding-paper-file", TO_LOG_IN, 404, 404, OPEN),
    Row("funding-decision-file", TO_LOG_IN, 404, 404, OPEN),
    Row("funding-channels", TO_LOG_IN, OPEN, 403, OPEN),
    Row("funding-channel", TO_LOG_IN, OPEN, 403, OPEN),
]


def keys(name: str, world: World) -> dict[str, Any]:
    """One request of Nong Kapu, with a paper given and its decision known."""
    loaded()
    if name in {"funding-requests", "funding-channels"}:
        return {}
    if name == "funding-channel":
        return {"code": "health-fund"}
    request = FundingRequest.objects.first() or asked(world.clerk, "reserve")
    if name.startswith("project-"):
        return {"pk": request.project_id}
    if name.startswith("funding-paper"):
        paper = request.papers.first()
        assert paper is not None
        if name == "funding-paper-file" and paper.file_id is None:
            give_paper(request, paper.pk, by=world.clerk, name="แผน.pdf", content=PDF)
        return {"pk": request.pk, "paper_pk": paper.pk}
    if name == "funding-decision-file" and request.decision_file_id is None:
        _refused(request, world.clerk)
    return {"pk": request.pk}


def _refused(request: FundingRequest, by: Post) -> None:
    for paper in request.papers.all():
        waive_paper(request, paper.pk, by=by, why="ไม่ต้องใช้")
    request.refresh_from_db()
    today = timezone.localdate()
    sent = submit_request(request, by=by, on=today, seen_version=request.version)
    decision = Decision(today, "เงินไม่พอ", ("ผล.pdf", PDF))
    refuse_request(sent, decision, by=by, seen_version=sent.version)
