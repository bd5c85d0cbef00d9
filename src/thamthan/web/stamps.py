"""The receipt stamp on a page: dragged to where there is room, and the stamped copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.letters.actions import place_stamp
from thamthan.letters.queries import letter_for, stamp_sheet_of, stamped_copy_for
from thamthan.organisations.rules import Duty
from thamthan.thai.digits import to_arabic
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import PDF_POLICY

MM = 72 / 25.4


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def letter_stamp(request: PostRequest, pk: int, position: int) -> HttpResponse:
    """วางตรารับ: the page as a picture with the stamp on it, to be dragged or moved by keys."""
    letter = letter_for(request.post, pk)
    asked = request.POST if request.method == "POST" else request.GET
    sheet = stamp_sheet_of(request.post, letter, position, page=_page(asked.get("page", "")))
    shown = sheet.pages[sheet.page - 1] if sheet.pages else None
    if request.method == "POST" and shown is not None:
        place_stamp(
            letter,
            by=request.post,
            position=position,
            page=sheet.page,
            left=_length(request.POST.get("left", ""), sheet.left * shown.width / MM)
            * MM
            / shown.width,
            top=_length(request.POST.get("top", ""), sheet.top * shown.height / MM)
            * MM
            / shown.height,
        )
        messages.success(request, "เก็บที่ของตรารับแล้ว ไฟล์ต้นฉบับคงเดิม")
        address = reverse("letter-stamp", kwargs={"pk": pk, "position": position})
        return redirect(f"{address}?{urlencode({'page': sheet.page})}")
    return render(
        request,
        "letters/stamp.html",
        {
            "letter": letter,
            "sheet": sheet,
            "numbers": range(1, len(sheet.pages) + 1),
            "may_place": request.post.has_duty(Duty.REGISTER_LETTERS),
            "left": f"{sheet.left * shown.width / MM:.0f}" if shown else "",
            "top": f"{sheet.top * shown.height / MM:.0f}" if shown else "",
            # In tenths of a millimetre, the measure of the drawing on the page.
            "page_wide": f"{shown.width / MM * 10:.0f}" if shown else "",
            "page_high": f"{shown.height / MM * 10:.0f}" if shown else "",
            "x": f"{sheet.left * shown.width / MM * 10:.0f}" if shown else "",
            "y": f"{sheet.top * shown.height / MM * 10:.0f}" if shown else "",
        },
    )


def _page(text: str) -> int:
    digits = to_arabic(text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0


def _length(text: str, otherwise: float) -> float:
    digits = to_arabic(text).strip().replace(",", ".")
    try:
        found = float(digits)
    except ValueError:
        return otherwise
    return min(max(found, 0.0), 5000.0) if found == found else otherwise


@acting
@require_safe
def letter_stamped(request: PostRequest, pk: int, position: int) -> HttpResponse:
    """สำเนาที่ประทับตรารับ, as a PDF."""
    name, made = stamped_copy_for(request.post, pk, position)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header("save" in request.GET, name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY
    return response
