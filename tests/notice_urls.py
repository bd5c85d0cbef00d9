"""Who may open the pages of notices and of chasing: rows for the table of all addresses."""

from typing import Any

from django.utils import timezone

from tests.directives.orders import cascaded
from tests.world import World
from thamthan.directives.models import Order
from thamthan.notices.actions import open_calendar, send_test
from thamthan.notices.models import Notice
from thamthan.organisations.models import Post

_IN, _OPEN = 302, 200
_KEPT: dict[str, Any] = {"wrong_post": "clerk", "right_post": "administrator"}
_NONE = {"kwargs": {"pk": "officer.pk"}}
_HOURS = {"quiet_from": "18.00", "quiet_until": "07.30", "digest_at": "08.30"}

# Nobody, a stranger, the wrong role, the right one. What one was told is one's own alone.
NOTICE_ROWS: list[tuple[tuple[str, int, int, int, int], dict[str, Any]]] = [
    (("notices", _IN, _OPEN, _OPEN, _OPEN), {}),
    (("notices-reading", _IN, 302, 302, 302), {"posts": True}),
    (("notice", _IN, 404, 404, _OPEN), {}),
    (("notice-reading", _IN, 404, 404, 302), {"posts": True}),
    (("notice-deliveries", _IN, 403, 403, _OPEN), _KEPT),
    (("notice-delivery-retry", _IN, 403, 403, 404), _KEPT | _NONE | {"posts": True}),
    (("notice-settings", _IN, _OPEN, _OPEN, _OPEN), {}),
    (("notice-hours", _IN, 302, 302, 302), {"posts": True, "form": _HOURS}),
    (("notice-test", _IN, 302, 302, 302), {"posts": True}),
    (("notice-channel", _IN, 400, 400, 400), {"posts": True}),
    (("calendar-opening", _IN, _OPEN, _OPEN, _OPEN), {"posts": True}),
    (("calendar-closing", _IN, 404, 404, 404), _NONE | {"posts": True}),
    # Open to whoever knows its address.
    (("calendar", _OPEN, _OPEN, _OPEN, _OPEN), {}),
    (
        ("order-chase", _IN, 404, 404, _OPEN),
        {"wrong_post": "district_administrator", "right_post": "district_officer"},
    ),
]


def notice_kwargs(name: str, world: World, post: Post) -> dict[str, Any]:
    """What the address names: a notice of the right post, its calendar's key, an order."""
    if name in {"notice", "notice-reading"}:
        told = Notice.objects.filter(person=post.person).first()
        return {"pk": (told or send_test(by=post, now=timezone.now())).pk}
    if name == "notice-channel":
        return {"channel": "email"}
    if name == "calendar":
        return {"key": open_calendar("โทรศัพท์", by=post)}
    if name == "order-chase":
        return {"pk": (Order.objects.first() or cascaded(world, [world.nong_kapu])).pk}
    return {}
