"""Rounds that repeat, for tests of notices: the district asks month after month."""

from collections.abc import Sequence

from tests.directives.orders import cascaded
from tests.reports.reports import FORM, report_of
from tests.world import World
from thamthan.directives.models import Order
from thamthan.organisations.models import Organisation
from thamthan.reports.actions import load_report_form, open_due_rounds
from thamthan.reports.models import Report, Round

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=27"


def monthly(world: World, to: Sequence[Organisation] = (), *, rule: str = MONTHLY) -> Order:
    """The district's order, reported on the 27th of every month; its first round is open."""
    load_report_form(FORM.read_bytes(), by=world.system)
    order = cascaded(world, to)
    order.obligations.filter(ask="report").update(due_rule=rule)
    open_due_rounds(by=world.system)
    return order


def round_now(world: World) -> Round:
    """The last round that is open by now."""
    open_due_rounds(by=world.system)
    return Round.objects.order_by("-number")[0]


def report_now(world: World, organisation: Organisation) -> Report:
    return report_of(round_now(world), organisation)
