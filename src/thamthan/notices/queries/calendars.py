"""Calendar feeds: who a key opens for, and the due days that it shows."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from thamthan.directives.models import Assignment
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.directives.rules import WAITED_FOR, AssignmentState, OrderState
from thamthan.notices.models import CalendarKey
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty

# What was due longer ago is looked for in the list and not in a calendar.
LOOKS_BACK = timedelta(days=60)
MOST_DAYS = 1000


def calendar_digest(secret: str) -> str:
    """What is kept of a calendar's key; the key itself never is."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def post_with_calendar_key(secret: str, *, now: datetime) -> Post | None:
    """ตำแหน่งของกุญแจปฏิทินนี้, or None when it opens nothing. A doorkeeper: no post asks."""
    key = (
        CalendarKey.objects.filter(digest=calendar_digest(secret), revoked_at=None)
        .select_related("post__person", "post__organisation")
        .first()
    )
    if key is None or key.post.person is None or not key.post.person.is_active:
        return None
    return key.post if key.post.is_in_force(timezone.localdate(now)) else None


def calendar_keys_of(post: Post) -> QuerySet[CalendarKey]:
    """ปฏิทินที่เปิดไว้ของตำแหน่งนี้, the newest first."""
    return CalendarKey.objects.filter(post=post, revoked_at=None)


@dataclass(frozen=True, slots=True)
class DueDay:
    """งานที่มีกำหนด, as a calendar shows it; `ref` is the same however the day moves."""

    ref: str
    handing: int
    title: str
    task: str
    giver: str
    due_on: date
    due_time: time | None
    is_late: bool
    state: str
    changed_at: datetime


def due_days_of(post: Post, *, today: date) -> list[DueDay]:
    """กำหนดของงานในหน่วยงานของตำแหน่งนี้ that still wait for an answer; none of secret letters."""
    if not post.has_duty(Duty.READ_LETTERS):
        return []
    rows = (
        Assignment.objects.filter(
            organisation=post.organisation_id,
            state__in=WAITED_FOR,
            due_on__gte=today - LOOKS_BACK,
        )
        .exclude(handing__order__in=secret_orders().values("pk"))
        .exclude(root__state=OrderState.CLOSED)
        .select_related("obligation", "root", "handing__order__organisation")
        .order_by("due_on", "pk")[:MOST_DAYS]
    )
    return [
        DueDay(
            ref=str(row.ref),
            handing=row.handing_id,
            title=row.root.title,
            task=row.obligation.text,
            giver=row.handing.order.organisation.name,
            due_on=row.due_on,
            due_time=row.due_time,
            is_late=row.due_on < today,
            state=AssignmentState(row.state).label,
            changed_at=row.moved_at,
        )
        for row in rows
        if row.due_on is not None
    ]
