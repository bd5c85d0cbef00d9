"""Keeping: files under their hash, and one line of history for each thing that is done."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction

from thamthan.errors import Refused
from thamthan.reading.pages import media_type_of
from thamthan.records.models import HistoryEntry, RemovedFile, StoredFile
from thamthan.records.photographs import forget_small
from thamthan.records.pictures import forget_pictures
from thamthan.records.rules import Actor, Verb


def store_file(content: bytes, *, by: Actor) -> StoredFile:
    """เก็บไฟล์: keep these bytes once; the same bytes again give the same row.

    The bytes are on the disk before the row is, so that a row never points at nothing; a process
    killed in between leaves a file without a row, which the next keeping of those bytes adopts.
    Does not check what the file is or whether it may be read.
    """
    if not content:
        raise Refused("ไฟล์ว่างเปล่า ไม่มีข้อมูลให้เก็บ", code="empty_file", status=400)
    sha256 = hashlib.sha256(content).hexdigest()
    kept = StoredFile.objects.filter(sha256=sha256).first()
    file = kept or StoredFile(sha256=sha256, size=len(content), media_type=media_type_of(content))
    _put(file, content)
    if kept is not None:
        return kept
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError:
        # Two people brought the same bytes at once; one row is right.
        return StoredFile.objects.get(sha256=sha256)
    return file


def _put(file: StoredFile, content: bytes) -> None:
    if default_storage.exists(file.path):
        return
    try:
        default_storage.save(file.path, ContentFile(content))
    except OSError as problem:
        raise Refused(
            "ที่เก็บไฟล์เต็มหรือเขียนไม่ได้ ยังไม่ได้รับหนังสือเข้า โปรดแจ้งผู้ดูแลระบบแล้วส่งอีกครั้ง",
            code="storage_full",
            status=507,
        ) from problem


def remove_file(
    file: StoredFile, *, by: Actor, why: str, is_wanted: Callable[[StoredFile], bool]
) -> None:
    """ทำลายไฟล์: say so in a row of its own, and take the bytes away when that is settled.

    `is_wanted` is asked again around the taking away, as another may bring the same bytes in just
    then. Does not check who may do it.
    """
    RemovedFile(file=file, post_id=by.pk, post_words=by.words(), why=why[:200]).save()
    transaction.on_commit(partial(erase_bytes, file, by=by, is_wanted=is_wanted))


def erase_bytes(file: StoredFile, *, by: Actor, is_wanted: Callable[[StoredFile], bool]) -> bool:
    """ลบข้อมูลของไฟล์ and its pictures; says whether there was anything. Safe to run twice."""
    forget_pictures(file)
    forget_small(file)
    if is_wanted(file) or not default_storage.exists(file.path):
        return False
    with default_storage.open(file.path, "rb") as stream:
        content = stream.read()
    default_storage.delete(file.path)
    if is_wanted(file):
        # Brought in again between the look and the taking away: back it goes, nothing is lost.
        _put(file, content)
        return False
    return True


def record_each(
    verb: Verb, rows: Iterable[tuple[models.Model, Mapping[str, object]]], *, by: Actor
) -> None:
    """บันทึกประวัติหลายแถว: the same deed done to many rows, a line for each with its facts."""
    words = by.words()
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(
                verb=verb,
                row_kind=row._meta.label_lower,
                row_id=row.pk,
                post_id=by.pk,
                post_words=words,
                facts=dict(facts),
            )
            for row, facts in rows
        ],
        batch_size=1000,
    )


def record(
    verb: Verb, row: models.Model, *, by: Actor, note: str = "", **facts: object
) -> HistoryEntry:
    """บันทึกประวัติ: one line of what was done, in the same transaction as the deed."""
    entry = HistoryEntry(
        verb=verb,
        row_kind=row._meta.label_lower,
        row_id=row.pk,
        post_id=by.pk,
        post_words=by.words(),
        note=note,
        facts=facts,
    )
    entry.save()
    return entry
