"""คำขอรับการสนับสนุนงบประมาณ: the house's list, and one request with its papers and its answer."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import uuid6
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import (
    Decision,
    change_request,
    give_paper,
    grant_request,
    refuse_request,
    return_request,
    submit_request,
    take_out_paper,
    waive_paper,
    withdraw_request,
)
from thamthan.projects.queries import (
    channels_known,
    request_for,
    request_paper_for,
    request_sheet,
    requests_counted,
    requests_listed,
)
from thamthan.projects.rules import RequestState, baht, read_baht
from thamthan.records.queries import history_of
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.draft_deeds import stored_response
from thamthan.web.letters import seen_version
from thamthan.web.orders import check_reads
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from django.http import QueryDict

    from thamthan.projects.models import FundingRequest

PAGE = 50
Deed = Callable[[PostRequest, "FundingRequest"], str]


@acting
@require_safe
def funding_requests(request: PostRequest) -> HttpResponse:
    """คำขอของหน่วยงาน, by state and channel."""
    check_reads(request)
    rows = requests_listed(request.post)
    channel = request.GET.get("channel", "")[:40]
    if channel:
        rows = rows.filter(channel__code=channel)
    counts = requests_counted(request.post, rows)
    state = request.GET.get("state", "")
    if state in RequestState.values:
        rows = rows.filter(state=state)
    else:
        state = ""
    query = {"channel": channel, "state": state}
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "funding/requests.html",
        {
            "page": page,
            "channel": channel,
            "channels": channels_known(request.post),
            "state": state,
            "states": [(one.value, one.label, counts.get(one.value, 0)) for one in RequestState],
            "in_all": sum(counts.values()),
            "waiting": counts.get("preparing", 0) + counts.get("returned", 0),
            "previous": _query(query, page.number - 1),
            "next": _query(query, page.number + 1),
        },
    )


def _query(kept: dict[str, str], page: int) -> str:
    return urlencode({name: value for name, value in kept.items() if value} | {"page": page})


@acting
@require_safe
def funding_request(request: PostRequest, pk: int) -> HttpResponse:
    """คำขอหนึ่งคำขอ."""
    check_reads(request)
    return _page(request, request_for(request.post, pk))


def _page(
    request: PostRequest,
    row: "FundingRequest",
    *,
    typed: "QueryDict | None" = None,
    refused: Refused | None = None,
) -> HttpResponse:
    sheet = request_sheet(request.post, row)
    asked = baht(row.asked_satang) if row.asked_satang is not None else ""
    return render(
        request,
        "funding/request.html",
        {
            "row": row,
            "sheet": sheet,
            "refused": refused,
            "typed": typed or {},
            "deed": typed.get("deed", "") if typed else "",
            "asked": typed.get("asked", asked) if typed else asked,
            "sure": typed.getlist("sure") if typed else [],
            "history": history_of(row),
            "states": RequestState.choices,
            "submission": uuid6.uuid7(),
            "may_act": bool(request.post.has_duty(Duty.ANSWER_ORDERS)),
            "may_decide": bool(request.post.has_duty(Duty.ORDER)),
            "today": format_date(timezone.localdate(), style="short"),
            "given": sum(bool(one.file_id or one.waived_why) for one in sheet.papers),
        },
        status=422 if refused is not None else 200,
    )


@acting
@require_POST
def funding_request_deed(request: PostRequest, pk: int) -> HttpResponse:
    """แก้ไข ยื่น บันทึกผล ถอน; what is refused leaves what was typed on the page."""
    row = request_for(request.post, pk)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Refused("ไม่รู้จักสิ่งที่เลือกทำ", code="unknown_deed", status=400)
    try:
        words = deed(request, row)
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, request_for(request.post, pk), typed=request.POST, refused=refused)
    messages.success(request, words)
    return redirect("funding-request", pk=pk)


@acting
@require_POST
def funding_paper(request: PostRequest, pk: int, paper_pk: int) -> HttpResponse:
    """แนบเอกสาร บอกว่าไม่ต้องใช้ หรือเอาออก."""
    row = request_for(request.post, pk)
    paper = request_paper_for(request.post, row, paper_pk)
    deed = request.POST.get("deed", "give")
    try:
        if deed == "waive":
            waive_paper(row, paper.pk, by=request.post, why=_words(request, "why"))
            words = f"บันทึกแล้วว่าไม่ต้องใช้ {paper.name}"
        elif deed == "out":
            take_out_paper(row, paper.pk, by=request.post)
            words = f"เอา {paper.name} ออกแล้ว"
        else:
            file = request.FILES.get("file")
            if file is None:
                raise Refused(f"ยังไม่ได้เลือกไฟล์ของ {paper.name}", code="no_file", status=400)
            give_paper(
                row, paper.pk, by=request.post, name=file.name or "เอกสาร", content=file.read()
            )
            words = f"แนบ {paper.name} แล้ว"
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return _page(request, request_for(request.post, pk), typed=request.POST, refused=refused)
    messages.success(request, words)
    return redirect("funding-request", pk=pk)


@acting
@require_safe
def funding_paper_file(request: PostRequest, pk: int, paper_pk: int) -> FileResponse:
    """ไฟล์ของเอกสารหนึ่งรายการ."""
    paper = request_paper_for(request.post, request_for(request.post, pk), paper_pk)
    if paper.file is None:
        raise NotFound("ยังไม่มีไฟล์ของเอกสารนี้")
    return stored_response(paper.file, paper.file_name)


@acting
@require_safe
def funding_decision_file(request: PostRequest, pk: int) -> FileResponse:
    """หนังสือแจ้งผล."""
    row = request_for(request.post, pk)
    if row.decision_file is None:
        raise NotFound("ไม่มีไฟล์ผลการพิจารณา")
    return stored_response(row.decision_file, f"ผลการพิจารณา-{row.pk}")


def _words(request: PostRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")


def _day(request: PostRequest) -> date:
    form = Typed({"on": request.POST.get("on", "")}, near=timezone.localdate())
    day = form.day("on")
    if form.problems:
        raise Refused(form.problems["on"], code="wrong_day", status=400)
    return day or timezone.localdate()


def _decision(request: PostRequest) -> Decision:
    file = request.FILES.get("file")
    kept = (file.name or "ผลการพิจารณา", file.read()) if file is not None else None
    return Decision(_day(request), _words(request, "words"), kept)


def _change(request: PostRequest, row: "FundingRequest") -> str:
    asked = _words(request, "asked").strip()
    year = Typed({"year": request.POST.get("year", "")}, near=None).count("year")
    if year is None:
        raise Refused("โปรดใส่ปีงบประมาณ พ.ศ.", code="wrong_year", status=400)
    change_request(
        row,
        by=request.post,
        be_year=year,
        asked_satang=read_baht(asked).satang if asked else None,
        seen_version=seen_version(request),
    )
    return "บันทึกจำนวนเงินที่ขอแล้ว"


def _submit(request: PostRequest, row: "FundingRequest") -> str:
    submit_request(row, by=request.post, on=_day(request), seen_version=seen_version(request))
    return "บันทึกว่ายื่นแล้ว เมื่อได้ผลให้บันทึกที่หน้านี้"


def _withdraw(request: PostRequest, row: "FundingRequest") -> str:
    withdraw_request(
        row,
        by=request.post,
        why=_words(request, "words"),
        on=timezone.localdate(),
        seen_version=seen_version(request),
    )
    return "ถอนคำขอแล้ว"


def _decide(request: PostRequest, row: "FundingRequest") -> str:
    """One form for what the answering letter says: granted, sent back, or refused."""
    seen = seen_version(request)
    result = request.POST.get("result", "")
    if result == RequestState.GRANTED:
        grant_request(
            row,
            _decision(request),
            by=request.post,
            granted=read_baht(_words(request, "granted")),
            seen_version=seen,
            sure_of=request.POST.getlist("sure"),
        )
        return "บันทึกว่าได้รับอนุมัติแล้ว"
    if result == RequestState.RETURNED:
        return_request(row, _decision(request), by=request.post, seen_version=seen)
        return "บันทึกว่าส่งกลับแล้ว แก้ไขแล้วยื่นใหม่ได้"
    if result == RequestState.REFUSED:
        refuse_request(row, _decision(request), by=request.post, seen_version=seen)
        return "บันทึกว่าไม่ได้รับอนุมัติแล้ว"
    raise Refused("โปรดเลือกผลการพิจารณา", code="no_result", status=400)


_DEEDS: dict[str, Deed] = {
    "change": _change,
    "submit": _submit,
    "withdraw": _withdraw,
    "decide": _decide,
}
