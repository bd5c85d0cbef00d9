"""What may be asked of this room."""

from thamthan.projects.queries.doors import (
    answerable_clauses,
    answers_of,
    is_own,
    own_projects,
    project_for,
    projects_seen_by,
)
from thamthan.projects.queries.plans import (
    amendments_of,
    import_agreed_before,
    import_counts,
    import_for,
    import_lines,
    imports_of,
    plan_for,
    plan_row_for,
    plan_rows,
    plan_sums,
    plans_counted,
    plans_of,
    programmes_of,
    words_of_row,
)

__all__ = [
    "amendments_of",
    "answerable_clauses",
    "answers_of",
    "import_agreed_before",
    "import_counts",
    "import_for",
    "import_lines",
    "imports_of",
    "is_own",
    "own_projects",
    "plan_for",
    "plan_row_for",
    "plan_rows",
    "plan_sums",
    "plans_counted",
    "plans_of",
    "programmes_of",
    "project_for",
    "projects_seen_by",
    "words_of_row",
]
