"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.boards import STATES_SHOWN, MapFigure, Show, Sort
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
    "STATES_SHOWN",
    "WAITED_FOR",
    "AssignmentState",
    "CountsFrom",
    "ExtensionState",
    "MapFigure",
    "Measure",
    "OrderState",
    "PolicyKind",
    "RemarkKind",
    "Show",
    "Sort",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "is_late",
    "may_follow",
]
