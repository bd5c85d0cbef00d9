"""Stored files and history: rows that are added and never changed."""

from typing import Any, NoReturn, TypeVar

import uuid6
from django.db import models
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.records.rules import Verb

Row = TypeVar("Row", bound=models.Model)


def _never() -> NoReturn:
    raise Refused("ข้อมูลนี้บันทึกแล้ว แก้ไขหรือลบไม่ได้", code="written_once")


class WrittenOnceQuerySet(models.QuerySet[Row]):
    """A query that can add and ask; it refuses to change or to remove."""

    def update(self, **kwargs: Any) -> NoReturn:
        _never()

    def delete(self) -> NoReturn:
        _never()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        _never()


class WrittenOnce(models.Model):
    """A row that may be added and never changed or removed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The one `save` override of the house: this is the promise, not a side effect.
        if not self._state.adding:
            _never()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _never()


class StoredFile(WrittenOnce):
    """ไฟล์: the bytes of one file, kept once under their SHA-256 and never overwritten."""

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64, unique=True)
    size = models.BigIntegerField("ขนาด (ไบต์)")
    media_type = models.CharField("ชนิด", max_length=100)
    stored_at = models.DateTimeField("เก็บเมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_has_bytes"),
        ]

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class RemovedFile(WrittenOnce):
    """ไฟล์ที่ทำลายแล้ว: that the bytes of a file were destroyed, when, by whom and why.

    The file's own row stays: its hash and size are what is left. The same bytes may be brought in
    again later; that is another keeping.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="removals")
    removed_at = models.DateTimeField("ทำลายเมื่อ", default=timezone.now)
    post_id = models.BigIntegerField("ตำแหน่งผู้ทำลาย", null=True)
    post_words = models.CharField("ผู้ทำลายขณะนั้น", max_length=400)
    why = models.CharField("ตาม", max_length=200)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-pk"]


class HistoryEntry(WrittenOnce):
    """ประวัติการดำเนินการ: who did what to which row, when, in what position, in their words."""

    verb = models.CharField("การกระทำ", max_length=40, choices=Verb.choices)
    row_kind = models.CharField("เรื่องของ", max_length=60)
    row_id = models.BigIntegerField("แถว")
    post_id = models.BigIntegerField("ตำแหน่งผู้กระทำ", null=True)
    post_words = models.CharField("ผู้กระทำขณะนั้น", max_length=400)
    note = models.TextField("หมายเหตุ", blank=True)
    facts = models.JSONField("ข้อเท็จจริง", default=dict)
    at = models.DateTimeField("เมื่อ", default=timezone.now)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["row_kind", "row_id", "at"], name="history_of_a_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb__in=Verb.values), name="history_verb_known"
            ),
        ]


class Upload(models.Model):
    """ไฟล์ที่กำลังส่ง: so many bytes of a file that comes in by pieces, for the post that began it.

    No file yet: it becomes one when an action takes it, and goes when nobody does.
    """

    ref = models.UUIDField("รหัสอ้างอิง", default=uuid6.uuid7, unique=True, editable=False)
    post_id = models.BigIntegerField("ตำแหน่งผู้ส่ง", null=True)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    size = models.BigIntegerField("ขนาดทั้งหมด (ไบต์)")
    received = models.BigIntegerField("รับแล้ว (ไบต์)", default=0)
    sha256 = models.CharField("ลายนิ้วมือ", max_length=64, blank=True)
    begun_at = models.DateTimeField("เริ่มเมื่อ", default=timezone.now)
    last_at = models.DateTimeField("รับครั้งล่าสุดเมื่อ", default=timezone.now, db_index=True)
    taken = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["post_id", "taken"], name="uploads_of_a_post")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size"), size__gt=0),
                name="upload_within_its_size",
            ),
        ]


class UploadPart(models.Model):
    """ส่วนของไฟล์ที่กำลังส่ง: a piece that lies in the storage until the whole is taken."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    start = models.BigIntegerField("เริ่มที่ไบต์")
    size = models.BigIntegerField("ขนาด (ไบต์)")
    path = models.CharField("ที่เก็บ", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "start"], name="one_piece_from_a_byte"),
        ]
