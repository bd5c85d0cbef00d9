"""A draft goes up its chain, is mended on the way, and is signed; who signs is frozen with it."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.drafting import (
    ChangedMeanwhile,
    check_writes,
    fill_draft,
    keep_version,
    locked_draft,
    refuse_unfinished,
)
from thamthan.letters.actions.endorsing import (
    finish_routing,
    pass_step,
    recall_step,
    return_step,
    skip_step,
    start_routing,
)
from thamthan.letters.models import Draft, Routing, Step
from thamthan.letters.queries import draft_step_held
from thamthan.letters.routing import chain_for, cleaned, own_title
from thamthan.letters.rules import (
    DraftParts,
    DraftState,
    Instruction,
    Matter,
    RoutingState,
    StepState,
    check_draft_move,
    parts_from_json,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty, Role
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

# Who may sign a letter for their office.
SIGNING = frozenset(
    {Role.EXECUTIVE, Role.DISTRICT_CHIEF, Role.GOVERNOR, Role.CHIEF_CLERK, Role.HEAD}
)


@transaction.atomic
def put_up_draft(draft: Draft, *, by: Post, seen_version: int, opinion: str = "") -> Draft:
    """เสนอร่าง along the office's chain; what is put up must be whole."""
    check_writes(by)
    locked = _seen(draft, seen_version)
    check_draft_move(locked.state, DraftState.IN_CHAIN)
    refuse_unfinished(parts_from_json(locked.parts))
    routing = Routing(
        organisation=locked.organisation,
        chain=chain_for(by, Matter.DRAFT),
        draft=locked,
        started_by=by,
        started_in=by.organisation,
    )
    start_routing(routing, by=by, opinion=cleaned(opinion), is_named=True)
    _move(locked, DraftState.IN_CHAIN)
    return locked


@transaction.atomic
def endorse_draft(draft: Draft, *, by: Post, seen_version: int, opinion: str = "") -> Draft:
    """เห็นชอบและเสนอต่อ: the next place of the chain has the draft as it now is."""
    locked = _seen(draft, seen_version)
    refuse_unfinished(parts_from_json(locked.parts))
    pass_step(_held(locked, by), by=by, instruction=Instruction.AGREE, opinion=opinion)
    return locked


@transaction.atomic
def send_draft_back(draft: Draft, *, by: Post, seen_version: int, reason: str) -> Draft:
    """ส่งกลับแก้ไข: whoever put it up has it again, with the reason."""
    locked = _seen(draft, seen_version)
    held = _held(locked, by)
    first = held.routing.steps.filter(state=StepState.SIGNED).order_by("number").first()
    if first is None:
        raise Refused("ไม่มีขั้นก่อนหน้าให้ส่งกลับ", code="wrong_step", status=400)
    return_step(held, to=_nearest(held, first), reason=reason, by=by)
    return locked


def _nearest(held: Step, first: Step) -> Step:
    """The latest step of whoever put the draft up: they may have signed more than once."""
    signed = held.routing.steps.filter(state=StepState.SIGNED).order_by("-number")
    return next((step for step in signed if step.is_of_same_holder(first)), first)


@transaction.atomic
def recall_draft(draft: Draft, *, by: Post) -> Draft:
    """ดึงกลับ: whoever sent it on takes it back, while nobody acted on it."""
    locked = locked_draft(draft)
    routing = locked.routings.filter(state=RoutingState.UNDER_WAY).first()
    mine = None
    if routing is not None:
        signed = routing.steps.filter(endorsement__post=by, state=StepState.SIGNED)
        mine = signed.order_by("-number").first()
    if mine is None:
        raise Refused("ดึงกลับได้เฉพาะร่างที่ท่านเสนอไปเอง", code="not_allowed", status=403)
    recall_step(mine, by=by)
    return locked


@transaction.atomic
def skip_draft_step(draft: Draft, step: Step, *, reason: str, by: Post) -> Draft:
    """ข้ามขั้นของร่าง: the next place has it, because whoever it waits for is away; says why.

    What is not whole goes no further. The same press again skips nobody else.
    """
    locked = locked_draft(draft)
    if step.routing.draft_id != locked.pk:
        raise Refused("ขั้นนี้ไม่ใช่ของร่างนี้", code="wrong_step", status=400)
    refuse_unfinished(parts_from_json(locked.parts))
    skip_step(step, reason=reason, by=by)
    return locked


@transaction.atomic
def sign_draft(draft: Draft, *, by: Post, seen_version: int, opinion: str = "") -> Draft:
    """ลงนาม: who signs, in what position, is written into the letter and frozen with it.

    On its way it is signed by whoever has it on their desk, and the chain ends there.
    """
    if Role(by.role) not in SIGNING or not by.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีอำนาจลงนามในหนังสือ", code="not_allowed", status=403)
    locked = _seen(draft, seen_version)
    check_draft_move(locked.state, DraftState.SIGNED)
    parts = _signed_parts(parts_from_json(locked.parts), by)
    refuse_unfinished(parts)
    if locked.state == DraftState.IN_CHAIN:
        step = _held(locked, by)
        finish_routing(step, by=by, instruction=Instruction.APPROVE, opinion=opinion)
    fill_draft(locked, parts)
    locked.version += 1
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.signed_by, locked.signed_words, locked.signed_at = by, by.words()[:400], timezone.now()
    _move(locked, DraftState.SIGNED)
    keep_version(locked, by=by)
    record(Verb.DRAFT_SIGNED, locked, by=by, version=locked.version)
    return locked


def _signed_parts(parts: DraftParts, by: Post) -> DraftParts:
    """The signer's own name; the position as typed where the draft was written for them.

    Whoever acts signs with their own position and the words of acting, and the post on the line
    below; a position typed without those words would hide on what ground they sign.
    """
    name = by.person.name if by.person else ""
    typed = squeeze(parts.position)
    is_theirs = squeeze(parts.signatory).strip("()") == name and typed != ""
    if is_theirs and by.acting_words in typed:
        return parts
    if not by.is_acting:
        return replace(parts, signatory=name, position=by.title)
    own = own_title(by, timezone.localdate())
    position = f"{own} {by.acting_words}".strip() + f"\n{by.title}"
    return replace(parts, signatory=name, position=position)


def _seen(draft: Draft, version: int) -> Draft:
    locked = locked_draft(draft)
    if locked.version != version:
        raise ChangedMeanwhile(locked)
    return locked


def _held(draft: Draft, by: Post) -> Step:
    step = draft_step_held(by, draft, now=timezone.now())
    if step is None:
        raise Refused("ร่างนี้ไม่ได้รอตำแหน่งของท่านอยู่", code="not_allowed", status=403)
    return step


def _move(draft: Draft, to: DraftState) -> None:
    draft.state = to
    draft.save()
