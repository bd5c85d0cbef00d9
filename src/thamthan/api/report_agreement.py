"""/reports/{id}/proposal: a report put up, agreed to, given back; and what a house wants of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from thamthan.api.kinds import Key, Words, moment_told
from thamthan.api.paging import PageWanted, page_of_lines
from thamthan.api.problems import PROBLEMS
from thamthan.api.report_answers import AnswerSaidOut, answers_said
from thamthan.api.tokens import ApiRequest
from thamthan.reports.actions import (
    agree_to_report,
    propose_report,
    return_proposal,
    set_agreement,
)
from thamthan.reports.queries import (
    accepted_version,
    agreement_kept_by,
    answer_lines,
    decides_proposal,
    proposal_for,
    proposal_lines,
    proposals_waiting,
    report_for,
    sent_version,
)
from thamthan.reports.rules import Agrees, ProposalState

if TYPE_CHECKING:
    from thamthan.reports.models import Proposal, SentReport

router = Router(tags=["reports"])


class AgreementOut(Schema):
    """ผู้เห็นชอบรายงานก่อนส่งของหน่วยงาน."""

    agrees: Agrees


class AgreementIn(Schema):
    agrees: Agrees


class ProposalOut(Schema):
    """รายงานที่เสนอให้เห็นชอบ; `sha256` goes back with the decision."""

    report: int
    title: str
    due_at: datetime | None
    ref: str
    sha256: str
    state: ProposalState
    is_nil: bool
    nil_why: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str = Field(description="what is to be mended, where it was given back")


class FullProposalOut(ProposalOut):
    """รายงานที่เสนอ with every answer as it was put up, beside the accepted version."""

    may_agree: bool = Field(description="whether this token's post decides, and it waits")
    before_number: int | None = Field(description="the accepted version that is compared with")
    answers: list[AnswerSaidOut]


class ProposalsOut(Schema):
    items: list[ProposalOut]
    count: int
    page: int
    page_size: int


class ProposalIn(Schema):
    """การเสนอ: `seen_version` of the report as it was read; with `nil_why` there is no result."""

    seen_version: int = Field(ge=0)
    nil_why: Words = Field("", max_length=2000)
    sure_of: list[str] = Field(default_factory=list, max_length=500)


class AgreeingIn(Schema):
    """การเห็นชอบ: of what was read (`seen_sha256`); the same `press` again is the same sending."""

    seen_sha256: str = Field(max_length=64)
    press: UUID


class GivingBackIn(Schema):
    """ให้แก้ไข: of what was read, with what is to be mended."""

    seen_sha256: str = Field(max_length=64)
    note: Words = Field(max_length=2000)


class SentOut(Schema):
    """ฉบับที่ส่ง: its fingerprint, and the names that stand on it."""

    number: int
    sha256: str
    is_nil: bool
    nil_why: str
    sent_at: datetime
    sent_by: str
    prepared_by: str
    agreed_by: str
    on_behalf: str


class FullSentOut(SentOut):
    """ฉบับที่ส่ง with every answer, beside the version that was accepted before."""

    before_number: int | None
    answers: list[AnswerSaidOut]


class SentWanted(Schema):
    number: int | None = Field(None, ge=1, le=32_767, description="the last, if left out")


@router.get("/report-agreement", response={200: AgreementOut, **PROBLEMS})
def get_agreement(request: ApiRequest) -> AgreementOut:
    """ผู้เห็นชอบรายงานก่อนส่งของหน่วยงาน, for whoever may set it."""
    return AgreementOut(agrees=agreement_kept_by(request.auth))


@router.put("/report-agreement", response={200: AgreementOut, **PROBLEMS})
def put_agreement(request: ApiRequest, body: AgreementIn) -> AgreementOut:
    """ตั้งผู้เห็นชอบรายงานก่อนส่ง, for what is sent from now on."""
    row = set_agreement(body.agrees, by=request.auth)
    return AgreementOut(agrees=Agrees(row.agrees))


@router.get("/report-proposals", response={200: ProposalsOut, **PROBLEMS})
def list_proposals(request: ApiRequest, wanted: Query[PageWanted]) -> ProposalsOut:
    """รายงานที่รอให้ตำแหน่งนี้เห็นชอบ, the nearest due first."""
    rows, told = page_of_lines(proposals_waiting(request.auth), wanted)
    return ProposalsOut(items=[ProposalOut(**_told(one)) for one in rows], **told)


@router.get("/reports/{report_id}/proposal", response={200: FullProposalOut, **PROBLEMS})
def get_proposal(request: ApiRequest, report_id: Key) -> FullProposalOut:
    """รายงานที่เสนอล่าสุด, all of it as it was put up."""
    return _full(request, report_id)


@router.post("/reports/{report_id}/proposal", response={200: FullProposalOut, **PROBLEMS})
def post_proposal(request: ApiRequest, report_id: Key, body: ProposalIn) -> FullProposalOut:
    """เสนอรายงานให้เห็นชอบ; put up again unchanged it is the same proposal."""
    propose_report(
        report_for(request.auth, report_id),
        by=request.auth,
        seen_version=body.seen_version,
        nil_why=body.nil_why or None,
        sure_of=body.sure_of,
    )
    return _full(request, report_id)


@router.post("/reports/{report_id}/proposal/agreement", response={200: SentOut, **PROBLEMS})
def post_agreement(request: ApiRequest, report_id: Key, body: AgreeingIn) -> SentOut:
    """เห็นชอบและส่ง, as it was put up."""
    proposal = proposal_for(request.auth, report_for(request.auth, report_id))
    sent = agree_to_report(proposal, by=request.auth, press=body.press, seen=body.seen_sha256)
    return SentOut(**_sent(sent))


@router.post("/reports/{report_id}/proposal/return", response={200: FullProposalOut, **PROBLEMS})
def post_proposal_return(
    request: ApiRequest, report_id: Key, body: GivingBackIn
) -> FullProposalOut:
    """ให้แก้ไขก่อนเห็นชอบ."""
    proposal = proposal_for(request.auth, report_for(request.auth, report_id))
    return_proposal(proposal, by=request.auth, note=body.note, seen=body.seen_sha256)
    return _full(request, report_id)


@router.get("/reports/{report_id}/sent", response={200: FullSentOut, **PROBLEMS})
def get_sent(request: ApiRequest, report_id: Key, wanted: Query[SentWanted]) -> FullSentOut:
    """ฉบับที่ส่งแล้ว, for the house itself and for those above who see it, as on the page of review."""
    post, row = request.auth, report_for(request.auth, report_id)
    version = sent_version(post, row, wanted.number)
    before = accepted_version(post, row, beside=version)
    return FullSentOut(
        **_sent(version),
        before_number=before.number if before is not None else None,
        answers=answers_said(answer_lines(post, version, before=before)),
    )


def _full(request: ApiRequest, report_id: int) -> FullProposalOut:
    post, row = request.auth, report_for(request.auth, report_id)
    proposal, before = proposal_for(post, row), accepted_version(post, row)
    return FullProposalOut(
        **_told(proposal),
        may_agree=decides_proposal(post, proposal),
        before_number=before.number if before is not None else None,
        answers=answers_said(proposal_lines(post, proposal, before=before)),
    )


def _told(row: "Proposal") -> dict[str, Any]:
    return {
        "report": row.report_id,
        "title": row.report.round.root.title,
        "due_at": moment_told(row.report.due_at),
        "ref": str(row.ref),
        "sha256": row.sha256,
        "state": ProposalState(row.state),
        "is_nil": row.is_nil,
        "nil_why": row.content.get("why", ""),
        "proposed_by": row.proposed_words,
        "proposed_at": timezone.localtime(row.proposed_at),
        "decided_by": row.decided_words,
        "decided_at": moment_told(row.decided_at),
        "note": row.note,
    }


def _sent(row: "SentReport") -> dict[str, Any]:
    return {
        "number": row.number,
        "sha256": row.sha256,
        "is_nil": row.is_nil,
        "nil_why": row.content.get("why", ""),
        "sent_at": timezone.localtime(row.sent_at),
        "sent_by": row.sent_words,
        "prepared_by": row.prepared_words,
        "agreed_by": row.agreed_words,
        "on_behalf": row.on_behalf,
    }
