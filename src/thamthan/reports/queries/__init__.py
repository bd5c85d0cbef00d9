"""What may be asked of this room."""

from thamthan.reports.queries.doors import (
    is_own_report,
    own_reports,
    report_for,
    reports_seen_by,
    round_for,
    rounds_seen_by,
)
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    totals_from_figures,
    totals_of,
)

__all__ = [
    "Reported",
    "is_own_report",
    "missing_reports",
    "own_reports",
    "report_for",
    "reported",
    "reports_seen_by",
    "round_for",
    "rounds_seen_by",
    "totals_from_figures",
    "totals_of",
]
