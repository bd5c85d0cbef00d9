"""An order is handed down: a task for each obligation and organisation, once, come what may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thamthan.directives.actions.checks import (
    check_orders,
    check_own_house,
    lock_tasks_in_order,
    locked_order,
)
from thamthan.directives.actions.receiving import acknowledge_handing
from thamthan.directives.models import (
    Assignment,
    Extension,
    Handing,
    Obligation,
    Order,
    OwnDeadline,
)
from thamthan.directives.rules import (
    WAITED_FOR,
    AssignmentState,
    ExtensionState,
    OrderState,
    check_order_move,
)
from thamthan.directives.spreading import spread
from thamthan.directives.taking import chain_down_to
from thamthan.errors import Refused
from thamthan.letters.actions import send_letter
from thamthan.letters.models import Sending
from thamthan.letters.rules import LetterState
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.records.actions import record
from thamthan.records.rules import Verb

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Cascaded:
    """ผลการถ่ายทอด: how many organisations have it now, how many are new, and how many new tasks."""

    organisations: int
    new_organisations: int
    new_tasks: int


@dataclass(frozen=True, slots=True)
class _Due:
    on: date | None
    at: time | None


@transaction.atomic
def cascade_order(order: Order, organisations: Iterable[Organisation], *, by: Post) -> Cascaded:
    """ถ่ายทอดข้อสั่งการ: the letter is sent to these organisations, and its tasks become theirs.

    All in one transaction, and each organisation once: who has the matter already, from here or
    from further above, gets no second set of tasks; what is new is the nearer order, its own
    clauses and its earlier days. Does not choose the receivers.
    """
    locked = order_to_cascade(order, by=by)
    if locked.sent is None:
        raise _not_issued()
    house = locked.organisation
    receivers = {
        one.pk: one
        for one in organisations
        if one.pk != house.pk and one.level != Level.DIVISION and one.closed_on is None
    }
    send_letter(locked.sent, by=by, organisations=receivers.values())
    sendings = dict(
        Sending.objects.filter(letter=locked.sent, organisation__isnull=False).values_list(
            "organisation_id", "pk"
        )
    )
    own = Handing.objects.filter(root=locked.top_pk, organisation=house).first()
    new = _hand(locked, list(receivers.values()), sendings, above=own)
    tasks = _assign(locked, list(receivers))
    now = timezone.now()
    if locked.state == OrderState.ADOPTED:
        check_order_move(locked.state, OrderState.CASCADED)
        locked.state, locked.cascaded_at = OrderState.CASCADED, now
        locked.save(update_fields=["state", "cascaded_at"])
    if own is not None:
        Handing.objects.filter(pk=own.pk, passed_on_at=None).update(passed_on_at=now)
        # Who passes a matter on has received it.
        acknowledge_handing(own, by=by)
    if new or tasks:
        record(Verb.ORDER_CASCADED, locked, by=by, organisations=new, tasks=tasks)
    return Cascaded(organisations=len(receivers), new_organisations=new, new_tasks=tasks)


def order_to_cascade(order: Order, *, by: Post) -> Order:
    """The order, locked, where this post may hand it down now; else refused in words.

    Its letter is the one that was drafted for it, from the moment on that it has its number.
    """
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    if locked.state not in {OrderState.ADOPTED, OrderState.CASCADED}:
        raise Refused("โปรดรับข้อสั่งการไว้ดำเนินการก่อนถ่ายทอด", code="not_adopted")
    if locked.sent is None and locked.draft is not None and locked.draft.letter is not None:
        locked.sent = locked.draft.letter
        locked.save(update_fields=["sent"])
    if locked.sent is None or locked.sent.state != LetterState.SENT:
        raise _not_issued()
    return locked


def _not_issued() -> Refused:
    return Refused("หนังสือที่ใช้ถ่ายทอดยังไม่ได้ออกเลข โปรดลงนามและออกเลขก่อน", code="letter_not_issued")


def hand_to_own_house(order: Order, *, by: Post) -> Handing:
    """The house's own tasks, of an order that it took from a letter: received and acknowledged."""
    _hand(order, [order.organisation], {}, above=None)
    handing = Handing.objects.get(root=order.top_pk, organisation=order.organisation)
    now = timezone.now()
    Handing.objects.filter(pk=handing.pk).update(
        acknowledged_at=now, acknowledged_words=by.words()[:400]
    )
    _assign(order, [order.organisation_id], state=AssignmentState.ACKNOWLEDGED)
    handing.refresh_from_db()
    return handing


