"""Programs put a report up; the executive's agrees or gives it back, and no other's does."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.reports.reports import answered, opened, report_of, sure_of
from tests.world import World
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post
from thamthan.reports.actions import accept_reports, set_agreement
from thamthan.reports.models import Report, SentReport
from thamthan.reports.rules import Agrees
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]
JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.fixture
def report(world: World) -> Iterator[Report]:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        set_agreement(Agrees.EXECUTIVE, by=world.chief_clerk)
        round_ = opened(world, [world.nong_kapu])
        yield answered(report_of(round_, world.nong_kapu), world.clerk, 300_000)


def where(report: Report) -> str:
    return f"/api/v1/reports/{report.pk}"


def put_up(client: Client, report: Report, by: Post, **more: Any) -> Any:
    seen = Report.objects.get(pk=report.pk).version
    body = {"seen_version": seen, "sure_of": sure_of(report, by), **more}
    return client.post(f"{where(report)}/proposal", body, **JSON)


def test_what_was_put_up_is_agreed_to_and_sent_once(
    world: World, program: Program, report: Report
) -> None:
    clerk, executive = program(world.clerk), program(world.executive)
    assert clerk.get(f"{where(report)}/proposal").status_code == 404
    proposed = put_up(clerk, report, world.clerk)
    assert proposed.status_code == 200
    assert put_up(clerk, report, world.clerk).json()["ref"] == proposed.json()["ref"]

    (waiting,) = executive.get("/api/v1/report-proposals").json()["items"]
    assert waiting["report"] == report.pk
    assert clerk.get("/api/v1/report-proposals").json()["count"] == 0
    told = executive.get(f"{where(report)}/proposal").json()
    assert (told["may_agree"], told["state"]) == (True, "waiting")
    assert "300" in {one["value"] for one in told["answers"]}

    body = {"seen_sha256": told["sha256"], "press": str(uuid4())}
    sent = executive.post(f"{where(report)}/proposal/agreement", body, **JSON)
    assert sent.status_code == 200
    assert sent.json()["sha256"] == told["sha256"]
    assert sent.json()["prepared_by"] == world.clerk.words()
    assert sent.json()["agreed_by"] == world.executive.words()
    again = executive.post(f"{where(report)}/proposal/agreement", body, **JSON)
    assert (again.json(), SentReport.objects.count()) == (sent.json(), 1)


def test_nobody_agrees_to_what_they_have_not_read(
    world: World, program: Program, report: Report
) -> None:
    clerk, executive = program(world.clerk), program(world.executive)
    old = put_up(clerk, report, world.clerk).json()["sha256"]
    answered(report, world.officer, 400_000)
    assert put_up(clerk, report, world.clerk).json()["sha256"] != old
    for deed, more in (("agreement", {"press": str(uuid4())}), ("return", {"note": "แก้"})):
        body = {"seen_sha256": old, **more}
        answer = executive.post(f"{where(report)}/proposal/{deed}", body, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    assert not SentReport.objects.exists()


def test_it_goes_back_with_a_note_that_its_writer_reads(
    world: World, program: Program, report: Report
) -> None:
    clerk, executive = program(world.clerk), program(world.executive)
    seen = put_up(clerk, report, world.clerk).json()["sha256"]
    address = f"{where(report)}/proposal/return"
    assert executive.post(address, {"seen_sha256": seen, "note": " "}, **JSON).status_code == 400
    body = {"seen_sha256": seen, "note": "เพิ่มยอดของหมู่ 5"}
    assert executive.post(address, body, **JSON).json()["state"] == "returned"
    told = clerk.get(f"{where(report)}/proposal").json()
    assert (told["note"], told["may_agree"]) == ("เพิ่มยอดของหมู่ 5", False)


def test_that_there_is_no_result_is_put_up_and_agreed_to(
    world: World, program: Program, report: Report
) -> None:
    clerk, executive = program(world.clerk), program(world.executive)
    nil = {"seen_version": report.version, "press": str(uuid4()), "nil_why": "ไม่มีพื้นที่"}
    alone = clerk.post(f"{where(report)}/submission", nil, **JSON)
    assert (alone.status_code, alone.json()["code"]) == (409, "needs_agreement")
    told = put_up(clerk, report, world.clerk, nil_why="ไม่มีพื้นที่").json()
    assert (told["is_nil"], told["nil_why"]) == (True, "ไม่มีพื้นที่")
    body = {"seen_sha256": told["sha256"], "press": str(uuid4())}
    sent = executive.post(f"{where(report)}/proposal/agreement", body, **JSON).json()
    assert (sent["is_nil"], sent["nil_why"]) == (True, "ไม่มีพื้นที่")


@pytest.mark.parametrize("who", ["tha_sen_clerk", "neighbour_clerk", "administrator"])
def test_to_others_the_proposal_does_not_exist(
    world: World, program: Program, report: Report, who: str
) -> None:
    seen = put_up(program(world.clerk), report, world.clerk).json()["sha256"]
    other = program(getattr(world, who))
    assert other.get(f"{where(report)}/proposal").status_code == 404
    body = {"seen_sha256": seen, "press": str(uuid4())}
    assert other.post(f"{where(report)}/proposal/agreement", body, **JSON).status_code == 404
    body = {"seen_sha256": seen, "note": "แก้"}
    assert other.post(f"{where(report)}/proposal/return", body, **JSON).status_code == 404
    assert other.get("/api/v1/report-proposals").json()["count"] == 0


def test_a_clerk_does_not_agree_to_their_own_work(
    world: World, program: Program, report: Report
) -> None:
    clerk = program(world.clerk)
    seen = put_up(clerk, report, world.clerk).json()["sha256"]
    body = {"seen_sha256": seen, "press": str(uuid4())}
    answer = clerk.post(f"{where(report)}/proposal/agreement", body, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_of_a_matter_classed_since_nothing_is_told(
    world: World, program: Program, report: Report
) -> None:
    executive = program(world.executive)
    put_up(program(world.clerk), report, world.clerk)
    assert executive.get(f"{where(report)}/proposal").status_code == 200
    letters = Letter.objects.filter(pk__in=[report.round.root.letter_id])
    letters.update(secrecy=Secrecy.SECRET)
    assert executive.get(f"{where(report)}/proposal").status_code == 404
    assert executive.get(f"{where(report)}/sent").status_code == 404
    assert executive.get("/api/v1/report-proposals").json()["count"] == 0


def test_the_house_sets_who_agrees(world: World, program: Program, report: Report) -> None:
    chief, officer = program(world.chief_clerk), program(world.officer)
    address = "/api/v1/report-agreement"
    assert chief.get(address).json() == {"agrees": "executive"}
    assert chief.put(address, {"agrees": "nobody"}, **JSON).json() == {"agrees": "nobody"}
    assert chief.get(address).json() == {"agrees": "nobody"}
    assert chief.put(address, {"agrees": "everybody"}, **JSON).status_code == 422
    for refused in (officer.get(address), officer.put(address, {"agrees": "nobody"}, **JSON)):
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    needless = put_up(program(world.clerk), report, world.clerk)
    assert (needless.status_code, needless.json()["code"]) == (409, "needs_no_agreement")


def test_whoever_judges_reads_what_was_sent_and_what_changed_since(
    world: World, program: Program, report: Report
) -> None:
    set_agreement(Agrees.NOBODY, by=world.chief_clerk)
    district, stranger = program(world.district_officer), program(world.tha_sen_clerk)
    assert district.get(f"{where(report)}/sent").status_code == 404

    def send() -> None:
        fresh = Report.objects.get(pk=report.pk)
        body = {
            "seen_version": fresh.version, "press": str(uuid4()),
            "sure_of": sure_of(fresh, world.clerk),
        }  # fmt: skip
        answer = program(world.clerk).post(f"{where(report)}/submission", body, **JSON)
        assert answer.status_code == 200

    send()
    first = district.get(f"{where(report)}/sent").json()
    assert (first["number"], first["before_number"]) == (1, None)
    assert not any(one["is_changed"] for one in first["answers"])
    accept_reports([report], by=world.district_officer)
    body = {"note": "โปรดตรวจยอด", "seen_number": 1}
    assert district.post(f"{where(report)}/return", body, **JSON).status_code == 204
    answered(Report.objects.get(pk=report.pk), world.clerk, 500_000)
    send()
    second = district.get(f"{where(report)}/sent").json()
    assert (second["number"], second["before_number"]) == (2, 1)
    assert {one["value"] for one in second["answers"] if one["is_changed"]} >= {"500"}
    # What was accepted is not held against itself.
    old = district.get(f"{where(report)}/sent", {"number": 1}).json()
    assert (old["number"], old["before_number"]) == (1, None)
    assert stranger.get(f"{where(report)}/sent").status_code == 404
