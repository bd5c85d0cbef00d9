"""Forms of reports: the shelf, one form with what it costs, its head, and as it will be met."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.directives.queries import order_for
from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.reports.actions import (
    FormHead,
    drop_question,
    end_form,
    keep_form,
    make_form,
    make_next_version,
    move_question,
    offer_form_again,
)
from thamthan.reports.queries import (
    FormLine,
    form_burden,
    form_for,
    form_questions,
    form_shelf,
    form_use,
    offices_known,
    previewed_questions,
    question_for,
)
from thamthan.reports.rules import (
    MOST_TABLE_ROWS,
    AnswerStanding,
    Fill,
    Rhythm,
    shipped_minutes,
    time_in_words,
)
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.report_fields import field_of
from thamthan.web.sheets import Field, Sheet
from thamthan.web.typed import press_typed, whole_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thamthan.reports.models import ReportForm
    from thamthan.reports.rules import Burden

# Beyond these nobody asks, and a number typed by mistake should not count for years.
_MOST_OFFICES = 100_000
_MOST_CLAUSES = 200


@dataclass(frozen=True, slots=True)
class BurdenWords:
    """ภาระของแบบเป็นคำ, for whoever decides whether to ask."""

    burden: "Burden"

    @property
    def each(self) -> str:
        return time_in_words(self.burden.each)

    @property
    def total(self) -> str:
        return time_in_words(self.burden.total)

    @property
    def least(self) -> str:
        return time_in_words(self.burden.least)

    @property
    def most(self) -> str:
        return time_in_words(self.burden.most)

    @property
    def source(self) -> str:
        return shipped_minutes().source


@acting
@require_safe
def report_forms(request: PostRequest) -> HttpResponse:
    """แบบรายงาน: the house's own, and those that come with the list."""
    check_reads(request)
    shelf = form_shelf(request.post)
    running = [one for one in shelf if one.form.ended_at is None]
    return render(
        request,
        "reports/forms.html",
        {
            "own": [one for one in running if one.is_own],
            "listed": [one for one in running if not one.is_own],
            "ended": [one for one in shelf if one.form.ended_at is not None],
            "may_make": request.post.has_duty(Duty.ORDER),
        },
    )


@acting
@require_safe
def report_form(request: PostRequest, pk: int) -> HttpResponse:
    """แบบรายงานหนึ่งฉบับ: its questions, whether it is in use, what filling it in costs."""
    return _page(request, form_for(request.post, pk))


