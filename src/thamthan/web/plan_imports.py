"""Taking a plan in from its file: brought, looked at line by line, and agreed to."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import (
    agree_plan_import,
    begin_plan_import,
    choose_lines,
    correct_line,
    correct_year,
    drop_plan_import,
)
from thamthan.projects.queries import (
    import_agreed_before,
    import_counts,
    import_for,
    import_lines,
)
from thamthan.projects.rules import ImportState, LineChoice
from thamthan.reading.plans.model import FORM_LABELS
from thamthan.web.doors import PostRequest, acting, is_fragment
from thamthan.web.orders import check_reads
from thamthan.web.plan_lines import as_typed, card_of
from thamthan.web.plans import may_work

if TYPE_CHECKING:
    from thamthan.projects.models import PlanImport

PAGE = 20
_SHOWS = (
    ("open", "ต้องดู"),
    ("take", "นำเข้า"),
    ("leave", "ไม่นำเข้า"),
    ("all", "ทุกแถว"),
    ("refused", "แถวที่อ่านไม่เข้า"),
    ("sheets", "แผ่นงาน"),
)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import_new(request: PostRequest) -> HttpResponse:
    """นำไฟล์แผนเข้ามาอ่าน."""
    check_reads(request)
    if not may_work(request):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำแผนพัฒนา", code="not_allowed", status=403)
    problem, status = "", 200
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            problem, status = "ยังไม่ได้เลือกไฟล์แผน", 422
        else:
            try:
                made = begin_plan_import(file.read(), file.name or "แผน", by=request.post)
            except Refused as refusal:
                if refusal.status == 403:
                    raise
                problem, status = refusal.message, refusal.status
            else:
                return redirect("plan-import", pk=made.pk)
    most = settings.MAX_FILE_BYTES // (1024 * 1024)
    return render(
        request, "plans/import_new.html", {"problem": problem, "most_mb": most}, status=status
    )


@acting
@require_safe
def plan_import(request: PostRequest, pk: int) -> HttpResponse:
    """ตรวจไฟล์แผนทีละแถว: what somebody must look at stands first."""
    check_reads(request)
    made = import_for(request.post, pk)
    counts = import_counts(request.post, made)
    wanted = request.GET.get("show", "")
    show = wanted if wanted in dict(_SHOWS) else ("open" if counts.open else "all")
    asked = {name: request.GET.get(name, "").strip() for name in ("text", "sheet")}
    kept = {"show": show} | {name: words for name, words in asked.items() if words}
    context: dict[str, Any] = {
        "made": made,
        "counts": counts,
        "refused": sum(len(sheet["refused"]) for sheet in made.sheets),
        "shows": _SHOWS,
        "show": show,
        "asked": asked,
        "is_waiting": made.state == ImportState.WAITING,
        "may_work": may_work(request),
        "before": import_agreed_before(request.post, made),
        "sheets": [_sheet_shown(sheet) for sheet in made.sheets],
        "sheet_doubts": sum(len(sheet["doubts"]) for sheet in made.sheets),
    }
    if show not in ("refused", "sheets"):
        lines = import_lines(request.post, made, show="" if show == "all" else show, **asked)
        page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "cards": [card_of(request.post, line) for line in page.object_list],
            "previous": urlencode(kept | {"page": page.number - 1}),
            "next": urlencode(kept | {"page": page.number + 1}),
        }
    return render(request, "plans/import.html", context)


def _sheet_shown(sheet: dict[str, Any]) -> dict[str, Any]:
    form = sheet["form"]
    return sheet | {
        "form_label": FORM_LABELS.get(form, "") if form else "",
        "floating": sheet["boxes"],
        "wrong_totals": [total for total in sheet["totals"] if not total["agrees"]],
        "right_totals": sum(total["agrees"] for total in sheet["totals"]),
    }


@acting
@require_POST
def plan_import_deed(request: PostRequest, pk: int) -> HttpResponse:
    """ตัดสินแถว นำเข้า or ไม่นำเข้าไฟล์นี้."""
    check_reads(request)
    made = import_for(request.post, pk)
    deed = request.POST.get("deed", "")
    try:
        if deed in ("agree", "agree_rest"):
            return _agree(request, made, leave_rest=deed == "agree_rest")
        if deed == "drop":
            drop_plan_import(made, by=request.post)
            messages.success(request, f"ไม่นำเข้า “{made.name}” แล้ว ไม่มีอะไรเปลี่ยนในแผน")
            return redirect("plans")
        if deed == "correct":
            _correct(request, made)
        elif deed == "correct_year":
            _correct_year(request, made)
        else:
            choose_lines(made, _lines(request), deed, by=request.post)
    except Refused as refusal:
        if refusal.status in {403, 404}:
            raise
        if deed == "correct" and is_fragment(request):
            return _chosen(request, made, refusal=refusal)
        messages.error(request, refusal.message)
        return _back(request, pk)
    if is_fragment(request):
        return _chosen(request, made)
    return _back(request, pk)


def _agree(request: PostRequest, made: "PlanImport", *, leave_rest: bool) -> HttpResponse:
    done = agree_plan_import(made, by=request.post, leave_rest=leave_rest)
    words = f"นำเข้าแผนแล้ว เพิ่ม {done.added:,} แถว แก้ {done.amended:,} แถว"
    messages.success(request, words)
    return redirect("plan", pk=done.plan.pk) if done.plan else redirect("plans")


def _correct(request: PostRequest, made: "PlanImport") -> None:
    """What was typed otherwise than it stands; the rest of the form says nothing."""
    (pk, *_) = _lines(request) or [0]
    line = import_lines(request.post, made).filter(pk=pk).first()
    if line is None:
        raise NotFound("ไม่พบแถวนี้ในไฟล์")
    given = {}
    for cell in card_of(request.post, line).cells:
        typed = request.POST.get(f"cell-{cell.field}")
        plain = None if typed is None else typed.replace("\x00", "").replace("\r\n", "\n").strip()
        if plain is not None and plain != cell.value.strip():
            given[cell.field] = plain
    correct_line(made, pk, given, by=request.post)


def _correct_year(request: PostRequest, made: "PlanImport") -> None:
    was, sheet = request.POST.get("was", ""), request.POST.get("sheet_name", "")
    if not was.isdecimal() or len(was) > 4:
        raise Refused("ไม่พบปีนี้ในแผ่นงาน", code="no_such_year", status=400)
    count = correct_year(
        made, sheet, was=int(was), now=request.POST.get("now", ""), by=request.post
    )
    messages.success(request, f"แก้ปีแล้ว {count:,} แถวของแผ่น “{sheet}”")


def _lines(request: PostRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("line") if pk.isdecimal() and len(pk) < 19]


def _back(request: PostRequest, pk: int) -> HttpResponse:
    """The same list as before, as far as the form told it."""
    names = ("show", "page", "text", "sheet")
    kept = {name: request.POST[name] for name in names if request.POST.get(name)}
    query = f"?{urlencode(kept)}" if kept else ""
    address = reverse("plan-import", args=[pk]) + query
    if not is_fragment(request):
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


def _chosen(
    request: PostRequest, made: "PlanImport", *, refusal: Refused | None = None
) -> HttpResponse:
    """The one line anew, and beside it the figures at the top of the page.

    A correction that was refused says why, and what was typed stays.
    """
    (pk, *_) = _lines(request) or [0]
    line = import_lines(request.post, made).filter(pk=pk).first()
    if line is None:
        return _back(request, made.pk)
    card = card_of(request.post, line)
    if refusal is not None:
        card = as_typed(card, request.POST.dict(), refusal)
    return render(
        request,
        "plans/parts/chosen.html",
        {
            "card": card,
            "made": made,
            "counts": import_counts(request.post, made),
            "is_waiting": True,
            "may_work": True,
            "shows": _SHOWS,
            "show": request.POST.get("show", "all"),
            "open_choice": LineChoice.OPEN,
        },
    )
