"""/funding-requests: channels that fit a project, and the house's requests for its money."""

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from thamthan.api.kinds import Key
from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS, Problem
from thamthan.api.tokens import ApiRequest
from thamthan.projects.actions import (
    Decision,
    give_paper,
    grant_request,
    open_request,
    refuse_request,
    return_request,
    submit_request,
)
from thamthan.projects.queries import (
    channel_fits,
    channel_for,
    own_requests,
    project_for,
    request_for,
    request_paper_for,
    request_sheet,
)
from thamthan.projects.rules import BahtRead, RequestState, Verdict

if TYPE_CHECKING:
    from thamthan.projects.models import FundingRequest
    from thamthan.projects.queries import ChannelFit

router = Router(tags=["funding"])
Satang = Annotated[int, Field(gt=0, le=10**15)]


class FitOut(Schema):
    """แหล่งเงินหนึ่งแห่งกับโครงการ: the verdict and what it rests on; unverified rules say so."""

    code: str
    name: str
    verdict: Verdict
    reasons: list[str]
    against: list[str]
    missing: list[str]
    papers: list[str] = Field(description="papers that no request of the project has yet")
    money_on: date | None = Field(description="the first day possible; a floor and no promise")
    money_words: str
    is_verified: bool
    unverified: str
    request_id: int | None


class FitsOut(Schema):
    """แหล่งเงินทุกแห่ง, the best first."""

    items: list[FitOut]


class PaperOut(Schema):
    id: int
    name: str
    is_required: bool
    file_name: str
    waived_why: str


class RequestOut(Schema):
    """คำขอหนึ่งคำขอ."""

    id: int
    ref: str
    project_id: int
    project: str
    channel: str
    channel_name: str
    be_year: int
    state: RequestState
    asked_satang: int | None
    granted_satang: int | None
    submitted_on: date | None
    decided_on: date | None
    decision_words: str
    version: int


class RequestSheetOut(RequestOut):
    """คำขอ with its papers, what is missing before it may go out, and what is worth a warning."""

    papers: list[PaperOut]
    missing: list[str]
    warnings: list[str]


class RequestPage(Schema):
    items: list[RequestOut]
    count: int
    page: int
    page_size: int


class RequestsWanted(PageWanted):
    """What to look for; every condition that is given must hold."""

    state: RequestState | None = None
    channel: str | None = Field(None, max_length=40)
    project_id: int | None = Field(None, ge=1, le=2**63 - 1)


class RequestIn(Schema):
    """เริ่มคำขอ: the fiscal year is that of the earliest money where none is given."""

    channel: str = Field(max_length=40)
    asked_satang: Satang | None = None
    be_year: int | None = Field(None, ge=2500, le=2700)


class SubmissionIn(Schema):
    on: date
    version: int = Field(ge=0, description="the version that was looked at; else changed_meanwhile")


class Outcome(Enum):
    """ผลการพิจารณา as the answering letter says."""

    GRANTED = "granted"
    RETURNED = "returned"
    REFUSED = "refused"


class DecisionIn(Schema):
    outcome: Outcome
    on: date
    words: str = Field("", max_length=4000)
    granted_satang: Satang | None = None
    version: int = Field(ge=0)
    sure_of: list[str] = Field(
        [], max_length=20, description="marks of the doubts that were confirmed (unsure)"
    )


@router.get("/projects/{project_id}/funding-channels", response={200: FitsOut, **PROBLEMS})
def list_fitting_channels(request: ApiRequest, project_id: Key) -> FitsOut:
    """แหล่งเงินที่เหมาะกับโครงการ, every one with its verdict."""
    project = project_for(request.auth, project_id)
    return FitsOut(items=[_fit(one) for one in channel_fits(request.auth, project)])


@router.post("/projects/{project_id}/funding-requests", response={201: RequestSheetOut, **PROBLEMS})
def begin_request(
    request: ApiRequest, project_id: Key, given: RequestIn
) -> Status[RequestSheetOut]:
    """เริ่มคำขอ: one that is there already is refused with its id (request_there)."""
    row = open_request(
        project_for(request.auth, project_id),
        channel_for(request.auth, given.channel),
        by=request.auth,
        asked_satang=given.asked_satang,
        be_year=given.be_year,
    )
    return Status(201, _sheet(request, row.pk))


