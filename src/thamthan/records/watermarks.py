"""A copy of a file that says on every page who looked at it and when; drawn in a process apart."""

import json
from collections.abc import Sequence
from pathlib import Path

from thamthan.errors import Refused
from thamthan.records.pictures import Picture, drawn_apart

# The letters that the pages themselves are shown in.
_FONTS = Path(__file__).parents[1] / "web" / "static" / "npm" / "fonts"
_LETTERS = ("sarabun-thai-400.woff2", "sarabun-latin-400.woff2")
# A text gets its line again after so many lines of its own.
_LINES_APART = 25


def can_mark(media_type: str) -> bool:
    """Whether a copy of a file of this kind can carry a watermark."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind in {"application/pdf", "text/plain"} or kind.startswith("image/")


def marked_copy(content: bytes, media_type: str, *, words: Sequence[str]) -> Picture:
    """สำเนามีลายน้ำ: of a PDF, a picture or a text; the bytes given stay as they are.

    Raises `Refused` for what cannot be opened, and for kinds that cannot carry a watermark.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return Picture(_marked_text(content, " ".join(words)), "text/plain; charset=utf-8")
    if not can_mark(kind):
        raise Refused(
            "ไฟล์ชนิดนี้ใส่ลายน้ำไม่ได้ โปรดขอดูต้นฉบับจากนายทะเบียนข้อมูลข่าวสารลับ",
            code="not_marked",
            status=403,
        )
    asked = {
        "kind": "pdf" if kind == "application/pdf" else "picture",
        "lines": list(words),
        "fonts": [str(_FONTS / name) for name in _LETTERS],
    }
    given = json.dumps(asked).encode() + b"\n" + content
    head, marked = drawn_apart("marking", given=given)
    if head.get("why") or not marked:
        raise Refused(
            f"{head.get('why') or 'ใส่ลายน้ำไม่ได้'} โปรดขอดูต้นฉบับจากนายทะเบียนข้อมูลข่าวสารลับ",
            code="not_marked",
            status=422,
        )
    return Picture(marked, str(head["media_type"]))


def _marked_text(content: bytes, line: str) -> bytes:
    rows = content.decode("utf-8", "replace").splitlines()
    marked = [f"[{line}]"]
    for number, row in enumerate(rows, start=1):
        marked.append(row)
        if number % _LINES_APART == 0:
            marked.append(f"[{line}]")
    return "\n".join([*marked, f"[{line}]", ""]).encode()
