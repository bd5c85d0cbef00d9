"""Projects and activities: what is done, for which clauses, where, for whom, and when."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.directives.models import Directive, Order
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models.plans import PlanRow
from thamthan.projects.rules import PlaceKind, PlanStanding, ProjectState


class Project(models.Model):
    """โครงการ/กิจกรรม: one thing a house does in one fiscal year, in every standard section.

    `district` and `province` are those above the house when it was made, so that a list of the
    nation needs no walk through the tree. Its money stands in allotments, its results in goals.
    `version` rises with every change of its words: who saw an older one looks again.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    province = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, verbose_name="กองเจ้าของโครงการ"
    )
    be_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    name = models.CharField("ชื่อโครงการ", max_length=500)
    standing = models.CharField("สถานะในแผน", max_length=12, choices=PlanStanding.choices)
    plan_row = models.ForeignKey(PlanRow, models.PROTECT, related_name="projects", null=True)
    ordinance_words = models.CharField("รายการในข้อบัญญัติ/เทศบัญญัติ", max_length=500, blank=True)
    state = models.CharField(
        "สถานะ", max_length=10, choices=ProjectState.choices, default=ProjectState.DRAFT
    )
    copied_from = models.ForeignKey("self", models.PROTECT, related_name="copies", null=True)
    template = models.CharField("เริ่มจากแบบ", max_length=60, blank=True)
    rationale = models.TextField("หลักการและเหตุผล", blank=True)
    objectives = models.TextField("วัตถุประสงค์", blank=True)
    targets = models.TextField("เป้าหมาย", blank=True)
    method = models.TextField("วิธีดำเนินการ", blank=True)
    place_words = models.TextField("สถานที่ดำเนินการ", blank=True)
    evaluation = models.TextField("การติดตามและประเมินผล", blank=True)
    expected_results = models.TextField("ผลที่คาดว่าจะได้รับ", blank=True)
    responsible = models.CharField("ผู้รับผิดชอบโครงการ", max_length=300, blank=True)
    begins_on = models.DateField("เริ่ม", null=True)
    ends_on = models.DateField("สิ้นสุด", null=True)
    is_public = models.BooleanField("เผยแพร่ให้ประชาชนดู", default=False)
    folded = models.TextField("ข้อความสำหรับค้น", blank=True)
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เสนอเมื่อ", default=timezone.now)
    approved_at = models.DateTimeField("อนุมัติเมื่อ", null=True)
    finished_at = models.DateTimeField("แล้วเสร็จเมื่อ", null=True)
    cancelled_at = models.DateTimeField("ยกเลิกเมื่อ", null=True)
    cancelled_why = models.TextField("เหตุที่ยกเลิก", blank=True)

    class Meta:
        ordering = ["-be_year", "-pk"]
        indexes = [
            models.Index(
                fields=["organisation", "-be_year", "state", "-id"], name="projects_of_a_house"
            ),
            # A list of the country is walked in its order, and asks each row nothing beyond this.
            models.Index(
                fields=["-be_year", "-id", "state", "organisation", "standing", "ends_on"],
                name="projects_in_order",
            ),
            # What a search by words found is asked the same without fetching its long words.
            models.Index(fields=["id", "state", "organisation", "be_year"], name="projects_by_key"),
            models.Index(
                fields=["-id", "organisation"],
                condition=Q(is_public=True, state=ProjectState.FINISHED),
                name="projects_done_and_shown",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values), name="project_state_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=PlanStanding.values), name="project_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="project_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(copied_from=None) | ~Q(copied_from=F("pk")),
                name="project_not_its_own_copy",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectAnswer(models.Model):
    """โครงการตอบข้อสั่งการ: that this project answers that clause, and in what words.

    `root` is the first order of the chain, as its tasks and boards know it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="answers", db_index=False)
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="+")
    root = models.ForeignKey(Order, models.PROTECT, related_name="+")
    words = models.TextField("ตอบอย่างไร", blank=True)
    added_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        ordering = ["root", "directive__position", "pk"]
        indexes = [models.Index(fields=["project", "root"], name="answers_of_a_project")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "directive"], name="project_answers_a_clause_once"
            ),
        ]


class ProjectSupporter(models.Model):
    """หน่วยงานสนับสนุนโครงการ: one of the tree or another by its name, and what it gives."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="supporters")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = models.CharField("หน่วยงาน", max_length=300)
    gives = models.TextField("สนับสนุนอะไร", blank=True)
    worth_satang = models.BigIntegerField("มูลค่า (สตางค์)", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="project_supporter_once"),
            models.CheckConstraint(
                condition=Q(worth_satang=None) | Q(worth_satang__gte=0),
                name="project_support_not_negative",
            ),
        ]


class ProjectPlace(models.Model):
    """สถานที่: a village, a point or an area; degrees as whole millionths, so that none drifts.

    `outline` is a ring of [longitude, latitude] in degrees for an area.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="places")
    kind = models.CharField("ชนิด", max_length=8, choices=PlaceKind.choices)
    name = models.CharField("ชื่อ", max_length=300)
    village_number = models.PositiveSmallIntegerField("หมู่ที่", null=True)
    latitude_e6 = models.IntegerField("ละติจูด (ล้านส่วนขององศา)", null=True)
    longitude_e6 = models.IntegerField("ลองจิจูด (ล้านส่วนขององศา)", null=True)
    outline = models.JSONField("แนวเขต", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(latitude_e6=None, longitude_e6=None)
                | Q(
                    latitude_e6__gte=-90_000_000,
                    latitude_e6__lte=90_000_000,
                    longitude_e6__gte=-180_000_000,
                    longitude_e6__lte=180_000_000,
                ),
                name="place_on_the_globe",
            ),
        ]


class TargetGroup(models.Model):
    """กลุ่มเป้าหมาย: whom it is for, and how many; never a name."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="target_groups")
    name = models.CharField("กลุ่ม", max_length=300)
    unit = models.CharField("หน่วยนับ", max_length=60)
    planned = models.PositiveIntegerField("เป้าหมาย (จำนวน)", null=True)
    reached = models.PositiveIntegerField("เข้าถึงแล้ว (จำนวน)", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "unit"], name="target_group_once_in_a_project"
            ),
        ]


class Step(models.Model):
    """ขั้นตอน: one piece of the work with its days; a milestone is a day something stands ready."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("ลำดับ")
    name = models.CharField("ขั้นตอน", max_length=500)
    begins_on = models.DateField("เริ่ม", null=True)
    ends_on = models.DateField("สิ้นสุด", null=True)
    weight = models.PositiveSmallIntegerField("น้ำหนัก", default=1)
    is_milestone = models.BooleanField("หมุดหมาย", default=False)
    done_on = models.DateField("เสร็จเมื่อ", null=True)
    done_words = models.TextField("ทำแล้วอย่างไร", blank=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["project", "ends_on"],
                condition=Q(done_on=None),
                name="steps_still_to_do",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="step_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="step_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class Risk(models.Model):
    """ความเสี่ยง: what may go wrong, how likely, how bad (1 to 3 each), and the answer to it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    what = models.TextField("ความเสี่ยง")
    likelihood = models.PositiveSmallIntegerField("โอกาส")
    effect = models.PositiveSmallIntegerField("ผลกระทบ")
    answer = models.TextField("แนวทางจัดการ", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 3), effect__range=(1, 3)),
                name="risk_between_one_and_three",
            ),
        ]
