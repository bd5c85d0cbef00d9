"""What may be done in this room."""

from thamthan.projects.actions.papers import (
    CostWords,
    answer_form,
    draft_request_letter,
    set_costs,
)
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)

__all__ = [
    "CostWords",
    "ProjectWords",
    "answer_clauses",
    "answer_form",
    "change_project",
    "draft_request_letter",
    "move_project",
    "propose_project",
    "set_costs",
    "show_project",
]
