"""ที่มาของโครงการใหม่: a clause, a row of the plan, last year's project, or a template."""

from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from thamthan.directives.models import Directive
from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.listed import shipped_templates
from thamthan.projects.models import PlanRow, Project
from thamthan.projects.queries.doors import answerable_clauses, own_projects
from thamthan.projects.rows import (
    GroupRow,
    PlaceRow,
    RiskRow,
    Start,
    StepRow,
    SupporterRow,
)
from thamthan.projects.rules import SECTIONS, PlanStanding
from thamthan.projects.rules.templates import ProjectTemplate, TemplateStep, suggested_for
from thamthan.projects.rules.timeline import moved_by_years
from thamthan.thai.dates import BuddhistYear, FiscalYear, add_months

MOST_TITLE = 200


def own_plan_rows(post: Post) -> QuerySet[PlanRow]:
    """แถวในแผนของหน่วยงานตน as they hold now."""
    house = post.organisation.house_path
    return PlanRow.objects.filter(
        plan__organisation__path=house, replaced_by=None, dropped_at=None
    ).select_related("plan")


def start_from_clause(post: Post, pk: int, *, today: date) -> Start:
    """เริ่มจากข้อสั่งการ: its words as the reason, and the template that fits it first."""
    clause = answerable_clauses(post).filter(pk=pk).first()
    if clause is None:
        raise NotFound("ไม่พบข้อสั่งการนี้ในงานของหน่วยงาน")
    fitting = templates_for(clause)
    year = FiscalYear.containing(today).be
    start = Start(be_year=year, clauses=(clause,), name=clause.text[:MOST_TITLE])
    if fitting:
        start = with_template(start, fitting[0], house=_house_name(post), today=today)
    asked = f"ตามที่{clause.order.organisation.name}มีข้อสั่งการ ข้อ {clause.number} ให้{clause.text} นั้น"
    told = start.sections.get("rationale", "")
    sections = {**start.sections, "rationale": f"{asked}\n\n{told}".strip()}
    return replace(start, sections=sections)


def templates_for(clause: Directive) -> tuple[ProjectTemplate, ...]:
    """แบบโครงการที่ตรงกับข้อสั่งการ, the best first."""
    return suggested_for(shipped_templates(), clause.text)


def with_template(start: Start, template: ProjectTemplate, *, house: str, today: date) -> Start:
    """The same start with the words, steps and groups of a template, in its fiscal year."""
    year = FiscalYear(BuddhistYear(start.be_year))
    begin = max(year.first_on, add_months(today.replace(day=1), 1))
    if begin > year.last_on:
        begin = year.first_on
    steps = _steps_within(year, begin, template)
    ends = [step.ends_on for step in steps if step.ends_on is not None]
    return replace(
        start,
        name=template.title,
        template=template.key,
        sections=template.worded(house),
        begins_on=begin,
        ends_on=max(ends, default=None),
        steps=steps,
        groups=tuple(GroupRow(name, unit) for name, unit in template.groups),
    )


def _steps_within(year: FiscalYear, begin: date, template: ProjectTemplate) -> tuple[StepRow, ...]:
    """The steps one after the other; closer together where the year has fewer months left."""
    whole = max((step.month + step.months for step in template.steps), default=1)
    left = (year.last_on.year - begin.year) * 12 + year.last_on.month - begin.month + 1

    def days_of(step: TemplateStep) -> tuple[date, date]:
        first, last = step.month, step.month + step.months
        if whole > left:
            first, last = first * left // whole, last * left // whole
        first = min(first, left - 1)
        months = max(1, last - first) if step.months else 0
        return add_months(begin, first), _last_day(begin, first, months)

    return tuple(
        StepRow(step.name, *days_of(step), is_milestone=step.is_milestone)
        for step in template.steps
    )


def _last_day(begin: date, month: int, months: int) -> date:
    first = add_months(begin, month)
    if not months:
        return first
    last = add_months(first, months)
    return date.fromordinal(last.toordinal() - 1)


def start_from_plan_row(post: Post, pk: int, *, today: date) -> Start:
    """เริ่มจากแถวในแผน: what the plan says of it; with money where the year's ordinance has it."""
    row = own_plan_rows(post).filter(pk=pk).prefetch_related("budgets").first()
    if row is None:
        raise NotFound("ไม่พบแถวนี้ในแผนของหน่วยงาน")
    year = FiscalYear.containing(today).be
    budget = next((one for one in row.budgets.all() if one.be_year == year), None)
    has_money = budget is not None and bool(budget.ordinance_satang)
    return Start(
        name=" ".join(row.name.split()),
        be_year=year,
        standing=PlanStanding.ORDINANCE if has_money else PlanStanding.PLAN,
        plan_row=row,
        sections={
            "objectives": row.objective,
            "targets": row.target,
            "expected_results": row.result,
            "responsible": row.lead,
            "rationale": row.reason,
        },
    )


def start_as_before(post: Post, pk: int, *, be_year: int) -> Start:
    """คัดลอกของปีก่อน: dates moved by whole years; what was done, paid or shown stays behind."""
    old = own_projects(post).filter(pk=pk).select_related("plan_row__plan").first()
    if old is None:
        raise NotFound("ไม่พบโครงการที่จะคัดลอก")
    years = be_year - old.be_year
    standing = PlanStanding(old.standing)
    row = old.plan_row
    if row is not None and not row.plan.be_from <= be_year <= row.plan.be_to:
        row = None
    if standing in {PlanStanding.ORDINANCE, PlanStanding.PLAN}:
        # An ordinance is of one year; a plan of several.
        standing = PlanStanding.NONE if row is None and old.plan_row else PlanStanding.PLAN
    return Start(
        name=old.name,
        be_year=be_year,
        standing=standing,
        unit=old.unit,
        plan_row=row,
        copied_from=old,
        template=old.template,
        begins_on=moved_by_years(old.begins_on, years),
        ends_on=moved_by_years(old.ends_on, years),
        sections={section.field: getattr(old, section.field) for section in SECTIONS},
        clauses=_still_asked(post, old),
        steps=tuple(
            StepRow(
                name=step.name,
                begins_on=moved_by_years(step.begins_on, years),
                ends_on=moved_by_years(step.ends_on, years),
                is_milestone=step.is_milestone,
                weight=step.weight,
            )
            for step in old.steps.all()
        ),
        groups=tuple(
            GroupRow(one.name, one.unit, planned=one.planned) for one in old.target_groups.all()
        ),
        supporters=tuple(
            SupporterRow(one.name, one.gives, one.worth_satang, one.organisation)
            for one in old.supporters.select_related("organisation")
        ),
        risks=tuple(
            RiskRow(one.what, one.likelihood, one.effect, one.answer) for one in old.risks.all()
        ),
        places=tuple(
            PlaceRow(
                name=one.name,
                kind=one.kind,
                village_number=one.village_number,
                latitude_e6=one.latitude_e6,
                longitude_e6=one.longitude_e6,
                outline=tuple((corner[0], corner[1]) for corner in one.outline or ()),
            )
            for one in old.places.all()
        ),
    )


def _still_asked(post: Post, old: Project) -> tuple[Directive, ...]:
    answered = old.answers.values("directive")
    return tuple(answerable_clauses(post).filter(pk__in=answered))


def _house_name(post: Post) -> str:
    own = post.organisation
    if own.path == own.house_path or own.parent is None:
        return own.name
    return own.parent.name
