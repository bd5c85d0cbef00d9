"""Progress of many projects at once: three questions to the database, however many there are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, Sum
from django.utils import timezone

from thamthan.organisations.models import Post
from thamthan.projects.models import Allotment, Goal, Project, Step
from thamthan.projects.rules import AddingUp, ResultStanding
from thamthan.projects.rules.figures import PeriodFigure, Total, add_up, added_share
from thamthan.projects.rules.periods import Period, quarters_owed, with_unsent
from thamthan.projects.rules.progress import (
    Course,
    GoalReached,
    Progress,
    StepDone,
    course_days,
    judge,
)


def progress_of(post: Post, projects: Collection[Project]) -> dict[int, Progress]:
    """ความก้าวหน้าของหลายโครงการ by their keys. Those given came through a door already."""
    return judged(projects, today=timezone.localdate())


def judged(projects: Collection[Project], *, today: date) -> dict[int, Progress]:
    """The same for whoever came by another door, as a citizen does."""
    keys = [one.pk for one in projects]
    steps: dict[int, list[StepDone]] = defaultdict(list)
    for project, weight, ends_on, done_on in Step.objects.filter(project__in=keys).values_list(
        "project_id", "weight", "ends_on", "done_on"
    ):
        steps[project].append(StepDone(weight, ends_on, done_on))
    money = {
        project: (approved, paid)
        for project, approved, paid in Allotment.objects.filter(project__in=keys)
        .order_by()
        .values("project")
        .annotate(approved=Sum("approved_satang"), paid=Sum("paid_satang"))
        .values_list("project", "approved", "paid")
    }
    reached = _reached(projects, today=today)
    found = {}
    for one in projects:
        approved, paid = money.get(one.pk, (0, 0))
        begins_on, ends_on = course_days(one.be_year, one.begins_on, one.ends_on)
        course = Course(
            state=one.state,
            begins_on=begins_on,
            ends_on=ends_on,
            steps=steps[one.pk],
            approved_satang=approved,
            paid_satang=paid,
            goals=reached[one.pk],
        )
        found[one.pk] = judge(course, today=today)
    return found


@dataclass(slots=True)
class _Open:
    """A goal whose results are being gathered."""

    project: Project
    name: str
    adding_up: str
    is_less_better: bool
    baseline: tuple[int | None, int | None]
    target: tuple[int | None, int | None]
    sent: list[tuple[Period, PeriodFigure]]


def _reached(projects: Collection[Project], *, today: date) -> dict[int, list[GoalReached]]:
    rows = {one.pk: one for one in projects}
    goals: dict[int, _Open] = {}
    kept = FilteredRelation("results", condition=Q(results__replaced_by=None))
    found = Goal.objects.filter(project__in=list(rows), dropped_at=None).annotate(kept=kept)
    for row in found.order_by("pk").values(*_FIELDS):
        goal = goals.get(row["pk"])
        if goal is None:
            goal = goals[row["pk"]] = _Open(
                project=rows[row["project_id"]],
                name=row["name"],
                adding_up=row["adding_up"],
                is_less_better=row["is_less_better"],
                baseline=(row["baseline_milli"], row["baseline_of_milli"]),
                target=(row["target_milli"], row["target_of_milli"]),
                sent=[],
            )
        if row["kept__standing"] is not None:
            goal.sent.append(_sent(row))
    answer: dict[int, list[GoalReached]] = defaultdict(list)
    for goal in goals.values():
        one = goal.project
        total = total_of(one, goal.adding_up, goal.sent, today=today)
        reached = GoalReached(
            name=goal.name,
            total=total,
            baseline=added_share(*goal.baseline),
            target=added_share(*goal.target),
            is_less_better=goal.is_less_better,
        )
        answer[one.pk].append(reached)
    return answer


_FIELDS = (
    "pk",
    "project_id",
    "name",
    "adding_up",
    "is_less_better",
    "baseline_milli",
    "baseline_of_milli",
    "target_milli",
    "target_of_milli",
    "kept__from_on",
    "kept__until_on",
    "kept__standing",
    "kept__value_milli",
    "kept__of_milli",
)


def _sent(row: dict[str, Any]) -> tuple[Period, PeriodFigure]:
    until_on = row["kept__until_on"]
    figure = PeriodFigure(
        until_on=until_on,
        standing=ResultStanding(row["kept__standing"]),
        milli=row["kept__value_milli"],
        of_milli=row["kept__of_milli"],
    )
    return Period(row["kept__from_on"], until_on), figure


def total_of(
    project: Project,
    adding_up: str,
    sent: Collection[tuple[Period, PeriodFigure]],
    *,
    today: date,
) -> Total:
    """ผลรวมของตัวชี้วัด, with the quarters that are over and for which nothing was sent."""
    owed = quarters_owed(project.be_year, project.begins_on, project.ends_on, today=today)
    return add_up(AddingUp(adding_up), with_unsent(sent, owed))
