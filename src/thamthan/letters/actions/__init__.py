"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.linking import (
    link_letters,
    link_stub,
    unlink_letters,
    unlink_stub,
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
from thamthan.letters.actions.searching import (
    forget_search,
    is_search_true,
    rebuild_search,
    save_search,
)

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "IncomingFile",
    "confirm_reading",
    "finish_letter",
    "forget_search",
    "is_search_true",
    "link_letters",
    "link_stub",
    "mark_as_twin",
    "open_register",
    "read_letter",
    "read_letter_task",
    "rebuild_search",
    "receive_letter",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "save_search",
    "set_aside_letter",
    "take_back_letter",
    "unlink_letters",
    "unlink_stub",
]
