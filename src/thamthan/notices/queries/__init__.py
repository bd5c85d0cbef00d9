"""Every read that leaves this room; the first argument is the post that asks."""

from thamthan.notices.queries.calendars import (
    calendar_keys_of,
    due_days_of,
    post_with_calendar_key,
)
from thamthan.notices.queries.channels import channels_of, hours_of
from thamthan.notices.queries.deliveries import deliveries_seen_by, delivery_for
from thamthan.notices.queries.notices import (
    notice_for,
    notices_of,
    row_of_notice,
    unread_count,
)

__all__ = [
    "calendar_keys_of",
    "channels_of",
    "deliveries_seen_by",
    "delivery_for",
    "due_days_of",
    "hours_of",
    "notice_for",
    "notices_of",
    "post_with_calendar_key",
    "row_of_notice",
    "unread_count",
]
