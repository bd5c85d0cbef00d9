"""Development plans: those of the house, and the rows of one, by form, programme and words."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import keep_plan
from thamthan.projects.queries import (
    imports_of,
    plan_for,
    plan_rows,
    plan_sums,
    plans_counted,
    programmes_of,
)
from thamthan.projects.rules import ImportState, PlanForm, PlanShape
from thamthan.thai.dates import FiscalYear
from thamthan.thai.digits import baht_figures, to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from thamthan.projects.models import PlanRow

PAGE = 50
_YEARS = 5
_FIRST_OF_ISSUES = 2571


def may_work(request: PostRequest) -> bool:
    """Whether this post carries out work for its house, and so writes its plan."""
    return bool(request.post.has_duty(Duty.ANSWER_ORDERS))


@acting
@require_safe
def plans(request: PostRequest) -> HttpResponse:
    """แผนพัฒนาของหน่วยงาน, and files that wait to be looked at."""
    check_reads(request)
    return render(
        request,
        "plans/plans.html",
        {
            "plans": list(plans_counted(request.post)),
            "waiting": list(imports_of(request.post).filter(state=ImportState.WAITING)),
            "settled": list(imports_of(request.post).filter(state=ImportState.AGREED)[:10]),
            "may_work": may_work(request),
        },
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: PostRequest) -> HttpResponse:
    """ตั้งแผนพัฒนาโดยพิมพ์เอง."""
    check_reads(request)
    if not may_work(request):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำแผนพัฒนา", code="not_allowed", status=403)
    this_year = FiscalYear.containing(timezone.localdate()).be
    first = this_year - (this_year - 2561) % _YEARS
    sheet = Sheet(
        (
            Field(
                "be_from", "ปีแรกของแผน (พ.ศ.)", str(first), hint="แผนห้าปี เช่น 2566 หรือ 2571", most=10
            ),
        ),
        request.POST.dict() if request.method == "POST" else None,
    )
    if request.method == "POST":
        words = to_arabic(sheet.words("be_from"))
        if not words.isdecimal() or len(words) != 4:
            sheet.typed.problems["be_from"] = "โปรดใส่ปี พ.ศ. สี่หลัก"
        else:
            be_from = int(words)
            is_by_issue = be_from >= _FIRST_OF_ISSUES
            shape = PlanShape.ISSUE if is_by_issue else PlanShape.STRATEGY
            try:
                plan = keep_plan(be_from, be_from + _YEARS - 1, shape, by=request.post)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                return redirect("plan", pk=plan.pk)
    return render(
        request, "plans/plan_new.html", {"sheet": sheet}, status=422 if sheet.is_wrong else 200
    )


@acting
@require_safe
def plan(request: PostRequest, pk: int) -> HttpResponse:
    """แผนหนึ่งแผน: its rows, with what is found by form, programme and words."""
    check_reads(request)
    row = plan_for(request.post, pk)
    asked = {name: request.GET.get(name, "").strip() for name in ("text", "form", "programme")}
    found = plan_rows(request.post, row, **asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    kept = {name: words for name, words in asked.items() if words}
    return render(
        request,
        "plans/plan.html",
        {
            "plan": row,
            "page": page,
            "lines": [(one, amounts_of(one, row.be_from, row.be_to)) for one in page.object_list],
            "years": range(row.be_from, row.be_to + 1),
            "sums": [
                (
                    one.be_year,
                    baht_figures(one.planned),
                    baht_figures(one.ordinance),
                    one.ordinance,
                )
                for one in plan_sums(request.post, found)
            ],
            "asked": asked,
            "is_filtered": bool(kept),
            "forms": PlanForm.choices,
            "programmes": programmes_of(request.post, row),
            "may_work": may_work(request),
            "previous": urlencode(kept | {"page": page.number - 1}),
            "next": urlencode(kept | {"page": page.number + 1}),
        },
    )


def amounts_of(row: "PlanRow", first: int, last: int) -> list[tuple[int, str, str]]:
    """Each year of the plan with what is planned and what entered the ordinance, as it is shown."""
    known = {one.be_year: one for one in row.budgets.all()}
    return [
        (
            year,
            shown_money(one.planned_satang if one else None),
            shown_money(one.ordinance_satang if one else None),
        )
        for year in range(first, last + 1)
        for one in (known.get(year),)
    ]


def shown_money(satang: int | None) -> str:
    """Baht, a dash for nothing, and no word for what is not stated: as the plan itself has it."""
    if satang is None:
        return ""
    return baht_figures(satang) if satang else "-"
