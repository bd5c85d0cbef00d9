"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.drafting import (
    ChangedMeanwhile,
    attach_to_draft,
    detach_from_draft,
    move_draft,
    save_draft,
    sign_draft,
    start_draft,
)
from thamthan.letters.actions.issuing import issue_draft
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
from thamthan.letters.actions.sending import (
    deliver_sendings,
    deliver_sendings_task,
    deliver_waiting,
    keep_group,
    mark_sendings_sent,
    move_sending,
    register_incoming,
    send_letter,
)
from thamthan.letters.actions.sent import SentParticulars, enter_sent_letter
from thamthan.letters.actions.stamping import place_stamp
from thamthan.letters.actions.stationery import keep_template, set_letterhead

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "ChangedMeanwhile",
    "IncomingFile",
    "SentParticulars",
    "attach_to_draft",
    "cancel_number",
    "change_register",
    "confirm_reading",
    "deliver_sendings",
    "deliver_sendings_task",
    "deliver_waiting",
    "detach_from_draft",
    "enter_sent_letter",
    "finish_letter",
    "give_sent_number",
    "issue_draft",
    "keep_group",
    "keep_template",
    "mark_as_twin",
    "mark_sendings_sent",
    "move_draft",
    "move_sending",
    "open_register",
    "place_stamp",
    "read_letter",
    "read_letter_task",
    "receive_in_division",
    "receive_letter",
    "register_incoming",
    "release_reserved",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "reserve_numbers",
    "save_draft",
    "send_letter",
    "set_aside_letter",
    "set_letterhead",
    "sign_draft",
    "start_draft",
    "take_back_letter",
    "take_number",
    "use_reserved",
]
