"""What is worth telling, and whom in an organisation it is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import models

from thamthan.directives.rules import RemarkKind
from thamthan.organisations.rules import Level, Role
from thamthan.reports.rules import may_decide


class NoticeKind(models.TextChoices):
    """ชนิดของการแจ้งเตือน."""

    ARRIVED = "arrived", "ข้อสั่งการใหม่"
    QUESTION = "question", "มีข้อหารือ"
    REPLY = "reply", "ตอบข้อหารือแล้ว"
    ANSWERED = "answered", "มีผู้ส่งผล"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    ACCEPTED = "accepted", "รับรองผลแล้ว"
    TIME_ASKED = "time_asked", "ขอขยายเวลา"
    TIME_DECIDED = "time_decided", "ผลการขอขยายเวลา"
    CHASED = "chased", "เร่งรัด"
    ROUND_OPENED = "round_opened", "เปิดรับรายงาน"
    PROPOSED = "proposed", "รายงานรอเห็นชอบ"
    NOT_AGREED = "not_agreed", "ให้แก้ไขก่อนเห็นชอบ"
    AGREED = "agreed", "เห็นชอบและส่งแล้ว"
    SOON = "soon", "ใกล้กำหนด"
    TOMORROW = "tomorrow", "เหลือ 1 วันทำการ"
    TODAY = "today", "ครบกำหนดวันนี้"
    LATE = "late", "เลยกำหนด"
    LATE_BELOW = "late_below", "หน่วยงานเลยกำหนด"
    TEST = "test", "ข้อความทดสอบ"


_K = NoticeKind

# One message a person a day: what follows from the calendar, and what comes by the hundred.
LADDER = frozenset({_K.SOON, _K.TOMORROW, _K.TODAY, _K.LATE, _K.LATE_BELOW})
DIGESTED = LADDER | {_K.ANSWERED, _K.ACCEPTED, _K.ROUND_OPENED}


class Hearer(Enum):
    """ผู้รับแจ้ง: whoever has the matter, or whoever gave it to them."""

    HOLDER = "holder"
    GIVER = "giver"


# What was said about a task, as a notice; every other remark concerns nobody who has not said it.
TOLD: dict[RemarkKind, tuple[NoticeKind, Hearer]] = {
    RemarkKind.QUESTION: (_K.QUESTION, Hearer.GIVER),
    RemarkKind.REPLY: (_K.REPLY, Hearer.HOLDER),
    RemarkKind.ANSWER: (_K.ANSWERED, Hearer.GIVER),
    RemarkKind.NIL: (_K.ANSWERED, Hearer.GIVER),
    RemarkKind.DECLINE: (_K.ANSWERED, Hearer.GIVER),
    RemarkKind.RETURN: (_K.RETURNED, Hearer.HOLDER),
    RemarkKind.ACCEPT: (_K.ACCEPTED, Hearer.HOLDER),
    RemarkKind.TIME_ASKED: (_K.TIME_ASKED, Hearer.GIVER),
    RemarkKind.TIME_GRANTED: (_K.TIME_DECIDED, Hearer.HOLDER),
    RemarkKind.TIME_REFUSED: (_K.TIME_DECIDED, Hearer.HOLDER),
    RemarkKind.CHASED: (_K.CHASED, Hearer.HOLDER),
}


def is_digested(kind: str) -> bool:
    """Whether it waits for the day's one message instead of going by itself."""
    return NoticeKind(kind) in DIGESTED


@dataclass(frozen=True, slots=True)
class Holder:
    """ผู้ดำรงตำแหน่งในวันนั้น: a post in force of one organisation, and its person."""

    post: int
    person: int
    organisation: int
    level: str
    role: str
    is_acting: bool


# One holds each of these in an organisation; who acts for them takes their place.
_SOLE = frozenset({Role.HEAD, Role.CHIEF_CLERK, Role.EXECUTIVE, Role.DISTRICT_CHIEF, Role.GOVERNOR})
_HEADS = frozenset({Role.EXECUTIVE, Role.DISTRICT_CHIEF, Role.GOVERNOR})

# The first of these that an organisation has anybody of is told.
_DESK_OF_HOUSE = (
    frozenset({Role.CLERK}),
    frozenset({Role.CHIEF_CLERK}),
    frozenset({Role.HEAD, Role.OFFICER}),
    _HEADS,
)
_DESK_OF_DIVISION = (frozenset({Role.HEAD, Role.CLERK}), frozenset({Role.OFFICER}))
_HEAD_OF_HOUSE = (_HEADS, frozenset({Role.CHIEF_CLERK}), frozenset({Role.HEAD}))
_HEAD_OF_DIVISION = (frozenset({Role.HEAD}),)


def present(holders: Iterable[Holder]) -> list[Holder]:
    """ผู้ที่ปฏิบัติหน้าที่จริง: where somebody acts for a head, that one and not the absent."""
    known = list(holders)
    replaced = {(one.organisation, one.role) for one in known if one.is_acting}
    return [
        one
        for one in known
        if one.is_acting
        or Role(one.role) not in _SOLE
        or (one.organisation, one.role) not in replaced
    ]


def at_desk(holders: Sequence[Holder]) -> list[Holder]:
    """ผู้รับเรื่องของหน่วยงาน: the clerks of a house, the head and clerk of a division, each once."""
    return _first(holders, _DESK_OF_DIVISION if _is_division(holders) else _DESK_OF_HOUSE)


def at_head(holders: Sequence[Holder]) -> list[Holder]:
    """ผู้บังคับบัญชาของหน่วยงาน: whoever must know when it is late."""
    return _first(holders, _HEAD_OF_DIVISION if _is_division(holders) else _HEAD_OF_HOUSE)


def who_decide(holders: Sequence[Holder], agrees: str) -> list[Holder]:
    """ผู้เห็นชอบรายงานของหน่วยงาน, all who may, each once: whichever of them is there first agrees."""
    found = {one.person: one for one in reversed(present(holders)) if may_decide(agrees, one.role)}
    return sorted(found.values(), key=lambda one: one.post)


def _is_division(holders: Sequence[Holder]) -> bool:
    return bool(holders) and holders[0].level == Level.DIVISION


def _first(holders: Sequence[Holder], ranks: Sequence[frozenset[Role]]) -> list[Holder]:
    there = present(holders)
    for roles in ranks:
        found = {one.person: one for one in reversed(there) if Role(one.role) in roles}
        if found:
            return sorted(found.values(), key=lambda one: one.post)
    return []
