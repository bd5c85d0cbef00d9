"""Goals and results: what is counted, from where to where, and what was found in each period."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.directives.models import Indicator
from thamthan.directives.rules import Measure
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models.projects import Project
from thamthan.projects.rules import AddingUp, ResultStanding
from thamthan.records.models import WrittenOnce, WrittenOnceQuerySet


class Goal(models.Model):
    """ตัวชี้วัดของโครงการ: one of the listed indicators or its own, with baseline and target.

    Numbers are whole thousandths of the unit (`_milli`), so that sums are exact; a share keeps
    both its parts, numerator and denominator (`_of_milli`).
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="goals")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", null=True)
    name = models.CharField("ตัวชี้วัด", max_length=500)
    measure = models.CharField("สิ่งที่นับ", max_length=10, choices=Measure.choices)
    unit = models.CharField("หน่วยนับ", max_length=60)
    method = models.TextField("วิธีวัด", blank=True)
    adding_up = models.CharField("รวมงวด", max_length=8, choices=AddingUp.choices)
    is_less_better = models.BooleanField("ยิ่งน้อยยิ่งดี", default=False)
    baseline_milli = models.BigIntegerField("ค่าฐาน (ส่วนในพัน)", null=True)
    baseline_of_milli = models.BigIntegerField("ค่าฐาน จากทั้งหมด (ส่วนในพัน)", null=True)
    baseline_words = models.CharField("ค่าฐานมาจาก", max_length=300, blank=True)
    target_milli = models.BigIntegerField("เป้าหมาย (ส่วนในพัน)", null=True)
    target_of_milli = models.BigIntegerField("เป้าหมาย จากทั้งหมด (ส่วนในพัน)", null=True)
    dropped_at = models.DateTimeField("เอาออกเมื่อ", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values), name="goal_measure_known"
            ),
            models.CheckConstraint(
                condition=Q(adding_up__in=AddingUp.values), name="goal_adding_up_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """ผลของงวดหนึ่ง: what was found, as of which day, from what source.

    Measured (nought too), no figure (ไม่มีข้อมูล) and not applicable are three things; a period
    without a row was not sent. A correction is a row of its own, and the old one points at it.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="results")
    from_on = models.DateField("งวดตั้งแต่")
    until_on = models.DateField("งวดถึง")
    as_of = models.DateField("ข้อมูล ณ วันที่")
    standing = models.CharField("สถานะของผล", max_length=16, choices=ResultStanding.choices)
    value_milli = models.BigIntegerField("ผล (ส่วนในพัน)", null=True)
    of_milli = models.BigIntegerField("จากทั้งหมด (ส่วนในพัน)", null=True)
    source = models.TextField("แหล่งข้อมูล", blank=True)
    remark = models.TextField("หมายเหตุ", blank=True)
    warned = models.JSONField("คำเตือนที่ผู้บันทึกเห็นแล้ว", default=list)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, related_name="replaces", null=True, db_index=True
    )

    class Meta:
        ordering = ["goal", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "from_on", "until_on"],
                condition=Q(replaced_by=None),
                name="result_once_in_a_period",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=ResultStanding.values), name="result_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(standing=ResultStanding.MEASURED, value_milli__isnull=False)
                | (~Q(standing=ResultStanding.MEASURED) & Q(value_milli=None, of_milli=None)),
                name="only_a_measured_result_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="result_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(of_milli=None) | Q(of_milli__gte=0), name="share_of_something"
            ),
        ]


class Residents(WrittenOnce):
    """ประชากรและครัวเรือน: how many live in a house's area on a day, and who says so.

    Written once: a newer row stands beside the older, and is its own history. Figures of people
    and households are held against the newest.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    as_of = models.DateField("ข้อมูล ณ วันที่")
    people = models.PositiveIntegerField("ประชากร (คน)")
    households = models.PositiveIntegerField("ครัวเรือน")
    source = models.CharField("แหล่งข้อมูล", max_length=300)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0, households__gt=0, households__lte=F("people")),
                name="no_more_households_than_people",
            ),
        ]
