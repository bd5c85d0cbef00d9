"""The clauses of one order as they are worked over and shown, and which policies its words call."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from thamthan.directives.models import Directive, DirectivePolicy, Obligation, Order, Policy
from thamthan.directives.queries.doors import order_for, orders_seen_by
from thamthan.directives.queries.policies import CalledPolicy, policies_called_in
from thamthan.directives.rules import CountsFrom
from thamthan.errors import NotFound
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post


@dataclass(frozen=True, slots=True)
class OpenClause:
    """หนึ่งข้อ: how deep it stands, what is asked of it, the letter's words for it."""

    directive: Directive
    depth: int
    asked: tuple[Obligation, ...]
    words: tuple[str, ...]
    before: Directive | None
    has_measures: bool

    @property
    def is_as_written(self) -> bool:
        return self.words == (self.directive.text,)


@dataclass(frozen=True, slots=True)
class Clauses:
    """ข้อสั่งการทั้งชุด: those that stand, what is asked of the whole, and what was dropped."""

    order: Order
    lines: tuple[OpenClause, ...]
    whole: tuple[Obligation, ...]
    dropped: tuple[Directive, ...]
    dropped_asks: tuple[Obligation, ...]

    @property
    def asked(self) -> list[Obligation]:
        """All that is asked: as many tasks each organisation will have."""
        return [*(one for line in self.lines for one in line.asked), *self.whole]

    @property
    def first_due(self) -> Obligation | None:
        dated = [one for one in self.asked if one.due_on is not None]
        return min(dated, key=lambda one: (one.due_on or date.max, one.position), default=None)

    @property
    def shared(self) -> list[Policy]:
        """The policies that every clause stands under as a whole: told once, not at each."""
        rows = [
            {one.policy_id: one.policy for one in line.directive.under.all() if not one.theme_id}
            for line in self.lines
        ]
        if not rows:
            return []
        return [policy for pk, policy in rows[0].items() if all(pk in each for each in rows)]

    @property
    def counting(self) -> int:
        """How many count from each receiver's own receipt."""
        return sum(one.counts_from == CountsFrom.RECEIPT for one in self.asked)


def clauses_of(post: Post, order: Order) -> Clauses:
    """ข้อสั่งการของเรื่อง with what hangs on each, in their order."""
    _check_seen(post, order)
    rows = list(
        order.directives.select_related("lead").prefetch_related(
            "supporters",
            "indicators",
            "merged",
            Prefetch("under", DirectivePolicy.objects.select_related("policy", "theme")),
        )
    )
    asked = list(order.obligations.select_related("directive"))
    of_clause: dict[int | None, list[Obligation]] = defaultdict(list)
    for one in asked:
        if one.dropped_at is None:
            of_clause[one.directive_id].append(one)
    living = [row for row in rows if row.dropped_at is None]
    depths: dict[int, int] = {}
    last: dict[int | None, Directive] = {}
    parents = {row.parent_id for row in living}
    lines = []
    for row in living:
        depths[row.pk] = depths.get(row.parent_id or 0, -1) + 1
        lines.append(
            OpenClause(
                directive=row,
                depth=depths[row.pk],
                asked=tuple(of_clause[row.pk]),
                words=tuple(_words(row)),
                before=last.get(row.parent_id),
                has_measures=row.pk in parents,
            )
        )
        last[row.parent_id] = row
    gone = {row.pk for row in rows if row.dropped_at is not None}
    return Clauses(
        order=order,
        lines=tuple(lines),
        whole=tuple(of_clause[None]),
        # What went along with a clause above it comes back with it, and is not told by itself.
        dropped=tuple(row for row in rows if row.pk in gone and row.parent_id not in gone),
        dropped_asks=tuple(
            one for one in asked if one.dropped_at is not None and one.directive_id not in gone
        ),
    )


def _words(row: Directive) -> Iterable[str]:
    if row.words:
        yield row.words
    for other in row.merged.all():
        if other.words:
            yield other.words


def clause_for(post: Post, order: Order, pk: int) -> Directive:
    """ข้อหนึ่งของเรื่องนี้."""
    _check_seen(post, order)
    found = order.directives.select_related("order", "parent", "lead").filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบข้อสั่งการนี้")
    return found


def obligation_for(post: Post, order: Order, pk: int) -> Obligation:
    """สิ่งที่ขอหนึ่งอย่างของเรื่องนี้."""
    _check_seen(post, order)
    found = order.obligations.select_related("order", "directive").filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบสิ่งที่ขอนี้")
    return found


def order_of_letter(post: Post, letter: Letter) -> Order | None:
    """เรื่องสั่งการที่แยกจากหนังสือนี้ in one's own house, or None."""
    return (
        orders_seen_by(post)
        .filter(organisation__path=post.organisation.house_path, letter=letter)
        .first()
    )


def policies_suggested(
    post: Post, clauses: Clauses, *, text: str, today: date
) -> list[CalledPolicy]:
    """นโยบายที่หนังสือน่าจะอ้างถึง and that not every clause stands under yet; a person confirms them."""
    words = [clauses.order.title, text, *(word for line in clauses.lines for word in line.words)]
    called = policies_called_in(post, "\n".join(words), today=today)
    under = [{row.policy_id for row in line.directive.under.all()} for line in clauses.lines]
    return [one for one in called if any(one.policy.pk not in each for each in under)]


def _check_seen(post: Post, order: Order) -> None:
    if order.organisation.house_path != post.organisation.house_path:
        order_for(post, order.pk)
