"""Deliveries are taken up one by one, sent outside any transaction, and settled."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from django.db.models import Min
from django.utils import timezone

from thamthan.directives.queries.secrecy import secret_orders
from thamthan.notices.channels import Message, Sender, sender_for
from thamthan.notices.models import Delivery, Notice
from thamthan.notices.proving import code_of
from thamthan.notices.queries.matters import HANDING, tasks_waited_for
from thamthan.notices.queries.report_matters import stale_of_reports
from thamthan.notices.rules import (
    LADDER,
    LEASE,
    OPEN,
    DeliveryKind,
    DeliveryState,
    Line,
    NoticeKind,
    Outcome,
    digest_subject,
    message_text,
    next_try,
)
from thamthan.organisations.models import Post

log = logging.getLogger(__name__)

# What a tick has not sent by then waits for the next one, which may run beside it.
MOST_SECONDS = 45.0
AT_ONCE = 100
HEAD = "ระบบทำทัน แจ้งเตือน"
FOOT = "ตั้งช่องทางและเวลารับแจ้งเตือนได้ที่หน้า บัญชีของฉัน – การแจ้งเตือน"
OF_HANDING = frozenset(LADDER - {NoticeKind.LATE_BELOW})

# The page of a notice, or nothing where the installation does not say where its pages are.
AddressOf = Callable[[int], str]


def send_due(*, by: Post, now: datetime, address_of: AddressOf) -> int:
    """ส่งสิ่งที่ถึงเวลา: at least once each, also where a worker was killed; says how many went.

    Two at once share the work: a row is taken up by whoever changes it first.
    """
    run = _Run(address_of)
    begun = time.monotonic()
    sent = 0
    try:
        while time.monotonic() - begun < MOST_SECONDS:
            due = run.due(now)
            for delivery in due:
                sent += run.send(delivery, now=now)
                if time.monotonic() - begun >= MOST_SECONDS:
                    break
            if not due:
                break
    finally:
        run.close()
    return sent


class _Run:
    """One round of sending: a line open for each channel, and those that do not answer."""

    def __init__(self, address_of: AddressOf) -> None:
        self._address_of = address_of
        self._senders: dict[str, Sender] = {}
        self._held_up: set[str] = set()

    def due(self, now: datetime) -> list[Delivery]:
        rows = Delivery.objects.filter(state__in=OPEN, next_try_at__lte=now)
        rows = rows.exclude(channel__in=self._held_up).select_related("setting", "notice__post")
        return list(rows.order_by("next_try_at", "pk")[:AT_ONCE])

    def send(self, delivery: Delivery, *, now: datetime) -> int:
        if delivery.channel in self._held_up or not _taken(delivery, now=now):
            return 0
        sender = self._senders.get(delivery.channel) or sender_for(delivery.channel)
        if sender is None:
            _settle(delivery, DeliveryState.GIVEN_UP, error="ยังไม่ได้ตั้งค่าช่องทางนี้ในระบบ", now=now)
            return 0
        self._senders[delivery.channel] = sender
        message = self._message(delivery, now=now)
        if message is None:
            _settle(delivery, DeliveryState.SKIPPED, error="", now=now)
            return 0
        outcome = sender.send(message)
        if outcome.holds_up:
            self._held_up.add(delivery.channel)
        return _judge(delivery, outcome, now=now)

    def close(self) -> None:
        for sender in self._senders.values():
            sender.close()

    def _message(self, delivery: Delivery, *, now: datetime) -> Message | None:
        """What is to be said, as things stand now; None where there is nothing to say any more."""
        say = partial(
            Message,
            ref=str(delivery.ref),
            address=delivery.address,
            secret=delivery.setting.secret,
            kind=delivery.kind,
        )
        if delivery.setting.address != delivery.address:
            # Above all no code: it would prove the new address to whoever reads the old one.
            return None
        if delivery.kind == DeliveryKind.CODE:
            code = code_of(delivery.setting)
            return say(
                subject="ทำทัน: รหัสยืนยันช่องทางแจ้งเตือน",
                text=f"รหัสยืนยัน {code}\nใช้ได้ 1 ชั่วโมง หากท่านไม่ได้ขอรหัสนี้ ไม่ต้องทำอะไร",
            )
        if not delivery.setting.is_on:
            return None
        if delivery.kind == DeliveryKind.NOTICE:
            found = _still_true([delivery.notice], now=now) if delivery.notice else []
            if not found:
                return None
            link = self._address_of(found[0].pk)
            kind = NoticeKind(found[0].kind)
            text = message_text("", [Line(found[0].words, link)], foot=FOOT)
            return say(subject=f"ทำทัน: {kind.label}", text=text, link=link, kind=kind.value)
        found = _still_true(list(delivery.digested.select_related("post")), now=now)
        if not found:
            return None
        lines = [Line(one.words, self._address_of(one.pk)) for one in found]
        return say(
            subject=digest_subject([one.kind for one in found]),
            text=message_text(HEAD, lines, foot=FOOT),
        )


def _taken(delivery: Delivery, *, now: datetime) -> bool:
    """Take this one up, unless another did so in between; for as long as sending may take."""
    taken = Delivery.objects.filter(
        pk=delivery.pk, state__in=OPEN, attempts=delivery.attempts, next_try_at__lte=now
    ).update(attempts=delivery.attempts + 1, next_try_at=timezone.now() + LEASE)
    delivery.attempts += taken
    return bool(taken)


def _judge(delivery: Delivery, outcome: Outcome, *, now: datetime) -> int:
    if outcome.is_sent:
        state = DeliveryState.DELIVERED if outcome.is_delivered else DeliveryState.SENT
        _settle(delivery, state, error="", now=now)
        return 1
    again = None
    if not outcome.is_final:
        again = next_try(delivery.attempts, now=timezone.now(), asked=outcome.wait)
    if again is None:
        log.warning("delivery %s is given up: %s", delivery.ref, outcome.error)
        _settle(delivery, DeliveryState.GIVEN_UP, error=outcome.error, now=now)
    else:
        # Only whoever took it up this time says how it went.
        Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
            state=DeliveryState.FAILED, next_try_at=again, last_error=outcome.error[:300]
        )
    return 0


def _settle(delivery: Delivery, state: DeliveryState, *, error: str, now: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        state=state, last_error=error[:300], settled_at=now
    )


def _still_true(notices: list[Notice], *, now: datetime) -> list[Notice]:
    """What still is so, and is for this person to know, of what was written hours ago."""
    today = timezone.localtime(now).date()
    secret = set(
        secret_orders()
        .filter(pk__in={one.order_id for one in notices})
        .values_list("pk", flat=True)
    )
    # The earliest day by which each matter still waits for something.
    first_due = dict(
        tasks_waited_for()
        .filter(
            handing__in={one.about_id for one in notices if one.about_kind == HANDING},
            due_on__isnull=False,
        )
        .order_by()
        .values_list("handing_id")
        .annotate(Min("due_on"))
    )
    stale = stale_of_reports(notices, now=now)
    return [
        one
        for one in notices
        if one.order_id not in secret
        and one.pk not in stale
        and one.read_at is None
        and one.post.is_in_force(today)
        and (not _is_of_ladder(one) or _is_waited_for(one, first_due))
    ]


def _is_of_ladder(notice: Notice) -> bool:
    return notice.kind in OF_HANDING and notice.about_kind == HANDING


def _is_waited_for(notice: Notice, first_due: Mapping[int, date]) -> bool:
    due_on = first_due.get(notice.about_id or 0)
    return due_on is not None and notice.due_on is not None and due_on <= notice.due_on
