"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.directives.rules.boards import (
    STATES_SHOWN,
    MapFigure,
    Show,
    Sort,
)
from thamthan.directives.rules.choice import (
    MOST_CODES,
    Choice,
    Whom,
    choice_of,
    codes_in,
)
from thamthan.directives.rules.counting import (
    MOST_LAST_WORD,
    counted_day,
    last_word,
)
from thamthan.directives.rules.downward import (
    AskedLine,
    Downward,
    PaperClause,
    asking_paragraph,
    body_downward,
)
from thamthan.directives.rules.heads import (
    Office,
    addressee_of,
    head_of,
    plain_name,
)
from thamthan.directives.rules.latency import (
    SHORT_LEVELS,
    WAY_DOWN,
    Figure,
    LevelStay,
    figure_of,
)
from thamthan.directives.rules.likeness import (
    SAME_MATTER,
    likeness,
    likeness_of,
    pairs_of,
)
from thamthan.directives.rules.planning import (
    Pace,
    Plan,
    PlannedDay,
    plan_backwards,
)
from thamthan.directives.rules.policies import (
    has_ended,
    inserted_number,
    next_number,
)
from thamthan.directives.rules.showing import (
    TaskShow,
)
from thamthan.directives.rules.states import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    Better,
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
    "MOST_LAST_WORD",
    "SAME_MATTER",
    "SHORT_LEVELS",
    "STATES_SHOWN",
    "WAITED_FOR",
    "WAY_DOWN",
    "AskedLine",
    "AssignmentState",
    "Better",
    "Choice",
    "CountsFrom",
    "Downward",
    "ExtensionState",
    "Figure",
    "LevelStay",
    "MapFigure",
    "Measure",
    "Office",
    "OrderState",
    "Pace",
    "PaperClause",
    "Plan",
    "PlannedDay",
    "PolicyKind",
    "RemarkKind",
    "Show",
    "Sort",
    "TaskShow",
    "Whom",
    "addressee_of",
    "asking_paragraph",
    "body_downward",
    "check_assignment_move",
    "check_extension_move",
    "check_order_move",
    "choice_of",
    "codes_in",
    "counted_day",
    "figure_of",
    "has_ended",
    "head_of",
    "inserted_number",
    "is_late",
    "last_word",
    "likeness",
    "likeness_of",
    "may_follow",
    "next_number",
    "pairs_of",
    "plain_name",
    "plan_backwards",
]
