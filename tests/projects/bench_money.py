"""What the pages of money cost in an installation of 100,000 projects.

python -m tests.projects.bench_money  – on the database of THAMTHAN_DATABASE_URL, in one of its own:
one house with 100,000 projects of ten years, invented; 2,000 lines a year with five projects each,
a hundred of them with money left; every project with a contract and two payments, and one project
with a hundred contracts.
"""

import os
import sys
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from tests.directives.bench_boards import client_of, shown, taken  # noqa: E402
from tests.projects.money import ON  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from thamthan.projects.models import (  # noqa: E402
    Allotment,
    BudgetLine,
    Commitment,
    Disbursement,
    Project,
)
from thamthan.projects.queries import wrong_totals  # noqa: E402

YEARS = range(2560, 2570)
LINES, PROJECTS_EACH, BOUND_ONCE = 2_000, 5, 100
MOST_MILLISECONDS = 100
_ONE = 100_000_00


def invent(world: World) -> Project:
    """The projects with their money; gives the one with a hundred contracts."""
    house, by = world.nong_kapu, world.clerk
    for year in YEARS:
        lines = BudgetLine.objects.bulk_create(
            BudgetLine(
                organisation=house, be_year=year, name=f"รายการที่ {at}", category="งบลงทุน",
                approved_satang=(PROJECTS_EACH + (at % 20 == 0)) * _ONE,
                allotted_satang=PROJECTS_EACH * _ONE, made_by=by,
            )
            for at in range(LINES)
        )  # fmt: skip
        projects = Project.objects.bulk_create(
            Project(
                organisation=house, be_year=year, name=f"โครงการที่ {at}", standing="ordinance",
                state="under_way", made_by=by, folded=f"โครงการที่ {at}",
            )
            for at in range(LINES * PROJECTS_EACH)
        )  # fmt: skip
        money = Allotment.objects.bulk_create(
            Allotment(
                project=project, line=lines[at // PROJECTS_EACH], planned_satang=_ONE,
                approved_satang=_ONE, committed_satang=_ONE // 2, paid_satang=_ONE // 4,
            )
            for at, project in enumerate(projects)
        )  # fmt: skip
        bind(world, money, _ONE // 2)
    last = projects[-1]
    Commitment.objects.filter(allotment=money[-1]).update(released_satang=_ONE // 4)
    bind(world, [money[-1]] * BOUND_ONCE, 4 * 25)
    spent = BOUND_ONCE * 100
    Allotment.objects.filter(pk=money[-1].pk).update(
        committed_satang=_ONE // 4 + spent, paid_satang=_ONE // 4 + spent // 2
    )
    return last


def bind(world: World, money: list[Allotment], satang: int) -> None:
    """A contract of so much for each, half of it paid in two payments."""
    contracts = Commitment.objects.bulk_create(
        Commitment(
            allotment=row, amount_satang=satang, paid_satang=satang // 2, committed_on=ON,
            words="สัญญาจ้าง", made_by=world.clerk,
        )
        for row in money
    )  # fmt: skip
    Disbursement.objects.bulk_create(
        Disbursement(
            commitment=row, amount_satang=satang // 4, paid_on=ON, words="ฎีกา", press=uuid4(),
            made_by=world.clerk,
        )
        for row in contracts
        for _ in range(2)
    )  # fmt: skip


def main() -> int:
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        many = invent(world)
        few = Project.objects.exclude(pk=many.pk).latest("pk")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        print(f"{connection.vendor}: {Project.objects.count():,} projects")
        client = client_of(world.clerk)
        line = BudgetLine.objects.latest("pk")
        pages = {
            "budget of a year": "/budget/?year=2569",
            "budget, last page": "/budget/?year=2569&page=40",
            "budget, words": "/budget/?year=2569&q=%E0%B8%97%E0%B8%B5%E0%B9%88+199",
            "a line": f"/budget/{line.pk}/",
            "money of a project": f"/projects/{few.pk}/money/",
            "money, 101 contracts": f"/projects/{many.pk}/money/",
        }
        slow = []
        for name, address in pages.items():
            cost = taken(lambda address=address: shown(client, address))  # type: ignore[misc]
            print(cost.told(name))
            if cost.median > MOST_MILLISECONDS and "contracts" not in name:
                slow.append(name)
        print(taken(lambda: shown(client, "/budget/list.csv?year=2569")).told("CSV, 2,000 lines"))
        print(f"wrong totals of all: {len(list(wrong_totals(world.system)))}")
    finally:
        teardown_databases(kept, verbosity=0)
    if slow:
        print(f"slower than {MOST_MILLISECONDS} ms at the median: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
