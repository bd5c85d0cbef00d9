"""Development plans: what a local government says it will do, row by row, before there is money."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.projects.rules import PlanForm, PlanMode, PlanShape


class DevelopmentPlan(models.Model):
    """แผนพัฒนาท้องถิ่น: the five-year plan of one house, in the shape of its period.

    Whether it was announced, and by what steps, is not checked here.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    be_from = models.PositiveSmallIntegerField("ตั้งแต่ปีงบประมาณ พ.ศ.")
    be_to = models.PositiveSmallIntegerField("ถึงปีงบประมาณ พ.ศ.")
    shape = models.CharField("รูปแบบ", max_length=8, choices=PlanShape.choices)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        ordering = ["-be_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "be_from"], name="plan_once_for_a_period"
            ),
            models.CheckConstraint(condition=Q(be_to__gte=F("be_from")), name="plan_runs_forward"),
            models.CheckConstraint(
                condition=Q(shape__in=PlanShape.values), name="plan_shape_known"
            ),
        ]

    def __str__(self) -> str:
        return f"แผนพัฒนาท้องถิ่น (พ.ศ. {self.be_from}–{self.be_to})"


class PlanRow(models.Model):
    """แถวในแผน (ผ.02 ผ.02/1 ผ.02/2 ผ.03): one project as the plan words it.

    What an amendment words anew is a row of its own, and the old one points at it (`replaced_by`).
    `headings` are those it stands under, from the top; the indicator (ตัวชี้วัด) stays with the row
    though the later shape of the plan has no column for it.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    plan = models.ForeignKey(DevelopmentPlan, models.PROTECT, related_name="rows")
    form = models.CharField("แบบ", max_length=8, choices=PlanForm.choices)
    mode = models.CharField(
        "การจัดทำ", max_length=9, choices=PlanMode.choices, default=PlanMode.FIRST
    )
    mode_words = models.CharField("ครั้งที่", max_length=300, blank=True)
    position = models.PositiveIntegerField("ลำดับในแผน")
    number = models.CharField("ที่", max_length=30, blank=True)
    headings = models.JSONField("ยุทธศาสตร์ กลยุทธ์ แผนงาน หรือประเด็น", default=list)
    programme = models.CharField("แผนงานหรือประเด็นการพัฒนา", max_length=300, blank=True)
    category = models.CharField("หมวดและประเภทครุภัณฑ์", max_length=300, blank=True)
    name = models.TextField("โครงการ")
    objective = models.TextField("วัตถุประสงค์", blank=True)
    target = models.TextField("เป้าหมาย (ผลผลิตของโครงการ)", blank=True)
    indicator = models.TextField("ตัวชี้วัด", blank=True)
    result = models.TextField("ผลที่คาดว่าจะได้รับ", blank=True)
    lead = models.CharField("หน่วยงานรับผิดชอบหลัก", max_length=300, blank=True)
    district_words = models.CharField("อำเภอ", max_length=300, blank=True)
    coordinates_words = models.CharField("พิกัด", max_length=300, blank=True)
    reason = models.TextField("เหตุผลความจำเป็น", blank=True)
    remark = models.TextField("หมายเหตุในแผน", blank=True)
    folded = models.TextField("ข้อความสำหรับค้น", blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, related_name="replaces", null=True, db_index=True
    )
    dropped_at = models.DateTimeField("เอาออกเมื่อ", null=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["plan", "position"], name="rows_of_a_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=PlanForm.values), name="plan_form_known"),
            models.CheckConstraint(condition=Q(mode__in=PlanMode.values), name="plan_mode_known"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("pk")),
                name="plan_row_not_replaced_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanBudget(models.Model):
    """งบประมาณในแผนของปีหนึ่ง: what the plan states, and what entered the year's ordinance.

    Not stated (none) and a dash or zero (0) are two things.
    """

    row = models.ForeignKey(PlanRow, models.CASCADE, related_name="budgets")
    be_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    planned_satang = models.BigIntegerField("งบประมาณตามแผน (สตางค์)", null=True)
    ordinance_satang = models.BigIntegerField("ในข้อบัญญัติ/เทศบัญญัติ (สตางค์)", null=True)

    class Meta:
        ordering = ["be_year"]
        constraints = [
            models.UniqueConstraint(fields=["row", "be_year"], name="plan_budget_once_a_year"),
            models.CheckConstraint(
                condition=(Q(planned_satang=None) | Q(planned_satang__gte=0))
                & (Q(ordinance_satang=None) | Q(ordinance_satang__gte=0)),
                name="plan_budget_not_negative",
            ),
        ]
