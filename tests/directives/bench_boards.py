"""What a status board of the whole country costs, page and all, beside the bare question of it.

python -m tests.directives.bench_boards  – on the database of THAMTHAN_DATABASE_URL, in one of its
own: 7,850 local governments with thirteen clauses each, invented.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.utils import timezone  # noqa: E402

from tests.directives.country import in_all_hands, invented_tree, matter  # noqa: E402
from tests.world import make_world  # noqa: E402
from thamthan.directives.models import Assignment, Order  # noqa: E402
from thamthan.organisations.models import Post  # noqa: E402

TIMES = 15
MOST_MILLISECONDS = {"nation": 150, "province": 50}
BARE = """
SELECT province_id, obligation_id, COUNT(*),
       COUNT(CASE WHEN state IN ('sent', 'acknowledged', 'under_way', 'returned') THEN 1 END),
       COUNT(CASE WHEN state IN ('sent', 'acknowledged', 'under_way', 'returned')
                   AND due_on < %s THEN 1 END)
  FROM directives_assignment WHERE root_id = %s AND level = 'lao'
 GROUP BY province_id, obligation_id
"""


@dataclass(frozen=True)
class Taken:
    """Milliseconds of some runs after one that warms up; `own` are this process's alone."""

    median: float
    least: float
    own: float

    def told(self, name: str) -> str:
        return (
            f"{name:22} {self.median:7.1f} ms   least {self.least:6.1f}   computing {self.own:6.1f}"
        )


def taken(work: Callable[[], object]) -> Taken:
    work()
    whole, own = [], []
    for _ in range(TIMES):
        began, computed = time.perf_counter(), time.process_time()
        work()
        whole.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - computed) * 1000)
    return Taken(statistics.median(whole), min(whole), statistics.median(own))


def shown(client: Client, address: str) -> int:
    """How many bytes the page has."""
    answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{address}: {answer.status_code}")
    return len(answer.getvalue())


def bare(order: Order) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [timezone.localdate(), order.pk])
        cursor.fetchall()


def client_of(post: Post) -> Client:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def main() -> int:
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        tree = invented_tree(world.ministry)
        order = matter(world.ministry_officer)
        in_all_hands(order, tree)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        print(f"{connection.vendor}: {Assignment.objects.count():,} tasks")
        client = client_of(world.ministry_officer)
        question = taken(lambda: bare(order))
        print(question.told("bare question"))
        address = f"/orders/{order.pk}"
        pages = {
            "nation": f"{address}/board/",
            "nation, late": f"{address}/board/?show=late",
            "nation, unreceived": f"{address}/board/?show=unreceived",
            "province": f"{address}/board/?within=P00000",
            "district": f"{address}/board/?within=D00000",
            "districts between": f"{address}/board/?level=district",
            "map by districts": f"{address}/map/",
            "map by provinces": f"{address}/map/?by=province",
            "matters of the house": "/boards/",
            "nation as CSV": f"{address}/board.csv",
            "nation as XLSX": f"{address}/board.xlsx",
        }
        too_slow = []
        for name, page in pages.items():
            size = shown(client, page)
            of_page = taken(lambda page=page: shown(client, page))  # type: ignore[misc]
            ratio = of_page.median / question.median
            print(f"{of_page.told(name)}   {ratio:4.1f} ×   {size:9,} bytes")
            if of_page.median > MOST_MILLISECONDS.get(name, sys.maxsize):
                too_slow.append(name)
    finally:
        teardown_databases(kept, verbosity=0)
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
