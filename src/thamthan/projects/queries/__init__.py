"""What may be asked of this room."""

from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)
from thamthan.projects.queries.evidence import (
    ToldDoubt,
    counts_of_evidence,
    doubts_of,
    evidence_for,
    evidence_of,
    evidence_to_judge,
    is_author,
    may_judge,
    may_withdraw,
    withdrawn_evidence,
)
from thamthan.projects.queries.pictures import (
    like_pictures,
    public_picture,
    public_pictures,
    same_pictures,
    small_picture,
)

__all__ = [
    "ToldDoubt",
    "answerable_clauses",
    "answers_of",
    "counts_of_evidence",
    "doubts_of",
    "evidence_for",
    "evidence_of",
    "evidence_to_judge",
    "is_author",
    "is_own",
    "like_pictures",
    "may_judge",
    "may_withdraw",
    "own_projects",
    "project_for",
    "projects_seen_by",
    "public_picture",
    "public_pictures",
    "same_pictures",
    "small_picture",
    "withdrawn_evidence",
]
