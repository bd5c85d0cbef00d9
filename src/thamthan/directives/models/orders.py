"""Orders: what one letter asks, clause by clause, as one house holds it and hands it down."""

from collections.abc import Iterator

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.directives.models.policies import Indicator, Policy, Theme
from thamthan.directives.rules import CountsFrom, OrderState
from thamthan.letters.models import Draft, Letter
from thamthan.organisations.models import Organisation, Post
from thamthan.reading.model import Ask

_ASKS = [(ask.value, ask.label) for ask in Ask]


class Order(models.Model):
    """เรื่องสั่งการ: the orders of one letter in one house.

    The first of a chain (`upper` is none) owns the clauses: it was taken from a letter, received
    or the house's own. One that passes on (`upper`) repeats them; its own clauses are what it
    adds. `root` is the first of the chain, itself for the first. `draft` and `sent` are the
    house's own letter downward: while it is written, and once it has its number.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", null=True)
    upper = models.ForeignKey("self", models.PROTECT, related_name="passed_on", null=True)
    root = models.ForeignKey("self", models.PROTECT, related_name="chain", null=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+", null=True)
    sent = models.ForeignKey(Letter, models.PROTECT, related_name="+", null=True)
    title = models.TextField("เรื่อง")
    state = models.CharField(
        "สถานะ", max_length=10, choices=OrderState.choices, default=OrderState.DRAFTING
    )
    version = models.PositiveIntegerField("ครั้งที่แก้", default=1)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เริ่มเมื่อ", default=timezone.now)
    adopted_at = models.DateTimeField("รับไว้ดำเนินการเมื่อ", null=True)
    cascaded_at = models.DateTimeField("ถ่ายทอดครั้งแรกเมื่อ", null=True)
    closed_at = models.DateTimeField("ปิดเรื่องเมื่อ", null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "-made_at"], name="orders_of_a_house"),
            models.Index(fields=["sent"], name="order_of_a_sent_letter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "letter"], name="letter_adopted_once_in_a_house"
            ),
            models.UniqueConstraint(
                fields=["organisation", "upper"], name="order_passed_on_once_by_a_house"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="order_state_known"
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | Q(upper__isnull=False),
                name="order_comes_from_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def top_pk(self) -> int:
        """The key of the first order of the chain."""
        return self.root_id or self.pk

    def line(self) -> "Iterator[Order]":
        """สายของเรื่อง: the orders from the first of the chain down to this one."""
        if self.upper is not None:
            yield from self.upper.line()
        yield self


class Directive(models.Model):
    """ข้อสั่งการ: one clause of an order; a pillar and each measure below it stand alone.

    `text` is what this house works with; `words` are the letter's own and stay beside it, with
    their place (`span`: page, start, end, box) where they were read. One that was merged into its
    neighbour is dropped, and its words stand beside the neighbour's.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="directives")
    parent = models.ForeignKey("self", models.PROTECT, related_name="measures", null=True)
    number = models.CharField("ข้อ", max_length=20)
    position = models.PositiveSmallIntegerField("ลำดับ")
    text = models.TextField("ข้อสั่งการ")
    words = models.TextField("ตามหนังสือ", blank=True)
    span = models.JSONField("ที่ในหนังสือ", null=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    lead_name = models.CharField("หน่วยงานรับผิดชอบหลัก", max_length=300, blank=True)
    policies = models.ManyToManyField(Policy, through="DirectivePolicy", related_name="directives")
    indicators = models.ManyToManyField(Indicator, related_name="directives")
    dropped_at = models.DateTimeField("เอาออกเมื่อ", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["order", "position"], name="directives_of_an_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="directive_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(dropped_at__isnull=False),
                name="merged_directive_is_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class DirectivePolicy(models.Model):
    """ข้อสั่งการตามนโยบาย: which policy, and which theme of it, a clause carries out."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="under")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="under")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "policy", "theme"], name="directive_once_under_a_theme"
            ),
        ]


class Supporter(models.Model):
    """หน่วยงานสนับสนุนของข้อสั่งการ: one of the tree, or another by its name."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="supporters")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = models.CharField("หน่วยงาน", max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "name"], name="supporter_once"),
        ]


class Obligation(models.Model):
    """สิ่งที่ขอให้ดำเนินการ: act, propose, report or inform, of one clause or of the whole order.

    Its deadline is a day, or counts from each receiver's own receipt, or is none. `readings` are
    all honest ways to read the letter's words for it, as the reading has them.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="obligations")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="obligations", null=True)
    ask = models.CharField("ขอให้", max_length=8, choices=_ASKS)
    position = models.PositiveSmallIntegerField("ลำดับ")
    text = models.TextField("สิ่งที่ขอ")
    to = models.CharField("ต่อ", max_length=300, blank=True)
    by_way_of = models.CharField("ด้วยแบบหรือระบบ", max_length=300, blank=True)
    opens_on = models.DateField("ตั้งแต่", null=True)
    due_on = models.DateField("กำหนด", null=True)
    due_time = models.TimeField("เวลา", null=True)
    due_words = models.TextField("กำหนดตามหนังสือ", blank=True)
    due_reason = models.TextField("เหตุที่อ่านอย่างนี้", blank=True)
    due_rule = models.CharField("กำหนดซ้ำ (RRULE)", max_length=200, blank=True)
    readings = models.JSONField("การอ่านกำหนดแบบอื่น", default=list)
    counts_from = models.CharField("เริ่มนับจาก", max_length=8, choices=CountsFrom.choices, blank=True)
    counts_amount = models.PositiveSmallIntegerField("จำนวน", null=True)
    counts_unit = models.CharField("หน่วย", max_length=5, blank=True)
    counts_working_days = models.BooleanField("นับวันทำการ", default=False)
    dropped_at = models.DateTimeField("เอาออกเมื่อ", null=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["order", "position"], name="obligations_of_an_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ask__in=[ask.value for ask in Ask]), name="obligation_ask_known"
            ),
            models.CheckConstraint(
                condition=~Q(counts_from="receipt") | Q(counts_amount__isnull=False),
                name="obligation_counts_a_number",
            ),
        ]

    @property
    def ask_label(self) -> str:
        return Ask(self.ask).label


class OwnDeadline(models.Model):
    """กำหนดของชั้นที่ถ่ายทอด: the earlier day by which a house wants an answer from below."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="own_deadlines")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="+")
    due_on = models.DateField("กำหนด")
    due_time = models.TimeField("เวลา", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "obligation"], name="own_deadline_once_in_an_order"
            ),
        ]


class TwinOrders(models.Model):
    """เรื่องเดียวกันที่มาสองทาง: a person linked the same order come by two routes, or said it is not."""

    one = models.ForeignKey(Order, models.PROTECT, related_name="+")
    other = models.ForeignKey(Order, models.PROTECT, related_name="+")
    is_so = models.BooleanField("เป็นเรื่องเดียวกัน", default=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "one", "other"], name="twin_orders_linked_once"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="twin_orders_in_order"),
        ]
