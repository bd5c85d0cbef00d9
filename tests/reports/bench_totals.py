"""What the totals of the whole country cost, page and all, beside one scan of the same figures.

python -m tests.reports.bench_totals [ROUNDS]  – on the database of THAMTHAN_DATABASE_URL, in one of
its own: 7,850 local governments, twelve rounds of forty figures each, invented: 3.8 million.

The round that is opened is as one is in life: in every district one house has sent a mended report
that waits, one has never reported, and all others have told in words, too, what they did. A page is
everything from the request to the last byte: log-in, rights, questions, words, template.
"""

import os
import re
import sys
import time
from datetime import timedelta
from functools import partial
from http import HTTPStatus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.utils import timezone  # noqa: E402

from tests.directives.bench_boards import Taken, client_of, shown, taken  # noqa: E402
from tests.directives.country import in_all_hands, invented_tree, matter  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from thamthan.directives.models import Assignment, Obligation, Order  # noqa: E402
from thamthan.organisations.models import Organisation, Person, Post  # noqa: E402
from thamthan.organisations.rules import Role  # noqa: E402
from thamthan.reports.actions import load_shipped_forms  # noqa: E402
from thamthan.reports.content import hash_of  # noqa: E402
from thamthan.reports.models import (  # noqa: E402
    Consolidation,
    Figure,
    Question,
    Report,
    ReportForm,
    Round,
    SentReport,
)
from thamthan.reports.queries import totals_from_figures, totals_of  # noqa: E402

