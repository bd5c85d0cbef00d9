"""How long a circular to every local government of the country takes, from the press to the queues.

python -m tests.bench_sendings  – on the database of THAMTHAN_DATABASE_URL, in one of its own.
"""

import os
import sys
import time
from collections.abc import Callable
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.letters.drafts import PARTS  # noqa: E402
from tests.world import make_world  # noqa: E402
from thamthan.letters.actions import (  # noqa: E402
    deliver_sendings,
    issue_draft,
    open_register,
    send_letter,
    sign_draft,
    start_draft,
)
from thamthan.letters.models import Letter, Sending  # noqa: E402
from thamthan.letters.rules import Direction  # noqa: E402
from thamthan.organisations.models import Organisation  # noqa: E402
from thamthan.organisations.rules import Level  # noqa: E402

COUNT = 7850
MOST_SECONDS = 60


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def local_governments(parent: Organisation) -> list[Organisation]:
    """As many local governments as the country has, invented."""
    return Organisation.objects.bulk_create(
        [
            Organisation(
                code=f"9{number:06}",
                name=f"องค์การบริหารส่วนตำบลตัวอย่าง {number}",
                short_name=f"อบต.ตัวอย่าง {number}",
                level=Level.LAO,
                parent=parent,
                path=f"{parent.path}9{number:06}/",
                sort_key=f"{number:06}",
            )
            for number in range(COUNT)
        ],
        batch_size=1000,
    )


def main() -> int:
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        by = world.district_officer
        world.ban_lat.agency_code = "พบ 0618"
        world.ban_lat.save()
        by.organisation.refresh_from_db()
        open_register(by=by, direction=Direction.SENT, first_year=timezone.localdate().year)
        draft = start_draft(PARTS, by=by)
        signed = sign_draft(draft, by=world.district_chief, seen_version=1)
        letter = issue_draft(signed, by=by, on=timezone.localdate())
        everybody = local_governments(world.ban_lat)
        # The job is timed by itself, as a worker does it beside the page.
        with patch("thamthan.letters.actions.sending.deliver_sendings_task"):
            pressed = seconds(lambda: send_letter(letter, by=by, organisations=everybody))
        delivered = seconds(lambda: deliver_sendings(letter.pk, by=by))
        rows, arrived = Sending.objects.count(), Letter.objects.filter(direction="received").count()
    finally:
        teardown_databases(kept, verbosity=0)
    print(
        f"{connection.vendor}: {rows} sendings in one transaction {pressed:.2f} s,"
        f" {arrived} arrived in their queues {delivered:.2f} s"
    )
    return 0 if pressed + delivered < MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
