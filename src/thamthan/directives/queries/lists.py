"""The house's orders as a list, and the letters whose orders were not taken apart yet."""

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from thamthan.directives.models import Directive, Handing, Obligation, Order, OwnDeadline
from thamthan.directives.queries.doors import orders_seen_by
from thamthan.directives.rules import OrderState
from thamthan.letters.models import Letter, Reading, Sending
from thamthan.letters.queries import letters_in_the_open
from thamthan.letters.rules import Direction, LetterState, Maker
from thamthan.organisations.models import Post
from thamthan.reading.model import Ask
from thamthan.thai.digits import to_arabic, to_thai
from thamthan.thai.text import squeeze

# Beyond these nobody looks; the newest come first.
_LOOKED_THROUGH = 300


def orders_of_house(post: Post, *, state: str = "", text: str = "") -> QuerySet[Order]:
    """เรื่องสั่งการของหน่วยงาน, newest first, each with its clauses, what it asks and its first day.

    `text` is looked for in the title and in the letter's number and sender, digits of either kind.
    """
    rows = orders_seen_by(post).filter(organisation__path=post.organisation.house_path)
    if state:
        rows = rows.filter(state=state) if state in OrderState.values else rows.none()
    words = squeeze(text.replace("\x00", ""))
    if words:
        found = Q()
        for spelt in {words, to_arabic(words), to_thai(words)}:
            found |= Q(title__icontains=spelt) | Q(letter__number__icontains=spelt)
            found |= Q(letter__sender__icontains=spelt)
        rows = rows.filter(found)
    # What is passed on is the first order's, with what this house added and its own days.
    in_chain = Q(order=OuterRef("pk")) | Q(order=OuterRef("root"))
    asked = Obligation.objects.filter(in_chain, dropped_at=None)
    standing = Directive.objects.filter(in_chain, dropped_at=None)
    own_days = OwnDeadline.objects.filter(order=OuterRef("pk"))
    # Each by itself, for the rows of a page alone: joined, they would multiply.
    return rows.order_by("-made_at", "-pk").annotate(
        clause_count=_one(standing, Count("pk"), 0),
        asked_count=_one(asked, Count("pk"), 0),
        first_due=Coalesce(_one(own_days, Min("due_on"), None), _one(asked, Min("due_on"), None)),
    )


def _one(rows: QuerySet[Any], total: Aggregate, otherwise: int | None) -> Coalesce | Subquery:
    whole = rows.order_by().annotate(whole=Value(1)).values("whole")
    found = Subquery(whole.annotate(one=total).values("one"))
    return found if otherwise is None else Coalesce(found, otherwise)


def order_counts(post: Post) -> Mapping[str, int]:
    """จำนวนเรื่องสั่งการแต่ละสถานะ of one's own house."""
    rows = orders_seen_by(post).filter(organisation__path=post.organisation.house_path)
    return dict(
        rows.order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )


def letters_to_take_apart(post: Post) -> list[Letter]:
    """หนังสือที่ยังไม่ได้แยกข้อสั่งการ: received and registered, asking for more than to be known.

    Not those whose orders came along with them. Of very many only the newest are looked through.
    """
    house = post.organisation.house_path
    begun = Order.objects.filter(organisation__path=house, letter=OuterRef("pk"))
    handed = Handing.objects.filter(organisation__path=house)
    came = Sending.objects.filter(incoming=OuterRef("pk")).filter(
        Q(pk__in=handed.values("sending")) | Q(letter__in=handed.values("order__sent"))
    )
    letters = list(
        letters_in_the_open(post)
        .filter(
            ~Exists(begun),
            ~Exists(came),
            direction=Direction.RECEIVED,
            state=LetterState.REGISTERED,
        )
        .order_by("-received_at", "-pk")[:_LOOKED_THROUGH]
    )
    asking: dict[int, bool] = {}
    confirmed = Reading.objects.filter(letter__in=letters, maker=Maker.PERSON).order_by("pk")
    for letter, asked in confirmed.values_list("letter_id", "result__obligations"):
        # Later rows overwrite earlier ones: the last word of a person counts.
        asking[letter] = any(one.get("ask") != Ask.INFORM for one in asked or ())
    return [letter for letter in letters if asking.get(letter.pk)]
