"""A letter goes up its chain: put up, endorsed, passed on, assigned, taken, sent or called back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Letter, Routing, Step
from thamthan.letters.queries.endorsements import (
    Recipient,
    may_skip,
    recipients_at,
    steps_before,
)
from thamthan.letters.routing import (
    begin,
    chain_for,
    cleaned,
    close_step,
    end_if_done,
    is_said_already,
    locked_step,
    next_turn,
    open_again,
    open_next,
    open_step,
    overtaken,
)
from thamthan.letters.rules import (
    Instruction,
    LetterState,
    Matter,
    RoutingState,
    StepKind,
    StepState,
    check_is,
)
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@dataclass(frozen=True, slots=True)
class Assignment:
    """การมอบ: to whom, by the keys of the recipients, and which of them is the lead."""

    recipients: tuple[str, ...]
    lead: str = ""


@transaction.atomic
def put_up_letter(letter: Letter, *, by: Post, opinion: str = "") -> Routing:
    """เสนอหนังสือ: a registered letter starts along its office's chain, past whoever puts it up.

    The same press again gives the same routing; refuses when somebody else was quicker.
    """
    check_duty(by)
    opinion = cleaned(opinion)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    under_way = Routing.objects.filter(letter=locked, state=RoutingState.UNDER_WAY).first()
    if under_way is not None:
        if under_way.started_by_id == by.pk:
            return under_way
        raise Refused("มีผู้เสนอหนังสือนี้ไปแล้ว โปรดดูเส้นทางในหน้าหนังสือ", code="under_way")
    check_is(locked.state, LetterState.REGISTERED)
    routing = Routing(
        organisation=locked.organisation,
        chain=chain_for(by, Matter.LETTER),
        letter=locked,
        started_by=by,
        started_in=by.organisation,
    )
    start_routing(routing, by=by, opinion=opinion, is_named=False)
    return routing


def start_routing(routing: Routing, *, by: Post, opinion: str, is_named: bool) -> Step:
    """เริ่มเสนอ whatever matter the routing carries: signed by whoever begins, then the next place.

    Within the caller's transaction, which has locked the matter and asked whether it may go.
    """
    first = begin(routing, by=by, is_named=is_named)
    close_step(first, StepState.SIGNED, by=by, instruction=Instruction.PUT_UP, opinion=opinion)
    following = open_next(first, by=by, sent_by=first)
    record(
        Verb.ROUTING_STARTED, routing.matter, by=by, note=opinion,
        routing=routing.pk, step=first.pk, to=following.words,
    )  # fmt: skip
    return following


@transaction.atomic
def pass_step(step: Step, *, by: Post, instruction: Instruction, opinion: str = "") -> Step:
    """เกษียนและเสนอต่อ: sign here, and the next place of the chain has the matter."""
    opinion = cleaned(opinion)
    locked = locked_step(step)
    if is_said_already(locked, by=by, state=StepState.SIGNED):
        return locked
    _check_kind(locked, StepKind.ENDORSE)
    close_step(locked, StepState.SIGNED, by=by, instruction=instruction, opinion=opinion)
    following = open_next(locked, by=by, sent_by=locked)
    record(
        Verb.STEP_PASSED, locked.routing.matter, by=by, note=opinion,
        step=locked.pk, instruction=instruction.value, to=following.words,
    )  # fmt: skip
    return locked


@transaction.atomic
def finish_routing(step: Step, *, by: Post, instruction: Instruction, opinion: str = "") -> Step:
    """เกษียนและจบการเสนอ: decided here; nobody else has to act. The letter stays on the desk."""
    opinion = cleaned(opinion)
    locked = locked_step(step)
    if is_said_already(locked, by=by, state=StepState.SIGNED):
        return locked
    _check_kind(locked, StepKind.ENDORSE)
    close_step(locked, StepState.SIGNED, by=by, instruction=instruction, opinion=opinion)
    end_if_done(locked.routing, outcome=instruction)
    record(
        Verb.ROUTING_FINISHED, locked.routing.matter, by=by, note=opinion,
        step=locked.pk, instruction=instruction.value,
    )  # fmt: skip
    return locked


@transaction.atomic
def assign_step(
    step: Step,
    assignment: Assignment,
    *,
    by: Post,
    instruction: Instruction = Instruction.ASSIGN,
    opinion: str = "",
) -> Step:
    """เกษียนและมอบ: several get the matter at once, one of them as its owner (เจ้าของเรื่อง).

    To circulate (แจ้งเวียน) is to inform them all: nobody is lead. Who was assigned to may assign
    on; among several they hand on what they had themselves.
    """
    opinion = cleaned(opinion)
    locked = locked_step(step)
    if is_said_already(locked, by=by, state=StepState.SIGNED):
        return locked
    chosen = _chosen(locked, assignment, by=by)
    is_circular = instruction == Instruction.CIRCULATE
    kinds = _kinds(locked, chosen, assignment.lead, is_circular=is_circular)
    close_step(locked, StepState.SIGNED, by=by, instruction=instruction, opinion=opinion)
    turn = next_turn(locked)
    for recipient, kind in zip(chosen, kinds, strict=True):
        open_step(
            locked.routing,
            sent_by=locked,
            organisation_id=recipient.organisation.pk,
            role=recipient.role,
            post_id=None,
            words=recipient.words,
            position=locked.position,
            kind=kind,
            turn=turn,
        )
    record(
        Verb.STEP_ASSIGNED, locked.routing.matter, by=by, note=opinion,
        step=locked.pk, instruction=instruction.value, to=[each.words for each in chosen],
    )  # fmt: skip
    return locked


def _chosen(step: Step, assignment: Assignment, *, by: Post) -> list[Recipient]:
    offered = {each.key: each for each in recipients_at(by, step)}
    keys = list(dict.fromkeys(assignment.recipients))
    if not keys:
        raise Refused("โปรดเลือกผู้รับมอบอย่างน้อยหนึ่งราย", code="nobody", status=400)
    if not set(keys) <= offered.keys():
        raise Refused("ผู้รับมอบที่เลือกไม่อยู่ในหน่วยงานหรือดูหนังสือนี้ไม่ได้", code="wrong_recipient", status=400)
    chosen = [offered[key] for key in keys]
    waiting = {
        (each.organisation_id, each.role)
        for each in step.routing.steps.filter(state=StepState.WAITING).exclude(pk=step.pk)
    }
    for each in chosen:
        if (each.organisation.pk, each.role) in waiting:
            raise Refused(f"{each.words}ได้รับมอบเรื่องนี้อยู่แล้ว", code="assigned_already")
    return chosen


def _kinds(
    step: Step, chosen: Sequence[Recipient], lead: str, *, is_circular: bool
) -> list[StepKind]:
    own = StepKind(step.kind)
    if is_circular and own in {StepKind.ENDORSE, StepKind.INFORMED}:
        return [StepKind.INFORMED for _ in chosen]
    if own in {StepKind.SUPPORTING, StepKind.INFORMED}:
        return [own for _ in chosen]
    if len(chosen) == 1:
        return [StepKind.LEAD]
    if lead not in {each.key for each in chosen}:
        raise Refused("มอบหลายกอง โปรดเลือกเจ้าของเรื่องหนึ่งกองจากกองที่มอบ", code="no_lead", status=400)
    return [StepKind.LEAD if each.key == lead else StepKind.SUPPORTING for each in chosen]


@transaction.atomic
def take_step(step: Step, *, by: Post, opinion: str = "") -> Step:
    """รับเรื่อง/รับทราบ: what was assigned is taken on; the last to do so ends the routing."""
    opinion = cleaned(opinion)
    locked = locked_step(step)
    if is_said_already(locked, by=by, state=StepState.TAKEN):
        return locked
    _check_kind(locked, StepKind.LEAD, StepKind.SUPPORTING, StepKind.INFORMED)
    is_lead = locked.kind == StepKind.LEAD
    instruction = Instruction.ACKNOWLEDGE if locked.kind == StepKind.INFORMED else Instruction.TAKE
    close_step(locked, StepState.TAKEN, by=by, instruction=instruction, opinion=opinion)
    end_if_done(locked.routing, outcome=instruction)
    record(
        Verb.STEP_TAKEN, locked.routing.matter, by=by, note=opinion,
        step=locked.pk, division=locked.words, lead=is_lead,
    )  # fmt: skip
    return locked


@transaction.atomic
def return_step(step: Step, *, to: Step, reason: str, by: Post) -> Step:
    """ส่งกลับ: whoever signed an earlier step is asked again, with the reason.

    From there the matter goes along the chain once more; of several, the others go on meanwhile.
    """
    reason = _needed(reason, "โปรดบอกเหตุที่ส่งกลับ")
    locked = locked_step(step)
    if is_said_already(locked, by=by, state=StepState.RETURNED):
        return locked
    earlier = next((each for each in steps_before(locked) if each.pk == to.pk), None)
    if earlier is None:
        raise Refused("ส่งกลับได้เฉพาะขั้นก่อนหน้าที่เกษียนแล้ว", code="wrong_step", status=400)
    turn = next_turn(locked)
    close_step(locked, StepState.RETURNED, by=by, instruction=Instruction.RETURN, opinion=reason)
    open_again(earlier, sent_by=locked, kind=StepKind(locked.kind), turn=turn)
    record(
        Verb.STEP_RETURNED, locked.routing.matter, by=by, note=reason,
        step=locked.pk, to=earlier.words,
    )  # fmt: skip
    return locked


@transaction.atomic
def recall_step(step: Step, *, by: Post, reason: str = "") -> Step:
    """ดึงกลับ: whoever signed takes the matter back, while nobody acted on what they opened."""
    reason = cleaned(reason)
    locked = locked_step(step)
    said = getattr(locked, "endorsement", None)
    sent = {StepState.SIGNED, StepState.RETURNED}
    if said is None or locked.state not in sent or said.post_id != by.pk:
        raise Refused("ดึงกลับได้เฉพาะเรื่องที่ท่านเกษียนส่งไปเอง", code="not_allowed", status=403)
    if not by.is_in_force(timezone.localdate()):
        raise Refused("ตำแหน่งของท่านพ้นไปแล้ว", code="not_allowed", status=403)
    opened = list(locked.opened.order_by("number"))
    if any(each.state == StepState.RECALLED for each in opened):
        return locked
    waiting = [each for each in opened if each.state == StepState.WAITING]
    acted = [each for each in opened if each.state not in {StepState.WAITING, StepState.SKIPPED}]
    if acted:
        raise overtaken(acted[0], acted[0].endorsement)
    if not waiting:
        raise Refused("เรื่องนี้จบการเสนอแล้ว จึงดึงกลับไม่ได้ เสนอใหม่ได้", code="too_late")
    turn = next_turn(locked)
    for each in waiting:
        close_step(each, StepState.RECALLED, by=by, instruction=None, opinion=reason)
    open_again(locked, sent_by=locked.opened_by, kind=StepKind(locked.kind), turn=turn)
    record(
        Verb.STEP_RECALLED, locked.routing.matter, by=by, note=reason,
        step=locked.pk, back_from=[each.words for each in waiting],
    )  # fmt: skip
    return locked


@transaction.atomic
def skip_step(step: Step, *, reason: str, by: Post) -> Step:
    """ข้าม: the next place gets the matter, because this one's holder is away; says why.

    By whoever sent it, or keeps letters; never the last place of the chain.
    """
    reason = _needed(reason, "โปรดบอกเหตุที่ข้ามขั้นนี้ เช่น ไปราชการ")
    locked = locked_step(step)
    if locked.state != StepState.WAITING:
        said = locked.endorsement
        if said.state == StepState.SKIPPED and said.post_id == by.pk:
            return locked
        raise overtaken(locked, said)
    if by.organisation.house_path != locked.routing.organisation.path or not may_skip(by, locked):
        raise Refused(
            "ข้ามขั้นนี้ไม่ได้: ต้องเป็นผู้ส่งหรือธุรการ และไม่ใช่ขั้นสุดท้าย", code="not_allowed", status=403
        )
    close_step(locked, StepState.SKIPPED, by=by, instruction=None, opinion=reason)
    following = open_next(locked, by=by, sent_by=locked.opened_by or locked)
    record(
        Verb.STEP_SKIPPED, locked.routing.matter, by=by, note=reason,
        step=locked.pk, skipped=locked.words, to=following.words,
    )  # fmt: skip
    return locked


def _check_kind(step: Step, *kinds: StepKind) -> None:
    if StepKind(step.kind) not in kinds:
        raise Refused("ขั้นนี้ทำอย่างนั้นไม่ได้ โปรดเปิดหน้าหนังสือใหม่", code="wrong_kind", status=400)


def _needed(reason: str, message: str) -> str:
    words = cleaned(reason)
    if not words:
        raise Refused(message, code="no_reason", status=400, field="reason")
    return words
