"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.choice import MOST_CODES, Choice, Whom, choice_of, codes_in
from thamthan.directives.rules.planning import Pace, Plan, PlannedDay, plan_backwards
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
    "MOST_CODES",
    "WAITED_FOR",
    "AssignmentState",
    "Choice",
    "CountsFrom",
    "ExtensionState",
    "Measure",
    "OrderState",
    "Pace",
    "Plan",
    "PlannedDay",
    "PolicyKind",
    "RemarkKind",
    "Whom",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "choice_of",
    "codes_in",
    "is_late",
    "may_follow",
    "plan_backwards",
]
