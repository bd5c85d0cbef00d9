"""What a board may be asked for: which tasks it shows, in which order, what a map colours."""

from django.db import models

from thamthan.directives.rules.states import WAITED_FOR, AssignmentState


class Show(models.TextChoices):
    """งานที่ให้แสดงบนกระดาน: all that was given, or those alone that somebody should look after."""

    ALL = "all", "ทั้งหมด"
    WAITING = "waiting", "ยังไม่ส่ง"
    UNRECEIVED = "unreceived", "ยังไม่รับ"
    UNSTARTED = "unstarted", "ยังไม่เริ่ม"
    LATE = "late", "เลยกำหนด"
    RETURNED = "returned", "ส่งกลับ"


class Sort(models.TextChoices):
    """ลำดับของกระดาน: the dictionary's, or whoever is furthest behind first."""

    NAME = "name", "ตามชื่อ"
    WAITING = "waiting", "ค้างมากก่อน"
    LATE = "late", "เลยกำหนดมากก่อน"


class MapFigure(models.TextChoices):
    """ค่าที่แผนที่ระบายสี: each with the n of m that it is made of."""

    ANSWERED = "answered", "ร้อยละที่ส่งแล้ว"
    LATE = "late", "เลยกำหนด"
    UNRECEIVED = "unreceived", "ยังไม่รับ"
    DAYS = "days", "วันที่ค้างนานที่สุด"


_S = AssignmentState
# Late is a matter of the day as well; everything else is one of these states.
STATES_SHOWN: dict[Show, frozenset[AssignmentState]] = {
    Show.ALL: frozenset(_S),
    Show.WAITING: WAITED_FOR,
    Show.UNRECEIVED: frozenset({_S.SENT}),
    Show.UNSTARTED: frozenset({_S.SENT, _S.ACKNOWLEDGED}),
    Show.LATE: WAITED_FOR,
    Show.RETURNED: frozenset({_S.RETURNED}),
}
