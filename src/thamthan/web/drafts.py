"""Writing a letter on one page: the fields, the paper beside them, every state that was saved."""

import base64
from typing import TYPE_CHECKING, Any
from uuid import UUID

import uuid6
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.directives.queries import orders_of_draft
from thamthan.errors import Refused
from thamthan.letters.actions import ChangedMeanwhile, save_draft, start_draft
from thamthan.letters.actions.drafting import STILL_WRITING
from thamthan.letters.actions.signing import SIGNING
from thamthan.letters.queries import (
    OPEN_DRAFTS,
    desk_line_of,
    draft_files,
    draft_for,
    draft_step_held,
    draft_step_to_recall,
    draft_step_to_skip,
    draft_steps,
    drafts_seen_by,
    drafts_waiting_for,
    letter_for,
    number_after_last,
    paper_of,
    parts_of,
    reserved_for_draft,
    sending_book_of,
    stationery_of,
    templates_for,
    version_for,
    versions_of,
)
from thamthan.letters.rules import (
    DraftParts,
    DraftState,
    parts_from_json,
    problems_of,
    register_year,
)
from thamthan.organisations.rules import Duty
from thamthan.records.queries import history_of
from thamthan.thai.correspondence import Secrecy, openings_for
from thamthan.web.doors import PostRequest, acting
from thamthan.web.draft_form import form_of, parts_given
from thamthan.web.letters import PDF_POLICY, seen_version
from thamthan.writing.pages import page_pictures

if TYPE_CHECKING:
    from thamthan.letters.models import Draft
    from thamthan.organisations.models import Post


@acting
@require_safe
def drafts(request: PostRequest) -> HttpResponse:
    """ร่างหนังสือ: what waits to be written, signed, numbered; then what went out."""
    _check_writes(request)
    seen = drafts_seen_by(request.post)
    waiting = drafts_waiting_for(request.post, now=timezone.now())
    mine = {draft.pk for draft in waiting}
    by_state = {
        state: [draft for draft in seen.filter(state=state) if draft.pk not in mine]
        for state in OPEN_DRAFTS
    }
    return render(
        request,
        "drafts/drafts.html",
        {
            "groups": [(state.label, state.value, by_state[state]) for state in OPEN_DRAFTS],
            "waiting": waiting,
            "count": len(waiting) + sum(map(len, by_state.values())),
            "issued": seen.filter(state=DraftState.ISSUED).select_related("letter")[:20],
            "may_register": request.post.has_duty(Duty.REGISTER_LETTERS),
            "has_letterhead": stationery_of(request.post).is_set,
        },
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: PostRequest) -> HttpResponse:
    """เริ่มร่าง: from nothing, or from a template."""
    _check_writes(request)
    choices = templates_for(request.post)
    if request.method == "POST":
        chosen = next((one for one in choices if one.key == request.POST.get("template")), None)
        parts = chosen.parts if chosen else DraftParts()
        draft = start_draft(parts, by=request.post, submission=_uuid(request, "submission"))
        return redirect("draft", pk=draft.pk)
    return render(
        request,
        "drafts/new.html",
        {"choices": choices, "submission": str(uuid6.uuid7())},
    )


