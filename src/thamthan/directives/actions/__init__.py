"""Every write of this room; each says who acts, and is one transaction with its line of history."""

from thamthan.directives.actions.adopting import adopt_order, begin_order
from thamthan.directives.actions.cascading import Cascaded, cascade_order
from thamthan.directives.actions.chasing import chase_late

__all__ = ["Cascaded", "adopt_order", "begin_order", "cascade_order", "chase_late"]
