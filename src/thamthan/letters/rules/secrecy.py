"""Classes of secrecy: which is higher, which book a letter stands in, what may change a class."""

from django.db import models

from thamthan.errors import Refused
from thamthan.letters.rules.registers import Series
from thamthan.thai.correspondence import Secrecy

_RANKS = tuple(Secrecy)


class Sight(models.TextChoices):
    """สิ่งที่เปิดดู of a secret letter."""

    PAGE = "page", "หน้าหนังสือ"
    FORM = "form", "หน้าตรวจและยืนยัน"
    PICTURE = "picture", "ภาพของหน้า"
    COPY = "copy", "ไฟล์สำเนามีลายน้ำ"
    ORIGINAL = "original", "ไฟล์ต้นฉบับ"
    OTHER = "other", "หน้าอื่นของหนังสือ"


def series_of(secrecy: str) -> Series:
    return Series.MAIN if secrecy == Secrecy.OPEN else Series.SECRET


def is_higher(secrecy: str, than: str) -> bool:
    return _RANKS.index(Secrecy(secrecy)) > _RANKS.index(Secrecy(than))


def class_confirmed(kept: str, said: Secrecy | None, *, is_proposal: bool) -> Secrecy:
    """ชั้นความลับเมื่อยืนยัน: what a person said of a class that only the machine proposed counts;
    a class that a person gave may rise while confirming, and falls at the registrar's alone.
    """
    if said is None:
        return Secrecy(kept)
    if not is_proposal and is_higher(kept, said):
        raise Refused(
            "ลดชั้นความลับที่หน้านี้ไม่ได้ นายทะเบียนข้อมูลข่าวสารลับลดได้ที่หน้า “ชั้นความลับและผู้อ่าน”",
            code="class_not_lowered",
            field="secrecy",
        )
    return said


def check_class_change(kept: str, to: str, *, reason: str, is_registrar: bool) -> None:
    """Refuse a change of class without a reason, to the same class, or downwards by another."""
    if kept == to:
        raise Refused("หนังสือนี้อยู่ในชั้นนี้แล้ว", code="same_class", field="secrecy", status=400)
    if not reason.strip():
        raise Refused("โปรดบอกเหตุที่เปลี่ยนชั้นความลับ", code="no_reason", field="note", status=400)
    if is_higher(kept, to) and not is_registrar:
        raise Refused(
            "การลดหรือยกเลิกชั้นความลับเป็นหน้าที่ของนายทะเบียนข้อมูลข่าวสารลับ",
            code="not_allowed",
            status=403,
        )
