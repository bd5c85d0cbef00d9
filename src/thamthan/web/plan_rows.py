"""One row of a plan: its words and amounts, the wordings before it, and what may be done."""

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import Refused
from thamthan.projects.actions import (
    add_plan_row,
    amend_plan_row,
    drop_plan_row,
    mend_plan_row,
    take_up_row,
)
from thamthan.projects.queries import amendments_of, plan_for, plan_row_for, words_of_row
from thamthan.projects.rules import PlanForm, PlanMode, PlanShape, PlanWords, YearMoney
from thamthan.reading.plans.amounts import read_amount
from thamthan.reading.plans.grid import Cell
from thamthan.thai.dates import FiscalYear
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.plans import amounts_of, may_work
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.projects.models import DevelopmentPlan, PlanRow

_HEADING = re.compile(r"(?:\S{0,6}\s*)?(?:ยุทธศาสตร์|กลยุทธ์|แนวทางการพัฒนา|แผนงาน|ประเด็นการพัฒนา)")
_PROGRAMME = re.compile(r"(?:\S{0,6}\s*)?(?:แผนงาน|ประเด็นการพัฒนา)")
_LINES = (
    ("objective", "วัตถุประสงค์"),
    ("target", "เป้าหมาย (ผลผลิตของโครงการ)"),
    ("indicator", "ตัวชี้วัด (KPI)"),
    ("result", "ผลที่คาดว่าจะได้รับ"),
)
_MORE = (
    ("category", "หมวด / ประเภทครุภัณฑ์ (แบบ ผ.03)"),
    ("district_words", "อำเภอ (แบบ ผ.02/2)"),
    ("coordinates_words", "พิกัด (แบบ ผ.02/2)"),
)


