"""What a notice has to know of a matter, looked up for many handings at once."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.directives.rules import WAITED_FOR, OrderState
from thamthan.notices.rules import NoticeKind
from thamthan.organisations.rules import Level
from thamthan.reports.models import Report
from thamthan.thai.correspondence import Urgency

HANDING = Handing._meta.label_lower
ORDER = Order._meta.label_lower
# An order whose letter was classed after it had been handed down tells nothing any more.


def open_handings() -> QuerySet[Handing]:
    """เรื่องที่บอกได้: of orders that are not closed and of letters that are not secret."""
    return Handing.objects.exclude(order__in=secret_orders().values("pk")).exclude(
        root__state=OrderState.CLOSED
    )


def tasks_waited_for() -> QuerySet[Assignment]:
    """งานที่ยังรอผล, but for those that reports of a round answer time after time.

    Such a task never moves: each of its reports is told of by itself.
    """
    reported = Report.objects.filter(assignment=OuterRef("pk"))
    return Assignment.objects.filter(
        Q(obligation__due_rule="") | ~Exists(reported), state__in=WAITED_FOR
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """เรื่องหนึ่งในมือของหน่วยงานหนึ่ง, as its notices tell it."""

    handing: int
    order: int
    title: str
    organisation: int
    name: str
    giver: int
    giver_name: str
    is_urgent: bool

    @property
    def about(self) -> tuple[str, int]:
        return HANDING, self.handing

    def is_urgent_as(self, _: NoticeKind) -> bool:
        return self.is_urgent


def matters_of(handings: QuerySet[Handing]) -> dict[int, Matter]:
    """เรื่องของการมอบเหล่านี้, by handing. A division has its matter from its house."""
    rows = handings.values_list(
        "pk", "order_id", "root__title", "organisation_id", "organisation__name", "level",
        "order__organisation_id", "order__organisation__name", "above__organisation_id",
        "above__organisation__name", "order__sent__urgency", "root__letter__urgency",
    )  # fmt: skip
    found = {}
    for (
        pk, order, title, organisation, name, level, giver, giver_name, above, above_name,
        *urgencies,
    ) in rows:  # fmt: skip
        of_house = level == Level.DIVISION and above is not None
        found[pk] = Matter(
            handing=pk,
            order=order,
            title=title,
            organisation=organisation,
            name=name,
            giver=above if of_house else giver,
            giver_name=above_name if of_house else giver_name,
            is_urgent=Urgency.MOST_URGENT in urgencies,
        )
    return found


def tasks_of(handings: QuerySet[Handing]) -> dict[int, tuple[int, date | None]]:
    """จำนวนงานและกำหนดที่ใกล้ที่สุด of each of these handings."""
    rows = (
        Assignment.objects.filter(handing__in=handings.values("pk"))
        .order_by()
        .values_list("handing_id")
        .annotate(Count("pk"), Min("due_on"))
    )
    return {handing: (count, due_on) for handing, count, due_on in rows}
