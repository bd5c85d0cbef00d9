"""What of a letter the public may see; the drawing of places that a copy must lack."""

import json
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import redact_file, set_disclosure
from thamthan.letters.queries import (
    disclosures_of,
    drawn_pages_of,
    file_row_for,
    files_of,
    is_read_from_picture,
    letter_for,
    likely_boxes,
    redacted_copies_of,
    redacted_copy_for,
)
from thamthan.letters.rules import SECTIONS, LetterState, Openness, checked_box
from thamthan.organisations.rules import Duty
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import PDF_POLICY
from thamthan.web.sheets import Field, Sheet

_OPENNESS = tuple((one.value, one.label) for one in Openness)
_SECTIONS = (("", "ไม่มี (เปิดเผยทั้งหมด)"), *SECTIONS)
_MOST_SENT = 200_000


def _check_keeps(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่กำหนดการเปิดเผย", code="not_allowed", status=403)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letter_disclosure(request: PostRequest, pk: int) -> HttpResponse:
    """การเปิดเผยต่อสาธารณะ: the class, who set it, and the copies with places covered."""
    letter = letter_for(request.post, pk)
    _check_keeps(request)
    said = list(disclosures_of(request.post, letter))
    now = said[0] if said else None
    sheet = Sheet(
        [
            Field(
                "openness", "การเปิดเผย", value=now.openness if now else "open",
                kind="choice", choices=_OPENNESS,
            ),
            Field(
                "section", "มาตราที่ให้ไม่เปิดเผย", value=now.section if now else "",
                kind="choice", choices=_SECTIONS, hint="พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540",
            ),
            Field("reason", "เหตุผล", most=500, is_needed=False),
        ],
        request.POST if request.method == "POST" else None,
    )  # fmt: skip
    if request.method == "POST" and _set(request, sheet, letter):
        return redirect("letter-disclosure", pk=pk)
    drawn = drawn_pages_of(request.post, letter)
    return render(
        request,
        "letters/disclosure.html",
        {
            "letter": letter,
            "now": now,
            "earlier": said[1:],
            "sheet": sheet,
            "files": [
                {"row": row, "can_cover": row.position in drawn}
                for row in files_of(request.post, letter)
            ],
            "copies": list(redacted_copies_of(request.post, letter)),
            "is_destroyed": letter.state == LetterState.DESTROYED,
        },
        status=422 if sheet.is_wrong else 200,
    )


def _set(request: PostRequest, sheet: Sheet, letter: Any) -> bool:
    word = sheet.words("openness")
    if word not in list(Openness):
        sheet.typed.problems["openness"] = "โปรดเลือกการเปิดเผย"
        return False
    try:
        said = set_disclosure(
            letter,
            Openness(word),
            by=request.post,
            section=sheet.words("section"),
            reason=sheet.words("reason"),
        )
    except Refused as refused:
        sheet.refuse(refused)
        return False
    messages.success(request, f"กำหนดเป็น “{said.get_openness_display()}” แล้ว")
    return True


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letter_redaction(request: PostRequest, pk: int, position: int) -> HttpResponse:
    """ปิดทับข้อความ: the pages of one file, and the boxes drawn on them."""
    letter = letter_for(request.post, pk)
    _check_keeps(request)
    row = file_row_for(request.post, letter, position)
    sizes = drawn_pages_of(request.post, letter).get(position, ())
    if not sizes or letter.is_secret:
        raise Refused(
            "หนังสือลับไม่ทำสำเนาเพื่อเปิดเผย"
            if letter.is_secret
            else "ไฟล์ชนิดนี้ปิดทับไม่ได้ ทำได้กับ PDF และภาพ",
            code="not_covered",
        )
    with_names = "names" in request.GET
    likely = likely_boxes(request.post, letter, position, with_names=with_names)
    boxes = [[box.page, box.left, box.top, box.right, box.bottom] for box, _ in likely]
    suggested = len(boxes)
    refused = None
    if request.method == "POST":
        try:
            boxes = _boxes(request.POST.get("boxes", ""))
            redact_file(row, [checked_box(box) for box in boxes], by=request.post)
        except Refused as problem:
            if problem.status == 403:
                raise
            refused = problem
        else:
            messages.success(request, "ทำสำเนาปิดทับแล้ว เปิดดูให้แน่ใจก่อนนำไปเผยแพร่")
            return redirect("letter-disclosure", pk=pk)
    return render(
        request,
        "letters/redaction.html",
        {
            "letter": letter,
            "row": row,
            "pages": list(enumerate(sizes, start=1)),
            "boxes": json.dumps(boxes),
            "suggested": suggested,
            "kinds": list(Counter(why for _, why in likely).items()),
            "is_read": is_read_from_picture(request.post, letter, position),
            "with_names": with_names,
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _boxes(text: str) -> list[list[Any]]:
    try:
        given = json.loads(text[:_MOST_SENT] or "[]")
    except (ValueError, RecursionError):
        raise Refused("กรอบที่ปิดทับไม่ถูกต้อง โปรดวาดใหม่", code="wrong_box", status=400) from None
    if not isinstance(given, list):
        raise Refused("กรอบที่ปิดทับไม่ถูกต้อง โปรดวาดใหม่", code="wrong_box", status=400)
    return [list(box) if isinstance(box, list) else [] for box in given]


@acting
@require_safe
def letter_redacted(request: PostRequest, pk: int, copy_pk: int) -> FileResponse:
    """สำเนาที่ปิดทับแล้ว."""
    letter = letter_for(request.post, pk)
    copy, stream = redacted_copy_for(request.post, letter, copy_pk)
    response = FileResponse(stream, content_type="application/pdf")
    name = f"สำเนาเปิดเผย {letter.receipt_number or letter.pk}-{copy.position}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header("save" in request.GET, name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY
    return response
