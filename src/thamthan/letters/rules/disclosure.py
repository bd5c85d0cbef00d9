"""What the Information Act lets be shown or withheld, and where people stand in a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from thamthan.errors import Refused
from thamthan.reading.model import Finding, LetterReading
from thamthan.reading.private import PrivateKind, private_words


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
_EDGE = 0.15


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


WHY_HIDDEN: dict[PrivateKind, str] = {
    "citizen": "เลขประจำตัวประชาชน",
    "account": "เลขบัญชีธนาคาร",
    "telephone": "โทรศัพท์",
    "email": "อีเมล",
    "name": "ชื่อบุคคล",
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """คำที่น่าจะปิด: from which letter to which of a text, and what it is."""

    start: int
    end: int
    why: str


def likely_hidden(text: str, *, with_names: bool = False) -> Iterator[Hidden]:
    """ที่ที่ควรปิดทับ by rule: ID numbers, accounts, telephones, e-mail and, where asked, names."""
    for words in private_words(text):
        if with_names or words.kind != "name":
            yield Hidden(words.start, words.end, WHY_HIDDEN[words.kind])


def likely_private(
    reading: LetterReading, *, with_names: bool = False
) -> Iterator[tuple[Box, str]]:
    """ที่ที่ควรปิดทับบนภาพที่สแกน, as the machine's reading of it has their places.

    Of readings from before these were kept, the letter's own telephone and e-mail are known.
    """
    found: list[tuple[PrivateKind, int, tuple[float, float, float, float]]]
    found = [(place.kind, place.page, place.box) for place in reading.paper.private]
    known: tuple[tuple[PrivateKind, Finding[str] | None], ...] = (
        ("telephone", reading.telephone),
        ("email", reading.email),
    )
    for kind, words in known:
        if words is not None and words.span.box is not None:
            found.append((kind, words.span.page, words.span.box))
    for kind, page, (left, top, right, bottom) in found:
        size = reading.paper.sizes[page - 1] if 0 < page <= len(reading.paper.sizes) else None
        if size is None or min(size.width, size.height) <= 0 or (kind == "name" and not with_names):
            continue
        # A reader's box is tight; no foot of a figure is to look out from under the cover.
        edge = (bottom - top) * _EDGE
        box = Box(
            page,
            max((left - edge) / size.width, 0.0),
            max((top - edge) / size.height, 0.0),
            min((right + edge) / size.width, 1.0),
            min((bottom + edge) / size.height, 1.0),
        )
        yield box, WHY_HIDDEN[kind]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover any place in common."""
    return (
        one.page == other.page
        and one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
