"""Notices, their deliveries with what came of each, the ways to reach a person, calendar keys."""

from datetime import time

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.directives.models import Order
from thamthan.notices.rules import OPEN, Channel, DeliveryKind, DeliveryState, Hours, NoticeKind
from thamthan.organisations.models import Person, Post

_OPEN = sorted(OPEN)


class Notice(models.Model):
    """การแจ้งเตือน: one thing worth knowing, told to one person in the post that it concerns.

    `cause` is what brought it about, in a word that comes out the same however often it is looked
    at: the same cause makes one notice for a person. `order` is the matter; `about_kind` and
    `about_id` name the row it is about. `queued_at` is empty until its deliveries are written.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("ชนิด", max_length=12, choices=NoticeKind.choices)
    cause = models.CharField("เหตุ", max_length=80)
    words = models.TextField("ข้อความ")
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="+", null=True, verbose_name="เรื่องสั่งการ"
    )
    about_kind = models.CharField("เกี่ยวกับ", max_length=60, blank=True)
    about_id = models.BigIntegerField("แถว", null=True)
    last_remark = models.BigIntegerField("ข้อความล่าสุดในเรื่อง", null=True)
    due_on = models.DateField("กำหนด", null=True)
    count = models.PositiveIntegerField("จำนวน", default=1)
    is_urgent = models.BooleanField("ด่วนที่สุด", default=False)
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    read_at = models.DateTimeField("อ่านเมื่อ", null=True)
    queued_at = models.DateTimeField("จัดส่งเมื่อ", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notices_of_a_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notices_not_read"),
            models.Index(
                fields=["made_at"], condition=Q(queued_at=None), name="notices_not_queued"
            ),
            models.Index(fields=["about_kind", "about_id", "kind"], name="notices_about_a_row"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cause", "person"], name="one_notice_of_one_cause"),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ChannelSetting(models.Model):
    """ช่องทางของบุคคล: an address of a person by one channel; used once it is proved and on.

    `secret` signs what is sent to a webhook. A code proves the address: it is made from the row
    when it is sent, and is kept nowhere.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField("ช่องทาง", max_length=8, choices=Channel.choices)
    address = models.CharField("ที่อยู่", max_length=300)
    is_on = models.BooleanField("เปิดใช้", default=True)
    secret = models.CharField("กุญแจลงลายมือชื่อ", max_length=64, blank=True)
    verified_at = models.DateTimeField("ยืนยันเมื่อ", null=True)
    code_sent_at = models.DateTimeField("ส่งรหัสเมื่อ", null=True)
    code_failures = models.PositiveSmallIntegerField("ใส่รหัสผิด", default=0)

    class Meta:
        ordering = ["person_id", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel"], name="one_address_for_each_channel"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_known"),
        ]


class QuietHours(models.Model):
    """เวลาพักและเวลาส่งสรุปของบุคคล; without a row the hours of the house hold."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    quiet_from = models.TimeField("พักตั้งแต่", default=time(18, 0))
    quiet_until = models.TimeField("พักถึง", default=time(7, 30))
    digest_at = models.TimeField("ส่งสรุปเวลา", default=time(8, 30))

    @property
    def hours(self) -> Hours:
        return Hours(self.quiet_from, self.quiet_until, self.digest_at)


class Delivery(models.Model):
    """การส่งแจ้งเตือน: one message by one channel to one address, and what came of it.

    Written in the transaction of its cause and sent afterwards. `ref` goes along with every
    attempt, so that a receiver who has it already can tell. Who takes one up sets `next_try_at`
    ahead: a worker that is killed then leaves it to be taken up again.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    kind = models.CharField("ชนิด", max_length=8, choices=DeliveryKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField("ช่องทาง", max_length=8, choices=Channel.choices)
    setting = models.ForeignKey(ChannelSetting, models.PROTECT, related_name="+")
    address = models.CharField("ที่อยู่", max_length=300)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", null=True)
    digest_on = models.DateField("สรุปของวันที่", null=True)
    digested = models.ManyToManyField(Notice, through="DigestLine", related_name="digests")
    state = models.CharField(
        "สถานะ", max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField("ส่งมาแล้ว (ครั้ง)", default=0)
    next_try_at = models.DateTimeField("ส่งเมื่อถึง", default=timezone.now)
    last_error = models.CharField("เหตุที่ส่งไม่สำเร็จ", max_length=300, blank=True)
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    settled_at = models.DateTimeField("เสร็จเมื่อ", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=_OPEN), name="deliveries_to_send"
            ),
            models.Index(fields=["state", "-made_at"], name="deliveries_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"],
                condition=Q(notice__isnull=False),
                name="notice_delivered_once_by_a_channel",
            ),
            models.UniqueConstraint(
                fields=["person", "channel", "digest_on"],
                condition=Q(digest_on__isnull=False),
                name="one_digest_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="notice", notice__isnull=False, digest_on=None)
                | Q(kind="digest", notice=None, digest_on__isnull=False)
                | Q(kind="code", notice=None, digest_on=None),
                name="delivery_says_what_it_brings",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class DigestLine(models.Model):
    """เรื่องหนึ่งในสรุปประจำวัน."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="lines")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "notice"], name="notice_once_in_a_digest"),
        ]


class CalendarKey(models.Model):
    """กุญแจปฏิทิน: lets a calendar program read the due days of one post; the SHA-256 is kept."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField("ใช้กับ", max_length=120)
    digest = models.CharField("ลายนิ้วมือ", max_length=64, unique=True)
    made_at = models.DateTimeField("เปิดเมื่อ", default=timezone.now)
    revoked_at = models.DateTimeField("ปิดเมื่อ", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


class ReadMark(models.Model):
    """อ่านประวัติถึง: up to when notices were made of what happened, and of the calendar."""

    name = models.CharField("ชื่อ", max_length=20, unique=True)
    read_until = models.DateTimeField("ถึง")