QUESTIONS, CLAUSES = 40, 4
# Of each clause also what was done and what hindered, in words.
TEXTS = ("ผลการดำเนินงาน", "ปัญหาและอุปสรรค")
IN_EVERY_TOTAL_MS = 1000
DEEDS = ("อบรมกลุ่มอาชีพ", "ปรับปรุงสวนสาธารณะ", "คัดแยกขยะในครัวเรือน", "ดูแลผู้สูงอายุที่บ้าน", "ทำความสะอาดคลอง")
MOST = {"nation": 150, "province": 50, "district": 50}
FIGURES = """
INSERT INTO reports_figure (consolidation_id, question_id, report_id, standing, value_milli,
                            of_milli, number)
SELECT c.id, q.id, r.id, 'given', (r.id * 7919 + q.id * 104729) %% 1000000, NULL, 1
  FROM reports_report r
  JOIN reports_consolidation c ON c.round_id = r.round_id AND c.organisation_id = r.giver_id
  JOIN reports_question q ON q.round_id = r.round_id
 WHERE r.round_id = %s AND q.kind = 'number' AND r.accepted_number IS NOT NULL
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
    made = [_round(order, asked, form, number) for number in range(1, rounds + 1)]
    _in_words(made[rounds // 2], world.district_officer)
    return made


def _round(order: Order, asked: Obligation, form: ReportForm, number: int) -> Round:
    now = timezone.now()
    made = Round.objects.create(
        root=order, obligation=asked, organisation=order.organisation, form=form, number=number
    )
    Question.objects.bulk_create(_questions(made))
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


def _questions(round_: Round) -> list[Question]:
    numbers = [
        Question(
            round=round_, position=at, key=f"q{at}", heading=_heading(at % CLAUSES), kind="number",
            text=f"รายการที่ {at}", unit="คน", over_places="sum", over_periods="sum",
        )
        for at in range(1, QUESTIONS + 1)
    ]  # fmt: skip
    texts = [
        Question(
            round=round_, position=QUESTIONS + at, key=f"t{at}", heading=_heading(at % CLAUSES),
            kind="text", text=TEXTS[at // CLAUSES], over_places="text", over_periods="latest",
        )
        for at in range(CLAUSES * len(TEXTS))
    ]  # fmt: skip
    return numbers + texts


def _heading(clause: int) -> str:
    return f"{clause + 1} ด้านตัวอย่าง"


def _in_words(round_: Round, by: Post) -> None:
    """Every report as it was sent; of each district one waits, mended, and one never came."""
    keys = list(round_.questions.order_by("position").values_list("key", "kind"))
    seen: set[tuple[int, str]] = set()
    sent, waiting, missing = [], [], []
    lao = Report.objects.filter(round=round_).order_by("pk")
    for report in lao.iterator():
        place = report.district_id or 0
        if report.level == "lao" and (place, "missing") not in seen:
            seen.add((place, "missing"))
            missing.append(report.pk)
            continue
        sent.append(_version(report, keys, by, number=1))
        if report.level == "lao" and (place, "waiting") not in seen:
            seen.add((place, "waiting"))
            waiting.append(report.pk)
            sent.append(_version(report, keys, by, number=2))
    SentReport.objects.bulk_create(sent, batch_size=500)
    Report.objects.filter(pk__in=waiting).update(state="submitted", sent_number=2)
    Figure.objects.filter(report__in=missing).delete()
    Report.objects.filter(pk__in=missing).update(
        state="open", sent_number=0, accepted_number=None, first_sent_at=None, sent_at=None,
        accepted_at=None,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_total WHERE consolidation_id IN (SELECT id FROM"
                       " reports_consolidation WHERE round_id = %s)", [round_.pk])  # fmt: skip
        cursor.execute(TOTALS, [timezone.now(), round_.pk])


def _version(report: Report, keys: list[tuple[str, str]], by: Post, *, number: int) -> SentReport:
    answers: dict[str, dict[str, object]] = {}
    for at, (key, kind) in enumerate(keys):
        milli = (report.pk * 7919 + at * 104729 + number) % 1_000_000
        deed = DEEDS[(report.pk + at) % len(DEEDS)]
        words = f"{deed} {milli % 90 + 10} คน\n{deed}ร่วมกับกลุ่มสตรีและผู้นำชุมชนในตำบล"
        is_number = kind == "number"
        answers[key] = {
            "standing": "given", "value_milli": milli if is_number else None, "of_milli": None,
            "text": "" if is_number else words, "rows": [], "sources": [], "typed": True,
        }  # fmt: skip
    content = {"nil": False, "why": "", "answers": answers}
    return SentReport(
        report=report, number=number, content=content, sha256=hash_of(content), is_nil=False,
        sent_by=by, sent_words=by.title, sent_at=report.sent_at or timezone.now(),
    )  # fmt: skip


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


def until_in_every_total(clients: dict[str, Client], round_: Round) -> float:
    """Milliseconds from the press of the district to the last page above that has the new sum."""
    address = f"/reports/rounds/{round_.pk}/"
    report = Report.objects.get(round=round_, state="submitted", giver__code="D00000")
    question = round_.questions.filter(kind="number")[0]
    old = Figure.objects.get(report=report, question=question).value_milli or 0
    new = report.sent.get(number=2).content["answers"][question.key]["value_milli"]
    before = _total_shown(clients["nation"], address, question)
    began = time.perf_counter()
    answer = clients["district"].post(
        f"{address}acceptance/", {"report": [f"{report.pk}-{report.sent_number}"]}
    )
    assert answer.status_code == HTTPStatus.FOUND, answer.status_code
    shown(clients["district"], address)
    shown(clients["province"], address)
    after = _total_shown(clients["nation"], address, question)
    took = (time.perf_counter() - began) * 1000
    assert after - before == new - old, (before, after, new - old)
    return took


def _total_shown(client: Client, address: str, question: Question) -> int:
    """The total of this question as the page has it, in thousandths."""
    page = client.get(address).content.decode()
    row = page[page.index(f"/questions/{question.pk}/") :]
    found = re.search(r'total-value">([0-9,.]+)', row)
    assert found is not None, row[:400]
    whole, _, rest = found[1].replace(",", "").partition(".")
    return int(whole) * 1000 + int(rest.ljust(3, "0") or 0)


def page_costs(clients: dict[str, Client], round_: Round, scan: Taken) -> list[str]:
    """Prints what each level's page takes; the names of those that take too long."""
    address = f"/reports/rounds/{round_.pk}/"
    question = round_.questions.filter(kind="number")[0]
    slow = []
    for name, client in clients.items():
        with CaptureQueriesContext(connection) as questions:
            size = shown(client, address)
        asked = len(questions)
        of_page = taken(partial(shown, client, address))
        most = MOST[name] * (1 if connection.vendor == "postgresql" else 2)
        print(
            f"{of_page.told(name)}   {of_page.median / scan.median:4.1f} ×   asked < {most} ms"
            f"   {asked} questions, {size:,} bytes"
        )
        if of_page.median >= most:
            slow.append(name)
        down = taken(partial(shown, client, f"{address}questions/{question.pk}/"))
        print(down.told(f"{name}, one figure"))
        for part in ("outstanding", "figures", "shared"):
            sight = taken(partial(shown, client, f"{address}{part}/"))
            print(sight.told(f"{name}, {part}"))
    return slow


def main(rounds: int) -> int:
    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        made = laid_down(world, invented_tree(world.ministry), rounds)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        posts = {
            "nation": world.ministry_officer,
            "province": officer_of("P00000"),
            "district": officer_of("D00000"),
        }
        return measured(posts, made[len(made) // 2])
    finally:
        teardown_databases(kept, verbosity=0)


def measured(posts: dict[str, Post], round_: Round) -> int:
    print(f"{connection.vendor}: {Figure.objects.count():,} figures")
    post = posts["nation"]
    assert totals_of(post, round_) == totals_from_figures(post, round_)
    scan = taken(lambda: bare(round_))
    print(scan.told("one scan of a round"))
    again = taken(lambda: totals_from_figures(post, round_))
    print(f"{again.told('from scratch')}   {again.median / scan.median:4.1f} ×   asked ≤ 3 ×")
    clients = {name: client_of(one) for name, one in posts.items()}
    slow = page_costs(clients, round_, scan)
    in_all = until_in_every_total(clients, round_)
    print(f"accepted, and shown in every total above after {in_all:.0f} ms")
    assert totals_of(post, round_) == totals_from_figures(post, round_)
    is_late = in_all > IN_EVERY_TOTAL_MS or again.median > 3 * scan.median
    return 1 if slow or is_late else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
