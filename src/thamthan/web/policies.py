"""Policies: what runs today and what ended, one of them with its clauses, an office's own."""

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.directives.actions import OwnPolicy, end_policy, keep_policy
from thamthan.directives.queries import (
    clauses_under,
    indicators_seen_by,
    policies_counted,
    policy_for,
)
from thamthan.directives.rules import PolicyKind, has_ended
from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads
from thamthan.web.sheets import Field, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thamthan.directives.models import Policy

PAGE = 50
_THEME = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)*)[.)]?\s+(?P<name>.+)")


@acting
@require_safe
def policies(request: PostRequest) -> HttpResponse:
    """นโยบาย, those in force first."""
    check_reads(request)
    today = timezone.localdate()
    rows = list(policies_counted(request.post))
    return render(
        request,
        "policies/policies.html",
        {
            "running": [one for one in rows if not has_ended(one.until_on, today=today)],
            "ended": [one for one in rows if has_ended(one.until_on, today=today)],
            "may_order": request.post.has_duty(Duty.ORDER),
        },
    )


@acting
@require_safe
def policy(request: PostRequest, pk: int) -> HttpResponse:
    """นโยบายหนึ่ง: its themes, its indicators, and the clauses of one's orders under it."""
    check_reads(request)
    row = policy_for(request.post, pk)
    clauses = clauses_under(request.post, row)
    return render(
        request,
        "policies/policy.html",
        {
            "policy": row,
            "has_ended": has_ended(row.until_on, today=timezone.localdate()),
            "themes": row.themes.all(),
            "indicators": indicators_seen_by(request.post).filter(policy=row),
            "page": Paginator(clauses, PAGE).get_page(request.GET.get("page")),
            "may_change": _is_own(request, row),
            "today": format_date(timezone.localdate(), style="short"),
        },
    )


def _is_own(request: PostRequest, row: "Policy") -> bool:
    is_house = row.organisation.house_path == request.post.organisation.house_path
    return is_house and row.kind == PolicyKind.OWN and bool(request.post.has_duty(Duty.ORDER))


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def policy_new(request: PostRequest) -> HttpResponse:
    """นโยบายใหม่ของหน่วยงาน."""
    return _keep(request, None)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def policy_change(request: PostRequest, pk: int) -> HttpResponse:
    """แก้ไขนโยบายของหน่วยงาน."""
    return _keep(request, policy_for(request.post, pk))


def _keep(request: PostRequest, row: "Policy | None") -> HttpResponse:
    may_keep = request.post.has_duty(Duty.ORDER) if row is None else _is_own(request, row)
    if not may_keep:
        raise Refused(
            "ตำแหน่งนี้แก้ไขนโยบายนี้ไม่ได้ นโยบายของกระทรวงมากับบัญชีของระบบ", code="not_allowed", status=403
        )
    sheet = _sheet(row, request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST":
        given = _given(sheet)
        if not sheet.is_wrong:
            try:
                kept = keep_policy(given, by=request.post, policy=row)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                messages.success(request, f"บันทึกนโยบาย {kept.short_name} แล้ว")
                return redirect("policy", pk=kept.pk)
    return render(
        request,
        "policies/sheet.html",
        {"sheet": sheet, "policy": row},
        status=422 if sheet.is_wrong else 200,
    )


def _sheet(row: "Policy | None", posted: "Mapping[str, str] | None") -> Sheet:
    def day(name: str) -> str:
        on = getattr(row, name, None)
        return format_date(on, style="short") if on is not None else ""

    themes = "\n".join(f"{one.number}. {one.name}" for one in row.themes.all()) if row else ""
    return Sheet(
        (
            Field("name", "ชื่อนโยบาย", row.name if row else "", most=300),
            Field("short_name", "ชื่อย่อที่ใช้ในหน้าต่าง ๆ", row.short_name if row else "", most=80),
            Field("from_on", "ตั้งแต่", day("from_on"), is_needed=False, most=60),
            Field("until_on", "ถึง", day("until_on"), is_needed=False, most=60),
            Field(
                "themes",
                "ด้าน",
                themes,
                hint="หนึ่งบรรทัดต่อหนึ่งด้าน เช่น 1. น้ำสะอาด",
                kind="lines",
                is_needed=False,
                most=20_000,
            ),
            Field(
                "called",
                "คำเรียกในหนังสือ",
                row.called if row else "",
                hint="หนึ่งบรรทัดต่อหนึ่งคำ หนังสือที่มีคำนี้จะได้รับการเสนอนโยบายนี้",
                kind="lines",
                is_needed=False,
                most=20_000,
            ),
            Field("source", "ที่มา", row.source if row else "", is_needed=False, most=2000),
        ),
        posted,
    )


def _given(sheet: Sheet) -> OwnPolicy:
    sheet.need("name", "short_name")
    themes: list[tuple[str, str]] = []
    for at, line in enumerate(sheet.typed.lines("themes"), start=1):
        found = _THEME.fullmatch(to_arabic(line[:20]) + line[20:])
        themes.append((found["number"], found["name"]) if found else (str(at), line))
    return OwnPolicy(
        name=sheet.words("name"),
        short_name=sheet.words("short_name"),
        from_on=sheet.typed.day("from_on"),
        until_on=sheet.typed.day("until_on"),
        called=tuple(sheet.typed.lines("called")),
        themes=tuple((number, name[:300]) for number, name in themes),
        source=sheet.words("source"),
    )


@acting
@require_POST
def policy_ending(request: PostRequest, pk: int) -> HttpResponse:
    """นโยบายสิ้นสุด."""
    row = policy_for(request.post, pk)
    sheet = Sheet((Field("on", "วันสุดท้าย", most=60),), request.POST.dict())
    on = sheet.typed.day("on")
    sheet.need("on")
    if on is None:
        messages.error(request, sheet.problems[0].problem)
        return redirect("policy", pk=pk)
    try:
        end_policy(row, on=on, by=request.post)
    except Refused as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"บันทึกแล้ว วันสุดท้าย {format_date(on, style='short')}")
    return redirect("policy", pk=pk)
