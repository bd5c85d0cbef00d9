"""The yearly disposal: the list, the committee, the archives, the head's two steps."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import (
    Judgement,
    Member,
    appoint_committee,
    approve_disposal,
    ask_archives,
    destroy_letters,
    draft_disposal,
    judge_lines,
    record_archives_answer,
)
from thamthan.letters.queries import disposal_for, disposal_lines, disposals_of, expired
from thamthan.letters.rules import DisposalState, Fate, silence_ends, survey_due
from thamthan.organisations.rules import Duty
from thamthan.thai.dates import from_be
from thamthan.web.disposal_export import exported
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import handed_over
from thamthan.web.keeping_lists import disposal_list
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.letters.models import Disposal

MEMBER_ROWS = 5


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def disposals(request: PostRequest) -> HttpResponse:
    """การทำลายหนังสือ: what has expired, and the lists of earlier years."""
    rows = list(disposals_of(request.post))
    year = timezone.localdate().year
    if request.method == "POST":
        made = draft_disposal(by=request.post, year=year)
        messages.success(request, "จัดทำบัญชีหนังสือขอทำลายแล้ว ต่อไปแต่งตั้งคณะกรรมการ")
        return redirect("disposal", pk=made.pk)
    return render(
        request,
        "letters/disposals.html",
        {
            "disposals": rows,
            "expired_count": expired(request.post, year=year).count(),
            "is_listed": any(row.year == year for row in rows),
            "year": year,
            "survey_due": survey_due(year),
            "is_late": timezone.localdate() > survey_due(year),
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
        },
    )


@acting
@require_safe
def disposal(request: PostRequest, pk: int) -> HttpResponse:
    """บัญชีหนังสือขอทำลายของปีหนึ่ง."""
    row = disposal_for(request.post, pk)
    return _page(request, row)


def _page(request: PostRequest, row: "Disposal", refused: Refused | None = None) -> HttpResponse:
    lines = list(disposal_lines(request.post, row))
    members = list(row.members.all())
    typed = request.POST if refused is not None else {}
    return render(
        request,
        "letters/disposal.html",
        {
            "disposal": row,
            "lines": lines,
            "members": members,
            "member_rows": [_member_row(number, members, typed) for number in range(MEMBER_ROWS)],
            "going_count": sum(line.fate == Fate.DESTROY for line in lines),
            "kept_count": sum(line.fate == Fate.KEEP for line in lines),
            "undecided_count": sum(line.fate == Fate.UNDECIDED for line in lines),
            "silence_ends": silence_ends(row.asked_on) if row.asked_on else None,
            "states": DisposalState,
            "fates": Fate,
            "refused": refused,
            "typed": typed,
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "may_approve": request.post.has_duty(Duty.APPROVE_DISPOSAL),
            "next_year": row.year + 543,
        },
        status=refused.status if refused is not None else 200,
    )


def _member_row(number: int, members: list[Any], typed: Any) -> dict[str, Any]:
    kept = members[number] if number < len(members) else None
    return {
        "number": number,
        "name": typed.get(f"name-{number}", kept.name if kept else ""),
        "title": typed.get(f"title-{number}", kept.title if kept else ""),
    }


def _deed(words: str, act: Any) -> Any:
    """One step of a disposal, then its page again; a refusal stands on it with what was typed."""

    @acting
    @require_POST
    def view(request: PostRequest, pk: int) -> HttpResponse:
        row = disposal_for(request.post, pk)
        try:
            act(request, row)
        except Refused as refused:
            if refused.status == 403:
                raise
            return _page(request, row, refused)
        messages.success(request, words)
        return redirect("disposal", pk=pk)

    return view


def _words(request: PostRequest, name: str) -> str:
    return Typed(request.POST.dict(), near=None).words(name)


def _appoint(request: PostRequest, row: "Disposal") -> None:
    members = [
        Member(
            name=_words(request, f"name-{number}"),
            title=_words(request, f"title-{number}"),
            is_chair=number == 0,
        )
        for number in range(MEMBER_ROWS)
        if _words(request, f"name-{number}") or _words(request, f"title-{number}")
    ]
    appoint_committee(row, members, by=request.post)


def _judge(request: PostRequest, row: "Disposal") -> None:
    judgements = {}
    for line in disposal_lines(request.post, row):
        fate = request.POST.get(f"fate-{line.pk}", "")
        if fate not in Fate.values:
            continue
        typed = Typed(request.POST.dict(), near=None)
        year = typed.count(f"until-{line.pk}")
        if year is not None and not 2400 <= year <= 2700:
            raise Refused("ปีที่เก็บต่อถึงไม่น่าใช่ โปรดใส่เป็น พ.ศ.", code="wrong_year", status=400)
        judgements[line.pk] = Judgement(
            fate=Fate(fate),
            reason=typed.words(f"reason-{line.pk}"),
            keep_until=from_be(year, 12, 31) if year else None,
        )
    judge_lines(row, judgements, by=request.post)


def _ask(request: PostRequest, row: "Disposal") -> None:
    typed = Typed(request.POST.dict(), near=timezone.localdate())
    day = typed.day("asked_on")
    if day is None:
        raise Refused(typed.problems.get("asked_on", "โปรดใส่วันที่ส่งบัญชี"), code="no_day", status=400)
    ask_archives(row, by=request.post, asked_on=day)


def _answer(request: PostRequest, row: "Disposal") -> None:
    record_archives_answer(row, by=request.post, answer=_words(request, "answer"), answered_on=None)


def _destroy(request: PostRequest, row: "Disposal") -> None:
    count = Typed(request.POST.dict(), near=None).count("count")
    destroy_letters(row, by=request.post, confirmed_count=-1 if count is None else count)


disposal_committee = _deed("แต่งตั้งคณะกรรมการแล้ว", _appoint)
disposal_judgements = _deed("บันทึกมติแล้ว", _judge)
disposal_archives = _deed("บันทึกการส่งบัญชีแล้ว", _ask)
disposal_answer = _deed("บันทึกคำตอบแล้ว", _answer)
disposal_approval = _deed(
    "อนุมัติแล้ว ยังไม่มีหนังสือใดถูกทำลายจนกว่าจะยืนยันอีกครั้ง",
    lambda request, row: approve_disposal(row, by=request.post),
)
disposal_destruction = _deed("ทำลายแล้ว ทะเบียนยังอยู่ครบ", _destroy)


@acting
@require_safe
def disposal_table(request: PostRequest, pk: int, form: str) -> HttpResponse:
    """บัญชีหนังสือขอทำลาย (แบบที่ 25), as a file."""
    row = disposal_for(request.post, pk)
    table = disposal_list(row, disposal_lines(request.post, row))
    return handed_over(table, form, f"บัญชีหนังสือขอทำลาย {row.year + 543}")


@acting
@require_safe
def disposal_export(request: PostRequest, pk: int) -> FileResponse:
    """ทุกอย่างของหนังสือที่จะทำลาย เป็น ZIP: once destroyed, nothing brings it back."""
    return exported(request.post, disposal_for(request.post, pk))
