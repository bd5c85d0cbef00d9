"""Programs read a round from its total to the house, close it, publish it, and write upward."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.reports.reports import accepted, nil, opened, report_of, sent
from tests.reports.tables import with_table
from tests.world import World
from thamthan.letters.models import Letter
from thamthan.organisations.models import Person, Post
from thamthan.organisations.rules import Role
from thamthan.reports.actions import Given, save_answers
from thamthan.reports.models import Publication, Report, Round
from thamthan.reports.rules import AnswerStanding, RowEdit
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]
JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.fixture
def round_(world: World) -> Iterator[Round]:
    """One gave numbers and a table, one said nil, one has not reported."""
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
        report = report_of(made, world.nong_kapu)
        with_table(report)
        rows = (
            RowEdit("aaaa", "", {"road": "สายใน", "cost": 5_000}),
            RowEdit("bbbb", "", {"road": "สายนอก"}),
        )
        save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 0, edits=rows)}, by=world.clerk)
        sent(Report.objects.get(pk=report.pk), world.clerk, 1_250_500)
        nil(report_of(made, world.tha_sen), world.tha_sen_clerk)
        accepted(made, world.district_officer, world.nong_kapu, world.tha_sen)
        yield made


def where(round_: Round) -> str:
    return f"/api/v1/rounds/{round_.pk}"


def reader(world: World) -> Post:
    """Somebody of the district who reads and decides nothing."""
    return Post.objects.create(
        person=Person.objects.create(login="reader", name="ผู้อ่าน"),
        organisation=world.ban_lat, role=Role.OFFICER, title="เจ้าหน้าที่",
        from_on=timezone.localdate() - timedelta(1),
    )  # fmt: skip


def test_a_total_is_followed_down_to_the_report_it_came_from(
    world: World, program: Program, round_: Round
) -> None:
    district = program(world.district_officer)
    totals = district.get(where(round_)).json()["totals"]
    money = next(one for one in totals if one["unit"] == "บาท" and one["given"])
    told = district.get(f"{where(round_)}/questions/{money['key']}").json()
    parts = {one["organisation"]: one for one in told["items"]}
    assert told["count"] == 3
    mine = parts[world.nong_kapu.code]
    report = report_of(round_, world.nong_kapu)
    assert (mine["value"], mine["report"], mine["number"]) == (money["value"], report.pk, 1)
    missing = parts[world.ban_lat_municipality.code]
    assert (missing["value"], missing["given"], bool(missing["words"])) == (None, 0, True)

    governor = program(world.governor_officer)
    # The province gave nothing of this matter: to it there is no such round.
    assert governor.get(f"{where(round_)}/questions/{money['key']}").status_code == 404
    assert district.get(f"{where(round_)}/questions/nothing").status_code == 404
    text = round_.questions.filter(kind="text")[0].key
    assert district.get(f"{where(round_)}/questions/{text}").status_code == 404
    elsewhere = {"area": world.neighbour.code}
    found = district.get(f"{where(round_)}/questions/{money['key']}", elsewhere)
    assert found.status_code == 404


def test_a_share_is_told_by_its_two_parts(world: World, program: Program) -> None:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        made = opened(world, [world.nong_kapu])
        first = made.questions.filter(kind="number", is_required=True)[0]
        made.questions.filter(pk=first.pk).update(
            kind="share", over_places="share", least_milli=None, most_milli=None
        )
        report = report_of(made, world.nong_kapu)
        sent(report, world.clerk, 30_000)
        accepted(made, world.district_officer, world.nong_kapu)
        told = program(world.district_officer).get(f"{where(made)}/questions/{first.key}").json()
    (part,) = told["items"]
    assert (told["kind"], part["value"], part["of"]) == ("share", "30", "60")


def test_the_rows_of_a_table_stand_with_their_house_and_page_by_page(
    world: World, program: Program, round_: Round
) -> None:
    district = program(world.district_officer)
    (table,) = district.get(f"{where(round_)}/tables").json()["items"]
    assert (table["key"], table["houses"], table["rows"]) == ("roads", 1, 2)
    sums = {one["column"]: (one["sum"], one["given"]) for one in table["sums"]}
    assert sums == {"length": (None, 0), "cost": ("5", 1)}
    second = district.get(f"{where(round_)}/tables/roads", {"page_size": 1, "page": 2}).json()
    (row,) = second["items"]
    assert (second["count"], row["organisation"]) == (2, world.nong_kapu.code)
    assert (row["cells"]["road"], row["cells"]["cost"]) == ("สายนอก", "")
    assert district.get(f"{where(round_)}/tables/nothing").status_code == 404


def test_the_reporting_has_its_own_figures(world: World, program: Program, round_: Round) -> None:
    told = program(world.district_officer).get(f"{where(round_)}/figures").json()
    whole = told["whole"]
    assert (whole["owed"], whole["came"], whole["nil"], whole["missing"]) == (3, 2, 1, 1)
    assert whole["days"] is not None and whole["minutes"] > 0
    assert told["are_houses"] is True
    reports = {one["report"] for one in told["places"]}
    assert report_of(round_, world.nong_kapu).pk in reports
    assert (len(reports), told["rounds"]) == (3, [])


def test_what_stands_out_is_told_of_those_that_gave_a_number(
    world: World, program: Program
) -> None:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        houses = [world.nong_kapu, world.tha_sen, world.ban_lat_municipality]
        clerks = [world.clerk, world.tha_sen_clerk, world.ban_lat_clerk]
        made = opened(world, houses)
        for house, by, milli in zip(houses, clerks, (1_000, 2_000, 30_000), strict=True):
            sent(report_of(made, house), by, milli)
        accepted(made, world.district_officer, *houses)
        told = program(world.district_officer).get(f"{where(made)}/outstanding").json()
    assert (told["are_areas"], told["before"], told["is_told"]) == (False, None, True)
    line = told["ends"][0]
    assert line["of"] == 3
    assert [one["organisation"] for one in line["highest"]["places"]] == [houses[2].code]
    assert line["lowest"]["places"][0]["report"] == report_of(made, houses[0]).pk


def test_a_total_is_closed_once_and_stays(world: World, program: Program, round_: Round) -> None:
    district = program(world.district_officer)
    address = f"{where(round_)}/closing"
    assert district.get(address).json() == {"closed_at": None, "closed_by": "", "sha256": ""}
    closed = district.post(address)
    assert (closed.status_code, len(closed.json()["sha256"])) == (200, 64)
    assert closed.json()["closed_by"] == world.district_officer.words()
    assert district.post(address).json() == closed.json() == district.get(address).json()


def test_totals_are_published_and_taken_back(
    world: World, program: Program, round_: Round, client: Client
) -> None:
    district = program(world.district_officer)
    address = f"{where(round_)}/publication"
    before = district.get(address).json()
    assert (before["is_public"], before["ref"], before["content"]["accepted"]) == (False, None, 2)
    refused = district.put(address, {}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_closed")
    made = district.put(address, {"is_provisional": True}, **JSON).json()
    assert (made["is_public"], made["is_closed"]) == (True, False)
    assert client.get(made["address"]).status_code == 200
    gone = district.delete(address).json()
    assert (gone["is_public"], gone["address"], gone["ref"]) == (False, None, made["ref"])
    assert client.get(made["address"]).status_code == 404
    district.post(f"{where(round_)}/closing")
    again = district.put(address, {}, **JSON).json()
    assert (again["address"], again["is_closed"]) == (made["address"], True)


def test_the_letter_upward_is_drafted_once_for_a_press(
    world: World, program: Program, round_: Round
) -> None:
    district, press = program(world.district_officer), {"press": str(uuid4())}
    draft = district.post(f"{where(round_)}/letter", press, **JSON)
    assert (draft.status_code, bool(draft.json()["subject"])) == (201, True)
    assert district.post(f"{where(round_)}/letter", press, **JSON).json() == draft.json()


def asked_of(client: Client, round_: Round) -> dict[str, int]:
    """What every address of a round answers, by its name."""
    at, key = where(round_), round_.questions.filter(kind="money")[0].key
    answers = {
        "outstanding": client.get(f"{at}/outstanding"),
        "figures": client.get(f"{at}/figures"),
        "question": client.get(f"{at}/questions/{key}"),
        "tables": client.get(f"{at}/tables"),
        "rows": client.get(f"{at}/tables/roads"),
        "closing": client.get(f"{at}/closing"),
        "close": client.post(f"{at}/closing"),
        "preview": client.get(f"{at}/publication"),
        "publish": client.put(f"{at}/publication", {"is_provisional": True}, **JSON),
        "withdraw": client.delete(f"{at}/publication"),
        "letter": client.post(f"{at}/letter", {"press": str(uuid4())}, **JSON),
    }
    return {name: answer.status_code for name, answer in answers.items()}


@pytest.mark.parametrize("who", ["clerk", "neighbour_clerk", "district_administrator"])
def test_to_others_the_round_does_not_exist(
    world: World, program: Program, round_: Round, who: str
) -> None:
    assert set(asked_of(program(getattr(world, who)), round_).values()) == {404}
    assert not Publication.objects.exists()


def test_who_reads_without_the_duty_decides_nothing(
    world: World, program: Program, round_: Round
) -> None:
    told = asked_of(program(reader(world)), round_)
    assert {name for name, status in told.items() if status == 200} == {
        "outstanding", "figures", "question", "tables", "rows", "closing",
    }  # fmt: skip
    assert (told["close"], told["letter"]) == (403, 403)
    assert (told["preview"], told["publish"], told["withdraw"]) == (404, 404, 404)
    assert not Publication.objects.exists()


def test_of_a_matter_classed_since_nothing_is_told_nor_published(
    world: World, program: Program, round_: Round
) -> None:
    district = program(world.district_officer)
    assert district.get(f"{where(round_)}/figures").status_code == 200
    Letter.objects.filter(pk__in=[round_.root.letter_id]).update(secrecy=Secrecy.SECRET)
    assert set(asked_of(district, round_).values()) == {404}
    assert not Publication.objects.exists()
