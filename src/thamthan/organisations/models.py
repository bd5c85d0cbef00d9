"""The tree of organisations with its dated names and places, people, posts, tokens, boundaries."""

from datetime import date, datetime
from typing import ClassVar

import uuid6
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from thamthan.organisations.rules import Acting, Duty, LaoKind, Level, Role, has_duty, is_in_force
from thamthan.records.models import StoredFile


class Organisation(models.Model):
    """หน่วยงาน: a node of the tree; `path` holds the codes from the root down, each with a slash.

    The columns say what it is today; `OrganisationSpan` says what it was on any day.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    code = models.CharField("รหัส", max_length=20, unique=True)
    name = models.CharField("ชื่อ", max_length=200)
    short_name = models.CharField("ชื่อย่อ", max_length=120)
    english_name = models.CharField("ชื่ออังกฤษ", max_length=200, blank=True)
    level = models.CharField("ระดับ", max_length=12, choices=Level.choices)
    lao_kind = models.CharField("ประเภท อปท.", max_length=24, choices=LaoKind.choices, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="สังกัด", related_name="children", null=True
    )
    path = models.CharField("เส้นทาง", max_length=200, unique=True)
    sort_key = models.CharField("ลำดับพจนานุกรม", max_length=300, db_index=True)
    agency_code = models.CharField("รหัสหนังสือ", max_length=40, blank=True)
    covers = models.JSONField("ตำบลที่ดูแล", default=list)
    closed_on = models.DateField("ยุบเลิกเมื่อ", null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="หน่วยงานที่รับช่วง",
        related_name="predecessors",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="organisation_level_known"
            ),
            models.CheckConstraint(
                condition=Q(lao_kind="") | Q(level=Level.LAO, lao_kind__in=LaoKind.values),
                name="organisation_kind_only_for_lao",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def house_path(self) -> str:
        """The path of the house: a division's is that of the organisation it belongs to."""
        if self.level != Level.DIVISION:
            return self.path
        return self.path[: self.path.rstrip("/").rfind("/") + 1]

    @property
    def reach_path(self) -> str:
        """Below which path this house may hand orders down: its own, of a กรม its ministry's.

        A department stands beside the provinces, and its orders go down to them all the same.
        """
        if self.level != Level.DEPARTMENT:
            return self.path
        return self.path[: self.path.rstrip("/").rfind("/") + 1]


class OrganisationSpan(models.Model):
    """ช่วงเวลาของหน่วยงาน: the name, kind and place in the tree that held from a day to a day."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="spans")
    name = models.CharField("ชื่อ", max_length=200)
    level = models.CharField("ระดับ", max_length=12, choices=Level.choices)
    lao_kind = models.CharField("ประเภท อปท.", max_length=24, choices=LaoKind.choices, blank=True)
    parent_code = models.CharField("รหัสสังกัด", max_length=20, blank=True)
    from_on = models.DateField("ตั้งแต่", null=True)
    until_on = models.DateField("ถึง", null=True)

    class Meta:
        # The databases disagree where an unknown beginning sorts, so it is said.
        ordering = ["organisation_id", F("from_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="span_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until_on=None), name="one_open_span_at_a_time"
            ),
        ]


class Boundary(models.Model):
    """แนวเขต: the outline of a province (2 digits), district (4) or subdistrict (6), for maps."""

    code = models.CharField("รหัสพื้นที่", max_length=6, unique=True)
    name = models.CharField("ชื่อ", max_length=120)
    geometry = models.JSONField("รูปร่าง (GeoJSON)")


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by log-in name, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login__iexact=username)


class Person(AbstractBaseUser):
    """บุคคล: someone who can log in. What they may do comes from their posts alone."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    login = models.CharField("ชื่อผู้ใช้", max_length=60, unique=True)
    name = models.CharField("ชื่อ–สกุล", max_length=150)
    sort_key = models.CharField("ลำดับพจนานุกรม", max_length=300)
    email = models.EmailField("อีเมล", blank=True)
    telephone = models.CharField("โทรศัพท์", max_length=60, blank=True)
    is_active = models.BooleanField("ใช้งานได้", default=True)
    failed_logins = models.PositiveSmallIntegerField("ใส่รหัสผิดติดกัน", default=0)
    locked_until = models.DateTimeField("ระงับถึง", null=True, blank=True)
    must_change_password = models.BooleanField("ต้องเปลี่ยนรหัสผ่าน", default=False)
    signature = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="ภาพลายมือชื่อ", related_name="+", null=True
    )

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("login"), name="person_login_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


class Post(models.Model):
    """ตำแหน่ง: a person in an organisation with a role, from a day to a day. Posts act.

    The system itself acts through a post without a person.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="บุคคล", related_name="posts", null=True
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="หน่วยงาน", related_name="posts"
    )
    role = models.CharField("บทบาท", max_length=16, choices=Role.choices)
    title = models.CharField("ชื่อตำแหน่ง", max_length=150)
    acting = models.CharField(
        "ทำแทนในฐานะ", max_length=12, choices=Acting.choices, blank=True, default=""
    )
    from_on = models.DateField("ตั้งแต่")
    until_on = models.DateField("ถึง", null=True, blank=True)

    class Meta:
        ordering = ["organisation__path", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(acting="") | Q(acting__in=Acting.values), name="post_acting_known"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(role=Role.SYSTEM),
                name="only_system_is_nobody",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(role=Role.SYSTEM),
                name="one_system_post_in_an_organisation",
            ),
        ]

    def words(self) -> str:
        """Name, position and organisation as they are now: what history and letters keep."""
        if self.person is None:
            return f"ระบบ ({self.organisation.name})"
        return f"{self.person.name} {self.full_title} {self.organisation.name}"

    @property
    def is_acting(self) -> bool:
        """Whether somebody else's post is acted in, in whatever way."""
        return self.acting != ""

    @property
    def acting_words(self) -> str:
        """รักษาราชการแทน, ปฏิบัติราชการแทน …; empty in a post of one's own."""
        return str(Acting(self.acting).label) if self.acting else ""

    @property
    def full_title(self) -> str:
        """The position with the words of acting before it, on one line."""
        return f"{self.acting_words} {self.title}".strip()

    def has_duty(self, duty: Duty) -> bool:
        return has_duty(self.role, duty)

    def is_in_force(self, today: date) -> bool:
        return is_in_force(self.from_on, self.until_on, today=today)


class Token(models.Model):
    """กุญแจสำหรับโปรแกรม: lets a program act as one post; only the SHA-256 of it is kept."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tokens")
    name = models.CharField("ใช้ทำอะไร", max_length=120)
    digest = models.CharField("ลายนิ้วมือ", max_length=64, unique=True)
    created_at = models.DateTimeField("ออกเมื่อ", default=timezone.now)
    revoked_at = models.DateTimeField("เพิกถอนเมื่อ", null=True, blank=True)