def _hand(
    order: Order,
    organisations: Sequence[Organisation],
    sendings: dict[int, int],
    *,
    above: Handing | None,
) -> int:
    """A handing for each organisation that has none; where one came from above, this is nearer."""
    there = Handing.objects.filter(root=order.top_pk)
    known = set(there.values_list("organisation_id", flat=True))
    lineage = _Lineage()
    rows = [
        Handing(
            root_id=order.top_pk,
            order=order,
            above=above,
            organisation=one,
            level=one.level,
            district_id=lineage.above(one, Level.DISTRICT),
            province_id=lineage.above(one, Level.PROVINCE),
            sending_id=sendings.get(one.pk),
        )
        for one in organisations
        if one.pk not in known
    ]
    # Two levels may hand to one organisation in the same moment: either way there is one.
    Handing.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    farther = [one.pk for one in chain_down_to(order) if one.pk != order.pk]
    if farther:
        again = [one for one in organisations if one.pk in known]
        nearer = list(there.filter(organisation__in=again, order__in=farther))
        for handing in nearer:
            handing.order, handing.above = order, above
            handing.sending_id = sendings.get(handing.organisation_id, handing.sending_id)
        Handing.objects.bulk_update(nearer, ["order", "above", "sending"], batch_size=500)
    return len(rows)


class _Lineage:
    """The district and the province above an organisation, by its path."""

    def __init__(self) -> None:
        levels = (Level.DISTRICT, Level.PROVINCE)
        rows = Organisation.objects.filter(level__in=levels).values_list("pk", "path", "level")
        self._at = {path: (pk, level) for pk, path, level in rows}

    def above(self, organisation: Organisation, level: Level) -> int | None:
        path = organisation.path
        while path:
            pk, found = self._at.get(path, (None, ""))
            if found == level:
                return pk
            path = path[: path.rstrip("/").rfind("/") + 1]
        return None


def _assign(
    order: Order, organisations: Sequence[int], *, state: AssignmentState = AssignmentState.SENT
) -> int:
    """A task for each obligation of the chain and each organisation, where there is none."""
    chain = list(chain_down_to(order))
    obligations = list(Obligation.objects.filter(order__in=chain, dropped_at=None))
    due = _due_days(chain, obligations)
    now = timezone.now()
    new = sum(
        spread(
            obligation.pk,
            root_pk=order.top_pk,
            organisations=organisations,
            state=state,
            due_on=due[obligation.pk].on,
            due_time=due[obligation.pk].at,
            now=now,
        )
        for obligation in obligations
    )
    if new < len(obligations) * len(organisations):
        _tighten(order, due, organisations)
    return new


def _due_days(chain: Sequence[Order], obligations: Sequence[Obligation]) -> dict[int, _Due]:
    """The day that each obligation has at the lower end of the chain: the nearest that was set."""
    due = {one.pk: _Due(one.due_on, one.due_time) for one in obligations}
    for order in chain:
        for own in OwnDeadline.objects.filter(order=order):
            if own.obligation_id in due:
                due[own.obligation_id] = _Due(own.due_on, own.due_time)
        _extend(due, order)
    return due


def _extend(due: dict[int, _Due], order: Order) -> None:
    """What this order gave all more time for holds for those who come later, too."""
    for general in Extension.objects.filter(
        order=order, handing=None, state=ExtensionState.GRANTED, granted_until__isnull=False
    ):
        for pk, day in due.items():
            is_meant = general.obligation_id in {None, pk}
            if is_meant and day.on is not None and general.granted_until:
                due[pk] = (
                    day if day.on >= general.granted_until else _Due(general.granted_until, None)
                )


def _tighten(order: Order, due: dict[int, _Due], organisations: Sequence[int]) -> None:
    """An earlier day of a nearer level holds from now on, where the answer is still waited for.

    Whoever was granted time of their own keeps it.
    """
    own = OwnDeadline.objects.filter(order=order).values_list("obligation_id", flat=True)
    for obligation in own:
        day = due[obligation]
        meant = Assignment.objects.filter(
            Q(due_on=None) | Q(due_on__gt=day.on),
            obligation=obligation,
            organisation__in=organisations,
            state__in=WAITED_FOR,
        ).exclude(handing__extensions__state=ExtensionState.GRANTED)
        lock_tasks_in_order(meant)
        meant.update(due_on=day.on, due_time=day.at)
