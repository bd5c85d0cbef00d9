"""Runs: an order on its way to many receivers, some hundreds at a time."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.directives.models.orders import Order
from thamthan.organisations.models import Post


class CascadeRun(models.Model):
    """การถ่ายทอดครั้งหนึ่ง: receivers that were chosen at one press, and how many have it by now.

    The first `done` of `receivers` have it. A job that was killed goes on from there; the same
    press again (`ref`) is the same run.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="runs")
    receivers = models.JSONField("ผู้รับ")
    count = models.PositiveIntegerField("จำนวนผู้รับ")
    done = models.PositiveIntegerField("ถ่ายทอดแล้ว", default=0)
    new_organisations = models.PositiveIntegerField("หน่วยงานใหม่", default=0)
    new_tasks = models.PositiveIntegerField("งานใหม่", default=0)
    message = models.CharField("เหตุที่หยุด", max_length=400, blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    changed_at = models.DateTimeField("คืบหน้าล่าสุดเมื่อ", default=timezone.now)
    finished_at = models.DateTimeField("เสร็จเมื่อ", null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["changed_at"], condition=Q(finished_at=None), name="cascade_run_to_go_on"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("count")), name="no_more_done_than_all"),
        ]

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
