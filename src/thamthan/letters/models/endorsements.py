"""Chains of endorsement, the routing of one matter along them, and what was signed at each step."""

from typing import TYPE_CHECKING

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models.drafts import Draft
from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import (
    Instruction,
    Matter,
    Onward,
    Place,
    RoutingState,
    StepKind,
    StepState,
    fits_step,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Role
from thamthan.records.models import StoredFile, WrittenOnce, WrittenOnceQuerySet

if TYPE_CHECKING:
    from datetime import date


class Chain(models.Model):
    """สายการเสนอ: the ordered places of an office; a change makes a new row, so that what is
    under way goes on along the old one.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    matter = models.CharField("ของ", max_length=8, choices=Matter.choices)
    is_current = models.BooleanField("ใช้อยู่", default=True)
    is_default = models.BooleanField("สายตั้งต้น", default=False)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("ตั้งเมื่อ", default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "matter"],
                condition=Q(is_current=True),
                name="one_current_chain_of_a_matter",
            ),
            models.CheckConstraint(
                condition=Q(matter__in=Matter.values), name="chain_matter_known"
            ),
        ]


class Held(models.Model):
    """Who stands at a place: a role in an organisation, a division as a whole, or a named post."""

    role = models.CharField("บทบาท", max_length=16, choices=Role.choices, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    words = models.CharField("เรียกว่า", max_length=200)

    class Meta:
        abstract = True


class ChainStep(Held):
    """ขั้นของสายการเสนอ. A division of whoever begins the matter is not known before it begins."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("ลำดับ")
    place = models.CharField("ที่", max_length=12, choices=Place.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_place_at_a_position"),
            models.CheckConstraint(
                condition=Q(place=Place.OWN_DIVISION, organisation=None)
                | Q(
                    place__in=[Place.HOUSE, Place.DIVISION, Place.POST], organisation__isnull=False
                ),
                name="chain_step_is_somewhere",
            ),
        ]


class Phrase(models.Model):
    """ข้อความสำเร็จรูป: words that an office endorses with, one tap each."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("ลำดับ")
    role = models.CharField("ของบทบาท", max_length=16, choices=Role.choices, blank=True)
    words = models.CharField("ข้อความ", max_length=300)
    instruction = models.CharField("คำสั่งการ", max_length=12, choices=Instruction.choices)
    onward = models.CharField("แล้วไปไหน", max_length=8, choices=Onward.choices)
    to_role = models.CharField("มอบบทบาท", max_length=16, choices=Role.choices, blank=True)
    to_division = models.CharField("มอบกอง (รหัส)", max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"], name="one_phrase_at_a_position"
            ),
        ]


class Routing(models.Model):
    """การเสนอหนึ่งเรื่อง: one matter on its way along a chain.

    Its matter is a letter or a draft; another kind of matter takes a key of its own beside these,
    and its place in `matter` and in the constraint.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="routings")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="routings", null=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="routings", null=True)
    state = models.CharField(
        "สถานะ", max_length=9, choices=RoutingState.choices, default=RoutingState.UNDER_WAY
    )
    outcome = models.CharField(
        "คำสั่งการสุดท้าย", max_length=12, choices=Instruction.choices, blank=True
    )
    started_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    started_in = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    started_at = models.DateTimeField("เริ่มเสนอเมื่อ", default=timezone.now)
    finished_at = models.DateTimeField("จบเมื่อ", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(state=RoutingState.UNDER_WAY),
                name="one_routing_of_a_letter_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(state=RoutingState.UNDER_WAY),
                name="one_routing_of_a_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False, draft=None) | Q(letter=None, draft__isnull=False),
                name="routing_has_its_matter",
            ),
            models.CheckConstraint(
                condition=Q(state=RoutingState.UNDER_WAY, finished_at=None)
                | Q(state=RoutingState.FINISHED, finished_at__isnull=False),
                name="routing_finished_has_its_time",
            ),
        ]

    @property
    def matter(self) -> Letter | Draft:
        """What is on its way: history is kept of it, and its secrecy holds."""
        matter = self.letter or self.draft
        if matter is None:
            raise LookupError("a routing without its matter")
        return matter


class Step(Held):
    """ขั้นของการเสนอ: opened once, closed once by one endorsement."""

    routing = models.ForeignKey(Routing, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("ขั้นที่")
    turn = models.PositiveSmallIntegerField("รอบ")
    position = models.PositiveSmallIntegerField("ลำดับในสาย")
    kind = models.CharField("ให้ทำ", max_length=10, choices=StepKind.choices)
    state = models.CharField(
        "สถานะ", max_length=8, choices=StepState.choices, default=StepState.WAITING
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("มาถึงเมื่อ", default=timezone.now)
    opened_by = models.ForeignKey("self", models.PROTECT, related_name="opened", null=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["organisation", "state"], name="step_waits_at_a_desk"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["routing", "number"], name="one_step_of_a_number"),
            models.UniqueConstraint(
                fields=["routing"],
                condition=Q(state=StepState.WAITING, kind=StepKind.ENDORSE),
                name="one_step_to_endorse_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["routing"],
                condition=Q(state=StepState.WAITING, kind=StepKind.LEAD),
                name="one_lead_waits_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=StepState.values), name="step_state_known"
            ),
        ]

    def is_held_by(self, post: Post, *, today: "date") -> bool:
        """Whether this post may act here today: its role fits, or it is the named one.

        At a named post its successor or whoever acts for it (รักษาราชการแทน) may act too.
        """
        if not post.is_in_force(today):
            return False
        if self.post is None:
            return fits_step(
                post.role,
                post.organisation_id,
                at_role=self.role,
                at_organisation=self.organisation_id,
            )
        if post.pk == self.post.pk:
            return True
        is_same = (post.role, post.organisation_id) == (self.post.role, self.post.organisation_id)
        return is_same and (post.is_acting or not self.post.is_in_force(today))

    def is_of_same_holder(self, other: "Step") -> bool:
        mine = (self.organisation_id, self.role, self.post_id)
        return mine == (other.organisation_id, other.role, other.post_id)


class Endorsement(WrittenOnce):
    """คำเกษียน: what was said at a step, by whom, in what position and when; never changed.

    Name, positions and signature are kept as they were at that moment.
    """

    step = models.OneToOneField(Step, models.PROTECT, related_name="endorsement")
    state = models.CharField("ทำให้ขั้นเป็น", max_length=8, choices=StepState.choices)
    instruction = models.CharField(
        "คำสั่งการ", max_length=12, choices=Instruction.choices, blank=True
    )
    opinion = models.TextField("ความเห็น", blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อขณะนั้น", max_length=150)
    title = models.CharField("ตำแหน่งขณะนั้น", max_length=150)
    own_title = models.CharField("ตำแหน่งของตนขณะนั้น", max_length=150, blank=True)
    acting_words = models.CharField("รักษาราชการแทน", max_length=60, blank=True)
    organisation_name = models.CharField("หน่วยงานขณะนั้น", max_length=200)
    role = models.CharField("บทบาทขณะนั้น", max_length=16, choices=Role.choices)
    signature = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField("เมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StepState.values) & ~Q(state=StepState.WAITING),
                name="endorsement_closes_its_step",
            ),
        ]
