"""/reports and /rounds: what a house owes and sends, what came and what it comes to."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from thamthan.api.kinds import Key, Number, Words, number_told
from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS
from thamthan.api.report_rows import (
    FigureDoubtOut,
    TableRowIn,
    TableRowOut,
    conflict_told,
    doubts_told,
    edit_of,
    rows_told,
)
from thamthan.api.tokens import ApiRequest
from thamthan.projects.rules import milli_of
from thamthan.reports.actions import (
    Given,
    accept_reports,
    fill_report,
    return_report,
    save_answers,
    submit_nil_report,
    submit_report,
)
from thamthan.reports.queries import (
    counted_questions,
    due_line,
    form_lines,
    missing_reports,
    own_reports,
    report_for,
    reported,
    round_for,
    rounds_seen_by,
    totals_of,
)
from thamthan.reports.rules import (
    AnswerStanding,
    Due,
    QuestionKind,
    ReportState,
    Sum,
    columns_of,
)

if TYPE_CHECKING:
    from thamthan.reports.models import Report, Round

router = Router(tags=["reports"])
MOST_MISSING = 500


class ReportOut(Schema):
    """รายงานของหน่วยงาน in one round."""

    id: int
    ref: str
    round: int
    title: str
    organisation: str = Field(description="code")
    giver: str = Field(description="code of whoever judges it")
    state: ReportState
    due: Due
    due_at: datetime | None
    is_nil: bool
    version: int = Field(description="to be sent back with a submission")
    sent_number: int
    accepted_number: int | None


class ReportsOut(Schema):
    items: list[ReportOut]
    count: int
    page: int
    page_size: int


class AnswerOut(Schema):
    """คำตอบหนึ่งข้อ, typed or as the system knows it this minute."""

    key: str
    heading: str
    text: str
    kind: QuestionKind
    unit: str
    is_required: bool
    standing: AnswerStanding
    value: Number
    of: Number
    words: str
    is_typed: bool
    version: int
    note: str
    rows: list[TableRowOut] = Field(description="of a table")
    doubts: list[FigureDoubtOut] = Field(description="what looks wrong about the number")


class FullReportOut(ReportOut):
    answers: list[AnswerOut]


class AnswerIn(Schema):
    """คำตอบที่กรอก: `seen_version` is that of the answer as it was read (0: nobody typed it)."""

    standing: AnswerStanding = AnswerStanding.GIVEN
    seen_version: int = Field(0, ge=0)
    value: Number
    of: Number
    words: Words = Field("", max_length=20_000)
    rows: list[TableRowIn] = Field(default_factory=list, max_length=200)
    left_out: list[int] = Field(default_factory=list, max_length=500)
    sure_of: list[str] = Field(default_factory=list, max_length=20)


class AnswersIn(Schema):
    answers: dict[str, AnswerIn] = Field(max_length=500)


class SavedOut(Schema):
    """ผลการบันทึก: conflicts stand as they were, with what another wrote there."""

    version: int
    conflicts: dict[str, str]


class SubmissionIn(Schema):
    """การส่ง: the same `press` again is the same sending; with `nil_why` there is no result."""

    seen_version: int
    press: UUID
    on_behalf: Words = Field("", max_length=300)
    nil_why: Words = Field("", max_length=2000)
    sure_of: list[str] = Field(default_factory=list, max_length=500)


class SubmissionOut(Schema):
    number: int
    sha256: str
    sent_at: datetime


class RoundOut(Schema):
    """รอบรายงาน with how many reported."""

    id: int
    ref: str
    order: int
    title: str
    number: int
    owed: int
    sent: int
    accepted: int
    nil: int
    overdue: int


class RoundsOut(Schema):
    items: list[RoundOut]
    count: int
    page: int
    page_size: int


class TotalOut(Schema):
    """ยอดรวมของคำถามหนึ่ง; null where nobody gave a number. A share has both its parts."""

    key: str
    heading: str
    text: str
    unit: str
    value: Number
    of: Number
    less: Number = Field(
        description="taken out of value: the same event, reported by two and counted once"
    )
    given: int
    none: int
    not_applicable: int


class TotalsOut(RoundOut):
    totals: list[TotalOut]
    missing: list[str] = Field(description="codes of those that have not reported, 500 at most")


class AcceptanceIn(Schema):
    """การรับรอง: the version that was looked at, by report."""

    seen: dict[int, int] = Field(min_length=1, max_length=500)


class AcceptanceOut(Schema):
    accepted: int


class ReturnIn(Schema):
    note: Words = Field("", max_length=2000)
    notes: dict[Words, Words] = Field(default_factory=dict, max_length=500)
    seen_number: int


def _told(request: ApiRequest, row: "Report") -> ReportOut:
    return ReportOut(
        id=row.pk,
        ref=str(row.ref),
        round=row.round_id,
        title=row.round.root.title,
        organisation=row.organisation.code,
        giver=row.giver.code,
        state=ReportState(row.state),
        due=due_line(request.auth, row, now=timezone.now()).due,
        due_at=row.due_at,
        is_nil=row.is_nil,
        version=row.version,
        sent_number=row.sent_number,
        accepted_number=row.accepted_number,
    )


@router.get("/reports", response={200: ReportsOut, **PROBLEMS})
def list_reports(request: ApiRequest, wanted: Query[PageWanted]) -> ReportsOut:
    """รายงานของหน่วยงานตน, the nearest due first."""
    rows, told = page_of(own_reports(request.auth), wanted)
    return ReportsOut(items=[_told(request, row) for row in rows], **told)


@router.get("/reports/{report_id}", response={200: FullReportOut, **PROBLEMS})
def get_report(request: ApiRequest, report_id: Key) -> FullReportOut:
    """รายงานของหน่วยงานตนหนึ่งฉบับ with every answer."""
    row = report_for(request.auth, report_id)
    answers = [
        AnswerOut(
            key=line.question.key,
            heading=line.question.heading,
            text=line.question.text,
            kind=QuestionKind(line.question.kind),
            unit=line.question.unit,
            is_required=line.question.is_required,
            standing=AnswerStanding(line.standing),
            value=number_told(line.value_milli),
            of=number_told(line.of_milli),
            words=line.text,
            is_typed=line.is_typed,
            version=line.version if line.is_typed else 0,
            note=line.note,
            rows=rows_told(line),
            doubts=doubts_told(line),
        )
        for line in form_lines(request.auth, row)
    ]
    return FullReportOut(**_told(request, row).dict(), answers=answers)


@router.put("/reports/{report_id}/answers", response={200: SavedOut, **PROBLEMS})
def put_answers(request: ApiRequest, report_id: Key, body: AnswersIn) -> SavedOut:
    """บันทึกคำตอบ, those that are named; where another wrote the same since, nothing is changed."""
    row = report_for(request.auth, report_id)
    fill_report(row, by=request.auth)
    columns = {one.key: columns_of(one.columns) for one in row.round.questions.filter(kind="table")}
    given = {
        key: Given(
            one.standing,
            one.seen_version,
            milli_of(one.value) if one.value is not None else None,
            milli_of(one.of, of="ตัวหาร") if one.of is not None else None,
            one.words,
            edits=tuple(edit_of(each, columns.get(key, ())) for each in one.rows),
            left_out=one.left_out,
            sure_of=one.sure_of,
        )
        for key, one in body.answers.items()
    }
    saved, conflicts = save_answers(row, given, by=request.auth)
    return SavedOut(
        version=saved.version,
        conflicts={one.question.key: conflict_told(one) for one in conflicts},
    )


@router.post("/reports/{report_id}/submission", response={200: SubmissionOut, **PROBLEMS})
def post_submission(request: ApiRequest, report_id: Key, body: SubmissionIn) -> SubmissionOut:
    """ส่งรายงาน, or report that there is no result."""
    row = report_for(request.auth, report_id)
    if body.nil_why:
        sent = submit_nil_report(
            row,
            by=request.auth,
            seen_version=body.seen_version,
            press=body.press,
            why=body.nil_why,
            on_behalf=body.on_behalf,
        )
    else:
        sent = submit_report(
            row,
            by=request.auth,
            seen_version=body.seen_version,
            press=body.press,
            on_behalf=body.on_behalf,
            sure_of=body.sure_of,
        )
    return SubmissionOut(number=sent.number, sha256=sent.sha256, sent_at=sent.sent_at)


@router.post("/reports/{report_id}/return", response={204: None, **PROBLEMS})
def post_return(request: ApiRequest, report_id: Key, body: ReturnIn) -> Status[None]:
    """ส่งรายงานกลับให้แก้ไข."""
    row = report_for(request.auth, report_id)
    return_report(
        row, by=request.auth, note=body.note, notes=body.notes, seen_number=body.seen_number
    )
    return Status(204, None)


def _round(request: ApiRequest, row: "Round") -> RoundOut:
    came = reported(request.auth, row, now=timezone.now())
    return RoundOut(
        id=row.pk,
        ref=str(row.ref),
        order=row.root_id,
        title=row.root.title,
        number=row.number,
        owed=came.owed,
        sent=came.sent,
        accepted=came.accepted,
        nil=came.nil,
        overdue=came.overdue,
    )


@router.get("/rounds", response={200: RoundsOut, **PROBLEMS})
def list_rounds(request: ApiRequest, wanted: Query[PageWanted]) -> RoundsOut:
    """รอบรายงานที่หน่วยงานรับและรวมผล."""
    rows, told = page_of(rounds_seen_by(request.auth), wanted)
    return RoundsOut(items=[_round(request, row) for row in rows], **told)


@router.get("/rounds/{round_id}", response={200: TotalsOut, **PROBLEMS})
def get_round(request: ApiRequest, round_id: Key) -> TotalsOut:
    """ยอดรวมของรอบหนึ่ง, with who has not reported."""
    post, row = request.auth, round_for(request.auth, round_id)
    totals = totals_of(post, row)
    missing = missing_reports(post, row).values_list("organisation__code", flat=True)
    told = []
    for question in counted_questions(post, row):
        one = totals.get(question.pk, Sum())
        is_share = question.kind == QuestionKind.SHARE
        told.append(
            TotalOut(
                key=question.key,
                heading=question.heading,
                text=question.text,
                unit=question.unit,
                value=number_told(one.value_milli(question.over_places)),
                of=number_told(one.of_milli) if is_share and one.given else None,
                less=number_told(one.less_milli) if one.less_milli else None,
                given=one.given,
                none=one.none,
                not_applicable=one.not_applicable,
            )
        )
    return TotalsOut(
        **_round(request, row).dict(), totals=told, missing=list(missing[:MOST_MISSING])
    )


@router.post("/rounds/{round_id}/acceptance", response={200: AcceptanceOut, **PROBLEMS})
def post_acceptance(request: ApiRequest, round_id: Key, body: AcceptanceIn) -> AcceptanceOut:
    """รับรองรายงาน, all of those named or none."""
    row = round_for(request.auth, round_id)
    reports = [report_for(request.auth, key) for key in body.seen]
    mine = [report for report in reports if report.round_id == row.pk]
    return AcceptanceOut(accepted=accept_reports(mine, by=request.auth, seen=body.seen))
