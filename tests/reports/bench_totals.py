"""What the totals of the whole country cost, page and all, beside one scan of the same figures.

python -m tests.reports.bench_totals [ROUNDS]  – on the database of THAMTHAN_DATABASE_URL, in one of
its own: 7,850 local governments, twelve rounds of forty figures each, invented: 3.8 million.
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.utils import timezone  # noqa: E402

from tests.directives.bench_boards import client_of, shown, taken  # noqa: E402
from tests.directives.country import in_all_hands, invented_tree, matter  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from thamthan.directives.models import Assignment, Obligation, Order  # noqa: E402
from thamthan.organisations.models import Organisation, Person, Post  # noqa: E402
from thamthan.organisations.rules import Role  # noqa: E402
from thamthan.reports.actions import load_shipped_forms  # noqa: E402
from thamthan.reports.models import (  # noqa: E402
    Consolidation,
    Figure,
    Question,
    Report,
    ReportForm,
    Round,
)
from thamthan.reports.queries import totals_from_figures, totals_of  # noqa: E402

QUESTIONS = 40
MOST = {"nation": 150, "province": 50, "district": 50}
FIGURES = """
INSERT INTO reports_figure (consolidation_id, question_id, report_id, standing, value_milli,
                            of_milli, number)
SELECT c.id, q.id, r.id, 'given', (r.id * 7919 + q.id * 104729) %% 1000000, NULL, 1
  FROM reports_report r
  JOIN reports_consolidation c ON c.round_id = r.round_id AND c.organisation_id = r.giver_id
  JOIN reports_question q ON q.round_id = r.round_id
 WHERE r.round_id = %s
"""
TOTALS = """
INSERT INTO reports_total (consolidation_id, question_id, province_id, given, none, not_applicable,
                           sum_milli, of_milli, most_milli, less_milli, less_of_milli,
                           changed_at)
SELECT c.id, f.question_id, c.province_id, COUNT(*), 0, 0, SUM(f.value_milli), 0,
       MAX(f.value_milli), 0, 0, %s
  FROM reports_figure f JOIN reports_consolidation c ON c.id = f.consolidation_id
 WHERE c.round_id = %s GROUP BY c.id, f.question_id, c.province_id
"""
BARE = """
SELECT f.question_id, COUNT(*), SUM(f.value_milli), MAX(f.value_milli)
  FROM reports_figure f JOIN reports_question q ON q.id = f.question_id
 WHERE q.round_id = %s GROUP BY f.question_id
"""


def laid_down(world: World, tree: list[Organisation], rounds: int) -> list[Round]:
    """The order in all hands, and so many rounds of it reported by all."""
    load_shipped_forms(by=world.system)
    order = matter(world.ministry_officer, clauses=1)
    asked = Obligation.objects.create(order=order, ask="report", position=2, text="รายงานผล")
    in_all_hands(order, tree)
    form = ReportForm.objects.get(is_default=True)
    return [_round(order, asked, form, number) for number in range(1, rounds + 1)]


def _round(order: Order, asked: Obligation, form: ReportForm, number: int) -> Round:
    now = timezone.now()
    made = Round.objects.create(
        root=order, obligation=asked, organisation=order.organisation, form=form, number=number
    )
    Question.objects.bulk_create(
        Question(
            round=made, position=at, key=f"q{at}", heading=f"{at % 4 + 1} ด้านตัวอย่าง",
            text=f"รายการที่ {at}", kind="number", unit="คน", over_places="sum",
            over_periods="sum",
        )
        for at in range(1, QUESTIONS + 1)
    )  # fmt: skip
    tasks = Assignment.objects.filter(obligation=asked).select_related("handing")
    Report.objects.bulk_create(
        [
            Report(
                round=made, organisation_id=task.organisation_id,
                giver_id=_giver(task, order), district_id=task.handing.district_id,
                province_id=task.province_id, level=task.level, handing=task.handing,
                assignment=task, state="accepted", due_at=now, first_sent_at=now - timedelta(1),
                sent_at=now, sent_number=1, accepted_number=1, accepted_at=now,
            )
            for task in tasks
        ],
        batch_size=2000,
    )  # fmt: skip
    between = Organisation.objects.filter(level__in=["district", "province"], code__regex="^[DP]")
    Consolidation.objects.bulk_create(
        [
            Consolidation(
                round=made,
                organisation=one,
                province_id=one.pk if one.level == "province" else one.parent_id,
            )
            for one in [*between, order.organisation]
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [made.pk])
        cursor.execute(TOTALS, [now, made.pk])
    return made


def _giver(task: Assignment, order: Order) -> int:
    """Whoever judges this house: the level above it."""
    above = {"lao": task.handing.district_id, "district": task.handing.province_id}
    return above.get(task.level) or order.organisation_id


def officer_of(code: str) -> Post:
    """A clerk in an invented house."""
    person = Person.objects.create(login=f"bench-{code}", name=f"เจ้าหน้าที่ {code}", sort_key=code)
    return Post.objects.create(
        person=person,
        organisation=Organisation.objects.get(code=code),
        role=Role.CLERK,
        title="ธุรการ",
        from_on=timezone.localdate() - timedelta(1),
    )


def bare(round_: Round) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [round_.pk])
        cursor.fetchall()


def main(rounds: int) -> int:
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        made = laid_down(world, invented_tree(world.ministry), rounds)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        print(f"{connection.vendor}: {Figure.objects.count():,} figures in {rounds} rounds")
        round_ = made[len(made) // 2]
        post = world.ministry_officer
        assert totals_of(post, round_) == totals_from_figures(post, round_)
        scan = taken(lambda: bare(round_))
        print(scan.told("one scan of a round"))
        again = taken(lambda: totals_from_figures(post, round_))
        print(f"{again.told('from scratch')}   {again.median / scan.median:4.1f} ×")
        posts = {"nation": post, "province": officer_of("P00000"), "district": officer_of("D00000")}
        slow = []
        for name, one in posts.items():
            client = client_of(one)
            address = f"/reports/rounds/{round_.pk}/"
            of_page = taken(lambda client=client, address=address: shown(client, address))  # type: ignore[misc]
            print(f"{of_page.told(name)}   {of_page.median / scan.median:4.1f} ×")
            most = MOST[name] * (1 if connection.vendor == "postgresql" else 2)
            if of_page.median > most:
                slow.append(name)
            question = round_.questions.first()
            assert question is not None
            down = f"{address}questions/{question.pk}/"
            of_down = taken(lambda client=client, down=down: shown(client, down))  # type: ignore[misc]
            print(of_down.told(f"{name}, one figure"))
            for part in ("outstanding", "figures", "shared"):
                sight = f"{address}{part}/"
                of_sight = taken(lambda client=client, sight=sight: shown(client, sight))  # type: ignore[misc]
                print(of_sight.told(f"{name}, {part}"))
        return 1 if slow or again.median > 3 * scan.median else 0
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
