"""What the Information Act lets be shown or withheld, and where people stand in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from thamthan.errors import Refused
from thamthan.thai.digits import to_arabic


class Openness(models.TextChoices):
    """การเปิดเผยต่อสาธารณะ."""

    OPEN = "open", "เปิดเผย"
    PARTLY = "partly", "เปิดเผยบางส่วน"
    CLOSED = "closed", "ไม่เปิดเผย"


# พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540; headings as commonly taught, unverified word for word.
SECTIONS = (
    ("14", "มาตรา 14 อาจก่อความเสียหายต่อสถาบันพระมหากษัตริย์"),
    ("15(1)", "มาตรา 15(1) ความมั่นคงของประเทศ ความสัมพันธ์ระหว่างประเทศ การคลัง"),
    ("15(2)", "มาตรา 15(2) การบังคับใช้กฎหมายเสื่อมประสิทธิภาพ"),
    ("15(3)", "มาตรา 15(3) ความเห็นหรือคำแนะนำภายในหน่วยงาน"),
    ("15(4)", "มาตรา 15(4) อันตรายต่อชีวิตหรือความปลอดภัยของบุคคล"),
    ("15(5)", "มาตรา 15(5) รายงานการแพทย์หรือข้อมูลส่วนบุคคลที่รุกล้ำสิทธิ"),
    ("15(6)", "มาตรา 15(6) มีกฎหมายคุ้มครอง หรือผู้ให้ไม่ประสงค์ให้เปิดเผย"),
    ("15(7)", "มาตรา 15(7) กรณีอื่นตามพระราชกฤษฎีกา"),
    ("24", "มาตรา 24 ข้อมูลข่าวสารส่วนบุคคล"),
)
MOST_BOXES = 400


def check_openness(openness: Openness, *, section: str) -> None:
    if openness == Openness.OPEN:
        return
    if section not in {code for code, _ in SECTIONS}:
        raise Refused("โปรดเลือกมาตราที่ให้ไม่เปิดเผย", code="no_section", field="section", status=400)


@dataclass(frozen=True, slots=True)
class Box:
    """กรอบปิดทับ: a place on a page, in parts of its width and height, from the upper left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def checked_box(given: object) -> Box:
    """A box as a page sends it; refused where it is none."""
    if not isinstance(given, list | tuple) or len(given) != 5:
        raise _wrong_box()
    page, *sides = given
    try:
        left, top, right, bottom = (min(max(float(side), 0.0), 1.0) for side in sides)
        box = Box(int(page), left, top, right, bottom)
    except (TypeError, ValueError, OverflowError):
        raise _wrong_box() from None
    is_real = box.page >= 1 and box.right - box.left > 0.001 and box.bottom - box.top > 0.001
    if not is_real:
        raise _wrong_box()
    return box


def _wrong_box() -> Refused:
    return Refused("กรอบที่ปิดทับไม่ถูกต้อง โปรดวาดใหม่", code="wrong_box", status=400)


# Thirteen digits with the card's own gaps; telephones of nine and ten; names in brackets.
_CITIZEN = re.compile(r"(?<!\d)\d(?:[ \-–]?\d){12}(?![\d])")
_TELEPHONE = re.compile(r"(?<!\d)0(?:[ \-–]?\d){8,9}(?!\d)")
_NAME = re.compile(r"\(\s*((?:นาย|นาง|นางสาว|ว่าที่|พล|พัน|ร้อย|ดร\.)[^()\n]{3,60})\s*\)")


@dataclass(frozen=True, slots=True)
class Hidden:
    """คำที่น่าจะปิด: from which letter to which of a text, and what it is."""

    start: int
    end: int
    why: str


def likely_hidden(text: str, *, with_names: bool = False) -> Iterator[Hidden]:
    """ที่ที่ควรปิดทับ by rule: ID numbers, telephones and, where asked, names in brackets."""
    digits = to_arabic(text)
    taken: list[range] = []
    for pattern, why in ((_CITIZEN, "เลขประจำตัวประชาชน"), (_TELEPHONE, "โทรศัพท์")):
        for found in pattern.finditer(digits):
            place = range(*found.span())
            if not any(place.start < other.stop and other.start < place.stop for other in taken):
                taken.append(place)
                yield Hidden(place.start, place.stop, why)
    if with_names:
        for found in _NAME.finditer(text):
            yield Hidden(*found.span(1), "ชื่อบุคคล")
