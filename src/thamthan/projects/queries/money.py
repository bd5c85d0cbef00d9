"""เงินของโครงการ: its sources, what is bound and paid, and the lines it may be allotted from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Subquery

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    Commitment,
    Disbursement,
    FundingChannel,
    MoneyPaper,
    PlanBudget,
    Project,
)
from thamthan.projects.queries.doors import is_own, own_projects, projects_seen_by
from thamthan.projects.rules import FourAmounts, amounts_of
from thamthan.records.models import HistoryEntry

MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Bound:
    """สัญญาหนึ่งฉบับ with what was released and paid of it, and what is left to pay."""

    commitment: Commitment
    payments: tuple[Disbursement, ...]
    papers: tuple[MoneyPaper, ...] = ()

    @property
    def own_papers(self) -> list[MoneyPaper]:
        """Those of the contract itself."""
        return [one for one in self.papers if one.payment_id is None]

    @property
    def bound(self) -> int:
        return self.commitment.amount_satang - self.commitment.released_satang

    @property
    def left(self) -> int:
        return self.bound - self.commitment.paid_satang


@dataclass(frozen=True, slots=True)
class Source:
    """แหล่งเงินหนึ่งแหล่ง of a project, with the contracts that bind it."""

    allotment: Allotment
    bound: tuple[Bound, ...]

    @property
    def name(self) -> str:
        row = self.allotment
        if row.line is not None:
            return row.line.name
        return row.source_words or (row.channel.name if row.channel else "")

    @property
    def is_hoped(self) -> bool:
        """Whether no line stands behind it yet."""
        return self.allotment.line_id is None

    @property
    def to_commit(self) -> int:
        return self.allotment.approved_satang - self.allotment.committed_satang


@dataclass(frozen=True, slots=True)
class Payment:
    """การเบิกจ่ายหนึ่งครั้ง with the papers that prove it."""

    entry: Disbursement
    papers: tuple[MoneyPaper, ...]


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """เงินของโครงการ: the sums of its sources, and what its development plan states.

    Contracts, payments and history are the house's own; others see the amounts of the sources.
    `stated` is none where the plan states nothing.
    """

    amounts: FourAmounts
    sources: tuple[Source, ...]
    stated: int | None
    history: tuple[HistoryEntry, ...]

    @property
    def bound(self) -> list[Bound]:
        return [one for source in self.sources for one in source.bound]

    @property
    def payments(self) -> list[Disbursement]:
        """The newest first."""
        return [one.entry for one in self.proved_payments]

    @property
    def proved_payments(self) -> list[Payment]:
        """Each with the papers that prove it, the newest first."""
        found = [
            Payment(one, tuple(paper for paper in bound.papers if paper.payment_id == one.pk))
            for bound in self.bound
            for one in bound.payments
        ]
        return sorted(found, key=lambda one: (one.entry.paid_on, one.entry.pk), reverse=True)


def money_of(post: Post, project: Project) -> ProjectMoney:
    """เงินของโครงการหนึ่ง, as far as this post may see it."""
    own = is_own(post, project)
    # One's own house's was let through the door by its path; others' are asked for anew.
    door = own_projects(post) if own else projects_seen_by(post)
    seen = door.filter(pk=project.pk)
    stated = PlanBudget.objects.filter(row=project.plan_row_id, be_year=project.be_year)
    rows = list(
        Allotment.objects.filter(project__in=seen.values("pk"))
        .exclude(planned_satang=0, approved_satang=0, commitments=None)
        .select_related("line__channel", "channel")
        .annotate(stated=Subquery(stated.values("planned_satang")[:1]))
        .order_by("pk")
    )
    commitments: list[Commitment] = []
    payments: list[Disbursement] = []
    papers: dict[int, list[MoneyPaper]] = {}
    if own:
        commitments = list(Commitment.objects.filter(allotment__in=rows).order_by("pk"))
        payments = list(
            Disbursement.objects.filter(commitment__in=commitments)
            .select_related("made_by__person", "made_by__organisation")
            .order_by("paid_on", "pk")
        )
        attached = MoneyPaper.objects.filter(commitment__in=commitments, taken_out_at=None)
        for paper in attached.order_by("pk"):
            papers.setdefault(paper.commitment_id, []).append(paper)
    paid: dict[int, list[Disbursement]] = {}
    for one in payments:
        paid.setdefault(one.commitment_id, []).append(one)
    bound: dict[int, list[Bound]] = {}
    for each in commitments:
        of_it = Bound(each, tuple(paid.get(each.pk, ())), tuple(papers.get(each.pk, ())))
        bound.setdefault(each.allotment_id, []).append(of_it)
    return ProjectMoney(
        amounts=amounts_of(rows),
        sources=tuple(Source(row, tuple(bound.get(row.pk, ()))) for row in rows),
        stated=rows[0].stated if rows else _first_stated(stated),
        history=_history(rows, commitments) if own else (),
    )


def _first_stated(stated: QuerySet[PlanBudget]) -> int | None:
    found = stated.first()
    return found.planned_satang if found is not None else None


def _history(
    rows: Sequence[Allotment], commitments: Sequence[Commitment]
) -> tuple[HistoryEntry, ...]:
    """The last deeds with this money, the newest first."""
    allotted = [one.pk for one in rows]
    bound = [one.pk for one in commitments]
    wanted = Q(row_kind=Allotment._meta.label_lower, row_id__in=allotted)
    wanted |= Q(row_kind=Commitment._meta.label_lower, row_id__in=bound)
    return tuple(HistoryEntry.objects.filter(wanted).order_by("-at", "-pk")[:MOST_TOLD])


def own_allotment_for(post: Post, pk: int) -> Allotment:
    """เงินรายการหนึ่งของโครงการของตน; another house's does not exist."""
    found = (
        Allotment.objects.filter(project__in=own_projects(post).values("pk"), pk=pk)
        .select_related("project", "line")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบเงินรายการนี้")
    return found


def own_commitment_for(post: Post, pk: int) -> Commitment:
    """สัญญาหนึ่งฉบับของโครงการของตน; another house's does not exist."""
    found = (
        Commitment.objects.filter(allotment__project__in=own_projects(post).values("pk"), pk=pk)
        .select_related("allotment__project")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบการก่อหนี้ผูกพันนี้")
    return found


def money_paper_for(post: Post, project: Project, pk: int) -> MoneyPaper:
    """เอกสารหนึ่งฉบับของเงินของโครงการของตน, also one taken out; another house's does not exist."""
    mine = own_projects(post).filter(pk=project.pk)
    found = (
        MoneyPaper.objects.filter(commitment__allotment__project__in=mine.values("pk"), pk=pk)
        .select_related("file", "commitment__allotment__project")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบเอกสารนี้")
    return found


def own_payment_for(post: Post, pk: int) -> Disbursement:
    """การเบิกจ่ายหนึ่งครั้งของโครงการของตน; another house's does not exist."""
    found = (
        Disbursement.objects.filter(
            commitment__allotment__project__in=own_projects(post).values("pk"), pk=pk
        )
        .select_related("commitment__allotment__project")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบการเบิกจ่ายนี้")
    return found


def lines_to_allot(post: Post, project: Project) -> QuerySet[BudgetLine]:
    """รายการที่ยังเหลือให้จัดสรร, those of the project's year first; of one's own house alone."""
    if not post.has_duty(Duty.READ_LETTERS) or not is_own(post, project):
        return BudgetLine.objects.none()
    years = (project.be_year - 1, project.be_year, project.be_year + 1)
    return (
        BudgetLine.objects.filter(
            organisation_id=project.organisation_id,
            be_year__in=years,
            approved_satang__gt=F("allotted_satang"),
        )
        .annotate(other_year=~Q(be_year=project.be_year))
        .order_by("other_year", "-be_year", "name", "pk")
    )


def channels_of_today(post: Post) -> QuerySet[FundingChannel]:
    """แหล่งงบประมาณที่ใช้อยู่, in the order of the list."""
    if not post.has_duty(Duty.READ_LETTERS):
        return FundingChannel.objects.none()
    return FundingChannel.objects.filter(until_on=None).order_by("position", "code")
