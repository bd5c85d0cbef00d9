"""จัดสรรเงิน: what a project hopes for, what it may use of a line, and moving it between lines."""

from uuid import UUID

import uuid6
from django.db import transaction
from django.db.models import Sum

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_decides, check_live, locked_project
from thamthan.projects.actions.money_locks import (
    Sure,
    check_room,
    check_same_press,
    check_seen,
    check_some,
    locked_allotments,
    locked_lines,
    was_pressed,
)
from thamthan.projects.models import (
    Allotment,
    BudgetLine,
    FundingChannel,
    PlanBudget,
    Project,
)
from thamthan.projects.rules import (
    AmountDoubt,
    BahtRead,
    amount_doubts,
    check_sure,
    in_baht,
)
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

_ROW = Allotment._meta.label_lower


@transaction.atomic
def plan_money(
    project: Project,
    amount: BahtRead,
    *,
    by: Post,
    source_words: str = "",
    channel: FundingChannel | None = None,
    press: UUID | None = None,
    sure_of: Sure = (),
) -> Allotment:
    """ตั้งแหล่งเงินที่คาดไว้: money of no line yet, with where it is hoped to come from.

    The same `press` sent twice is one source.
    """
    locked = locked_project(project, by=by)
    kept = Allotment.objects.filter(ref=press, project=locked).first() if press else None
    if kept is not None:
        check_same_press(kept.planned_satang == amount.satang)
        return kept
    check_live(locked)
    check_some(amount.satang)
    words = _source(source_words, channel)
    check_sure(_plan_doubts(locked, amount), sure_of=sure_of)
    row = Allotment(
        project=locked,
        channel=channel,
        source_words=words,
        planned_satang=amount.satang,
        ref=press or uuid6.uuid7(),
    )
    row.save()
    _tell_plan(row, 0, by=by)
    return row


@transaction.atomic
def change_plan(
    allotment: Allotment,
    amount: BahtRead,
    *,
    by: Post,
    source_words: str | None = None,
    seen_satang: int | None = None,
    sure_of: Sure = (),
) -> Allotment | None:
    """แก้เงินตามแผน: another amount or other words; nought takes away what is only hoped for.

    Taken away already, it stays away.
    """
    project = locked_project(allotment.project, by=by)
    (row,) = locked_allotments(project, allotment.pk)
    if row is None:
        if amount.satang:
            raise Refused("แหล่งเงินนี้เอาออกไปแล้ว", code="changed_meanwhile")
        return None
    words = row.source_words
    if source_words is not None and row.line_id is None:
        words = _source(source_words, row.channel)
    if (amount.satang, words) == (row.planned_satang, row.source_words):
        return row
    check_seen(seen_satang, row.planned_satang)
    check_live(project)
    check_sure(_plan_doubts(project, amount), sure_of=sure_of)
    before, row.planned_satang, row.source_words = row.planned_satang, amount.satang, words
    if not amount.satang and row.line_id is None:
        _tell_plan(row, before, by=by)
        row.delete()
        return None
    row.save(update_fields=["planned_satang", "source_words"])
    _tell_plan(row, before, by=by)
    return row


@transaction.atomic
def allot_money(
    project: Project,
    line: BudgetLine,
    amount: BahtRead,
    *,
    by: Post,
    hoped: Allotment | None = None,
    seen_satang: int | None = None,
    sure_of: Sure = (),
) -> Allotment:
    """จัดสรรเงินจากรายการงบประมาณ: the project may use just so much of the line from now on.

    Never more than the line has left, however many projects ask at once; never under what is
    bound already. `hoped` is a source without a line that this money is the coming true of: its
    plan goes over to the line. The same amount again changes nothing.
    """
    check_decides(by)
    locked = locked_project(project, by=by)
    (row_of_line,) = locked_lines(line, by=by)
    known = Allotment.objects.filter(project=locked, line=row_of_line)
    found, plan = locked_allotments(
        locked, known.values_list("pk", flat=True).first(), hoped.pk if hoped else None
    )
    if plan is not None and plan.line_id is not None:
        # It came true in an earlier press.
        plan = None
    row = found or plan or Allotment(project=locked)
    before = row.approved_satang
    if found is not None and plan is None and before == amount.satang:
        return found
    check_seen(seen_satang, before)
    if found is None:
        check_some(amount.satang)
    more = amount.satang - before
    if more > 0:
        check_live(locked)
        check_room(
            more,
            row_of_line.approved_satang - row_of_line.allotted_satang,
            words=f"รายการ “{row_of_line.name[:80]}” เหลือให้จัดสรร{'เพิ่ม' if before else ''}",
            code="line_overspent",
        )
    _check_not_under(amount.satang, row.committed_satang)
    check_sure(_allot_doubts(locked, row_of_line, row, plan, amount), sure_of=sure_of)
    row.line, row.approved_satang = row_of_line, amount.satang
    if found is not None and plan is not None:
        row.planned_satang += plan.planned_satang
        plan.delete()
    row.save()
    row_of_line.allotted_satang += more
    row_of_line.save(update_fields=["allotted_satang"])
    _tell(row, row_of_line, before, by=by)
    return row


