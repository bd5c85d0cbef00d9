"""Every write of this room; each says who acts."""

from thamthan.notices.actions.calendars import close_calendar, open_calendar
from thamthan.notices.actions.climbing import climb_ladder
from thamthan.notices.actions.making import make_notices
from thamthan.notices.actions.own import (
    ask_code,
    confirm_code,
    mark_all_read,
    mark_read,
    send_test,
    set_channel,
    set_hours,
    switch_channel,
)
from thamthan.notices.actions.queueing import queue_deliveries
from thamthan.notices.actions.retrying import retry_delivery
from thamthan.notices.actions.sending import send_due

__all__ = [
    "ask_code",
    "climb_ladder",
    "close_calendar",
    "confirm_code",
    "make_notices",
    "mark_all_read",
    "mark_read",
    "open_calendar",
    "queue_deliveries",
    "retry_delivery",
    "send_due",
    "send_test",
    "set_channel",
    "set_hours",
    "switch_channel",
]
