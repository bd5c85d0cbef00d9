"""ผลของตัวชี้วัด: results are given and corrected; residents told, to hold figures against."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.directives.rules import Measure
from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_works, locked_project
from thamthan.projects.actions.goals import locked_goal
from thamthan.projects.models import Goal, Residents, Result
from thamthan.projects.queries.measures import GivenResult, doubts_of, period_of
from thamthan.projects.rules import SHOWN_STATES, ResultStanding
from thamthan.projects.rules.guards import Doubt
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

_MOST_DAYS = timedelta(days=366)
_OLDEST = timedelta(days=366 * 10)


@transaction.atomic
def give_result(
    goal: Goal, given: GivenResult, *, by: Post, confirmed: Collection[str] = ()
) -> Result:
    """บันทึกผลของงวด. What looks wrong is confirmed once, by the keys of `doubts_of`.

    The same press again changes nothing; another figure for that period is a correction.
    """
    row = _open_goal(goal, by)
    given = _checked(row, given)
    for there in Result.objects.filter(goal=row, replaced_by=None).select_related(
        "made_by__organisation"
    ):
        if period_of(there) == given.period and _says_the_same(there, given):
            return there
        if period_of(there).overlaps(given.period):
            raise Refused(
                f"มีผลของ{period_of(there).name}แล้ว โดย{there.made_by.title}"
                " ถ้าตัวเลขเปลี่ยน โปรดกดแก้ไขผลนั้น",
                code="result_there",
                result=there.pk,
            )
    doubts = _confirmed(doubts_of(by, row, given), confirmed)
    kept = _result(row, given, by, doubts)
    kept.save()
    facts = _facts(kept) | {"goal": row.pk, "result": kept.pk}
    record(Verb.RESULT_GIVEN, row.project, by=by, note=kept.remark[:2000], **facts)
    return kept


@transaction.atomic
def correct_result(
    result: Result, given: GivenResult, *, by: Post, why: str, confirmed: Collection[str] = ()
) -> Result:
    """แก้ไขผล: a new row of the same period; the old one stays and points at it."""
    row = _open_goal(result.goal, by)
    old = Result.objects.select_for_update(no_key=True).get(pk=result.pk)
    if old.replaced_by_id is not None:
        raise Refused("มีผู้แก้ผลนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ โปรดดูผลล่าสุดก่อน", code="changed_meanwhile")
    if period_of(old) != given.period:
        raise Refused("แก้ไขผลได้เฉพาะของงวดเดิม", code="other_period", status=400)
    given = _checked(row, given)
    if _says_the_same(old, given):
        return old
    reason = squeeze(why)
    if not reason:
        raise Refused("โปรดบอกเหตุที่แก้ไขผล", code="no_reason", status=400)
    doubts = _confirmed(doubts_of(by, row, given, instead_of=old), confirmed)
    # One current row a period: the old one steps aside before the new one has a key.
    old.replaced_by = old
    old.save(update_fields=["replaced_by"])
    kept = _result(row, given, by, doubts)
    kept.save()
    old.replaced_by = kept
    old.save(update_fields=["replaced_by"])
    facts = _facts(kept) | {"goal": row.pk, "result": kept.pk, "before": _facts(old)}
    record(Verb.RESULT_CORRECTED, row.project, by=by, note=reason[:2000], **facts)
    return kept


@transaction.atomic
def tell_residents(
    *, by: Post, as_of: date, people: int, households: int, source: str
) -> Residents:
    """บันทึกประชากรและครัวเรือน of one's own house, of a day; a newer row, never a changed one."""
    check_works(by)
    if as_of > timezone.localdate():
        raise Refused("วันที่นี้ยังมาไม่ถึง", code="future_day", status=400)
    most = 10**8
    if not 0 < households <= people <= most:
        raise Refused(
            "ประชากรและครัวเรือนต้องมากกว่าศูนย์ และครัวเรือนไม่มากกว่าประชากร",
            code="wrong_number",
            status=400,
        )
    words = squeeze(source)
    if not words:
        raise Refused("โปรดบอกแหล่งข้อมูล เช่น สถิติทะเบียนราษฎร", code="no_source", status=400)
    return Residents.objects.create(
        organisation=house_of(by),
        as_of=as_of,
        people=people,
        households=households,
        source=words[:300],
        made_by=by,
    )


