"""What a house in the middle tells on: the chain of an order as the words of its own letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from thamthan.directives.models import (
    Assignment,
    Directive,
    Handing,
    Obligation,
    Order,
    OwnDeadline,
)
from thamthan.directives.rules import (
    AskedLine,
    Downward,
    Office,
    PaperClause,
    addressee_of,
    body_downward,
    plain_name,
)
from thamthan.directives.taking import chain_down_to
from thamthan.letters.models import Letter, Reference
from thamthan.letters.queries import directly_below, house_of, letters_seen_by
from thamthan.letters.rules import DraftParts, DraftReference
from thamthan.organisations.models import Post
from thamthan.organisations.queries import posts_seen_by
from thamthan.organisations.rules import Role
from thamthan.reading.model import Ask
from thamthan.thai.correspondence import LetterKind, Urgency
from thamthan.thai.dates import format_date
from thamthan.thai.text import fold, squeeze

_HEADS = (Role.GOVERNOR, Role.DISTRICT_CHIEF, Role.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Above:
    """หนังสือของชั้นบน: whose it is, and the letter itself where it has one."""

    house: str
    letter: Letter | None


def above_of(handing: Handing) -> Above:
    """The letter by which this house has the matter: from above in the system, or on paper."""
    order = handing.order
    if order.organisation_id == handing.organisation_id:
        letter = order.letter
        return Above(plain_name(letter.sender) if letter else "หน่วยงานชั้นบน", letter)
    return Above(order.organisation.name, order.sent)


def own_order_of(handing: Handing) -> Order | None:
    """The order by which this house hands the matter down, if it has begun one."""
    top = handing.root_id
    return (
        Order.objects.filter(Q(pk=top) | Q(root=top), organisation=handing.organisation)
        .select_related("draft__letter", "sent", "organisation", "letter", "upper")
        .order_by("pk")
        .first()
    )


def asked_of(chain: Sequence[Order]) -> list[Obligation]:
    """Everything that is asked along the chain, in the order in which it is told on."""
    return list(
        Obligation.objects.filter(order__in=chain, dropped_at=None)
        .select_related("directive", "order")
        .order_by("order_id", "position", "pk")
    )


def days_of(chain: Sequence[Order], asked: Sequence[Obligation]) -> dict[int, date | None]:
    """The day of each obligation at the lower end of the chain: the nearest that was set."""
    days = {one.pk: one.due_on for one in asked}
    places = {order.pk: at for at, order in enumerate(chain)}
    own = OwnDeadline.objects.filter(order__in=chain)
    for row in sorted(own, key=lambda one: places[one.order_id]):
        if row.obligation_id in days:
            days[row.obligation_id] = row.due_on
    return days


def house_days(
    handing: Handing, chain: Sequence[Order], asked: Sequence[Obligation]
) -> dict[int, date | None]:
    """The day of each obligation for this house: the chain's, or a later one it was granted."""
    days = days_of(chain, asked)
    own = Assignment.objects.filter(handing=handing).values_list("obligation", "due_on")
    for key, day in own:
        if key in days and day is not None:
            days[key] = day
    return days


def downward_of(
    handing: Handing, *, by: Post, own_days: Mapping[int, date], addition: Sequence[str]
) -> Downward:
    """What the letter downward says, of the nearest order above with one's own days."""
    chain = list(chain_down_to(handing.order))
    asked = asked_of(chain)
    days = house_days(handing, chain, asked)
    above = above_of(handing)
    earlier = _earlier_letters(above)
    clauses = _clauses(chain)
    said = {clause.text for clause in clauses}
    return Downward(
        own_house=handing.organisation.name,
        upper_house=above.house,
        subject=squeeze(handing.root.title),
        clauses=clauses,
        asked=tuple(
            AskedLine(
                ask=Ask(one.ask),
                text=one.text,
                due_on=own_days.get(one.pk, days[one.pk]),
                due_words=one.due_words,
                clause=one.directive.number if one.directive is not None else "",
            )
            for one in asked
        ),
        # Of an order of one's own, what was added before stands among its clauses.
        addition=tuple(words for words in addition if words not in said),
        earlier_subject=_subject_of(by, earlier),
    )


def parts_downward(
    handing: Handing, *, by: Post, own_days: Mapping[int, date], addition: Sequence[str]
) -> DraftParts:
    """ร่างหนังสือถ่ายทอด: a circular to all directly below, ready to sign."""
    above = above_of(handing)
    head = _head_post(by)
    told = downward_of(handing, by=by, own_days=own_days, addition=addition)
    position = ""
    if head is not None:
        position = "\n".join(part for part in (head.acting_words, head.title) if part)
    return DraftParts(
        kind=LetterKind.EXTERNAL,
        subject=told.subject,
        addressee=addressee_of(
            [Office(one.name, one.level, one.lao_kind) for one in directly_below(by)]
        ),
        body=body_downward(told),
        signatory=head.person.name if head is not None and head.person is not None else "",
        position=position,
        references=(*map(_referred, _earlier_letters(above)), *_upper_reference(above)),
        is_circular=True,
    )


def _clauses(chain: Sequence[Order]) -> tuple[PaperClause, ...]:
    rows = list(
        Directive.objects.filter(order__in=chain, dropped_at=None).order_by(
            "order_id", "position", "pk"
        )
    )
    below: dict[int | None, list[Directive]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def line(row: Directive) -> PaperClause:
        return PaperClause(row.number, row.text, tuple(map(line, below.get(row.pk, []))))

    return tuple(map(line, below.get(None, [])))


def _upper_reference(above: Above) -> tuple[DraftReference, ...]:
    letter = above.letter
    if letter is None:
        return ()
    return (
        DraftReference(
            agency=above.house,
            number=letter.number,
            dated=format_date(letter.dated_on) if letter.dated_on else "",
            urgency=Urgency(letter.urgency),
        ),
    )


def _earlier_letters(above: Above) -> list[Reference]:
    """What the upper letter itself refers to of its own office: those below had that, too."""
    if above.letter is None:
        return []
    wanted = fold(plain_name(above.house))
    return [
        row
        for row in above.letter.references.order_by("position")
        if row.number and fold(plain_name(row.agency)) == wanted
    ]


def _referred(row: Reference) -> DraftReference:
    written = squeeze(row.words)
    # The longest label first: ด่วนที่สุด has ด่วน in it.
    speeds = sorted(set(Urgency) - {Urgency.NORMAL}, key=lambda one: -len(one.label))
    urgency = next((one for one in speeds if one.label in written), Urgency.NORMAL)
    return DraftReference(
        agency=plain_name(row.agency),
        number=row.number,
        dated=format_date(row.dated_on) if row.dated_on else "",
        urgency=urgency,
    )


def _subject_of(by: Post, earlier: Sequence[Reference]) -> str:
    """The subject of the earlier letter, where it stands in one's own registry for certain."""
    for row in earlier:
        found = letters_seen_by(by).filter(
            number_key=row.number_key, dated_on=row.dated_on, secrecy="open"
        )
        letter = found.exclude(number_key="").order_by("pk").first()
        if letter is not None and letter.subject:
            return squeeze(letter.subject)
    return ""


def _head_post(by: Post) -> Post | None:
    """Who heads the house today: the holder of the post before one who acts for them."""
    house = house_of(by)
    today = timezone.localdate()
    posts = posts_seen_by(by).filter(organisation=house, role__in=_HEADS)
    held = [post for post in posts if post.is_in_force(today)]
    return min(held, key=lambda post: (post.is_acting, post.from_on, post.pk), default=None)
