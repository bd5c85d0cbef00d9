"""Evidence: photographs, papers and links that show what was done, and what was thought of them."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.organisations.models import Post
from thamthan.projects.models.projects import Project, Step
from thamthan.projects.rules import EvidenceKind, EvidenceState
from thamthan.records.models import StoredFile


class Evidence(models.Model):
    """หลักฐาน: a photograph before, during or after, a paper, or a link; as its author gave it.

    `taken_at` and the position are the camera's own words; `doubts` what does not fit. Someone
    other than the author says that it is adequate.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="evidence")
    step = models.ForeignKey(Step, models.SET_NULL, related_name="evidence", null=True)
    kind = models.CharField("ชนิด", max_length=8, choices=EvidenceKind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=255, blank=True)
    url = models.URLField("ลิงก์", max_length=1000, blank=True)
    caption = models.TextField("คำบรรยาย", blank=True)
    taken_at = models.DateTimeField("ถ่ายเมื่อ", null=True)
    latitude_e6 = models.IntegerField("ละติจูด (ล้านส่วนขององศา)", null=True)
    longitude_e6 = models.IntegerField("ลองจิจูด (ล้านส่วนขององศา)", null=True)
    within_m = models.PositiveIntegerField("พิกัดคลาดได้ (เมตร)", null=True)
    wide = models.PositiveIntegerField("กว้าง (จุด)", null=True)
    high = models.PositiveIntegerField("สูง (จุด)", null=True)
    doubts = models.JSONField("ข้อสังเกต", default=list)
    state = models.CharField(
        "สถานะ", max_length=10, choices=EvidenceState.choices, default=EvidenceState.WAITING
    )
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("แนบเมื่อ", default=timezone.now)
    judged_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField("ตรวจเมื่อ", null=True)
    judged_words = models.TextField("ความเห็น", blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        indexes = [models.Index(fields=["project", "kind", "id"], name="evidence_of_a_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "file", "kind"],
                condition=~Q(state="withdrawn"),
                name="evidence_file_once_in_a_project",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EvidenceState.values), name="evidence_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind=EvidenceKind.LINK) & ~Q(url=""))
                | (~Q(kind=EvidenceKind.LINK) & Q(file__isnull=False)),
                name="evidence_has_something_to_see",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("made_by")),
                name="nobody_judges_own_evidence",
            ),
        ]


class PictureMark(models.Model):
    """รอยภาพ: how a picture looks, in 64 bits, for the whole and for parts of it.

    Two pictures that differ in few bits are nearly the same. The four parts of the bits are each
    indexed, so that near ones are found without looking at all.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="marks")
    window = models.PositiveSmallIntegerField("ส่วนของภาพ")
    bits = models.BigIntegerField("รอย")
    part_a = models.IntegerField("ส่วนที่ 1 ของรอย")
    part_b = models.IntegerField("ส่วนที่ 2 ของรอย")
    part_c = models.IntegerField("ส่วนที่ 3 ของรอย")
    part_d = models.IntegerField("ส่วนที่ 4 ของรอย")

    class Meta:
        ordering = ["window"]
        # With the window: a part of a new picture is looked for among the wholes alone.
        indexes = [
            models.Index(fields=[part, "window"], name=f"marks_by_{part}")
            for part in ("part_a", "part_b", "part_c", "part_d")
        ]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "window"], name="mark_once_of_a_window"),
        ]
