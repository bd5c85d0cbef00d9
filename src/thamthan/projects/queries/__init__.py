"""What may be asked of this room."""

from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)
from thamthan.projects.queries.papers import (
    FormLine,
    RequestLine,
    form_lines,
    funding_request_for,
    proposal_facts,
    requests_to_write,
)
from thamthan.projects.queries.plan_papers import (
    plan_paper_for,
    plan_tables,
    project_as_plan_row,
)

__all__ = [
    "FormLine",
    "RequestLine",
    "answerable_clauses",
    "answers_of",
    "form_lines",
    "funding_request_for",
    "is_own",
    "own_projects",
    "plan_paper_for",
    "plan_tables",
    "project_as_plan_row",
    "project_for",
    "projects_seen_by",
    "proposal_facts",
    "requests_to_write",
]
