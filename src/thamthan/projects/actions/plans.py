"""แผนพัฒนาท้องถิ่น: a plan is begun; its rows are typed, mended, amended, dropped, taken up."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_works
from thamthan.projects.actions.proposing import ProjectWords, propose_project
from thamthan.projects.models import DevelopmentPlan, PlanBudget, PlanRow, Project
from thamthan.projects.rules import (
    PlanForm,
    PlanMode,
    PlanShape,
    PlanStanding,
    PlanWords,
    YearMoney,
)
from thamthan.projects.rules.plans import TEXT_LABELS, TEXTS, tidy
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import fold, squeeze

FIRST_YEAR, LAST_YEAR = 2540, 2700
MOST_YEARS = 10
MOST_TEXT = 20_000
# Above what any plan holds for one project in one year: a hundred thousand million baht.
MOST_SATANG = 100_000_000_000 * 100
_AT_ONCE = 500


@transaction.atomic
def keep_plan(be_from: int, be_to: int, shape: str, *, by: Post) -> DevelopmentPlan:
    """ตั้งแผนพัฒนาท้องถิ่น of one's own house for a period; the same period again is the same plan.

    Does not check whether the council or the executive announced it.
    """
    check_works(by)
    if not FIRST_YEAR <= be_from <= be_to <= LAST_YEAR or be_to - be_from >= MOST_YEARS:
        raise Refused("ช่วงปีของแผนไม่ถูกต้อง โปรดใส่เป็น พ.ศ.", code="wrong_period", status=400)
    if shape not in PlanShape.values:
        raise Refused("ไม่รู้จักรูปแบบของแผนนี้", code="wrong_shape", status=400)
    plan, is_new = DevelopmentPlan.objects.get_or_create(
        organisation=house_of(by),
        be_from=be_from,
        defaults={"be_to": be_to, "shape": shape, "made_by": by},
    )
    if is_new:
        record(Verb.PLAN_KEPT, plan, by=by, be_from=be_from, be_to=be_to)
    return plan


def locked_plan(plan: DevelopmentPlan, *, by: Post) -> DevelopmentPlan:
    """The plan of one's own house, locked: whoever writes rows waits for whoever is before."""
    check_works(by)
    DevelopmentPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    locked = DevelopmentPlan.objects.select_related("organisation").get(pk=plan.pk)
    if locked.organisation.path != by.organisation.house_path:
        raise Refused("แผนนี้เป็นของหน่วยงานอื่น", code="foreign_plan", status=403)
    return locked


@transaction.atomic
def add_plan_row(plan: DevelopmentPlan, words: PlanWords, *, by: Post) -> PlanRow:
    """เพิ่มแถวในแผน, behind those under the same heading."""
    locked = locked_plan(plan, by=by)
    (row,) = add_rows(locked, [checked(words)], by=by)
    record(Verb.PLAN_KEPT, row, by=by, name=row.name, deed="added")
    return row


@transaction.atomic
def mend_plan_row(row: PlanRow, words: PlanWords, *, by: Post) -> PlanRow:
    """แก้คำผิดในแถว: the row itself is worded anew, as what was typed was not what the plan says.

    What the council changed is `amend_plan_row`: there the old wording stays.
    """
    locked_plan(row.plan, by=by)
    current = _in_force(row)
    before = {name: getattr(current, name) for name in TEXTS}
    good = checked(words)
    put_words(current, good)
    current.save()
    current.budgets.all().delete()
    PlanBudget.objects.bulk_create(budgets_of(current, good))
    changed = [name for name, old in before.items() if getattr(current, name) != old]
    record(Verb.PLAN_KEPT, current, by=by, name=current.name, deed="mended", changed=changed)
    return current


@transaction.atomic
def amend_plan_row(row: PlanRow, words: PlanWords, *, by: Post) -> PlanRow:
    """แก้ไขหรือเปลี่ยนแปลงแถวของแผน: a new wording in the old one's place, which stays behind it.

    `words.mode` says what the council did. Whether it did so is not checked.
    """
    plan = locked_plan(row.plan, by=by)
    current = _in_force(row)
    good = checked(words)
    if good.mode == PlanMode.FIRST:
        raise Refused(
            "โปรดบอกว่าเป็นการเพิ่มเติม เปลี่ยนแปลง หรือแก้ไขแผน", code="no_mode", status=400, field="mode"
        )
    new = PlanRow(plan=plan, position=current.position)
    put_words(new, good)
    new.save()
    PlanBudget.objects.bulk_create(budgets_of(new, good))
    current.replaced_by = new
    current.save(update_fields=["replaced_by"])
    record(Verb.PLAN_KEPT, new, by=by, name=new.name, deed="amended", before=current.pk)
    return new


@transaction.atomic
def drop_plan_row(row: PlanRow, *, by: Post, why: str) -> PlanRow:
    """เอาแถวออกจากแผน, with the reason; the row stays for those who look back."""
    locked_plan(row.plan, by=by)
    current = PlanRow.objects.get(pk=row.pk)
    if current.dropped_at is not None:
        return current
    _in_force(current)
    if not why.strip():
        raise Refused("โปรดบอกเหตุที่เอาแถวนี้ออก", code="no_reason", status=400, field="why")
    current.dropped_at = timezone.now()
    current.save(update_fields=["dropped_at"])
    record(Verb.PLAN_KEPT, current, by=by, note=squeeze(why)[:2000], deed="dropped")
    return current


