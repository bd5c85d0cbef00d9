"""Channels for the tests: those of the product, loaded; a request with all its papers."""

from collections.abc import Callable
from datetime import date

from tests.projects.projects import proposed
from thamthan.organisations.models import Post
from thamthan.organisations.queries import system_post_of
from thamthan.projects.actions import (
    give_paper,
    load_channels,
    open_request,
    submit_request,
)
from thamthan.projects.models import FundingChannel, FundingRequest, Project
from thamthan.projects.queries import channel_for
from thamthan.projects.rules import shipped_channels

PDF = b"%PDF-1.4\n% a paper for the tests\n"
FROM = date(2026, 1, 1)


def loaded() -> None:
    """The channels of the product, in force since New Year."""
    if not FundingChannel.objects.exists():
        load_channels(shipped_channels(), by=system_post_of(), on=FROM, write_it=True)


def asked(
    by: Post, code: str = "next-ordinance", *, project: Project | None = None, baht: int = 500_000
) -> FundingRequest:
    """A request just begun."""
    loaded()
    return open_request(
        project or proposed(by), channel_for(by, code), by=by, asked_satang=baht * 100
    )


def completed(request: FundingRequest, by: Post) -> FundingRequest:
    """Every paper that must be there is there."""
    for paper in request.papers.filter(is_required=True, file=None):
        give_paper(request, paper.pk, by=by, name=f"{paper.pk}.pdf", content=PDF)
    request.refresh_from_db()
    return request


def submitted(by: Post, on: date, **how: object) -> FundingRequest:
    """A request that went out complete."""
    begin: Callable[..., FundingRequest] = asked
    request = completed(begin(by, **how), by)
    return submit_request(request, by=by, on=on, seen_version=request.version)
