"""มอบกอง: a house gives its tasks to its own divisions; what they answer, the house weighs."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from thamthan.directives.actions.checks import check_orders
from thamthan.directives.actions.moving import (
    check_acts_for,
    check_not_closed,
    locked_tasks,
    move_tasks,
)
from thamthan.directives.actions.receiving import begin, receive_tasks
from thamthan.directives.models import Assignment, Handing, Remark
from thamthan.directives.rules import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    RemarkKind,
    last_word,
)
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def hand_to_divisions(
    handing: Handing,
    divisions: Mapping[Organisation, bool],
    *,
    by: Post,
    tasks: Sequence[Assignment],
    note: str = "",
) -> list[Handing]:
    """มอบกอง: these tasks become theirs, too; one of several divisions leads (`True`).

    A division's answer is a proposal: the house decides and sends. Given again, what the division
    had answered goes back to it with the note.
    """
    check_orders(by)
    check_acts_for(handing, by)
    if handing.level == Level.DIVISION:
        raise Refused("งานของกองมอบต่อไม่ได้", code="wrong_division", status=400)
    chosen = _chosen(handing, divisions)
    locked, rows = locked_tasks(handing, tasks)
    check_not_closed(locked)
    if any(row.state not in WAITED_FOR for row in rows):
        raise Refused("ข้อที่ส่งผลแล้วมอบกองไม่ได้ จนกว่าผู้สั่งการส่งกลับ", code="wrong_task_state")
    sent = [row for row in rows if row.state == AssignmentState.SENT]
    if sent or locked.acknowledged_at is None:
        receive_tasks(locked, sent, by=by)
    begin(rows, by=by)
    below = [
        _hand_one(locked, division, rows, is_lead=is_lead, by=by, note=note.strip())
        for division, is_lead in chosen.items()
    ]
    names = ", ".join(
        f"{division.short_name}{' (หลัก)' if is_lead and len(chosen) > 1 else ''}"
        for division, is_lead in chosen.items()
    )
    text = f"{names} {note.strip()}".strip()
    words = by.words()[:400]
    for row in rows:
        row.last_word = last_word(RemarkKind.HANDED_ON.label, text)
    Assignment.objects.bulk_update(rows, ["last_word"], batch_size=500)
    Remark.objects.create(
        handing=locked, kind=RemarkKind.HANDED_ON, text=text, made_by=by, made_words=words
    )
    record(
        Verb.TASK_HANDED_ON,
        locked,
        by=by,
        note=note.strip()[:2000],
        divisions=[division.code for division in chosen],
        tasks=[row.pk for row in rows],
    )
    return below


def _chosen(handing: Handing, divisions: Mapping[Organisation, bool]) -> dict[Organisation, bool]:
    if not divisions:
        raise Refused("โปรดเลือกกองอย่างน้อยหนึ่งกอง", code="no_division", status=400)
    for division in divisions:
        is_own = division.parent_id == handing.organisation_id
        if division.level != Level.DIVISION or not is_own or division.closed_on is not None:
            raise Refused("มอบได้เฉพาะกองของหน่วยงานนี้", code="wrong_division", status=400)
    leads = sum(divisions.values())
    if len(divisions) == 1:
        return dict.fromkeys(divisions, True)
    if leads != 1:
        raise Refused("มอบหลายกอง โปรดเลือกเจ้าของเรื่องหนึ่งกอง", code="one_lead", status=400)
    return dict(divisions)


def _hand_one(
    handing: Handing,
    division: Organisation,
    rows: Sequence[Assignment],
    *,
    is_lead: bool,
    by: Post,
    note: str,
) -> Handing:
    below, _ = Handing.objects.get_or_create(
        root_id=handing.root_id,
        organisation=division,
        defaults={
            "order": handing.order,
            "above": handing,
            "level": Level.DIVISION,
            "district_id": handing.district_id,
            "province_id": handing.province_id,
        },
    )
    known = {
        one.obligation_id: one
        for one in below.assignments.select_for_update(no_key=True).filter(
            obligation__in=[row.obligation_id for row in rows]
        )
    }
    Assignment.objects.bulk_create(
        [
            Assignment(
                handing=below,
                obligation_id=row.obligation_id,
                root_id=row.root_id,
                organisation=division,
                province_id=row.province_id,
                level=Level.DIVISION,
                above=row,
                is_lead=is_lead,
                due_on=row.due_on,
                due_time=row.due_time,
                last_word=last_word(RemarkKind.HANDED_ON.label, note),
            )
            for row in rows
            if row.obligation_id not in known
        ]
    )
    Assignment.objects.filter(pk__in=[one.pk for one in known.values()]).update(is_lead=is_lead)
    again = [one for one in known.values() if one.state in {*ANSWERS, AssignmentState.DONE}]
    if again and not note:
        raise Refused("กองส่งผลข้อนี้แล้ว โปรดบอกว่าให้แก้ไขอะไร", code="no_text", status=400)
    move_tasks(again, AssignmentState.RETURNED, by=by, kind=RemarkKind.RETURN, text=note)
    if note and not again:
        Remark.objects.create(
            handing=below,
            kind=RemarkKind.HANDED_ON,
            text=note,
            made_by=by,
            made_words=by.words()[:400],
        )
    return below
