"""งบประมาณของหน่วยงาน: its lines of a year, what was given out of them, the check of sums."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty, Role
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Disbursement
from thamthan.records.models import HistoryEntry
from thamthan.records.queries import history_of
from thamthan.thai.text import squeeze


@dataclass(frozen=True, slots=True)
class LineTotals:
    """ผลรวมของหลายรายการ: approved, given to projects, bound and paid of it."""

    approved: int
    allotted: int
    committed: int
    paid: int

    @property
    def left(self) -> int:
        """What is not given to any project yet."""
        return self.approved - self.allotted


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """ยอดที่ไม่ตรง: a kept total that is not the sum of its rows."""

    row_kind: str
    row_pk: int
    field: str
    kept: int
    summed: int


def budget_lines(
    post: Post, *, be_year: int | None = None, channel: int | None = None, text: str = ""
) -> QuerySet[BudgetLine]:
    """รายการงบประมาณของหน่วยงานตน, each with `committed_satang` and `paid_satang` of its projects.

    `channel` is a key, or nought for those of no channel.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return BudgetLine.objects.none()
    rows = BudgetLine.objects.filter(organisation__path=post.organisation.house_path)
    if be_year is not None:
        rows = rows.filter(be_year=be_year)
    if channel is not None:
        rows = rows.filter(channel=channel or None)
    for word in squeeze(text).split():
        rows = rows.filter(Q(name__icontains=word) | Q(category__icontains=word))
    of_line = Allotment.objects.filter(line=OuterRef("pk")).order_by()
    return rows.select_related("channel", "organisation").annotate(
        committed_satang=_sum_of(of_line, "line", "committed_satang"),
        paid_satang=_sum_of(of_line, "line", "paid_satang"),
    )


def budget_totals(post: Post, lines: QuerySet[BudgetLine]) -> LineTotals:
    """ผลรวมของรายการเหล่านี้, counted in the database; of one's own house alone."""
    own = BudgetLine.objects.filter(
        organisation__path=post.organisation.house_path, pk__in=lines.order_by().values("pk")
    )
    of_lines = own.aggregate(
        approved=Sum("approved_satang", default=0), allotted=Sum("allotted_satang", default=0)
    )
    of_projects = Allotment.objects.filter(line__in=own.values("pk")).aggregate(
        committed=Sum("committed_satang", default=0), paid=Sum("paid_satang", default=0)
    )
    return LineTotals(**of_lines, **of_projects)


def budget_years(post: Post) -> list[int]:
    """ปีงบประมาณที่หน่วยงานมีรายการ, the latest first."""
    rows = BudgetLine.objects.filter(organisation__path=post.organisation.house_path)
    return list(rows.order_by("-be_year").values_list("be_year", flat=True).distinct())


def budget_line_for(post: Post, pk: int) -> BudgetLine:
    """รายการหนึ่ง; another house's does not exist for this post."""
    found = budget_lines(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบรายการงบประมาณนี้")
    return found


def history_of_line(post: Post, line: BudgetLine) -> QuerySet[HistoryEntry]:
    """ประวัติของรายการงบประมาณ, the newest first; of one's own house alone."""
    seen = budget_lines(post).filter(pk=line.pk).exists()
    entries = history_of(line) if seen else HistoryEntry.objects.none()
    return entries.order_by("-at", "-pk")


def allotments_of_line(post: Post, line: BudgetLine) -> QuerySet[Allotment]:
    """โครงการที่ใช้เงินจากรายการนี้, the largest first."""
    own = budget_lines(post).filter(pk=line.pk)
    return (
        Allotment.objects.filter(line__in=own.values("pk"))
        .exclude(planned_satang=0, approved_satang=0, commitments=None)
        .select_related("project__unit")
        .order_by("-approved_satang", "pk")
    )


def wrong_totals(post: Post) -> Iterator[WrongTotal]:
    """ยอดที่เก็บไว้ไม่ตรงกับผลรวมของแถว, recomputed from the rows; of the whole house, or of all.

    Only the system sees all houses. None where all is as it should be.
    """
    house = post.organisation.house_path
    is_all = post.role == Role.SYSTEM
    payments = Disbursement.objects.filter(commitment=OuterRef("pk")).order_by()
    bound = Commitment.objects.filter(allotment=OuterRef("pk")).order_by()
    given = Allotment.objects.filter(line=OuterRef("pk")).order_by()
    kept: tuple[tuple[type[Model], str, str, Coalesce], ...] = (
        (
            Commitment,
            "allotment__project__organisation__path",
            "paid_satang",
            _sum_of(payments, "commitment", "amount_satang"),
        ),
        (
            Allotment,
            "project__organisation__path",
            "committed_satang",
            _sum_of(
                bound.annotate(held=F("amount_satang") - F("released_satang")), "allotment", "held"
            ),
        ),
        (
            Allotment,
            "project__organisation__path",
            "paid_satang",
            _sum_of(bound, "allotment", "paid_satang"),
        ),
        (
            BudgetLine,
            "organisation__path",
            "allotted_satang",
            _sum_of(given, "line", "approved_satang"),
        ),
    )
    for model, path, field, summed in kept:
        rows = model._default_manager.annotate(summed=summed).exclude(**{field: F("summed")})
        if not is_all:
            rows = rows.filter(**{path: house})
        for pk, was, should in rows.order_by("pk").values_list("pk", field, "summed"):
            yield WrongTotal(model._meta.label_lower, pk, field, was, should)


def _sum_of(rows: QuerySet[Model], by: str, field: str) -> Coalesce:
    """The sum of one field of the rows that hang on the outer row; nought where none do."""
    summed = rows.values(by).annotate(whole=Sum(field)).values("whole")
    return Coalesce(Subquery(summed), 0, output_field=BigIntegerField())
