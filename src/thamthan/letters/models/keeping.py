"""The store, loans from it, and the yearly disposal of what has been kept long enough."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import DisposalState, Fate
from thamthan.organisations.models import Organisation, Post


class Keeping(models.Model):
    """การเก็บ: where a finished letter lies, how long it is kept, and when it was destroyed."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="keeping")
    retention = models.CharField("อายุการเก็บ", max_length=20)
    starts_on = models.DateField("เริ่มนับ", null=True)
    expires_on = models.DateField("ครบอายุ", null=True, db_index=True)
    place = models.CharField("ที่เก็บ", max_length=120, blank=True)
    box = models.CharField("กล่อง/ตู้", max_length=60, blank=True)
    folder = models.CharField("แฟ้ม", max_length=120, blank=True)
    filed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("ส่งเก็บเมื่อ", default=timezone.now)
    destroyed_at = models.DateTimeField("ทำลายเมื่อ", null=True)

    class Meta:
        ordering = ["filed_at", "pk"]

    @property
    def where(self) -> str:
        parts = (self.place, self.box and f"กล่อง {self.box}", self.folder and f"แฟ้ม {self.folder}")
        return " ".join(part for part in parts if part)


class Loan(models.Model):
    """การยืม: one letter out of the store, to whom and until when (แบบที่ 24)."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="loans")
    borrower = models.CharField("ผู้ยืม", max_length=200)
    unit = models.CharField("หน่วยงานผู้ยืม", max_length=200, blank=True)
    lent_on = models.DateField("วันยืม")
    due_on = models.DateField("กำหนดส่งคืน")
    lent_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    returned_on = models.DateField("วันส่งคืน", null=True)
    returner = models.CharField("ผู้ส่งคืน", max_length=200, blank=True)

    class Meta:
        ordering = ["-lent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(returned_on=None), name="letter_lent_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("lent_on")), name="loan_due_after_it_began"
            ),
        ]


class Disposal(models.Model):
    """การทำลายหนังสือประจำปี of an organisation: the list, its committee, its steps (แบบที่ 25)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("ปีที่สำรวจ (ค.ศ.)")
    state = models.CharField(
        "ขั้น", max_length=12, choices=DisposalState.choices, default=DisposalState.DRAFTED
    )
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("จัดทำเมื่อ", default=timezone.now)
    asked_on = models.DateField("ส่งหอจดหมายเหตุแห่งชาติเมื่อ", null=True)
    answered_on = models.DateField("หอจดหมายเหตุแห่งชาติตอบเมื่อ", null=True)
    answer = models.TextField("คำตอบ", blank=True)
    approved_by = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField("อนุมัติเมื่อ", null=True)
    destroyed_at = models.DateTimeField("ทำลายเมื่อ", null=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_disposal_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=DisposalState.values), name="disposal_state_known"
            ),
        ]


class CommitteeMember(models.Model):
    """กรรมการทำลายหนังสือ, by name and position as appointed."""

    disposal = models.ForeignKey(Disposal, models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField("ลำดับ")
    name = models.CharField("ชื่อ", max_length=200)
    title = models.CharField("ตำแหน่ง", max_length=200)
    is_chair = models.BooleanField("ประธาน", default=False)

    class Meta:
        ordering = ["position"]


class DisposalLine(models.Model):
    """หนังสือหนึ่งฉบับในบัญชีขอทำลาย, and what the committee says of it."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="disposal_lines")
    fate = models.CharField("มติ", max_length=12, choices=Fate.choices, default=Fate.UNDECIDED)
    reason = models.CharField("เหตุผล", max_length=300, blank=True)
    keep_until = models.DateField("เก็บต่อถึง", null=True)

    class Meta:
        ordering = ["letter__receipt_year", "letter__receipt_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "letter"], name="letter_once_on_a_disposal_list"
            ),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="disposal_fate_known"),
            models.CheckConstraint(
                condition=~Q(fate="keep") | Q(keep_until__isnull=False),
                name="kept_line_says_until_when",
            ),
        ]
