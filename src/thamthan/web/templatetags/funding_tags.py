"""How pages of funding write amounts, and the small panel of channels on a project's page."""

from typing import TYPE_CHECKING, Any

from django import template

from thamthan.projects.queries import channel_fits, is_own, requests_of
from thamthan.projects.rules import LIVE_STATES, baht, best_of

if TYPE_CHECKING:
    from thamthan.projects.models import Project

register = template.Library()


@register.filter
def satang(amount: int | None) -> str:
    """1,200,000.50 of an amount in satang; nothing for none."""
    return "" if amount is None else baht(amount)


@register.inclusion_tag("funding/parts/panel.html", takes_context=True)
def funding_panel(context: dict[str, Any], project: "Project") -> dict[str, Any]:
    """The two or three channels to look at first; nothing for another house's project."""
    post = context["request"].post
    if not is_own(post, project):
        return {"is_shown": False}
    lines = channel_fits(post, project) if project.state in LIVE_STATES else []
    return {
        "is_shown": True,
        "project": project,
        "best": best_of([line.fit for line in lines]),
        "requests": requests_of(post, project),
    }
