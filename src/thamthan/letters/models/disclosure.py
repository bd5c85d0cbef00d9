"""What of a letter the public may see, and copies from which the rest is gone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import Openness
from thamthan.organisations.models import Post
from thamthan.records.models import StoredFile, WrittenOnce, WrittenOnceQuerySet


class Disclosure(WrittenOnce):
    """การเปิดเผยข้อมูล: one statement about one letter; the newest counts."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    openness = models.CharField("การเปิดเผย", max_length=8, choices=Openness.choices)
    section = models.CharField("มาตรา", max_length=20, blank=True)
    reason = models.CharField("เหตุผล", max_length=500, blank=True)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_words = models.CharField("ผู้กำหนดขณะนั้น", max_length=400)
    set_at = models.DateTimeField("กำหนดเมื่อ", default=timezone.now)

    objects: ClassVar[models.Manager["Disclosure"]] = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(openness__in=Openness.values), name="disclosure_openness_known"
            ),
            models.CheckConstraint(
                condition=Q(openness="open") | ~Q(section=""), name="withheld_by_a_section"
            ),
        ]


class RedactedCopy(models.Model):
    """สำเนาที่ปิดทับแล้ว of one file: pages as pictures with the covered places burnt in."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="redacted_copies")
    position = models.PositiveSmallIntegerField("ของไฟล์ที่")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    boxes = models.JSONField("กรอบที่ปิดทับ", default=list)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("ทำเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
