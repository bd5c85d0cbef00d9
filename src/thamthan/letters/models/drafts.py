"""Drafts with every state they were saved in, letterheads, templates."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import DraftState
from thamthan.organisations.models import Organisation, Post
from thamthan.records.models import StoredFile, WrittenOnce, WrittenOnceQuerySet
from thamthan.thai.correspondence import Secrecy

_SECRECIES = [(secrecy.value, secrecy.label) for secrecy in Secrecy]


class Letterhead(models.Model):
    """ส่วนหัวหนังสือ: what stands on every letter of an organisation, and its own emblem's picture."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    agency = models.CharField("ส่วนราชการเจ้าของหนังสือ", max_length=300)
    address = models.TextField("ที่ตั้ง", blank=True)
    contacts = models.TextField("โทรศัพท์และอีเมล", blank=True)
    owner_unit = models.CharField("ส่วนราชการเจ้าของเรื่อง", max_length=300, blank=True)
    emblem = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    changed_at = models.DateTimeField("แก้เมื่อ", default=timezone.now)


class LetterTemplate(models.Model):
    """แบบร่าง of an office: the parts that its drafts of one sort begin with."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อแบบ", max_length=120)
    parts = models.JSONField("ส่วนต่าง ๆ")
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("สร้างเมื่อ", default=timezone.now)
    closed_at = models.DateTimeField("เลิกใช้เมื่อ", null=True)

    class Meta:
        ordering = ["name", "pk"]


class Draft(models.Model):
    """ร่างหนังสือ: written, signed, then numbered; `version` counts the states that were saved."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(
        "สถานะ", max_length=12, choices=DraftState.choices, default=DraftState.DRAFTING
    )
    version = models.PositiveIntegerField("ครั้งที่บันทึก", default=1)
    parts = models.JSONField("ส่วนต่าง ๆ")
    subject = models.TextField("เรื่อง", blank=True)
    secrecy = models.CharField("ชั้นความลับ", max_length=12, choices=_SECRECIES, default="open")
    answers = models.ForeignKey(Letter, models.PROTECT, related_name="drafts", null=True)
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="draft", null=True)
    docx = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เริ่มร่างเมื่อ", default=timezone.now)
    changed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("บันทึกล่าสุดเมื่อ", default=timezone.now)
    signed_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    signed_words = models.CharField("ผู้ลงนามขณะนั้น", max_length=400, blank=True)
    signed_at = models.DateTimeField("ลงนามเมื่อ", null=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "-changed_at"], name="draft_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DraftState.values), name="draft_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(letter__isnull=False),
                name="issued_draft_has_its_letter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "issued"]) | ~Q(signed_words=""),
                name="signed_draft_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "ร่างยังไม่มีชื่อเรื่อง"

    @property
    def is_secret(self) -> bool:
        return self.secrecy != Secrecy.OPEN


class DraftVersion(WrittenOnce):
    """ร่างครั้งที่: one saved state; `save_ref` tells a saving that was sent twice."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("ครั้งที่")
    parts = models.JSONField("ส่วนต่าง ๆ")
    save_ref = models.UUIDField("รหัสการบันทึก", null=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("บันทึกเมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once"),
        ]


class DraftFile(models.Model):
    """ไฟล์แนบของร่าง: what goes with the letter as สิ่งที่ส่งมาด้วย."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อไฟล์", max_length=255)
    position = models.PositiveSmallIntegerField("ลำดับ")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "position"], name="one_draft_file_a_position"),
        ]
