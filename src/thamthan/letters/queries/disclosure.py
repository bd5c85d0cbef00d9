"""What may be shown of a letter, its redacted copies, and where something ought to be covered."""

from django.core.files.base import File
from django.db.models import QuerySet

from thamthan.errors import NotFound
from thamthan.letters.models import Disclosure, Letter, LetterFile, RedactedCopy
from thamthan.letters.queries.letters import (
    check_seen,
    files_of,
)
from thamthan.letters.rules import Box, likely_hidden
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


def likely_boxes(
    post: Post, letter: Letter, position: int, *, with_names: bool = False
) -> list[tuple[Box, str]]:
    """กรอบที่น่าจะต้องปิด: ID numbers, telephones, names, where the file itself says where its
    letters stand. A scan says nothing: there a person looks.
    """
    row = file_row_for(post, check_seen(post, letter), position)
    boxes = []
    for number, page in enumerate(places_of(row.file), start=1):
        for hidden in likely_hidden(page.text, with_names=with_names):
            for left, top, right, bottom in page.around(hidden.start, hidden.end):
                boxes.append((Box(number, left, top, right, bottom), hidden.why))
    return boxes
