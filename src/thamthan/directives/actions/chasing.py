"""Those who are late are chased by a letter to exactly them, once a day unless one insists."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import (
    check_orders,
    check_own_house,
    lock_tasks_in_order,
    locked_order,
)
from thamthan.directives.models import Assignment, Handing, Order, Remark
from thamthan.directives.queries.lateness import late_under
from thamthan.directives.rules import RemarkKind
from thamthan.directives.rules.chasing import (
    LateHouse,
    chase_addressee,
    chase_body,
    chase_subject,
)
from thamthan.errors import Refused
from thamthan.letters.actions import keep_group, start_draft
from thamthan.letters.models import Draft, Letter
from thamthan.letters.queries import working_calendar
from thamthan.letters.rules import DraftParts, DraftReference, with_fitting_opening
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record_each
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date


@transaction.atomic
def chase_late(
    order: Order,
    handings: Collection[int],
    *,
    by: Post,
    today: date,
    until: date,
    is_again: bool = False,
    submission: UUID | None = None,
) -> Draft:
    """ร่างหนังสือเร่งรัด to those of these handings that are late now; no state of theirs changes.

    Every one of them is named in the letter, and what it is late with; its receivers are kept as
    a group to send it to. Who was chased today already is chased again only when one insists. The
    same `submission` again gives the same draft. Signs and sends nothing.
    """
    check_orders(by)
    locked = locked_order(order)
    check_own_house(locked.organisation, by, words="เรื่องสั่งการนี้เป็นของหน่วยงานอื่น")
    letter = locked.sent
    if letter is None:
        raise Refused("เรื่องนี้ยังไม่ได้ถ่ายทอด จึงไม่มีผู้ที่ต้องเร่งรัด", code="not_cascaded")
    if letter.is_secret:
        raise Refused("หนังสือลับไม่เร่งรัดในระบบนี้", code="secret_letter")
    if submission is not None:
        there = Draft.objects.filter(ref=submission, organisation=locked.organisation).first()
        if there is not None:
            return there
    if until <= today:
        raise Refused("วันที่ขอให้ส่งใหม่ต้องเป็นวันหลังจากวันนี้", code="not_later", status=400)
    late = [one for one in late_under(by, locked, today=today) if one.handing in set(handings)]
    if not late:
        raise Refused("ไม่มีหน่วยงานที่เลือกและยังเลยกำหนดอยู่", code="nobody_late")
    again = [one for one in late if one.is_chased(today)]
    if again and not is_again:
        names = " ".join(one.name for one in again[:3]) + (" …" if len(again) > 3 else "")
        raise Refused(
            f"วันนี้เร่งรัดไปแล้ว {len(again)} แห่ง ({names}) "
            "หากต้องการเร่งรัดซ้ำในวันเดียวกัน โปรดทำเครื่องหมายยืนยัน",
            code="chased_today",
            again=[one.handing for one in again],
        )
    parts = _parts(locked, letter, late, today=today, until=until)
    draft = start_draft(parts, by=by, submission=submission)
    _say(locked, late, draft, by=by, until=until)
    if by.has_duty(Duty.REGISTER_LETTERS):
        name = f"เร่งรัด {letter.number} ({format_date(today, style='list')})"
        keep_group(name, by=by, codes=[one.code for one in late])
    return draft


def _parts(
    order: Order, letter: Letter, late: list[LateHouse], *, today: date, until: date
) -> DraftParts:
    house: Organisation = order.organisation
    days = working_calendar(today).working_days_between(today, until)
    dated = format_date(letter.dated_on) if letter.dated_on else ""
    return with_fitting_opening(
        DraftParts(
            subject=chase_subject(order.title),
            addressee=chase_addressee(late),
            references=(DraftReference(house.name, letter.number, dated),),
            body=chase_body(
                late,
                title=order.title,
                own_name=house.name,
                today=today,
                until=until,
                days=days,
            ),
        )
    )


def _say(order: Order, late: list[LateHouse], draft: Draft, *, by: Post, until: date) -> None:
    words, now = by.words()[:400], timezone.now()
    said = f"ขอให้ส่งผลภายใน {format_date(until, style='short')}"
    Remark.objects.bulk_create(
        [
            Remark(
                handing_id=one.handing,
                kind=RemarkKind.CHASED,
                text=said,
                made_by=by,
                made_words=words,
                made_at=now,
            )
            for one in late
        ],
        batch_size=1000,
    )
    tasks = sorted(task.pk for one in late for task in one.tasks)
    last_word = f"{RemarkKind.CHASED.label}: {said}"[:300]
    for at in range(0, len(tasks), 5000):
        meant = Assignment.objects.filter(pk__in=tasks[at : at + 5000])
        lock_tasks_in_order(meant)
        meant.update(last_word=last_word)
    handings = Handing.objects.in_bulk([one.handing for one in late])
    facts = {"draft": draft.pk, "order": order.pk, "until": until.isoformat()}
    record_each(
        Verb.TASKS_CHASED,
        [
            (handings[one.handing], {**facts, "tasks": [task.pk for task in one.tasks]})
            for one in late
        ],
        by=by,
    )
