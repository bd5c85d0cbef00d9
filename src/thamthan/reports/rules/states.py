"""States of a report, the kinds of questions, and how each answer is added up."""

from datetime import datetime, time

from django.db import models

from thamthan.letters.rules.moves import check_next


class ReportState(models.TextChoices):
    """สถานะของรายงาน; late and not yet due are no states: they are the day beside one."""

    OPEN = "open", "ยังไม่ส่ง"
    SUBMITTED = "submitted", "ส่งแล้ว"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    ACCEPTED = "accepted", "รับรองแล้ว"


_NEXT: dict[ReportState, frozenset[ReportState]] = {
    ReportState.OPEN: frozenset({ReportState.SUBMITTED}),
    # What was sent may be mended by its house till it is judged.
    ReportState.SUBMITTED: frozenset(
        {ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED}
    ),
    ReportState.RETURNED: frozenset({ReportState.SUBMITTED}),
    # Opened again only from above; what was accepted stands in every total till then.
    ReportState.ACCEPTED: frozenset({ReportState.RETURNED}),
}
# The house still writes.
WRITABLE = frozenset({ReportState.OPEN, ReportState.RETURNED, ReportState.SUBMITTED})
# An answer of the house is waited for.
OWED = frozenset({ReportState.OPEN, ReportState.RETURNED})


def check_report_move(state: str, to: ReportState) -> None:
    """Refuse unless a report in this state may go to that one."""
    check_next(_NEXT, ReportState(state), to, words="รายงานนี้อยู่ใน", code="wrong_report_state")


# The minute after which a report is late, where the letter names a day alone.
END_OF_DAY = time(23, 59, 59)


class Due(models.TextChoices):
    """รายงานอยู่ตรงไหนของกำหนด: told from its state and the clock."""

    NOT_YET = "not_yet", "ยังไม่เปิดรับ"
    DUE = "due", "รอส่ง"
    OVERDUE = "overdue", "เลยกำหนด"
    ON_TIME = "on_time", "ส่งทันกำหนด"
    LATE = "late", "ส่งช้า"


def due_of(
    *,
    state: str,
    opens_at: datetime | None,
    due_at: datetime | None,
    first_sent_at: datetime | None,
    now: datetime,
) -> Due:
    """สถานะตามกำหนด: a report sent in time and sent back stays in time; the due minute counts."""
    if first_sent_at is not None:
        return Due.LATE if due_at is not None and first_sent_at > due_at else Due.ON_TIME
    if due_at is not None and now > due_at:
        return Due.OVERDUE
    if opens_at is not None and now < opens_at:
        return Due.NOT_YET
    return Due.DUE


class QuestionKind(models.TextChoices):
    """ชนิดของคำถาม."""

    NUMBER = "number", "จำนวน"
    SHARE = "share", "ร้อยละ (ตัวตั้งและตัวหาร)"
    MONEY = "money", "จำนวนเงิน (บาท)"
    TEXT = "text", "ข้อความ"
    TABLE = "table", "ตาราง"
    PROJECTS = "projects", "รายการโครงการ"
    EVIDENCE = "evidence", "ภาพและหลักฐาน"


# What is counted, and so stands in totals.
COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.SHARE, QuestionKind.MONEY})

# What the system lists; a person leaves out, or adds a note.
LISTED = frozenset({QuestionKind.PROJECTS, QuestionKind.EVIDENCE})


class Adding(models.TextChoices):
    """วิธีรวม over places or over periods; a percentage is never summed."""

    SUM = "sum", "รวมกัน"
    MAX = "max", "ค่าสูงสุด"
    LATEST = "latest", "ค่าล่าสุด"
    SHARE = "share", "ร้อยละจากตัวตั้งและตัวหาร"
    LIST = "list", "เรียงเป็นรายการ"
    TEXT = "text", "เรียบเรียงเป็นข้อความ"


class Each(models.TextChoices):
    """ถามกี่ครั้ง: once, or once for every clause of that kind, or for every indicator of clauses."""

    ONCE = "once", "ครั้งเดียว"
    PILLAR = "pillar", "ทุกด้าน (ข้อใหญ่)"
    LEAF = "leaf", "ทุกข้อย่อย"
    INDICATOR = "indicator", "ทุกตัวชี้วัดของข้อสั่งการ"


class Fill(models.TextChoices):
    """เติมจากอะไร: what the system already knows of the answer."""

    NOTHING = "nothing", "ผู้รายงานกรอก"
    INDICATOR = "indicator", "ผลตัวชี้วัดของโครงการ"
    PROJECTS = "projects", "โครงการที่ตอบข้อนี้"
    PROJECT_COUNT = "project_count", "จำนวนโครงการ"
    PLANNED = "planned", "งบประมาณตามแผน"
    APPROVED = "approved", "งบประมาณที่อนุมัติ"
    COMMITTED = "committed", "ก่อหนี้ผูกพัน"
    PAID = "paid", "เบิกจ่าย"
    PEOPLE = "people", "ผู้รับประโยชน์ (คน)"
    HOUSEHOLDS = "households", "ผู้รับประโยชน์ (ครัวเรือน)"
    RESULTS_TEXT = "results_text", "เรียบเรียงจากผล"
    EVIDENCE = "evidence", "หลักฐานที่ตรวจแล้ว"


class AnswerStanding(models.TextChoices):
    """สถานะของคำตอบ: not answered, answered (nought too), no figure, not applicable."""

    BLANK = "blank", "ยังไม่ตอบ"
    GIVEN = "given", "ตอบแล้ว"
    NONE = "none", "ไม่มีข้อมูล"
    NOT_APPLICABLE = "not_applicable", "ไม่เกี่ยวข้อง"
