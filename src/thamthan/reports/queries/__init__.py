"""What may be asked of this room."""

from thamthan.reports.queries.agreements import (
    agreement_of,
    agrees_here,
    last_proposal,
    proposals_waiting,
)
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
from thamthan.reports.queries.filling_in import FormLine, form_lines, versions_of
from thamthan.reports.queries.places import Place, places_of
from thamthan.reports.queries.review import (
    AnswerLine,
    SentLine,
    accepted_version,
    answer_lines,
    proposal_lines,
    reports_to_judge,
    sent_version,
)
from thamthan.reports.queries.rows import (
    HouseRows,
    TableTold,
    house_rows,
    rows_table,
    sum_words,
    table_questions,
    table_told,
)
from thamthan.reports.queries.tables import (
    counted_questions,
    houses_table,
    line_words,
    missing_words,
    told_sum,
    totals_table,
)
from thamthan.reports.queries.telling import Sentence, told_together
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    reported_in,
    totals_from_figures,
    totals_of,
)
from thamthan.reports.queries.workbooks import report_workbook

__all__ = [
    "AnswerLine",
    "DueLine",
    "FormLine",
    "HouseRows",
    "Place",
    "Reported",
    "SentLine",
    "Sentence",
    "TableTold",
    "accepted_version",
    "agreement_of",
    "agrees_here",
    "answer_lines",
    "consolidation_of",
    "counted_questions",
    "due_line",
    "form_lines",
    "house_rows",
    "houses_table",
    "is_own_report",
    "judges_report",
    "last_proposal",
    "line_words",
    "missing_reports",
    "missing_words",
    "organisation_in_round",
    "own_reports",
    "places_of",
    "proposal_lines",
    "proposals_waiting",
    "report_for",
    "report_workbook",
    "reported",
    "reported_in",
    "reports_seen_by",
    "reports_to_judge",
    "round_for",
    "rounds_seen_by",
    "rows_table",
    "sent_version",
    "sum_words",
    "table_questions",
    "table_told",
    "told_sum",
    "told_together",
    "totals_from_figures",
    "totals_of",
    "totals_table",
    "versions_of",
]
