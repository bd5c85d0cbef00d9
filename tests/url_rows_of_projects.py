"""The addresses of projects, slice by slice, and what they name in the world."""

from typing import Any

from tests import (
    url_rows_evidence,
    url_rows_funding,
    url_rows_measures,
    url_rows_money,
    url_rows_papers,
    url_rows_plans,
    url_rows_project,
)
from tests.world import World

_SLICES = [
    url_rows_funding,
    url_rows_papers,
    url_rows_money,
    url_rows_measures,
    url_rows_evidence,
    url_rows_plans,
    url_rows_project,
]
ROWS = [row for one in _SLICES for row in one.ROWS]


def keys_of_projects(name: str, world: World) -> dict[str, Any]:
    """What an address of this room names; its slice puts it in when it is first asked for."""
    for one in _SLICES:
        if any(row.name == name for row in one.ROWS):
            return one.keys(name, world)
    return {}