def _page(
    request: PostRequest, form: "ReportForm", *, refused: Refused | None = None
) -> HttpResponse:
    post, use = request.post, form_use(request.post, form)
    questions = form_questions(post, form)
    counts = {
        name: _count(request.GET.get(name, ""), most)
        for name, most in (
            ("offices", _MOST_OFFICES),
            ("pillars", _MOST_CLAUSES),
            ("leaves", _MOST_CLAUSES),
            ("indicators", _MOST_CLAUSES),
        )
    }
    asked = {name: count for name, count in counts.items() if count is not None}
    known = offices_known(post, questions)
    burden = form_burden(post, form, known=known, **asked)
    return render(
        request,
        "reports/form.html",
        {
            "form": form,
            "use": use,
            "questions": [(one, known.get(Fill(one.fill))) for one in questions],
            "burden": BurdenWords(burden),
            "asked": {"pillars": 1, "leaves": 1, "indicators": 1} | asked,
            "each": {one.each for one in questions},
            "is_own": form.organisation_id is not None,
            "may_make": post.has_duty(Duty.ORDER),
            "is_open": use.may_change,
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _count(text: str, most: int) -> int | None:
    given = whole_typed(text.replace(",", ""), most=7)
    return min(given, most) if given is not None else None


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_form_new(request: PostRequest) -> HttpResponse:
    """ทำแบบใหม่, of nothing or of a copy."""
    if not request.post.has_duty(Duty.ORDER):
        raise Refused(
            "ผู้ทำแบบรายงานคือผู้มีหน้าที่สั่งการและพิจารณาผลของหน่วยงาน", code="not_allowed", status=403
        )
    of = whole_typed(request.POST.get("of", "") or request.GET.get("of", ""))
    copied = form_for(request.post, of) if of is not None else None
    sheet = _head_sheet(copied, request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST":
        sheet.need("name")
        press = press_typed(request.POST.get("submission", "")) or uuid6.uuid7()
        if not sheet.is_wrong:
            try:
                made = make_form(_head(sheet), by=request.post, submission=press, copied=copied)
            except Refused as refused:
                sheet.refuse(refused)
            else:
                messages.success(request, "ทำแบบแล้ว ตรวจและเพิ่มคำถามได้")
                return redirect("report-form", pk=made.pk)
    return render(
        request,
        "reports/form_head.html",
        {
            "sheet": sheet,
            "copied": copied,
            "submission": request.POST.get("submission") or str(uuid6.uuid7()),
        },
        status=422 if sheet.is_wrong else 200,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def report_form_change(request: PostRequest, pk: int) -> HttpResponse:
    """แก้ชื่อและคำชี้แจงของแบบ."""
    form = form_for(request.post, pk)
    check_open(request, form)
    sheet = _head_sheet(form, request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST":
        sheet.need("name")
        if not sheet.is_wrong:
            try:
                keep_form(form, _head(sheet), by=request.post, seen_revision=seen_revision(request))
            except Refused as refused:
                sheet.refuse(refused)
            else:
                messages.success(request, "บันทึกแล้ว")
                return redirect("report-form", pk=pk)
    return render(
        request,
        "reports/form_head.html",
        {"sheet": sheet, "form": form},
        status=422 if sheet.is_wrong else 200,
    )


def check_open(request: PostRequest, form: "ReportForm") -> None:
    """Refuse, in the words of the room, the pages that change what may not be changed."""
    if not request.post.has_duty(Duty.ORDER):
        raise Refused(
            "ผู้ทำแบบรายงานคือผู้มีหน้าที่สั่งการและพิจารณาผลของหน่วยงาน", code="not_allowed", status=403
        )
    if not form_use(request.post, form).may_change:
        raise Refused(
            "แบบนี้ใช้อยู่ เลิกใช้แล้ว หรือมากับระบบ จึงแก้ไม่ได้ ทำฉบับถัดไปหรือทำสำเนาแล้วแก้ได้",
            code="form_in_use",
        )


def seen_revision(request: PostRequest) -> int:
    """The change that the page was shown with."""
    return whole_typed(request.POST.get("revision", ""), most=9) or 0


def _head_sheet(form: "ReportForm | None", posted: "Mapping[str, str] | None") -> Sheet:
    return Sheet(
        (
            Field("name", "ชื่อแบบรายงาน", form.name if form else "", most=300),
            Field(
                "words",
                "คำชี้แจงถึงผู้กรอก",
                form.words if form else "",
                kind="lines",
                is_needed=False,
                most=5000,
            ),
            Field(
                "rhythm",
                "แบบนี้ใช้กับการรายงาน",
                form.rhythm if form else Rhythm.ANY,
                hint="ถ้อยคำในแบบพูดถึงงวดใด เช่น ในเดือนนี้ ระบบเตือนเมื่อเลือกให้เรื่องที่รายงานคนละรอบ",
                kind="choice",
                choices=tuple((one.value, one.label) for one in Rhythm),
            ),
            Field(
                "source",
                "ที่มาของแบบ",
                form.source if form else "",
                hint="เช่น หนังสือที่กำหนดแบบ",
                kind="lines",
                is_needed=False,
                most=5000,
            ),
        ),
        posted,
    )


def _head(sheet: Sheet) -> FormHead:
    given = sheet.words("rhythm")
    rhythm = Rhythm(given) if given in Rhythm.values else Rhythm.ANY
    words, source = (sheet.typed.values[name].replace("\x00", "") for name in ("words", "source"))
    return FormHead(sheet.words("name"), words.replace("\r\n", "\n"), source, rhythm)


@acting
@require_POST
def report_form_deed(request: PostRequest, pk: int) -> HttpResponse:
    """เลื่อนหรือเอาคำถามออก, ทำฉบับถัดไป, เลิกใช้, กลับมาใช้: each one press."""
    form = form_for(request.post, pk)
    try:
        to = _done(request, form)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, form, refused=refused)
    return redirect("report-form", pk=to)


def _done(request: PostRequest, form: "ReportForm") -> int:
    post, deed, seen = request.post, request.POST.get("deed", ""), seen_revision(request)
    match deed:
        case "next":
            made = make_next_version(form, by=post)
            messages.success(request, f"ฉบับที่ {made.version} พร้อมแก้ ฉบับที่ใช้อยู่คงเดิม")
            return made.pk
        case "end":
            end_form(form, by=post)
            messages.success(request, "เลิกใช้แล้ว ไม่แสดงให้เลือกอีก เรื่องที่เลือกไว้แล้วใช้ต่อได้")
        case "again":
            offer_form_again(form, by=post)
            messages.success(request, "กลับมาใช้แล้ว")
        case "up" | "down" | "drop":
            key = whole_typed(request.POST.get("question", "")) or 0
            question = question_for(post, form, key)
            if deed == "drop":
                drop_question(question, by=post, seen_revision=seen)
            else:
                move_question(question, by=post, seen_revision=seen, is_up=deed == "up")
        case _:
            raise Refused("ไม่รู้จักคำสั่งนี้", code="no_deed", status=400)
    return form.pk


@acting
@require_safe
def report_form_preview(request: PostRequest, pk: int) -> HttpResponse:
    """อย่างที่ผู้รายงานจะเห็น: for an order's own clauses, or for a clause without words."""
    form = form_for(request.post, pk)
    key = whole_typed(request.GET.get("order", ""))
    order = order_for(request.post, key) if key is not None else None
    fields = [
        field_of(FormLine(one, AnswerStanding.BLANK), None, None, None)
        for one in previewed_questions(request.post, form, order=order)
    ]
    return render(
        request,
        "reports/form_preview.html",
        {
            "form": form,
            "order": order,
            "fields": fields,
            "is_open": True,
            "most_rows": MOST_TABLE_ROWS,
        },
    )
