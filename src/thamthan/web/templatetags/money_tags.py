"""How pages write money: in figures with thousands and two places, and in words."""

from django import template

from thamthan.projects.rules import baht as to_baht
from thamthan.thai.digits import baht_in_words

register = template.Library()


@register.filter
def baht(satang: int | None) -> str:
    """1,200,000.50; nothing where nothing is known."""
    return "" if satang is None else to_baht(satang)


@register.filter
def baht_words(satang: int | None) -> str:
    """หนึ่งล้านสองแสนบาทห้าสิบสตางค์."""
    return "" if satang is None else baht_in_words(satang)
