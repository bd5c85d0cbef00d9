"""The addresses of orders and tasks, for the table of who may open what."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from tests.directives.orders import cascaded
from tests.directives.test_passing_on import province_order
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.directives.actions import start_cascade
from thamthan.directives.models import Handing

BANGKOK = ZoneInfo("Asia/Bangkok")
_OF_PROVINCE: dict[str, Any] = {
    "wrong_post": "province_administrator",
    "right_post": "governor_officer",
}
_OF_DISTRICT: dict[str, Any] = {
    "wrong_post": "district_administrator",
    "right_post": "district_officer",
}
_GIVEN: dict[str, Any] = {"wrong_post": "clerk", "right_post": "district_officer"}

# Name, and what nobody, a stranger, the wrong role and the right one are answered. What was handed
# to a house is its own; its giver judges it, and nobody else knows of it.
ROWS = [
    Row("tasks", TO_LOG_IN, OPEN, 403, OPEN),
    Row("handing", TO_LOG_IN, 404, 404, OPEN),
    Row(
        "handing-deed",
        TO_LOG_IN,
        404,
        403,
        302,
        posts=True,
        wrong_post="officer",
        form={"deed": "acknowledge"},
    ),
    Row("handing-report", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("handing-twins", TO_LOG_IN, 404, 404, OPEN),
    Row("handing-review", TO_LOG_IN, 404, 403, OPEN, **_GIVEN),
    Row("order-waiting", TO_LOG_IN, 404, 403, OPEN, **_GIVEN),
    # The province's order and the district's handing of it; who gives out no letters sends none.
    Row("order-latency", TO_LOG_IN, OPEN, 403, OPEN),
    Row("order", TO_LOG_IN, 404, 404, OPEN, **_OF_PROVINCE),
    Row(
        "order-cascade",
        TO_LOG_IN,
        404,
        403,
        OPEN,
        wrong_post="governor",
        right_post="governor_officer",
    ),
    Row("order-cascade-state", TO_LOG_IN, 404, 404, OPEN, **_OF_PROVINCE),
    Row("handing-pass-on", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    # A board is of a matter that one gave or was given: here the district's.
    Row("boards", TO_LOG_IN, OPEN, 403, OPEN),
    Row("order-board", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("order-board-table", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("order-map", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("outlines", TO_LOG_IN, OPEN, OPEN, OPEN, kwargs={"code": "ban_lat.code"}),
    Row(
        "organisation-tasks",
        TO_LOG_IN,
        404,
        403,
        OPEN,
        **_OF_DISTRICT,
        kwargs={"code": "nong_kapu.code"},
    ),
]

_OF_A_PROVINCE = {"order", "order-cascade", "order-cascade-state", "handing-pass-on"}
_NOTHING_NAMED = {"order-latency"}


def keys_of_tasks(name: str, world: World) -> dict[str, Any]:
    """What such an address names: a matter that the district gave to a local government, or the
    province to the district. It is put in when it is first asked for.
    """
    if name == "outlines":
        return {"level": "district"}
    if not name.startswith(("handing", "order")) or name in _NOTHING_NAMED:
        return {}
    form = {"form": "csv"} if name == "order-board-table" else {}
    by_province = name in _OF_A_PROVINCE
    if not Handing.objects.exists():
        if by_province:
            with time_machine.travel(datetime(2026, 3, 20, 14, tzinfo=BANGKOK)):
                start_cascade(province_order(world), [world.ban_lat], by=world.governor_officer)
        else:
            cascaded(world, [world.nong_kapu])
    handing = Handing.objects.get()
    return form | {"pk": handing.order_id if name.startswith("order") else handing.pk}
