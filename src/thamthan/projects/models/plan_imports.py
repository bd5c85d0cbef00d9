"""A plan's file between its reading and a person's agreement: what was understood, line by line."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models.plans import DevelopmentPlan, PlanRow
from thamthan.projects.rules import ImportState, LineChoice, LineStanding, PlanForm, PlanShape
from thamthan.records.models import StoredFile


class PlanImport(models.Model):
    """การนำเข้าแผน: one file of a house, read; nothing of it stands in a plan until it is agreed.

    `sheets` tell of each sheet what was understood, which rows were refused and why, its totals
    and its floating boxes, as they are shown beside the lines.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    plan = models.ForeignKey(DevelopmentPlan, models.PROTECT, related_name="imports", null=True)
    be_from = models.PositiveSmallIntegerField("ตั้งแต่ปีงบประมาณ พ.ศ.")
    be_to = models.PositiveSmallIntegerField("ถึงปีงบประมาณ พ.ศ.")
    shape = models.CharField("รูปแบบ", max_length=8, choices=PlanShape.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อไฟล์", max_length=300)
    state = models.CharField(
        "สถานะ", max_length=8, choices=ImportState.choices, default=ImportState.WAITING
    )
    sheets = models.JSONField("แผ่นงาน", default=list)
    added = models.PositiveIntegerField("แถวที่เพิ่ม", default=0)
    amended = models.PositiveIntegerField("แถวที่แก้", default=0)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    settled_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField("ตัดสินเมื่อ", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # The same file waits once for each house, however often it is brought.
            models.UniqueConstraint(
                fields=["organisation", "file"],
                condition=Q(state=ImportState.WAITING),
                name="plan_import_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="plan_import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(be_to__gte=F("be_from")), name="plan_import_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportLine(models.Model):
    """แถวในไฟล์แผน: as it was read, how it stands to the plan, and what a person decided.

    `reading` is the line with its cells, words and doubts, and never changes; `corrections` are
    what a person put in place of a cell's reading, each with who and when; `row` what it became.
    """

    plan_import = models.ForeignKey(PlanImport, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField("ลำดับ")
    sheet = models.CharField("แผ่นงาน", max_length=100)
    first_row = models.PositiveIntegerField("แถวแรก")
    form = models.CharField("แบบ", max_length=8, choices=PlanForm.choices)
    name = models.TextField("โครงการ")
    reading = models.JSONField("ผลการอ่าน")
    corrections = models.JSONField("ที่คนแก้", default=dict)
    doubt_count = models.PositiveSmallIntegerField("ข้อสงสัย", default=0)
    standing = models.CharField("เทียบกับแผน", max_length=8, choices=LineStanding.choices)
    matched = models.ForeignKey(PlanRow, models.PROTECT, related_name="+", null=True)
    differs = models.JSONField("ที่ต่างกัน", default=list)
    choice = models.CharField("การตัดสิน", max_length=8, choices=LineChoice.choices)
    row = models.ForeignKey(PlanRow, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_import", "position"], name="import_line_has_its_place"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=LineStanding.values), name="import_line_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=LineChoice.values), name="import_line_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
