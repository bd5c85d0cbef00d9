"""Registers: the books in which letters get their numbers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.rules import Direction, Series
from thamthan.organisations.models import Organisation


class Register(models.Model):
    """ทะเบียนหนังสือ: one series of numbers of an organisation, from 1 in each calendar year.

    An office that comes from paper in mid-year starts at `first_number` in `first_year`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    direction = models.CharField("ทาง", max_length=8, choices=Direction.choices)
    series = models.CharField("ชุดเลข", max_length=12, choices=Series.choices, default=Series.MAIN)
    first_year = models.PositiveSmallIntegerField("ปีแรก (ค.ศ.)")
    first_number = models.PositiveIntegerField("เลขแรกของปีแรก", default=1)
    opened_at = models.DateTimeField("เปิดเมื่อ", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "direction", "series"], name="one_register_each_way"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="register_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(series__in=Series.values), name="register_series_known"
            ),
            models.CheckConstraint(
                condition=Q(first_number__gte=1), name="register_starts_at_one_or_more"
            ),
        ]
