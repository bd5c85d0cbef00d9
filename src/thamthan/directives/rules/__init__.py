"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.choice import MOST_CODES, Choice, Whom, choice_of, codes_in
from thamthan.directives.rules.downward import (
    AskedLine,
    ClauseLine,
    Downward,
    asking_paragraph,
    body_downward,
)
from thamthan.directives.rules.heads import Office, addressee_of, head_of, plain_name
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
    "AskedLine",
    "AssignmentState",
    "Choice",
    "ClauseLine",
    "CountsFrom",
    "Downward",
    "ExtensionState",
    "Measure",
    "Office",
    "OrderState",
    "Pace",
    "Plan",
    "PlannedDay",
    "PolicyKind",
    "RemarkKind",
    "Whom",
    "addressee_of",
    "asking_paragraph",
    "body_downward",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "choice_of",
    "codes_in",
    "head_of",
    "is_late",
    "may_follow",
    "plain_name",
    "plan_backwards",
]
