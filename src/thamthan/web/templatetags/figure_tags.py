"""How pages write figures: a result's number, a goal's baseline and target."""

from typing import TYPE_CHECKING, Any

from django import template

from thamthan.projects.rules import aim_in_words, in_digits, share_in_words

if TYPE_CHECKING:
    from thamthan.projects.models import Goal, Result

register = template.Library()


@register.filter
def result_number(result: "Result", unit: str) -> str:
    """ตัวเลขของผล: a plain one without its unit, a share with both its parts."""
    if result.value_milli is None:
        return ""
    if result.of_milli is None:
        return in_digits(result.value_milli)
    return share_in_words(result.value_milli, result.of_milli, unit)


@register.filter
def goal_number(goal: "Goal", which: str) -> str:
    """ค่าฐานหรือเป้าหมาย in words; empty where there is none."""
    milli: Any = getattr(goal, f"{which}_milli")
    if milli is None:
        return ""
    return aim_in_words(milli, getattr(goal, f"{which}_of_milli"), goal.unit)
