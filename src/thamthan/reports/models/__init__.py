"""What the room of reports keeps."""

from thamthan.reports.models.forms import FormChoice, FormQuestion, Question, ReportForm, Round
from thamthan.reports.models.public import Publication
from thamthan.reports.models.reports import Answer, Report, SentReport
from thamthan.reports.models.totals import Consolidation, Figure, Total

__all__ = [
    "Answer",
    "Consolidation",
    "Figure",
    "FormChoice",
    "FormQuestion",
    "Publication",
    "Question",
    "Report",
    "ReportForm",
    "Round",
    "SentReport",
    "Total",
]
