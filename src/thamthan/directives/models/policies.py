"""Policies with their themes and indicators: dated facts that orders and projects point at."""

import uuid6
from django.db import models
from django.db.models import F, Q

from thamthan.directives.rules import Better, Measure, PolicyKind
from thamthan.organisations.models import Organisation
from thamthan.organisations.rules import Level


class Policy(models.Model):
    """นโยบาย: a slogan, a plan, an office's own; it may end, what was done for it does not.

    `is_checked` is false where the source was not read in full: a page then says so.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    code = models.SlugField("รหัส", max_length=40, unique=True)
    kind = models.CharField("ชนิด", max_length=12, choices=PolicyKind.choices)
    name = models.CharField("ชื่อ", max_length=300)
    short_name = models.CharField("ชื่อย่อ", max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_on = models.DateField("ตั้งแต่", null=True)
    until_on = models.DateField("ถึง", null=True)
    # Words by which a letter names it, one a line, as found in letters; for suggesting it.
    called = models.TextField("คำเรียกในหนังสือ", blank=True)
    source = models.TextField("ที่มา", blank=True)
    is_checked = models.BooleanField("ตรวจกับต้นฉบับแล้ว", default=False)

    class Meta:
        ordering = ["-from_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PolicyKind.values), name="policy_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="policy_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Theme(models.Model):
    """ด้านของนโยบาย."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="themes")
    number = models.CharField("ด้านที่", max_length=20)
    name = models.CharField("ชื่อด้าน", max_length=300)
    position = models.PositiveSmallIntegerField("ลำดับ")

    class Meta:
        ordering = ["policy_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="theme_number_once"),
        ]


class Indicator(models.Model):
    """ตัวชี้วัด: what is counted, in which unit, at which level, how, and from when until when."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    code = models.CharField("รหัส", max_length=20)
    name = models.CharField("ชื่อ", max_length=400)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="indicators", null=True)
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="indicators", null=True)
    measure = models.CharField("สิ่งที่นับ", max_length=12, choices=Measure.choices)
    unit = models.CharField("หน่วยนับ", max_length=60)
    better = models.CharField("ทิศทาง", max_length=4, choices=Better.choices, blank=True)
    level = models.CharField("ระดับที่วัด", max_length=12, choices=Level.choices)
    method = models.TextField("วิธีวัด", blank=True)
    from_on = models.DateField("ใช้ตั้งแต่", null=True)
    until_on = models.DateField("ใช้ถึง", null=True)
    source = models.TextField("ที่มา", blank=True)
    is_checked = models.BooleanField("ตรวจกับต้นฉบับแล้ว", default=False)

    class Meta:
        ordering = ["code", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="indicator_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values), name="indicator_measure_known"
            ),
            models.CheckConstraint(
                condition=Q(better__in=["", *Better.values]), name="indicator_better_known"
            ),
        ]
