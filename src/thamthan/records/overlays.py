"""A stamp on a copy of a stored file: laid in a process apart; the file itself stays as it came.

The row asked about came through its own room's door already.
"""

import json

from thamthan.errors import NotFound, Refused
from thamthan.records.models import StoredFile
from thamthan.records.pictures import drawn_apart, kind_of
from thamthan.records.queries import content_of


def can_overlay(file: StoredFile) -> bool:
    """Whether a stamp can be drawn on a copy of a file of this kind: a PDF or a picture."""
    return bool(kind_of(file))


def overlaid_copy(file: StoredFile, stamp: bytes, *, page: int, left: float, top: float) -> bytes:
    """สำเนาที่มีตรา: a PDF of the whole file with the stamp on one page, its upper left corner at
    these shares of the page as it is shown. Raises `Refused` for a file that cannot be opened.
    """
    head = {
        "kind": kind_of(file),
        "page": page,
        "left": left,
        "top": top,
        "stamp": len(stamp),
    }
    sent = json.dumps(head).encode() + b"\n" + stamp + content_of(file)
    told, made = drawn_apart("overlaying", given=sent, refused=_unstamped)
    if told.get("why") == "":
        raise NotFound("ไม่พบหน้านี้ในไฟล์", code="no_page")
    if told.get("why") or not made:
        raise _unstamped(str(told.get("why") or "วางตราไม่สำเร็จ"))
    return made


def _unstamped(why: str) -> Refused:
    return Refused(
        f"{why} จึงประทับตราบนสำเนาไม่ได้ ไฟล์ต้นฉบับยังเปิดดูได้ตามเดิม", code="unstamped", status=422
    )
