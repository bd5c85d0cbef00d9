"""Calendars are opened to programs of one's own by a key, and closed again."""

import secrets
from datetime import datetime

from django.db import transaction

from thamthan.errors import NotFound, Refused
from thamthan.notices.models import CalendarKey
from thamthan.notices.queries.calendars import calendar_digest, calendar_keys_of
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

MOST_KEYS = 5


@transaction.atomic
def open_calendar(name: str, *, by: Post) -> str:
    """เปิดปฏิทินให้โปรแกรมอื่น: gives the key, which is shown this once and kept nowhere."""
    Post.objects.select_for_update().get(pk=by.pk)
    if calendar_keys_of(by).count() >= MOST_KEYS:
        raise Refused("เปิดปฏิทินไว้ครบ 5 แห่งแล้ว โปรดปิดที่ไม่ใช้ก่อน", code="too_many_keys")
    secret = secrets.token_urlsafe(32)
    key = CalendarKey(
        post=by, name=squeeze(name)[:120] or "ปฏิทินของฉัน", digest=calendar_digest(secret)
    )
    key.save()
    record(Verb.CALENDAR_OPENED, key, by=by)
    return secret


@transaction.atomic
def close_calendar(pk: int, *, by: Post, now: datetime) -> None:
    """ปิดปฏิทินที่เปิดไว้: its address opens nothing from now on."""
    key = calendar_keys_of(by).filter(pk=pk).first()
    if key is None:
        raise NotFound("ไม่พบปฏิทินนี้")
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record(Verb.CALENDAR_CLOSED, key, by=by)
