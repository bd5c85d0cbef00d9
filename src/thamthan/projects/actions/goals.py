"""ตัวชี้วัดของโครงการ: goals are set from the list or in a house's own words, changed and dropped."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from thamthan.directives.models import Indicator
from thamthan.directives.queries import indicators_seen_by
from thamthan.directives.rules import Measure
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.models import Goal, Project
from thamthan.projects.rules import AddingUp
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

MOST_GOALS = 50


@dataclass(frozen=True, slots=True)
class GoalWords:
    """ตัวชี้วัดตามที่กำหนด: what is counted, in which unit, from where to where.

    Of a listed indicator, what is counted and the unit are the list's. Of a share both parts are
    given, or neither.
    """

    name: str
    measure: str
    unit: str
    adding_up: str
    indicator: Indicator | None = None
    method: str = ""
    is_less_better: bool = False
    baseline_milli: int | None = None
    baseline_of_milli: int | None = None
    baseline_words: str = ""
    target_milli: int | None = None
    target_of_milli: int | None = None


_KEPT = (
    "name",
    "measure",
    "unit",
    "method",
    "adding_up",
    "is_less_better",
    "baseline_milli",
    "baseline_of_milli",
    "baseline_words",
    "target_milli",
    "target_of_milli",
)


# What an old number means.
_MEANING = ("measure", "unit")


@transaction.atomic
def set_goal(
    project: Project,
    words: GoalWords,
    *,
    by: Post,
    goal: Goal | None = None,
    seen_version: int | None = None,
) -> Goal:
    """กำหนดตัวชี้วัด: a new one, or this one worded anew; what was before stays in history.

    What is counted and its unit stay as they are once a result was given: else old numbers would
    come to mean something else.
    """
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    row = locked_goal(locked, goal) if goal is not None else Goal(project=locked)
    before = {name: getattr(row, name) for name in _KEPT} if goal is not None else {}
    if goal is None and locked.goals.filter(dropped_at=None).count() >= MOST_GOALS:
        raise Refused(f"โครงการหนึ่งมีตัวชี้วัดได้ไม่เกิน {MOST_GOALS} ข้อ", code="too_many", status=400)
    _put(row, words, by)
    means_another = any(name in before and before[name] != getattr(row, name) for name in _MEANING)
    if means_another and row.results.exists():
        raise Refused(
            "มีผลบันทึกไว้แล้ว จึงเปลี่ยนสิ่งที่นับหรือหน่วยนับไม่ได้ โปรดเอาข้อนี้ออกแล้วตั้งใหม่",
            code="has_results",
        )
    row.save()
    locked.version += 1
    locked.save(update_fields=["version"])
    after = {name: getattr(row, name) for name in _KEPT}
    changed = {name: before[name] for name in before if before[name] != after[name]}
    record(Verb.GOAL_SET, locked, by=by, goal=row.pk, name=row.name, before=changed, now=after)
    return row


@transaction.atomic
def drop_goal(goal: Goal, *, by: Post, why: str) -> None:
    """เอาตัวชี้วัดออก: it is counted no longer; its results stay in the records."""
    locked = locked_project(goal.project, by=by)
    check_live(locked)
    row = Goal.objects.select_for_update(no_key=True).get(pk=goal.pk)
    if row.dropped_at is not None:
        return
    reason = squeeze(why)
    if not reason and row.results.exists():
        raise Refused("ตัวชี้วัดนี้มีผลบันทึกไว้แล้ว โปรดบอกเหตุที่เอาออก", code="no_reason", status=400)
    row.dropped_at = timezone.now()
    row.save(update_fields=["dropped_at"])
    locked.version += 1
    locked.save(update_fields=["version"])
    record(
        Verb.GOAL_SET, locked, by=by, note=reason[:2000], goal=row.pk, name=row.name, dropped=True
    )


def locked_goal(project: Project, goal: Goal) -> Goal:
    """The goal of this project, locked; refused where it is another's or was dropped."""
    row = Goal.objects.select_for_update(no_key=True).get(pk=goal.pk)
    if row.project_id != project.pk:
        raise Refused("ตัวชี้วัดนี้เป็นของโครงการอื่น", code="foreign_goal", status=400)
    if row.dropped_at is not None:
        raise Refused("ตัวชี้วัดนี้ถูกเอาออกแล้ว", code="goal_dropped")
    return row


def _put(row: Goal, words: GoalWords, by: Post) -> None:
    """The words into the row, each looked at."""
    indicator = words.indicator
    chosen = indicator.pk if indicator else None
    # One that was chosen before may have left the list since.
    is_new = chosen is not None and chosen != row.indicator_id
    if is_new and not indicators_seen_by(by).filter(pk__in=[chosen]).exists():
        raise Refused("ไม่พบตัวชี้วัดนี้ในบัญชี", code="foreign_indicator", status=400)
    name = squeeze(words.name) or (indicator.name if indicator else "")
    unit = indicator.unit if indicator else squeeze(words.unit)
    measure = indicator.measure if indicator else words.measure
    if not name or not unit:
        raise Refused("โปรดบอกชื่อตัวชี้วัดและหน่วยนับ", code="no_name", status=400)
    if len(name) > 500 or len(unit) > 60 or len(words.method) > 5000:
        raise Refused("ข้อความยาวเกินไป", code="long_words", status=400)
    if measure not in Measure.values or words.adding_up not in AddingUp.values:
        raise Refused("โปรดเลือกสิ่งที่นับและวิธีรวมผล", code="unknown_choice", status=400)
    _check_way(measure, words.adding_up)
    for part, of, what in (
        (words.baseline_milli, words.baseline_of_milli, "ค่าฐาน"),
        (words.target_milli, words.target_of_milli, "เป้าหมาย"),
    ):
        _check_parts(measure, part, of, what)
    row.indicator, row.name, row.unit, row.measure = indicator, name, unit, measure
    row.method = words.method.strip() or (indicator.method if indicator else "")
    row.adding_up, row.is_less_better = words.adding_up, words.is_less_better
    row.baseline_milli, row.baseline_of_milli = words.baseline_milli, words.baseline_of_milli
    row.baseline_words = squeeze(words.baseline_words)[:300]
    row.target_milli, row.target_of_milli = words.target_milli, words.target_of_milli


def _check_way(measure: str, adding_up: str) -> None:
    is_share = measure == Measure.RATIO
    if is_share and adding_up not in {AddingUp.SHARE, AddingUp.LATEST}:
        raise Refused(
            "ร้อยละและอัตราส่วนบวกกันไม่ได้ โปรดเลือกรวมจากตัวตั้งและตัวหาร หรือใช้ค่าล่าสุด",
            code="share_not_summed",
            status=400,
        )
    if not is_share and adding_up == AddingUp.SHARE:
        raise Refused("วิธีรวมนี้ใช้กับร้อยละหรืออัตราส่วนเท่านั้น", code="share_of_nothing", status=400)


def _check_parts(measure: str, part: int | None, of: int | None, what: str) -> None:
    if measure == Measure.RATIO:
        if (part is None) != (of is None):
            raise Refused(f"{what}ต้องมีทั้งตัวตั้งและตัวหาร", code="half_a_share", status=400)
        if of is not None and of <= 0:
            raise Refused(f"ตัวหารของ{what}ต้องมากกว่าศูนย์", code="share_of_nothing", status=400)
    elif of is not None:
        raise Refused(f"{what}ของตัวชี้วัดนี้ไม่มีตัวหาร", code="no_share", status=400)
