"""A house in the middle passes an order on: its own order with its own days, and its own letter."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import check_orders, check_own_house, locked_handing
from thamthan.directives.models import Directive, Handing, Obligation, Order, OwnDeadline
from thamthan.directives.passing import asked_of, house_days, own_order_of, parts_downward
from thamthan.directives.queries import has_anyone_below
from thamthan.directives.rules import OrderState
from thamthan.directives.taking import chain_down_to
from thamthan.errors import Refused
from thamthan.letters.actions import start_draft
from thamthan.letters.rules import DraftState
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.reading.model import Ask
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

MOST_ADDED = 20
MOST_WORDS = 4000


@transaction.atomic
def pass_on_order(
    handing: Handing, *, by: Post, own_days: Mapping[int, date], addition: Sequence[str] = ()
) -> Order:
    """ร่างหนังสือถ่ายทอด: the house's own order under the upper one, and the draft of its letter.

    `own_days` are earlier days by obligation, `addition` clauses of one's own. Pressed twice it is
    the same order with the same draft; one whose draft was given up is drafted anew. Hands nothing
    down: the letter is signed and numbered first.
    """
    check_orders(by)
    locked = locked_handing(handing)
    check_own_house(locked.organisation, by, words="เรื่องนี้มอบให้หน่วยงานอื่น")
    if locked.organisation.level == Level.DIVISION or not has_anyone_below(by):
        raise Refused("หน่วยงานนี้ไม่มีหน่วยงานในสังกัดให้ถ่ายทอด", code="nobody_below")
    order = own_order_of(locked)
    if order is not None and _is_on_its_way(order):
        return order
    if order is not None and order.state == OrderState.CLOSED:
        raise Refused("เรื่องนี้ปิดแล้ว โปรดเปิดเรื่องก่อนถ่ายทอด", code="order_closed")
    added = _cleaned(addition)
    _check_days(locked, own_days)
    # The words are made of what came from above; what is added stands in the letter by itself.
    parts = parts_downward(locked, by=by, own_days=own_days, addition=added)
    if order is None:
        order = _begun(locked, by)
    _keep_days(order, own_days)
    _add(order, added)
    order.draft = start_draft(parts, by=by)
    order.version += 1
    order.save()
    record(
        Verb.ORDER_PASSED_ON,
        order,
        by=by,
        draft=order.draft.pk,
        days=len(own_days),
        added=len(added),
    )
    return order


def _is_on_its_way(order: Order) -> bool:
    if order.sent is not None:
        return True
    return order.draft is not None and order.draft.state != DraftState.DROPPED


def _begun(handing: Handing, by: Post) -> Order:
    sending = handing.sending
    now = timezone.now()
    return Order.objects.create(
        organisation=handing.organisation,
        letter=sending.incoming if sending is not None else None,
        upper=handing.order,
        root_id=handing.root_id,
        title=handing.root.title,
        state=OrderState.ADOPTED,
        adopted_at=now,
        made_by=by,
        made_at=now,
    )


def _check_days(handing: Handing, own_days: Mapping[int, date]) -> None:
    chain = list(chain_down_to(handing.order))
    asked = asked_of(chain)
    upper = house_days(handing, chain, asked)
    today = timezone.localdate()
    for key, day in own_days.items():
        if key not in upper:
            raise Refused("ไม่พบสิ่งที่ขอให้ดำเนินการข้อนี้", code="no_obligation", status=400)
        limit = upper[key]
        if limit is not None and day > limit:
            raise Refused(
                f"กำหนดของท่าน {format_date(day, style='short')} ช้ากว่ากำหนดของชั้นบน "
                f"{format_date(limit, style='short')} โปรดตั้งไม่ช้ากว่านั้น",
                code="later_than_upper",
                status=400,
                field=f"day-{key}",
            )
        if day < today and (limit is None or limit >= today):
            raise Refused(
                f"กำหนด {format_date(day, style='short')} ผ่านไปแล้ว โปรดตั้งตั้งแต่วันนี้เป็นต้นไป",
                code="day_passed",
                status=400,
                field=f"day-{key}",
            )


def _keep_days(order: Order, own_days: Mapping[int, date]) -> None:
    order.own_deadlines.all().delete()
    OwnDeadline.objects.bulk_create(
        OwnDeadline(order=order, obligation_id=key, due_on=day) for key, day in own_days.items()
    )


def _cleaned(addition: Sequence[str]) -> list[str]:
    added = list(dict.fromkeys(words for words in map(squeeze, addition) if words))
    if len(added) > MOST_ADDED or any(len(words) > MOST_WORDS for words in added):
        raise Refused(
            f"เพิ่มได้ไม่เกิน {MOST_ADDED} ข้อ ข้อละไม่เกิน {MOST_WORDS:,} ตัวอักษร",
            code="too_long",
            status=400,
            field="addition",
        )
    return added


def _add(order: Order, added: Sequence[str]) -> None:
    """One's own clauses, numbered on from the last; said before in a draft given up, only once."""
    chain = list(chain_down_to(order))
    rows = Directive.objects.filter(order__in=chain, dropped_at=None)
    known = set(rows.filter(order=order).values_list("text", flat=True))
    tops = rows.filter(parent=None).values_list("number", flat=True)
    number = max((int(one) for one in tops if one.isdecimal()), default=0)
    place = order.directives.count()
    asked = order.obligations.count()
    for words in (one for one in added if one not in known):
        number, place, asked = number + 1, place + 1, asked + 1
        clause = Directive.objects.create(
            order=order, number=str(number), position=place, text=words, words=words
        )
        Obligation.objects.create(
            order=order, directive=clause, ask=Ask.ACT.value, position=asked, text=words
        )
