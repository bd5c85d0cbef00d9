"""Files that come in piece by piece over bad lines, and go on where they were cut off.

Nothing is a stored file before an action takes it: what nobody takes goes with its pieces.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.records.actions import store_file
from thamthan.records.models import StoredFile, Upload, UploadPart
from thamthan.records.rules import Actor
from thamthan.thai.text import repair, squeeze

# How long a piece waits for the next, over a weekend; then the whole upload goes.
KEPT_FOR = timedelta(days=3)
# What came is kept in pieces of this size, so that a cut costs no more than one of them.
BLOCK = 512 * 1024
MOST_OPEN = 100
MOST_OPEN_FILES_IN_BYTES = 20
_READ = 64 * 1024
_CLEARED_AT_ONCE = 500


def begin_upload(name: str, *, size: int, by: Actor) -> Upload:
    """เริ่มส่งไฟล์: a place for so many bytes, open to this post alone.

    Refuses what is larger than the installation takes, and a post with too much under way.
    """
    if size <= 0:
        raise Refused("ไฟล์ว่างเปล่า ไม่มีข้อมูลให้เก็บ", code="empty_file", status=400)
    if size > settings.MAX_FILE_BYTES:
        most = settings.MAX_FILE_BYTES // (1024 * 1024)
        raise Refused(f"ไฟล์ใหญ่เกิน {most} MB โปรดย่อก่อนส่ง", code="file_too_large", status=413)
    waiting = Upload.objects.filter(post_id=by.pk, taken=None).aggregate(
        count=Count("pk"), bytes=Sum("size", default=0)
    )
    most_bytes = MOST_OPEN_FILES_IN_BYTES * settings.MAX_FILE_BYTES
    if waiting["count"] >= MOST_OPEN or waiting["bytes"] + size > most_bytes:
        raise Refused(
            "มีไฟล์ที่ส่งค้างอยู่มากเกินไป โปรดบันทึกหรือยกเลิกไฟล์ที่ส่งไว้ก่อน",
            code="too_many_uploads",
            status=429,
        )
    now = timezone.now()
    words = squeeze(repair(name.replace("\x00", "")))[-200:] or "ไฟล์"
    return Upload.objects.create(post_id=by.pk, name=words, size=size, begun_at=now, last_at=now)


def upload_for(ref: UUID, *, by: Actor) -> Upload:
    """ไฟล์ที่กำลังส่ง, if it is this post's own; to everybody else it does not exist."""
    upload = Upload.objects.filter(ref=ref, post_id=by.pk).first()
    if upload is None or upload.last_at < timezone.now() - KEPT_FOR:
        raise NotFound("ไม่พบไฟล์ที่ส่งค้างไว้ หรือเลยเวลาที่เก็บให้แล้ว โปรดเลือกไฟล์แล้วส่งใหม่", code="no_upload")
    return upload


def continue_upload(ref: UUID, *, at: int, read: Callable[[int], bytes], by: Actor) -> Upload:
    """รับไฟล์ต่อ from the byte where it stands: what was received stays received.

    `read` gives at most so many bytes, nothing at the end, and `OSError` where the line is cut.
    Each block is kept before the next is read. Another offset than the true one is refused, so
    that the same piece sent twice is there once.
    """
    upload = upload_for(ref, by=by)
    _check_offset(upload, at)
    while upload.received < upload.size:
        block, is_cut = _block(read, min(BLOCK, upload.size - upload.received))
        if block:
            upload = _keep(upload, block)
        if is_cut or not block:
            break
    if upload.received == upload.size and not upload.sha256:
        upload.sha256 = _digest(upload)
        Upload.objects.filter(pk=upload.pk).update(sha256=upload.sha256)
    return upload


def content_of_upload(upload: Upload) -> bytes:
    """เนื้อไฟล์ที่ส่งครบแล้ว. Refuses one of which a part is still to come."""
    if upload.received < upload.size:
        raise Refused(f"ไฟล์ “{upload.name}” ยังส่งไม่ครบ โปรดรอให้ส่งเสร็จก่อน", code="upload_unfinished")
    if upload.taken is not None:
        with default_storage.open(upload.taken.path, "rb") as stream:
            content: bytes = stream.read()
        return content
    return b"".join(_pieces(upload))


