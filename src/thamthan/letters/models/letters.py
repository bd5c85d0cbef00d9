"""Letters, their files, readings, references and enclosures."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.letters.models.registers import Register
from thamthan.letters.rules import Direction, LetterState, Maker, ReadingState
from thamthan.organisations.models import Organisation, Post
from thamthan.records.models import StoredFile
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency

_KINDS = [(kind.value, kind.label) for kind in LetterKind]
_URGENCIES = [(urgency.value, urgency.label) for urgency in Urgency]
_SECRECIES = [(secrecy.value, secrecy.label) for secrecy in Secrecy]


class Letter(models.Model):
    """หนังสือราชการ: one letter in one organisation's registry.

    Until a person confirms, the columns below hold what the machine proposed; after that, what
    the person said. `version` grows with every change, so that two clerks never overwrite
    each other unseen.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    submission = models.UUIDField("รหัสการส่ง", null=True, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    direction = models.CharField(
        "ทาง", max_length=8, choices=Direction.choices, default=Direction.RECEIVED
    )
    state = models.CharField(
        "สถานะ", max_length=12, choices=LetterState.choices, default=LetterState.ARRIVED
    )
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)

    kind = models.CharField("ชนิด", max_length=10, choices=_KINDS, blank=True)
    number = models.CharField("ที่", max_length=120, blank=True)
    number_key = models.CharField("ที่ (สำหรับเทียบ)", max_length=120, blank=True, db_index=True)
    dated_on = models.DateField("ลงวันที่", null=True)
    sender = models.CharField("จาก", max_length=300, blank=True)
    addressee = models.TextField("ถึง", blank=True)
    subject = models.TextField("เรื่อง", blank=True)
    urgency = models.CharField("ชั้นความเร็ว", max_length=12, choices=_URGENCIES, default="normal")
    secrecy = models.CharField("ชั้นความลับ", max_length=12, choices=_SECRECIES, default="open")
    due_on = models.DateField("กำหนด", null=True)
    due_time = models.TimeField("เวลากำหนด", null=True)
    due_rule = models.CharField("กำหนดซ้ำ (RRULE)", max_length=200, blank=True)
    doubt_count = models.PositiveSmallIntegerField("ข้อสงสัย", default=0)

    register = models.ForeignKey(Register, models.PROTECT, related_name="letters", null=True)
    receipt_year = models.PositiveSmallIntegerField("ปีของเลขทะเบียน (ค.ศ.)", null=True)
    receipt_number = models.PositiveIntegerField("เลขทะเบียนรับหรือส่ง", null=True)
    received_at = models.DateTimeField("รับเมื่อ")
    entered_at = models.DateTimeField("นำเข้าระบบเมื่อ", default=timezone.now)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    twin_of = models.ForeignKey("self", models.PROTECT, related_name="twins", null=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="letter_on_the_desk"),
            models.Index(
                fields=["organisation", "receipt_year", "-receipt_number"],
                name="letter_in_the_register",
            ),
            models.Index(fields=["organisation", "dated_on"], name="letter_of_a_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "receipt_year", "receipt_number"],
                name="letter_receipt_number_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LetterState.values), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=Q(register=None, receipt_year=None, receipt_number=None)
                | Q(
                    register__isnull=False,
                    receipt_year__isnull=False,
                    receipt_number__isnull=False,
                ),
                name="letter_number_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "finished", "sent", "cancelled"])
                | Q(receipt_number__isnull=False),
                name="registered_letter_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(twin_of=None) | ~Q(twin_of=F("pk")), name="letter_is_not_its_own_twin"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.number or "หนังสือยังไม่มีชื่อเรื่อง"

    @property
    def is_secret(self) -> bool:
        return self.secrecy != Secrecy.OPEN


class LetterFile(models.Model):
    """ไฟล์ของหนังสือ: a stored file as it came with this letter, under the name it came with."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อไฟล์", max_length=255)
    position = models.PositiveSmallIntegerField("ลำดับ")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="one_file_at_a_position"),
        ]


class Reading(models.Model):
    """การอ่าน: what a maker – the machine or a person – says stands in a letter.

    A confirmed reading is a new row; the machine's stays as it was.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="readings")
    file = models.ForeignKey(LetterFile, models.PROTECT, related_name="+", null=True)
    maker = models.CharField("ผู้อ่าน", max_length=8, choices=Maker.choices)
    state = models.CharField("สถานะ", max_length=8, choices=ReadingState.choices)
    result = models.JSONField("ผลการอ่าน", null=True)
    pages = models.JSONField("ข้อความแต่ละหน้า", default=list)
    paper = models.JSONField("ขนาดหน้าและรอยบนกระดาษ", default=dict)
    message = models.CharField("เหตุ", max_length=400, blank=True)
    attempts = models.PositiveSmallIntegerField("อ่านมาแล้ว (ครั้ง)", default=0)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    changed_at = models.DateTimeField("สถานะล่าสุดเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReadingState.values), name="reading_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False), name="done_reading_has_result"
            ),
        ]


class Reference(models.Model):
    """อ้างถึง: an earlier letter that this one names; it may not be in our registry."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="references")
    position = models.PositiveSmallIntegerField("ลำดับ")
    agency = models.CharField("หน่วยงาน", max_length=300, blank=True)
    number = models.CharField("ที่", max_length=120, blank=True)
    number_key = models.CharField("ที่ (สำหรับเทียบ)", max_length=120, blank=True, db_index=True)
    dated_on = models.DateField("ลงวันที่", null=True)
    words = models.TextField("ตามที่เขียน", blank=True)

    class Meta:
        ordering = ["position"]


class Enclosure(models.Model):
    """สิ่งที่ส่งมาด้วย."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="enclosures")
    position = models.PositiveSmallIntegerField("ลำดับ")
    name = models.TextField("สิ่งที่ส่งมาด้วย")
    quantity = models.PositiveIntegerField("จำนวน", null=True)
    unit = models.CharField("หน่วย", max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
