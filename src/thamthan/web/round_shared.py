"""What may be one event claimed twice: both side by side, the reasons, and a person's word."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.rules import in_digits, milli_of
from thamthan.reports.actions import Taken, join_events, part_events, undo_shared_event
from thamthan.reports.queries import (
    Overlap,
    SharedPair,
    overlaps_of,
    round_for,
    shared_events,
    shared_pairs,
)
from thamthan.reports.rules import SharedReason, SharedState
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.reports.models import Round, SharedEvent


@dataclass(frozen=True, slots=True)
class OverlapField:
    """ช่องจำนวนที่ซ้ำของคำถามหนึ่ง, with what is proposed or what was typed."""

    overlap: Overlap
    value: str
    of: str

    @property
    def is_known(self) -> bool:
        """Whether the system itself knows what stands twice."""
        return self.overlap.value_milli is not None


@dataclass(frozen=True, slots=True)
class EventLine:
    """คำตัดสินหนึ่ง, with its reasons in words."""

    event: "SharedEvent"
    reasons: list[str]
    is_same: bool


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def round_shared(request: PostRequest, pk: int) -> HttpResponse:
    """อาจเป็นเรื่องเดียวกัน: what waits for this house's word, and what it decided."""
    row = round_for(request.post, pk)
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, row))
        except Refused as refused:
            if refused.status in {403, 404}:
                raise
            return _page(request, row, refused=refused)
        return redirect("round-shared", pk=pk)
    return _page(request, row)


def _decide(request: PostRequest, row: "Round") -> str:
    deed, mark = request.POST.get("deed", ""), request.POST.get("mark", "")[:120]
    if deed == "undo":
        key = whole_typed(request.POST.get("event", ""), most=18) or 0
        undo_shared_event(row, key, by=request.post)
        return "ยกเลิกคำตัดสินแล้ว ยอดรวมกลับเป็นเหมือนก่อนตัดสิน"
    if deed == "apart":
        part_events(row, mark, by=request.post)
        return "บันทึกว่าเป็นคนละเรื่องแล้ว จะไม่ถามอีก"
    if deed != "same":
        raise Refused("ไม่รู้จักสิ่งที่เลือกทำ", code="unknown_deed", status=400)
    counts = request.POST.get("counts", "")
    if counts not in {"one", "other"}:
        raise Refused("โปรดเลือกว่าให้นับรายการของแห่งใด", code="not_chosen", status=400)
    event = join_events(
        row, mark, by=request.post, counts_first=counts == "one", taken=_taken(request)
    )
    return f"นับเรื่องนี้ครั้งเดียวแล้ว หักซ้ำ {event.deductions.count()} ข้อ ยอดรวมปรับแล้ว"


def _taken(request: PostRequest) -> dict[int, Taken]:
    found = {}
    for name, typed in request.POST.items():
        key = name.removeprefix("less-")
        if key == name or not key.isdigit() or len(key) > 18:
            continue
        value = milli_of(str(typed)[:60], of="จำนวนที่ซ้ำ")
        of = milli_of(request.POST.get(f"of-{key}", "")[:60], of="ตัวหารที่ซ้ำ")
        if value is not None:
            found[int(key)] = Taken(value, of or 0)
    return found


def _page(request: PostRequest, row: "Round", *, refused: Refused | None = None) -> HttpResponse:
    post = request.post
    pairs = shared_pairs(post, row)
    wanted = request.GET.get("pair") or request.POST.get("mark", "")
    chosen = next((pair for pair in pairs if pair.mark == wanted), pairs[0] if pairs else None)
    counts = _counts(request, chosen)
    fields = _fields(request, row, chosen, counts) if chosen is not None else []
    return render(
        request,
        "reports/shared.html",
        {
            "round": row,
            "pairs": pairs,
            "chosen": chosen,
            "counts": counts,
            "fields": fields,
            "others": sum(not field.is_known for field in fields),
            "reasons": [str(reason.label) for reason in chosen.reasons] if chosen else [],
            "events": [_line(event) for event in shared_events(post, row)],
            "may_decide": post.has_duty(Duty.ORDER),
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _counts(request: PostRequest, pair: SharedPair | None) -> str:
    """Whose claim is to count: as chosen; else the leader's, whom the other supports."""
    asked = request.GET.get("counts") or request.POST.get("counts", "")
    if asked in {"one", "other"} or pair is None:
        return asked or "one"
    leads = pair.one.claim.house in pair.other.claim.supporters
    return "other" if leads else "one"


def _fields(
    request: PostRequest, row: "Round", pair: SharedPair, counts: str
) -> list[OverlapField]:
    """How much of each question stands twice, as proposed, or as it was typed."""
    counted, shared = (pair.one, pair.other) if counts == "one" else (pair.other, pair.one)
    found = []
    for one in overlaps_of(request.post, row, shared, counted):
        name = str(one.question.pk)
        value = "" if one.value_milli is None else in_digits(one.value_milli)
        of = "" if one.of_milli is None else in_digits(one.of_milli)
        found.append(
            OverlapField(
                one,
                request.POST.get(f"less-{name}", value),
                request.POST.get(f"of-{name}", of),
            )
        )
    return found


def _line(event: "SharedEvent") -> EventLine:
    known = {str(reason): str(reason.label) for reason in SharedReason}
    return EventLine(
        event,
        [known[reason] for reason in event.reasons if reason in known],
        event.state == SharedState.SAME,
    )
