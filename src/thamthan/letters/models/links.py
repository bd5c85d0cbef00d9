"""What people say about which letters belong together."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.letters.rules import LinkKind
from thamthan.organisations.models import Post


class LetterLink(models.Model):
    """ความเกี่ยวข้องของหนังสือสองฉบับ, as a person said it: `letter` refers to, answers, replaces or
    passes on an earlier one.

    The earlier one is a letter of the registry, or a stub: agency, number and date of a letter that
    has not come yet. What a reference names without doubt needs no row; a row with `is_so` false
    says that two letters which look linked are not.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="links")
    kind = models.CharField("ความเกี่ยวข้อง", max_length=10, choices=LinkKind.choices)
    to = models.ForeignKey(Letter, models.PROTECT, related_name="links_back", null=True)
    agency = models.CharField("หน่วยงาน", max_length=300, blank=True)
    number = models.CharField("ที่", max_length=120, blank=True)
    number_key = models.CharField("ที่ (สำหรับเทียบ)", max_length=120, blank=True, db_index=True)
    dated_on = models.DateField("ลงวันที่", null=True)
    is_so = models.BooleanField("เกี่ยวข้องกัน", default=True)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("เมื่อ", default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "to", "kind"], name="letters_linked_once_in_a_kind"
            ),
            models.UniqueConstraint(
                fields=["letter", "kind", "agency", "number_key", "dated_on"],
                condition=Q(to=None),
                name="stub_linked_once_in_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(
                condition=Q(to=None) | ~Q(to=F("letter")), name="letter_is_not_linked_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(to__isnull=False) | ~Q(agency="") | ~Q(number_key=""),
                name="stub_names_a_letter",
            ),
        ]
