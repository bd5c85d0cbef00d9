"""What a reading says is asked becomes the clauses and obligations of an order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from thamthan.directives.models import Directive, Obligation, Order
from thamthan.directives.rules import CountsFrom
from thamthan.letters.rules import clock
from thamthan.reading.model import Ask, Deadline, Item, LetterReading, ObligationFinding, Span
from thamthan.thai.digits import to_arabic

_POINTS_AT_CLAUSES = re.compile(r"ดังนี้|ดังต่อไปนี้|ข้างต้น|ดังกล่าว|ตามข้อสั่งการ|ตามแนวทาง|ดำเนินการ\s*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """ข้อ as it is about to become a row: its number, its words and what stands below it."""

    number: str
    text: str
    span: Span
    below: tuple["Clause", ...] = ()


def clauses_of(items: Sequence[Item], *, under: str = "") -> tuple[Clause, ...]:
    """ข้อสั่งการของหนังสือ: a clause for each item, and one for each measure that it names."""
    found = []
    for at, item in enumerate(items, start=1):
        label = to_arabic(item.label).strip(" .()") or str(at)
        number = label if not under or "." in label else f"{under}.{label}"
        below = clauses_of(item.items, under=number)
        # A point that the letter itself numbered below another is one measure, however many verbs.
        named = () if under else item.measures
        measures = tuple(
            Clause(f"{number}.{index}", measure.value, measure.span)
            for index, measure in enumerate(named, start=len(below) + 1)
        )
        found.append(Clause(number[:20], _own_text(item), item.span, (*below, *measures)))
    return tuple(found)


def _own_text(item: Item) -> str:
    """The clause's own words: without its number, and without the points that stand below it."""
    text = item.text
    for below in item.items[:1]:
        start = text.find(below.text.strip())
        if start > 0:
            text = text[:start].rstrip().removesuffix(below.label)
    rest = text.strip().removeprefix(item.label).strip(" .)\n")
    return rest or item.text


def lay_down(order: Order, reading: LetterReading) -> None:
    """Save the clauses and obligations that the reading has, as a proposal to be worked over.

    To act is asked of each clause that has none below it; everything else of the order as a whole,
    as letters ask it.
    """
    rows: list[Directive] = []
    _save(order, clauses_of(reading.items), None, rows)
    acts = [one for one in reading.obligations if one.ask == Ask.ACT]
    others = [one for one in reading.obligations if one.ask != Ask.ACT]
    parents = {row.parent_id for row in rows}
    leaves = [row for row in rows if row.pk not in parents]
    made = []
    if leaves:
        # "ดำเนินการตามข้อสั่งการข้างต้น" asks for what the clauses say, and for nothing besides.
        pointing = [one for one in acts if _POINTS_AT_CLAUSES.search(one.text)]
        act = pointing[0] if pointing else None
        made += [_obligation(order, reading, act, Ask.ACT, leaf) for leaf in leaves]
        acts = [one for one in acts if one not in pointing]
    for asked in (*acts, *others):
        made.append(_obligation(order, reading, asked, asked.ask, None))
    for position, row in enumerate(made, start=1):
        row.position = position
    Obligation.objects.bulk_create(made)


def _save(
    order: Order, clauses: Sequence[Clause], parent: Directive | None, rows: list[Directive]
) -> None:
    for clause in clauses:
        row = Directive.objects.create(
            order=order,
            parent=parent,
            number=clause.number,
            position=len(rows) + 1,
            text=clause.text,
            words=clause.text,
            span=asdict(clause.span),
        )
        rows.append(row)
        _save(order, clause.below, row, rows)


def _obligation(
    order: Order,
    reading: LetterReading,
    asked: ObligationFinding | None,
    ask: Ask,
    directive: Directive | None,
) -> Obligation:
    deadline = None
    if asked is not None and asked.deadline is not None:
        deadline = reading.deadlines[asked.deadline]
    text = directive.text if directive is not None else (asked.text if asked else ask.label)
    row = Obligation(
        order=order,
        directive=directive,
        ask=ask.value,
        position=0,
        text=text,
        to=(asked.to or "")[:300] if asked else "",
    )
    if deadline is not None:
        for name, value in deadline_columns(deadline, is_own=order.sent_id is not None).items():
            setattr(row, name, value)
    return row


def deadline_columns(deadline: Deadline, *, is_own: bool = False) -> dict[str, Any]:
    """กำหนดเวลาที่อ่านได้ as the columns of an obligation.

    Of the house's own letter a day that counts from receipt is each receiver's own, although the
    reading has counted it from the day of writing.
    """
    is_open = is_own or deadline.closes is None
    counts = deadline.after == "receipt" and is_open and deadline.amount
    return {
        "opens_on": deadline.opens,
        "due_on": None if counts else deadline.closes,
        "due_time": clock(deadline.time),
        "due_words": deadline.text,
        "due_reason": deadline.reason,
        "due_rule": (deadline.rule or "")[:200],
        "readings": [
            {
                "opens": one.opens.isoformat() if one.opens else None,
                "closes": one.closes.isoformat() if one.closes else None,
                "reason": one.reason,
                "time": deadline.time,
                "rule": deadline.rule,
            }
            for one in deadline.readings
        ],
        "counts_from": CountsFrom.RECEIPT if counts else CountsFrom.FIXED,
        "counts_amount": deadline.amount if counts else None,
        "counts_unit": (deadline.unit or "")[:5] if counts else "",
        "counts_working_days": bool(counts) and deadline.working_days,
    }


def chain_down_to(order: Order) -> Iterator[Order]:
    """The orders from the first of the chain down to this one."""
    return order.line()
