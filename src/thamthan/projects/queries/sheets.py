"""One project as its page and its writing page show it: its parts, and what is still missing."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from thamthan.directives.models import Directive, Indicator
from thamthan.directives.queries import indicators_seen_by
from thamthan.organisations.models import Boundary, Post
from thamthan.organisations.queries import boundaries_seen_by
from thamthan.organisations.rules import Duty, Level
from thamthan.projects.listed import template_named
from thamthan.projects.models import (
    Project,
    ProjectAnswer,
    ProjectPlace,
    ProjectSupporter,
    Risk,
    Step,
    TargetGroup,
)
from thamthan.projects.queries.doors import answerable_clauses, answers_of, is_own
from thamthan.projects.rules import (
    SECTIONS,
    ApprovalLacks,
    PlanStanding,
    ProjectState,
    approval_lacks,
    missing_sections,
)
from thamthan.projects.rules.templates import ProjectTemplate, has_blanks
from thamthan.projects.rules.timeline import Bar, Span, chart_span, is_step_late

# A clause that the house has in hand may be old; nobody ties a project to all of them.
MOST_CLAUSES = 200


@dataclass(frozen=True, slots=True)
class Lacking:
    """สิ่งที่ยังขาด: in words, and the part of the writing page where it belongs."""

    words: str
    part: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """ขั้นตอนหนึ่งบรรทัด: with its place on the chart, and whether its day has gone by."""

    step: Step
    bar: Bar | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """โครงการหนึ่งโครงการ with all its parts."""

    project: Project
    is_own: bool
    may_write: bool
    may_decide: bool
    answers: tuple[ProjectAnswer, ...]
    steps: tuple[StepLine, ...]
    span: Span
    today_at: int | None
    groups: tuple[TargetGroup, ...]
    supporters: tuple[ProjectSupporter, ...]
    risks: tuple[Risk, ...]
    places: tuple[ProjectPlace, ...]
    lacking: tuple[Lacking, ...]
    before_approval: ApprovalLacks

    @property
    def done(self) -> int:
        return sum(line.step.done_on is not None for line in self.steps)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.steps)

    @property
    def is_live(self) -> bool:
        return self.project.state not in {ProjectState.FINISHED, ProjectState.CANCELLED}


def project_sheet(post: Post, project: Project, *, today: date | None = None) -> ProjectSheet:
    """โครงการหนึ่งโครงการ: seven queries, whatever its size."""
    day = today or timezone.localdate()
    steps = list(project.steps.all())
    span = chart_span(project.be_year, [project, *steps])
    groups, places = tuple(project.target_groups.all()), tuple(project.places.all())
    answers = tuple(answers_of(post, project))
    own = is_own(post, project)
    return ProjectSheet(
        project=project,
        is_own=own,
        may_write=own and post.has_duty(Duty.ANSWER_ORDERS),
        may_decide=own and post.has_duty(Duty.ORDER),
        answers=answers,
        steps=tuple(
            StepLine(
                step,
                span.bar(step.begins_on, step.ends_on),
                is_step_late(step.ends_on, step.done_on, today=day),
            )
            for step in steps
        ),
        span=span,
        today_at=span.place(day) if span.first_on <= day <= span.last_on else None,
        groups=groups,
        supporters=tuple(project.supporters.select_related("organisation")),
        risks=tuple(project.risks.all()),
        places=places,
        lacking=tuple(_lacking(project, steps, bool(groups), bool(places), bool(answers))),
        before_approval=approval_lacks(
            {section.field: getattr(project, section.field) for section in SECTIONS},
            standing=project.standing,
        ),
    )


def _lacking(
    project: Project, steps: list[Step], has_groups: bool, has_places: bool, has_answers: bool
) -> list[Lacking]:
    words = {section.field: getattr(project, section.field) for section in SECTIONS}
    is_short = project.standing == PlanStanding.ROUTINE
    found = [
        Lacking(section.heading, section.field)
        for section in missing_sections(words)
        if not is_short or section.field == "targets"
    ]
    found += [
        Lacking(f"{section.heading}ยังมีช่อง …… ให้เติม", section.field)
        for section in SECTIONS
        if has_blanks(words[section.field])
    ]
    if project.begins_on is None or project.ends_on is None:
        found.append(Lacking("วันเริ่มและวันสิ้นสุด", "facts"))
    if is_short:
        return found
    if project.unit_id is None:
        found.append(Lacking("กองเจ้าของโครงการ", "facts"))
    if not steps:
        found.append(Lacking("ขั้นตอนและกำหนดวัน", "steps"))
    if not has_groups:
        found.append(Lacking("กลุ่มเป้าหมาย", "groups"))
    if not has_places:
        found.append(Lacking("สถานที่บนแผนที่", "places"))
    if not has_answers:
        found.append(Lacking("ข้อสั่งการที่โครงการนี้ตอบ", "answers"))
    return found


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """ข้อสั่งการให้เลือก, and whether the project answers it already."""

    clause: Directive
    is_answered: bool


def clause_choices(post: Post, project: Project) -> list[ClauseChoice]:
    """ข้อสั่งการที่โครงการนี้ตอบได้, newest order first; those below a pillar, not the pillar."""
    answered = set(project.answers.values_list("directive", flat=True))
    rows = answerable_clauses(post).order_by("-order__made_at", "order", "position", "pk")
    clauses = list(rows[:MOST_CLAUSES])
    known = {clause.pk for clause in clauses}
    older = answered - known
    if older:
        clauses += list(answerable_clauses(post).filter(pk__in=older))
    above = {clause.parent_id for clause in clauses}
    return [
        ClauseChoice(clause, clause.pk in answered)
        for clause in clauses
        if clause.pk not in above or clause.pk in answered
    ]


def indicators_suggested(post: Post, template: ProjectTemplate | None) -> list[Indicator]:
    """ตัวชี้วัดที่แบบโครงการแนะนำ."""
    if template is None or not template.indicators:
        return []
    by_code = {
        one.code: one for one in indicators_seen_by(post).filter(code__in=template.indicators)
    }
    return [by_code[code] for code in template.indicators if code in by_code]


def template_of(project: Project) -> ProjectTemplate | None:
    """แบบที่โครงการเริ่มจาก."""
    return template_named(project.template) if project.template else None


def boundaries_round(post: Post, project: Project) -> list[Boundary]:
    """แนวเขตของตำบลที่หน่วยงานดูแล; of a district or province its own, where it was loaded."""
    house = project.organisation
    codes = [str(code) for code in house.covers] if house.level == Level.LAO else [house.code]
    return list(boundaries_seen_by(post).filter(code__in=codes))
