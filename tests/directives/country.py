"""An invented country and a matter in the hands of all of it, laid down at once for its size."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from thamthan.directives.models import Assignment, Directive, Handing, Obligation, Order
from thamthan.directives.rules import AssignmentState, OrderState
from thamthan.letters.models import Letter
from thamthan.letters.rules import LetterState
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.thai.text import sort_key

# As many as Thailand has; the last districts have fewer local governments than the others.
PROVINCES, DISTRICTS, LOCAL_GOVERNMENTS, CLAUSES = 76, 878, 7850, 13
_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.LAO)
_BATCH = 2000


def invented_tree(
    root: Organisation,
    *,
    provinces: int = PROVINCES,
    districts: int = DISTRICTS,
    local_governments: int = LOCAL_GOVERNMENTS,
) -> list[Organisation]:
    """Provinces, districts and local governments under this root, shared out evenly."""
    above = [root]
    made: list[Organisation] = []
    for level, count in zip(_LEVELS, (provinces, districts, local_governments), strict=True):
        rows = [_organisation(level, number, above[number % len(above)]) for number in range(count)]
        above = Organisation.objects.bulk_create(rows, batch_size=_BATCH)
        made += above
    return made


_CALLED = {
    Level.PROVINCE: "จังหวัดสมมุติที่",
    Level.DISTRICT: "อำเภอตัวอย่างที่",
    Level.LAO: "องค์การบริหารส่วนตำบลตัวอย่างที่",
}
_LETTER = {Level.PROVINCE: "P", Level.DISTRICT: "D", Level.LAO: "L"}


def _organisation(level: Level, number: int, parent: Organisation) -> Organisation:
    code = f"{_LETTER[level]}{number:05}"
    name = f"{_CALLED[level]} {number + 1}"
    return Organisation(
        code=code,
        name=name,
        short_name=name,
        level=level,
        lao_kind="sao" if level == Level.LAO else "",
        parent=parent,
        path=f"{parent.path}{code}/",
        sort_key=sort_key(name)[:300],
    )


def matter(by: Post, *, clauses: int = CLAUSES, due_on: date | None = None) -> Order:
    """An order of this post's house, with one thing to do in each clause."""
    letter = Letter.objects.create(
        organisation=by.organisation,
        state=LetterState.ARRIVED,
        number="มท 0000/ว 1",
        subject="การขับเคลื่อนงานตามนโยบายสำคัญเร่งด่วน",
        received_at=timezone.now(),
        entered_by=by,
    )
    order = Order.objects.create(
        organisation=by.organisation,
        letter=letter,
        title=letter.subject,
        state=OrderState.CASCADED,
        made_by=by,
    )
    for number in range(1, clauses + 1):
        text = f"มาตรการที่ {number} ที่ให้ดำเนินการในพื้นที่"
        clause = Directive.objects.create(
            order=order, number=f"1.{number}", position=number, text=text
        )
        Obligation.objects.create(
            order=order, directive=clause, ask="act", position=number, text=text, due_on=due_on
        )
    return order


def in_all_hands(
    order: Order,
    organisations: Iterable[Organisation],
    *,
    seed: int = 0,
    today: date | None = None,
    share_done: float = 0.5,
) -> None:
    """Each of these has the matter, each clause of it in a state of its own, drawn by lot."""
    lot = random.Random(seed)
    today = today or timezone.localdate()
    rows = list(organisations)
    above = {one.path: one for one in Organisation.objects.filter(level__in=_LEVELS[:2])}
    handings = Handing.objects.bulk_create(
        [
            Handing(
                root=order,
                order=order,
                organisation=one,
                level=one.level,
                province=_above(one, Level.PROVINCE, above),
                district=_above(one, Level.DISTRICT, above),
                acknowledged_at=timezone.now() if lot.random() < 0.8 else None,
            )
            for one in rows
        ],
        batch_size=_BATCH,
    )
    obligations = list(order.obligations.all())
    waiting = [AssignmentState.SENT, AssignmentState.ACKNOWLEDGED, AssignmentState.UNDER_WAY]
    waiting.append(AssignmentState.RETURNED)
    answered = [state for state in AssignmentState if state not in waiting]
    Assignment.objects.bulk_create(
        [
            Assignment(
                handing=handing,
                obligation=obligation,
                root=order,
                organisation_id=handing.organisation_id,
                province_id=handing.province_id,
                level=handing.level,
                state=lot.choice(answered if lot.random() < share_done else waiting),
                due_on=lot.choice([None, *(today + timedelta(days=d) for d in (-9, -1, 0, 3, 30))]),
                last_word=lot.choice(["", "", "อยู่ระหว่างจัดทำแผน"]),
            )
            for handing in handings
            for obligation in obligations
        ],
        batch_size=_BATCH,
    )


def _above(one: Organisation, level: Level, known: dict[str, Organisation]) -> Organisation | None:
    steps = one.path.rstrip("/").split("/")
    for end in range(len(steps), 0, -1):
        found = known.get("/".join(steps[:end]) + "/")
        if found is not None and found.level == level:
            return found
    return None
