"""Proposals: a report put up for agreement before it is sent, and whether a house wants that."""

import uuid6
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.reports.models.reports import Report
from thamthan.reports.rules import Agrees, ProposalState


class Agreement(models.Model):
    """ผู้เห็นชอบรายงานก่อนส่งของหน่วยงานหนึ่ง; without a row nobody needs to agree."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    agrees = models.CharField("ผู้เห็นชอบ", max_length=12, choices=Agrees.choices)
    set_words = models.CharField("ผู้ตั้งขณะนั้น", max_length=400)
    set_at = models.DateTimeField("ตั้งเมื่อ", default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees__in=Agrees.values), name="agreement_is_of_a_known_kind"
            ),
        ]


class Proposal(models.Model):
    """รายงานที่เสนอให้เห็นชอบ: the whole of it as it was put up; that, and nothing else, is sent.

    Whoever changes the report afterwards takes it back by that.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="proposals")
    content = models.JSONField("เนื้อหา")
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64)
    is_nil = models.BooleanField("ไม่มีผลการดำเนินงาน", default=False)
    state = models.CharField(
        "สถานะ", max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposed_words = models.CharField("ผู้เสนอขณะนั้น", max_length=400)
    proposed_at = models.DateTimeField("เสนอเมื่อ", default=timezone.now)
    decided_words = models.CharField("ผู้พิจารณาขณะนั้น", max_length=400, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    note = models.TextField("ให้แก้ไข", blank=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            # Asked every minute: whoever proposed is told what became of it.
            models.Index(
                fields=["decided_at"],
                condition=Q(decided_at__isnull=False),
                name="proposals_by_decision",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state=ProposalState.WAITING),
                name="one_proposal_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state_known"
            ),
        ]
