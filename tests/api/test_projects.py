"""/projects: a program lists, reads, begins, words and moves its own house's projects."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.directives.orders import cascaded
from tests.projects.projects import approved, proposed
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.actions import answer_clauses
from thamthan.projects.models import Project
from thamthan.projects.queries import answerable_clauses

WHERE = "/api/v1/projects"


def send(client: Client, where: str, form: dict[str, Any], *, method: str = "post") -> Any:
    return getattr(client, method)(where, form, content_type="application/json")


def test_a_project_is_begun_worded_and_moved(world: World, clerk: Client) -> None:
    cascaded(world, [world.nong_kapu])
    clause = answerable_clauses(world.clerk).latest("pk")
    told = send(
        clerk,
        WHERE,
        {
            "name": "สวนหมู่ 3",
            "be_year": 2569,
            "unit": world.welfare.code,
            "sections": {"targets": "สวน 1 แห่ง"},
            "clauses": [clause.pk],
            "steps": [{"name": "สำรวจ", "ends_on": "2026-04-30"}],
        },
    )
    assert told.status_code == 201
    made = told.json()
    assert (made["state"], made["clauses"]) == ("draft", [clause.pk])
    assert "หลักการและเหตุผล" in made["lacking"]
    one = f"{WHERE}/{made['id']}"
    change = {"version": made["version"], "sections": {"objectives": "ให้มีสวน"}}
    changed = send(clerk, one, change, method="patch").json()
    assert changed["sections"]["targets"] == "สวน 1 แห่ง"
    assert changed["sections"]["objectives"] == "ให้มีสวน"
    stale = send(clerk, one, {"version": 1, "name": "อื่น"}, method="patch")
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert send(clerk, f"{one}/move", {"to": "approved"}).json()["code"] == "no_reason"
    moved = send(clerk, f"{one}/move", {"to": "approved", "why": "อนุมัติตามบันทึกที่ กช 12/2569"})
    assert moved.json()["state"] == "approved"
    assert send(clerk, f"{one}/move", {"to": "cancelled"}).json()["code"] == "no_reason"


def test_another_house_neither_sees_nor_moves_them(
    world: World, program: Callable[[Post], Client]
) -> None:
    order = cascaded(world, [world.nong_kapu])
    clause = order.directives.filter(dropped_at=None)[1]
    draft, shown = proposed(world.clerk), approved(world.clerk)
    for project in (draft, shown):
        answer_clauses(project, [clause], by=world.clerk)
    stranger = program(world.neighbour_clerk)
    assert stranger.get(WHERE).json()["count"] == 0
    assert stranger.get(f"{WHERE}/{shown.pk}").status_code == 404
    district = program(world.district_officer)
    found = district.get(WHERE, {"of": "below"}).json()
    assert [one["id"] for one in found["items"]] == [shown.pk]
    assert district.get(f"{WHERE}/{draft.pk}").status_code == 404
    refused = send(district, f"{WHERE}/{shown.pk}/move", {"to": "under_way"})
    assert refused.status_code == 403
    assert (
        send(district, WHERE, {"name": "ก", "be_year": 2569, "clauses": [999]}).status_code == 400
    )
    assert Project.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"q": "ขยะ"}, 1),
        ({"state": "draft"}, 1),
        ({"be_year": 2568}, 0),
        ({"is_late": "1"}, 0),
    ],
)
def test_a_list_is_narrowed(world: World, clerk: Client, asked: dict[str, Any], count: int) -> None:
    proposed(world.clerk, name="สวน")
    approved(world.clerk, name="คัดแยกขยะ")
    assert clerk.get(WHERE, asked).json()["count"] == count
