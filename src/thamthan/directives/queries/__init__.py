"""Every read that leaves this room; the first argument is the post that asks."""

from thamthan.directives.queries.clauses import (
    ClauseLine,
    Clauses,
    clause_for,
    clauses_of,
    obligation_for,
    order_of_letter,
    policies_suggested,
)
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
from thamthan.directives.queries.handover import Desk, desk_to_hand_over, successors_of
from thamthan.directives.queries.lists import (
    letters_to_take_apart,
    order_counts,
    orders_of_house,
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
    "ClauseLine",
    "Clauses",
    "Desk",
    "assignment_for",
    "assignments_seen_by",
    "came_with",
    "clause_for",
    "clauses_of",
    "clauses_under",
    "desk_to_hand_over",
    "handing_for",
    "handings_seen_by",
    "indicators_seen_by",
    "letters_to_take_apart",
    "obligation_for",
    "order_counts",
    "order_for",
    "order_of_letter",
    "orders_of_house",
    "orders_seen_by",
    "own_handing_of",
    "policies_called_in",
    "policies_counted",
    "policies_seen_by",
    "policies_suggested",
    "policy_for",
    "successors_of",
]
