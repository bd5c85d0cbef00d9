"""The machine that moves a matter along its chain: steps are opened once and closed once.

It knows no kind of matter: whoever puts one up makes the `Routing` with its key and opens the first
step; every move after that goes by the step alone. Whoever calls holds a transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.models import Chain, ChainStep, Endorsement, Letter, Routing, Step
from thamthan.letters.queries.chains import chain_of, default_places
from thamthan.letters.queries.endorsements import places_after
from thamthan.letters.rules import (
    MOST_WORDS,
    Instruction,
    RoutingState,
    StepKind,
    StepState,
)
from thamthan.letters.secrets import name_first_readers
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Role
from thamthan.thai.text import repair

CANNOT_SEE = "ขั้นนี้ไม่มีสิทธิดูหนังสือที่มีชั้นความลับ"


def cleaned(words: str, *, most: int = MOST_WORDS) -> str:
    """Words as they are kept: line by line, without what no screen shows."""
    lines = repair(words.replace("\x00", "").replace("\r\n", "\n")).strip().split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    if len(text) > most:
        raise Refused(f"ข้อความยาวเกิน {most} ตัวอักษร", code="too_long", status=400, field="opinion")
    return text


def chain_for(by: Post, matter: str) -> Chain:
    """The chain that a matter put up now goes along; the default one is kept when first used."""
    # One after another: two first uses must not make two chains.
    house = Organisation.objects.select_for_update(no_key=True).get(path=by.organisation.house_path)
    chain = chain_of(by, matter)
    if chain is not None and not chain.is_default:
        return chain
    places = default_places(by, matter)
    if not places:
        raise Refused("ยังไม่ได้ตั้งสายการเสนอของหน่วยงานนี้ โปรดตั้งก่อน", code="no_chain")
    if chain is not None and _told(chain.steps.all()) == _told(places):
        return chain
    return new_chain(house, matter, places, by=by, is_default=True)


def _told(places: Iterable[ChainStep]) -> list[tuple[object, ...]]:
    return [
        (each.place, each.organisation_id, each.role, each.post_id, each.words) for each in places
    ]


def new_chain(
    house: Organisation, matter: str, places: Sequence[ChainStep], *, by: Post, is_default: bool
) -> Chain:
    """A new row that is current from now on; the old one stays for what goes along it."""
    Chain.objects.filter(organisation=house, matter=matter, is_current=True).update(
        is_current=False
    )
    chain = Chain.objects.create(
        organisation=house, matter=matter, is_default=is_default, made_by=by
    )
    for position, each in enumerate(places, start=1):
        each.chain, each.position = chain, position
    ChainStep.objects.bulk_create(places)
    return chain


def begin(routing: Routing, *, by: Post, is_named: bool) -> Step:
    """Open and give the first step, of whoever puts the matter up, at their place in the chain.

    `is_named`: what comes back comes to this very person, not to whoever has the same role.
    """
    routing.save()
    mine = [
        place
        for place in routing.chain.steps.all()
        if place.role == by.role
        and (place.organisation_id or by.organisation_id) == by.organisation_id
    ]
    position = mine[-1].position if mine else 0
    return Step.objects.create(
        routing=routing,
        number=1,
        turn=1,
        position=position,
        kind=StepKind.ENDORSE,
        organisation=by.organisation,
        role=by.role,
        post=by if is_named else None,
        words=mine[-1].words if mine else by.title,
    )


def locked_step(step: Step) -> Step:
    """The step as it is now, with its routing locked: moves of one matter wait in one line."""
    Routing.objects.select_for_update().get(pk=step.routing_id)
    return Step.objects.select_related("routing__chain", "organisation", "post").get(pk=step.pk)


def is_said_already(step: Step, *, by: Post, state: StepState) -> bool:
    """Whether this is the same press again. Refuses whoever comes after another, or may not act.

    A step is its own version: it waits once, and whoever closes it first has acted.
    """
    if step.state == StepState.WAITING:
        if not step.is_held_by(by, today=timezone.localdate()):
            raise Refused(
                f"ขั้นนี้รอ{step.words} ตำแหน่งของท่านดูได้ แต่เกษียนแทนไม่ได้", code="not_allowed", status=403
            )
        return False
    said = Endorsement.objects.get(step=step)
    if said.post_id == by.pk and said.state == state:
        return True
    raise overtaken(step, said)


def overtaken(step: Step, said: Endorsement) -> Refused:
    """What is told to whoever comes after another."""
    return Refused(
        f"{said.name} {StepState(said.state).label}ไปแล้ว จึงไม่ได้บันทึกซ้ำ โปรดดูความเห็นล่าสุดในหน้าหนังสือ",
        code="changed_meanwhile",
        step=step.pk,
    )


def close_step(
    step: Step, state: StepState, *, by: Post, instruction: Instruction | None, opinion: str
) -> Endorsement:
    """Freeze who says what here, in what position, and close the step."""
    step.state = state
    step.save(update_fields=["state"])
    person = by.person
    own = own_title(by, timezone.localdate()) if by.is_acting else ""
    return Endorsement.objects.create(
        step=step,
        state=state,
        instruction=instruction or "",
        opinion=opinion,
        post=by,
        name=person.name if person is not None else "ระบบ",
        title=by.title,
        own_title=own,
        acting_words=by.acting_words,
        organisation_name=by.organisation.name,
        role=by.role,
        signature=person.signature if person is not None else None,
    )


def own_title(by: Post, today: date) -> str:
    """The person's own position: “ปลัด … รักษาราชการแทน นายก …”; of several, that in the same house.

    A district chief acts for the governor (ปฏิบัติราชการแทน) in another house than their own.
    """
    own = (
        Post.objects.filter(person=by.person_id, acting="", from_on__lte=today)
        .filter(Q(until_on=None) | Q(until_on__gte=today))
        .exclude(role__in=[Role.ADMINISTRATOR, Role.SYSTEM])
        .select_related("organisation")
        .order_by("from_on", "pk")
    )
    house = by.organisation.house_path
    nearest = sorted(own, key=lambda post: post.organisation.house_path != house)
    return nearest[0].title if nearest else ""


def open_next(step: Step, *, by: Post, sent_by: Step) -> Step:
    """Open the next place of the chain; those that may not see the matter are skipped aloud.

    `sent_by` is the step from which the matter comes: before a skipped one, that is another.
    """
    places = places_after(step.routing, step.position)
    if not places:
        raise Refused("ขั้นนี้เป็นขั้นสุดท้ายของสายการเสนอ โปรดมอบหรือจบการเสนอ", code="no_next", status=400)
    turn = step.turn
    for place in places[:-1]:
        turn += 1
        passed = _open_place(step, place, turn=turn, sent_by=sent_by)
        close_step(passed, StepState.SKIPPED, by=by, instruction=None, opinion=CANNOT_SEE)
    return _open_place(step, places[-1], turn=turn + 1, sent_by=sent_by)


def _open_place(step: Step, place: ChainStep, *, turn: int, sent_by: Step) -> Step:
    where = place.organisation_id or step.routing.started_in_id
    return open_step(
        step.routing,
        sent_by=sent_by,
        organisation_id=where,
        role=place.role,
        post_id=place.post_id,
        words=place.words,
        position=place.position,
        kind=StepKind.ENDORSE,
        turn=turn,
    )


def open_step(
    routing: Routing,
    *,
    sent_by: Step | None,
    organisation_id: int,
    role: str,
    post_id: int | None,
    words: str,
    position: int,
    kind: StepKind,
    turn: int,
) -> Step:
    last = routing.steps.aggregate(last=Max("number"))["last"]
    step = Step.objects.create(
        routing=routing,
        number=last + 1,
        turn=turn,
        position=position,
        kind=kind,
        organisation_id=organisation_id,
        role=role,
        post_id=post_id,
        words=words,
        opened_by=sent_by,
    )
    if routing.letter is not None and routing.letter.is_secret:
        _name_holders(routing.letter, step)
    return step


def _name_holders(letter: Letter, step: Step) -> None:
    """Who is asked to decide on a secret letter has to read it, and is named for that."""
    if step.opened_by is None:
        return
    at = (
        Q(pk=step.post_id) if step.post_id else Q(organisation=step.organisation_id, role=step.role)
    )
    today = timezone.localdate()
    holders = [post for post in Post.objects.filter(at) if post.is_in_force(today)]
    name_first_readers(letter, *holders, by=step.opened_by.endorsement.post)


def open_again(at: Step, *, sent_by: Step | None, kind: StepKind, turn: int) -> Step:
    """The same holder as at an earlier step is asked once more."""
    return open_step(
        at.routing,
        sent_by=sent_by,
        organisation_id=at.organisation_id,
        role=at.role,
        post_id=at.post_id,
        words=at.words,
        position=at.position,
        kind=kind,
        turn=turn,
    )


def next_turn(step: Step) -> int:
    """Whoever acts alone hands over to a new turn; one of several stays in theirs."""
    if step.kind != StepKind.ENDORSE:
        return step.turn
    last = step.routing.steps.aggregate(last=Max("turn"))["last"]
    return int(last) + 1


def end_if_done(routing: Routing, *, outcome: Instruction | str) -> bool:
    """The routing is finished when nobody has anything left to do; says whether it is."""
    if routing.steps.filter(state=StepState.WAITING).exists():
        return False
    routing.state = RoutingState.FINISHED
    routing.finished_at = timezone.now()
    routing.outcome = outcome
    routing.save(update_fields=["state", "finished_at", "outcome"])
    return True
