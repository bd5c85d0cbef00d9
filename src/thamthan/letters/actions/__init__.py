"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.chains import ChainPlace, set_chain, set_phrases
from thamthan.letters.actions.endorsing import (
    Assignment,
    assign_step,
    finish_routing,
    pass_step,
    put_up_letter,
    recall_step,
    return_step,
    skip_step,
    start_routing,
    take_step,
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

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "Assignment",
    "ChainPlace",
    "IncomingFile",
    "assign_step",
    "confirm_reading",
    "finish_letter",
    "finish_routing",
    "mark_as_twin",
    "open_register",
    "pass_step",
    "put_up_letter",
    "read_letter",
    "read_letter_task",
    "recall_step",
    "receive_letter",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "return_step",
    "set_aside_letter",
    "set_chain",
    "set_phrases",
    "skip_step",
    "start_routing",
    "take_back_letter",
    "take_step",
]
