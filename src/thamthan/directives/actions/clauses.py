"""The clauses of an order are worked over before it is taken up: worded, split, merged, dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thamthan.directives.actions.checks import locked_proposal, proposal_changed
from thamthan.directives.actions.policies import set_policies
from thamthan.directives.models import (
    Directive,
    Indicator,
    Obligation,
    Order,
    Policy,
    Supporter,
    Theme,
)
from thamthan.directives.rules import inserted_number, next_number
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.reading.model import Ask
from thamthan.thai.text import repair, squeeze

MOST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Named:
    """หน่วยงานที่ระบุ: one of the tree, or another by its name alone."""

    name: str
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """ข้อสั่งการตามที่แก้: all that an officer may change of a clause; the letter's words are not."""

    number: str
    text: str
    lead: Named | None = None
    supporters: tuple[Named, ...] = ()
    policies: tuple[tuple[Policy, Theme | None], ...] = ()
    indicators: tuple[Indicator, ...] = ()


@transaction.atomic
def reword_directive(
    directive: Directive, given: Worded, *, by: Post, seen_version: int
) -> Directive:
    """แก้ไขข้อสั่งการ: text, number, who leads and supports, policies and indicators.

    Its own obligation to act follows the text where it still said the same.
    """
    order = locked_proposal(directive.order, by=by, seen_version=seen_version)
    row = _living(order, directive)
    number, text = _number(given.number), _text(given.text)
    Obligation.objects.filter(directive=row, ask=Ask.ACT, text=row.text).update(text=text)
    row.number, row.text = number, text
    row.lead = given.lead.organisation if given.lead is not None else None
    row.lead_name = squeeze(given.lead.name)[:300] if given.lead is not None else ""
    row.save()
    _keep_supporters(row, given.supporters)
    set_policies(row, given.policies)
    row.indicators.set(given.indicators)
    proposal_changed(order, by=by, clause=row.number, deed="reword")
    return row


def _keep_supporters(row: Directive, wanted: Sequence[Named]) -> None:
    named = {squeeze(one.name)[:300]: one for one in wanted if squeeze(one.name)}
    row.supporters.exclude(name__in=named).delete()
    there = set(row.supporters.values_list("name", flat=True))
    Supporter.objects.bulk_create(
        Supporter(directive=row, organisation=one.organisation, name=name)
        for name, one in named.items()
        if name not in there
    )


@transaction.atomic
def split_directive(
    directive: Directive, parts: Sequence[str], *, by: Post, seen_version: int
) -> list[Directive]:
    """แยกข้อ: the first part stays this clause, each other becomes a clause after it.

    Where a part stands in the letter's words as it is, those are its words; else all of them stay
    beside it. Who leads, the policies, the indicators and what is asked go with each part.
    """
    order = locked_proposal(directive.order, by=by, seen_version=seen_version)
    row = _living(order, directive)
    texts = [_text(part) for part in parts if squeeze(part)]
    if len(texts) < 2:
        raise Refused(
            "ยังไม่ได้บอกว่าแยกตรงไหน โปรดขึ้นบรรทัดใหม่ตรงที่จะแยก",
            code="nothing_to_split",
            status=400,
            field="text",
        )
    was = row.text
    row.text = texts[0]
    row.save(update_fields=["text"])
    Obligation.objects.filter(directive=row, ask=Ask.ACT, text=was).update(text=row.text)
    last = _last_below(order, row)
    _make_room(order, after=last.position, count=len(texts) - 1)
    taken = set(order.directives.values_list("number", flat=True))
    made = [row]
    for at, text in enumerate(texts[1:], start=1):
        number = inserted_number(row.number, taken)
        taken.add(number)
        part = Directive.objects.create(
            order=order,
            parent_id=row.parent_id,
            number=number,
            position=last.position + at,
            text=text,
            words=text if text in squeeze(row.words) else row.words,
            span=row.span,
            lead=row.lead,
            lead_name=row.lead_name,
        )
        _go_along(row, part, was=row.text)
        made.append(part)
    proposal_changed(order, by=by, clause=row.number, deed="split", parts=len(made))
    return made