@transaction.atomic
def take_upload(upload: Upload, *, by: Actor) -> StoredFile:
    """รับไฟล์ที่ส่งครบแล้วเข้าที่เก็บ under its SHA-256. Taken twice it is the same file."""
    # The row alone: what an empty key might point at cannot be locked.
    locked = (
        Upload.objects.select_for_update(of=("self",)).select_related("taken").get(pk=upload.pk)
    )
    if locked.post_id != by.pk:
        raise NotFound("ไม่พบไฟล์ที่ส่งค้างไว้", code="no_upload")
    if locked.taken is not None:
        return locked.taken
    content = content_of_upload(locked)
    if hashlib.sha256(content).hexdigest() != locked.sha256:
        raise Refused(
            f"ไฟล์ “{locked.name}” เสียหายระหว่างเก็บ โปรดเลือกไฟล์แล้วส่งใหม่", code="upload_damaged"
        )
    locked.taken = store_file(content, by=by)
    locked.save(update_fields=["taken"])
    _remove_parts(locked)
    return locked.taken


@transaction.atomic
def drop_upload(ref: UUID, *, by: Actor) -> None:
    """ยกเลิกไฟล์ที่ส่ง: it and its pieces go. A stored file that was made of it stays."""
    upload = upload_for(ref, by=by)
    _remove_parts(upload)
    upload.delete()


def clear_uploads(*, by: Actor, now: datetime) -> int:
    """ล้างไฟล์ที่ส่งค้าง: those that nobody went on with, or took, for days; says how many."""
    count = 0
    waiting = Upload.objects.filter(last_at__lt=now - KEPT_FOR).order_by("last_at")
    for pk in list(waiting.values_list("pk", flat=True)[:_CLEARED_AT_ONCE]):
        with transaction.atomic():
            upload = waiting.select_for_update().filter(pk=pk).first()
            if upload is None:
                continue
            _remove_parts(upload)
            upload.delete()
            count += 1
    return count


def _check_offset(upload: Upload, at: int) -> None:
    if at != upload.received:
        raise Refused(
            "ไฟล์ส่วนนี้ไม่ต่อจากที่รับไว้แล้ว โปรดส่งต่อจากตำแหน่งที่แจ้ง",
            code="wrong_offset",
            received=upload.received,
        )


def _block(read: Callable[[int], bytes], most: int) -> tuple[bytes, bool]:
    """So many bytes as come, up to `most`; and whether the line was cut."""
    pieces: list[bytes] = []
    lacking = most
    while lacking:
        try:
            piece = read(min(_READ, lacking))
        except OSError:
            return b"".join(pieces), True
        if not piece:
            break
        pieces.append(piece)
        lacking -= len(piece)
    return b"".join(pieces), False


def _keep(upload: Upload, block: bytes) -> Upload:
    """The bytes lie in the storage before the row says so; a loser of a race takes its own back."""
    path = f"uploads/{upload.ref.hex}-{upload.received}-{uuid4().hex}"
    try:
        path = default_storage.save(path, ContentFile(block))
    except OSError as problem:
        raise Refused(
            "ที่เก็บไฟล์เต็มหรือเขียนไม่ได้ โปรดแจ้งผู้ดูแลระบบ ส่วนที่รับไว้แล้วยังอยู่",
            code="storage_full",
            status=507,
        ) from problem
    try:
        with transaction.atomic():
            locked = Upload.objects.select_for_update().get(pk=upload.pk)
            _check_offset(locked, upload.received)
            UploadPart.objects.create(
                upload=locked, start=locked.received, size=len(block), path=path
            )
            locked.received += len(block)
            locked.last_at = timezone.now()
            locked.save(update_fields=["received", "last_at"])
    except BaseException:
        default_storage.delete(path)
        raise
    return locked


def _pieces(upload: Upload) -> Iterator[bytes]:
    for path in upload.parts.order_by("start").values_list("path", flat=True):
        with default_storage.open(path, "rb") as stream:
            yield stream.read()


def _digest(upload: Upload) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(upload):
        digest.update(piece)
    return digest.hexdigest()


def _remove_parts(upload: Upload) -> None:
    paths = list(upload.parts.values_list("path", flat=True))
    upload.parts.all().delete()
    transaction.on_commit(partial(_erase, paths))


def _erase(paths: list[str]) -> None:
    for path in paths:
        # One that cannot be taken away is a few hundred kilobytes, and no reason to fail.
        with suppress(OSError):
            default_storage.delete(path)
