"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.projects.rules.evidence import PICTURES, EvidenceDoubt
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
    "PICTURES",
    "SECTIONS",
    "SHOWN_STATES",
    "AddingUp",
    "EvidenceDoubt",
    "EvidenceKind",
    "EvidenceState",
    "PlaceKind",
    "PlanForm",
    "PlanMode",
    "PlanShape",
    "PlanStanding",
    "ProjectState",
    "RequestState",
    "ResultStanding",
    "Section",
    "check_project_move",
    "check_request_move",
    "missing_sections",
    "next_project_states",
]
