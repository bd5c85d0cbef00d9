"""Every write of this room; each says who acts, and is one transaction with its line of history."""

from thamthan.directives.actions.adopting import adopt_order, begin_order
from thamthan.directives.actions.cascading import Cascaded, cascade_order
from thamthan.directives.actions.passing_on import pass_on_order
from thamthan.directives.actions.runs import (
    AT_ONCE,
    carry_on_cascade,
    carry_on_cascade_task,
    requeue_stuck_cascades,
    start_cascade,
)

__all__ = [
    "AT_ONCE",
    "Cascaded",
    "adopt_order",
    "begin_order",
    "carry_on_cascade",
    "carry_on_cascade_task",
    "cascade_order",
    "pass_on_order",
    "requeue_stuck_cascades",
    "start_cascade",
]
