"""Notices are given their deliveries: at once, in the morning, or in the day's one message."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from thamthan.letters.queries import working_calendar
from thamthan.notices.models import ChannelSetting, Delivery, DigestLine, Notice, QuietHours
from thamthan.notices.rules import (
    OPEN,
    DeliveryKind,
    Hours,
    digest_day,
    is_digested,
    next_open,
)
from thamthan.organisations.models import Post

BATCH = 2000


def queue_deliveries(*, by: Post, now: datetime) -> int:
    """เตรียมส่งตามช่องทางของแต่ละคน: some thousands in a transaction; says how many messages."""
    count = 0
    while True:
        done, made = _queue_some(now)
        count += made
        if done < BATCH:
            return count


@transaction.atomic
def _queue_some(now: datetime) -> tuple[int, int]:
    # Who comes second takes others, so that none is given its deliveries twice.
    notices = list(
        Notice.objects.select_for_update(skip_locked=True)
        .filter(queued_at=None)
        .order_by("made_at", "pk")[:BATCH]
    )
    people = {one.person_id for one in notices}
    settings: dict[int, list[ChannelSetting]] = defaultdict(list)
    for setting in usable_settings().filter(person__in=people):
        settings[setting.person_id].append(setting)
    hours = {
        row.person_id: row.hours for row in QuietHours.objects.filter(person__in=settings.keys())
    }
    at_once, digested = [], []
    for notice in notices:
        for setting in settings.get(notice.person_id, ()):
            own = hours.get(notice.person_id, Hours())
            if is_digested(notice.kind) and not notice.is_urgent:
                digested.append((notice, setting, own))
            else:
                at_once.append(_at_once(notice, setting, own, now=now))
    Delivery.objects.bulk_create(at_once, batch_size=BATCH, ignore_conflicts=True)
    made = len(at_once) + _into_digests(digested, now=now)
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(queued_at=now)
    return len(notices), made


def usable_settings() -> QuerySet[ChannelSetting]:
    """ช่องทางที่เปิดใช้และยืนยันแล้ว."""
    return ChannelSetting.objects.filter(is_on=True, verified_at__isnull=False)


def _at_once(notice: Notice, setting: ChannelSetting, hours: Hours, *, now: datetime) -> Delivery:
    """Held over quiet hours and holidays, but for what is most urgent."""
    local = timezone.localtime(now)
    opens = local if notice.is_urgent else next_open(local, hours, working_calendar(local.date()))
    return Delivery(
        kind=DeliveryKind.NOTICE,
        person_id=notice.person_id,
        channel=setting.channel,
        setting=setting,
        address=setting.address,
        notice=notice,
        next_try_at=opens,
        made_at=now,
    )


_Digested = tuple[Notice, ChannelSetting, Hours]
# A person, a channel and a day: one message.
_Key = tuple[int, str, date]


def _into_digests(rows: Sequence[_Digested], *, now: datetime) -> int:
    """Each into the message of the day; where that has gone out already, into the next day's."""
    count = 0
    # A day's message may just now be taken up; then the next one is opened, and so on.
    for later in range(3):
        wanted: dict[tuple[int, str, date], list[_Digested]] = defaultdict(list)
        for row in rows:
            day = _digest_day(row[2], now=now, later=later)
            wanted[row[0].person_id, row[1].channel, day].append(row)
        if not wanted:
            return count
        fresh = [_digest(key, group[0], now=now) for key, group in wanted.items()]
        known = _digests_of(wanted.keys())
        new = [one for one in fresh if (one.person_id, one.channel, one.digest_on) not in known]
        Delivery.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        count += len(new)
        opened = {
            (one.person_id, one.channel, one.digest_on): one
            for one in _digests_of(wanted.keys()).values()
            if one.attempts == 0 and one.state in OPEN
        }
        DigestLine.objects.bulk_create(
            [
                DigestLine(delivery=opened[key], notice=notice)
                for key, group in wanted.items()
                if key in opened
                for notice, _, _ in group
            ],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        rows = [row for key, group in wanted.items() if key not in opened for row in group]
    return count


def _digests_of(keys: Collection[_Key]) -> dict[tuple[int, str, date | None], Delivery]:
    # Locked: a digest is not taken up for sending while lines are added to it.
    rows = Delivery.objects.select_for_update().filter(
        kind=DeliveryKind.DIGEST,
        person__in={key[0] for key in keys},
        digest_on__in={key[2] for key in keys},
    )
    return {(row.person_id, row.channel, row.digest_on): row for row in rows.order_by("pk")}


def _digest_day(hours: Hours, *, now: datetime, later: int) -> date:
    local = timezone.localtime(now)
    day = digest_day(local, hours, working_calendar(local.date()))
    return working_calendar(day).add_working_days(day, later)


def _digest(key: _Key, row: _Digested, *, now: datetime) -> Delivery:
    person, channel, day = key
    _, setting, hours = row
    at = datetime.combine(day, hours.digest_at, tzinfo=timezone.get_current_timezone())
    return Delivery(
        kind=DeliveryKind.DIGEST,
        person_id=person,
        channel=channel,
        setting=setting,
        address=setting.address,
        digest_on=day,
        next_try_at=max(at, now),
        made_at=now,
    )
