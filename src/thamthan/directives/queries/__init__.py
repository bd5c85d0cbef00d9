"""Every read that leaves this room; the first argument is the post that asks."""

from thamthan.directives.queries.doors import (
    assignment_for,
    assignments_seen_by,
    came_with,
    handing_for,
    handings_seen_by,
    order_for,
    orders_seen_by,
    own_handing_of,
)
from thamthan.directives.queries.policies import (
    CalledPolicy,
    clauses_under,
    indicators_seen_by,
    policies_called_in,
    policies_counted,
    policies_seen_by,
    policy_for,
)

__all__ = [
    "CalledPolicy",
    "assignment_for",
    "assignments_seen_by",
    "came_with",
    "clauses_under",
    "handing_for",
    "handings_seen_by",
    "indicators_seen_by",
    "order_for",
    "orders_seen_by",
    "own_handing_of",
    "policies_called_in",
    "policies_counted",
    "policies_seen_by",
    "policy_for",
]
