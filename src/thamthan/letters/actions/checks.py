"""What every writing of this room asks first."""

from datetime import datetime, timedelta

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.models import Letter, Register, Step
from thamthan.letters.queries import may_keep_register
from thamthan.letters.rules import StepKind, StepState
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty

CLOCKS_DIFFER = timedelta(minutes=10)


def check_duty(by: Post) -> None:
    if not by.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)


def check_keeps_register(by: Post, register: Register) -> None:
    if not may_keep_register(by, register):
        raise Refused(
            f"ตำแหน่งนี้ไม่มีหน้าที่ดูแลทะเบียนของ{register.organisation.name}",
            code="not_allowed",
            status=403,
        )


def check_received_at(received_at: datetime) -> None:
    if received_at > timezone.now() + CLOCKS_DIFFER:
        raise Refused("วันเวลาที่รับอยู่ในอนาคต โปรดตรวจอีกครั้ง", code="received_in_future", status=400)
    if received_at.year < 1957:
        raise Refused("ปีที่รับไม่น่าใช่ โปรดตรวจปี พ.ศ.", code="received_too_early", status=400)


def locked_letter(letter: Letter, *, seen_version: int) -> Letter:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.version != seen_version:
        raise Refused(
            "มีผู้อื่นแก้ไขหรือลงทะเบียนหนังสือนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ สิ่งที่ท่านพิมพ์ยังอยู่ด้านล่าง",
            code="changed_meanwhile",
            version=locked.version,
        )
    return locked


def check_nobody_decides(letter: Letter) -> None:
    """Refuse while the letter waits for an endorsement, or for its owner to take it."""
    waiting = Step.objects.filter(
        routing__letter=letter,
        state=StepState.WAITING,
        kind__in=[StepKind.ENDORSE, StepKind.LEAD],
    ).first()
    if waiting is not None:
        raise Refused(
            f"หนังสือนี้ยังรอ{waiting.words} {StepKind(waiting.kind).label}อยู่ จึงยังไม่เรียบร้อย",
            code="under_way",
        )
