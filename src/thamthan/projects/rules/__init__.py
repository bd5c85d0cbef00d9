"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.projects.rules.figures import (
    PeriodFigure,
    Total,
    add_up,
    in_digits,
    milli_of,
    said,
    share_in_words,
)
from thamthan.projects.rules.guards import Doubt, Guard
from thamthan.projects.rules.periods import Period, quarter_containing, quarters_shown
from thamthan.projects.rules.progress import Light, Part, Progress, baht
from thamthan.projects.rules.showing import without_private
from thamthan.projects.rules.states import (
    LIVE_STATES,
    SHOWN_STATES,
    AddingUp,
    EvidenceKind,
    EvidenceState,
    PlaceKind,
    PlanForm,
    PlanMode,
    PlanShape,
    PlanStanding,
    ProjectState,
    RequestState,
    ResultStanding,
    check_project_move,
    check_request_move,
    next_project_states,
)
from thamthan.projects.rules.writing import (
    MOST_YEARS_AHEAD,
    SECTIONS,
    Section,
    missing_sections,
)

__all__ = [
    "LIVE_STATES",
    "MOST_YEARS_AHEAD",
    "SECTIONS",
    "SHOWN_STATES",
    "AddingUp",
    "Doubt",
    "EvidenceKind",
    "EvidenceState",
    "Guard",
    "Light",
    "Part",
    "Period",
    "PeriodFigure",
    "PlaceKind",
    "PlanForm",
    "PlanMode",
    "PlanShape",
    "PlanStanding",
    "Progress",
    "ProjectState",
    "RequestState",
    "ResultStanding",
    "Section",
    "Total",
    "add_up",
    "baht",
    "check_project_move",
    "check_request_move",
    "in_digits",
    "milli_of",
    "missing_sections",
    "next_project_states",
    "quarter_containing",
    "quarters_shown",
    "said",
    "share_in_words",
    "without_private",
]