@acting
@require_POST
def answer_letter(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือตอบ a received letter."""
    letter = letter_for(request.post, pk)
    key = request.POST.get("template", "")
    chosen = next((one for one in templates_for(request.post) if one.key == key), None)
    parts = chosen.parts if chosen else DraftParts()
    draft = start_draft(
        parts, by=request.post, answers=letter, submission=_uuid(request, "submission")
    )
    return redirect("draft", pk=draft.pk)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือหนึ่งฉบับ; sent without a script, the form saves and shows the page again."""
    row = draft_for(request.post, pk)
    if request.method == "POST":
        parts = parts_given(request.POST)
        try:
            save_draft(row, parts, by=request.post, seen_version=seen_version(request))
        except ChangedMeanwhile as refused:
            return _page(request, row, parts, refused=refused, status=409)
        messages.success(request, "บันทึกร่างแล้ว")
        return redirect("draft", pk=pk)
    return _page(request, row, parts_of(request.post, row))


def _page(
    request: PostRequest,
    row: "Draft",
    parts: DraftParts,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    post = request.post
    held = draft_step_held(post, row, now=timezone.now())
    is_open = row.state == DraftState.DRAFTING or held is not None
    is_another = row.changed_by_id != post.pk
    just_now = timezone.now() - row.changed_at < STILL_WRITING
    answered = row.answers
    steps = draft_steps(post, row, now=timezone.now())
    return render(
        request,
        "drafts/write.html",
        {
            "draft": row,
            "order": orders_of_draft(post, row).first(),
            **form_of(parts),
            "problems": problems_of(parts),
            "refused": refused,
            "is_open": is_open,
            "held": held,
            "steps": steps,
            "waits_at": next((line for line in steps if line.endorsement is None), None),
            "to_skip": draft_step_to_skip(post, row),
            "to_recall": draft_step_to_recall(post, row, now=timezone.now()),
            "writing_too": row.changed_by if is_open and is_another and just_now else None,
            "files": draft_files(post, row),
            "line": desk_line_of(post, answered, now=timezone.now()) if answered else None,
            "block": stationery_of(post),
            "may_sign": post.role in SIGNING,
            "may_register": post.has_duty(Duty.REGISTER_LETTERS),
            **_numbers(post, row, parts),
            "today": timezone.localdate(),
            "history": list(history_of(row).order_by("-at", "-pk")),
            "state": DraftState,
        },
        status=status,
    )


def _numbers(post: "Post", row: "Draft", parts: DraftParts) -> dict[str, Any]:
    """What a signed draft can be numbered with: the next number, or one that was reserved."""
    if row.state != DraftState.SIGNED:
        return {}
    is_secret = parts.secrecy != Secrecy.OPEN
    book = sending_book_of(post, is_circular=parts.is_circular, is_secret=is_secret)
    if is_secret:
        # No number of the open book is for it; its own book opens with its first letter.
        first = number_after_last(book, year=timezone.localdate().year) if book else 1
        return {"has_book": True, "next_number": first, "reserved": []}
    if book is None:
        return {"has_book": False}
    year = register_year(book.year_kind, timezone.localdate())
    return {
        "has_book": True,
        "next_number": number_after_last(book, year=year),
        "reserved": reserved_for_draft(post, is_circular=parts.is_circular),
    }


@acting
@require_POST
def save(request: PostRequest, pk: int) -> JsonResponse:
    """บันทึกระหว่างพิมพ์: answers with the version that now stands, or with who was quicker."""
    row = draft_for(request.post, pk)
    try:
        saved = save_draft(
            row,
            parts_given(request.POST),
            by=request.post,
            seen_version=seen_version(request),
            save_ref=_uuid(request, "save_ref"),
        )
    except Refused as refused:
        return JsonResponse(
            {
                "message": refused.message,
                "code": refused.code,
                "version": draft_for(request.post, pk).version,
            },
            status=refused.status,
        )
    return JsonResponse(
        {"version": saved.version, "at": f"{timezone.localtime(saved.changed_at):%H.%M}"}
    )


@acting
@require_safe
def draft_state(request: PostRequest, pk: int) -> JsonResponse:
    """ร่างอยู่ที่ครั้งใด และใครบันทึกล่าสุด: asked now and then by whoever has it open."""
    row = draft_for(request.post, pk)
    name = row.changed_by.person.name if row.changed_by.person else ""
    return JsonResponse(
        {
            "version": row.version,
            "by": name,
            "is_mine": row.changed_by_id == request.post.pk,
            "is_open": row.state == DraftState.DRAFTING,
        }
    )


@acting
@require_POST
def preview(request: PostRequest, pk: int) -> HttpResponse:
    """ภาพหนังสือจริง of what is in the form now; nothing of it is kept."""
    row = draft_for(request.post, pk)
    parts = parts_given(request.POST)
    try:
        pictures = page_pictures(paper_of(request.post, parts))
        message = ""
    except Refused as refused:
        pictures, message = [], refused.message
    return render(
        request,
        "drafts/parts/preview.html",
        {
            "draft": row,
            "pictures": [base64.b64encode(one).decode() for one in pictures],
            "message": message,
            "problems": problems_of(parts),
            "proposed": openings_for(parts.addressee),
            "parts": parts,
        },
    )


@acting
@require_safe
def paper(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างเป็น PDF มีลายน้ำ “ร่าง”, as it was saved last."""
    row = draft_for(request.post, pk)
    number = request.GET.get("version", "")
    parts = parts_of(request.post, row)
    if number.isascii() and number.isdigit() and len(number) < 9:
        parts = parts_from_json(version_for(request.post, row, int(number)).parts)
    response = HttpResponse(paper_of(request.post, parts), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    response["Content-Security-Policy"] = PDF_POLICY
    return response


@acting
@require_safe
def versions(request: PostRequest, pk: int) -> HttpResponse:
    """ทุกครั้งที่บันทึก."""
    row = draft_for(request.post, pk)
    return render(
        request,
        "drafts/versions.html",
        {"draft": row, "versions": versions_of(request.post, row)[:300]},
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: PostRequest, pk: int, number: int) -> HttpResponse:
    """ร่างครั้งหนึ่ง; posted, its words become the newest version, and those between stay."""
    row = draft_for(request.post, pk)
    kept = version_for(request.post, row, number)
    if request.method == "POST":
        save_draft(
            row,
            parts_from_json(kept.parts),
            by=request.post,
            seen_version=seen_version(request),
        )
        messages.success(request, f"นำครั้งที่ {number} กลับมาแล้ว ครั้งอื่นยังอยู่ครบ")
        return redirect("draft", pk=pk)
    return render(
        request,
        "drafts/version.html",
        {"draft": row, "kept": kept, "is_open": row.state == DraftState.DRAFTING},
    )


def _check_writes(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่เกี่ยวกับหนังสือ", code="not_allowed", status=403)


def _uuid(request: PostRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
