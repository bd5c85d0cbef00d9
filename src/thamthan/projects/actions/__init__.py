"""What may be done in this room."""

from thamthan.projects.actions.plan_imports import (
    agree_plan_import,
    begin_plan_import,
    choose_lines,
    drop_plan_import,
)
from thamthan.projects.actions.plans import (
    add_plan_row,
    amend_plan_row,
    drop_plan_row,
    keep_plan,
    mend_plan_row,
    take_up_row,
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
    "ProjectWords",
    "add_plan_row",
    "agree_plan_import",
    "amend_plan_row",
    "answer_clauses",
    "begin_plan_import",
    "change_project",
    "choose_lines",
    "drop_plan_import",
    "drop_plan_row",
    "keep_plan",
    "mend_plan_row",
    "move_project",
    "propose_project",
    "show_project",
    "take_up_row",
]
