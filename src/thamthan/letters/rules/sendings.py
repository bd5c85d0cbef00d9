"""Sendings: one letter on its way to one receiver – by which way, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from thamthan.errors import Refused
from thamthan.letters.rules.moves import check_next
from thamthan.thai.correspondence import Secrecy


class SendingState(models.TextChoices):
    """สถานะการส่ง of one letter to one receiver."""

    PREPARED = "prepared", "เตรียมส่ง"
    SENT = "sent", "ส่งแล้ว"
    DELIVERED = "delivered", "ถึงแล้ว ยังไม่ลงรับ"
    RECEIVED = "received", "ลงรับแล้ว"
    RETURNED = "returned", "ส่งกลับ"


class SendingWay(models.TextChoices):
    """วิธีส่ง."""

    SYSTEM = "system", "ในระบบ"
    POST = "post", "ไปรษณีย์"
    EMAIL = "email", "อีเมลสารบรรณ"
    HAND = "hand", "นำส่งด้วยตนเอง"


# What a person may say of a sending that does not go through this system.
_NEXT: dict[SendingState, set[SendingState]] = {
    SendingState.PREPARED: {SendingState.SENT},
    SendingState.SENT: {SendingState.DELIVERED, SendingState.RECEIVED, SendingState.RETURNED},
    SendingState.DELIVERED: {SendingState.RECEIVED, SendingState.RETURNED},
    SendingState.RECEIVED: set(),
    SendingState.RETURNED: {SendingState.SENT},
}


def check_sending_move(state: str, to: SendingState) -> None:
    check_next(_NEXT, SendingState(state), to, words="การส่งนี้อยู่ใน", code="wrong_sending_state")


def check_way(way: SendingWay, secrecy: str) -> None:
    """ลับที่สุด never goes through a system or by e-mail (ฉบับที่ 4 ของระเบียบ)."""
    if secrecy == Secrecy.TOP_SECRET and way in {SendingWay.SYSTEM, SendingWay.EMAIL}:
        raise Refused(
            f"หนังสือลับที่สุดส่งทาง “{way.label}” ไม่ได้ โปรดเลือกนำส่งด้วยตนเองหรือไปรษณีย์",
            code="too_secret",
            status=400,
        )


@dataclass(frozen=True, slots=True)
class SendingCount:
    """นับการส่ง: how many there are, and in each state; a page says “ลงรับแล้ว n จาก m”."""

    whole: int
    received: int
    delivered: int
    sent: int
    prepared: int
    returned: int


def outside_names(text: str) -> tuple[str, ...]:
    """ผู้รับภายนอก, one a line, each once, in their order."""
    names = (" ".join(line.split())[:300] for line in text.replace("\x00", "").splitlines())
    return tuple(dict.fromkeys(name for name in names if name))


def counted(states: Sequence[tuple[str, int]]) -> SendingCount:
    by_state = dict(states)
    return SendingCount(
        whole=sum(by_state.values()),
        received=by_state.get(SendingState.RECEIVED, 0),
        delivered=by_state.get(SendingState.DELIVERED, 0),
        sent=by_state.get(SendingState.SENT, 0),
        prepared=by_state.get(SendingState.PREPARED, 0),
        returned=by_state.get(SendingState.RETURNED, 0),
    )
