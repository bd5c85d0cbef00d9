"""Where a matter stands on its chain, what is asked of me, and how long it lay at each desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.letters.models import ChainStep, Endorsement, Letter, Routing, Step
from thamthan.letters.queries.chains import divisions_of, house_of, phrases_kept, places_of
from thamthan.letters.queries.letters import check_seen
from thamthan.letters.queries.waiting import of_seen_matters, steps_at
from thamthan.letters.rules import (
    LetterState,
    Matter,
    Onward,
    PhraseLine,
    Place,
    RoutingState,
    StepKind,
    StepState,
    lay_words,
    may_be_shown,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level, Role
from thamthan.records.models import StoredFile


@dataclass(frozen=True, slots=True)
class Recipient:
    """ผู้รับมอบ: a division as a whole, or a role in the house."""

    organisation: Organisation
    role: str
    words: str

    @property
    def key(self) -> str:
        """How a form names it: the division's code, or the role."""
        return f"role:{self.role}" if self.role else f"division:{self.organisation.code}"


@dataclass(frozen=True, slots=True)
class StepLine:
    """หนึ่งขั้นบนเส้นเวลา: the step, what was signed, how long it lay, and who may act now."""

    step: Step
    endorsement: Endorsement | None
    lay: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoutingLine:
    """การเสนอหนึ่งครั้ง with its steps in order, and the places of the chain still ahead."""

    routing: Routing
    steps: tuple[StepLine, ...]
    ahead: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Choices:
    """สิ่งที่ทำได้ที่ขั้นของตน: phrases that fit, each with where it leads; whom to assign to;
    whither it may go back.
    """

    step: Step
    next_words: str
    phrases: tuple[tuple[PhraseLine, str], ...]
    recipients: tuple[Recipient, ...]
    earlier: tuple[Step, ...]


def routings_of(post: Post, letter: Letter, *, now: datetime) -> list[RoutingLine]:
    """เส้นเวลาการเสนอของหนังสือนี้: each time that it was put up, with every step."""
    rows = Routing.objects.filter(letter=check_seen(post, letter)).select_related("chain")
    return [routing_line(routing, now) for routing in rows]


def routing_line(routing: Routing, now: datetime) -> RoutingLine:
    """The routing with every step; whoever calls has seen its matter."""
    steps = list(routing.steps.select_related("organisation", "post__person", "endorsement"))
    lines = []
    for step in steps:
        said = getattr(step, "endorsement", None)
        until = said.at if said is not None else now
        lines.append(
            StepLine(
                step=step,
                endorsement=said,
                lay=lay_words(step.opened_at, until),
                holders=() if said is not None else _holders(step),
            )
        )
    return RoutingLine(
        routing=routing, steps=tuple(lines), ahead=_ahead(routing, steps), owner=_owner(steps)
    )


def _ahead(routing: Routing, steps: Sequence[Step]) -> tuple[str, ...]:
    waiting = [step for step in steps if step.state == StepState.WAITING]
    if len(waiting) != 1 or waiting[0].kind != StepKind.ENDORSE:
        return ()
    places = routing.chain.steps.filter(position__gt=waiting[0].position)
    return tuple(place.words for place in places if _is_met(place, routing))


def _is_met(place: ChainStep, routing: Routing) -> bool:
    # Who begins at the house itself has no head of a division above.
    return place.place != Place.OWN_DIVISION or routing.started_in.level == Level.DIVISION


def _owner(steps: Sequence[Step]) -> str:
    leads = [
        step
        for step in steps
        if step.kind == StepKind.LEAD and step.state in {StepState.WAITING, StepState.TAKEN}
    ]
    return leads[-1].words if leads else ""


def _holders(step: Step) -> tuple[str, ...]:
    today = timezone.localdate()
    near = Q(organisation=step.organisation_id)
    posts = Post.objects.filter(near, person__isnull=False).select_related("person")
    held = [post for post in posts if step.is_held_by(post, today=today)]
    return tuple(post.person.name for post in held if post.person is not None)


def step_for(post: Post, pk: int) -> Step:
    """ขั้นหนึ่งของการเสนอ; one of a matter that this post may not see does not exist for it."""
    step = (
        Step.objects.filter(pk=pk)
        .filter(of_seen_matters(post))
        .select_related("routing__letter", "routing__draft", "organisation", "post", "opened_by")
        .first()
    )
    if step is None:
        raise NotFound("ไม่พบขั้นการเสนอนี้")
    return step


def signature_for(post: Post, pk: int) -> StoredFile:
    """ภาพลายมือชื่อที่ลงไว้ ณ ขั้นนั้น, as it was then."""
    said = Endorsement.objects.filter(step=step_for(post, pk)).select_related("signature").first()
    if said is None or said.signature is None:
        raise NotFound("ขั้นนี้ไม่มีภาพลายมือชื่อ")
    return said.signature


def choices_at(post: Post, letter: Letter, *, now: datetime) -> list[Choices]:
    """สิ่งที่ขอจากตำแหน่งนี้ในหนังสือนี้ตอนนี้: a step of mine that waits, and what may be done."""
    today = timezone.localdate(now)
    seen = check_seen(post, letter)
    steps = steps_at(post).filter(routing__letter=seen).select_related("routing", "post")
    mine = [step for step in steps if step.is_held_by(post, today=today)]
    return [_choices(post, step) for step in mine]


