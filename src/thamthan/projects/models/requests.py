"""Funding: the channels money may come by, and each request with its papers, state and answer."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models import Draft, Letter
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models.projects import Project
from thamthan.projects.rules import RequestState
from thamthan.records.models import StoredFile


class FundingChannel(models.Model):
    """แหล่งงบประมาณ: one way money may be asked for, as the list of that day says.

    `facts` hold the row of the list as it was loaded. A changed row is a new one from that day, so
    that a request keeps the words it was made under.
    """

    code = models.CharField("รหัส", max_length=40)
    name = models.CharField("แหล่งงบประมาณ", max_length=300)
    facts = models.JSONField("หลักเกณฑ์")
    is_verified = models.BooleanField("ตรวจกับต้นฉบับแล้ว", default=False)
    position = models.PositiveSmallIntegerField("ลำดับ", default=0)
    from_on = models.DateField("ใช้ตั้งแต่")
    until_on = models.DateField("ใช้ถึง", null=True)

    class Meta:
        ordering = ["position", "code", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="channel_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class FundingRequest(models.Model):
    """คำขอรับการสนับสนุนงบประมาณ: one project asking by one channel, and what came of it."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(FundingChannel, models.PROTECT, related_name="+")
    be_year = models.PositiveSmallIntegerField("ของปีงบประมาณ พ.ศ.")
    state = models.CharField(
        "สถานะ", max_length=10, choices=RequestState.choices, default=RequestState.PREPARING
    )
    asked_satang = models.BigIntegerField("ขอ (สตางค์)", null=True)
    granted_satang = models.BigIntegerField("ได้รับอนุมัติ (สตางค์)", null=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+", null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", null=True)
    submitted_on = models.DateField("ยื่นเมื่อ", null=True)
    decided_on = models.DateField("พิจารณาเมื่อ", null=True)
    decision_words = models.TextField("ผลการพิจารณา", blank=True)
    decision_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เริ่มเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "-made_at"], name="requests_of_a_house"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "channel", "be_year"],
                condition=~Q(state__in=[RequestState.REFUSED, RequestState.WITHDRAWN]),
                name="request_once_by_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="request_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(asked_satang=None) | Q(asked_satang__gt=0))
                & (Q(granted_satang=None) | Q(granted_satang__gte=0)),
                name="request_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.GRANTED)
                | Q(granted_satang__gt=0, decided_on__isnull=False),
                name="granted_request_has_an_amount",
            ),
        ]


class RequestPaper(models.Model):
    """เอกสารประกอบคำขอ: one paper the channel wants, the file given, or why it is not needed."""

    request = models.ForeignKey(FundingRequest, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField("ลำดับ")
    name = models.CharField("เอกสาร", max_length=300)
    words = models.TextField("ใช้เพื่อ", blank=True)
    is_required = models.BooleanField("ต้องมี", default=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=255, blank=True)
    waived_why = models.TextField("ไม่ต้องใช้เพราะ", blank=True)
    given_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    given_at = models.DateTimeField("เมื่อ", null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "name"], name="paper_once_in_a_request"),
        ]
