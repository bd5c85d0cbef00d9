"""The demo's reports: one that came and was accepted, one of nothing, the others still owed."""

from typing import TYPE_CHECKING
from uuid import uuid4

from thamthan.reports.actions import (
    Given,
    accept_reports,
    fill_report,
    save_answers,
    submit_nil_report,
    submit_report,
)
from thamthan.reports.queries import form_lines, own_reports, report_for
from thamthan.reports.rules import AnswerStanding, QuestionKind

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.reports.models import Report
    from thamthan.reports.queries import FormLine

_TOLD = "จัดตลาดชุมชนทุกวันศุกร์ มีผู้ขาย 24 ราย\nฝึกอาชีพแปรรูปตาลโตนดให้กลุ่มแม่บ้าน 35 คน"
_NUMBERS = {"โครงการ": 2_000, "บาท": 185_000_000, "คน": 240_000, "ครัวเรือน": 75_000}


def seed_reports(posts: dict[str, "Post"]) -> int:
    """ใส่รายงานสาธิต once, of two of the district's houses; gives how many were sent."""
    sender, other, district = posts["somsak"], posts["kanya"], posts["phonthip"]
    owed, none = own_reports(sender).first(), own_reports(other).first()
    if owed is None or none is None or owed.sent_number:
        return 0
    _sent(owed, sender)
    submit_nil_report(
        none,
        by=other,
        seen_version=none.version,
        press=uuid4(),
        why="อยู่ระหว่างเสนอของบประมาณ ยังไม่มีผลในงวดนี้",
    )
    accept_reports([report_for(district, owed.pk)], by=district)
    return 2


def _sent(report: "Report", by: "Post") -> None:
    fill_report(report, by=by)
    lines = [line for line in form_lines(by, report) if line.standing == AnswerStanding.BLANK]
    answers = {
        line.question.key: _given(line)
        for line in lines
        if line.question.kind in {QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.MONEY}
        and (line.question.is_required or line.question.unit in _NUMBERS)
    }
    saved, _ = save_answers(report, answers, by=by)
    sure_of = [doubt.key for line in form_lines(by, saved) for doubt, _ in line.doubts]
    submit_report(saved, by=by, seen_version=saved.version, press=uuid4(), sure_of=sure_of)


def _given(line: "FormLine") -> Given:
    if line.question.kind == QuestionKind.TEXT:
        return Given(AnswerStanding.GIVEN, 0, text=_TOLD)
    return Given(AnswerStanding.GIVEN, 0, _NUMBERS.get(line.question.unit, 1_000))
