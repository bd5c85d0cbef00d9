"""States of a project, a request and a piece of evidence; kinds of a plan and of a place."""

from django.db import models

from thamthan.letters.rules.moves import check_next


class PlanShape(models.TextChoices):
    """รูปแบบของแผน: by strategies with indicators (2566–2570), or by issues without (2571–2575)."""

    STRATEGY = "strategy", "ยุทธศาสตร์ (พ.ศ. 2566–2570)"
    ISSUE = "issue", "ประเด็นการพัฒนา (พ.ศ. 2571–2575)"


class PlanForm(models.TextChoices):
    """แบบของแผน: the table a row stands in."""

    P02 = "p02", "ผ.02"
    P02_1 = "p02_1", "ผ.02/1"
    P02_2 = "p02_2", "ผ.02/2"
    P03 = "p03", "ผ.03"


class PlanMode(models.TextChoices):
    """การจัดทำแผน: of the first making, or added, changed or corrected since."""

    FIRST = "first", "ฉบับแรก"
    ADDED = "added", "เพิ่มเติม"
    CHANGED = "changed", "เปลี่ยนแปลง"
    CORRECTED = "corrected", "แก้ไข"


class PlanStanding(models.TextChoices):
    """โครงการอยู่ตรงไหนของแผน: decides the channel and the earliest day of any money."""

    ORDINANCE = "ordinance", "อยู่ในแผนและข้อบัญญัติแล้ว"
    PLAN = "plan", "อยู่ในแผน ยังไม่มีงบประมาณ"
    NONE = "none", "ยังไม่อยู่ในแผน ต้องเพิ่มเติมแผน"
    ROUTINE = "routine", "กิจกรรมในงานประจำ ไม่ต้องทำโครงการ"


class ProjectState(models.TextChoices):
    """สถานะของโครงการ."""

    DRAFT = "draft", "กำลังเขียน"
    APPROVED = "approved", "อนุมัติแล้ว"
    UNDER_WAY = "under_way", "กำลังดำเนินการ"
    FINISHED = "finished", "แล้วเสร็จ"
    CANCELLED = "cancelled", "ยกเลิก"


_NEXT_PROJECT: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.DRAFT: frozenset({ProjectState.APPROVED, ProjectState.CANCELLED}),
    ProjectState.APPROVED: frozenset({ProjectState.UNDER_WAY, ProjectState.CANCELLED}),
    ProjectState.UNDER_WAY: frozenset({ProjectState.FINISHED, ProjectState.CANCELLED}),
    # Something was left after all: the work goes on, and history keeps both days.
    ProjectState.FINISHED: frozenset({ProjectState.UNDER_WAY}),
    ProjectState.CANCELLED: frozenset(),
}
# What upper levels and the public may see: a draft is the house's own.
SHOWN_STATES = (ProjectState.APPROVED, ProjectState.UNDER_WAY, ProjectState.FINISHED)
# Neither finished nor given up.
LIVE_STATES = (ProjectState.DRAFT, ProjectState.APPROVED, ProjectState.UNDER_WAY)


def check_project_move(state: str, to: ProjectState) -> None:
    """Refuse unless a project in this state may go to that one."""
    check_next(_NEXT_PROJECT, ProjectState(state), to, words="โครงการนี้", code="wrong_project_state")


def next_project_states(state: str) -> frozenset[ProjectState]:
    """สถานะที่ไปต่อได้."""
    return _NEXT_PROJECT[ProjectState(state)]


class RequestState(models.TextChoices):
    """สถานะของคำขอรับการสนับสนุนงบประมาณ."""

    PREPARING = "preparing", "กำลังเตรียม"
    SUBMITTED = "submitted", "ยื่นแล้ว รอผล"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    GRANTED = "granted", "ได้รับอนุมัติ"
    REFUSED = "refused", "ไม่ได้รับอนุมัติ"
    WITHDRAWN = "withdrawn", "ถอนคำขอ"


_NEXT_REQUEST: dict[RequestState, frozenset[RequestState]] = {
    RequestState.PREPARING: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.SUBMITTED: frozenset(
        {
            RequestState.RETURNED,
            RequestState.GRANTED,
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.RETURNED: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.GRANTED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


def check_request_move(state: str, to: RequestState) -> None:
    """Refuse unless a request in this state may go to that one."""
    check_next(_NEXT_REQUEST, RequestState(state), to, words="คำขอนี้", code="wrong_request_state")


class EvidenceKind(models.TextChoices):
    """ชนิดของหลักฐาน: photographs by their time, papers, links."""

    BEFORE = "before", "ภาพก่อนทำ"
    DURING = "during", "ภาพระหว่างทำ"
    AFTER = "after", "ภาพหลังทำ"
    PAPER = "paper", "เอกสาร"
    LINK = "link", "ลิงก์"


class EvidenceState(models.TextChoices):
    """สถานะของหลักฐาน: what someone other than its author said of it."""

    WAITING = "waiting", "รอตรวจ"
    ADEQUATE = "adequate", "เพียงพอ"
    SENT_BACK = "sent_back", "ส่งกลับ"
    WITHDRAWN = "withdrawn", "ถอนออก"


class PlaceKind(models.TextChoices):
    """ชนิดของสถานที่."""

    VILLAGE = "village", "หมู่บ้าน"
    POINT = "point", "จุด"
    AREA = "area", "พื้นที่"


class AddingUp(models.TextChoices):
    """วิธีรวมผลของหลายงวด: percentages and averages are never summed."""

    SUM = "sum", "รวมกัน"
    LATEST = "latest", "ใช้ค่าล่าสุด"
    MAX = "max", "ใช้ค่าสูงสุด"
    SHARE = "share", "ร้อยละจากตัวตั้งและตัวหาร"


class ResultStanding(models.TextChoices):
    """สถานะของผล: a number (nought too), no figure, or not applicable. No row is “not sent”."""

    MEASURED = "measured", "มีผล"
    NONE = "none", "ไม่มีข้อมูล"
    NOT_APPLICABLE = "not_applicable", "ไม่เกี่ยวข้อง"
