"""Reports: each house's answers of a round, every version that was sent, and what was accepted."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.directives.models import Assignment, Handing
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.records.models import WrittenOnce, WrittenOnceQuerySet
from thamthan.reports.models.forms import Question, Round
from thamthan.reports.rules import AnswerStanding, ReportState


class Report(models.Model):
    """รายงานผลการดำเนินงาน of one house in one round; it is there before anybody writes it.

    `giver` judges it: the house that gave the matter, nearest. `version` rises with every saved
    answer, `sent_number` with every sending; `accepted_number` is the version that stands in every
    total above, also while a later one is being mended.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="reports", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    province = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, db_index=False
    )
    level = models.CharField("ระดับ", max_length=12, choices=Level.choices)
    handing = models.ForeignKey(Handing, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    state = models.CharField(
        "สถานะ", max_length=10, choices=ReportState.choices, default=ReportState.OPEN
    )
    opens_at = models.DateTimeField("เปิดรับเมื่อ", null=True)
    due_at = models.DateTimeField("กำหนด", null=True)
    is_nil = models.BooleanField("ไม่มีผลการดำเนินงาน", default=False)
    nil_why = models.TextField("เหตุที่ไม่มีผล", blank=True)
    version = models.PositiveIntegerField("ครั้งที่บันทึก", default=1)
    filled_at = models.DateTimeField("เติมจากระบบเมื่อ", null=True)
    begun_at = models.DateTimeField("เริ่มกรอกเมื่อ", null=True)
    first_sent_at = models.DateTimeField("ส่งครั้งแรกเมื่อ", null=True)
    sent_at = models.DateTimeField("ส่งล่าสุดเมื่อ", null=True)
    sent_number = models.PositiveSmallIntegerField("ส่งครั้งที่", default=0)
    sent_words = models.CharField("ผู้ส่งขณะนั้น", max_length=400, blank=True)
    on_behalf = models.CharField("ส่งในนามของ", max_length=300, blank=True)
    returns = models.PositiveSmallIntegerField("ถูกส่งกลับ (ครั้ง)", default=0)
    return_words = models.TextField("ให้แก้ไข", blank=True)
    # Of the version last sent: what a person typed, and the minutes reckoned for it then.
    typed_answers = models.PositiveSmallIntegerField("คำตอบที่กรอกเอง", default=0)
    typed_minutes = models.PositiveIntegerField("ภาระโดยประมาณ (นาที)", default=0)
    accepted_at = models.DateTimeField("รับรองเมื่อ", null=True)
    accepted_number = models.PositiveSmallIntegerField("รับรองฉบับที่", null=True)
    accepted_words = models.CharField("ผู้รับรองขณะนั้น", max_length=400, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            # Whoever judges, and every board of who is missing, reads this index alone.
            models.Index(fields=["round", "giver", "state", "due_at"], name="reports_of_a_giver"),
            models.Index(fields=["organisation", "state", "due_at"], name="reports_of_a_house"),
            models.Index(
                fields=["round", "province", "district", "state"], name="reports_of_a_round"
            ),
            # Asked every minute, of those of a nation: whoever must be told that it was judged.
            models.Index(
                fields=["round"], condition=Q(state=ReportState.RETURNED), name="reports_sent_back"
            ),
            models.Index(
                fields=["accepted_at"],
                condition=Q(accepted_at__isnull=False),
                name="reports_by_acceptance",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="report_once_of_a_house_in_a_round"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values), name="report_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.ACCEPTED) | Q(accepted_number__isnull=False),
                name="accepted_report_has_a_version",
            ),
        ]


class Answer(models.Model):
    """คำตอบ: what the house has for one question now; drafts too.

    `known` is what the system knew when it was filled, with `sources` (which project, goal,
    result); a person's own word (`is_typed`) stands before it. Of a list that the system makes, a
    person leaves out (`left_out`, by the keys of projects or evidence) and adds a note (`text`).
    `version` rises with each change, so that two who wrote the same field see it.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", db_index=False)
    standing = models.CharField(
        "สถานะของคำตอบ",
        max_length=16,
        choices=AnswerStanding.choices,
        default=AnswerStanding.BLANK,
    )
    value_milli = models.BigIntegerField("จำนวน (ส่วนในพัน)", null=True)
    of_milli = models.BigIntegerField("จากทั้งหมด (ส่วนในพัน)", null=True)
    text = models.TextField("ข้อความ", blank=True)
    rows = models.JSONField("ตารางหรือรายการ", default=list)
    left_out = models.JSONField("ไม่รวมในรายงาน", default=list)
    known = models.JSONField("ที่ระบบรู้", default=dict)
    sources = models.JSONField("ที่มา", default=list)
    is_typed = models.BooleanField("คนกรอก", default=False)
    note = models.TextField("ผู้ตรวจให้แก้ไข", blank=True)
    warned = models.JSONField("คำเตือนที่ผู้กรอกเห็นแล้ว", default=list)
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    changed_at = models.DateTimeField("เมื่อ", default=timezone.now)
    changed_words = models.CharField("ผู้แก้ขณะนั้น", max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="answer_once_in_a_report"),
            models.CheckConstraint(
                condition=Q(standing__in=AnswerStanding.values), name="answer_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(standing=AnswerStanding.GIVEN) | Q(value_milli=None, of_milli=None),
                name="only_a_given_answer_has_a_number",
            ),
        ]


class SentReport(WrittenOnce):
    """รายงานที่ส่งแล้วฉบับหนึ่ง: the whole of it as it was sent, with its hash; never changed.

    Where a house wants agreement first, who prepared it and who agreed stand beside who sent it.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="sent")
    number = models.PositiveSmallIntegerField("ฉบับที่")
    content = models.JSONField("เนื้อหา")
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64)
    is_nil = models.BooleanField("ไม่มีผลการดำเนินงาน")
    # The same press sent twice is one sending.
    press = models.UUIDField("ครั้งที่กด", unique=True, default=uuid6.uuid7)
    sent_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    sent_words = models.CharField("ผู้ส่งขณะนั้น", max_length=400)
    prepared_words = models.CharField("ผู้จัดทำขณะนั้น", max_length=400, blank=True)
    agreed_words = models.CharField("ผู้เห็นชอบขณะนั้น", max_length=400, blank=True)
    on_behalf = models.CharField("ส่งในนามของ", max_length=300, blank=True)
    sent_at = models.DateTimeField("ส่งเมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_sent_once_a_version"),
        ]
