"""Rows of a plan, and a project as a row of it, in the shape in which their tables are written."""

from collections.abc import Sequence

from thamthan.organisations.models import Post
from thamthan.projects.models import DevelopmentPlan, PlanRow, Project
from thamthan.projects.queries.papers import place_above
from thamthan.projects.rules import PlanForm, PlanMode, PlanShape, PlanStanding
from thamthan.projects.rules.papers import goal_words
from thamthan.thai.text import squeeze
from thamthan.writing.plan_layout import PlanTable, PlanTableForm, PlanTableRow, PlanYear

# A plan covers five years, and those now made begin with these.
_FIRST_YEARS, _LASTS = (2561, 2566, 2571, 2576, 2581), 5
# From this year on plans stand by issues (ประเด็นการพัฒนา), without indicators.
_BY_ISSUE_FROM = 2571
_BETWEEN = " / "


def plan_tables(
    post: Post, plan: DevelopmentPlan, *, forms: Sequence[str] = ()
) -> tuple[PlanTable, ...]:
    """ตารางของแผน, one for each form that has rows, as they stand now: what was replaced or
    dropped is left out. Without `forms` all of them."""
    rows = (
        plan.rows.filter(dropped_at=None, replaced_by=None)
        .prefetch_related("budgets")
        .order_by("position", "pk")
    )
    by_form: dict[str, list[PlanRow]] = {}
    for row in rows:
        by_form.setdefault(row.form, []).append(row)
    wanted = [form for form in PlanForm if form in by_form and (not forms or form in forms)]
    return tuple(_table(post, plan, form, by_form[form]) for form in wanted)


def _table(post: Post, plan: DevelopmentPlan, form: PlanForm, rows: list[PlanRow]) -> PlanTable:
    return PlanTable(
        form=PlanTableForm(form.value),
        be_from=plan.be_from,
        be_to=plan.be_to,
        house=plan.organisation.name,
        house_place=place_above(post, plan.organisation),
        rows=tuple(map(_row, rows)),
        by_issue=plan.shape == PlanShape.ISSUE,
        with_ordinance=any(
            budget.ordinance_satang is not None for row in rows for budget in row.budgets.all()
        ),
        with_reason=any(row.mode != PlanMode.FIRST for row in rows),
    )


def _row(row: PlanRow) -> PlanTableRow:
    category, _, kind = row.category.partition(_BETWEEN)
    return PlanTableRow(
        name=row.name,
        number=row.number,
        headings=tuple(row.headings),
        objective=row.objective,
        target=row.target,
        indicator=row.indicator,
        result=row.result,
        lead=row.lead,
        programme=row.programme,
        category=category,
        kind=kind,
        district=row.district_words,
        coordinates=row.coordinates_words,
        reason=row.reason,
        remark=_remark(row),
        years=tuple(
            PlanYear(budget.be_year, budget.planned_satang, budget.ordinance_satang)
            for budget in row.budgets.all()
        ),
    )


def _remark(row: PlanRow) -> str:
    """What the plan says beside the row, and by which amendment it came."""
    if row.mode == PlanMode.FIRST or row.mode_words in row.remark:
        return row.remark
    words = row.mode_words or PlanMode(row.mode).label
    return squeeze(f"{words} {row.remark}")


def project_as_plan_row(post: Post, project: Project) -> PlanTable:
    """แถว ผ.02 ของโครงการ: the row by which it is put into the plan, or as it stands there."""
    row = project.plan_row
    if row is not None:
        return _table(post, row.plan, PlanForm(row.form), [row])
    first = max((year for year in _FIRST_YEARS if year <= project.be_year), default=project.be_year)
    goals = project.goals.filter(dropped_at=None)
    new = PlanTableRow(
        name=project.name,
        number="1",
        objective=project.objectives,
        target=project.targets,
        indicator="\n".join(
            squeeze(
                f"{goal.name} {goal_words(goal.target_milli, goal.target_of_milli)} {goal.unit}"
            )
            for goal in goals
        ),
        result=project.expected_results,
        lead=project.unit.name if project.unit else "",
        reason=project.rationale if project.standing == PlanStanding.NONE else "",
        years=_years(project),
    )
    return PlanTable(
        form=PlanTableForm.P02,
        be_from=first,
        be_to=first + _LASTS - 1,
        house=project.organisation.name,
        house_place=place_above(post, project.organisation),
        rows=(new,),
        by_issue=first >= _BY_ISSUE_FROM,
        with_reason=project.standing == PlanStanding.NONE,
        round_words="เพิ่มเติม ครั้งที่ …………" if project.standing == PlanStanding.NONE else "",
    )


def _years(project: Project) -> tuple[PlanYear, ...]:
    """The money of the project's year: what its cost items come to, or what is planned for it."""
    costs = [cost.satang for cost in project.costs.all()]
    stated = [satang for satang in costs if satang is not None]
    if not stated:
        stated = [one.planned_satang for one in project.allotments.all() if one.planned_satang]
    return (PlanYear(project.be_year, sum(stated)),) if stated else ()
