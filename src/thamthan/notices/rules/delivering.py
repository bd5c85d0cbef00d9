"""Channels, states of a delivery, and how often a failed one is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models


class Channel(models.TextChoices):
    """ช่องทางแจ้งเตือน outside the pages; within them every notice stands anyway."""

    EMAIL = "email", "อีเมล"
    LINE = "line", "LINE"
    WEBHOOK = "webhook", "เว็บฮุก"


class DeliveryKind(models.TextChoices):
    """ชนิดของการส่ง: one notice, the digest of a day, or the code that proves an address."""

    NOTICE = "notice", "แจ้งทันที"
    DIGEST = "digest", "สรุปประจำวัน"
    CODE = "code", "รหัสยืนยัน"


class DeliveryState(models.TextChoices):
    """สถานะการส่งแจ้งเตือน."""

    QUEUED = "queued", "รอส่ง"
    FAILED = "failed", "ส่งไม่สำเร็จ จะลองใหม่"
    SENT = "sent", "ส่งแล้ว"
    DELIVERED = "delivered", "ถึงผู้รับแล้ว"
    GIVEN_UP = "given_up", "เลิกส่ง"
    SKIPPED = "skipped", "ไม่ต้องส่งแล้ว"


# Waits to be sent: a state that a tick takes up.
OPEN = frozenset({DeliveryState.QUEUED, DeliveryState.FAILED})

# A whole night without the mail server costs no message.
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60))
MOST_ATTEMPTS = len(_WAITS) + 1
# Whoever asks us to wait longer than this is not asked again sooner, but no later either.
_LONGEST_WAIT = timedelta(days=1)
# A worker that took a delivery and was killed is waited for this long; sending takes seconds.
LEASE = timedelta(minutes=10)


def next_try(attempts: int, *, now: datetime, asked: timedelta | None = None) -> datetime | None:
    """ลองใหม่เมื่อใด after so many attempts; None when it is given up. `asked`: Retry-After."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = _WAITS[attempts - 1]
    if asked is not None:
        wait = max(wait, min(asked, _LONGEST_WAIT))
    return now + wait


@dataclass(frozen=True, slots=True)
class Outcome:
    """ผลของการส่งครั้งหนึ่ง: how it went; `is_final` where trying again cannot help.

    `holds_up` says that the whole channel does not answer, so that the rest of this minute's
    messages need not each find that out.
    """

    is_sent: bool
    is_delivered: bool = False
    error: str = ""
    is_final: bool = False
    holds_up: bool = False
    wait: timedelta | None = None
