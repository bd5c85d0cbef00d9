"""What may be asked of this room."""

from thamthan.reports.queries.doors import (
    consolidation_of,
    is_own_report,
    judges_report,
    organisation_in_round,
    own_reports,
    report_for,
    reports_seen_by,
    round_for,
    rounds_seen_by,
)
from thamthan.reports.queries.dues import DueLine, due_line
from thamthan.reports.queries.places import Place, places_of
from thamthan.reports.queries.review import (
    AnswerLine,
    SentLine,
    accepted_version,
    answer_lines,
    reports_to_judge,
    sent_version,
)
from thamthan.reports.queries.telling import Sentence, told_together
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    totals_from_figures,
    totals_of,
)

__all__ = [
    "AnswerLine",
    "DueLine",
    "Place",
    "Reported",
    "SentLine",
    "Sentence",
    "accepted_version",
    "answer_lines",
    "consolidation_of",
    "due_line",
    "is_own_report",
    "judges_report",
    "missing_reports",
    "organisation_in_round",
    "own_reports",
    "places_of",
    "report_for",
    "reported",
    "reports_seen_by",
    "reports_to_judge",
    "round_for",
    "rounds_seen_by",
    "sent_version",
    "told_together",
    "totals_from_figures",
    "totals_of",
]
