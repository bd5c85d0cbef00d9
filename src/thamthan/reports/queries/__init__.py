"""What may be asked of this room."""

from thamthan.reports.queries.desk import ReportsOnDesk, reports_on_desk
from thamthan.reports.queries.doors import (
    consolidation_of,
    is_own_report,
    judges_report,
    organisation_in_round,
    own_reports,
    report_for,
    reports_of_round,
    reports_seen_by,
    round_for,
    rounds_seen_by,
)
from thamthan.reports.queries.dues import DueLine, due_line
from thamthan.reports.queries.filling_in import FormLine, form_lines, versions_of
from thamthan.reports.queries.overviews import Overview, overview_of
from thamthan.reports.queries.places import Place, places_of
from thamthan.reports.queries.review import (
    AnswerLine,
    SentLine,
    accepted_version,
    answer_lines,
    reports_to_judge,
    sent_version,
)
from thamthan.reports.queries.tables import (
    counted_questions,
    houses_table,
    line_words,
    missing_words,
    told_sum,
    totals_table,
)
from thamthan.reports.queries.telling import Sentence, told_of_round, told_together
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    reported_in,
    totals_from_figures,
    totals_of,
    totals_of_seen,
)
from thamthan.reports.queries.workbooks import report_workbook

__all__ = [
    "AnswerLine",
    "DueLine",
    "FormLine",
    "Overview",
    "Place",
    "Reported",
    "ReportsOnDesk",
    "SentLine",
    "Sentence",
    "accepted_version",
    "answer_lines",
    "consolidation_of",
    "counted_questions",
    "due_line",
    "form_lines",
    "houses_table",
    "is_own_report",
    "judges_report",
    "line_words",
    "missing_reports",
    "missing_words",
    "organisation_in_round",
    "overview_of",
    "own_reports",
    "places_of",
    "report_for",
    "report_workbook",
    "reported",
    "reported_in",
    "reports_of_round",
    "reports_on_desk",
    "reports_seen_by",
    "reports_to_judge",
    "round_for",
    "rounds_seen_by",
    "sent_version",
    "told_of_round",
    "told_sum",
    "told_together",
    "totals_from_figures",
    "totals_of",
    "totals_of_seen",
    "totals_table",
    "versions_of",
]
