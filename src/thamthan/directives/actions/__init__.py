"""Every write of this room; each says who acts, and is one transaction with its line of history."""

from thamthan.directives.actions.adopting import adopt_order, begin_order
from thamthan.directives.actions.cascading import Cascaded, cascade_order
from thamthan.directives.actions.policies import (
    OwnPolicy,
    PoliciesLoaded,
    end_policy,
    keep_policy,
    load_policies,
)

__all__ = [
    "Cascaded",
    "OwnPolicy",
    "PoliciesLoaded",
    "adopt_order",
    "begin_order",
    "cascade_order",
    "end_policy",
    "keep_policy",
    "load_policies",
]
