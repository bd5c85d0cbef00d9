"""Money: lines of a house's budget, what a project may use of them, what was bound and paid."""

import uuid6
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models.projects import Project
from thamthan.projects.models.requests import FundingChannel, FundingRequest
from thamthan.records.models import StoredFile, WrittenOnce, WrittenOnceQuerySet


class BudgetLine(models.Model):
    """รายการงบประมาณ: one item of a house's money in a fiscal year, whoever it came from.

    `allotted_satang` is what projects may use of it, kept with each allotment in the same
    transaction; no line is given out twice.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    be_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    channel = models.ForeignKey(FundingChannel, models.PROTECT, related_name="+", null=True)
    request = models.OneToOneField(FundingRequest, models.PROTECT, related_name="line", null=True)
    name = models.CharField("รายการ", max_length=500)
    category = models.CharField("แผนงาน งาน หมวดรายจ่าย", max_length=300, blank=True)
    reference = models.CharField("เลขที่ในข้อบัญญัติหรือหนังสืออนุมัติ", max_length=300, blank=True)
    approved_satang = models.BigIntegerField("อนุมัติ (สตางค์)", default=0)
    allotted_satang = models.BigIntegerField("จัดสรรให้โครงการแล้ว (สตางค์)", default=0)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        ordering = ["-be_year", "pk"]
        indexes = [models.Index(fields=["organisation", "be_year", "id"], name="lines_of_a_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(allotted_satang__gte=0, allotted_satang__lte=F("approved_satang")),
                name="budget_line_not_given_out_twice",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left_satang(self) -> int:
        """What no project may use yet."""
        return self.approved_satang - self.allotted_satang


class Allotment(models.Model):
    """เงินของโครงการจากรายการหนึ่ง: four amounts kept apart – planned, approved, committed, paid.

    Money that is only hoped for has no line yet: then `source_words` say where it is to come from.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="allotments")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="allotments", null=True)
    channel = models.ForeignKey(FundingChannel, models.PROTECT, related_name="+", null=True)
    source_words = models.CharField("แหล่งเงิน", max_length=300, blank=True)
    planned_satang = models.BigIntegerField("แผน (สตางค์)", default=0)
    approved_satang = models.BigIntegerField("อนุมัติ (สตางค์)", default=0)
    committed_satang = models.BigIntegerField("ผูกพัน (สตางค์)", default=0)
    paid_satang = models.BigIntegerField("เบิกจ่าย (สตางค์)", default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "line"], name="allotment_once_of_a_line"),
            models.CheckConstraint(
                condition=Q(
                    planned_satang__gte=0,
                    paid_satang__gte=0,
                    paid_satang__lte=F("committed_satang"),
                    committed_satang__lte=F("approved_satang"),
                ),
                name="allotment_never_overspent",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(approved_satang=0),
                name="approved_money_has_a_line",
            ),
        ]


class Commitment(models.Model):
    """การก่อหนี้ผูกพัน: a contract or purchase order; what is not needed of it is released."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    allotment = models.ForeignKey(Allotment, models.PROTECT, related_name="commitments")
    amount_satang = models.BigIntegerField("ผูกพัน (สตางค์)")
    released_satang = models.BigIntegerField("คืน (สตางค์)", default=0)
    paid_satang = models.BigIntegerField("เบิกจ่ายแล้ว (สตางค์)", default=0)
    committed_on = models.DateField("วันที่")
    words = models.CharField("สัญญาหรือใบสั่งซื้อ/จ้าง", max_length=300)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("บันทึกเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["committed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    amount_satang__gt=0,
                    released_satang__gte=0,
                    paid_satang__gte=0,
                    amount_satang__gte=F("released_satang") + F("paid_satang"),
                ),
                name="commitment_never_overpaid",
            ),
        ]


class MoneyPaper(models.Model):
    """เอกสารของสัญญาหรือของการเบิกจ่าย: the contract's own file, an order, a delivery, a receipt.

    `payment` is the entry that it proves; none where it is of the contract itself. What was
    attached wrongly is taken out with a reason, and its row stays.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="papers")
    payment = models.ForeignKey(
        "projects.Disbursement", models.PROTECT, related_name="papers", null=True
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField("ชื่อไฟล์", max_length=255)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("แนบเมื่อ", default=timezone.now)
    taken_out_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    taken_out_at = models.DateTimeField("เอาออกเมื่อ", null=True)
    taken_out_why = models.CharField("เหตุที่เอาออก", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "file"],
                condition=Q(payment=None, taken_out_at=None),
                name="paper_of_a_contract_once",
            ),
            models.UniqueConstraint(
                fields=["payment", "file"],
                condition=Q(taken_out_at=None),
                name="paper_of_a_payment_once",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Disbursement(WrittenOnce):
    """การเบิกจ่าย: money that went out, or came back (below nought); never changed, only answered."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="disbursements")
    amount_satang = models.BigIntegerField("จำนวน (สตางค์)")
    paid_on = models.DateField("วันที่")
    words = models.CharField("ฎีกาหรือเอกสาร", max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    # The same press sent twice is one payment.
    press = models.UUIDField("ครั้งที่กด", unique=True, default=uuid6.uuid7)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("บันทึกเมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_satang=0), name="disbursement_of_something"),
        ]
