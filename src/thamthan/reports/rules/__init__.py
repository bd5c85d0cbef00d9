"""Enums with their labels, allowed moves and arithmetic of this room."""

from thamthan.reports.rules.states import (
    COUNTED,
    END_OF_DAY,
    OWED,
    WRITABLE,
    Adding,
    AnswerStanding,
    Due,
    Each,
    Fill,
    QuestionKind,
    ReportState,
    check_report_move,
    due_of,
)
from thamthan.reports.rules.summing import MOST_MILLI, Sum, sum_of

__all__ = [
    "COUNTED",
    "END_OF_DAY",
    "MOST_MILLI",
    "OWED",
    "WRITABLE",
    "Adding",
    "AnswerStanding",
    "Due",
    "Each",
    "Fill",
    "QuestionKind",
    "ReportState",
    "Sum",
    "check_report_move",
    "due_of",
    "sum_of",
]
