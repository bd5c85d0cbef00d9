"""What the pages of funding cost among 100,000 projects, each with a request.

    python -m tests.projects.bench_funding [--projects N] [--own N] [--looks N]

On the database of THAMTHAN_DATABASE_URL, in one of its own. `--own` of the projects are those of
Nong Kapu, all others of its neighbour. Each page is asked for as a browser does, logged in. The
exit code is 1 where a page takes more than 100 ms at the median.
"""

import argparse
import os
import statistics
import sys
import time

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

from tests.projects.funding import asked, loaded  # noqa: E402
from tests.projects.projects import proposed  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from thamthan.organisations.models import Organisation  # noqa: E402
from thamthan.projects.models import (  # noqa: E402
    FundingChannel,
    FundingRequest,
    Project,
)
from thamthan.projects.rules import PlanStanding, RequestState  # noqa: E402

MOST_MILLISECONDS = 100
AT_ONCE = 5000


def fill(world: World, house: Organisation, count: int) -> None:
    channels = list(FundingChannel.objects.all())
    states = list(RequestState)
    for first in range(0, count, AT_ONCE):
        projects = Project.objects.bulk_create(
            Project(
                organisation=house,
                be_year=2569,
                name=f"ปรับปรุงสวนสาธารณะ {number}",
                standing=PlanStanding.PLAN,
                made_by=world.clerk,
            )
            for number in range(first, min(first + AT_ONCE, count))
        )
        FundingRequest.objects.bulk_create(
            FundingRequest(
                project=project,
                organisation=house,
                channel=channels[at % len(channels)],
                be_year=2570,
                state=RequestState.PREPARING
                if states[at % len(states)] == RequestState.GRANTED
                else states[at % len(states)],
                asked_satang=at + 1,
                made_by=world.clerk,
            )
            for at, project in enumerate(projects)
        )


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--projects", type=int, default=100_000)
    words.add_argument("--own", type=int, default=2_000)
    words.add_argument("--looks", type=int, default=15)
    given = words.parse_args()
    setup_test_environment()
    before = setup_databases(verbosity=0, interactive=False)
    try:
        return looked(given.projects, given.own, given.looks)
    finally:
        teardown_databases(before, verbosity=0)


def looked(count: int, own: int, looks: int) -> int:
    world = make_world()
    loaded()
    begun = time.perf_counter()
    fill(world, world.neighbour, count - own)
    fill(world, world.nong_kapu, own)
    print(f"{count:,} projects on {connection.vendor} in {time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    project = proposed(world.clerk, standing=PlanStanding.PLAN)
    request = asked(world.clerk, "reserve", project=project)
    client = Client()
    assert world.clerk.person is not None
    client.force_login(world.clerk.person)
    good = True
    for name, where in (
        ("requests", "/funding/"),
        ("of one state", "/funding/?state=submitted"),
        ("of one channel", "/funding/?channel=reserve"),
        ("a later page", "/funding/?page=20"),
        ("channels of a project", f"/projects/{project.pk}/funding/"),
        ("a request", f"/funding/{request.pk}/"),
        ("all channels", "/funding/channels/"),
    ):
        taken = []
        for _ in range(looks + 1):
            begun = time.perf_counter()
            assert client.get(where).status_code == 200, where
            taken.append((time.perf_counter() - begun) * 1000)
        # The first look makes the templates ready.
        median = statistics.median(taken[1:])
        good = good and median <= MOST_MILLISECONDS
        least, most = min(taken[1:]), max(taken[1:])
        print(f"{name:22} median {median:6.1f} ms   least {least:6.1f}   most {most:6.1f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
