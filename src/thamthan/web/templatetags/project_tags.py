"""How pages of projects write money, and put the parts of others into a page."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from thamthan.thai.digits import baht_figures
from thamthan.web.project_parts import Part

register = template.Library()
THREE = (("1", "น้อย"), ("2", "ปานกลาง"), ("3", "มาก"))


@register.filter
def in_baht(satang: int | None) -> str:
    """450,000 or 450,000.50; nothing where nothing is known."""
    return "" if satang is None else baht_figures(satang)


@register.filter
def degrees(millionths: int | None) -> str:
    """13.049812."""
    return "" if millionths is None else f"{millionths / 1e6:.6f}"


@register.filter
def of_three(number: int) -> str:
    """โอกาสและผลกระทบในคำพูด."""
    return next((words for value, words in THREE if value == str(number)), "")


@register.simple_tag(takes_context=True)
def part_shown(context: Any, part: Part) -> SafeString:
    """One part of a project's page, in its own template."""
    found = get_template(part.template)
    flat = {**context.flatten(), **part.context}
    return mark_safe(found.render(flat, request=context.request))  # noqa: S308 – a template's own
