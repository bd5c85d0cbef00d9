"""Who may read a secret letter, who did, and the numbers it left behind in another book."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import Sight
from thamthan.organisations.models import Post
from thamthan.records.models import WrittenOnce, WrittenOnceQuerySet


class SecretReader(models.Model):
    """ผู้อ่านหนังสือลับ: a post named for one letter, from a moment on until it is ended."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="readers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    named_at = models.DateTimeField("กำหนดเมื่อ", default=timezone.now)
    ended_at = models.DateTimeField("สิ้นสุดเมื่อ", null=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "post"],
                condition=Q(ended_at=None),
                name="secret_reader_named_once_at_a_time",
            ),
        ]


class SecretView(WrittenOnce):
    """การเปิดดูหนังสือลับ: who saw what of it, and when."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    post_words = models.CharField("ผู้เปิดดูขณะนั้น", max_length=400)
    sight = models.CharField("สิ่งที่เปิดดู", max_length=8, choices=Sight.choices)
    part = models.CharField("ส่วนใด", max_length=120, blank=True)
    at = models.DateTimeField("เมื่อ", default=timezone.now)

    objects: ClassVar[models.Manager["SecretView"]] = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["letter", "-at"], name="views_of_a_letter")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sight__in=Sight.values), name="secret_view_sight_known"
            ),
        ]
