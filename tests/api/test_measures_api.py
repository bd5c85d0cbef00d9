"""Programs give results with decimals as text, and confirm what they were warned of."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.projects.measures import goal_of, share_words
from tests.projects.projects import approved
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.actions import set_goal
from thamthan.projects.models import Goal, Result

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]


@pytest.fixture
def goal(world: World) -> Goal:
    return goal_of(approved(world.clerk), world.officer)


def address(goal: Goal, what: str) -> str:
    return f"/api/v1/projects/{goal.project_id}/goals/{goal.pk}/{what}"


def body(**changed: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "from_on": "2025-10-01",
        "until_on": "2025-12-31",
        "as_of": "2025-12-31",
        "value": "320.5",
        "source": "แบบนับ",
    }
    return given | changed


@time_machine.travel("2026-04-10T09:00:00+07:00", tick=False)
def test_a_result_is_given_corrected_and_added_up(
    world: World, program: Program, goal: Goal
) -> None:
    client = program(world.officer)
    json = {"content_type": "application/json"}
    first = client.post(address(goal, "results"), body(), **json)
    assert (first.status_code, first.json()["value"]) == (200, "320.5")
    again = client.post(address(goal, "results"), body(), **json)
    assert again.json()["id"] == first.json()["id"]
    correction = body(value="330", why="นับขาด")
    corrections = f"/api/v1/results/{first.json()['id']}/corrections"
    assert client.post(corrections, correction, **json).status_code == 200
    (told,) = client.get(f"/api/v1/projects/{goal.project_id}/goals").json()["items"]
    assert (told["so_far"], told["target"]) == ("330", "850")
    assert (told["periods_measured"], told["periods_expected"]) == (1, 2)
    assert told["periods_said"] == "มีผล 1 จาก 2 งวด (ยังไม่ส่ง 1)"
    kept = client.get(address(goal, "results")).json()
    assert [one["value"] for one in kept] == ["330", "320.5"]
    assert kept[1]["replaced_by"] == kept[0]["id"]
    progress = client.get(f"/api/v1/projects/{goal.project_id}/progress").json()
    assert (progress["light"], progress["results"]["percent"]) == ("amber", 38)


@time_machine.travel("2026-04-10T09:00:00+07:00", tick=False)
def test_a_program_is_warned_as_a_person_is(world: World, program: Program, goal: Goal) -> None:
    client = program(world.officer)
    json = {"content_type": "application/json"}
    wrong = body(value="-5")
    refused = client.post(address(goal, "results"), wrong, **json)
    assert (refused.status_code, refused.json()["code"]) == (409, "unconfirmed")
    (doubt,) = client.post(address(goal, "doubts"), wrong, **json).json()["items"]
    assert doubt["guard"] == "negative"
    assert not Result.objects.exists()
    confirmed = wrong | {"confirmed": [doubt["key"]]}
    assert client.post(address(goal, "results"), confirmed, **json).status_code == 200
    assert Result.objects.get().warned == [{"guard": "negative", "words": doubt["words"]}]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"value": "0.0001"}, 400),
        ({"value": "ห้า"}, 400),
        ({"value": None}, 400),
        ({"of": "5"}, 400),
        ({"standing": "none", "value": None}, 400),
        ({"standing": "some"}, 422),
        ({"from_on": "2026-13-01"}, 422),
    ],
)
@time_machine.travel("2026-04-10T09:00:00+07:00", tick=False)
def test_what_cannot_be_kept_is_refused(
    world: World, program: Program, goal: Goal, changed: dict[str, Any], status: int
) -> None:
    client = program(world.officer)
    json = {"content_type": "application/json"}
    assert client.post(address(goal, "results"), body(**changed), **json).status_code == status
    assert client.post(address(goal, "results"), body(), **json).status_code == 200


@time_machine.travel("2026-04-10T09:00:00+07:00", tick=False)
def test_a_share_is_told_with_both_its_parts(world: World, program: Program, goal: Goal) -> None:
    share = set_goal(goal.project, share_words(), by=world.officer)
    client = program(world.officer)
    json = {"content_type": "application/json"}
    given = client.post(address(share, "results"), body(value="40", of="80"), **json)
    assert (given.json()["value"], given.json()["of"]) == ("40", "80")


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "neighbour_clerk", "district_officer"])
def test_a_stranger_finds_nothing(
    world: World, program: Program, goal: Goal, stranger: str
) -> None:
    client = program(getattr(world, stranger))
    for found in (
        f"/api/v1/projects/{goal.project_id}/goals",
        f"/api/v1/projects/{goal.project_id}/progress",
        address(goal, "results"),
    ):
        assert client.get(found).status_code == 404
    sent = client.post(address(goal, "results"), body(), content_type="application/json")
    assert sent.status_code == 404
    assert Client().get(address(goal, "results")).status_code == 401