@transaction.atomic
def move_allotment(
    allotment: Allotment,
    line: BudgetLine,
    amount: BahtRead,
    *,
    by: Post,
    press: UUID,
    sure_of: Sure = (),
) -> Allotment:
    """ย้ายเงินของโครงการไปใช้จากอีกรายการหนึ่ง: so much less of its line, so much more of that one.

    What is bound stays where it is. The same `press` sent twice moves once. Whether the transfer
    was approved by those who must is not checked here.
    """
    check_decides(by)
    project = locked_project(allotment.project, by=by)
    asked = Allotment.objects.filter(pk=allotment.pk, project=project).first()
    if asked is None or asked.line is None:
        if asked is None and (done := _moved_by(project, line, press, amount.satang)):
            return done
        raise Refused("เงินรายการนี้ยังไม่ได้จัดสรรจากรายการงบประมาณ จึงย้ายไม่ได้", code="no_line")
    from_line, to_line = locked_lines(asked.line, line, by=by)
    if from_line.pk == to_line.pk:
        raise Refused("เลือกรายการอื่นที่จะย้ายไป", code="same_line", status=400, field="line")
    known = Allotment.objects.filter(project=project, line=to_line)
    row, target = locked_allotments(project, asked.pk, known.values_list("pk", flat=True).first())
    if row is None:
        raise Refused("เงินรายการนี้ถูกย้ายไปแล้ว", code="changed_meanwhile")
    if target is not None and was_pressed(
        _ROW, Verb.MONEY_ALLOTTED, press, row_pk=target.pk, satang=amount.satang
    ):
        return target
    check_live(project)
    check_some(amount.satang)
    check_room(
        amount.satang,
        row.approved_satang - row.committed_satang,
        words="ส่วนที่ยังไม่ผูกพันของรายการเดิมมี",
        code="allotment_bound",
    )
    check_room(
        amount.satang,
        to_line.approved_satang - to_line.allotted_satang,
        words=f"รายการ “{to_line.name[:80]}” เหลือให้จัดสรร",
        code="line_overspent",
    )
    check_sure(amount_doubts(amount), sure_of=sure_of)
    target = target or Allotment(project=project, line=to_line)
    before, target.approved_satang = target.approved_satang, target.approved_satang + amount.satang
    row.approved_satang -= amount.satang
    is_empty = not row.approved_satang and not row.commitments.exists()
    if is_empty:
        target.planned_satang += row.planned_satang
        row.delete()
    else:
        row.save(update_fields=["approved_satang"])
        _tell(row, from_line, row.approved_satang + amount.satang, by=by)
    target.save()
    from_line.allotted_satang -= amount.satang
    to_line.allotted_satang += amount.satang
    for one in (from_line, to_line):
        one.save(update_fields=["allotted_satang"])
    _tell(
        target,
        to_line,
        before,
        by=by,
        moved_from=from_line.pk,
        amount_satang=amount.satang,
        press=str(press),
    )
    return target


def _moved_by(project: Project, line: BudgetLine, press: UUID, satang: int) -> Allotment | None:
    """Where the money went, if this press moved all of it and nothing was left behind."""
    target = Allotment.objects.filter(project=project, line=line).first()
    if target is None:
        return None
    is_done = was_pressed(_ROW, Verb.MONEY_ALLOTTED, press, row_pk=target.pk, satang=satang)
    return target if is_done else None


def _source(source_words: str, channel: FundingChannel | None) -> str:
    words = squeeze(source_words)
    if not words and channel is None:
        raise Refused("โปรดบอกว่าคาดว่าจะได้เงินจากไหน", code="no_source", status=400, field="source")
    if len(words) > 300:
        raise Refused("ยาวเกิน 300 ตัวอักษร", code="long_words", status=400, field="source")
    return words


def _check_not_under(satang: int, committed: int) -> None:
    if satang < committed:
        raise Refused(
            f"โครงการก่อหนี้ผูกพันไปแล้ว {in_baht(committed)} ลดต่ำกว่านี้ไม่ได้",
            code="allotment_bound",
            field="amount",
            committed_satang=committed,
        )


def _planned_in_the_plan(project: Project) -> int:
    """What the development plan states for the project's year; nought where it states nothing."""
    if project.plan_row_id is None:
        return 0
    stated = PlanBudget.objects.filter(row=project.plan_row_id, be_year=project.be_year).first()
    if stated is None:
        return 0
    return stated.ordinance_satang or stated.planned_satang or 0


def _plan_doubts(project: Project, amount: BahtRead) -> list[AmountDoubt]:
    house_year = BudgetLine.objects.filter(
        organisation_id=project.organisation_id, be_year=project.be_year
    ).aggregate(whole=Sum("approved_satang"))["whole"]
    return amount_doubts(
        amount,
        against=_planned_in_the_plan(project),
        called="วงเงินในแผนพัฒนา",
        house_year=house_year or 0,
    )


def _allot_doubts(
    project: Project,
    line: BudgetLine,
    row: Allotment,
    plan: Allotment | None,
    amount: BahtRead,
) -> list[AmountDoubt]:
    planned = row.planned_satang + (plan.planned_satang if plan and plan.pk != row.pk else 0)
    planned = planned or _planned_in_the_plan(project)
    found = amount_doubts(amount, against=planned, called="วงเงินตามแผน")
    if line.be_year != project.be_year:
        words = f"เงินของปีงบประมาณ {line.be_year} แต่โครงการเป็นของปี {project.be_year}"
        found.append(AmountDoubt(f"other_year:{line.pk}", words))
    return found


def _tell_plan(row: Allotment, before: int, *, by: Post) -> None:
    record(
        Verb.PROJECT_CHANGED,
        row.project,
        by=by,
        changed=["money"],
        source=row.source_words or (row.channel.name if row.channel else ""),
        before_satang=before,
        planned_satang=row.planned_satang,
    )


def _tell(row: Allotment, line: BudgetLine, before: int, *, by: Post, **more: object) -> None:
    record(
        Verb.MONEY_ALLOTTED,
        row,
        by=by,
        note="",
        line=line.pk,
        line_name=line.name,
        before_satang=before,
        approved_satang=row.approved_satang,
        **more,
    )
