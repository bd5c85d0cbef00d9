"""Every writing of letters; `by` is the post that acts."""

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
    "classify_letter",
    "confirm_reading",
    "end_reader",
    "finish_letter",
    "mark_as_twin",
    "name_reader",
    "open_register",
    "read_letter",
    "read_letter_task",
    "receive_letter",
    "record_view",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "set_aside_letter",
    "take_back_letter",
]
