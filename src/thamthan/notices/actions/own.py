"""What a person sets for themselves: read notices, channels with proved addresses, quiet hours."""

import re
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from thamthan.errors import NotFound, Refused
from thamthan.notices.models import ChannelSetting, Delivery, Notice, QuietHours
from thamthan.notices.proving import MOST_FAILURES, is_code
from thamthan.notices.queries.channels import channels_set_up
from thamthan.notices.rules import (
    Channel,
    DeliveryKind,
    DeliveryState,
    Hours,
    NoticeKind,
    check_hours,
)
from thamthan.organisations.models import Person, Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb

_LINE_ID = re.compile(r"[UCR][0-9a-f]{32}")
# A code is no way to fill somebody else's mailbox.
_BETWEEN_CODES = timedelta(minutes=1)
_BETWEEN_TESTS = timedelta(minutes=1)


def mark_read(notice: Notice, *, by: Post, now: datetime) -> None:
    """อ่านแล้ว; what was sent of it has then arrived."""
    if notice.person_id != by.person_id:
        raise NotFound("ไม่พบการแจ้งเตือนนี้")
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)
        Delivery.objects.filter(notice=notice, state=DeliveryState.SENT).update(
            state=DeliveryState.DELIVERED
        )


def mark_all_read(*, by: Post, until: datetime, now: datetime) -> int:
    """อ่านแล้วทั้งหมด that had been made by then: what came in since the page was shown stays."""
    return Notice.objects.filter(person=by.person_id, read_at=None, made_at__lte=until).update(
        read_at=now
    )


@transaction.atomic
def set_channel(channel: Channel, address: str, *, by: Post) -> ChannelSetting:
    """ตั้งที่อยู่ของช่องทาง; another address has to be proved anew before anything goes there."""
    person = _person(by)
    words = address.strip()
    _check_address(channel, words)
    if channel not in channels_set_up():
        raise Refused("ผู้ดูแลระบบยังไม่ได้เปิดช่องทางนี้", code="no_channel", status=400)
    setting, _ = ChannelSetting.objects.select_for_update().get_or_create(
        person=person, channel=channel, defaults={"address": words}
    )
    if setting.address != words:
        # The time of the last code stays: nobody has codes sent to one address after another.
        setting.address, setting.verified_at = words, None
    if channel == Channel.WEBHOOK and not setting.secret:
        setting.secret = secrets.token_urlsafe(32)
    setting.is_on = True
    setting.save()
    record(Verb.NOTICES_SET, person, by=by, channel=channel.value)
    return setting


@transaction.atomic
def ask_code(channel: Channel, *, by: Post, now: datetime) -> None:
    """ขอรหัสยืนยัน: sent to the address itself, with the next messages that go out."""
    setting = _own(channel, by)
    if setting.code_sent_at is not None and now - setting.code_sent_at < _BETWEEN_CODES:
        raise Refused("เพิ่งส่งรหัสไป โปรดรอ 1 นาทีแล้วขอใหม่", code="too_soon", status=429)
    setting.code_sent_at, setting.code_failures = now, 0
    setting.save()
    # An earlier code is worth nothing now, and need not be sent any more.
    Delivery.objects.filter(
        setting=setting,
        kind=DeliveryKind.CODE,
        state__in=[DeliveryState.QUEUED, DeliveryState.FAILED],
    ).update(state=DeliveryState.SKIPPED, settled_at=now)
    Delivery(
        kind=DeliveryKind.CODE,
        person=setting.person,
        channel=channel,
        setting=setting,
        address=setting.address,
        next_try_at=now,
        made_at=now,
    ).save()


