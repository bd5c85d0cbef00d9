"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.letters.rules.letters import (
    LIVING_STATES,
    Direction,
    Identity,
    LetterState,
    Maker,
    ReadingState,
    TimeLeft,
    check_is,
    check_move,
    clock,
    next_due,
    time_left,
    why_twins,
)

__all__ = [
    "LIVING_STATES",
    "Direction",
    "Identity",
    "LetterState",
    "Maker",
    "ReadingState",
    "TimeLeft",
    "check_is",
    "check_move",
    "clock",
    "next_due",
    "time_left",
    "why_twins",
]
