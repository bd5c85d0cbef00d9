"""/projects/…/goals: what a project is measured by, its results given and corrected by programs."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from ninja import Field, Router, Schema

from thamthan.api.kinds import Key, Number, number_told
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.directives.rules import Measure
from thamthan.projects.actions import correct_result, give_result
from thamthan.projects.queries import (
    GivenResult,
    doubts_of,
    goal_for,
    goals_of,
    progress_of,
    project_for,
    result_for,
    results_of,
)
from thamthan.projects.rules import AddingUp, Light, ResultStanding, milli_of

if TYPE_CHECKING:
    from thamthan.projects.models import Goal, Result
    from thamthan.projects.queries import GoalLine
    from thamthan.projects.rules import Part

router = Router(tags=["projects"])


class PartOut(Schema):
    """ด้านหนึ่งของความก้าวหน้า."""

    percent: int | None = Field(description="whole hundredths; null where nothing is to measure")
    light: Light
    why: str


class ProgressOut(Schema):
    """ความก้าวหน้าของโครงการ by the stated rule, each with its Thai sentence."""

    light: Light
    why: str
    steps: PartOut
    money: PartOut
    results: PartOut
    days: PartOut


class ResultOut(Schema):
    """ผลของงวดหนึ่ง; nought is measured, and no row is not sent."""

    id: int
    ref: str
    from_on: date
    until_on: date
    as_of: date
    standing: ResultStanding
    value: Number
    of: Number
    source: str
    remark: str
    warned: list[str] = Field(description="what was warned of, and confirmed, before it was saved")
    made_at: datetime
    replaced_by: int | None


class GoalOut(Schema):
    """ตัวชี้วัดของโครงการ with its target, its results and what they come to."""

    id: int
    ref: str
    indicator: str = Field(description="code of the listed indicator; empty for the house's own")
    name: str
    measure: Measure
    unit: str
    adding_up: AddingUp
    is_less_better: bool
    baseline: Number
    baseline_of: Number
    target: Number
    target_of: Number
    so_far: Number
    so_far_of: Number
    periods_measured: int
    periods_expected: int
    periods_said: str = Field(
        description="n of m periods, in Thai, and of what kind the others are"
    )
    results: list[ResultOut]


class GoalsOut(Schema):
    items: list[GoalOut]


class ResultIn(Schema):
    """ผลของงวด: a number for what is measured, none otherwise, and then why."""

    from_on: date
    until_on: date
    as_of: date
    standing: ResultStanding = ResultStanding.MEASURED
    value: Number
    of: Number
    source: str = Field("", max_length=5000)
    remark: str = Field("", max_length=5000)
    confirmed: list[str] = Field(
        default_factory=list,
        max_length=20,
        description="keys of /doubts that a person saw with these very numbers",
    )


class CorrectionIn(ResultIn):
    """แก้ไขผล: the same period anew, and why."""

    why: str = Field(max_length=2000)


class DoubtOut(Schema):
    """คำเตือนก่อนบันทึก."""

    key: str
    guard: str
    words: str


class DoubtsOut(Schema):
    items: list[DoubtOut]


@router.get("/projects/{project_id}/progress", response={200: ProgressOut, **PROBLEMS})
def progress(request: ApiRequest, project_id: Key) -> ProgressOut:
    """ความก้าวหน้าของโครงการ."""
    project = project_for(request.auth, project_id)
    found = progress_of(request.auth, [project])[project.pk]
    return ProgressOut(
        light=found.light,
        why=found.why,
        steps=_part(found.steps),
        money=_part(found.money),
        results=_part(found.results),
        days=_part(found.days),
    )


@router.get("/projects/{project_id}/goals", response={200: GoalsOut, **PROBLEMS})
def list_goals(request: ApiRequest, project_id: Key) -> GoalsOut:
    """ตัวชี้วัดของโครงการ with the results that hold."""
    project = project_for(request.auth, project_id)
    return GoalsOut(items=[_goal(line) for line in goals_of(request.auth, project)])


@router.get(
    "/projects/{project_id}/goals/{goal_id}/results", response={200: list[ResultOut], **PROBLEMS}
)
def list_results(request: ApiRequest, project_id: Key, goal_id: Key) -> list[ResultOut]:
    """ผลทุกงวดของตัวชี้วัด, corrected ones too, the newest period first."""
    goal = _goal_of(request, project_id, goal_id)
    return [_result(one) for one in results_of(request.auth, goal)]


@router.post("/projects/{project_id}/goals/{goal_id}/doubts", response={200: DoubtsOut, **PROBLEMS})
def doubts(request: ApiRequest, project_id: Key, goal_id: Key, given: ResultIn) -> DoubtsOut:
    """คำเตือนก่อนบันทึก: what looks wrong about this result; nothing is saved."""
    found = doubts_of(request.auth, _goal_of(request, project_id, goal_id), _given(given))
    return DoubtsOut(
        items=[DoubtOut(key=one.key, guard=one.guard.value, words=one.words) for one in found]
    )


@router.post(
    "/projects/{project_id}/goals/{goal_id}/results", response={200: ResultOut, **PROBLEMS}
)
def give(request: ApiRequest, project_id: Key, goal_id: Key, given: ResultIn) -> ResultOut:
    """บันทึกผลของงวด; sent again unchanged, it is kept once. Doubts are confirmed by their keys."""
    goal = _goal_of(request, project_id, goal_id)
    kept = give_result(goal, _given(given), by=request.auth, confirmed=given.confirmed)
    return _result(kept)


@router.post("/results/{result_id}/corrections", response={200: ResultOut, **PROBLEMS})
def correct(request: ApiRequest, result_id: Key, given: CorrectionIn) -> ResultOut:
    """แก้ไขผล: a new row of the same period; the old one stays and points at it."""
    kept = correct_result(
        result_for(request.auth, result_id),
        _given(given),
        by=request.auth,
        why=given.why,
        confirmed=given.confirmed,
    )
    return _result(kept)


def _goal_of(request: ApiRequest, project_id: int, goal_id: int) -> "Goal":
    return goal_for(request.auth, project_for(request.auth, project_id), goal_id)


def _given(given: ResultIn) -> GivenResult:
    return GivenResult(
        from_on=given.from_on,
        until_on=given.until_on,
        as_of=given.as_of,
        standing=given.standing,
        milli=milli_of(given.value or ""),
        of_milli=milli_of(given.of or "", of="ตัวหาร"),
        source=given.source.replace("\x00", ""),
        remark=given.remark.replace("\x00", ""),
    )


def _part(part: "Part") -> PartOut:
    return PartOut(percent=part.percent, light=part.light, why=part.why)


def _goal(line: "GoalLine") -> GoalOut:
    goal, total = line.goal, line.total
    kept = [one for cell in line.cells for one in cell.results] + list(line.others)
    results = {one.pk: one for one in kept}
    return GoalOut(
        id=goal.pk,
        ref=str(goal.ref),
        indicator=goal.indicator.code if goal.indicator else "",
        name=goal.name,
        measure=Measure(goal.measure),
        unit=goal.unit,
        adding_up=AddingUp(goal.adding_up),
        is_less_better=goal.is_less_better,
        baseline=number_told(goal.baseline_milli),
        baseline_of=number_told(goal.baseline_of_milli),
        target=number_told(goal.target_milli),
        target_of=number_told(goal.target_of_milli),
        so_far=number_told(total.milli),
        so_far_of=number_told(total.of_milli),
        periods_measured=total.measured,
        periods_expected=total.periods,
        periods_said=total.words(),
        results=[_result(one) for one in results.values()],
    )


def _result(one: "Result") -> ResultOut:
    return ResultOut(
        id=one.pk,
        ref=str(one.ref),
        from_on=one.from_on,
        until_on=one.until_on,
        as_of=one.as_of,
        standing=ResultStanding(one.standing),
        value=number_told(one.value_milli),
        of=number_told(one.of_milli),
        source=one.source,
        remark=one.remark,
        warned=[str(each.get("words", "")) for each in one.warned],
        made_at=timezone.localtime(one.made_at),
        replaced_by=one.replaced_by_id,
    )