def confirm_code(channel: Channel, typed: str, *, by: Post, now: datetime) -> None:
    """ยืนยันที่อยู่ด้วยรหัส; after five wrong ones another code must be asked for."""
    with transaction.atomic():
        setting = _own(channel, by)
        is_right = is_code(setting, typed, now=now)
        if is_right:
            setting.verified_at, setting.code_sent_at = now, None
            record(Verb.NOTICES_SET, setting.person, by=by, channel=channel.value, verified=True)
        else:
            setting.code_failures = min(setting.code_failures + 1, MOST_FAILURES)
        setting.save()
    if not is_right:
        raise Refused("รหัสไม่ถูกต้องหรือหมดอายุแล้ว โปรดตรวจหรือขอรหัสใหม่", code="wrong_code", status=400)


@transaction.atomic
def switch_channel(channel: Channel, *, is_on: bool, by: Post) -> None:
    """เปิดหรือปิดช่องทาง; its address stays proved."""
    setting = _own(channel, by)
    setting.is_on = is_on
    setting.save()
    record(Verb.NOTICES_SET, setting.person, by=by, channel=channel.value, on=is_on)


@transaction.atomic
def set_hours(hours: Hours, *, by: Post) -> None:
    """ตั้งเวลาพักและเวลาส่งสรุปประจำวัน."""
    check_hours(hours)
    person = _person(by)
    QuietHours.objects.update_or_create(
        person=person,
        defaults={
            "quiet_from": hours.quiet_from,
            "quiet_until": hours.quiet_until,
            "digest_at": hours.digest_at,
        },
    )
    record(Verb.NOTICES_SET, person, by=by, hours=True)


@transaction.atomic
def send_test(*, by: Post, now: datetime) -> Notice:
    """ส่งข้อความทดสอบ by every channel in use, at once, whatever the hour."""
    person = _person(by)
    Person.objects.select_for_update().get(pk=person.pk)
    last = Notice.objects.filter(person=person, kind=NoticeKind.TEST).first()
    if last is not None and now - last.made_at < _BETWEEN_TESTS:
        raise Refused("เพิ่งส่งข้อความทดสอบไป โปรดรอ 1 นาที", code="too_soon", status=429)
    notice = Notice(
        post=by,
        person=person,
        kind=NoticeKind.TEST,
        cause=f"test:{now.isoformat()}",
        words="ข้อความทดสอบ: ช่องทางนี้ใช้ได้ ท่านจะได้รับแจ้งเมื่อมีข้อสั่งการใหม่หรือใกล้กำหนด",
        is_urgent=True,
        made_at=now,
    )
    notice.save()
    return notice


def _person(by: Post) -> Person:
    if by.person is None:
        raise Refused("ตั้งได้เฉพาะของบุคคล", code="no_person", status=400)
    return by.person


def _own(channel: Channel, by: Post) -> ChannelSetting:
    setting = (
        ChannelSetting.objects.select_for_update()
        .filter(person=by.person_id, channel=channel)
        .first()
    )
    if setting is None:
        raise NotFound("ยังไม่ได้ตั้งช่องทางนี้")
    return setting


def _check_address(channel: Channel, words: str) -> None:
    if channel == Channel.EMAIL:
        try:
            validate_email(words)
        except ValidationError:
            raise Refused("อีเมลนี้ไม่ถูกรูปแบบ", code="wrong_address", status=400) from None
    elif channel == Channel.LINE:
        if _LINE_ID.fullmatch(words) is None:
            raise Refused(
                "รหัสผู้ใช้ LINE ขึ้นต้นด้วย U ตามด้วยตัวเลขและอักษร a–f 32 ตัว",
                code="wrong_address",
                status=400,
            )
    elif not _is_webhook(words):
        raise Refused("ที่อยู่เว็บฮุกต้องขึ้นต้นด้วย https://", code="wrong_address", status=400)
    if len(words) > 300:
        raise Refused("ที่อยู่ยาวเกินไป", code="wrong_address", status=400)


def _is_webhook(words: str) -> bool:
    try:
        parts = urlsplit(words)
        port = parts.port
    except ValueError:
        return False
    schemes = {"https", "http"} if settings.WEBHOOKS_PRIVATE else {"https"}
    is_plain = words.isascii() and words.isprintable() and " " not in words
    return parts.scheme in schemes and bool(parts.hostname) and port != 0 and is_plain
