"""/projects/{id}/papers: a program reads what forms lack, keeps costs, and has a letter drafted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.projects.papers import asked, full
from tests.projects.projects import proposed
from tests.world import World
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db


def put(client: Client, where: str, body: dict[str, Any]) -> Any:
    return client.put(where, body, content_type="application/json")


def test_every_form_tells_what_it_lacks(clerk: Client, world: World) -> None:
    told = clerk.get(f"/api/v1/projects/{full(world).pk}/papers").json()
    forms = {form["code"]: form for form in told["forms"]}
    assert list(forms) == ["standard", "health", "environment", "province"]
    assert {one["fact"] for one in forms["standard"]["missing"]} == {"sources", "evaluation"}
    assert not forms["environment"]["is_verified"]
    assert [cost["satang"] for cost in told["costs"]] == [68_000_000, 30_000_000]


def test_costs_are_put_as_a_whole(clerk: Client, world: World) -> None:
    project = proposed(world.clerk)
    where = f"/api/v1/projects/{project.pk}/costs"
    body = {"costs": [{"name": "ค่าวิทยากร", "satang": 360_000}], "version": project.version}
    told = put(clerk, where, body)
    assert told.status_code == 200
    assert told.json()["costs"] == [{"name": "ค่าวิทยากร", "reckoning": "", "satang": 360_000}]
    again = put(clerk, where, body)
    assert (again.status_code, again.json()["code"]) == (409, "changed_meanwhile")


def test_a_letter_is_drafted_once(clerk: Client, world: World) -> None:
    request = asked(world, full(world))
    where = f"/api/v1/funding-requests/{request.pk}/letter"
    first = clerk.post(where)
    assert first.status_code == 201
    assert first.json()["subject"].startswith("ขอรับการสนับสนุนงบประมาณโครงการ")
    assert clerk.post(where).json() == first.json()


def test_another_house_s_papers_do_not_exist(
    program: Callable[[Post], Client], world: World
) -> None:
    stranger = program(world.tha_sen_clerk)
    project = full(world)
    request = asked(world, project)
    assert stranger.get(f"/api/v1/projects/{project.pk}/papers").status_code == 404
    body = {"costs": [], "version": 1}
    assert put(stranger, f"/api/v1/projects/{project.pk}/costs", body).status_code == 404
    assert stranger.post(f"/api/v1/funding-requests/{request.pk}/letter").status_code == 404
