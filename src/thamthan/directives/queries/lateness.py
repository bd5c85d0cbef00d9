"""Who is late with what of an order, and who was chased for it already."""

from datetime import date

from django.db.models import Max
from django.utils import timezone

from thamthan.directives.models import Assignment, Order, Remark
from thamthan.directives.rules import WAITED_FOR, RemarkKind
from thamthan.directives.rules.chasing import PROPOSED_DAYS, LateHouse, LateTask
from thamthan.errors import Refused
from thamthan.letters.queries import working_calendar
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.thai.text import sort_key


def late_under(post: Post, order: Order, *, today: date) -> list[LateHouse]:
    """หน่วยงานที่เลยกำหนด of one's own order, the latest first; those alone that it was given to.

    What a house below passed on, that house chases; its divisions are its own affair.
    """
    if order.organisation.path != post.organisation.house_path:
        raise Refused("เรื่องสั่งการนี้เป็นของหน่วยงานอื่น", code="foreign_order", status=403)
    rows = (
        Assignment.objects.filter(
            handing__order=order, state__in=WAITED_FOR, due_on__lt=today, root=order.top_pk
        )
        .exclude(level=Level.DIVISION)
        .exclude(organisation=order.organisation_id)
        .select_related("obligation__directive", "organisation")
        .order_by("handing_id", "obligation__position", "pk")
    )
    chased = dict(
        Remark.objects.filter(handing__order=order, kind=RemarkKind.CHASED)
        .order_by()
        .values_list("handing_id")
        .annotate(Max("made_at"))
    )
    calendar = working_calendar(today)
    found: dict[int, list[Assignment]] = {}
    for row in rows:
        found.setdefault(row.handing_id, []).append(row)
    over = {
        day: calendar.working_days_between(day, today)
        for day in {row.due_on for tasks in found.values() for row in tasks}
        if day is not None
    }
    houses = [
        _late_house(tasks, over, chased_at=chased.get(handing)) for handing, tasks in found.items()
    ]
    return sorted(houses, key=lambda house: (-house.worst, sort_key(house.name)))


def _late_house(tasks: list[Assignment], over: dict[date, int], *, chased_at: object) -> LateHouse:
    house = tasks[0].organisation
    return LateHouse(
        handing=tasks[0].handing_id,
        organisation=house.pk,
        name=house.name,
        code=house.code,
        level=house.level,
        lao_kind=house.lao_kind,
        tasks=tuple(
            LateTask(
                pk=row.pk,
                obligation=row.obligation_id,
                number=row.obligation.directive.number if row.obligation.directive else "",
                text=row.obligation.text,
                due_on=row.due_on,
                working_days=over[row.due_on],
            )
            for row in tasks
            if row.due_on is not None
        ),
        chased_on=timezone.localtime(chased_at).date() if chased_at else None,  # type: ignore[arg-type]
    )


def proposed_day(post: Post, *, today: date) -> date:
    """วันใหม่ที่เสนอ: five working days from today."""
    return working_calendar(today).add_working_days(today, PROPOSED_DAYS)
