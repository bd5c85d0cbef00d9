"""What may be asked of this room."""

from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)
from thamthan.projects.queries.measures import (
    Cell,
    GivenResult,
    GoalLine,
    doubts_of,
    goal_for,
    goals_of,
    residents_of,
    result_for,
    results_of,
)
from thamthan.projects.queries.progress import progress_of

__all__ = [
    "Cell",
    "GivenResult",
    "GoalLine",
    "answerable_clauses",
    "answers_of",
    "doubts_of",
    "goal_for",
    "goals_of",
    "is_own",
    "own_projects",
    "progress_of",
    "project_for",
    "projects_seen_by",
    "residents_of",
    "result_for",
    "results_of",
]
