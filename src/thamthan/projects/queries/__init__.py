"""What may be asked of this room."""

from thamthan.projects.queries.budget import (
    LineTotals,
    WrongTotal,
    allotments_of_line,
    budget_line_for,
    budget_lines,
    budget_totals,
    budget_years,
    history_of_line,
    wrong_totals,
)
from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)
from thamthan.projects.queries.money import (
    Bound,
    ProjectMoney,
    Source,
    channels_of_today,
    lines_to_allot,
    money_of,
    own_allotment_for,
    own_commitment_for,
)

__all__ = [
    "Bound",
    "LineTotals",
    "ProjectMoney",
    "Source",
    "WrongTotal",
    "allotments_of_line",
    "answerable_clauses",
    "answers_of",
    "budget_line_for",
    "budget_lines",
    "budget_totals",
    "budget_years",
    "channels_of_today",
    "history_of_line",
    "is_own",
    "lines_to_allot",
    "money_of",
    "own_allotment_for",
    "own_commitment_for",
    "own_projects",
    "project_for",
    "projects_seen_by",
    "wrong_totals",
]
