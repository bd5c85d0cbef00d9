"""What may be done in this room."""

from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)

__all__ = [
    "ProjectWords",
    "answer_clauses",
    "change_project",
    "move_project",
    "propose_project",
    "show_project",
]
