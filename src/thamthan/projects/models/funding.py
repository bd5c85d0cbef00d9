"""What a house has said of a project so that channels for its money can be found."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.organisations.models import Post
from thamthan.projects.models.projects import Project


class FundingFacts(models.Model):
    """ข้อเท็จจริงเพื่อหาแหล่งเงิน: said once of a project, used for every channel and request.

    `answers` hold a yes or no for each condition that was answered; what is not there was not said.
    """

    project = models.OneToOneField(Project, models.CASCADE, related_name="funding_facts")
    works = models.JSONField("ลักษณะงาน", default=list)
    shapes = models.JSONField("รูปแบบรายจ่าย", default=list)
    answers = models.JSONField("คำตอบ", default=dict)
    needed_satang = models.BigIntegerField("ต้องใช้เงินทั้งหมด (สตางค์)", null=True)
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    said_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    said_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(needed_satang=None) | Q(needed_satang__gt=0),
                name="money_needed_is_something",
            ),
        ]
