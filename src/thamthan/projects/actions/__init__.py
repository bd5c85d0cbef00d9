"""What may be done in this room."""

from thamthan.projects.actions.goals import GoalWords, drop_goal, set_goal
from thamthan.projects.actions.measures import correct_result, give_result, tell_residents
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)

__all__ = [
    "GoalWords",
    "ProjectWords",
    "answer_clauses",
    "change_project",
    "correct_result",
    "drop_goal",
    "give_result",
    "move_project",
    "propose_project",
    "set_goal",
    "show_project",
    "tell_residents",
]
