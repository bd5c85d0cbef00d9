"""Photographs among the stored files: read and made small in a process apart.

The row asked about came through its own room's door already.
"""

import logging
from enum import IntEnum

from django.core.cache import caches

from thamthan.errors import Refused
from thamthan.reading.photographs import Photograph, photograph_from_json
from thamthan.records.models import StoredFile
from thamthan.records.pictures import KEPT_FOR, Picture, drawn_apart
from thamthan.records.queries import content_of

log = logging.getLogger(__name__)

# In the key of what is kept: to be raised where the making changes.
_MADE_AS = 1


class SmallSide(IntEnum):
    """ขนาดภาพย่อ: dots of the longer side, for a grid, for a page, and for judging."""

    GRID = 480
    PAGE = 1280


def photograph_in(content: bytes) -> Photograph:
    """ภาพถ่ายที่อยู่ในไฟล์, from its bytes. Raises `Refused` with why it is none."""
    head, _ = drawn_apart("looking", "0", given=content, refused=_unseen)
    if "photograph" not in head:
        raise Refused(str(head["why"]), code=str(head["code"]), status=422)
    return photograph_from_json(head["photograph"])


def small_photograph(file: StoredFile, side: SmallSide, *, is_kept: bool) -> Picture:
    """ภาพย่อ: upright, and without a word of what the camera wrote; the stored file stays as it is.

    `is_kept` lets it be kept for the next who asks.
    """
    key = _key(file, side)
    if is_kept and (kept := caches["pictures"].get(key)) is not None:
        return Picture(kept, "image/webp")
    head, content = drawn_apart("looking", str(int(side)), given=content_of(file), refused=_unseen)
    if not content:
        raise Refused(str(head["why"]), code=str(head["code"]), status=422)
    if is_kept:
        try:
            caches["pictures"].set(key, content, KEPT_FOR)
        except OSError as problem:
            # A full disk costs time, not the page.
            log.warning("a small picture could not be kept: %s", problem)
    return Picture(content, "image/webp")


def forget_small(file: StoredFile) -> None:
    """ทิ้งภาพย่อที่เก็บไว้ of a file that is not to be seen, or is no longer there."""
    caches["pictures"].delete_many([_key(file, side) for side in SmallSide])


def _key(file: StoredFile, side: SmallSide) -> str:
    return f"small-{_MADE_AS}-{file.sha256}-{int(side)}"


def _unseen(why: str) -> Refused:
    return Refused(f"{why} โปรดเลือกภาพอื่น", code="photograph_damaged", status=422)
