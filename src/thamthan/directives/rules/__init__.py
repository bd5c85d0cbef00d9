"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.counting import MOST_LAST_WORD, counted_day, last_word
from thamthan.directives.rules.likeness import SAME_MATTER, likeness
from thamthan.directives.rules.showing import TaskShow
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
    "MOST_LAST_WORD",
    "SAME_MATTER",
    "WAITED_FOR",
    "AssignmentState",
    "CountsFrom",
    "ExtensionState",
    "Measure",
    "OrderState",
    "PolicyKind",
    "RemarkKind",
    "TaskShow",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "counted_day",
    "is_late",
    "last_word",
    "likeness",
    "may_follow",
]
