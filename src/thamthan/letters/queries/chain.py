"""The chain of letters: what a letter refers to, what refers to it, and the matter they make.

What a reference names for certain is linked by being asked, not by being written: a letter that
comes later is linked from that moment on, one that is corrected no longer. Rows say only what a
person decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from thamthan.letters.models import Letter, LetterLink, Reference
from thamthan.letters.queries.letters import letters_seen_by
from thamthan.letters.rules import (
    LIVING_STATES,
    Candidate,
    Direction,
    Event,
    LetterState,
    LinkKind,
    Named,
    Rest,
    Standing,
    rests,
    standing_of,
    why_not_certain,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level

# A picture of more letters than this is read by nobody.
MOST_IN_A_MATTER = 60


@dataclass(frozen=True, slots=True)
class Stub:
    """หนังสือที่ยังไม่มีในทะเบียน: as another letter names it."""

    agency: str
    number: str
    number_key: str
    dated_on: date | None
    words: str = ""

    @property
    def named(self) -> Named:
        return Named(self.agency, self.number_key, self.dated_on)


@dataclass(frozen=True, slots=True)
class Tie:
    """ความเกี่ยวข้องหนึ่งข้อ from `source` to a letter, or to a stub with the letters it may be."""

    source: int
    kind: LinkKind
    stub: Stub | None = None
    letter: Letter | None = None
    candidates: tuple[tuple[Letter, str], ...] = ()
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """สายของหนังสือฉบับหนึ่ง: what it names, what names it, and whether it has been answered."""

    forward: tuple[Tie, ...]
    back: tuple[tuple[LinkKind, Letter], ...]

    @property
    def is_answered(self) -> bool:
        return any(kind is LinkKind.ANSWERS for kind, _ in self.back)

    @property
    def replaced_by(self) -> tuple[Letter, ...]:
        return tuple(letter for kind, letter in self.back if kind is LinkKind.REPLACES)

    @property
    def is_empty(self) -> bool:
        return not (self.forward or self.back)


def ties_of(post: Post, letter: Letter) -> Ties:
    """สายของหนังสือ: linked letters, stubs, and what a person must choose among.

    Only letters that this post sees are named; one that it does not see stays a stub.
    """
    forward = _forward(post, [letter])[letter.pk]
    back = [(tie.kind, source) for source, tie in _back(post, [letter])]
    return Ties(forward=tuple(forward), back=tuple(back))


def _forward(post: Post, letters: Iterable[Letter]) -> dict[int, list[Tie]]:
    sources = {letter.pk: letter for letter in letters}
    references = list(Reference.objects.filter(letter__in=sources).order_by("letter", "position"))
    links = list(LetterLink.objects.filter(letter__in=sources).order_by("pk"))
    rows: list[Reference | LetterLink] = [*references, *links]
    keys = {row.number_key for row in rows if row.number_key}
    named = Q(number_key__in=keys) | Q(pk__in={link.to_id for link in links if link.to_id})
    known = list(_standing(post).filter(named).order_by("pk"))
    ties: dict[int, list[Tie]] = {pk: [] for pk in sources}
    for pk in sources:
        ties[pk] = _ties(
            pk,
            [row for row in references if row.letter_id == pk],
            [row for row in links if row.letter_id == pk],
            known,
        )
    return ties


def _standing(post: Post) -> QuerySet[Letter]:
    """What stands in the books: of a destroyed letter the files went, and not its line."""
    states = {*LIVING_STATES, LetterState.DESTROYED}
    return letters_seen_by(post).filter(Q(state__in=states) | Q(direction=Direction.SENT))


def _ties(
    source: int,
    references: Sequence[Reference],
    links: Sequence[LetterLink],
    known: Sequence[Letter],
) -> list[Tie]:
    denied = {link.to_id for link in links if not link.is_so}
    said = {link.to_id: link for link in links if link.is_so and link.to_id is not None}
    by_key = {letter.pk: letter for letter in known}
    ties = []
    rows: list[Reference | LetterLink] = [*references]
    rows += [link for link in links if link.is_so and link.to_id is None]
    for row in rows:
        words = row.words if isinstance(row, Reference) else ""
        stub = Stub(row.agency, row.number, row.number_key, row.dated_on, words)
        kind = LinkKind.REFERS if isinstance(row, Reference) else LinkKind(row.kind)
        link = None if isinstance(row, Reference) else row.pk
        likely = [
            letter
            for letter in known
            if letter.number_key and letter.number_key == stub.number_key
            and letter.pk != source and letter.pk not in denied
        ]  # fmt: skip
        chosen = next((letter for letter in likely if letter.pk in said), None)
        reasons = [(letter, why_not_certain(stub.named, _candidate(letter))) for letter in likely]
        certain = [letter for letter, why in reasons if why is None]
        if chosen is not None:
            decision = said.pop(chosen.pk)
            ties.append(Tie(source, LinkKind(decision.kind), stub, chosen, link=decision.pk))
        elif len(certain) == 1:
            ties.append(Tie(source, kind, stub, certain[0], link=link))
        else:
            open_ones = tuple((letter, why or "มีมากกว่าหนึ่งฉบับที่ตรงกัน") for letter, why in reasons)
            ties.append(Tie(source, kind, stub, candidates=open_ones, link=link))
    for to, decision in said.items():
        if to in by_key:
            ties.append(Tie(source, LinkKind(decision.kind), None, by_key[to], link=decision.pk))
    return ties


def _candidate(letter: Letter) -> Candidate:
    is_confirmed = letter.receipt_number is not None or letter.direction == Direction.SENT
    return Candidate(letter.sender, letter.number_key, letter.dated_on, is_confirmed)


def _back(post: Post, letters: Sequence[Letter]) -> list[tuple[Letter, Tie]]:
    """The letters that name these, each with its tie: asked forwards, so that both views agree."""
    keys = {letter.number_key for letter in letters if letter.number_key}
    named = set(
        Reference.objects.filter(number_key__in=keys).values_list("letter", flat=True)[:500]
    )
    linked = LetterLink.objects.filter(is_so=True).filter(
        Q(to__in=[letter.pk for letter in letters]) | Q(to=None, number_key__in=keys)
    )
    named |= set(linked.values_list("letter", flat=True)[:500])
    sources = {letter.pk: letter for letter in _standing(post).filter(pk__in=named).order_by("pk")}
    wanted = {letter.pk for letter in letters}
    ties = _forward(post, sources.values())
    return [
        (sources[pk], tie)
        for pk, found in ties.items()
        for tie in found
        if tie.letter is not None and tie.letter.pk in wanted
    ]


@dataclass(frozen=True, slots=True)
class Node:
    """หนังสือหนึ่งฉบับในภาพของเรื่อง: a letter of the registry, or a stub."""

    key: str
    letter: Letter | None
    office: str
    standing: Standing
    number: str
    dated_on: date | None
    received_on: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """เรื่องหนึ่ง: its letters in the order of their days, who names whom, and where it rested."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, LinkKind], ...]
    rests: tuple[Rest, ...]
    is_cut: bool

    @property
    def days(self) -> int:
        return sum(rest.days for rest in self.rests)


