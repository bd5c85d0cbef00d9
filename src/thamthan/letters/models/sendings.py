"""Sendings of a letter to its receivers, and groups of receivers."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import SendingState, SendingWay
from thamthan.organisations.models import Organisation, Post
from thamthan.records.models import StoredFile


class RecipientGroup(models.Model):
    """กลุ่มผู้รับ of an office: organisations of this installation, and others by name."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อกลุ่ม", max_length=120)
    outside = models.TextField("ผู้รับภายนอก", blank=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("สร้างเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once"),
        ]


class GroupMember(models.Model):
    """หน่วยงานในกลุ่มผู้รับ."""

    group = models.ForeignKey(RecipientGroup, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "organisation"], name="member_once_in_group"),
        ]


class Sending(models.Model):
    """การส่ง: one letter to one receiver, by one way; `incoming` is the letter as it arrived there.

    The receiver is an organisation of this installation, or another agency by its name. What
    arrives within this installation has this row's `ref` as its `submission`.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="sendings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    name = models.CharField("ผู้รับ", max_length=300)
    way = models.CharField("วิธีส่ง", max_length=8, choices=SendingWay.choices)
    state = models.CharField(
        "สถานะ", max_length=10, choices=SendingState.choices, default=SendingState.PREPARED
    )
    prepared_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("เตรียมเมื่อ", default=timezone.now)
    sent_at = models.DateTimeField("ส่งเมื่อ", null=True)
    delivered_at = models.DateTimeField("ถึงเมื่อ", null=True)
    received_at = models.DateTimeField("ลงรับเมื่อ", null=True)
    receipt = models.CharField("เลขรับของผู้รับ", max_length=60, blank=True)
    note = models.TextField("หมายเหตุ", blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    proof_name = models.CharField("ชื่อไฟล์หลักฐาน", max_length=255, blank=True)
    incoming = models.OneToOneField(Letter, models.PROTECT, related_name="sent_as", null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["letter", "state"], name="sendings_of_a_letter"),
            models.Index(
                fields=["letter"],
                condition=Q(state="sent", way="system"),
                name="sending_to_deliver",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organisation"],
                condition=Q(organisation__isnull=False),
                name="sent_once_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SendingState.values), name="sending_state_known"
            ),
            models.CheckConstraint(
                condition=Q(way__in=SendingWay.values), name="sending_way_known"
            ),
            models.CheckConstraint(
                condition=~Q(way="system") | Q(organisation__isnull=False),
                name="in_the_system_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(incoming=None) | ~Q(incoming=F("letter")),
                name="sending_arrives_as_another_letter",
            ),
        ]
