"""The sentences of notices of reports: of one that repeats, and of one that waits for agreement."""

from dataclasses import dataclass
from datetime import date, datetime

from thamthan.notices.rules.telling import NoticeKind
from thamthan.notices.rules.words import MOST_TITLE, cut, due_words, quoted, rung_words, span_words
from thamthan.reports.rules import END_OF_DAY

_K = NoticeKind


@dataclass(frozen=True, slots=True)
class ReportNamed:
    """รายงานฉบับหนึ่งตามที่เรียก: `number` is nought of what is asked once; due in local time."""

    title: str
    number: int
    giver: str
    due_at: datetime | None

    @property
    def name(self) -> str:
        return f"รายงานงวดที่ {self.number}" if self.number else "รายงาน"

    @property
    def then(self) -> str:
        """As it is called where words follow: after a figure Thai leaves a space."""
        return f"{self.name} " if self.number else self.name

    @property
    def due(self) -> str:
        """กำหนด; the last second of a day is that day."""
        if self.due_at is None:
            return ""
        at = self.due_at.time()
        return due_words(self.due_at.date(), None if at == END_OF_DAY else at)

    def ended(self, words: str) -> str:
        return f"{words}: {cut(self.title, MOST_TITLE)}"


def round_opened_words(report: ReportNamed) -> str:
    """เปิดรับรายงานงวดใหม่, to whom and by when."""
    to = f" ส่ง{report.giver}" if report.giver else ""
    due = f" ภายใน {report.due}" if report.due else ""
    return report.ended(f"เปิดรับ{report.name}{to}{due}")


def report_due_words(kind: NoticeKind, report: ReportNamed, *, is_returned: bool) -> str:
    """ขั้นของการเตือนของรายงาน; what was sent back is still to be sent mended."""
    waits = f"{report.then}ที่ถูกส่งกลับ ยังไม่ได้ส่งใหม่" if is_returned else f"ยังไม่ส่ง{report.name}"
    to = f" ให้{report.giver}" if report.giver else ""
    return report.ended(f"{rung_words(kind, report.due)} {waits}{to}")


def late_reports_words(report: ReportNamed, *, first: date, last: date, count: int) -> str:
    """รายงานของหน่วยงานที่เลยกำหนด, for whoever judges them."""
    late = f"{count:,} แห่ง เลยกำหนด {span_words(first, last)}"
    return report.ended(f"ยังไม่ส่ง{report.name} {late}")


def report_said_words(kind: NoticeKind, report: ReportNamed, *, said: str = "") -> str:
    """ส่งกลับให้แก้ไข หรือรับรองแล้ว."""
    begun = {
        _K.RETURNED: f"{report.giver} ส่ง{report.then}กลับให้แก้ไข",
        _K.ACCEPTED: f"{report.giver} รับรอง{report.then}แล้ว",
    }[kind]
    return report.ended(f"{begun}{quoted(said)}")


def proposal_words(kind: NoticeKind, report: ReportNamed, *, who: str = "", said: str = "") -> str:
    """รายงานที่เสนอให้เห็นชอบ: that it waits, or what became of it. `who` proposed it."""
    due = f" ภายใน {report.due}" if report.due else ""
    begun = {
        _K.PROPOSED: f"{who} เสนอ{report.then}ให้ท่านเห็นชอบ ต้องส่ง{report.giver}{due}",
        _K.NOT_AGREED: f"ให้แก้ไข{report.then}ก่อนเห็นชอบ",
        _K.AGREED: f"เห็นชอบและส่ง{report.then}ให้{report.giver}แล้ว",
    }[kind]
    return report.ended(f"{begun}{quoted(said)}")
