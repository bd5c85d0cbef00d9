"""Sending one letter to many, and how far it has come with each of them."""

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.directives.actions import receive_handed
from thamthan.directives.queries import came_with
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    keep_group,
    mark_sendings_sent,
    move_sending,
    send_letter,
)
from thamthan.letters.queries import (
    directly_below,
    group_for,
    groups_of,
    letter_for,
    local_governments_below,
    may_receive,
    nearest_offices,
    sending_count,
    sending_for,
    sendings_of,
    sent_letters,
    withdrawal_of,
)
from thamthan.letters.rules import (
    Direction,
    LetterState,
    SendingState,
    SendingWay,
    outside_names,
)
from thamthan.organisations.queries import in_dictionary_order, organisations_seen_by
from thamthan.organisations.rules import Duty, Level
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.draft_deeds import stored_response
from thamthan.web.letters import seen_version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thamthan.letters.models import Letter, Sending
    from thamthan.organisations.models import Organisation

PAGE = 100
MOST_FOUND = 60
MOST_OFFERED = 120


@acting
@require_safe
def sent(request: PostRequest) -> HttpResponse:
    """ติดตามการส่ง: every sent letter with “ลงรับแล้ว n จาก m”."""
    _check_reads(request)
    text = request.GET.get("q", "")[:200]
    page = Paginator(sent_letters(request.post, text=text), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "sendings/sent.html",
        {"page": page, "text": text, "state": LetterState, "may_register": _may_send(request)},
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PostRequest, pk: int) -> HttpResponse:
    """เลือกผู้รับและส่ง: all below, some of them, a kept group, others by name."""
    letter = _sent_letter(request, pk)
    if not _may_send(request):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ส่งหนังสือ", code="not_allowed", status=403)
    if request.method == "POST" and request.POST.get("deed") != "find":
        return _send(request, letter)
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("q", "").strip()[:100]
    chosen = [str(code) for code in given.getlist("code")]
    below = directly_below(request.post)
    offered = below if below.exists() else nearest_offices(request.post)
    found = []
    if text:
        seen = organisations_seen_by(request.post, text=text).exclude(level=Level.DIVISION)
        found = list(in_dictionary_order(seen.filter(closed_on=None))[:MOST_FOUND])
    return render(
        request,
        "sendings/choose.html",
        {
            "letter": letter,
            "count": sending_count(request.post, letter),
            "whole": local_governments_below(request.post).count(),
            "below": below,
            "offered": [] if text or chosen else list(offered[: MOST_OFFERED + 1]),
            "most_offered": MOST_OFFERED,
            "chosen": list(may_receive(request.post, chosen)),
            "found": [one for one in found if one.code not in chosen],
            "groups": groups_of(request.post),
            "text": text,
            "ways": [(way.value, way.label) for way in SendingWay],
            "outside_ways": [
                (way.value, way.label) for way in SendingWay if way != SendingWay.SYSTEM
            ],
            "outside": given.get("outside", ""),
            "who": given.get("who", "some" if chosen or text else ""),
        },
    )


def _send(request: PostRequest, letter: "Letter") -> HttpResponse:
    given = request.POST
    outside = list(outside_names(given.get("outside", "")[:50_000]))
    organisations, more = _receivers(request)
    outside += [name for name in more if name not in outside]
    count = send_letter(
        letter,
        by=request.post,
        organisations=organisations,
        outside=outside,
        way=_way(given.get("way", ""), SendingWay.SYSTEM),
        outside_way=_way(given.get("outside_way", ""), SendingWay.POST),
    )
    name = given.get("group_name", "").replace("\x00", "").strip()
    if name:
        codes = list(organisations.values_list("code", flat=True))
        keep_group(name, by=request.post, codes=codes, outside=outside)
    if not organisations.exists() and not outside:
        raise Refused("ยังไม่ได้เลือกผู้รับ", code="no_receiver", status=400)
    words = f"ส่งถึงผู้รับใหม่ {count:,} ราย" if count else "ผู้รับที่เลือกได้รับส่งไปแล้วทั้งหมด ไม่ได้ส่งซ้ำ"
    messages.success(request, words)
    return redirect("sending-list", pk=letter.pk)


def _receivers(request: PostRequest) -> "tuple[QuerySet[Organisation], list[str]]":
    given = request.POST
    who = given.get("who", "")
    if who == "all":
        return local_governments_below(request.post), []
    if who == "below":
        codes = [one.code for one in directly_below(request.post)]
        return may_receive(request.post, codes), []
    group = given.get("group", "")
    if who == "group" and group.isascii() and group.isdigit() and len(group) < 19:
        row = group_for(request.post, int(group))
        codes = list(row.members.values_list("organisation__code", flat=True))
        return may_receive(request.post, codes), list(outside_names(row.outside))
    return may_receive(request.post, [str(code) for code in given.getlist("code")]), []


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def sending_list(request: PostRequest, pk: int) -> HttpResponse:
    """ผู้รับของหนังสือฉบับหนึ่ง and how far it has come with each."""
    letter = _sent_letter(request, pk)
    if request.method == "POST":
        count = mark_sendings_sent(letter, by=request.post)
        messages.success(request, f"บันทึกว่าส่งแล้ว {count:,} ราย")
        return redirect("sending-list", pk=pk)
    rows, wanted = _wanted(request, letter)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "sendings/list.html",
        {
            "letter": letter,
            "page": page,
            "shown": rows.count(),
            "count": sending_count(request.post, letter),
            "withdrawal": withdrawal_of(request.post, letter),
            "wanted": wanted,
            "query": request.GET.urlencode(),
            "states": [(one.value, one.label) for one in SendingState],
            "ways": [(one.value, one.label) for one in SendingWay],
            "may_register": _may_send(request),
        },
    )


