"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.disclosure import (
    redact_file,
    set_disclosure,
)
from thamthan.letters.actions.disposal import (
    Judgement,
    Member,
    appoint_committee,
    approve_disposal,
    ask_archives,
    destroy_letters,
    draft_disposal,
    erase_leftovers,
    judge_lines,
    record_archives_answer,
)
from thamthan.letters.actions.keeping import (
    file_letter,
    lend_letter,
    return_loan,
)
from thamthan.letters.actions.receiving import (
    MOST_ATTEMPTS,
    STUCK_AFTER,
    IncomingFile,
    read_letter,
    read_letter_task,
    receive_letter,
    requeue_stuck_readings,
    requeue_waiting_readings,
)
from thamthan.letters.actions.registering import (
    confirm_reading,
    finish_letter,
    mark_as_twin,
    reopen_letter,
    set_aside_letter,
    take_back_letter,
)
from thamthan.letters.actions.registers import open_register
from thamthan.letters.actions.secrecy import (
    classify_letter,
    end_reader,
    name_reader,
    record_view,
)

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "IncomingFile",
    "Judgement",
    "Member",
    "appoint_committee",
    "approve_disposal",
    "ask_archives",
    "classify_letter",
    "confirm_reading",
    "destroy_letters",
    "draft_disposal",
    "end_reader",
    "erase_leftovers",
    "file_letter",
    "finish_letter",
    "judge_lines",
    "lend_letter",
    "mark_as_twin",
    "name_reader",
    "open_register",
    "read_letter",
    "read_letter_task",
    "receive_letter",
    "record_archives_answer",
    "record_view",
    "redact_file",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "return_loan",
    "set_aside_letter",
    "set_disclosure",
    "take_back_letter",
]
