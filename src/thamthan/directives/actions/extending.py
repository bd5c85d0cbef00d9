"""ขยายเวลา: a giver decides what was asked, or gives all more time; nobody's day grows earlier."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from thamthan.directives.actions.checks import (
    check_orders,
    check_own_house,
    lock_tasks_in_order,
    locked_handing,
    locked_order,
)
from thamthan.directives.actions.moving import check_judges, check_text, say
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
    ExtensionState,
    OrderState,
    RemarkKind,
    check_extension_move,
    last_word,
)
from thamthan.errors import Refused
from thamthan.letters.models import Letter
from thamthan.letters.queries import letter_for
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date


@transaction.atomic
def decide_extension(
    extension: Extension, *, by: Post, until: date | None, note: str = ""
) -> Extension:
    """พิจารณาคำขอขยายเวลา: granted until a day, maybe another than was asked, or refused with why.

    Only the tasks of whoever asked move, and none to an earlier day; a giver grants no more than
    it has itself from above.
    """
    handing = extension.handing
    if handing is None:
        raise Refused("การขยายเวลานี้ให้แก่ทุกแห่ง ไม่มีคำขอให้พิจารณา", code="wrong_extension_state")
    check_judges(handing, by)
    locked_one = locked_handing(handing)
    Extension.objects.select_for_update(no_key=True).get(pk=extension.pk)
    locked = Extension.objects.select_related("obligation").get(pk=extension.pk)
    to = ExtensionState.GRANTED if until else ExtensionState.REFUSED
    check_extension_move(locked.state, to)
    words = note.strip()[:2000]
    if until is None:
        words = check_text(words, missing="โปรดบอกเหตุที่ไม่อนุญาต")
    rows = locked_one.assignments.filter(state__in=WAITED_FOR)
    if locked.obligation_id is not None:
        rows = rows.filter(obligation_id=locked.obligation_id)
    told = words
    if until is not None:
        _check_within_upper(locked_one, rows, until)
        _give_until(rows, until)
        _give_until(Assignment.objects.filter(above__in=rows, state__in=WAITED_FOR), until)
        told = f"ถึง {format_date(until, style='short')} {words}".strip()
    locked.state, locked.granted_until, locked.note = to, until, words
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.decided_words = by.words()[:400]
    locked.save()
    task = rows.first() if locked.obligation_id is not None else None
    kind = RemarkKind.TIME_GRANTED if until else RemarkKind.TIME_REFUSED
    say(locked_one, kind, told, by=by, task=task)
    record(Verb.TIME_DECIDED, locked_one, by=by, note=told[:2000], granted=until is not None)
    return locked


@transaction.atomic
def extend_all(
    order: Order,
    *,
    by: Post,
    until: date,
    reason: str,
    letter: Letter | None = None,
    obligation: Obligation | None = None,
) -> int:
    """ขยายเวลาให้ทุกแห่ง: every waiting task below this order that is due earlier; gives how many.

    A level between that set an earlier day keeps it until it gives more time itself, on its own
    order. `letter` is the letter of this house that says so.
    """
    words = check_text(reason, missing="โปรดบอกเหตุที่ขยายเวลา")
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    if locked.state == OrderState.CLOSED:
        raise Refused("เรื่องนี้ปิดแล้ว", code="order_closed")
    if until < timezone.localdate():
        raise Refused("ขยายเวลาถึงวันที่ผ่านมาแล้วไม่ได้", code="not_later", status=400)
    if letter is not None:
        letter = letter_for(by, letter.pk)
    own = Handing.objects.filter(root=locked.top_pk, organisation=locked.organisation).first()
    if own is not None and locked.upper_id is not None:
        _check_not_beyond(own, until, obligation)
    Extension.objects.create(
        order=locked,
        obligation=obligation,
        state=ExtensionState.GRANTED,
        granted_until=until,
        reason=words,
        letter=letter,
        asked_by=by,
        decided_by=by,
        decided_words=by.words()[:400],
        decided_at=timezone.now(),
    )
    count = 0
    said = last_word(f"ขยายเวลาถึง {format_date(until, style='short')}", words)
    for blocked, orders in orders_that_follow(locked).items():
        rows = Assignment.objects.filter(
            root=locked.top_pk, handing__order__in=orders, state__in=WAITED_FOR
        ).exclude(obligation__in=blocked)
        if obligation is not None:
            rows = rows.filter(obligation=obligation)
        count += _give_until(rows, until, said=said)
    record(
        Verb.TIME_DECIDED, locked, by=by, note=words[:2000], until=until.isoformat(), tasks=count
    )
    return count


def orders_that_follow(order: Order) -> dict[frozenset[int], list[int]]:
    """This order and those below that pass it on, by the obligations for which a level between
    set a day of its own."""
    own: dict[int, set[int]] = defaultdict(set)
    for row in OwnDeadline.objects.filter(Q(order__root=order.top_pk) | Q(order=order.top_pk)):
        own[row.order_id].add(row.obligation_id)
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, upper in Order.objects.filter(root=order.top_pk).values_list("pk", "upper_id"):
        below[upper].append(pk)
    found: dict[frozenset[int], list[int]] = defaultdict(list)
    waiting: list[tuple[int, frozenset[int]]] = [(order.pk, frozenset())]
    while waiting:
        pk, blocked = waiting.pop()
        found[blocked].append(pk)
        waiting += [(one, blocked | own[one]) for one in below[pk] if one != pk]
    return dict(found)


def _give_until(rows: QuerySet[Assignment], until: date, *, said: str = "") -> int:
    changed: dict[str, object] = {"due_on": until, "due_time": None}
    if said:
        changed["last_word"] = said
    meant = rows.filter(due_on__lt=until)
    lock_tasks_in_order(meant)
    return meant.update(**changed)


def _check_within_upper(handing: Handing, rows: QuerySet[Assignment], until: date) -> None:
    """A giver that has the matter from above itself grants no more than was left to it."""
    if handing.level == Level.DIVISION:
        above = rows.filter(above__due_on__lt=until)
        if above.exists():
            raise Refused("ให้กองได้ไม่เกินกำหนดของหน่วยงาน", code="beyond_upper")
        return
    order = handing.order
    if order.upper_id is None or handing.is_from_outside:
        return
    giver = Handing.objects.filter(root=handing.root_id, organisation=order.organisation_id)
    own = giver.first()
    if own is not None:
        for obligation in Obligation.objects.filter(pk__in=rows.values("obligation")):
            _check_not_beyond(own, until, obligation)


def _check_not_beyond(own: Handing, until: date, obligation: Obligation | None) -> None:
    rows = own.assignments.filter(due_on__lt=until)
    if obligation is not None:
        rows = rows.filter(obligation=obligation)
    first = rows.order_by("due_on").first()
    if first is not None and first.due_on is not None:
        day = format_date(first.due_on, style="short")
        raise Refused(
            f"ชั้นบนให้เวลาถึง {day} จึงขยายให้ชั้นล่างเกินกว่านั้นไม่ได้ โปรดขอขยายเวลาจากชั้นบนก่อน",
            code="beyond_upper",
        )
