"""What of a round citizens may read: totals as whoever asked first published them."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.organisations.models import Post
from thamthan.reports.models.forms import Round


class Publication(models.Model):
    """ยอดที่เผยแพร่ของรอบรายงาน: the totals as somebody looked at them and published them.

    `ref` is its address for good, also when it is published anew or taken back. What is covered
    stands nowhere in `content`: no reader of the row finds it either.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    is_public = models.BooleanField("เผยแพร่อยู่", default=False)
    is_closed = models.BooleanField("เป็นยอดที่ปิดแล้ว", default=False)
    has_words = models.BooleanField("เผยแพร่คำบอกเล่าด้วย", default=False)
    content = models.JSONField("เนื้อหา", default=dict)
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64, blank=True)
    published_at = models.DateTimeField("เผยแพร่เมื่อ", default=timezone.now)
    published_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    published_words = models.CharField("ผู้เผยแพร่ขณะนั้น", max_length=400)
    withdrawn_at = models.DateTimeField("เลิกเผยแพร่เมื่อ", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(sha256=""), name="published_totals_have_a_hash"
            ),
        ]
