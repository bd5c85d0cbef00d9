"""Totals: accepted figures, and their sums for each house that others report to."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.reports.models.forms import Question, Round
from thamthan.reports.models.reports import Report
from thamthan.reports.rules import AnswerStanding


class Consolidation(models.Model):
    """การรวมผลของหน่วยงานหนึ่งในรอบหนึ่ง: over the reports that it judges, nearest below.

    The row is locked while a report is accepted into it. Provisional until it is closed; a closed
    one keeps what it was (`content`, and its hash), whatever is mended later.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="consolidations", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    province = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    closed_at = models.DateTimeField("ปิดยอดเมื่อ", null=True)
    closed_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    closed_words = models.CharField("ผู้ปิดยอดขณะนั้น", max_length=400, blank=True)
    content = models.JSONField("ยอดที่ปิด", null=True)
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="consolidated_once_by_a_house"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(sha256=""), name="closed_total_has_a_hash"
            ),
        ]


class Figure(models.Model):
    """ตัวเลขที่รับรองแล้ว: one house's accepted answer to one counted question of a round."""

    consolidation = models.ForeignKey(
        Consolidation, models.PROTECT, related_name="figures", db_index=False
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", db_index=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    standing = models.CharField("สถานะ", max_length=16, choices=AnswerStanding.choices)
    value_milli = models.BigIntegerField("จำนวน (ส่วนในพัน)", null=True)
    of_milli = models.BigIntegerField("จากทั้งหมด (ส่วนในพัน)", null=True)
    number = models.PositiveSmallIntegerField("จากฉบับที่")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consolidation", "question", "report"], name="figure_once_in_a_total"
            ),
        ]


class Total(models.Model):
    """ยอดรวม of one question over the accepted reports of one consolidation; see `rules.Sum`."""

    consolidation = models.ForeignKey(
        Consolidation, models.CASCADE, related_name="totals", db_index=False
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    given = models.PositiveIntegerField("มีตัวเลข", default=0)
    none = models.PositiveIntegerField("ไม่มีข้อมูล", default=0)
    not_applicable = models.PositiveIntegerField("ไม่เกี่ยวข้อง", default=0)
    sum_milli = models.BigIntegerField("รวม (ส่วนในพัน)", default=0)
    of_milli = models.BigIntegerField("จากทั้งหมด (ส่วนในพัน)", default=0)
    most_milli = models.BigIntegerField("สูงสุด (ส่วนในพัน)", null=True)
    # Taken out of the two sums above, since it stands in another report of the same event.
    less_milli = models.BigIntegerField("หักซ้ำ (ส่วนในพัน)", default=0)
    less_of_milli = models.BigIntegerField("หักซ้ำจากทั้งหมด (ส่วนในพัน)", default=0)
    changed_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["question", "province"], name="totals_of_a_question"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["consolidation", "question"], name="total_once_of_a_question"
            ),
        ]
