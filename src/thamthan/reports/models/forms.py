"""Forms of reports: what is asked, how it is filled, and how it is added up."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.directives.models import Directive, Indicator, Obligation, Order
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.rules import Adding, Each, Fill, QuestionKind, Rhythm


class ReportForm(models.Model):
    """แบบรายงาน: one version of a form, of the list or of an office's own making.

    A form in use is not changed: a changed one is the next version, and a round keeps the questions
    it was opened with. `revision` rises with every change while it is made; one that ended is
    offered no more.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    code = models.CharField("รหัส", max_length=40)
    version = models.PositiveIntegerField("ฉบับที่", default=1)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = models.CharField("ชื่อแบบ", max_length=300)
    words = models.TextField("คำชี้แจง", blank=True)
    source = models.TextField("ที่มา", blank=True)
    is_checked = models.BooleanField("ตรวจกับต้นฉบับแล้ว", default=False)
    is_default = models.BooleanField("ใช้เมื่อหนังสือไม่ได้กำหนดแบบ", default=False)
    rhythm = models.CharField(
        "รอบของแบบ", max_length=12, choices=Rhythm.choices, default=Rhythm.ANY
    )
    revision = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    ended_at = models.DateTimeField("เลิกใช้เมื่อ", null=True)

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version"],
                nulls_distinct=False,
                name="report_form_version_once",
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="report_form_rhythm_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """What a form's question and a round's have in common."""

    position = models.PositiveSmallIntegerField("ลำดับ")
    key = models.CharField("รหัสคำถาม", max_length=60)
    heading = models.CharField("หัวข้อ", max_length=300, blank=True)
    text = models.TextField("คำถาม")
    guidance = models.TextField("คำอธิบาย", blank=True)
    kind = models.CharField("ชนิด", max_length=10, choices=QuestionKind.choices)
    unit = models.CharField("หน่วยนับ", max_length=60, blank=True)
    is_required = models.BooleanField("ต้องตอบ", default=True)
    fill = models.CharField("เติมจาก", max_length=16, choices=Fill.choices, default=Fill.NOTHING)
    over_places = models.CharField("รวมหน่วยงาน", max_length=8, choices=Adding.choices)
    over_periods = models.CharField("รวมงวด", max_length=8, choices=Adding.choices)
    least_milli = models.BigIntegerField("ไม่น้อยกว่า (ส่วนในพัน)", null=True)
    most_milli = models.BigIntegerField("ไม่เกิน (ส่วนในพัน)", null=True)
    columns = models.JSONField("สดมภ์ของตาราง", default=list)

    class Meta:
        abstract = True


class FormQuestion(Asked):
    """คำถามของแบบ; asked once, or once for every clause or indicator of the order (`each`)."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="questions")
    indicator_code = models.CharField("ตัวชี้วัด", max_length=10, blank=True)
    each = models.CharField("ถาม", max_length=10, choices=Each.choices, default=Each.ONCE)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="form_question_once"),
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="form_question_kind_known"
            ),
        ]


class FormChoice(models.Model):
    """แบบที่เลือกให้สิ่งที่ขอให้รายงาน: the form of the rounds that open from now on.

    Where nobody chose, the list's default one. Rounds that are open keep their questions.
    """

    obligation = models.OneToOneField(Obligation, models.CASCADE, related_name="+")
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    chosen_words = models.CharField("ผู้เลือกขณะนั้น", max_length=400)
    chosen_at = models.DateTimeField("เลือกเมื่อ", default=timezone.now)


class Round(models.Model):
    """รอบรายงาน: what an order wants reported for one period, and by when.

    `obligation` is what the letter asks (รายงาน); a repeating one has a round for each time.
    `organisation` is the house that asked first. Each house's own day stands on its report.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    root = models.ForeignKey(Order, models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("งวดที่", default=1)
    name = models.CharField("ชื่องวด", max_length=200, blank=True)
    from_on = models.DateField("ผลตั้งแต่", null=True)
    until_on = models.DateField("ผลถึง", null=True)
    opens_on = models.DateField("เปิดรับตั้งแต่", null=True)
    due_on = models.DateField("กำหนด", null=True)
    due_time = models.TimeField("เวลา", null=True)
    made_at = models.DateTimeField("เปิดรอบเมื่อ", default=timezone.now)
    closed_at = models.DateTimeField("ปิดรอบเมื่อ", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "number"], name="round_once_of_an_obligation"
            ),
        ]


class Question(Asked):
    """คำถามของรอบ: as it was asked in this round; a later form changes nothing here."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="+", null=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="question_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_known"
            ),
        ]
