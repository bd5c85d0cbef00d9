"""What the room of reports keeps."""

from thamthan.reports.models.forms import FormChoice, FormQuestion, Question, ReportForm, Round
from thamthan.reports.models.proposals import Agreement, Proposal
from thamthan.reports.models.public import Publication
from thamthan.reports.models.reports import Answer, Report, SentReport
from thamthan.reports.models.shared import Deduction, SharedEvent
from thamthan.reports.models.totals import Consolidation, Figure, Total

__all__ = [
    "Agreement",
    "Answer",
    "Consolidation",
    "Deduction",
    "Figure",
    "FormChoice",
    "FormQuestion",
    "Proposal",
    "Publication",
    "Question",
    "Report",
    "ReportForm",
    "Round",
    "SentReport",
    "SharedEvent",
    "Total",
]
