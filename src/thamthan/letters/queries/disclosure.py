"""What may be shown of a letter, its redacted copies, and where something ought to be covered."""

from collections.abc import Iterator

from django.core.files.base import File
from django.db.models import QuerySet

from thamthan.errors import NotFound
from thamthan.letters.models import Disclosure, Letter, LetterFile, RedactedCopy
from thamthan.letters.queries.letters import (
    check_seen,
    drawn_pages_of,
    files_of,
    readings_of,
)
from thamthan.letters.rules import Box, likely_hidden, likely_private, overlap
from thamthan.organisations.models import Post
from thamthan.records.places import places_of
from thamthan.records.queries import opened


def disclosures_of(post: Post, letter: Letter) -> QuerySet[Disclosure]:
    """การเปิดเผยของหนังสือหนึ่งฉบับ: the newest counts, the earlier ones stay to be seen."""
    return Disclosure.objects.filter(letter=check_seen(post, letter))


def redacted_copies_of(post: Post, letter: Letter) -> QuerySet[RedactedCopy]:
    """สำเนาที่ปิดทับแล้ว, newest first."""
    return check_seen(post, letter).redacted_copies.select_related("file", "made_by__person")


def redacted_copy_for(post: Post, letter: Letter, pk: int) -> tuple[RedactedCopy, "File[bytes]"]:
    """สำเนาที่ปิดทับแล้วหนึ่งฉบับ, open for reading."""
    try:
        copy = redacted_copies_of(post, letter).get(pk=pk)
    except RedactedCopy.DoesNotExist:
        raise NotFound("ไม่พบสำเนานี้") from None
    return copy, opened(copy.file)


def file_row_for(post: Post, letter: Letter, position: int) -> LetterFile:
    """ไฟล์หนึ่งไฟล์ของหนังสือ."""
    try:
        return files_of(post, letter).get(position=position)
    except LetterFile.DoesNotExist:
        raise NotFound("ไม่พบไฟล์นี้") from None


# How far a page as it was read and as it is drawn may differ before boxes stand in wrong places.
_SAME_SHAPE = 0.06


def likely_boxes(
    post: Post, letter: Letter, position: int, *, with_names: bool = False
) -> list[tuple[Box, str]]:
    """กรอบที่น่าจะต้องปิด: ID numbers, accounts, telephones, e-mail and, where asked, names.

    Where the file itself says where its letters stand, by that; on a scan by the machine's
    reading. What it did not read stays for a person to see.
    """
    row = file_row_for(post, check_seen(post, letter), position)
    boxes = []
    for number, page in enumerate(places_of(row.file), start=1):
        for hidden in likely_hidden(page.text, with_names=with_names):
            for left, top, right, bottom in page.around(hidden.start, hidden.end):
                boxes.append((Box(number, left, top, right, bottom), hidden.why))
    for box, why in _boxes_read(post, letter, row, with_names=with_names):
        if not any(overlap(box, other) for other, _ in boxes):
            boxes.append((box, why))
    return boxes


def is_read_from_picture(post: Post, letter: Letter, position: int) -> bool:
    """เครื่องอ่านไฟล์นี้จากภาพหรือไม่: of a picture it may have missed something."""
    row = file_row_for(post, check_seen(post, letter), position)
    read = readings_of(post, letter)
    if read.machine is None or read.machine.file_id != row.pk or read.reading is None:
        return False
    return any(size is not None for size in read.reading.paper.sizes)


def _boxes_read(
    post: Post, letter: Letter, row: LetterFile, *, with_names: bool
) -> Iterator[tuple[Box, str]]:
    read = readings_of(post, letter)
    if read.reading is None or read.machine is None or read.machine.file_id != row.pk:
        return
    shapes = drawn_pages_of(post, letter).get(row.position, ())
    sizes = read.reading.paper.sizes
    for box, why in likely_private(read.reading, with_names=with_names):
        size = sizes[box.page - 1]
        if size is None or box.page > len(shapes):
            continue
        shape = shapes[box.page - 1]
        if abs(size.width * shape.height / (size.height * shape.width) - 1) < _SAME_SHAPE:
            yield box, why
