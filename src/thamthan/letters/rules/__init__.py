"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.letters.rules.chain import (
    Candidate,
    LinkKind,
    Named,
    Standing,
    standing_of,
    why_not_certain,
)
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
    "Candidate",
    "Direction",
    "Identity",
    "LetterState",
    "LinkKind",
    "Maker",
    "Named",
    "ReadingState",
    "Standing",
    "TimeLeft",
    "check_is",
    "check_move",
    "clock",
    "next_due",
    "standing_of",
    "time_left",
    "why_not_certain",
    "why_twins",
]
