"""How long the list, its filters, the page of a project and the nearest ones take among 100,000.

python -m tests.projects.bench_projects  – on the database of THAMTHAN_DATABASE_URL, in one of its
own. The number of projects may be given; the exit status is 0 where all medians are in bounds.
Beside each page the time of its rows by bare SQL, and how many times longer the page takes.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 – after Django is set up
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.world import World, make_world  # noqa: E402
from thamthan.cli.demo_circular import circular_order  # noqa: E402
from thamthan.cli.nation import seed_nation  # noqa: E402
from thamthan.directives.actions import cascade_order  # noqa: E402
from thamthan.directives.models import Directive, Order  # noqa: E402
from thamthan.directives.rules import OrderState  # noqa: E402
from thamthan.organisations.models import Organisation, Post  # noqa: E402
from thamthan.organisations.rules import Level  # noqa: E402
from thamthan.projects.listed import shipped_templates  # noqa: E402
from thamthan.projects.models import (  # noqa: E402
    Allotment,
    BudgetLine,
    Project,
    ProjectAnswer,
    Step,
)
from thamthan.projects.queries import nearest_projects  # noqa: E402
from thamthan.projects.rules import PlanStanding, ProjectState  # noqa: E402
from thamthan.projects.wordlist import add_words  # noqa: E402
from thamthan.thai.text import fold  # noqa: E402

COUNT = 100_000
# Those of the house whose pages are measured.
OWN = 500
MOST_MS = 100
AT_ONCE = 2_000
TIMES = 15
PLACES = ("บ้านสมมุติเหนือ", "บ้านสมมุติใต้", "หมู่ที่ 1", "หมู่ที่ 4", "หน้าวัดตัวอย่าง", "ริมคลองส่งน้ำ")
STATES = (*[ProjectState.DRAFT] * 2, *[ProjectState.APPROVED] * 3, *[ProjectState.UNDER_WAY] * 3,
          *[ProjectState.FINISHED] * 4, ProjectState.CANCELLED)  # fmt: skip


def fill(world: World, order: Order, count: int) -> None:
    """So many projects of all houses of the country, with answers, steps and money."""
    chance = random.Random(6)
    clauses = list(Directive.objects.filter(order=order).exclude(measures__isnull=False))
    houses = list(
        Organisation.objects.filter(level=Level.LAO).select_related("parent__parent").order_by("pk")
    )
    by = world.clerk
    today = timezone.localdate()
    for start in range(0, count, AT_ONCE):
        with transaction.atomic():
            numbers = range(start, min(start + AT_ONCE, count))
            batch(by, order, clauses, houses, chance, today, numbers)
        sys.stdout.write(f"\r{start + AT_ONCE:,} โครงการ")
        sys.stdout.flush()
    with connection.cursor() as cursor:
        # As a database leaves itself that looks after itself.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    sys.stdout.write("\n")


def batch(
    by: Post,
    order: Order,
    clauses: list[Directive],
    houses: list[Organisation],
    chance: random.Random,
    today: date,
    numbers: range,
) -> None:
    templates = shipped_templates()
    projects = []
    for number in numbers:
        house = by.organisation if number < OWN else chance.choice(houses)
        template = chance.choice(templates)
        name = f"{template.title} {chance.choice(PLACES)} ระยะที่ {chance.randint(1, 9)}"
        begins = today + timedelta(days=chance.randint(-500, 60))
        state = chance.choice(STATES)
        project = Project(
            organisation=house,
            district=house.parent,
            province=house.parent.parent if house.parent else None,
            be_year=chance.choice((2567, 2568, 2569, 2569, 2570)),
            name=name,
            standing=chance.choice(PlanStanding.values),
            state=state,
            begins_on=begins,
            ends_on=begins + timedelta(days=chance.randint(30, 300)),
            is_public=state == ProjectState.FINISHED and chance.random() < 0.7,
            made_by=by,
            **template.worded(house.name),
        )
        project.folded = fold(f"{name} {project.objectives} {project.targets}")
        projects.append(project)
    Project.objects.bulk_create(projects)
    ProjectAnswer.objects.bulk_create(
        ProjectAnswer(project=project, directive=clause, root=order)
        for project in projects
        for clause in chance.sample(clauses, chance.randint(0, 2))
    )
    Step.objects.bulk_create(
        Step(project=project, position=at, name="ทำงาน", begins_on=project.begins_on,
             ends_on=project.ends_on, done_on=project.ends_on if chance.random() < 0.6 else None)
        for project in projects
        for at in (1, 2, 3)
    )  # fmt: skip
    funded = [project for project in projects if chance.random() < 0.6]
    lines = BudgetLine.objects.bulk_create(
        BudgetLine(organisation=project.organisation, be_year=project.be_year, name="งบ",
                   approved_satang=10_000_000, allotted_satang=9_000_000, made_by=by)
        for project in funded
    )  # fmt: skip
    Allotment.objects.bulk_create(
        Allotment(project=project, line=line, approved_satang=9_000_000, planned_satang=9_000_000)
        for project, line in zip(funded, lines, strict=True)
    )
    add_words((project.pk, project.folded) for project in projects)


def milliseconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def logged_in(post: Post) -> Client:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        seed_nation(None)
        order = circular_order(
            world.ministry_clerk, world.permanent_secretary, today=timezone.localdate()
        )
        cascade_order(order, [world.nong_kapu], by=world.ministry_clerk)
        for house, post in (
            (world.phetchaburi, world.governor_officer),
            (world.ban_lat, world.district_officer),
        ):
            # As if it had been passed on by each of them.
            Order.objects.create(
                organisation=house, upper=order, root=order, title=order.title,
                state=OrderState.CASCADED, made_by=post,
            )  # fmt: skip
        fill(world, order, count)
        return measured(world, order)
    finally:
        teardown_databases(kept, verbosity=0)


def measured(world: World, order: Order) -> int:
    clause = Directive.objects.filter(order=order).exclude(measures__isnull=False).latest("pk")
    project = Project.objects.filter(organisation=world.nong_kapu).latest("pk")
    asked = (
        ("", "บ้าน"),
        ("?show=unfunded", "ยังไม่มีเงิน"),
        ("?show=late", "เลยกำหนด"),
        ("?show=all&q=สวนสาธารณะ", "ค้นคำที่มีมาก"),
        ("?show=all&q=บ่อดักไขมัน ริมคลอง", "ค้นสองคำ"),
        ("?show=all&q=ไม่มีคำนี้เลย", "ค้นไม่พบ"),
        (f"?show=all&clause={clause.pk}", "ตอบข้อหนึ่ง"),
        ("?show=all&year=2569&standing=plan", "ปีและแผน"),
    )
    worst = 0.0
    posts = (world.clerk, world.district_officer, world.governor_officer, world.ministry_clerk)
    # What is compared is the page, not the guard that counts queries in a test.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    for post in posts:
        client = logged_in(post)
        for query, words in asked:
            took = milliseconds(lambda c=client, q=query: c.get(f"/projects/{q}"))  # type: ignore[misc]
            bare = milliseconds(lambda p=post: bare_rows(p))  # type: ignore[misc]
            worst = max(worst, took)
            told(f"{post.organisation.short_name} · {words}", took, bare)
    client = logged_in(world.clerk)
    for name in ("", "writing/"):
        took = milliseconds(lambda n=name: client.get(f"/projects/{project.pk}/{n}"))  # type: ignore[misc]
        worst = max(worst, took)
        told(f"หน้าโครงการ {name}", took, milliseconds(lambda: bare_row(project.pk)))
    took = milliseconds(lambda: nearest_projects(world.clerk, "ปรับปรุงสวนสาธารณะริมคลองส่งน้ำ"))
    worst = max(worst, took)
    told("โครงการใกล้เคียง", took, milliseconds(lambda: bare_row(project.pk)))
    sys.stdout.write(f"ช้าที่สุด {worst:.0f} ms จาก {MOST_MS} ms ({connection.vendor})\n")
    return 0 if worst < MOST_MS else 1


def bare_rows(post: Post) -> object:
    """Fifty rows of the house's list by the statement alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM projects_project WHERE organisation_id = %s"
            " ORDER BY be_year DESC, id DESC LIMIT 50",
            [post.organisation_id],
        )
        return cursor.fetchall()


def bare_row(pk: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM projects_project WHERE id = %s", [pk])
        return cursor.fetchall()


def told(words: str, took: float, bare: float) -> None:
    mark = "" if took < MOST_MS else "  ← เกิน"
    sys.stdout.write(f"{took:7.1f} ms  SQL {bare:6.2f} ms  ×{took / bare:5.0f}  {words}{mark}\n")


if __name__ == "__main__":
    sys.exit(main())
