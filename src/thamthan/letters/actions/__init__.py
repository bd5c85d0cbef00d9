"""Every writing of letters; `by` is the post that acts."""

from thamthan.letters.actions.chains import (
    ChainPlace,
    set_chain,
    set_phrases,
)
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
from thamthan.letters.actions.drafting import (
    ChangedMeanwhile,
    attach_to_draft,
    detach_from_draft,
    move_draft,
    save_draft,
    start_draft,
)
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
from thamthan.letters.actions.handover import HandedOver, hand_over_desk
from thamthan.letters.actions.issuing import (
    issue_draft,
)
from thamthan.letters.actions.keeping import (
    file_letter,
    lend_letter,
    return_loan,
)
from thamthan.letters.actions.linking import (
    link_letters,
    link_stub,
    unlink_letters,
    unlink_stub,
)
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
from thamthan.letters.actions.registers import (
    change_register,
    open_register,
)
from thamthan.letters.actions.searching import (
    forget_search,
    is_search_true,
    rebuild_search,
    save_search,
)
from thamthan.letters.actions.secrecy import (
    classify_letter,
    end_reader,
    name_reader,
    record_view,
)
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
from thamthan.letters.actions.sent import (
    SentParticulars,
    enter_sent_letter,
)
from thamthan.letters.actions.signing import (
    endorse_draft,
    put_up_draft,
    recall_draft,
    send_draft_back,
    sign_draft,
    skip_draft_step,
)
from thamthan.letters.actions.stamping import (
    place_stamp,
)
from thamthan.letters.actions.stationery import (
    keep_template,
    set_letterhead,
)

__all__ = [
    "MOST_ATTEMPTS",
    "STUCK_AFTER",
    "Assignment",
    "ChainPlace",
    "ChangedMeanwhile",
    "HandedOver",
    "IncomingFile",
    "Judgement",
    "Member",
    "SentParticulars",
    "appoint_committee",
    "approve_disposal",
    "ask_archives",
    "assign_step",
    "attach_to_draft",
    "cancel_number",
    "change_register",
    "classify_letter",
    "confirm_reading",
    "deliver_sendings",
    "deliver_sendings_task",
    "deliver_waiting",
    "destroy_letters",
    "detach_from_draft",
    "draft_disposal",
    "end_reader",
    "endorse_draft",
    "enter_sent_letter",
    "erase_leftovers",
    "file_letter",
    "finish_letter",
    "finish_routing",
    "forget_search",
    "give_sent_number",
    "hand_over_desk",
    "is_search_true",
    "issue_draft",
    "judge_lines",
    "keep_group",
    "keep_template",
    "lend_letter",
    "link_letters",
    "link_stub",
    "mark_as_twin",
    "mark_sendings_sent",
    "move_draft",
    "move_sending",
    "name_reader",
    "open_register",
    "pass_step",
    "place_stamp",
    "put_up_draft",
    "put_up_letter",
    "read_letter",
    "read_letter_task",
    "rebuild_search",
    "recall_draft",
    "recall_step",
    "receive_in_division",
    "receive_letter",
    "record_archives_answer",
    "record_view",
    "redact_file",
    "register_incoming",
    "release_reserved",
    "reopen_letter",
    "requeue_stuck_readings",
    "requeue_waiting_readings",
    "reserve_numbers",
    "return_loan",
    "return_step",
    "save_draft",
    "save_search",
    "send_draft_back",
    "send_letter",
    "set_aside_letter",
    "set_chain",
    "set_disclosure",
    "set_letterhead",
    "set_phrases",
    "sign_draft",
    "skip_draft_step",
    "skip_step",
    "start_draft",
    "start_routing",
    "take_back_letter",
    "take_number",
    "take_step",
    "unlink_letters",
    "unlink_stub",
    "use_reserved",
]