def _go_along(row: Directive, part: Directive, *, was: str) -> None:
    """What hangs on a clause hangs on each part of it."""
    for supporter in row.supporters.all():
        part.supporters.create(organisation_id=supporter.organisation_id, name=supporter.name)
    for under in row.under.all():
        part.under.create(policy_id=under.policy_id, theme_id=under.theme_id)
    part.indicators.set(row.indicators.all())
    for asked in list(row.obligations.filter(dropped_at=None)):
        text = part.text if asked.text == was else asked.text
        copy = Obligation(order=part.order, directive=part)
        for name in _SAME:
            setattr(copy, name, getattr(asked, name))
        copy.text = text
        copy.save()


_SAME = (
    *("ask", "position", "to", "by_way_of", "opens_on", "due_on", "due_time", "due_words"),
    *("due_reason", "due_rule", "readings", "counts_from", "counts_amount", "counts_unit"),
    "counts_working_days",
)


@transaction.atomic
def merge_directives(
    first: Directive, second: Directive, *, by: Post, seen_version: int
) -> Directive:
    """รวมข้อ: two neighbours of one rank become the first; the second can be taken back.

    The letter's words of both stay beside it. What only the second asked is asked of the first.
    """
    order = locked_proposal(first.order, by=by, seen_version=seen_version)
    one, other = _living(order, first), _living(order, second)
    rank = list(order.directives.filter(parent_id=one.parent_id, dropped_at=None))
    if other not in rank or rank.index(other) != rank.index(one) + 1:
        raise Refused("รวมได้เฉพาะสองข้อที่อยู่ติดกันในระดับเดียวกัน", code="not_neighbours")
    if other.measures.filter(dropped_at=None).exists():
        raise Refused("ข้อหลังมีข้อย่อย จึงรวมไม่ได้ โปรดรวมหรือเอาข้อย่อยออกก่อน", code="has_measures")
    was, now = one.text, timezone.now()
    one.text = _text(f"{one.text} {other.text}")
    one.save(update_fields=["text"])
    mine = one.obligations.filter(dropped_at=None)
    mine.filter(ask=Ask.ACT, text=was).update(text=one.text)
    asked = set(mine.values_list("ask", flat=True))
    for obligation in other.obligations.filter(dropped_at=None):
        if obligation.ask in asked:
            Obligation.objects.filter(pk=obligation.pk).update(dropped_at=now)
        else:
            Obligation.objects.filter(pk=obligation.pk).update(directive=one)
    Directive.objects.filter(pk=other.pk).update(dropped_at=now, merged_into=one)
    for supporter in other.supporters.exclude(name__in=one.supporters.values("name")):
        one.supporters.create(organisation_id=supporter.organisation_id, name=supporter.name)
    one.indicators.add(*other.indicators.all())
    both = [*one.under.all(), *other.under.all()]
    set_policies(one, [(row.policy, row.theme) for row in both])
    proposal_changed(order, by=by, clause=one.number, deed="merge", other=other.number)
    return one


@transaction.atomic
def add_directive(
    order: Order,
    text: str,
    *,
    by: Post,
    seen_version: int,
    after: Directive | None = None,
    parent: Directive | None = None,
) -> Directive:
    """เพิ่มข้อ: after another of its rank, as the last below one, or at the end.

    To act is asked of it. It has no words of the letter.
    """
    locked = locked_proposal(order, by=by, seen_version=seen_version)
    above = _living(locked, parent) if parent is not None else None
    before = _living(locked, after) if after is not None else None
    if before is not None:
        above = before.parent
    taken = set(locked.directives.values_list("number", flat=True))
    if before is not None:
        number = inserted_number(before.number, taken)
    else:
        number = next_number(above.number if above is not None else "", taken)
    beside = before or above
    last = _last_below(locked, beside) if beside is not None else locked.directives.last()
    position = last.position + 1 if last is not None else 1
    _make_room(locked, after=position - 1, count=1)
    row = Directive.objects.create(
        order=locked, parent=above, number=number, position=position, text=_text(text)
    )
    asked = locked.obligations.filter(directive__isnull=False).order_by("-position").first()
    Obligation.objects.create(
        order=locked,
        directive=row,
        ask=Ask.ACT,
        position=asked.position if asked is not None else 1,
        text=row.text,
    )
    proposal_changed(locked, by=by, clause=number, deed="add")
    return row


