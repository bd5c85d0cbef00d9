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
from thamthan.directives.queries.order_sheet import OrderSheet, order_sheet
from thamthan.directives.queries.passing_on import (
    PassOnSheet,
    orders_of_draft,
    paragraph_of,
    pass_on_sheet,
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
    "OrderSheet",
    "PassOnSheet",
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
    "order_sheet",
    "orders_of_draft",
    "orders_seen_by",
    "own_handing_of",
    "paragraph_of",
    "pass_on_sheet",
    "preview_of",
    "receivers_of",
]