def _open_goal(goal: Goal, by: Post) -> Goal:
    """The goal of a project of one's own that may have results, locked with its project."""
    project = locked_project(goal.project, by=by)
    if project.state not in SHOWN_STATES:
        raise Refused(
            f"โครงการนี้{project.get_state_display()} จึงยังบันทึกผลไม่ได้", code="wrong_project_state"
        )
    row = locked_goal(project, goal)
    row.project = project
    return row


def _checked(goal: Goal, given: GivenResult) -> GivenResult:
    """The result as it may be kept: refused where it says two things, or nothing."""
    today = timezone.localdate()
    if given.until_on < given.from_on or given.until_on - given.from_on > _MOST_DAYS:
        raise Refused("งวดนี้ไม่ถูกต้อง งวดหนึ่งยาวไม่เกินหนึ่งปี", code="wrong_period", status=400)
    if given.from_on > today:
        begins = format_date(given.from_on, style="short")
        raise Refused(f"งวดนี้เริ่ม {begins} ยังไม่ถึงเวลา", code="future_day", status=400)
    if min(given.from_on, given.as_of) < today - _OLDEST:
        raise Refused("งวดนี้นานเกินสิบปีแล้ว โปรดตรวจปี พ.ศ.", code="wrong_year", status=400)
    source, remark = squeeze(given.source), given.remark.strip()
    if max(len(source), len(remark)) > 5000:
        raise Refused("ข้อความยาวเกินไป", code="long_words", status=400)
    if given.standing == ResultStanding.MEASURED:
        _check_number(goal, given)
        if not source:
            raise Refused("โปรดบอกแหล่งข้อมูลของตัวเลขนี้", code="no_source", status=400)
    elif given.milli is not None or given.of_milli is not None:
        raise Refused(
            f"เลือก “{given.standing.label}” แล้วต้องไม่ใส่ตัวเลข", code="number_and_none", status=400
        )
    elif not remark:
        raise Refused(f"โปรดบอกว่าเหตุใดจึง{given.standing.label}", code="no_reason", status=400)
    return replace(given, source=source, remark=remark)


def _check_number(goal: Goal, given: GivenResult) -> None:
    if given.milli is None:
        raise Refused("โปรดใส่ตัวเลข ถ้าวัดแล้วได้ศูนย์ให้ใส่ 0", code="no_number", status=400)
    if goal.measure == Measure.RATIO and given.of_milli is None:
        raise Refused("ผลต้องมีทั้งตัวตั้งและตัวหาร", code="half_a_share", status=400)
    if goal.measure != Measure.RATIO and given.of_milli is not None:
        raise Refused("ผลของตัวชี้วัดนี้ไม่มีตัวหาร", code="no_share", status=400)
    if given.of_milli is not None and given.of_milli < 0:
        raise Refused("ตัวหารติดลบไม่ได้", code="share_of_nothing", status=400)


def _confirmed(doubts: list[Doubt], confirmed: Collection[str]) -> list[Doubt]:
    """Refuse unless each of these was seen with these very numbers."""
    unseen = [one for one in doubts if one.key not in confirmed]
    if unseen:
        raise Refused(
            " · ".join(one.words for one in unseen),
            code="unconfirmed",
            doubts=[{"key": one.key, "words": one.words} for one in unseen],
        )
    return doubts


def _result(goal: Goal, given: GivenResult, by: Post, doubts: list[Doubt]) -> Result:
    return Result(
        goal=goal,
        from_on=given.from_on,
        until_on=given.until_on,
        as_of=given.as_of,
        standing=given.standing,
        value_milli=given.milli,
        of_milli=given.of_milli,
        source=given.source,
        remark=given.remark,
        warned=[{"guard": one.guard.value, "words": one.words} for one in doubts],
        made_by=by,
    )


def _says_the_same(there: Result, given: GivenResult) -> bool:
    return (
        there.standing,
        there.value_milli,
        there.of_milli,
        there.as_of,
        there.source,
        there.remark,
    ) == (
        given.standing,
        given.milli,
        given.of_milli,
        given.as_of,
        given.source,
        given.remark,
    )


def _facts(result: Result) -> dict[str, Any]:
    return {
        "from_on": result.from_on.isoformat(),
        "until_on": result.until_on.isoformat(),
        "as_of": result.as_of.isoformat(),
        "standing": result.standing,
        "value_milli": result.value_milli,
        "of_milli": result.of_milli,
        "warned": result.warned,
    }
