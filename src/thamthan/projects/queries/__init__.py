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
from thamthan.projects.queries.public import (
    PublicProject,
    progress_of_published,
    public_project,
    published_project,
    published_projects,
    shown_to_public,
)

__all__ = [
    "Cell",
    "GivenResult",
    "GoalLine",
    "PublicProject",
    "answerable_clauses",
    "answers_of",
    "doubts_of",
    "goal_for",
    "goals_of",
    "is_own",
    "own_projects",
    "progress_of",
    "progress_of_published",
    "project_for",
    "projects_seen_by",
    "public_project",
    "published_project",
    "published_projects",
    "residents_of",
    "result_for",
    "results_of",
    "shown_to_public",
]
