"""What was sent: each report as its version says, and what changed since it was accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.reports.models import Proposal, Question, Report, Round, SentReport
from thamthan.reports.queries.doors import reports_of_round, reports_seen_by
from thamthan.reports.queries.overviews import Overview
from thamthan.reports.rules import (
    AnswerStanding,
    QuestionKind,
    ReportState,
    TableColumn,
    TableRow,
    cell_words,
    column_heading,
    columns_of,
    is_counted,
    rows_of,
)

# What of an answer a reader sees; where it came from is no change of it.
_SEEN = ("standing", "value_milli", "of_milli", "text", "rows")


@dataclass(frozen=True, slots=True)
class CellTold:
    """ช่องของตารางที่ส่ง: its words, and what they were where they changed (None: as they were)."""

    heading: str
    words: str
    is_counted: bool
    was: str | None = None


@dataclass(frozen=True, slots=True)
class RowTold:
    """แถวของตารางที่ส่ง; `change` since the accepted version: added, changed, removed, or nothing."""

    cells: tuple[CellTold, ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """คำตอบหนึ่งข้อ as it was sent, and as it was when a version was accepted before."""

    question: Question
    told: Mapping[str, Any]
    before: Mapping[str, Any] | None = None

    @property
    def is_changed(self) -> bool:
        """Whether a reader of the accepted version sees something else here now."""
        if self.before is None:
            return False
        return any(self.told.get(name) != self.before.get(name) for name in _SEEN)

    @property
    def standing(self) -> str:
        return str(self.told.get("standing", AnswerStanding.BLANK))

    @property
    def warned(self) -> list[Mapping[str, Any]]:
        """คำเตือนของตัวเลขนี้, each with whether whoever filled it in was sure."""
        return list(self.told.get("warned", ())) if self.standing == AnswerStanding.GIVEN else []

    @property
    def table(self) -> list[RowTold]:
        """แถวของตาราง as they were sent; beside an accepted version also what is gone since."""
        if self.question.kind != QuestionKind.TABLE:
            return []
        columns = columns_of(self.question.columns)
        now = rows_of(self.told.get("rows", ()))
        if self.before is None:
            return [_row_told(columns, row, row) for row in now]
        old = {row.key: row for row in rows_of(self.before.get("rows", ()))}
        told = [_row_told(columns, row, old.get(row.key)) for row in now]
        gone = [row for key, row in old.items() if key not in {one.key for one in now}]
        return told + [replace(_row_told(columns, row, row), change="removed") for row in gone]


def _row_told(columns: tuple[TableColumn, ...], row: TableRow, before: TableRow | None) -> RowTold:
    cells = []
    for column in columns:
        words = cell_words(column, row.cells.get(column.key))
        was = cell_words(column, before.cells.get(column.key)) if before is not None else words
        cells.append(
            CellTold(
                column_heading(column), words, is_counted(column), was if was != words else None
            )
        )
    if before is None:
        return RowTold(tuple(cells), "added")
    return RowTold(tuple(cells), "changed" if any(one.was is not None for one in cells) else "")


@dataclass(frozen=True, slots=True)
class SentLine:
    """รายงานของหน่วยงานหนึ่งที่รอพิจารณา: how much of it is new since it was last accepted."""

    report: Report
    version: SentReport | None
    changed: int
    is_first: bool

    @property
    def is_unchanged(self) -> bool:
        """Sent again without any change: nothing needs to be looked at anew."""
        return not self.is_first and self.changed == 0


def sent_version(post: Post, report: Report, number: int | None = None) -> SentReport:
    """ฉบับที่ส่งแล้ว, the last or that number; of a report that this post sees."""
    if not reports_seen_by(post).filter(pk=report.pk).exists():
        raise NotFound("ไม่พบรายงานนี้")
    versions = SentReport.objects.filter(report=report)
    found = (versions.filter(number=number) if number else versions.order_by("-number")).first()
    if found is None:
        raise NotFound("รายงานนี้ยังไม่ได้ส่ง")
    return found


def answer_lines(
    post: Post, version: SentReport, *, before: SentReport | None = None
) -> list[AnswerLine]:
    """คำตอบทุกข้อของฉบับที่ส่ง, in the order of the form; beside them those of another version."""
    return _lines(version.report, version.content, before)


def proposal_lines(
    post: Post, proposal: Proposal, *, before: SentReport | None = None
) -> list[AnswerLine]:
    """คำตอบทุกข้อของรายงานที่เสนอให้เห็นชอบ; the proposal came through a door already."""
    return _lines(proposal.report, proposal.content, before)


def _lines(
    report: Report, content: Mapping[str, Any], before: SentReport | None
) -> list[AnswerLine]:
    told = content["answers"]
    earlier = before.content["answers"] if before is not None else None
    return [
        AnswerLine(
            question,
            told.get(question.key, {"standing": AnswerStanding.BLANK}),
            None if earlier is None else earlier.get(question.key, {}),
        )
        for question in report.round.questions.select_related("directive", "indicator")
    ]


def accepted_version(
    post: Post, report: Report, *, beside: SentReport | None = None
) -> SentReport | None:
    """ฉบับที่รับรองไว้, which stands in the totals; none where none was accepted yet.

    To be read `beside` another version: none where it is that one itself.
    """
    if report.accepted_number is None:
        return None
    if beside is not None and beside.number == report.accepted_number:
        return None
    return sent_version(post, report, report.accepted_number)


def reports_to_judge(
    post: Post, round_: Round, *, overview: Overview | None = None
) -> list[SentLine]:
    """รายงานที่รอพิจารณา by this post's house, who came first stands first.

    Of what the overview has in hand, where it was asked for already.
    """
    house = house_of(post)
    if overview is not None and overview.in_hand is not None:
        mine = (one for one in overview.in_hand if one.giver_id == house.pk)
        waiting = [one for one in mine if one.state == ReportState.SUBMITTED and one.sent_at]
        waiting.sort(key=lambda one: (one.sent_at, one.pk))
        return list(_sent_lines(waiting, overview.versions))
    seen = reports_of_round(post, round_) if overview is None else overview.reports
    waiting = list(seen.filter(giver=house, state=ReportState.SUBMITTED).order_by("sent_at", "pk"))
    versions = {
        (each.report_id, each.number): each
        for each in SentReport.objects.filter(report__in=waiting)
    }
    return list(_sent_lines(waiting, versions))


def _sent_lines(
    reports: list[Report], versions: Mapping[tuple[int, int], SentReport]
) -> Iterator[SentLine]:
    for report in reports:
        now = versions.get((report.pk, report.sent_number))
        before = versions.get((report.pk, report.accepted_number or 0))
        yield SentLine(report, now, _changed(now, before), before is None)


def _changed(now: SentReport | None, before: SentReport | None) -> int:
    """How many answers a reader would find changed."""
    if now is None or before is None:
        return 0
    if now.is_nil != before.is_nil:
        return len(now.content["answers"]) or 1
    new, old = now.content["answers"], before.content["answers"]
    return sum(
        any(new.get(key, {}).get(name) != old.get(key, {}).get(name) for name in _SEEN)
        for key in new.keys() | old.keys()
    )
