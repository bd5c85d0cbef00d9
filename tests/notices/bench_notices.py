"""What it costs to tell a country: a matter in all hands, everyone reminded, everyone written to.

python -m tests.notices.bench_notices  – on the database of THAMTHAN_DATABASE_URL, in its own.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as clock
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 – after Django is set up
from django.db import connection, reset_queries  # noqa: E402 – after Django is set up
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)
from django.utils import timezone  # noqa: E402

from tests.bench_sendings import local_governments  # noqa: E402
from tests.directives.orders import district_order  # noqa: E402
from tests.reports.reports import FORM  # noqa: E402
from tests.world import make_world  # noqa: E402
from thamthan.directives.actions import cascade_order  # noqa: E402
from thamthan.directives.models import Assignment, Handing, Order  # noqa: E402
from thamthan.letters.queries import working_calendar  # noqa: E402
from thamthan.notices.actions import (  # noqa: E402
    climb_ladder,
    make_notices,
    queue_deliveries,
    send_due,
)
from thamthan.notices.models import ChannelSetting, Delivery, Notice, ReadMark  # noqa: E402
from thamthan.organisations.models import Organisation, Person, Post  # noqa: E402
from thamthan.reports.actions import load_report_form, open_due_rounds  # noqa: E402
from thamthan.reports.models import Report  # noqa: E402

MOST_SECONDS = 120


def clerks(houses: list[Organisation]) -> None:
    """A clerk in each house, reached by e-mail."""
    people = Person.objects.bulk_create(
        [Person(login=f"c{one.pk}", name=f"ธุรการ {one.pk}", sort_key="ธ") for one in houses],
        batch_size=1000,
    )
    since = timezone.localdate() - timedelta(days=99)
    Post.objects.bulk_create(
        [
            Post(person=person, organisation=house, role="clerk", title="ธุรการ", from_on=since)
            for person, house in zip(people, houses, strict=True)
        ],
        batch_size=1000,
    )
    ChannelSetting.objects.bulk_create(
        [
            ChannelSetting(
                person=person,
                channel="email",
                address=f"{person.login}@example.go.th",
                verified_at=timezone.now(),
            )
            for person in people
        ],
        batch_size=1000,
    )


def told(name: str, work: Callable[[], int]) -> float:
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        count = work()
        took = time.perf_counter() - began
    print(f"{connection.vendor}: {name} {count:,} in {took:.2f} s, {len(asked)} questions")
    return took


def repeating_round(order: Order, *, by: Post, now: datetime) -> float:
    """The report of the matter is asked for every month from now, of every house."""
    load_report_form(FORM.read_bytes(), by=by)
    calendar = working_calendar(now.date())
    due_on = calendar.add_working_days(now.date(), 3)
    # Its first time, so that there is one round and none that was before.
    order.obligations.filter(ask="report").update(due_rule="FREQ=MONTHLY", due_on=due_on)
    open_due_rounds(by=by)
    reports = Report.objects.all()
    reports.update(due_at=timezone.make_aware(datetime.combine(due_on, clock(16))))
    whole = told("told of a round", lambda: make_notices(by=by, now=now))
    told("looked again, told", lambda: make_notices(by=by, now=now))
    reports.update(state="returned", returns=1, return_words="แก้ยอด", sent_number=1)
    whole += told("told of what came back", lambda: make_notices(by=by, now=now))
    reports.update(state="accepted", accepted_number=2, accepted_at=now)
    whole += told("told of what was accepted", lambda: make_notices(by=by, now=now))
    reports.update(state="open", accepted_number=None, accepted_at=None)
    for name, days in (("reminded of reports", 2), ("told who is late", 6)):
        ReadMark.objects.filter(name="ladder").delete()
        day = calendar.add_working_days(now.date(), days)
        morning = timezone.make_aware(datetime.combine(day, clock(9)))
        whole += told(name, lambda morning=morning: climb_ladder(by=by, now=morning))
    return whole


def main() -> int:
    kept = setup_databases(verbosity=0, interactive=False)
    settings.SMTP_URL = "null:"
    try:
        world = make_world()
        by, now = world.system, timezone.now()
        houses = local_governments(world.ban_lat)
        clerks(houses)
        order = district_order(world)
        with patch("thamthan.letters.actions.sending.deliver_sendings_task"):
            cascade_order(order, houses, by=world.district_officer)
        due_on = working_calendar(now.date()).add_working_days(now.date(), 3)
        Assignment.objects.update(due_on=due_on)
        whole = told("told of a new matter", lambda: make_notices(by=by, now=now))
        told("looked again, told", lambda: make_notices(by=by, now=now))
        Handing.objects.update(handed_at=now - timedelta(days=9))
        day = working_calendar(now.date()).add_working_days(now.date(), 1)
        morning = timezone.make_aware(datetime.combine(day, clock(9)))
        whole += told("reminded", lambda: climb_ladder(by=by, now=morning))
        whole += told("messages queued", lambda: queue_deliveries(by=by, now=morning))
        ReadMark.objects.all().delete()
        whole += told(
            "messages sent (to nowhere) in one tick",
            lambda: send_due(by=by, now=morning, address_of=str),
        )
        whole += repeating_round(order, by=by, now=now)
        print(f"{Notice.objects.count():,} notices, {Delivery.objects.count():,} deliveries")
    finally:
        teardown_databases(kept, verbosity=0)
    return 0 if whole < MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
