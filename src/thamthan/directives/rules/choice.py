"""Whom an order is handed down to: how receivers are chosen, before anybody looks who they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from thamthan.errors import Refused
from thamthan.organisations.rules import LaoKind
from thamthan.thai.digits import to_arabic

MOST_CODES = 10_000
# A code as people paste it: among names, commas, tabs and line ends.
_CODE = re.compile(r"(?<![0-9A-Z-])[0-9A-Z][0-9A-Z-]{1,19}(?![0-9A-Z-])")


class Whom(models.TextChoices):
    """วิธีเลือกผู้รับ."""

    ALL = "all", "อปท. ทุกแห่งในสังกัด"
    KIND = "kind", "อปท. ตามประเภท"
    BELOW = "below", "หน่วยงานชั้นถัดไปทุกแห่ง"
    CODES = "codes", "ตามรายชื่อหรือรหัส"
    GROUP = "group", "กลุ่มที่เก็บไว้"


@dataclass(frozen=True, slots=True)
class Choice:
    """การเลือกผู้รับ: one way of choosing, without those excepted; `codes` and `without` are codes."""

    whom: Whom
    kinds: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    group: int | None = None
    without: tuple[str, ...] = ()


def codes_in(text: str) -> tuple[str, ...]:
    """รหัสหน่วยงานในข้อความ: each once, in its order; digits may be Thai, words between are left out.

    A code has a digit in it, but for those of a few letters that stand alone on their line (MOI).
    """
    found: dict[str, None] = {}
    for line in to_arabic(text.replace("\x00", "")).splitlines():
        words = line.strip()
        codes = [code for code in _CODE.findall(line) if any(map(str.isdigit, code))]
        for code in codes or ([words] if re.fullmatch(r"[A-Z]{2,20}", words) else []):
            found[code] = None
    if len(found) > MOST_CODES:
        raise Refused(
            f"วางรหัสได้ไม่เกิน {MOST_CODES:,} รหัสต่อครั้ง",
            code="too_many_codes",
            status=400,
            field="codes",
        )
    return tuple(found)


def choice_of(
    whom: str,
    *,
    kinds: Iterable[str] = (),
    codes: Iterable[str] = (),
    pasted: str = "",
    group: str = "",
    without: str = "",
    without_codes: Iterable[str] = (),
) -> Choice:
    """การเลือกผู้รับจากสิ่งที่กรอก: refused in words where the way chosen lacks what it goes by."""
    if whom not in Whom.values:
        raise Refused("โปรดเลือกผู้รับ", code="no_receiver", status=400, field="whom")
    wanted = Whom(whom)
    given_kinds = tuple(kind for kind in kinds if kind in LaoKind.values)
    given_codes = tuple(dict.fromkeys([*codes_in("\n".join(codes)), *codes_in(pasted)]))
    given_group = int(group) if group.isascii() and group.isdigit() and len(group) < 19 else None
    lacking = {
        Whom.KIND: not given_kinds and "โปรดเลือกประเภท อปท. อย่างน้อยหนึ่งประเภท",
        Whom.CODES: not given_codes and "โปรดเลือกหน่วยงานหรือวางรหัสอย่างน้อยหนึ่งแห่ง",
        Whom.GROUP: given_group is None and "โปรดเลือกกลุ่มผู้รับ",
    }.get(wanted, False)
    if lacking:
        raise Refused(lacking, code="no_receiver", status=400, field="whom")
    excepted = dict.fromkeys([*codes_in(without), *codes_in("\n".join(without_codes))])
    return Choice(
        whom=wanted,
        kinds=given_kinds if wanted == Whom.KIND else (),
        codes=given_codes if wanted == Whom.CODES else (),
        group=given_group if wanted == Whom.GROUP else None,
        without=tuple(excepted),
    )
