"""What may be done in this room."""

from thamthan.projects.actions.evidence import (
    attach_evidence,
    attach_link,
    attach_upload,
    explain_evidence,
    judge_evidence,
    withdraw_evidence,
)
from thamthan.projects.actions.proposing import (
    ProjectWords,
    answer_clauses,
    change_project,
    move_project,
    propose_project,
    show_project,
)

__all__ = [
    "ProjectWords",
    "answer_clauses",
    "attach_evidence",
    "attach_link",
    "attach_upload",
    "change_project",
    "explain_evidence",
    "judge_evidence",
    "move_project",
    "propose_project",
    "show_project",
    "withdraw_evidence",
]
