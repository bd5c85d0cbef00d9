"""A stamp on a copy of a stored file: laid in a process apart; the file itself stays as it came.

The row asked about came through its own room's door already.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from thamthan.errors import NotFound, Refused
from thamthan.records.models import StoredFile
from thamthan.records.pictures import AT_ONCE, MOST_SECONDS, MOST_WAIT
from thamthan.records.queries import content_of

log = logging.getLogger(__name__)

_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def can_overlay(file: StoredFile) -> bool:
    """Whether a stamp can be drawn on a copy of a file of this kind: a PDF or a picture."""
    return bool(_kind(file))


def overlaid_copy(file: StoredFile, stamp: bytes, *, page: int, left: float, top: float) -> bytes:
    """สำเนาที่มีตรา: a PDF of the whole file with the stamp on one page, its upper left corner at
    these shares of the page as it is shown. Raises `Refused` for a file that cannot be opened.
    """
    head = {
        "kind": _kind(file),
        "page": page,
        "left": left,
        "top": top,
        "stamp": len(stamp),
    }
    sent = json.dumps(head).encode() + b"\n" + stamp + content_of(file)
    if not AT_ONCE.acquire(timeout=MOST_WAIT):
        raise Refused("มีผู้เปิดดูภาพพร้อมกันมาก โปรดลองอีกครั้ง", code="busy", status=503)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "thamthan.records.overlaying"],
            input=sent,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            cwd=Path(__file__).parents[2],
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise _unstamped("ใช้เวลาเปิดไฟล์นานเกินไป จึงหยุด") from late
    finally:
        AT_ONCE.release()
    line, _, made = done.stdout.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError as fault:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.warning("laying a stamp ended with %s: %s", done.returncode, last[:300])
        raise _unstamped("โปรแกรมวางตราหยุดกลางคัน ไฟล์อาจชำรุด") from fault
    if told.get("why") == "":
        raise NotFound("ไม่พบหน้านี้ในไฟล์", code="no_page")
    if told.get("why") or not made:
        raise _unstamped(str(told.get("why") or "วางตราไม่สำเร็จ"))
    return made


def _kind(file: StoredFile) -> str:
    if file.media_type == "application/pdf":
        return "pdf"
    return "picture" if file.media_type.startswith("image/") else ""


def _unstamped(why: str) -> Refused:
    return Refused(
        f"{why} จึงประทับตราบนสำเนาไม่ได้ ไฟล์ต้นฉบับยังเปิดดูได้ตามเดิม", code="unstamped", status=422
    )