@acting
@require_safe
def export(request: PostRequest, pk: int) -> HttpResponse:
    """รายการผู้รับเป็น CSV, with the mark by which Excel knows Thai."""
    letter = _sent_letter(request, pk)
    rows, _ = _wanted(request, letter)
    withdrawal = withdrawal_of(request.post, letter)
    withdrawn = f"ยกเลิกเมื่อ {_moment(withdrawal.at)} เพราะ{withdrawal.reason}" if withdrawal else ""
    stream = io.StringIO()
    stream.write("\ufeff")
    sheet = csv.writer(stream)
    sheet.writerow(["ผู้รับ", "วิธีส่ง", "สถานะ", "ส่งเมื่อ", "เลขรับของผู้รับ", "ลงรับเมื่อ", "หมายเหตุ"])
    for row in rows.iterator(chunk_size=1000):
        sheet.writerow(
            [
                _cell(row.name),
                row.get_way_display(),
                row.get_state_display(),
                _moment(row.sent_at),
                _cell(row.receipt),
                _moment(row.received_at),
                _cell(" · ".join(filter(None, (row.note, withdrawn)))),
            ]
        )
    response = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sendings-{letter.pk}.csv"'
    return response


@acting
@require_POST
def sending_state(request: PostRequest, pk: int, sending_pk: int) -> HttpResponse:
    """บันทึกว่าการส่งหนึ่งรายการไปถึงไหน."""
    letter = _sent_letter(request, pk)
    row = sending_for(request.post, letter, sending_pk)
    to = request.POST.get("to", "")
    if to not in SendingState.values:
        raise Refused("ไม่รู้จักสถานะที่เลือก", code="wrong_sending_state", status=400)
    file = request.FILES.get("proof")
    move_sending(
        row,
        SendingState(to),
        by=request.post,
        receipt=request.POST.get("receipt", "").replace("\x00", ""),
        note=request.POST.get("note", "").replace("\x00", ""),
        proof=(file.name or "หลักฐาน", file.read()) if file is not None else None,
    )
    messages.success(request, f"บันทึกแล้ว: {row.name} {SendingState(to).label}")
    return redirect("sending-list", pk=pk)


@acting
@require_safe
def proof(request: PostRequest, pk: int, sending_pk: int) -> FileResponse:
    """หลักฐานการส่ง."""
    row = sending_for(request.post, _sent_letter(request, pk), sending_pk)
    if row.proof is None:
        raise NotFound("ไม่มีหลักฐานของรายการนี้")
    return stored_response(row.proof, row.proof_name)


@acting
@require_POST
def register_here(request: PostRequest, pk: int) -> HttpResponse:
    """ลงรับหนังสือที่มาในระบบ, by one press; the orders that came with it are received, too."""
    letter = letter_for(request.post, pk)
    done = receive_handed(letter, by=request.post, seen_version=seen_version(request))
    handing = came_with(request.post, done)
    told = " และรับทราบข้อสั่งการแล้ว" if handing is not None and handing.acknowledged_at else ""
    messages.success(request, f"ลงรับแล้ว เลขรับ {done.receipt_number}{told} ผู้ส่งทราบเลขและเวลาแล้ว")
    if handing is not None:
        return redirect("handing", pk=handing.pk)
    return redirect("letter", pk=pk)


def _sent_letter(request: PostRequest, pk: int) -> "Letter":
    letter = letter_for(request.post, pk)
    if letter.direction != Direction.SENT:
        raise NotFound("ไม่พบหนังสือส่งฉบับนี้")
    return letter


def _wanted(request: PostRequest, letter: "Letter") -> "tuple[QuerySet[Sending], dict[str, str]]":
    wanted = {name: request.GET.get(name, "")[:200] for name in ("state", "way", "q")}
    rows = sendings_of(
        request.post, letter, state=wanted["state"], way=wanted["way"], text=wanted["q"]
    )
    return rows, wanted


def _check_reads(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือ", code="not_allowed", status=403)


def _may_send(request: PostRequest) -> bool:
    return bool(request.post.has_duty(Duty.REGISTER_LETTERS))


def _way(given: str, otherwise: SendingWay) -> SendingWay:
    return SendingWay(given) if given in SendingWay.values else otherwise


def _cell(text: str) -> str:
    """What Excel would take for a formula is kept a text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _moment(at: Any) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{format_date(local.date(), style='short')} {local:%H.%M}"