def _choices(post: Post, step: Step) -> Choices:
    following = next_place(step.routing, step.position)
    recipients = recipients_at(post, step)
    known = {recipient.key: recipient.words for recipient in recipients}
    phrases = [
        (line, _then(line, following, known))
        for line in phrases_kept(post)
        if line.role in {"", post.role} and _is_possible(line, following, known)
    ]
    return Choices(
        step=step,
        next_words=following.words if following is not None else "",
        phrases=tuple(phrases) if step.kind == StepKind.ENDORSE else (),
        recipients=tuple(recipients),
        earlier=tuple(steps_before(step)),
    )


def _then(line: PhraseLine, following: ChainStep | None, known: Mapping[str, str]) -> str:
    """Where the matter goes after these words."""
    if line.onward == Onward.NEXT and following is not None:
        return f"แล้วเสนอ{following.words}"
    return f"มอบ{known[line.to]}" if line.onward == Onward.ASSIGN else line.onward.label


def _is_possible(line: PhraseLine, following: ChainStep | None, known: Iterable[str]) -> bool:
    if line.onward == Onward.NEXT:
        return following is not None
    if line.onward == Onward.ALL:
        return any(key.startswith("division:") for key in known)
    if line.onward == Onward.ASSIGN:
        return (f"role:{line.to_role}" if line.to_role else f"division:{line.to_division}") in known
    return True


def next_place(routing: Routing, position: int) -> ChainStep | None:
    """The next place of the chain whose holder may see the matter. Does not lock anything."""
    return next(iter(places_after(routing, position)[-1:]), None)


def places_after(routing: Routing, position: int) -> list[ChainStep]:
    """The places passed over because they may not see the matter, and the one that may, last;
    empty where the chain ends.
    """
    passed = []
    for place in routing.chain.steps.filter(position__gt=position).select_related("post"):
        if not _is_met(place, routing):
            continue
        passed.append(place)
        role = place.post.role if place.post is not None else place.role
        if may_be_shown(role, is_secret=routing.matter.is_secret):
            return passed
    return []


def recipients_at(post: Post, step: Step) -> list[Recipient]:
    """ผู้ที่มอบได้ที่ขั้นนี้: the divisions, and the roles in the house that somebody is in."""
    house = house_of(post)
    is_secret = step.routing.matter.is_secret
    today = timezone.localdate()
    roles = [
        Recipient(house, role, title)
        for role, title in _roles_in(house, today)
        if may_be_shown(role, is_secret=is_secret)
    ]
    divisions = [Recipient(each, "", each.name) for each in divisions_of(post)]
    offered = [*roles, *(divisions if may_be_shown("", is_secret=is_secret) else [])]
    return [
        each
        for each in offered
        if (each.organisation.pk, each.role) != (step.organisation_id, step.role)
    ]


def _roles_in(house: Organisation, today: date) -> list[tuple[str, str]]:
    posts = Post.objects.filter(organisation=house).exclude(
        role__in=[Role.SYSTEM, Role.ADMINISTRATOR, Role.CLERK]
    )
    titles: dict[str, str] = {}
    for each in posts.order_by("acting", "from_on", "pk"):
        if each.is_in_force(today):
            titles.setdefault(each.role, each.title)
    return sorted(titles.items())


def steps_before(step: Step) -> list[Step]:
    """ขั้นก่อนหน้าที่ส่งกลับไปได้: who signed earlier, each once, the nearest first."""
    earlier: list[Step] = []
    signed = step.routing.steps.filter(number__lt=step.number, state=StepState.SIGNED)
    for each in signed.select_related("endorsement").order_by("-number"):
        if not each.is_of_same_holder(step) and not any(map(each.is_of_same_holder, earlier)):
            earlier.append(each)
    return earlier


def step_to_recall(post: Post, letter: Letter, *, now: datetime) -> Step | None:
    """ขั้นของตนที่ยังดึงกลับได้: signed by this post, and nobody acted on what it opened."""
    return recallable(post, Q(routing__letter=check_seen(post, letter)), now=now)


def recallable(post: Post, matter: Q, *, now: datetime) -> Step | None:
    """The step of a matter that this post sees, which it may take back; `matter` says of which."""
    if not post.is_in_force(timezone.localdate(now)):
        return None
    sent = Step.objects.filter(
        matter,
        routing__state=RoutingState.UNDER_WAY,
        state__in=[StepState.SIGNED, StepState.RETURNED],
        endorsement__post=post,
    )
    for step in sent.order_by("-number"):
        states = {each.state for each in step.opened.all()}
        if StepState.WAITING in states and states <= {StepState.WAITING, StepState.SKIPPED}:
            return step
    return None


def may_put_up(post: Post, letter: Letter) -> bool:
    """Whether this post may put the letter up now: it is registered and not on its way already."""
    return (
        post.has_duty(Duty.REGISTER_LETTERS)
        and letter.state == LetterState.REGISTERED
        and bool(places_of(post, Matter.LETTER))
        and not Routing.objects.filter(letter=letter, state=RoutingState.UNDER_WAY).exists()
    )


def may_skip(post: Post, step: Step) -> bool:
    """Whether this post may skip (ข้าม) that step: whoever sent it, or keeps letters; never the
    last of the chain, at which the matter is decided.
    """
    if step.state != StepState.WAITING or step.kind != StepKind.ENDORSE:
        return False
    if next_place(step.routing, step.position) is None:
        return False
    opener = getattr(step.opened_by, "endorsement", None)
    sent_it = opener is not None and opener.post_id == post.pk
    return sent_it or post.has_duty(Duty.REGISTER_LETTERS)
