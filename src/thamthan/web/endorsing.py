"""Endorsing on the page of a letter: what is asked of me now, and the moves."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import Refused
from thamthan.letters.actions import (
    Assignment,
    assign_step,
    finish_routing,
    pass_step,
    put_up_letter,
    recall_step,
    return_step,
    skip_draft_step,
    skip_step,
    take_step,
)
from thamthan.letters.queries import (
    choices_at,
    letter_for,
    may_put_up,
    may_skip,
    phrases_kept,
    places_of,
    recipients_at,
    routings_of,
    signature_for,
    step_for,
    step_to_recall,
    waiting_elsewhere,
)
from thamthan.letters.rules import CHOSEN, Instruction, Matter, Onward, PhraseLine, StepKind
from thamthan.records.queries import opened
from thamthan.web.doors import PostRequest, acting

if TYPE_CHECKING:
    from thamthan.letters.models import Letter, Step
    from thamthan.organisations.models import Post

# In a form: not one of the phrases, but words of one's own.
OWN_WORDS = "own"


def endorsing_panel(post: "Post", letter: "Letter") -> dict[str, Any]:
    """What the page of a letter shows of its way through the house."""
    now = timezone.now()
    routes = routings_of(post, letter, now=now)
    waiting = [line.step for route in routes for line in route.steps if not line.endorsement]
    may_put = may_put_up(post, letter)
    # What was never put up asks nothing of anybody.
    elsewhere = waiting_elsewhere(post, now=now) if routes else []
    return {
        "routes": list(reversed(routes)),
        "asked": choices_at(post, letter, now=now) if routes else [],
        "to_recall": step_to_recall(post, letter, now=now) if routes else None,
        "to_skip": [step for step in waiting if may_skip(post, step)],
        "elsewhere": [each for each, _ in elsewhere if choices_at(each, letter, now=now)],
        "is_held": any(step.kind in {StepKind.ENDORSE, StepKind.LEAD} for step in waiting),
        "may_put_up": may_put,
        "first": _first_after(post) if may_put else "",
        "openings": _openings(post) if may_put else [],
        "instructions": CHOSEN,
        "own_words": OWN_WORDS,
    }


def _first_after(post: "Post") -> str:
    places = places_of(post, Matter.LETTER)
    mine = [each.position for each in places if each.role == post.role]
    following = [each for each in places if each.position > max(mine, default=0)]
    return following[0].words if following else ""


def _openings(post: "Post") -> list[PhraseLine]:
    return [
        line
        for line in phrases_kept(post)
        if line.role in {"", post.role} and line.onward == Onward.NEXT
    ]


@acting
@require_POST
def put_up(request: PostRequest, pk: int) -> HttpResponse:
    """เสนอหนังสือขึ้นตามสาย."""
    row = letter_for(request.post, pk)
    chosen = _chosen(request, _openings(request.post))
    put_up_letter(row, by=request.post, opinion=chosen.words if chosen else _opinion(request))
    messages.success(request, "เสนอแล้ว ดูได้ว่าเรื่องอยู่ที่ใครใน “เส้นทางของหนังสือ”")
    return redirect("letter", pk=pk)


@acting
@require_POST
def sign(request: PostRequest, pk: int) -> HttpResponse:
    """ลงนาม: one of the phrases, or words of one's own, and where the matter goes then."""
    step = step_for(request.post, pk)
    phrases = [line for line in phrases_kept(request.post) if line.role in {"", request.post.role}]
    chosen = _chosen(request, phrases)
    if chosen is None and request.POST.get("phrase") != OWN_WORDS:
        raise Refused(
            "โปรดเลือกความเห็นหนึ่งข้อ หรือเขียนเอง แล้วกดลงนาม", code="nothing_chosen", status=400
        )
    line = chosen or _own_line(request)
    if line.onward == Onward.NEXT:
        pass_step(step, by=request.post, instruction=line.instruction, opinion=line.words)
        words = "ลงนามแล้ว เรื่องไปถึงขั้นถัดไป"
    elif line.onward == Onward.END:
        finish_routing(step, by=request.post, instruction=line.instruction, opinion=line.words)
        words = "ลงนามแล้ว จบการเสนอ"
    else:
        given = _assignment(request, step, line, is_own=chosen is None)
        instruction = line.instruction if line.onward == Onward.ALL else Instruction.ASSIGN
        assign_step(step, given, by=request.post, instruction=instruction, opinion=line.words)
        words = "ลงนามแล้ว ผู้รับมอบเห็นเรื่องนี้บนโต๊ะของตนแล้ว"
    messages.success(request, words)
    return _back(request, step)


