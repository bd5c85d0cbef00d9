"""The doors: which orders, handings and tasks a post may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.errors import NotFound
from thamthan.letters.models import Letter
from thamthan.letters.queries import incoming_of
from thamthan.organisations.models import Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty, Level


def orders_seen_by(post: Post) -> QuerySet[Order]:
    """เรื่องสั่งการที่เห็น: those of one's own house, and those that were handed to it.

    An order that a house below took from elsewhere is that house's own affair. One whose letter
    was classed since is seen by nobody here.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Order.objects.none()
    house = post.organisation.house_path
    # Whoever was handed a matter sees it from its first order down to the nearest.
    handed = Handing.objects.filter(organisation__path=house)
    seen = Q(organisation__path=house) | Q(pk__in=handed.values("root"))
    seen |= Q(pk__in=handed.values("order"))
    open_ones = Order.objects.exclude(pk__in=secret_orders().values("pk"))
    return open_ones.filter(seen).select_related(
        "organisation", "letter", "sent", "upper__organisation", "draft__letter"
    )


def order_for(post: Post, pk: int) -> Order:
    """เรื่องสั่งการหนึ่งเรื่อง; one that this post may not see does not exist for it."""
    found = orders_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบเรื่องสั่งการนี้")
    return found


def handings_seen_by(post: Post) -> QuerySet[Handing]:
    """การมอบเรื่องที่เห็น: one's own house's, and below it those of matters that it gave or had.

    A department sees below its ministry those of matters that it gave or passed on itself.
    What a house gave to its own divisions is its own affair.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Handing.objects.none()
    house, reach = post.organisation.house_path, reach_of(post)
    gave = Q(root__organisation__path=house)
    if reach == house:
        had = Handing.objects.filter(root=OuterRef("root"), organisation__path=house)
        known = gave | Q(Exists(had))
    else:
        # What its ministry handed to others of a matter that a department had is the ministry's.
        mine = Q(organisation__path__startswith=house) | Q(order__in=orders_down_from(house))
        known = (gave | mine) & ~Q(organisation__path=reach)
    return (
        Handing.objects.exclude(order__in=secret_orders().values("pk"))
        .filter(
            known,
            ~Q(level=Level.DIVISION) | Q(organisation__parent__path=house),
            organisation__path__startswith=reach,
        )
        .select_related("organisation", "root", "order__organisation")
    )


def orders_down_from(house: str) -> QuerySet[Order]:
    """เรื่องที่หน่วยงานนี้สั่งหรือถ่ายทอด, and those by which the levels below passed it on."""
    steps = ("", "upper__", "upper__upper__", "upper__upper__upper__")
    given = Q()
    for step in steps:
        given |= Q(**{f"{step}organisation__path": house})
    return Order.objects.filter(given)


def handing_for(post: Post, pk: int) -> Handing:
    """เรื่องที่มอบให้หน่วยงานหนึ่ง."""
    found = handings_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบเรื่องที่มอบนี้")
    return found


def assignments_seen_by(post: Post) -> QuerySet[Assignment]:
    """งานที่เห็น: those of the handings that this post sees."""
    return Assignment.objects.filter(
        handing__in=handings_seen_by(post).values("pk")
    ).select_related("organisation", "obligation__directive", "handing")


def assignment_for(post: Post, pk: int) -> Assignment:
    """งานหนึ่งงาน."""
    found = assignments_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบงานนี้")
    return found


def own_handing_of(post: Post, order: Order) -> Handing | None:
    """เรื่องนี้ในมือของหน่วยงานตน, or None where it was never handed to it."""
    return (
        Handing.objects.filter(root=order.top_pk, organisation__path=post.organisation.house_path)
        .select_related("organisation", "root", "order__organisation")
        .first()
    )


def came_with(post: Post, letter: Letter) -> Handing | None:
    """เรื่องที่มากับหนังสือนี้: what was handed to one's house together with this received letter."""
    incoming = incoming_of(post, letter)
    if incoming is None:
        return None
    return (
        Handing.objects.filter(
            Q(order__sent=incoming.letter_id) | Q(sending=incoming),
            organisation=letter.organisation_id,
        )
        .select_related("organisation", "root", "order__organisation")
        .first()
    )
