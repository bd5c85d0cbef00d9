"""Every table of this room."""

from thamthan.directives.models.assignments import Assignment, Extension, Handing, Remark
from thamthan.directives.models.orders import (
    Directive,
    DirectivePolicy,
    Obligation,
    Order,
    OwnDeadline,
    Supporter,
    TwinOrders,
)
from thamthan.directives.models.policies import Indicator, Policy, Theme
from thamthan.directives.models.runs import CascadeRun

__all__ = [
    "Assignment",
    "CascadeRun",
    "Directive",
    "DirectivePolicy",
    "Extension",
    "Handing",
    "Indicator",
    "Obligation",
    "Order",
    "OwnDeadline",
    "Policy",
    "Remark",
    "Supporter",
    "Theme",
    "TwinOrders",
]