def _chosen(request: PostRequest, phrases: list[PhraseLine]) -> PhraseLine | None:
    wanted = request.POST.get("phrase", "")
    if wanted in {"", OWN_WORDS}:
        return None
    for line in phrases:
        if line.key == wanted:
            return line
    raise Refused(
        "ข้อความที่เลือกถูกแก้ไขไปแล้ว จึงยังไม่ได้ลงนาม โปรดเปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง", code="phrase_gone"
    )


def _own_line(request: PostRequest) -> PhraseLine:
    onward = request.POST.get("onward", "")
    instruction = request.POST.get("instruction", "")
    if onward not in Onward.values:
        raise Refused("โปรดเลือกว่าให้เรื่องไปไหนต่อ", code="nowhere", status=400)
    if onward in {Onward.NEXT, Onward.END} and instruction not in CHOSEN:
        raise Refused("โปรดเลือกคำสั่งการ เช่น ทราบ หรือเห็นชอบ", code="no_instruction", status=400)
    kind = Instruction(instruction) if instruction in CHOSEN else Instruction.ASSIGN
    if onward == Onward.ALL:
        kind = Instruction.CIRCULATE
    return PhraseLine(words=_opinion(request), instruction=kind, onward=Onward(onward))


def _assignment(
    request: PostRequest, step: "Step", line: PhraseLine, *, is_own: bool
) -> Assignment:
    if line.onward == Onward.ALL:
        keys = [each.key for each in recipients_at(request.post, step) if not each.role]
        return Assignment(tuple(keys))
    if is_own:
        return Assignment(tuple(request.POST.getlist("to")), lead=request.POST.get("lead", ""))
    return Assignment((line.to,), lead=line.to)


def _opinion(request: PostRequest) -> str:
    return request.POST.get("opinion", "")[:10_000]


@acting
@require_POST
def take(request: PostRequest, pk: int) -> HttpResponse:
    """รับเรื่อง หรือรับทราบ."""
    step = step_for(request.post, pk)
    take_step(step, by=request.post, opinion=_opinion(request))
    messages.success(request, "รับเรื่องแล้ว")
    return _back(request, step)


@acting
@require_POST
def give_back(request: PostRequest, pk: int) -> HttpResponse:
    """ส่งกลับขั้นก่อนหน้า."""
    step = step_for(request.post, pk)
    given = request.POST.get("to", "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Refused("โปรดเลือกว่าส่งกลับถึงใคร", code="wrong_step", status=400)
    return_step(
        step, to=step_for(request.post, int(given)), reason=_reason(request), by=request.post
    )
    messages.success(request, "ส่งกลับแล้ว พร้อมเหตุที่เขียนไว้")
    return _back(request, step)


@acting
@require_POST
def recall(request: PostRequest, pk: int) -> HttpResponse:
    """ดึงกลับก่อนขั้นถัดไปเกษียน."""
    step = step_for(request.post, pk)
    recall_step(step, by=request.post, reason=_reason(request))
    messages.success(request, "ดึงกลับแล้ว เรื่องอยู่ที่ท่าน แก้แล้วเสนอใหม่ได้")
    return _back(request, step)


@acting
@require_POST
def skip(request: PostRequest, pk: int) -> HttpResponse:
    """ข้ามขั้นที่ผู้เกษียนไม่อยู่."""
    step = step_for(request.post, pk)
    draft = step.routing.draft
    if draft is None:
        skip_step(step, reason=_reason(request), by=request.post)
    else:
        skip_draft_step(draft, step, reason=_reason(request), by=request.post)
    messages.success(request, "ข้ามขั้นนี้แล้ว เรื่องไปถึงขั้นถัดไป")
    return _back(request, step)


def _reason(request: PostRequest) -> str:
    return request.POST.get("reason", "")[:10_000]


def _back(request: PostRequest, step: "Step") -> HttpResponse:
    letter, draft = step.routing.letter, step.routing.draft
    if draft is not None:
        return redirect("draft", pk=draft.pk)
    return redirect("letter", pk=letter.pk) if letter is not None else redirect("desk")


@acting
@require_safe
def signature(request: PostRequest, pk: int) -> FileResponse:
    """ภาพลายมือชื่อที่ลงไว้ ณ ขั้นนั้น; never kept by what stands between."""
    response = FileResponse(opened(signature_for(request.post, pk)), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
