"""The doors of development plans: one's own house's, their rows, and files being taken in."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.projects.models import DevelopmentPlan, ImportLine, PlanBudget, PlanImport, PlanRow
from thamthan.projects.rules import (
    ImportState,
    LineChoice,
    LineStanding,
    PlanForm,
    PlanWords,
    YearMoney,
)
from thamthan.projects.rules.plan_corrections import corrected
from thamthan.projects.rules.plans import TEXTS
from thamthan.reading.jsonform import from_plain
from thamthan.reading.plans.model import PlanLine
from thamthan.thai.text import fold

IN_FORCE = Q(replaced_by=None, dropped_at=None)


def plans_of(post: Post) -> QuerySet[DevelopmentPlan]:
    """แผนพัฒนาของหน่วยงานตน, the latest first."""
    if not post.has_duty(Duty.READ_LETTERS):
        return DevelopmentPlan.objects.none()
    return DevelopmentPlan.objects.filter(
        organisation__path=post.organisation.house_path
    ).select_related("organisation")


def plan_for(post: Post, pk: int) -> DevelopmentPlan:
    """แผนหนึ่งแผน; another house's does not exist for this post."""
    found = plans_of(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบแผนพัฒนานี้")
    return found


def plans_counted(post: Post) -> QuerySet[DevelopmentPlan]:
    """แผนพร้อมจำนวนแถวที่ใช้อยู่."""
    rows = Count("rows", filter=Q(rows__replaced_by=None, rows__dropped_at=None))
    return plans_of(post).annotate(row_count=rows)


def plan_rows(
    post: Post, plan: DevelopmentPlan, *, text: str = "", form: str = "", programme: str = ""
) -> QuerySet[PlanRow]:
    """แถวของแผนที่ใช้อยู่, in the order of the plan, with their amounts; those amended are left out."""
    rows = PlanRow.objects.filter(IN_FORCE, plan__in=plans_of(post).filter(pk=plan.pk))
    if form in PlanForm.values:
        rows = rows.filter(form=form)
    if programme:
        rows = rows.filter(programme=programme)
    for words in fold(text).split()[:8]:
        rows = rows.filter(folded__contains=words)
    return rows.prefetch_related("budgets")


def plan_row_for(post: Post, pk: int) -> PlanRow:
    """แถวหนึ่งของแผน, also one that was amended since; another house's does not exist."""
    rows = PlanRow.objects.filter(plan__in=plans_of(post)).select_related(
        "plan__organisation", "replaced_by"
    )
    found = rows.prefetch_related("budgets", "replaces").filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบแถวนี้ในแผนพัฒนา")
    return found


def programmes_of(post: Post, plan: DevelopmentPlan) -> list[str]:
    """แผนงานหรือประเด็นที่มีในแผน, in the order of the plan."""
    named = plan_rows(post, plan).exclude(programme="").values_list("programme", flat=True)
    return list(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class YearSum:
    """ยอดของปีหนึ่ง of the rows in force: planned, and in the ordinance."""

    be_year: int
    planned: int
    ordinance: int
    rows: int


def plan_sums(post: Post, rows: QuerySet[PlanRow]) -> list[YearSum]:
    """ยอดรายปี of these rows, counted in the database."""
    if not post.has_duty(Duty.READ_LETTERS):
        return []
    found = (
        PlanBudget.objects.filter(row__in=rows.order_by().values("pk"))
        .values("be_year")
        .annotate(
            planned=Sum("planned_satang"),
            ordinance=Sum("ordinance_satang"),
            rows=Count("pk", filter=Q(planned_satang__gt=0)),
        )
        .order_by("be_year")
    )
    return [
        YearSum(one["be_year"], one["planned"] or 0, one["ordinance"] or 0, one["rows"])
        for one in found
    ]


def amendments_of(post: Post, row: PlanRow) -> list[PlanRow]:
    """ฉบับก่อนและหลังของแถวเดียวกัน, from the first making on."""
    known = {
        one.pk: one
        for one in PlanRow.objects.filter(plan__in=plans_of(post).filter(pk=row.plan_id))
        .filter(Q(replaced_by__isnull=False) | Q(pk=row.pk) | Q(replaces__isnull=False))
        .prefetch_related("budgets")
        .distinct()
    }
    line = [row]
    while True:
        before = next((one for one in known.values() if one.replaced_by_id == line[0].pk), None)
        if before is None or before in line:
            break
        line.insert(0, before)
    while (after := known.get(line[-1].replaced_by_id or 0)) is not None and after not in line:
        line.append(after)
    return line


def words_of_row(post: Post, row: PlanRow) -> PlanWords:
    """เนื้อหาของแถว, as a form or a comparison takes it; its amounts are best fetched before."""
    return PlanWords(
        form=row.form,
        number=row.number,
        headings=tuple(row.headings),
        programme=row.programme,
        budgets=tuple(
            YearMoney(one.be_year, one.planned_satang, one.ordinance_satang)
            for one in row.budgets.all()
        ),
        mode=row.mode,
        mode_words=row.mode_words,
        **{name: getattr(row, name) for name in TEXTS},
    )


def imports_of(post: Post) -> QuerySet[PlanImport]:
    """การนำเข้าแผนของหน่วยงานตน, the latest first."""
    if not post.has_duty(Duty.READ_LETTERS):
        return PlanImport.objects.none()
    return PlanImport.objects.filter(
        organisation__path=post.organisation.house_path
    ).select_related("organisation", "plan", "file", "made_by__person")


def import_for(post: Post, pk: int) -> PlanImport:
    """การนำเข้าหนึ่งครั้ง; another house's does not exist for this post."""
    found = imports_of(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบการนำเข้าแผนนี้")
    return found


def import_agreed_before(post: Post, plan_import: PlanImport) -> PlanImport | None:
    """การนำเข้าไฟล์เดียวกันที่เคยนำเข้าแล้ว, or None."""
    return (
        imports_of(post)
        .filter(file=plan_import.file_id, state=ImportState.AGREED)
        .exclude(pk=plan_import.pk)
        .first()
    )


def import_lines(
    post: Post, plan_import: PlanImport, *, show: str = "", text: str = "", sheet: str = ""
) -> QuerySet[ImportLine]:
    """แถวในไฟล์: those that somebody must look at first, then in the order of the file.

    `show` is a choice or a standing; empty shows all.
    """
    lines = ImportLine.objects.filter(plan_import__in=imports_of(post).filter(pk=plan_import.pk))
    if show in LineChoice.values:
        lines = lines.filter(choice=show)
    elif show in LineStanding.values:
        lines = lines.filter(standing=show)
    if sheet:
        lines = lines.filter(sheet=sheet)
    if text:
        lines = lines.filter(name__icontains=text)
    return lines.select_related("matched").prefetch_related("matched__budgets")


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """จำนวนแถวในไฟล์ by what was decided and how they stand."""

    lines: int
    open: int
    take: int
    leave: int
    new: int
    same: int
    changed: int
    takes_new: int
    takes_changed: int


def import_counts(post: Post, plan_import: PlanImport) -> ImportCounts:
    """นับแถวในไฟล์, in one question."""
    lines = ImportLine.objects.filter(plan_import__in=imports_of(post).filter(pk=plan_import.pk))
    take = Q(choice__in=(LineChoice.TAKE, LineChoice.ADD)) & ~Q(standing=LineStanding.SAME)
    adds = Q(standing=LineStanding.NEW) | Q(choice=LineChoice.ADD)
    counted = lines.aggregate(
        lines=Count("pk"),
        open=Count("pk", filter=Q(choice=LineChoice.OPEN)),
        take=Count("pk", filter=take),
        leave=Count("pk", filter=Q(choice=LineChoice.LEAVE)),
        new=Count("pk", filter=Q(standing=LineStanding.NEW)),
        same=Count("pk", filter=Q(standing=LineStanding.SAME)),
        changed=Count("pk", filter=Q(standing=LineStanding.CHANGED)),
        takes_new=Count("pk", filter=take & adds),
        takes_changed=Count("pk", filter=take & ~adds),
    )
    return ImportCounts(**counted)


def line_read(post: Post, line: ImportLine) -> PlanLine:
    """แถวในไฟล์ as it stands now: as it was read, and as a person corrected it."""
    given = {field: one["value"] for field, one in line.corrections.items()}
    return corrected(line_as_read(post, line), given)


def line_as_read(post: Post, line: ImportLine) -> PlanLine:
    """แถวตามที่อ่านได้จากไฟล์, with its cells, its words and its doubts; nobody changed it."""
    return from_plain(PlanLine, line.reading, check=lambda built: None)
