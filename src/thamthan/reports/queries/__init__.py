"""What may be asked of this room."""

from thamthan.reports.queries.burdens import form_burden, offices_with, report_burdens
from thamthan.reports.queries.desk import ReportsOnDesk, reports_on_desk
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
from thamthan.reports.queries.forms import (
    AskedReport,
    FormOnShelf,
    FormUse,
    asked_report,
    asked_reports,
    form_for,
    form_questions,
    form_shelf,
    form_use,
    forms_seen_by,
    offered_forms,
    previewed_questions,
    question_for,
)
from thamthan.reports.queries.papers import draft_paper, report_paper
from thamthan.reports.queries.places import Place, places_of
from thamthan.reports.queries.public import (
    is_secret_round,
    may_publish,
    public_content,
    publication_of,
    published_round,
)
from thamthan.reports.queries.review import (
    AnswerLine,
    SentLine,
    accepted_version,
    answer_lines,
    reports_to_judge,
    sent_version,
)
from thamthan.reports.queries.round_papers import round_paper
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
    "AskedReport",
    "DueLine",
    "FormLine",
    "FormOnShelf",
    "FormUse",
    "Place",
    "Reported",
    "ReportsOnDesk",
    "SentLine",
    "Sentence",
    "accepted_version",
    "answer_lines",
    "asked_report",
    "asked_reports",
    "consolidation_of",
    "counted_questions",
    "draft_paper",
    "due_line",
    "form_burden",
    "form_for",
    "form_lines",
    "form_questions",
    "form_shelf",
    "form_use",
    "forms_seen_by",
    "houses_table",
    "is_own_report",
    "is_secret_round",
    "judges_report",
    "line_words",
    "may_publish",
    "missing_reports",
    "missing_words",
    "offered_forms",
    "offices_with",
    "organisation_in_round",
    "own_reports",
    "places_of",
    "previewed_questions",
    "public_content",
    "publication_of",
    "published_round",
    "question_for",
    "report_burdens",
    "report_for",
    "report_paper",
    "report_workbook",
    "reported",
    "reported_in",
    "reports_on_desk",
    "reports_seen_by",
    "reports_to_judge",
    "round_for",
    "round_paper",
    "rounds_seen_by",
    "sent_version",
    "told_sum",
    "told_together",
    "totals_from_figures",
    "totals_of",
    "totals_table",
    "versions_of",
]
