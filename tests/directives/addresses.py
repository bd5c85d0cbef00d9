"""What the addresses of this room's pages name, for the table of who may open what."""

from typing import Any

from tests.directives.orders import cascaded
from tests.world import World
from thamthan.directives.models import Order

_GIVEN = {"wrong_post": "district_administrator", "right_post": "district_officer"}
# The address, what nobody, a stranger, the wrong role and the right one are answered, and who.
# A board is of a matter that one gave or was given: here the district's.
OF_DIRECTIVES: list[tuple[str, tuple[int, int, int, int], dict[str, Any]]] = [
    ("boards", (302, 200, 403, 200), {}),
    ("order-board", (302, 404, 404, 200), _GIVEN),
    ("order-board-table", (302, 404, 404, 200), _GIVEN),
    ("order-map", (302, 404, 404, 200), _GIVEN),
    ("outlines", (302, 200, 200, 200), {"kwargs": {"code": "ban_lat.code"}}),
    (
        "organisation-tasks",
        (302, 404, 403, 200),
        {**_GIVEN, "kwargs": {"code": "nong_kapu.code"}},
    ),
]


def keys_of(name: str, world: World) -> dict[str, Any]:
    """Of the district's order, in the hands of the local governments below it."""
    if name == "outlines":
        return {"level": "district"}
    if not name.startswith(("order-board", "order-map")):
        return {}
    order = Order.objects.first() or cascaded(world)
    return {"pk": order.pk} | ({"form": "csv"} if name == "order-board-table" else {})