@transaction.atomic
def drop_directive(directive: Directive, *, by: Post, seen_version: int) -> None:
    """เอาข้อออก with what stands below it and what is asked of them; it can be taken back."""
    order = locked_proposal(directive.order, by=by, seen_version=seen_version)
    row = _living(order, directive)
    gone = [row.pk, *_below(order, row.pk)]
    now = timezone.now()
    order.directives.filter(pk__in=gone, dropped_at=None).update(dropped_at=now)
    order.obligations.filter(directive__in=gone, dropped_at=None).update(dropped_at=now)
    proposal_changed(order, by=by, clause=row.number, deed="drop")


@transaction.atomic
def restore_directive(directive: Directive, *, by: Post, seen_version: int) -> Directive:
    """นำข้อกลับมา with all that went with it; one that was merged comes out of the other again."""
    order = locked_proposal(directive.order, by=by, seen_version=seen_version)
    row = order.directives.select_related("parent", "merged_into").get(pk=directive.pk)
    if row.dropped_at is None:
        return row
    if row.parent is not None and row.parent.dropped_at is not None:
        raise Refused(
            f"ข้อ {row.number} อยู่ใต้ข้อ {row.parent.number} ซึ่งเอาออกไปแล้ว โปรดนำข้อนั้นกลับก่อน",
            code="parent_dropped",
        )
    _come_back(order, row, row.dropped_at)
    other = row.merged_into
    if other is not None and other.text.endswith(f" {row.text}"):
        was = other.text
        other.text = other.text.removesuffix(f" {row.text}")
        other.save(update_fields=["text"])
        other.obligations.filter(ask=Ask.ACT, text=was).update(text=other.text)
    proposal_changed(order, by=by, clause=row.number, deed="restore")
    row.refresh_from_db()
    return row


@transaction.atomic
def put_under_policies(
    order: Order, policies: Sequence[Policy], *, by: Post, seen_version: int
) -> int:
    """จัดทุกข้อไว้ใต้นโยบาย that a person confirmed; gives how many clauses were not there before.

    A clause that stands under a theme of one of them stays there.
    """
    locked = locked_proposal(order, by=by, seen_version=seen_version)
    count = 0
    for row in locked.directives.filter(dropped_at=None):
        there = [(one.policy, one.theme) for one in row.under.select_related("policy", "theme")]
        known = {policy.pk for policy, _ in there}
        more = [(one, None) for one in policies if one.pk not in known]
        count += set_policies(row, [*there, *more])
    if count:
        codes = [one.code for one in policies]
        proposal_changed(locked, by=by, deed="policies", policies=codes)
    return count


def _come_back(order: Order, row: Directive, gone_at: datetime) -> None:
    # What was dropped in the same moment went with it; what was dropped before stays out.
    back = [row.pk, *_below(order, row.pk)]
    order.directives.filter(pk__in=back, dropped_at=gone_at).update(
        dropped_at=None, merged_into=None
    )
    order.obligations.filter(directive__in=back, dropped_at=gone_at).update(dropped_at=None)


def _living(order: Order, directive: Directive) -> Directive:
    row = order.directives.select_related("parent", "lead").filter(pk=directive.pk).first()
    if row is None or row.dropped_at is not None:
        raise Refused("ข้อนี้เอาออกไปแล้ว", code="clause_dropped")
    return row


def _below(order: Order, pk: int) -> list[int]:
    """The keys of all that stands below a clause, at every depth."""
    parents = dict(order.directives.values_list("pk", "parent_id"))
    found: list[int] = []
    level = {pk}
    while level := {one for one, parent in parents.items() if parent in level}:
        found += level
    return found


def _last_below(order: Order, row: Directive) -> Directive:
    keys = [row.pk, *_below(order, row.pk)]
    last = order.directives.filter(pk__in=keys).order_by("-position", "-pk").first()
    return last or row


def _make_room(order: Order, *, after: int, count: int) -> None:
    order.directives.filter(position__gt=after).update(position=F("position") + count)


def _text(given: str) -> str:
    text = squeeze(repair(given.replace("\x00", "")))
    if not text or len(text) > MOST_TEXT:
        raise Refused(
            f"โปรดใส่ข้อความของข้อ ไม่เกิน {MOST_TEXT:,} ตัวอักษร",
            code="wrong_field",
            status=400,
            field="text",
        )
    return text


def _number(given: str) -> str:
    number = squeeze(given.replace("\x00", ""))
    if not number or len(number) > 20:
        raise Refused("โปรดใส่เลขข้อ ไม่เกิน 20 ตัวอักษร", code="wrong_field", status=400, field="number")
    return number
