"""Every write of this room; each says who acts, and is one transaction with its line of history."""

from thamthan.directives.actions.adopting import adopt_order, begin_order
from thamthan.directives.actions.cascading import Cascaded, cascade_order
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
from thamthan.directives.actions.handover import HandedOver, hand_over_desk
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
from thamthan.directives.actions.policies import (
    OwnPolicy,
    PoliciesLoaded,
    end_policy,
    keep_policy,
    load_policies,
)

__all__ = [
    "UNITS",
    "Asked",
    "ByNoDay",
    "ByOwnDay",
    "ByReading",
    "ByReceipt",
    "Cascaded",
    "HandedOver",
    "Named",
    "OwnPolicy",
    "PoliciesLoaded",
    "Worded",
    "add_directive",
    "adopt_order",
    "begin_order",
    "cascade_order",
    "drop_directive",
    "drop_obligation",
    "end_policy",
    "hand_over_desk",
    "keep_obligation",
    "keep_policy",
    "load_policies",
    "merge_directives",
    "put_under_policies",
    "restore_directive",
    "restore_obligation",
    "reword_directive",
    "split_directive",
]
