"""What may be done in this room."""

from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)
from thamthan.projects.actions.starting import start_project
from thamthan.projects.actions.stepping import finish_step, reopen_step
from thamthan.projects.actions.writing import (
    reword_project,
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
    words_of,
)

__all__ = [
    "ProjectWords",
    "answer_clauses",
    "change_project",
    "finish_step",
    "move_project",
    "propose_project",
    "reopen_step",
    "reword_project",
    "set_places",
    "set_risks",
    "set_steps",
    "set_supporters",
    "set_target_groups",
    "show_project",
    "start_project",
    "words_of",
]
