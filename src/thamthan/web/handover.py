"""The desk of someone who leaves a post passes to the successor: shown first, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import hand_over_desk
from thamthan.letters.queries import desk_to_hand_over, successors_of
from thamthan.organisations.queries import person_for, post_for
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.sheets import Field, Sheet


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def person_handover(request: PostRequest, pk: int, post_pk: int) -> HttpResponse:
    """ส่งมอบงานให้ผู้มารับตำแหน่ง."""
    row = person_for(request.post, pk)
    leaving = post_for(request.post, post_pk)
    if leaving.person_id != row.pk:
        raise NotFound("ไม่พบตำแหน่งนี้")
    desk = desk_to_hand_over(request.post, leaving)
    successors = successors_of(request.post, leaving)
    choices = tuple((str(one.pk), one.words()) for one in successors)
    # Only who holds the same post is offered as chosen; anyone else is chosen on purpose.
    place = (leaving.role, leaving.organisation_id)
    same = [str(one.pk) for one in successors if (one.role, one.organisation_id) == place]
    today = timezone.localdate()
    sheet = Sheet(
        (
            Field(
                "to",
                "ผู้รับมอบงาน",
                same[0] if same else "",
                kind="choice",
                choices=(("", "โปรดเลือก"), *choices),
                hint="ตำแหน่งในหน่วยงานเดียวกัน หากยังไม่มี ให้แต่งตั้งก่อน",
            ),
            Field("on", "วันสุดท้ายของตำแหน่งเดิม", format_date(today, style="short"), most=60),
        ),
        request.POST.dict() if request.method == "POST" else None,
    )
    if request.method == "POST":
        to = next((one for one in successors if str(one.pk) == sheet.words("to")), None)
        on = sheet.typed.day("on")
        sheet.need("to", "on")
        if to is None:
            sheet.typed.problems.setdefault("to", "โปรดเลือกผู้รับมอบงาน")
        if not sheet.is_wrong and to is not None:
            try:
                done = hand_over_desk(leaving, to, by=request.post, on=on)
            except Refused as refusal:
                sheet.refuse(refusal)
            else:
                words = f"ส่งมอบงานของ{leaving.title}แล้ว"
                if done.secrets:
                    words += f" หนังสือลับ {done.secrets} ฉบับ นายทะเบียนต้องกำหนดผู้อ่านใหม่"
                messages.success(request, words)
                return redirect("person", row.pk)
    return render(
        request,
        "people/handover.html",
        {"person": row, "leaving": leaving, "desk": desk, "sheet": sheet, "has_choice": choices},
        status=422 if sheet.is_wrong else 200,
    )
