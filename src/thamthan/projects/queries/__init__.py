"""What may be asked of this room."""

from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)

__all__ = [
    "answerable_clauses",
    "answers_of",
    "is_own",
    "own_projects",
    "project_for",
    "projects_seen_by",
]
