"""Every write of this room; each says who acts, and is one transaction with its line of history."""

from thamthan.directives.actions.adopting import (
    adopt_order,
    begin_order,
)
from thamthan.directives.actions.answering import (
    answer_tasks,
    ask_extension,
    ask_question,
    begin_tasks,
    decline_tasks,
    record_paper_answer,
    reply_question,
    report_nil,
)
from thamthan.directives.actions.cascading import (
    Cascaded,
    cascade_order,
)
from thamthan.directives.actions.chasing import (
    chase_late,
)
from thamthan.directives.actions.clauses import (
    Named,
    Worded,
    add_directive,
    drop_directive,
    merge_directives,
    put_under_policies,
    restore_directive,
    reword_directive,
    split_directive,
)
from thamthan.directives.actions.dividing import (
    hand_to_divisions,
)
from thamthan.directives.actions.extending import (
    decide_extension,
    extend_all,
)
from thamthan.directives.actions.judging import (
    accept_answers,
    close_order,
    return_answers,
)
from thamthan.directives.actions.obligations import (
    UNITS,
    Asked,
    ByNoDay,
    ByOwnDay,
    ByReading,
    ByReceipt,
    drop_obligation,
    keep_obligation,
    restore_obligation,
)
from thamthan.directives.actions.passing_on import (
    pass_on_order,
)
from thamthan.directives.actions.policies import (
    OwnPolicy,
    PoliciesLoaded,
    end_policy,
    keep_policy,
    load_policies,
)
from thamthan.directives.actions.receiving import (
    acknowledge_handing,
    receive_handed,
)
from thamthan.directives.actions.reporting import (
    draft_answer_letter,
)
from thamthan.directives.actions.runs import (
    AT_ONCE,
    carry_on_cascade,
    carry_on_cascade_task,
    requeue_stuck_cascades,
    start_cascade,
)
from thamthan.directives.actions.twinning import (
    link_twins,
)

__all__ = [
    "AT_ONCE",
    "UNITS",
    "Asked",
    "ByNoDay",
    "ByOwnDay",
    "ByReading",
    "ByReceipt",
    "Cascaded",
    "Named",
    "OwnPolicy",
    "PoliciesLoaded",
    "Worded",
    "accept_answers",
    "acknowledge_handing",
    "add_directive",
    "adopt_order",
    "answer_tasks",
    "ask_extension",
    "ask_question",
    "begin_order",
    "begin_tasks",
    "carry_on_cascade",
    "carry_on_cascade_task",
    "cascade_order",
    "chase_late",
    "close_order",
    "decide_extension",
    "decline_tasks",
    "draft_answer_letter",
    "drop_directive",
    "drop_obligation",
    "end_policy",
    "extend_all",
    "hand_to_divisions",
    "keep_obligation",
    "keep_policy",
    "link_twins",
    "load_policies",
    "merge_directives",
    "pass_on_order",
    "put_under_policies",
    "receive_handed",
    "record_paper_answer",
    "reply_question",
    "report_nil",
    "requeue_stuck_cascades",
    "restore_directive",
    "restore_obligation",
    "return_answers",
    "reword_directive",
    "split_directive",
    "start_cascade",
]