def matter_of(post: Post, letter: Letter) -> Matter:
    """เรื่องของหนังสือฉบับนี้: every letter tied to it, through any number of others, that this post
    sees, and the stubs they name; the days are counted from the dates that letters bear.
    """
    seen = {letter.pk: letter}
    ties: dict[int, list[Tie]] = {}
    edge = [letter]
    is_cut = False
    while edge and not is_cut:
        found: dict[int, Letter] = {}
        for pk, made in _forward(post, edge).items():
            ties[pk] = made
            found |= {tie.letter.pk: tie.letter for tie in made if tie.letter is not None}
        found |= {source.pk: source for source, _ in _back(post, edge)}
        edge = [one for pk, one in sorted(found.items()) if pk not in seen]
        is_cut = len(seen) + len(edge) > MOST_IN_A_MATTER
        edge = edge[: MOST_IN_A_MATTER - len(seen)]
        seen |= {one.pk: one for one in edge}
    if is_cut:
        ties |= _forward(post, edge)
    nodes = {f"L{pk}": _node(one) for pk, one in seen.items()}
    edges: dict[tuple[str, str], LinkKind] = {}
    for tie in (tie for made in ties.values() for tie in made):
        if tie.letter is not None and tie.letter.pk not in seen:
            continue
        target = _stub_node(tie.stub) if tie.letter is None and tie.stub else None
        key = target.key if target else f"L{tie.letter.pk if tie.letter else 0}"
        if target is not None:
            nodes.setdefault(key, target)
        edges[key, f"L{tie.source}"] = tie.kind
    ordered = sorted(nodes.values(), key=lambda node: (node.dated_on or date.max, node.key))
    return Matter(
        nodes=tuple(ordered),
        edges=tuple((one, other, kind) for (one, other), kind in edges.items()),
        rests=tuple(rests(_events(ordered))),
        is_cut=is_cut,
    )


_LEVELS = {
    Level.MINISTRY: Standing.MINISTRY,
    Level.DEPARTMENT: Standing.DEPARTMENT,
    Level.PROVINCE: Standing.PROVINCE,
    Level.DISTRICT: Standing.DISTRICT,
}


def _node(letter: Letter) -> Node:
    is_sent = letter.direction == Direction.SENT
    office = letter.organisation.name if is_sent else letter.sender
    own = _LEVELS.get(Level(letter.organisation.level), Standing.LAO)
    return Node(
        key=f"L{letter.pk}",
        letter=letter,
        office=office,
        standing=own if is_sent else standing_of(office),
        number=letter.number,
        dated_on=letter.dated_on,
        received_on=None if is_sent else timezone.localtime(letter.received_at).date(),
        is_open=letter.state == LetterState.REGISTERED,
    )


def _stub_node(stub: Stub) -> Node:
    return Node(
        key=f"S{stub.number_key or stub.agency}|{stub.dated_on or ''}",
        letter=None,
        office=stub.agency,
        standing=standing_of(stub.agency),
        number=stub.number,
        dated_on=stub.dated_on,
        received_on=None,
        is_open=False,
    )


def _events(nodes: Iterable[Node]) -> list[Event]:
    events = []
    arrivals: dict[date, str] = defaultdict(str)
    for node in nodes:
        if node.dated_on is not None:
            events.append(Event(node.dated_on, node.office or "หน่วยงานที่ไม่ทราบชื่อ"))
            # A letter that came before it was written is a slip of a date; it tells nothing.
            if node.received_on is not None and node.received_on >= node.dated_on and node.letter:
                arrivals[node.received_on] = node.letter.organisation.name
    return events + [Event(on, office, is_arrival=True) for on, office in arrivals.items()]
