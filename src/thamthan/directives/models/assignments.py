"""Handings and assignments: who was given what, how far it is, and every word said about it."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.directives.models.orders import Obligation, Order
from thamthan.directives.rules import AssignmentState, ExtensionState, RemarkKind
from thamthan.letters.models import Letter, Sending
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.records.models import WrittenOnce, WrittenOnceQuerySet


class Handing(models.Model):
    """การมอบเรื่อง: one matter in the hands of one organisation, once, however often it is sent.

    `root` is the first order of the chain; `order` the nearest one, by which this organisation
    has it now; `above` the handing of whoever gave it. `district` and `province` are those above
    it when it was sent, so that a board of the nation needs no walk through the tree.
    `sending` tells when the letter arrived and was registered, with its number there.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    root = models.ForeignKey(Order, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="handings")
    above = models.ForeignKey("self", models.PROTECT, related_name="below", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    level = models.CharField("ระดับ", max_length=12, choices=Level.choices)
    district = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    province = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    sending = models.ForeignKey(Sending, models.PROTECT, related_name="+", null=True)
    handed_at = models.DateTimeField("มอบเมื่อ", default=timezone.now)
    acknowledged_at = models.DateTimeField("รับทราบเมื่อ", null=True)
    acknowledged_words = models.CharField("ผู้รับทราบขณะนั้น", max_length=400, blank=True)
    passed_on_at = models.DateTimeField("ถ่ายทอดต่อเมื่อ", null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["root", "level", "province", "district"], name="handings_board"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["root", "organisation"], name="handed_once_to_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(above=None) | ~Q(above=F("pk")), name="handing_not_above_itself"
            ),
        ]

    @property
    def giver_path(self) -> str:
        """The path of the house that judges this: who gave it, nearest.

        A division's is judged by its house; what a house took from paper by the house itself.
        """
        if self.level == Level.DIVISION:
            return self.organisation.house_path
        return self.order.organisation.house_path

    @property
    def is_from_outside(self) -> bool:
        """Whether the house took this from paper, so that its giver is not within this system."""
        return self.order.organisation_id == self.organisation_id


class Assignment(models.Model):
    """งานที่มอบ (ข้อสั่งการที่มอบให้หน่วยงานหนึ่ง): one obligation of one organisation, with its state.

    A division's has the house's own as `above`, and no board outside the house counts it.
    `due_on` is the day that holds for this organisation: the letter's, an earlier one of a level
    between, or a later one that was granted.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    handing = models.ForeignKey(Handing, models.PROTECT, related_name="assignments", db_index=False)
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="assignments", db_index=False
    )
    root = models.ForeignKey(Order, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    level = models.CharField("ระดับ", max_length=12, choices=Level.choices)
    above = models.ForeignKey("self", models.PROTECT, related_name="below", null=True)
    is_lead = models.BooleanField("เจ้าของเรื่องในหน่วยงาน", default=False)
    state = models.CharField(
        "สถานะ", max_length=12, choices=AssignmentState.choices, default=AssignmentState.SENT
    )
    due_on = models.DateField("กำหนด", null=True)
    due_time = models.TimeField("เวลา", null=True)
    moved_at = models.DateTimeField("สถานะล่าสุดเมื่อ", default=timezone.now)
    answered_at = models.DateTimeField("ส่งผลเมื่อ", null=True)
    last_word = models.CharField("ความล่าสุด", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # A board of the nation reads this index alone.
            models.Index(
                fields=["root", "level", "province", "obligation", "state", "due_on"],
                name="assignments_board",
            ),
            # Whether one organisation has a task that waits or is late this index tells alone.
            models.Index(
                fields=["handing", "state", "due_on", "obligation"], name="assignments_of_a_handing"
            ),
            models.Index(fields=["organisation", "state", "due_on"], name="assignments_on_a_desk"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "organisation"], name="assigned_once_to_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AssignmentState.values), name="assignment_state_known"
            ),
        ]


class Remark(WrittenOnce):
    """ข้อความในเรื่อง: one thing said about a task, or about all of a handing, by whom and when."""

    handing = models.ForeignKey(Handing, models.PROTECT, related_name="remarks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="remarks", null=True)
    kind = models.CharField("ชนิด", max_length=12, choices=RemarkKind.choices)
    text = models.TextField("ข้อความ", blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_words = models.CharField("ผู้กล่าวขณะนั้น", max_length=400)
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    # The question that this answers; no other remark is answered.
    answers = models.ForeignKey("self", models.PROTECT, related_name="replies", null=True)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RemarkKind.values), name="remark_kind_known"
            ),
        ]


class Extension(models.Model):
    """การขยายเวลา: asked for by one organisation, or granted to all (`handing` is none).

    `obligation` is none where it holds for all that is asked.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="extensions")
    handing = models.ForeignKey(Handing, models.PROTECT, related_name="extensions", null=True)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+", null=True)
    state = models.CharField("สถานะ", max_length=8, choices=ExtensionState.choices)
    asked_until = models.DateField("ขอถึง", null=True)
    granted_until = models.DateField("ให้ถึง", null=True)
    reason = models.TextField("เหตุผล", blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", null=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("ขอเมื่อ", default=timezone.now)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    decided_words = models.CharField("ผู้พิจารณาขณะนั้น", max_length=400, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    note = models.TextField("ความเห็น", blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExtensionState.values), name="extension_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_until__isnull=False),
                name="granted_extension_says_until_when",
            ),
            models.UniqueConstraint(
                fields=["handing", "obligation"],
                condition=Q(state="asked", obligation__isnull=False),
                name="one_open_extension_of_a_task",
            ),
            models.UniqueConstraint(
                fields=["handing"],
                condition=Q(state="asked", obligation=None),
                name="one_open_extension_of_a_handing",
            ),
        ]
