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
from thamthan.directives.queries.lateness import late_under, proposed_day

__all__ = [
    "assignment_for",
    "assignments_seen_by",
    "came_with",
    "handing_for",
    "handings_seen_by",
    "late_under",
    "order_for",
    "orders_seen_by",
    "own_handing_of",
    "proposed_day",
]
