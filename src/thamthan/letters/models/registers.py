"""Registers: the books in which letters get their numbers, and the numbers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.rules import CircularSeries, Direction, NumberState, Series, YearKind
from thamthan.organisations.models import Organisation


class Register(models.Model):
    """ทะเบียนหนังสือ: one series of numbers of an organisation, from 1 in each year.

    A division that keeps its own book has registers of its own. An office that comes from paper
    in mid-year starts at `first_number` in `first_year`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    direction = models.CharField("ทาง", max_length=8, choices=Direction.choices)
    series = models.CharField("ชุดเลข", max_length=12, choices=Series.choices, default=Series.MAIN)
    year_kind = models.CharField(
        "ปีของทะเบียน", max_length=8, choices=YearKind.choices, default=YearKind.CALENDAR
    )
    circulars = models.CharField(
        "เลขของหนังสือเวียน",
        max_length=8,
        choices=CircularSeries.choices,
        default=CircularSeries.SHARED,
    )
    agency_code = models.CharField("รหัสหนังสือ", max_length=40, blank=True)
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
                condition=Q(year_kind__in=YearKind.values), name="register_year_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(circulars__in=CircularSeries.values), name="register_circulars_known"
            ),
            models.CheckConstraint(
                condition=Q(first_number__gte=1), name="register_starts_at_one_or_more"
            ),
        ]

    @property
    def code(self) -> str:
        """What stands before the stroke: the register's own, else the organisation's."""
        return self.agency_code or self.organisation.agency_code

    @property
    def title(self) -> str:
        """What the book is called: ทะเบียนหนังสือส่ง, with its series where it has one."""
        circular = " (หนังสือเวียน)" if self.series == Series.CIRCULAR else ""
        return f"ทะเบียน{Direction(self.direction).label}{circular}"


class RegisterNumber(models.Model):
    """เลขในทะเบียน: one line of a book. A number stands here once a year and never goes away.

    What it was given for its letter tells; without one (a number taken for a draft, reserved,
    given back) its own columns do. `reason` says why it was reserved, cancelled or given back.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField("ปีของทะเบียน (ค.ศ.)")
    number = models.PositiveIntegerField("เลข")
    state = models.CharField("สถานะ", max_length=10, choices=NumberState.choices)
    on = models.DateField("วันที่")
    letter = models.ForeignKey(
        "letters.Letter", models.PROTECT, related_name="numbers", null=True, blank=True
    )
    text = models.CharField("เลขที่หนังสือ", max_length=120, blank=True)
    is_circular = models.BooleanField("หนังสือเวียน", default=False)
    subject = models.TextField("เรื่อง", blank=True)
    addressee = models.TextField("ถึง", blank=True)
    reserved_for = models.CharField("จองให้", max_length=200, blank=True)
    reserved_until = models.DateField("จองถึง", null=True, blank=True)
    reason = models.TextField("เหตุ", blank=True)
    given_at = models.DateTimeField("ลงในระบบเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["register", "year", "number"]
        indexes = [
            models.Index(fields=["register", "on"], name="number_of_a_day"),
            models.Index(
                fields=["register", "reserved_until"],
                condition=Q(state=NumberState.RESERVED),
                name="number_reserved",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "number"], name="number_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["register", "letter"], name="letter_once_in_a_register"
            ),
            models.CheckConstraint(
                condition=Q(state__in=NumberState.values), name="number_state_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_is_one_or_more"),
            models.CheckConstraint(
                condition=Q(state=NumberState.USED) | ~Q(reason=""),
                name="number_unused_says_why",
            ),
        ]

    @property
    def is_late(self) -> bool:
        """ลงย้อนหลัง: entered on a later day than the one it stands under."""
        return timezone.localtime(self.given_at).date() > self.on


class StampPlace(models.Model):
    """ที่ของตรารับ: where on a file the clerk wants the receipt stamp, in shares of a page."""

    file = models.OneToOneField("letters.LetterFile", models.PROTECT, related_name="stamp_place")
    page = models.PositiveSmallIntegerField("หน้า", default=1)
    left = models.FloatField("จากซ้าย")
    top = models.FloatField("จากบน")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page__gte=1, left__gte=0, left__lte=1, top__gte=0, top__lte=1),
                name="stamp_lies_on_the_page",
            ),
        ]
