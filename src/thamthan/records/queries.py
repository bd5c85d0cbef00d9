"""Reading what was kept; the row or file asked about came through its own room's door already."""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models

from thamthan.errors import NotFound
from thamthan.records.models import HistoryEntry, StoredFile


def history_of(row: models.Model) -> models.QuerySet[HistoryEntry]:
    """ประวัติการดำเนินการของเรื่องหนึ่ง, oldest first. Does not check who asks: the row did."""
    return HistoryEntry.objects.filter(row_kind=row._meta.label_lower, row_id=row.pk)


def opened(file: StoredFile) -> "File[bytes]":
    """The bytes of a stored file, open for reading. Does not compare them with their hash."""
    try:
        return default_storage.open(file.path, "rb")
    except FileNotFoundError:
        removal = file.removals.first()
        if removal is not None:
            raise NotFound("ไฟล์นี้ทำลายแล้ว", code="file_destroyed") from None
        raise NotFound("ไม่พบไฟล์นี้ในที่เก็บ โปรดแจ้งผู้ดูแลระบบ", code="file_lost") from None


def content_of(file: StoredFile) -> bytes:
    """All the bytes of a stored file."""
    with opened(file) as stream:
        content: bytes = stream.read()
    return content
