"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.policies import (
    has_ended,
    inserted_number,
    next_number,
)
from thamthan.directives.rules.states import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    CountsFrom,
    ExtensionState,
    Measure,
    OrderState,
    PolicyKind,
    RemarkKind,
    check_assignment_move,
    check_extension_move,
    check_order_move,
    is_late,
    may_follow,
)

__all__ = [
    "ANSWERS",
    "WAITED_FOR",
    "AssignmentState",
    "CountsFrom",
    "ExtensionState",
    "Measure",
    "OrderState",
    "PolicyKind",
    "RemarkKind",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "has_ended",
    "inserted_number",
    "is_late",
    "may_follow",
    "next_number",
]
