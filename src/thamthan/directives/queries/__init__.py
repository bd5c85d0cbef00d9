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
from thamthan.directives.queries.latency import (
    HouseLatency,
    OrderLatency,
    latency_of,
    latency_of_house,
)
from thamthan.directives.queries.recipients import (
    Preview,
    cascade_runs_of,
    has_anyone_below,
    kinds_below,
    preview_of,
    receivers_of,
)

__all__ = [
    "HouseLatency",
    "OrderLatency",
    "Preview",
    "assignment_for",
    "assignments_seen_by",
    "came_with",
    "cascade_runs_of",
    "handing_for",
    "handings_seen_by",
    "has_anyone_below",
    "kinds_below",
    "latency_of",
    "latency_of_house",
    "order_for",
    "orders_seen_by",
    "own_handing_of",
    "preview_of",
    "receivers_of",
]
