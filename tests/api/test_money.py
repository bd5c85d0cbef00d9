"""/budget and the money of a project: a program of the finance office reads, binds and pays."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.projects.money import allotted, committed, kept
from tests.projects.projects import approved
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.models import Allotment, Disbursement

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(world: World) -> Allotment:
    line = kept(world.clerk, 500_000)
    return allotted(approved(world.clerk), line, 300_000, by=world.clerk)


def send(client: Client, where: str, baht: int, **more: Any) -> Any:
    form = {
        "amount_satang": baht * 100, "on": "2026-03-10", "words": "ฎีกา 112/2569",
        "press": str(uuid4()), **more,
    }  # fmt: skip
    return client.post(f"/api/v1/{where}", form, content_type="application/json")


def test_a_program_binds_and_pays_once_for_each_press(clerk: Client, source: Allotment) -> None:
    where = f"allotments/{source.pk}/commitments"
    contract = send(clerk, where, 200_000, words="สัญญา 7/2569").json()
    pay, press = f"commitments/{contract['id']}/payments", str(uuid4())
    for _ in range(2):
        made = send(clerk, pay, 150_000, press=press).json()
    assert (made["amount_satang"], made["commitment"]["left_satang"]) == (15_000_000, 5_000_000)
    back = send(clerk, f"commitments/{contract['id']}/returns", 10_000, words="คืน").json()
    assert back["amount_satang"] == -1_000_000
    told = clerk.get(f"/api/v1/projects/{source.project_id}/money").json()
    assert (told["approved_satang"], told["paid_satang"]) == (30_000_000, 14_000_000)
    assert told["sources"][0]["commitments"][0]["words"] == "สัญญา 7/2569"
    (line,) = clerk.get("/api/v1/budget", {"be_year": 2569}).json()["items"]
    assert (line["left_satang"], line["paid_satang"]) == (20_000_000, 14_000_000)
    assert Disbursement.objects.count() == 2


def test_what_is_too_much_says_how_much_is_left_and_a_doubt_its_mark(
    clerk: Client, source: Allotment
) -> None:
    where = f"allotments/{source.pk}/commitments"
    told = send(clerk, where, 300_001).json()
    assert (told["code"], told["facts"]["left_satang"]) == ("allotment_overspent", 30_000_000)
    unsure = send(clerk, where, 2).json()
    assert unsure["code"] == "unsure"
    marks = [doubt["mark"] for doubt in unsure["facts"]["doubts"]]
    assert send(clerk, where, 2, sure_of=marks).status_code == 200
    assert send(clerk, where, -2).status_code == 422


def test_another_house_finds_nothing(
    world: World, program: Callable[[Post], Client], source: Allotment
) -> None:
    contract = committed(source, 1000, by=world.officer)
    stranger = program(world.tha_sen_clerk)
    assert stranger.get("/api/v1/budget").json()["count"] == 0
    assert stranger.get(f"/api/v1/projects/{source.project_id}/money").status_code == 404
    assert send(stranger, f"allotments/{source.pk}/commitments", 5000).status_code == 404
    for deed in ("payments", "returns"):
        assert send(stranger, f"commitments/{contract.pk}/{deed}", 5).status_code == 404
