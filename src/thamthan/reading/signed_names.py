"""ชื่อที่ลงนาม: the names of persons that fill a line, in brackets or behind a title."""

import re

from thamthan.reading.sheet import Cell, Line
from thamthan.reading.signs import TITLE

_TITLED = re.compile(rf"\s*(?:ลงชื่อ|\(ลงชื่อ\)|ลงนาม)?[\s.…]*[(\[{{]?\s*({TITLE}.*)")
_IN_BRACKETS = re.compile(r"\s*(?:ลงชื่อ)?[\s.…]*[(\[{]\s*([^()\[\]{}]{4,70}?)\s*[)\]}/]?\s*\Z")
_BRACKETED = re.compile(r"\([^()]{4,60}\)")
_NAME_WORDS = re.compile(r"[ก-๎. ]{2,}(?:\s+[ก-๎.\-]{2,}){1,4}\s*\Z")
_NOT_A_NAME = re.compile(
    r"ตัวอักษร|บาท|ฉบับ|แบบ\s|ต่อ\s?\d|ถ้ามี|ประทับตรา|มหาชน|ลายเซ็น|ลายมือชื่อ|พิมพ์ชื่อ|ชื่อเต็ม|ตำแหน่ง|รายละเอียด|ตามข้อ|สำเนา|ลงชื่อ|เอกสาร|รายชื่อ|ร่าง"
)


def names_in(line: Line) -> list[Cell]:
    """The names on a line: one that fills it, or several in brackets side by side."""
    whole = name_in(line)
    if whole is not None:
        return [whole]
    if _BRACKETED.sub("", line.text).strip(" .…_"):
        return []
    found = [
        name_in(Line(line.at, line.start + one.start(), line.start + one.end(), one.group()))
        for one in _BRACKETED.finditer(line.text)
    ]
    return [name for name in found if name] if len(found) > 1 else []


def name_in(line: Line) -> Cell | None:
    """The name of a person that fills a line, in brackets or behind a title."""
    text = line.text.rstrip()
    if not 5 < len(text.strip()) < 90:
        return None
    # From the first word on: the white space before it would be shared out in every way.
    indent = len(text) - len(text.lstrip())
    titled = _TITLED.match(text, indent)
    bracketed = _IN_BRACKETS.match(text, indent)
    found = bracketed or titled
    if found is None:
        return None
    words = found.group(1)
    good = words.rstrip(" )]}/\\|.,;")
    if _NOT_A_NAME.search(good) or re.search(r"[()\[\]\d]", good) or len(good) > 60:
        return None
    with_title = re.match(TITLE, good)
    if not with_title and not (bracketed and _NAME_WORDS.match(good)):
        return None
    if with_title and not re.search(r"\S\s+\S", good):
        return None
    if not bracketed and len(good.split()) > 5:
        return None
    start = line.start + found.start(1)
    return Cell(start, start + len(good), good)
