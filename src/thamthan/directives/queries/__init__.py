"""Every read that leaves this room; the first argument is the post that asks."""

from thamthan.directives.queries.area_figures import AreaFigure, AreaMap, map_of
from thamthan.directives.queries.board_rows import (
    AreaRow,
    Clause,
    ReceiverRow,
    TaskCell,
)
from thamthan.directives.queries.boards import (
    Board,
    board_of,
    board_place,
    house_of,
    missing_names,
    receivers_of,
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
from thamthan.directives.queries.house_boards import (
    MatterRow,
    MatterTasks,
    matters_in_hands_of,
    matters_of,
    orders_handed_down,
    tasks_of,
)
from thamthan.directives.queries.tallies import Heads, Tally

__all__ = [
    "AreaFigure",
    "AreaMap",
    "AreaRow",
    "Board",
    "Clause",
    "Heads",
    "MatterRow",
    "MatterTasks",
    "ReceiverRow",
    "Tally",
    "TaskCell",
    "assignment_for",
    "assignments_seen_by",
    "board_of",
    "board_place",
    "came_with",
    "handing_for",
    "handings_seen_by",
    "house_of",
    "map_of",
    "matters_in_hands_of",
    "matters_of",
    "missing_names",
    "order_for",
    "orders_handed_down",
    "orders_seen_by",
    "own_handing_of",
    "receivers_of",
    "tasks_of",
]
