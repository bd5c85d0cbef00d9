"""What may be done in this room."""

from thamthan.projects.actions.allotting import (
    allot_money,
    change_plan,
    move_allotment,
    plan_money,
)
from thamthan.projects.actions.budgeting import (
    LineWords,
    keep_line,
    keep_lines,
)
from thamthan.projects.actions.goals import (
    GoalWords,
    drop_goal,
    set_goal,
)
from thamthan.projects.actions.measures import (
    correct_result,
    give_result,
    tell_residents,
)
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)
from thamthan.projects.actions.spending import (
    commit_money,
    pay_money,
    release_money,
    take_money_back,
)

__all__ = [
    "GoalWords",
    "LineWords",
    "ProjectWords",
    "allot_money",
    "answer_clauses",
    "change_plan",
    "change_project",
    "commit_money",
    "correct_result",
    "drop_goal",
    "give_result",
    "keep_line",
    "keep_lines",
    "move_allotment",
    "move_project",
    "pay_money",
    "plan_money",
    "propose_project",
    "release_money",
    "set_goal",
    "show_project",
    "take_money_back",
    "tell_residents",
]
