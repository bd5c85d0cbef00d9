"""ผลของคำขอ: submitted, sent back, granted, refused or withdrawn, with day, words and paper."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.budgeting import LineWords, keep_line
from thamthan.projects.actions.checks import check_decides, check_live
from thamthan.projects.actions.money_locks import Sure
from thamthan.projects.actions.requests import (
    MOST_SATANG_ASKED,
    check_past,
    kept_file,
    locked_request,
)
from thamthan.projects.models import FundingRequest
from thamthan.projects.rules import (
    BahtRead,
    PaperLine,
    RequestState,
    amount_doubts,
    channel_of,
    check_request_move,
    check_sure,
    makes_a_line,
    missing_of,
)
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Decision:
    """ผลการพิจารณาตามหนังสือ: the day, the words, and its file where there is one."""

    on: date
    words: str = ""
    file: tuple[str, bytes] | None = None


def paper_lines(request: FundingRequest) -> list[PaperLine]:
    return [
        PaperLine(
            name=paper.name,
            is_required=paper.is_required,
            is_given=paper.file_id is not None,
            is_waived=bool(paper.waived_why),
        )
        for paper in request.papers.all()
    ]


@transaction.atomic
def submit_request(
    request: FundingRequest, *, by: Post, on: date, seen_version: int
) -> FundingRequest:
    """ยื่นคำขอ: refused with the list of what is missing; rules not yet verified only warn.

    Records that it was sent; the letter itself goes out by the registry.
    """
    check_decides(by)
    row = locked_request(request, by=by, seen_version=seen_version)
    check_request_move(row.state, RequestState.SUBMITTED)
    check_live(row.project)
    check_past(on)
    missing = missing_of(row.asked_satang, paper_lines(row))
    if missing:
        raise Refused(
            f"ยังยื่นไม่ได้ ขาด {len(missing)} รายการ: {', '.join(missing)}",
            code="request_incomplete",
            missing=list(missing),
        )
    row.submitted_on = on
    row.decided_on, row.decision_words, row.decision_file = None, "", None
    return _moved(row, RequestState.SUBMITTED, by=by, on=on)


@transaction.atomic
def return_request(
    request: FundingRequest, decision: Decision, *, by: Post, seen_version: int
) -> FundingRequest:
    """บันทึกว่าส่งกลับให้แก้ไข, and what is to be mended."""
    return _decided(request, RequestState.RETURNED, decision, by=by, seen_version=seen_version)


@transaction.atomic
def refuse_request(
    request: FundingRequest, decision: Decision, *, by: Post, seen_version: int
) -> FundingRequest:
    """บันทึกว่าไม่ได้รับอนุมัติ, and why; the project may ask again or elsewhere."""
    return _decided(request, RequestState.REFUSED, decision, by=by, seen_version=seen_version)


@transaction.atomic
def grant_request(
    request: FundingRequest,
    decision: Decision,
    *,
    by: Post,
    granted: BahtRead,
    seen_version: int,
    sure_of: Sure = (),
) -> FundingRequest:
    """บันทึกว่าได้รับอนุมัติ: the amount becomes a line of the house's budget, once.

    It may be less than asked, or more; what looks like another unit must be confirmed. Where the
    money stood in the ordinance already, its line is there already. Does not give it to the
    project: that is done from the line.
    """
    if not 0 < granted.satang <= MOST_SATANG_ASKED:
        raise Refused(
            "โปรดใส่จำนวนเงินที่ได้รับอนุมัติ มากกว่าศูนย์", code="no_amount", status=400, field="granted"
        )
    row = _decided(
        request,
        RequestState.GRANTED,
        decision,
        by=by,
        seen_version=seen_version,
        granted_satang=granted.satang,
    )
    doubts = amount_doubts(granted, against=row.asked_satang or 0, called="จำนวนเงินที่ขอ")
    check_sure(doubts, sure_of=sure_of)
    if makes_a_line(channel_of(row.channel.facts).money):
        _make_line(row, granted, decision, by=by, sure_of=sure_of)
    return row


@transaction.atomic
def withdraw_request(
    request: FundingRequest, *, by: Post, why: str, on: date, seen_version: int
) -> FundingRequest:
    """ถอนคำขอ, with the reason; another may be begun by the same channel."""
    reason = squeeze(why)
    if not reason:
        raise Refused("โปรดบอกเหตุที่ถอนคำขอ", code="no_reason", status=400, field="words")
    decision = Decision(on, reason)
    return _decided(request, RequestState.WITHDRAWN, decision, by=by, seen_version=seen_version)


def _make_line(
    request: FundingRequest, granted: BahtRead, decision: Decision, *, by: Post, sure_of: Sure
) -> None:
    """The granted money as a line of the house; one request has one line and never two."""
    words = LineWords(
        name=request.project.name,
        be_year=request.be_year,
        category=request.channel.name,
        reference=squeeze(decision.words)[:300],
        channel=request.channel,
    )
    keep_line(words, granted, by=by, request=request, sure_of=sure_of)


def _decided(
    request: FundingRequest,
    to: RequestState,
    decision: Decision,
    *,
    by: Post,
    seen_version: int,
    granted_satang: int | None = None,
) -> FundingRequest:
    check_decides(by)
    words = decision.words.strip()
    if len(words) > MOST_WORDS:
        raise Refused(f"ยาวเกิน {MOST_WORDS:,} ตัวอักษร", code="long_words", status=400, field="words")
    if to != RequestState.GRANTED and not words:
        raise Refused("โปรดบอกเหตุ หรือข้อความในหนังสือ", code="no_reason", status=400, field="words")
    kept = None if decision.file is None else kept_file(decision.file[1], decision.file[0], by=by)
    row = locked_request(request, by=by, seen_version=seen_version)
    check_request_move(row.state, to)
    check_past(decision.on)
    if row.submitted_on is not None and decision.on < row.submitted_on:
        raise Refused("วันที่แจ้งผลมาก่อนวันที่ยื่น", code="backward", status=400, field="on")
    row.decided_on, row.decision_words, row.decision_file = decision.on, words, kept
    row.granted_satang = granted_satang
    return _moved(row, to, by=by, on=decision.on, note=words)


def _moved(
    row: FundingRequest, to: RequestState, *, by: Post, on: date, note: str = ""
) -> FundingRequest:
    before, row.state = row.state, to
    row.version += 1
    row.save()
    record(
        Verb.REQUEST_MOVED,
        row,
        by=by,
        note=note[:2000],
        before=before,
        to=to.value,
        on=on.isoformat(),
        asked_satang=row.asked_satang,
        granted_satang=row.granted_satang,
        file=row.decision_file_id,
    )
    return row
