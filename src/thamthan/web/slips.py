"""ใบเกษียน: the way of a letter through the house, on paper."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from thamthan.letters.queries import RoutingLine, StepLine, letter_for, routings_of
from thamthan.letters.rules import StepKind, StepState
from thamthan.records.queries import content_of
from thamthan.thai.correspondence import Urgency
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.writing import RoutingSlip, SlipEntry, write_slip

if TYPE_CHECKING:
    from datetime import datetime

    from thamthan.letters.models import Letter


@acting
@require_safe
def slip(request: PostRequest, pk: int) -> HttpResponse:
    """ใบเกษียนเป็น PDF."""
    row = letter_for(request.post, pk)
    routes = routings_of(request.post, row, now=timezone.now())
    response = HttpResponse(write_slip(slip_of(row, routes)), content_type="application/pdf")
    name = f"ใบเกษียน {row.receipt_number or ''}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def slip_of(letter: "Letter", routes: list[RoutingLine]) -> RoutingSlip:
    """The slip of a letter: every time that it was put up, one after the other."""
    number = ""
    if letter.receipt_number is not None and letter.receipt_year is not None:
        number = f"{letter.receipt_number}/{letter.receipt_year + 543}"
    dated = format_date(letter.dated_on) if letter.dated_on is not None else ""
    urgent = letter.urgency != Urgency.NORMAL
    lines = [line for route in routes for line in route.steps]
    return RoutingSlip(
        office=letter.organisation.name,
        facts=(
            ("เลขรับ", number),
            ("รับเมื่อ", _moment(letter.received_at, style="full")),
            ("ที่", letter.number),
            ("ลงวันที่", dated),
            ("จาก", letter.sender),
            ("เรื่อง", letter.subject),
            ("ชั้นความลับ", letter.get_secrecy_display() if letter.is_secret else ""),
            ("ชั้นความเร็ว", letter.get_urgency_display() if urgent else ""),
        ),
        entries=tuple(_entry(at, line) for at, line in enumerate(lines, start=1)),
        foot=f"พิมพ์จากระบบเมื่อ {_moment(timezone.now(), style='short')}",
    )


def _entry(number: int, line: StepLine) -> SlipEntry:
    step, said = line.step, line.endorsement
    to = step.words
    if step.kind != StepKind.ENDORSE:
        to += f" ({step.get_kind_display()})"
    if said is None:
        return SlipEntry(number=number, to=to, instruction="", opinion="", signed=("รออยู่",))
    # Whoever skips or calls back a step signs for that, not at the place of its holder.
    is_own = step.state not in {StepState.SKIPPED, StepState.RECALLED}
    instruction = said.get_instruction_display() if said.instruction else step.get_state_display()
    signed = (
        "" if is_own else f"{step.get_state_display()}โดย",
        f"({said.name})",
        said.own_title,
        f"{said.acting_words} {said.title}".strip(),
        _moment(said.at, style="short"),
    )
    shown = is_own and said.signature is not None
    return SlipEntry(
        number=number,
        to=to,
        instruction=instruction,
        opinion=said.opinion,
        signed=signed,
        signature=content_of(said.signature) if shown and said.signature is not None else None,
    )


def _moment(when: "datetime", *, style: str) -> str:
    local = timezone.localtime(when)
    day = format_date(local.date(), style="short" if style == "short" else "full")
    return f"{day} {local:%H.%M} น."
