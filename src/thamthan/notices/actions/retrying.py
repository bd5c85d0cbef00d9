"""An administrator has a message that was given up tried again."""

from datetime import datetime

from thamthan.errors import Refused
from thamthan.notices.models import Delivery
from thamthan.notices.queries import delivery_for
from thamthan.notices.rules import DeliveryState
from thamthan.organisations.models import Post

_AGAIN = [DeliveryState.GIVEN_UP, DeliveryState.FAILED]


def retry_delivery(delivery: Delivery, *, by: Post, now: datetime) -> None:
    """ส่งใหม่: what was given up, or waits for its next attempt, goes out with the next tick."""
    known = delivery_for(by, delivery.pk)
    changed = Delivery.objects.filter(pk=known.pk, state__in=_AGAIN).update(
        state=DeliveryState.QUEUED, attempts=0, next_try_at=now, settled_at=None
    )
    if not changed:
        raise Refused(
            f"การส่งนี้อยู่ในสถานะ “{known.get_state_display()}” ส่งใหม่ไม่ได้", code="wrong_delivery_state"
        )