@transaction.atomic
def take_up_row(row: PlanRow, be_year: int, *, by: Post) -> Project:
    """ยกแถวในแผนขึ้นเป็นโครงการ of a fiscal year, in the plan's own words.

    It stands in the ordinance where the plan says so for that year. A project of the same row and
    year that is there already is that one.
    """
    plan = locked_plan(row.plan, by=by)
    current = _in_force(row)
    there = Project.objects.filter(
        plan_row=current, be_year=be_year, organisation=plan.organisation
    )
    known = there.exclude(cancelled_at__isnull=False).first()
    if known is not None:
        return known
    budget = current.budgets.filter(be_year=be_year).first()
    in_ordinance = bool(budget and budget.ordinance_satang)
    return propose_project(
        ProjectWords(
            name=squeeze(current.name),
            be_year=be_year,
            standing=PlanStanding.ORDINANCE if in_ordinance else PlanStanding.PLAN,
            plan_row=current,
            sections={
                "objectives": current.objective,
                "targets": current.target,
                "expected_results": current.result,
                "responsible": current.lead,
            },
        ),
        by=by,
    )


def _in_force(row: PlanRow) -> PlanRow:
    current = PlanRow.objects.select_related("plan__organisation").get(pk=row.pk)
    if current.dropped_at is not None:
        raise Refused("แถวนี้ถูกเอาออกจากแผนแล้ว", code="row_dropped")
    if current.replaced_by_id is not None:
        raise Refused("แถวนี้มีฉบับที่แก้ไขใหม่แล้ว โปรดเปิดฉบับล่าสุด", code="row_replaced")
    return current


def add_rows(plan: DevelopmentPlan, given: Sequence[PlanWords], *, by: Post) -> list[PlanRow]:
    """Rows behind those of the plan, which is locked, with their amounts."""
    last = PlanRow.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0
    rows = []
    for at, words in enumerate(given, start=last + 1):
        row = PlanRow(plan=plan, position=at)
        put_words(row, words)
        rows.append(row)
    PlanRow.objects.bulk_create(rows, batch_size=_AT_ONCE)
    PlanBudget.objects.bulk_create(
        [
            budget
            for row, words in zip(rows, given, strict=True)
            for budget in budgets_of(row, words)
        ],
        batch_size=_AT_ONCE,
    )
    return rows


def put_words(row: PlanRow, words: PlanWords) -> None:
    """Words that were looked at into a row that is not yet saved."""
    for name in ("form", "number", "programme", "mode", "mode_words", *TEXTS):
        setattr(row, name, getattr(words, name))
    row.headings = list(words.headings)
    row.folded = fold(
        " ".join([words.number, *words.headings, *(getattr(words, name) for name in TEXTS)])
    )


def budgets_of(row: PlanRow, words: PlanWords) -> Iterable[PlanBudget]:
    """The amounts of a row; a year of which nothing is stated has none."""
    return [
        PlanBudget(
            row=row,
            be_year=one.be_year,
            planned_satang=one.planned,
            ordinance_satang=one.ordinance,
        )
        for one in words.budgets
        if one.planned is not None or one.ordinance is not None
    ]


def checked(words: PlanWords) -> PlanWords:
    """The words as they are kept, or refused with the field at fault; nothing is cut in silence."""
    if words.form not in PlanForm.values:
        raise Refused("ไม่รู้จักแบบของแผนนี้", code="wrong_form", status=400, field="form")
    if words.mode not in PlanMode.values:
        raise Refused("ไม่รู้จักการจัดทำแผนนี้", code="wrong_mode", status=400, field="mode")
    kept = {name: tidy(getattr(words, name)) for name in TEXTS}
    kept |= {name: squeeze(getattr(words, name)) for name in ("number", "programme", "mode_words")}
    kept |= {name: squeeze(kept[name]) for name in ("name", "lead", "category")}
    if not kept["name"]:
        raise Refused("โปรดใส่ชื่อโครงการ", code="no_name", status=400, field="name")
    for name, text in kept.items():
        most = getattr(PlanRow._meta.get_field(name), "max_length", None) or MOST_TEXT
        if len(text) > most:
            label = TEXT_LABELS.get(name, "ข้อความ")
            raise Refused(
                f"“{label}” ยาวเกิน {most:,} ตัวอักษร", code="long_words", status=400, field=name
            )
    headings = tuple(filter(None, (squeeze(one)[:300] for one in words.headings)))
    return PlanWords(
        form=words.form,
        headings=headings,
        budgets=tuple(map(_checked_money, words.budgets)),
        mode=words.mode,
        **kept,
    )


def _checked_money(money: YearMoney) -> YearMoney:
    if not FIRST_YEAR <= money.be_year <= LAST_YEAR:
        raise Refused("ปีงบประมาณไม่ถูกต้อง โปรดใส่เป็น พ.ศ.", code="wrong_year", status=400)
    for amount in (money.planned, money.ordinance):
        if amount is not None and not 0 <= amount <= MOST_SATANG:
            raise Refused(f"จำนวนเงินปี {money.be_year} ไม่ถูกต้อง", code="wrong_money", status=400)
    return money
