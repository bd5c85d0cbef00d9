"""The addresses of tasks and of judging them, for the table of who may open what."""

from typing import Any

from tests.directives.orders import cascaded
from tests.world import World
from thamthan.directives.models import Handing

OPEN, TO_LOG_IN = 200, 302
_GIVEN: dict[str, Any] = {"wrong_post": "clerk", "right_post": "district_officer"}

# Name, and what nobody, a stranger, the wrong role and the right one are answered. What was handed
# to a house is its own; its giver judges it, and nobody else knows of it.
TASK_ROWS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("tasks", TO_LOG_IN, OPEN, 403, OPEN), {}),
    (("handing", TO_LOG_IN, 404, 404, OPEN), {}),
    (
        ("handing-deed", TO_LOG_IN, 404, 403, 302),
        {"posts": True, "wrong_post": "officer", "form": {"deed": "acknowledge"}},
    ),
    (("handing-report", TO_LOG_IN, 404, 403, 409), {"posts": True, "wrong_post": "officer"}),
    (("handing-twins", TO_LOG_IN, 404, 404, OPEN), {}),
    (("handing-review", TO_LOG_IN, 404, 403, OPEN), _GIVEN),
    (("order-waiting", TO_LOG_IN, 404, 403, OPEN), _GIVEN),
]


def task_kwargs(name: str, world: World) -> dict[str, Any]:
    """What such an address names: one matter that the district gave to a local government."""
    if not name.startswith("handing") and name != "order-waiting":
        return {}
    if not Handing.objects.exists():
        cascaded(world, [world.nong_kapu])
    handing = Handing.objects.get()
    return {"pk": handing.order_id if name == "order-waiting" else handing.pk}
