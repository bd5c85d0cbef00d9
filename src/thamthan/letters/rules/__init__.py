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
from thamthan.letters.rules.secrecy import (
    Series,
    Sight,
    check_class_change,
    class_confirmed,
    is_higher,
    series_of,
)

__all__ = [
    "LIVING_STATES",
    "Direction",
    "Identity",
    "LetterState",
    "Maker",
    "ReadingState",
    "Series",
    "Sight",
    "TimeLeft",
    "check_class_change",
    "check_is",
    "check_move",
    "class_confirmed",
    "clock",
    "is_higher",
    "next_due",
    "series_of",
    "time_left",
    "why_twins",
]
