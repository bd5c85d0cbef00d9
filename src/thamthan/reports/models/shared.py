"""The same event claimed twice: what a person decided, and what is counted once because of it."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models import Project
from thamthan.reports.models.forms import Question, Round
from thamthan.reports.models.reports import Report
from thamthan.reports.models.totals import Consolidation
from thamthan.reports.rules import SharedState


class SharedEvent(models.Model):
    """คำตัดสินของสองรายการที่อาจเป็นเรื่องเดียวกัน; `mark` names the pair, asked once in a round.

    `counted` stands in the totals, `shared` stands with it and is taken out once; of two events
    both stand. `judge` is the house whose totals are the first to hold both.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="shared_events", db_index=False)
    judge = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mark = models.CharField("รอยของคู่", max_length=120)
    state = models.CharField("คำตัดสิน", max_length=8, choices=SharedState.choices)
    counted = models.ForeignKey(Report, models.PROTECT, related_name="counted_events")
    counted_key = models.CharField("รายการที่นับ", max_length=40)
    counted_words = models.TextField("รายการที่นับ (ถ้อยคำ)")
    counted_project = models.ForeignKey(Project, models.PROTECT, related_name="+", null=True)
    shared = models.ForeignKey(Report, models.PROTECT, related_name="shared_events")
    shared_key = models.CharField("รายการที่ใช้ร่วม", max_length=40)
    shared_words = models.TextField("รายการที่ใช้ร่วม (ถ้อยคำ)")
    shared_project = models.ForeignKey(Project, models.PROTECT, related_name="+", null=True)
    reasons = models.JSONField("เหตุที่สงสัย", default=list)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_words = models.CharField("ผู้ตัดสินขณะนั้น", max_length=400)
    decided_at = models.DateTimeField("ตัดสินเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "mark"], name="shared_event_asked_once"),
            models.CheckConstraint(
                condition=Q(state__in=SharedState.values), name="shared_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(counted=F("shared")), name="nothing_is_shared_with_itself"
            ),
        ]


class Deduction(models.Model):
    """หักซ้ำ: so much of one question stands twice; taken out where both first come together.

    What is really taken out is told by `rules.less_of`, from the figures as they are now.
    """

    event = models.ForeignKey(SharedEvent, models.CASCADE, related_name="deductions")
    consolidation = models.ForeignKey(Consolidation, models.PROTECT, related_name="deductions")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    value_milli = models.BigIntegerField("จำนวน (ส่วนในพัน)")
    of_milli = models.BigIntegerField("จากทั้งหมด (ส่วนในพัน)", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "question"], name="deducted_once"),
            models.CheckConstraint(
                condition=Q(value_milli__gte=0, of_milli__gte=0), name="deduction_not_negative"
            ),
        ]
