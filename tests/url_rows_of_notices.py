"""Who may open the pages of notices and of chasing: rows for the table of all addresses."""

from typing import Any

from django.utils import timezone

from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.notices.actions import open_calendar, send_test
from thamthan.notices.models import Notice
from thamthan.organisations.models import Post

_KEPT: dict[str, Any] = {"wrong_post": "clerk", "right_post": "administrator"}
_NONE: dict[str, Any] = {"kwargs": {"pk": "officer.pk"}}
_HOURS = {"quiet_from": "18.00", "quiet_until": "07.30", "digest_at": "08.30"}

# Nobody, a stranger, the wrong role, the right one. What one was told is one's own alone.
ROWS = [
    Row("notices", TO_LOG_IN, OPEN, OPEN, OPEN),
    Row("notices-reading", TO_LOG_IN, 302, 302, 302, posts=True),
    Row("notice", TO_LOG_IN, 404, 404, OPEN),
    Row("notice-reading", TO_LOG_IN, 404, 404, 302, posts=True),
    Row("notice-deliveries", TO_LOG_IN, 403, 403, OPEN, **_KEPT),
    Row("notice-delivery-retry", TO_LOG_IN, 403, 403, 404, **_KEPT, **_NONE, posts=True),
    Row("notice-settings", TO_LOG_IN, OPEN, OPEN, OPEN),
    Row("notice-hours", TO_LOG_IN, 302, 302, 302, posts=True, form=_HOURS),
    Row("notice-test", TO_LOG_IN, 302, 302, 302, posts=True),
    Row("notice-channel", TO_LOG_IN, 400, 400, 400, posts=True),
    Row("calendar-opening", TO_LOG_IN, OPEN, OPEN, OPEN, posts=True),
    Row("calendar-closing", TO_LOG_IN, 404, 404, 404, **_NONE, posts=True),
    # Open to whoever knows its address.
    Row("calendar", OPEN, OPEN, OPEN, OPEN),
    Row(
        "order-chase",
        TO_LOG_IN,
        404,
        404,
        OPEN,
        wrong_post="district_administrator",
        right_post="district_officer",
    ),
]


def keys_of_notices(name: str, world: World, post: Post) -> dict[str, Any]:
    """What the address names: a notice of the right post, its calendar's key, an order."""
    if name in {"notice", "notice-reading"}:
        told = Notice.objects.filter(person=post.person).first()
        return {"pk": (told or send_test(by=post, now=timezone.now())).pk}
    if name == "notice-channel":
        return {"channel": "email"}
    if name == "calendar":
        return {"key": open_calendar("โทรศัพท์", by=post)}
    return {}
