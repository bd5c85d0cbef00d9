"""รอบรายงาน: opened for what an order wants reported; every house's report is there at once."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from thamthan.directives.models import Assignment, Directive, Obligation, Order
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level
from thamthan.reading.model import Ask
from thamthan.records.actions import record
from thamthan.records.rules import Actor, Verb
from thamthan.reports.laying import lay_questions
from thamthan.reports.models import Consolidation, FormChoice, Report, ReportForm, Round
from thamthan.reports.rules import END_OF_DAY, ReportState
from thamthan.thai.dates import FiscalYear

# A day for every working day of four years: no order asks for more.
MOST_ROUNDS = 1_000


@transaction.atomic
def open_rounds(order: Order, *, by: Post) -> list[Round]:
    """เปิดรอบรายงาน: for each thing that the order asks to be reported, and each time it is due.

    In the form that was chosen for it, else the list's default one; until a list is loaded,
    nothing. Pressed again it adds what has become due since, and the reports of houses that were
    handed the matter since; rounds that are open keep their questions.
    """
    root = _root_of(order)
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ถ่ายทอดข้อสั่งการ", code="not_allowed", status=403)
    # One after the other: two that open the same rounds would ask everything twice.
    Order.objects.select_for_update(no_key=True).get(pk=root.pk)
    asked = list(Obligation.objects.filter(order=root, ask=Ask.REPORT, dropped_at=None))
    if not asked:
        return []
    usual = ReportForm.objects.filter(is_default=True, organisation=None).first()
    chosen = {
        one.obligation_id: one.form
        for one in FormChoice.objects.filter(obligation__in=asked).select_related("form")
    }
    rounds: list[Round] = []
    for obligation in asked:
        form = chosen.get(obligation.pk, usual)
        if form is not None:
            rounds += _rounds_of(root, obligation, form, by=by)
    for each in rounds:
        give_reports(each)
    return rounds


# A level between passed the matter on after the report was laid down.
_GIVEN_ELSEWHERE = ~Q(giver=F("handing__order__organisation")) & ~Q(state=ReportState.ACCEPTED)


def open_due_rounds(*, by: Post) -> int:
    """เปิดรอบที่ถึงเวลา: of every order that is in somebody's hands and asks for a report.

    Those whose houses have no report yet or another giver, and repeating ones, whose next time may
    be near; how many reports are new. A closed order opens nothing.
    """
    handed = Assignment.objects.filter(obligation=OuterRef("pk")).exclude(level=Level.DIVISION)
    there = Report.objects.filter(assignment=OuterRef("pk"))
    asked = Obligation.objects.filter(Exists(handed), ask=Ask.REPORT, dropped_at=None).exclude(
        order__state=OrderState.CLOSED
    )
    unserved = asked.filter(
        Exists(handed.filter(~Exists(there)))
        | Exists(Report.objects.filter(_GIVEN_ELSEWHERE, assignment__obligation=OuterRef("pk")))
    )
    roots = set(unserved.values_list("order", flat=True))
    # Asked every minute: a repeating one whose rounds are all there costs one count.
    for each in asked.exclude(due_rule=""):
        if Round.objects.filter(obligation=each).count() < len(_days(each)):
            roots.add(each.order_id)
    before = Report.objects.count()
    for root in Order.objects.filter(pk__in=roots).order_by("pk"):
        open_rounds(root, by=by)
    return Report.objects.count() - before


def _root_of(order: Order) -> Order:
    return order if order.root_id is None else Order.objects.get(pk=order.root_id)


def _rounds_of(
    root: Order, obligation: Obligation, form: ReportForm, *, by: Actor
) -> Iterable[Round]:
    there = {one.number: one for one in Round.objects.filter(obligation=obligation)}
    clauses = list(
        Directive.objects.filter(order=root, dropped_at=None).prefetch_related("indicators")
    )
    for number, due_on in enumerate(_days(obligation), start=1):
        if number in there:
            yield there[number]
            continue
        first_on = _period_from(obligation, due_on, number)
        made = Round.objects.create(
            root=root,
            obligation=obligation,
            organisation_id=root.organisation_id,
            form=form,
            number=number,
            from_on=first_on,
            until_on=due_on,
            opens_on=obligation.opens_on if number == 1 else None,
            due_on=due_on,
            due_time=obligation.due_time,
        )
        lay_questions(made, clauses)
        record(Verb.ROUND_OPENED, made, by=by, number=number, form=form.code)
        yield made


def _days(obligation: Obligation) -> list[date | None]:
    """Every due day that has been, and the next; of what does not repeat, the one."""
    if not obligation.due_rule or obligation.due_on is None:
        return [obligation.due_on]
    today, start = timezone.localdate(), datetime.combine(obligation.due_on, time())
    try:
        times = rrulestr(obligation.due_rule, dtstart=start)
    except ValueError:
        # What the letter says is no rule that a calendar knows: its first day holds.
        return [obligation.due_on]
    days: list[date | None] = []
    for each in islice(times, MOST_ROUNDS):
        days.append(each.date())
        if each.date() > today:
            break
    return days or [obligation.due_on]


def _period_from(obligation: Obligation, due_on: date | None, number: int) -> date | None:
    """Results count from the beginning of the fiscal year, or from where the round before ended."""
    if due_on is None:
        return None
    if number == 1:
        return FiscalYear.containing(due_on).first_on
    days = _days(obligation)
    before = days[number - 2]
    return before + timedelta(days=1) if before is not None else None


def give_reports(round_: Round) -> int:
    """รายงานของทุกหน่วยงานที่ได้รับเรื่อง: those not there yet, and days that moved since; how many new.

    Safe to run twice and at once. The transaction is the caller's.
    """
    tasks = Assignment.objects.filter(obligation=round_.obligation_id).exclude(level=Level.DIVISION)
    tasks = tasks.select_related("handing__order")
    there = {
        report.organisation_id: report
        for report in Report.objects.filter(round=round_).only(
            "organisation_id", "due_at", "state", "giver_id"
        )
    }
    new, moved = [], []
    for task in tasks.iterator(2000):
        due_at, giver = _due_at(round_, task), task.handing.order.organisation_id
        report = there.get(task.organisation_id)
        if report is None:
            new.append(_report(round_, task, due_at))
        elif report.state != ReportState.ACCEPTED and (report.due_at, report.giver_id) != (
            due_at,
            giver,
        ):
            # A later day was granted, or a level between passed the matter on since.
            report.due_at, report.giver_id = due_at, giver
            moved.append(report)
    # Who consolidates stands there before the first report is accepted into it.
    _give_consolidations(round_, {report.giver_id for report in [*new, *moved]})
    Report.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    Report.objects.bulk_update(moved, ["due_at", "giver"], batch_size=500)
    return len(new)


def _give_consolidations(round_: Round, givers: Collection[int]) -> None:
    """One for each house that judges, with the province that it stands in or is."""
    houses = list(Organisation.objects.filter(pk__in=givers))
    steps = {step for house in houses for step in _steps(house.path)}
    provinces = {
        one.path: one.pk
        for one in Organisation.objects.filter(level=Level.PROVINCE, path__in=steps)
    }
    Consolidation.objects.bulk_create(
        [
            Consolidation(
                round=round_,
                organisation=house,
                province_id=next(
                    (provinces[step] for step in _steps(house.path) if step in provinces), None
                ),
            )
            for house in houses
        ],
        ignore_conflicts=True,
    )


def _steps(path: str) -> list[str]:
    """The paths from the root down to this one."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1)]


def _report(round_: Round, task: Assignment, due_at: datetime | None) -> Report:
    opens = round_.opens_on
    return Report(
        round=round_,
        organisation_id=task.organisation_id,
        giver_id=task.handing.order.organisation_id,
        district_id=task.handing.district_id,
        province_id=task.province_id,
        level=task.level,
        handing=task.handing,
        assignment=task,
        due_at=due_at,
        opens_at=_moment(opens, time()) if opens else None,
    )


def _due_at(round_: Round, task: Assignment) -> datetime | None:
    """The minute that holds for this house: its task's, moved as far as the round is."""
    day, hour = task.due_on, task.due_time
    first = round_.obligation.due_on
    if round_.number > 1 and round_.due_on is not None:
        earlier = first - day if first and day and day < first else timedelta()
        day, hour = round_.due_on - earlier, round_.due_time
    return _moment(day, hour or END_OF_DAY) if day else None


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
