"""What may be done in this room."""

from thamthan.reports.actions.agreeing import (
    agree_to_report,
    propose_report,
    return_proposal,
    set_agreement,
)
from thamthan.reports.actions.answering import (
    Conflict,
    Given,
    fill_report,
    save_answers,
)
from thamthan.reports.actions.choosing import choose_form
from thamthan.reports.actions.closing import close_consolidation
from thamthan.reports.actions.forms import load_report_form, load_shipped_forms
from thamthan.reports.actions.judging import accept_reports, return_report
from thamthan.reports.actions.making_forms import (
    FormHead,
    drop_question,
    end_form,
    keep_form,
    keep_question,
    make_form,
    make_next_version,
    move_question,
    offer_form_again,
)
from thamthan.reports.actions.publishing import publish_round, unpublish_round
from thamthan.reports.actions.rounds import open_due_rounds, open_rounds
from thamthan.reports.actions.sending import (
    save_and_submit,
    submit_nil_report,
    submit_report,
)
from thamthan.reports.actions.shared import (
    Taken,
    join_events,
    part_events,
    undo_shared_event,
)
from thamthan.reports.actions.upward import draft_round_letter
from thamthan.reports.actions.workbooks import MOST_FILES, Merged, merge_workbook, merge_workbooks

__all__ = [
    "MOST_FILES",
    "Conflict",
    "FormHead",
    "Given",
    "Merged",
    "Taken",
    "accept_reports",
    "agree_to_report",
    "choose_form",
    "close_consolidation",
    "draft_round_letter",
    "drop_question",
    "end_form",
    "fill_report",
    "join_events",
    "keep_form",
    "keep_question",
    "load_report_form",
    "load_shipped_forms",
    "make_form",
    "make_next_version",
    "merge_workbook",
    "merge_workbooks",
    "move_question",
    "offer_form_again",
    "open_due_rounds",
    "open_rounds",
    "part_events",
    "propose_report",
    "publish_round",
    "return_proposal",
    "return_report",
    "save_and_submit",
    "save_answers",
    "set_agreement",
    "submit_nil_report",
    "submit_report",
    "undo_shared_event",
    "unpublish_round",
]
