"""/budget and the money of a project: read, bound and paid by programs as on the pages."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema

from thamthan.api.kinds import Key
from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.projects.actions import commit_money, pay_money, take_money_back
from thamthan.projects.queries import (
    budget_lines,
    money_of,
    own_allotment_for,
    own_commitment_for,
    project_for,
)
from thamthan.projects.rules import MOST_SATANG, BahtRead

if TYPE_CHECKING:
    from thamthan.projects.models import BudgetLine, Commitment, Disbursement
    from thamthan.projects.queries import Source

router = Router(tags=["money"])
Satang = Annotated[int, Field(ge=1, le=MOST_SATANG, description="hundredths of a baht")]


class LineOut(Schema):
    """รายการงบประมาณ; every amount in satang."""

    id: int
    ref: str
    be_year: int
    name: str
    category: str
    reference: str
    channel: str = Field(description="code of the channel; empty where none is said")
    approved_satang: int
    allotted_satang: int
    committed_satang: int
    paid_satang: int
    left_satang: int


class LinePage(Schema):
    items: list[LineOut]
    count: int
    page: int
    page_size: int


class LinesWanted(PageWanted):
    """What to look for."""

    be_year: int | None = Field(None, ge=2400, le=2700)
    q: str = Field("", max_length=200)


class CommitmentOut(Schema):
    """การก่อหนี้ผูกพัน; `left_satang` is bound and not paid."""

    id: int
    ref: str
    committed_on: date
    words: str
    amount_satang: int
    released_satang: int
    paid_satang: int
    left_satang: int


class SourceOut(Schema):
    """แหล่งเงินของโครงการ; `line_id` is none for money that is only hoped for."""

    id: int
    ref: str
    name: str
    line_id: int | None
    planned_satang: int
    approved_satang: int
    committed_satang: int
    paid_satang: int
    commitments: list[CommitmentOut] = Field(description="of the token's own house alone")


class MoneyOut(Schema):
    """เงินของโครงการ: four amounts kept apart, and their sources."""

    project_id: int
    stated_satang: int | None = Field(description="what the development plan states, if anything")
    planned_satang: int
    approved_satang: int
    committed_satang: int
    paid_satang: int
    sources: list[SourceOut]


class DeedIn(Schema):
    """สิ่งที่ทำกับเงิน: sent again with the same `press` it is done once."""

    amount_satang: Satang
    on: date
    words: str = Field(max_length=300, description="the paper it rests on")
    press: UUID = Field(description="a key that the program makes, new for each deed")
    sure_of: list[str] = Field(
        default_factory=list,
        description="marks of the doubts (code `unsure`) that a person confirmed",
    )


class PaymentOut(Schema):
    """การเบิกจ่าย; below nought where money came back."""

    id: int
    ref: str
    amount_satang: int
    paid_on: date
    words: str
    commitment: CommitmentOut


@router.get("/budget", response={200: LinePage, **PROBLEMS})
def list_budget(request: ApiRequest, wanted: Query[LinesWanted]) -> LinePage:
    """รายการงบประมาณของหน่วยงาน, in the order in which they were kept."""
    rows = budget_lines(request.auth, be_year=wanted.be_year, text=wanted.q)
    found, told = page_of(rows.order_by("pk"), wanted)
    return LinePage(items=[_line(one) for one in found], **told)


@router.get("/projects/{project_id}/money", response={200: MoneyOut, **PROBLEMS})
def get_money(request: ApiRequest, project_id: Key) -> MoneyOut:
    """เงินของโครงการหนึ่ง."""
    project = project_for(request.auth, project_id)
    money = money_of(request.auth, project)
    return MoneyOut(
        project_id=project.pk,
        stated_satang=money.stated,
        planned_satang=money.amounts.planned,
        approved_satang=money.amounts.approved,
        committed_satang=money.amounts.committed,
        paid_satang=money.amounts.paid,
        sources=[_source(one) for one in money.sources],
    )


@router.post("/allotments/{allotment_id}/commitments", response={200: CommitmentOut, **PROBLEMS})
def commit(request: ApiRequest, allotment_id: Key, given: DeedIn) -> CommitmentOut:
    """ก่อหนี้ผูกพันจากแหล่งเงินของโครงการ (`id` of a source)."""
    made = commit_money(
        own_allotment_for(request.auth, allotment_id),
        BahtRead(given.amount_satang),
        by=request.auth,
        on=given.on,
        words=given.words,
        press=given.press,
        sure_of=given.sure_of,
    )
    return _commitment(made)


@router.post("/commitments/{commitment_id}/payments", response={200: PaymentOut, **PROBLEMS})
def pay(request: ApiRequest, commitment_id: Key, given: DeedIn) -> PaymentOut:
    """เบิกจ่ายตามสัญญา."""
    made = pay_money(
        own_commitment_for(request.auth, commitment_id),
        BahtRead(given.amount_satang),
        by=request.auth,
        on=given.on,
        words=given.words,
        press=given.press,
        sure_of=given.sure_of,
    )
    return _payment(made)


@router.post("/commitments/{commitment_id}/returns", response={200: PaymentOut, **PROBLEMS})
def take_back(request: ApiRequest, commitment_id: Key, given: DeedIn) -> PaymentOut:
    """รับเงินคืน; the entry that answers it is below nought."""
    made = take_money_back(
        own_commitment_for(request.auth, commitment_id),
        BahtRead(given.amount_satang),
        by=request.auth,
        on=given.on,
        words=given.words,
        press=given.press,
        sure_of=given.sure_of,
    )
    return _payment(made)


def _line(line: "BudgetLine") -> LineOut:
    return LineOut(
        id=line.pk,
        ref=str(line.ref),
        be_year=line.be_year,
        name=line.name,
        category=line.category,
        reference=line.reference,
        channel=line.channel.code if line.channel else "",
        approved_satang=line.approved_satang,
        allotted_satang=line.allotted_satang,
        committed_satang=line.committed_satang,  # type: ignore[attr-defined]  # annotated
        paid_satang=line.paid_satang,  # type: ignore[attr-defined]  # annotated
        left_satang=line.left_satang,
    )


def _source(source: "Source") -> SourceOut:
    row = source.allotment
    return SourceOut(
        id=row.pk,
        ref=str(row.ref),
        name=source.name,
        line_id=row.line_id,
        planned_satang=row.planned_satang,
        approved_satang=row.approved_satang,
        committed_satang=row.committed_satang,
        paid_satang=row.paid_satang,
        commitments=[_commitment(one.commitment) for one in source.bound],
    )


def _commitment(row: "Commitment") -> CommitmentOut:
    return CommitmentOut(
        id=row.pk,
        ref=str(row.ref),
        committed_on=row.committed_on,
        words=row.words,
        amount_satang=row.amount_satang,
        released_satang=row.released_satang,
        paid_satang=row.paid_satang,
        left_satang=row.amount_satang - row.released_satang - row.paid_satang,
    )


def _payment(made: "Disbursement") -> PaymentOut:
    return PaymentOut(
        id=made.pk,
        ref=str(made.ref),
        amount_satang=made.amount_satang,
        paid_on=made.paid_on,
        words=made.words,
        commitment=_commitment(made.commitment),
    )
