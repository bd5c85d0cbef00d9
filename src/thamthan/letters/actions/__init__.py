"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.numbers import (
    cancel_number,
    give_sent_number,
    receive_in_division,
    release_reserved,
    reserve_numbers,
    take_number,
    use_reserved,
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
from thamthan.letters.actions.registers import change_register, open_register
from thamthan.letters.actions.sent import SentParticulars, enter_sent_letter

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "IncomingFile",
    "SentParticulars",
    "cancel_number",
    "change_register",
    "confirm_reading",
    "enter_sent_letter",
    "finish_letter",
    "give_sent_number",
    "mark_as_twin",
    "open_register",
    "read_letter",
    "read_letter_task",
    "receive_in_division",
    "receive_letter",
    "release_reserved",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "reserve_numbers",
    "set_aside_letter",
    "take_back_letter",
    "take_number",
    "use_reserved",
]
