"""The pages of a stored file as pictures: drawn in a process apart, within limits, kept a while.

The row asked about came through its own room's door already.
"""

import importlib.util
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.core.cache import caches

from thamthan.errors import NotFound, Refused
from thamthan.reading.model import PageSize
from thamthan.records.drawing import MOST_PAGES
from thamthan.records.models import StoredFile
from thamthan.records.queries import content_of

log = logging.getLogger(__name__)

# Seconds of the clock. Where the child's own seconds of computing are limited, and sooner, these
# are only for one that waits for ever: a busy machine is no fault of the file's.
MOST_SECONDS = 25.0 if sys.platform == "win32" else 60.0
# Drawing is quick, and many people may open many pages at once: those beyond these wait.
AT_ONCE = BoundedSemaphore(2)
MOST_WAIT = 20.0
# In the key of what is kept: to be raised where the drawing changes.
DRAWN_AS = 2
KEPT_FOR = 7 * 24 * 3600

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_SHOWN_AS_THEY_ARE = frozenset({"image/jpeg", "image/png"})

_TOO_LONG = "ใช้เวลาเปิดเป็นภาพนานเกินไป จึงหยุด"
_STOPPED = "โปรแกรมเปิดภาพหยุดกลางคัน ไฟล์อาจชำรุด"


@dataclass(frozen=True, slots=True)
class Picture:
    """ภาพของหน้าหนึ่ง."""

    content: bytes
    media_type: str


def can_draw(file: StoredFile) -> bool:
    """Whether the pages of a file of this kind can be shown as pictures here."""
    kind = kind_of(file)
    if kind == "picture":
        return _has_pillow() or file.media_type in _SHOWN_AS_THEY_ARE
    return kind == "pdf"


def page_sizes(file: StoredFile) -> tuple[PageSize, ...]:
    """ขนาดของทุกหน้า: in points for a PDF; of a picture the shape alone is known.

    Empty where the file cannot be opened: a page that shows it says so when it is asked for.
    """
    if not can_draw(file) or (kind_of(file) == "picture" and not _has_pillow()):
        return ()
    key = f"sizes-{DRAWN_AS}-{file.sha256}"
    known = caches["default"].get(key)
    if known is None:
        try:
            head, _ = _drawn(file, 0)
            known = [(float(wide), float(high)) for wide, high in head["sizes"]]
        except Refused as refused:
            if refused.code == "busy":
                return ()
            # What cannot be opened is not tried again for every look at the letter.
            known = []
        caches["default"].set(key, known, KEPT_FOR)
    return tuple(PageSize(wide, high) for wide, high in known)


def page_picture(file: StoredFile, number: int, *, is_kept: bool) -> Picture:
    """ภาพของหน้าหนึ่ง, sharp enough for what a hand wrote; `is_kept` lets it be kept for the next.

    Raises `NotFound` for a file that has no pictures and for a page that is not there, `Refused`
    for a file that cannot be opened or costs too much.
    """
    if number < 1:
        raise _no_page()
    if not can_draw(file):
        raise NotFound("ไฟล์นี้ไม่มีภาพของหน้า", code="no_picture")
    if kind_of(file) == "picture" and not _has_pillow():
        if number != 1:
            raise _no_page()
        return Picture(content_of(file), file.media_type)
    key = f"page-{DRAWN_AS}-{file.sha256}-{number}"
    if is_kept and (kept := caches["pictures"].get(key)) is not None:
        return Picture(kept[1], kept[0])
    head, content = _drawn(file, number)
    picture = Picture(content, str(head["media_type"]))
    if is_kept:
        try:
            caches["pictures"].set(key, (picture.media_type, picture.content), KEPT_FOR)
        except OSError as problem:
            # A full disk costs time, not the page.
            log.warning("a drawn page could not be kept: %s", problem)
    return picture


def forget_pictures(file: StoredFile) -> None:
    """ทิ้งภาพที่เก็บไว้: of every page of a file that is not to be seen, or is no longer there."""
    caches["default"].delete(f"sizes-{DRAWN_AS}-{file.sha256}")
    caches["pictures"].delete_many(
        [f"page-{DRAWN_AS}-{file.sha256}-{number}" for number in range(1, MOST_PAGES + 1)]
    )


def kind_of(file: StoredFile) -> str:
    """The kind as the modules that draw know it: pdf, picture, or none that can be drawn."""
    if file.media_type == "application/pdf":
        return "pdf"
    return "picture" if file.media_type.startswith("image/") else ""


def _has_pillow() -> bool:
    return importlib.util.find_spec("PIL") is not None


def _drawn(file: StoredFile, number: int) -> tuple[dict[str, Any], bytes]:
    head, content = drawn_apart("drawing", kind_of(file), str(number), given=content_of(file))
    if "why" not in head and (number == 0 or (head["media_type"] and content)):
        return head, content
    if not head.get("why"):
        raise _no_page()
    raise _undrawn(str(head["why"]))


def drawn_apart(
    module: str, *words: str, given: bytes, refused: Callable[[str], Refused] | None = None
) -> tuple[dict[str, Any], bytes]:
    """วาดในกระบวนการต่างหาก: what one of this room's drawing modules made of the bytes given.

    Where the process came to no end of its own, `refused` makes the sentence of why.
    """
    refuse = refused or _undrawn
    if not AT_ONCE.acquire(timeout=MOST_WAIT):
        raise Refused("มีผู้เปิดดูภาพพร้อมกันมาก โปรดลองอีกครั้ง", code="busy", status=503)
    try:
        done = subprocess.run(  # noqa: S603 – our own interpreter, our own module, no shell
            [sys.executable, "-m", f"thamthan.records.{module}", *words],
            input=given,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            cwd=Path(__file__).parents[2],
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise refuse(_TOO_LONG) from late
    finally:
        AT_ONCE.release()
    line, _, content = done.stdout.partition(b"\n")
    try:
        head: dict[str, Any] = json.loads(line)
    except ValueError as fault:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.warning("drawing a page ended with %s: %s", done.returncode, last[:300])
        was_late = done.returncode == -getattr(signal, "SIGXCPU", 0)
        raise refuse(_TOO_LONG if was_late else _STOPPED) from fault
    return head, content


def _no_page() -> NotFound:
    return NotFound("ไม่พบหน้านี้ในไฟล์", code="no_page")


def _undrawn(why: str) -> Refused:
    return Refused(f"{why} เปิดดูจากไฟล์ต้นฉบับแทนได้", code="undrawn", status=422)