@router.get("/funding-requests", response={200: RequestPage, **PROBLEMS})
def list_requests(request: ApiRequest, wanted: Query[RequestsWanted]) -> RequestPage:
    """คำขอของหน่วยงาน, the newest first."""
    rows = own_requests(request.auth)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.channel is not None:
        rows = rows.filter(channel__code=wanted.channel)
    if wanted.project_id is not None:
        rows = rows.filter(project=wanted.project_id)
    found, told = page_of(rows, wanted)
    return RequestPage(items=[RequestOut.model_validate(_told(one)) for one in found], **told)


@router.get("/funding-requests/{request_id}", response={200: RequestSheetOut, **PROBLEMS})
def get_request(request: ApiRequest, request_id: Key) -> RequestSheetOut:
    """คำขอหนึ่งคำขอ."""
    return _sheet(request, request_id)


@router.post(
    "/funding-requests/{request_id}/papers/{paper_id}",
    response={200: RequestSheetOut, **PROBLEMS, 413: Problem, 415: Problem},
)
def upload_paper(
    request: ApiRequest, request_id: Key, paper_id: Key, file: File[UploadedFile]
) -> RequestSheetOut:
    """แนบเอกสาร: a file for one paper of the list, in place of the one before."""
    row = request_for(request.auth, request_id)
    paper = request_paper_for(request.auth, row, paper_id)
    name = file.name or "เอกสาร"
    give_paper(row, paper.pk, by=request.auth, name=name, content=file.read())
    return _sheet(request, request_id)


@router.post(
    "/funding-requests/{request_id}/submission", response={200: RequestSheetOut, **PROBLEMS}
)
def submit(request: ApiRequest, request_id: Key, given: SubmissionIn) -> RequestSheetOut:
    """ยื่นคำขอ: refused with the list of what is missing (request_incomplete)."""
    row = request_for(request.auth, request_id)
    submit_request(row, by=request.auth, on=given.on, seen_version=given.version)
    return _sheet(request, request_id)


@router.post("/funding-requests/{request_id}/decision", response={200: RequestSheetOut, **PROBLEMS})
def decide(request: ApiRequest, request_id: Key, given: DecisionIn) -> RequestSheetOut:
    """บันทึกผลการพิจารณา: granted money becomes a line of the house's budget, once."""
    row = request_for(request.auth, request_id)
    decision = Decision(given.on, given.words)
    by, seen = request.auth, given.version
    if given.outcome == Outcome.GRANTED:
        grant_request(
            row,
            decision,
            by=by,
            granted=BahtRead(given.granted_satang or 0),
            seen_version=seen,
            sure_of=given.sure_of,
        )
    elif given.outcome == Outcome.RETURNED:
        return_request(row, decision, by=by, seen_version=seen)
    else:
        refuse_request(row, decision, by=by, seen_version=seen)
    return _sheet(request, request_id)


def _fit(line: "ChannelFit") -> FitOut:
    fit = line.fit
    return FitOut(
        code=line.row.code,
        name=line.row.name,
        verdict=fit.verdict,
        reasons=list(fit.reasons),
        against=list(fit.against),
        missing=[one.words for one in fit.missing],
        papers=[paper.name for paper in fit.papers],
        money_on=fit.money_on,
        money_words=fit.money_words,
        is_verified=line.row.is_verified,
        unverified=fit.doubt,
        request_id=line.request.pk if line.request is not None else None,
    )


def _told(row: "FundingRequest") -> dict[str, object]:
    return {
        "id": row.pk,
        "ref": str(row.ref),
        "project_id": row.project_id,
        "project": row.project.name,
        "channel": row.channel.code,
        "channel_name": row.channel.name,
        "be_year": row.be_year,
        "state": RequestState(row.state),
        "asked_satang": row.asked_satang,
        "granted_satang": row.granted_satang,
        "submitted_on": row.submitted_on,
        "decided_on": row.decided_on,
        "decision_words": row.decision_words,
        "version": row.version,
    }


def _sheet(request: ApiRequest, request_id: int) -> RequestSheetOut:
    row = request_for(request.auth, request_id)
    sheet = request_sheet(request.auth, row)
    papers = [
        PaperOut(
            id=paper.pk,
            name=paper.name,
            is_required=paper.is_required,
            file_name=paper.file_name,
            waived_why=paper.waived_why,
        )
        for paper in sheet.papers
    ]
    return RequestSheetOut.model_validate(
        _told(row)
        | {"papers": papers, "missing": list(sheet.missing), "warnings": list(sheet.warnings)}
    )