@acting
@require_safe
def plan_row(request: PostRequest, pk: int) -> HttpResponse:
    """แถวหนึ่งของแผน."""
    check_reads(request)
    row = plan_row_for(request.post, pk)
    plan = row.plan
    this_year = FiscalYear.containing(timezone.localdate()).be
    years = range(plan.be_from, plan.be_to + 1)
    wordings = amendments_of(request.post, row)
    return render(
        request,
        "plans/row.html",
        {
            "row": row,
            "plan": plan,
            "amounts": amounts_of(row, plan.be_from, plan.be_to),
            "has_ordinance": any(one.ordinance_satang is not None for one in row.budgets.all()),
            "wordings": [
                (one, amounts_of(one, plan.be_from, plan.be_to)) for one in wordings if one != row
            ],
            "may_work": may_work(request),
            "is_in_force": row.replaced_by is None and row.dropped_at is None,
            "years": years,
            "this_year": min(max(this_year, years[0]), years[-1]),
        },
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def plan_row_new(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มแถวในแผนโดยพิมพ์เอง."""
    check_reads(request)
    return _form(request, plan_for(request.post, pk), None)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def plan_row_change(request: PostRequest, pk: int) -> HttpResponse:
    """แก้คำผิดในแถว or, with ?as=amend, a new wording by an amendment of the plan."""
    check_reads(request)
    row = plan_row_for(request.post, pk)
    return _form(request, row.plan, row)


def _form(request: PostRequest, plan: "DevelopmentPlan", row: "PlanRow | None") -> HttpResponse:
    if not may_work(request):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำแผนพัฒนา", code="not_allowed", status=403)
    amends = row is not None and request.GET.get("as") == "amend"
    words = words_of_row(request.post, row) if row is not None else None
    posted = request.POST.dict() if request.method == "POST" else None
    sheet = _sheet(plan, words, posted, amends=amends)
    if request.method == "POST":
        given = _given(sheet, plan, words, amends=amends)
        if not sheet.is_wrong:
            try:
                if row is None:
                    kept = add_plan_row(plan, given, by=request.post)
                elif amends:
                    kept = amend_plan_row(row, given, by=request.post)
                else:
                    kept = mend_plan_row(row, given, by=request.post)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, "บันทึกแถวในแผนแล้ว")
                return redirect("plan-row", pk=kept.pk)
    return render(
        request,
        "plans/row_form.html",
        {"sheet": sheet, "plan": plan, "row": row, "amends": amends},
        status=422 if sheet.is_wrong else 200,
    )


def _sheet(
    plan: "DevelopmentPlan",
    words: PlanWords | None,
    posted: dict[str, str] | None,
    *,
    amends: bool,
) -> Sheet:
    has_indicator = plan.shape == PlanShape.STRATEGY or bool(words and words.indicator)

    def kept(name: str) -> str:
        return str(getattr(words, name)) if words else ""

    fields = _amending() if amends else []
    fields += [
        Field(
            "form", "แบบ", kept("form") or PlanForm.P02, kind="choice", choices=_choices(PlanForm)
        ),
        Field("number", "ที่", kept("number"), is_needed=False, most=30),
        Field("name", "โครงการ", kept("name"), kind="lines", most=500),
        Field(
            "headings",
            "หัวข้อที่แถวนี้อยู่ใต้",
            "\n".join(words.headings) if words else "",
            hint="บรรทัดละหัวข้อจากบนลงล่าง เช่น ยุทธศาสตร์ที่ 1 …, กลยุทธ์ …, แผนงานเคหะและชุมชน",
            kind="lines",
            is_needed=False,
            most=3_000,
        ),
    ]
    for name, label in _LINES:
        if name != "indicator" or has_indicator:
            fields.append(
                Field(name, label, kept(name), kind="lines", is_needed=False, most=20_000)
            )
    budgets = {one.be_year: one for one in words.budgets} if words else {}
    for year in range(plan.be_from, plan.be_to + 1):
        one = budgets.get(year)
        hint = "บาท เว้นว่างคือไม่ระบุ ขีด (-) หรือ 0 คือไม่มีงบปีนั้น" if year == plan.be_from else ""
        planned = _typed_money(one.planned if one else None)
        fields.append(
            Field(f"planned_{year}", f"งบประมาณปี {year}", planned, hint, is_needed=False, most=60)
        )
    for year in range(plan.be_from, plan.be_to + 1):
        one = budgets.get(year)
        entered = _typed_money(one.ordinance if one else None)
        label = f"ในข้อบัญญัติ/เทศบัญญัติปี {year}"
        fields.append(Field(f"ordinance_{year}", label, entered, is_needed=False, most=60))
    fields.append(Field("lead", "หน่วยงานรับผิดชอบหลัก", kept("lead"), is_needed=False, most=300))
    fields += [Field(name, label, kept(name), is_needed=False, most=300) for name, label in _MORE]
    fields.append(
        Field(
            "reason", "เหตุผลความจำเป็น", kept("reason"), kind="lines", is_needed=False, most=20_000
        )
    )
    fields.append(
        Field("remark", "หมายเหตุ", kept("remark"), kind="lines", is_needed=False, most=20_000)
    )
    return Sheet(fields, posted)


def _amending() -> list[Field]:
    """What an amendment must say of itself, before all else."""
    hint = "เช่น เปลี่ยนแปลง ครั้งที่ 1/2569"
    return [
        Field("mode", "เป็นการ", PlanMode.CHANGED, kind="choice", choices=_choices(PlanMode)[1:]),
        Field("mode_words", "ครั้งที่", hint=hint, is_needed=False, most=300),
    ]


def _choices(kinds: type[PlanForm] | type[PlanMode]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in kinds.choices)


def _typed_money(satang: int | None) -> str:
    if satang is None:
        return ""
    baht, rest = divmod(satang, 100)
    return f"{baht:,}.{rest:02}" if rest else f"{baht:,}"


def _given(
    sheet: Sheet, plan: "DevelopmentPlan", before: PlanWords | None, *, amends: bool
) -> PlanWords:
    sheet.need("name")
    values = sheet.typed.values
    headings = tuple(sheet.typed.lines("headings"))
    for heading in headings:
        if not _HEADING.match(heading):
            sheet.typed.problems["headings"] = (
                f"“{heading[:40]}” ควรขึ้นต้นด้วย ยุทธศาสตร์ กลยุทธ์ แผนงาน หรือประเด็นการพัฒนา"
            )
    budgets = tuple(
        YearMoney(year, _money(sheet, f"planned_{year}"), _money(sheet, f"ordinance_{year}"))
        for year in range(plan.be_from, plan.be_to + 1)
    )
    programme = next((one for one in reversed(headings) if _PROGRAMME.match(one)), "")
    texts = {
        name: values.get(name, "").replace("\x00", "").replace("\r\n", "\n")
        for name in ("name", "objective", "target", "indicator", "result", "reason", "remark")
    }
    texts |= {name: sheet.words(name) for name in ("form", "number", "lead")}
    texts |= {name: sheet.words(name) for name, _ in _MORE}
    if before and "indicator" not in values:
        # This shape of the plan has no field for it; it stays with the row.
        texts["indicator"] = before.indicator
    mode, mode_words = (before.mode, before.mode_words) if before else (PlanMode.FIRST, "")
    if amends:
        mode, mode_words = sheet.words("mode"), sheet.words("mode_words")
    return PlanWords(
        **texts,
        headings=headings,
        programme=programme or (before.programme if before and not headings else ""),
        budgets=budgets,
        mode=mode,
        mode_words=mode_words,
    )


def _money(sheet: Sheet, name: str) -> int | None:
    """An amount as a person types it, in the same way as a plan's file is read."""
    words = sheet.words(name)
    amount = read_amount(Cell(words) if words else None)
    if amount.written == "unread":
        sheet.typed.problems[name] = amount.doubt
    return amount.satang


@acting
@require_POST
def plan_row_deed(request: PostRequest, pk: int) -> HttpResponse:
    """ยกขึ้นเป็นโครงการ or เอาออกจากแผน."""
    check_reads(request)
    row = plan_row_for(request.post, pk)
    try:
        if request.POST.get("deed") == "take_up":
            year = request.POST.get("be_year", "")
            if not year.isdecimal() or len(year) != 4:
                raise Refused("โปรดเลือกปีงบประมาณ", code="no_year", status=400)
            project = take_up_row(row, int(year), by=request.post)
            messages.success(request, "ยกแถวในแผนขึ้นเป็นโครงการแล้ว โปรดเขียนหัวข้อที่เหลือ")
            return redirect("project", pk=project.pk)
        drop_plan_row(row, by=request.post, why=request.POST.get("why", ""))
    except Refused as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.message)
        return redirect("plan-row", pk=pk)
    messages.success(request, "เอาแถวนี้ออกจากแผนแล้ว")
    return redirect("plan", pk=row.plan.pk)
