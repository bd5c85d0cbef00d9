"""What can be searched of a letter, and the searches that posts keep."""

from django.db import models
from django.utils import timezone

from thamthan.letters.models.letters import Letter
from thamthan.organisations.models import Post


class SearchEntry(models.Model):
    """สิ่งที่ค้นได้ของหนังสือ: its words made readable, as they stand in the index.

    The index itself is of the database's own kind and knows only clusters (`letters.backends`); a
    secret letter has no entry, and so no words in it.
    """

    letter = models.OneToOneField(
        Letter, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    edition = models.PositiveSmallIntegerField("รุ่นของการตัดคำ")
    keys = models.CharField("เลขที่สำหรับค้น", max_length=400, blank=True)
    number = models.CharField("ที่", max_length=260, blank=True)
    subject = models.TextField("เรื่อง", blank=True)
    sender = models.TextField("จาก", blank=True)
    people = models.TextField("บุคคลและหน่วยงาน", blank=True)
    body = models.TextField("ข้อความทั้งฉบับ", blank=True)


class SavedSearch(models.Model):
    """การค้นที่บันทึกไว้: what a post looks for again and again, under a name of its own."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField("ชื่อ", max_length=80)
    asked = models.CharField("สิ่งที่ค้น", max_length=1000)
    made_at = models.DateTimeField("บันทึกเมื่อ", default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "name"], name="saved_search_named_once"),
        ]
