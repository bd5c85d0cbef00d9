"""What a project's papers need and nothing else keeps: what it costs, what one form alone asks."""

from django.db import models
from django.db.models import Q

from thamthan.projects.models.projects import Project


class CostItem(models.Model):
    """รายการค่าใช้จ่าย: what money is for, and how the amount was reckoned; None is not known yet."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField("ลำดับ")
    name = models.CharField("รายการ", max_length=500)
    reckoning = models.CharField("วิธีคำนวณ", max_length=300, blank=True)
    satang = models.BigIntegerField("จำนวนเงิน (สตางค์)", null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(satang=None) | Q(satang__gte=0), name="cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormAnswer(models.Model):
    """คำตอบที่แบบเดียวถาม: words of a project for the ask of a form, by the form's own key."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="form_answers")
    key = models.CharField("ข้อที่ถาม", max_length=60)
    words = models.TextField("คำตอบ")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="form_answer_once"),
        ]
