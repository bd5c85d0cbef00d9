"""The way back up: the fifteen local governments of Ban Lat answer both pillars of one order.

One has nothing to report, one is late, one is sent back and mends it, one never answers. The
district consolidates with fourteen of fifteen and drafts its letter to the province; every total
is computed again by SQL of the test's own, from the versions as they were sent.
"""

import json
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client

from tests.flow.test_registry import as_
from tests.reports.reports import opened
from tests.world import World
from thamthan.letters.models import Draft
from thamthan.letters.rules import DraftParts, parts_from_json
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.organisations.rules import Role
from thamthan.reports.content import hash_of
from thamthan.reports.models import Consolidation, Question, Report, Round, Total
from thamthan.reports.rules import ReportState

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")


def at(day: int, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(2026, 3, day, hour, tzinfo=BANGKOK), tick=False)


def clerk_of(house: Organisation) -> Post:
    """Whoever sends the report of this house; invented where the demo has nobody."""
    there = Post.objects.filter(organisation=house, role=Role.CLERK, person__isnull=False).first()
    if there is not None:
        return there
    person = Person.objects.create(login=f"c{house.code}", name="ผู้ส่ง", sort_key=house.code)
    return Post.objects.create(
        person=person, organisation=house, role=Role.CLERK, title="ธุรการ", from_on="2024-10-01"
    )


def typed(report: Report, number: int, words: str) -> dict[str, str]:
    """The page as a clerk fills it in: the same number everywhere, thousands of baht and satang."""
    report.refresh_from_db()
    form = {"version": str(report.version), "press": str(uuid4()), "deed": "send"}
    versions = dict(report.answers.values_list("question_id", "version"))
    for question in report.round.questions.all():
        form[f"s-{question.key}"] = "given"
        form[f"v-{question.key}"] = str(versions.get(question.pk, 0))
        form[f"n-{question.key}"] = f"{number},000.25" if question.kind == "money" else str(number)
        form[f"t-{question.key}"] = words
    return form


def sent(client: Client, report: Report, number: int) -> None:
    words = f"จัดกิจกรรมแล้ว {number} ครั้ง\nปัญหาขาดบุคลากร"
    answer = client.post(f"/reports/{report.pk}/", typed(report, number, words))
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def nothing(client: Client, report: Report) -> None:
    report.refresh_from_db()
    form = {"deed": "nil", "version": str(report.version), "press": str(uuid4())}
    answer = client.post(f"/reports/{report.pk}/", form | {"why": "ยังไม่มีงบประมาณ"})
    assert answer.status_code == 302


def all_accepted(district: Client, round_: Round) -> None:
    waiting = Report.objects.filter(round=round_, state=ReportState.SUBMITTED)
    chosen = [f"{report.pk}-{report.sent_number}" for report in waiting]
    answer = district.post(f"/reports/rounds/{round_.pk}/acceptance/", {"report": chosen})
    assert answer.status_code == 302


def independent_totals(round_: Round) -> dict[str, tuple[int, int]]:
    """By question: how many gave a number, and their sum; from the versions, by plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.content FROM reports_sentreport s
               JOIN reports_report r ON r.id = s.report_id AND r.accepted_number = s.number
               WHERE r.round_id = %s AND NOT s.is_nil""",
            [round_.pk],
        )
        rows = [row[0] for row in cursor.fetchall()]
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for content in rows:
        told: Any = json.loads(content) if isinstance(content, str) else content
        for key, answer in told["answers"].items():
            if answer["value_milli"] is not None:
                count, total = found[key]
                found[key] = (count + 1, total + answer["value_milli"])
    return dict(found)


def kept_totals(round_: Round) -> dict[str, tuple[int, int]]:
    rows = Total.objects.filter(question__round=round_, given__gt=0).values_list(
        "question__key", "given", "sum_milli"
    )
    return {key: (given, total) for key, given, total in rows}


def reported(
    district: Client, clients: list[Client], round_: Round, reports: list[Report]
) -> Question:
    """Fourteen of the fifteen, each in its way; the question whose answer was sent back."""
    address = f"/reports/rounds/{round_.pk}/"
    # Twelve in time; the thirteenth has nothing; the fourteenth is late; the last never answers.
    with at(25):
        for number, (client, report) in enumerate(zip(clients[:12], reports, strict=False), 1):
            sent(client, report, number)
        nothing(clients[12], reports[12])
    with at(26):
        page = district.get(address).content.decode()
        assert "รายงานแล้ว 13 จาก 15 แห่ง" in page
        question = round_.questions.filter(kind="number", is_required=True)[0]
        back = {"deed": "return", "number": "1", f"note-{question.key}": "นับซ้ำกับปีก่อน"}
        assert district.post(f"/reports/{reports[0].pk}/review/", back).status_code == 302
        all_accepted(district, round_)
        mended = clients[0].get(f"/reports/{reports[0].pk}/").content.decode()
        assert "นับซ้ำกับปีก่อน" in mended
        sent(clients[0], reports[0], 100)
    with at(30):
        sent(clients[13], reports[13], 14)
        all_accepted(district, round_)
        page = district.get(address).content.decode()
    assert "รายงานแล้ว 14 จาก 15 แห่ง" in page
    assert reports[14].organisation.short_name in page
    return question


def drafted_and_closed(district: Client, round_: Round) -> DraftParts:
    """The letter to the province, and the totals closed."""
    address = f"/reports/rounds/{round_.pk}/"
    with at(30, 14):
        where = district.post(f"{address}letter/", {"submission": str(uuid4())})["Location"]
        district.post(f"{address}closing/")
        assert district.get(f"{address}table.xlsx").content.startswith(b"PK")
    return parts_from_json(Draft.objects.get(pk=int(where.strip("/").split("/")[-1])).parts)


def test_fifteen_answer_and_the_district_sums_without_merging_a_file(world: World) -> None:
    with at(13):
        round_ = opened(world)
    reports = list(Report.objects.filter(round=round_).order_by("organisation__code"))
    assert len(reports) == 15
    clients = [as_(clerk_of(report.organisation)) for report in reports]
    district = as_(world.district_officer)
    question = reported(district, clients, round_, reports)

    # Summed by the house, summed by the test: the same, to the satang; the missing is no nought.
    kept = kept_totals(round_)
    assert kept == independent_totals(round_)
    assert kept[question.key] == (13, (100 + sum(range(2, 13)) + 14) * 1000)
    money = round_.questions.filter(kind="money")[0]
    assert kept[money.key][1] == (100 + sum(range(2, 13)) + 14) * 1_000_000 + 13 * 250
    states = Report.objects.filter(round=round_).values_list("state", flat=True)
    assert sorted(states) == ["accepted"] * 14 + ["open"]

    # Its own letter to the province, and totals that stand closed whatever is mended later.
    parts = drafted_and_closed(district, round_)
    assert parts.references[0].number == "พบ 0017.2/ว 1640"
    for words in ("รายงานแล้ว ๑๔ จาก ๑๕ แห่ง", reports[14].organisation.short_name, "ปัญหาขาดบุคลากร"):
        assert words in parts.body
    closed = Consolidation.objects.get(round=round_)
    assert closed.content is not None
    assert hash_of(closed.content) == closed.sha256
    assert closed.content["missing"] == [reports[14].organisation.code]
    with at(31):
        sent(clients[14], reports[14], 7)
        all_accepted(district, round_)
    closed.refresh_from_db()
    assert closed.content["accepted"] == 14
    assert kept_totals(round_) == independent_totals(round_)
