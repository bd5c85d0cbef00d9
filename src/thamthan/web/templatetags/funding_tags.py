"""How pages of funding write amounts."""

from django import template

from thamthan.projects.rules import baht

register = template.Library()


@register.filter
def satang(amount: int | None) -> str:
    """1,200,000.50 of an amount in satang; nothing for none."""
    return "" if amount is None else baht(amount)
