"""States of an order, of a task and of what is asked in between; which may follow which."""

from datetime import date

from django.db import models

from thamthan.letters.rules.moves import check_next


class PolicyKind(models.TextChoices):
    """ชนิดของนโยบาย: slogans end; plans run for their years; an office may have its own."""

    URGENT = "urgent", "นโยบายสำคัญเร่งด่วน"
    ANNUAL_PLAN = "annual_plan", "แผนปฏิบัติการรายปี"
    STANDING = "standing", "นโยบายต่อเนื่อง"
    OWN = "own", "นโยบายของหน่วยงาน"


class Measure(models.TextChoices):
    """สิ่งที่ตัวชี้วัดนับ: what kind of number an indicator is; shares keep both their parts."""

    COUNT = "count", "จำนวน"
    PEOPLE = "people", "คน"
    HOUSEHOLDS = "households", "ครัวเรือน"
    BAHT = "baht", "บาท"
    RATIO = "ratio", "ร้อยละ"


class Better(models.TextChoices):
    """ทิศทางของตัวชี้วัด: which way is meant to be reached; left empty where neither is."""

    MORE = "more", "ยิ่งมากยิ่งดี"
    LESS = "less", "ยิ่งน้อยยิ่งดี"


class OrderState(models.TextChoices):
    """สถานะของเรื่องสั่งการ in the house that holds it."""

    DRAFTING = "drafting", "กำลังแยกข้อสั่งการ"
    ADOPTED = "adopted", "รับไว้ดำเนินการ"
    CASCADED = "cascaded", "ถ่ายทอดแล้ว"
    CLOSED = "closed", "ปิดเรื่อง"


_NEXT_ORDER: dict[OrderState, frozenset[OrderState]] = {
    OrderState.DRAFTING: frozenset({OrderState.ADOPTED}),
    OrderState.ADOPTED: frozenset({OrderState.CASCADED, OrderState.CLOSED}),
    OrderState.CASCADED: frozenset({OrderState.CLOSED}),
    OrderState.CLOSED: frozenset({OrderState.CASCADED}),
}


def check_order_move(state: str, to: OrderState) -> None:
    """Refuse unless an order in this state may go to that one."""
    check_next(_NEXT_ORDER, OrderState(state), to, words="เรื่องสั่งการนี้อยู่ใน", code="wrong_order_state")


class AssignmentState(models.TextChoices):
    """สถานะของงานที่มอบ: what a board shows, in the words that LOOK fixes once.

    Late is no state: it is the day, looked at beside any state that still waits for an answer.
    """

    SENT = "sent", "ยังไม่รับ"
    ACKNOWLEDGED = "acknowledged", "รับแล้ว"
    UNDER_WAY = "under_way", "กำลังทำ"
    ANSWERED = "answered", "ส่งแล้ว"
    RETURNED = "returned", "ส่งกลับ"
    DONE = "done", "เรียบร้อย"
    NIL = "nil", "ไม่มีผล"
    DECLINED = "declined", "ไม่มีภารกิจนี้"


_S = AssignmentState
_NEXT: dict[AssignmentState, frozenset[AssignmentState]] = {
    # Who answers at once has received it, too.
    _S.SENT: frozenset({_S.ACKNOWLEDGED, _S.UNDER_WAY, _S.ANSWERED, _S.NIL, _S.DECLINED}),
    _S.ACKNOWLEDGED: frozenset({_S.UNDER_WAY, _S.ANSWERED, _S.NIL, _S.DECLINED}),
    _S.UNDER_WAY: frozenset({_S.ANSWERED, _S.NIL, _S.DECLINED}),
    _S.ANSWERED: frozenset({_S.ANSWERED, _S.NIL, _S.DONE, _S.RETURNED}),
    # "Nothing to report" and "no such work here" are answers: they are accepted or sent back.
    _S.NIL: frozenset({_S.ANSWERED, _S.DONE, _S.RETURNED}),
    _S.DECLINED: frozenset({_S.DONE, _S.RETURNED}),
    _S.RETURNED: frozenset({_S.UNDER_WAY, _S.ANSWERED, _S.NIL, _S.DECLINED}),
    # Opened again only from above.
    _S.DONE: frozenset({_S.RETURNED}),
}

# An answer is still waited for: only these can be late.
WAITED_FOR = frozenset({_S.SENT, _S.ACKNOWLEDGED, _S.UNDER_WAY, _S.RETURNED})
# An answer is there, to be looked at from above.
ANSWERS = frozenset({_S.ANSWERED, _S.NIL, _S.DECLINED})


def check_assignment_move(state: str, to: AssignmentState) -> None:
    """Refuse unless a task in this state may go to that one."""
    check_next(_NEXT, AssignmentState(state), to, words="งานนี้อยู่ใน", code="wrong_task_state")


def may_follow(state: str) -> frozenset[AssignmentState]:
    """สถานะถัดไปที่เป็นไปได้."""
    return _NEXT[AssignmentState(state)]


def is_late(state: str, due_on: date | None, *, today: date) -> bool:
    """เลยกำหนด: an answer is still waited for after its day; the day itself is not late."""
    return due_on is not None and due_on < today and AssignmentState(state) in WAITED_FOR


class RemarkKind(models.TextChoices):
    """ชนิดของข้อความในเรื่อง: what was said about a task, by whom it was asked or answered."""

    ACKNOWLEDGED = "acknowledged", "รับทราบ"
    BEGUN = "begun", "เริ่มดำเนินการ"
    QUESTION = "question", "หารือ"
    REPLY = "reply", "ตอบข้อหารือ"
    ANSWER = "answer", "ส่งผล"
    NIL = "nil", "รายงานไม่มีผล"
    DECLINE = "decline", "แจ้งไม่มีภารกิจ"
    RETURN = "return", "ส่งกลับให้แก้ไข"
    ACCEPT = "accept", "รับรองผล"
    TIME_ASKED = "time_asked", "ขอขยายเวลา"
    TIME_GRANTED = "time_granted", "อนุญาตให้ขยายเวลา"
    TIME_REFUSED = "time_refused", "ไม่อนุญาตให้ขยายเวลา"
    HANDED_ON = "handed_on", "มอบกอง"
    CHASED = "chased", "เร่งรัด"
    NOTE = "note", "บันทึก"


class ExtensionState(models.TextChoices):
    """สถานะของการขอขยายเวลา; a general extension is granted from above without being asked for."""

    ASKED = "asked", "รอพิจารณา"
    GRANTED = "granted", "อนุญาต"
    REFUSED = "refused", "ไม่อนุญาต"


_NEXT_EXTENSION: dict[ExtensionState, frozenset[ExtensionState]] = {
    ExtensionState.ASKED: frozenset({ExtensionState.GRANTED, ExtensionState.REFUSED}),
    ExtensionState.GRANTED: frozenset(),
    ExtensionState.REFUSED: frozenset(),
}


def check_extension_move(state: str, to: ExtensionState) -> None:
    check_next(
        _NEXT_EXTENSION,
        ExtensionState(state),
        to,
        words="คำขอขยายเวลานี้อยู่ใน",
        code="wrong_extension_state",
    )


class CountsFrom(models.TextChoices):
    """เริ่มนับจาก: what a relative deadline waits for, where it is each receiver's own day."""

    FIXED = "", "วันที่แน่นอนหรือไม่กำหนด"
    RECEIPT = "receipt", "วันที่ลงรับหนังสือ"
