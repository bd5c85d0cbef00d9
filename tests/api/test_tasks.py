"""/tasks: a program lists, receives and answers what its house was handed, and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.directives.orders import cascaded, in_hands_of, task_of
from tests.world import World
from thamthan.directives.actions import answer_tasks
from thamthan.directives.models import Handing
from thamthan.organisations.models import Post

WHERE = "/api/v1/tasks"


@pytest.fixture
def handing(world: World) -> Handing:
    return in_hands_of(cascaded(world, [world.nong_kapu, world.tha_sen]), world.nong_kapu)


def send(client: Client, handing: Handing, **more: Any) -> Any:
    form = {"seen_at": timezone.now().isoformat(), "text": "แล้ว", **more}
    where = f"/api/v1/handings/{handing.pk}/answers"
    return client.post(where, form, content_type="application/json")


def test_the_house_sees_its_tasks_the_earliest_first(
    world: World, clerk: Client, handing: Handing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        told = clerk.get(WHERE).json()
    assert told["count"] == handing.assignments.count()
    first = told["items"][0]
    assert (first["due_on"], first["ask"], first["given_by"]) == ("2026-03-27", "report", "7606")
    assert clerk.get(WHERE, {"due_until": "2026-03-27"}).json()["count"] == 1
    assert clerk.get(WHERE, {"is_waited_for": "false"}).json()["count"] == 0
    assert clerk.get(WHERE, {"state": "sent", "handing_id": handing.pk}).json()["count"] > 1


def test_another_house_neither_sees_nor_moves_them(
    world: World, program: Callable[[Post], Client], handing: Handing
) -> None:
    for post, status in ((world.neighbour_clerk, 404), (world.district_officer, 403)):
        stranger = program(post)
        assert stranger.get(WHERE).json()["count"] == 0
        where = f"/api/v1/handings/{handing.pk}/acknowledge"
        assert stranger.post(where).status_code == status
        task = task_of(handing.order, world.nong_kapu)
        assert send(stranger, handing, tasks=[task.pk]).status_code in {400, status}
    assert set(handing.assignments.values_list("state", flat=True)) == {"sent"}


def test_a_program_receives_and_answers(world: World, clerk: Client, handing: Handing) -> None:
    where = f"/api/v1/handings/{handing.pk}/acknowledge"
    assert {one["state"] for one in clerk.post(where).json()["items"]} == {"acknowledged"}
    assert clerk.post(where).status_code == 200
    first, second, third, *_ = handing.assignments.all()
    send(clerk, handing, tasks=[first.pk])
    send(clerk, handing, tasks=[second.pk], kind="nil", text="ไม่มีครัวเรือนเป้าหมาย")
    told = send(clerk, handing, tasks=[third.pk], kind="decline", text="ไม่มีสวน").json()["items"]
    states = {one["id"]: one["state"] for one in told}
    assert [states[one.pk] for one in (first, second, third)] == ["answered", "nil", "declined"]
    words = {one["id"]: one["last_word"] for one in told}
    assert words[third.pk] == "แจ้งไม่มีภารกิจ: ไม่มีสวน"


def test_what_moved_since_it_was_asked_for_is_refused(
    world: World, clerk: Client, handing: Handing
) -> None:
    task = task_of(handing.order, world.nong_kapu)
    seen = timezone.now().isoformat()
    answer_tasks(handing, [task], by=world.chief_clerk, text="ของปลัด", seen_at=timezone.now())
    refused = send(clerk, handing, tasks=[task.pk], seen_at=seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    assert send(clerk, handing, tasks=[task.pk]).status_code == 200


def test_an_answer_without_words_is_refused(world: World, clerk: Client, handing: Handing) -> None:
    task = task_of(handing.order, world.nong_kapu)
    refused = send(clerk, handing, tasks=[task.pk], text=" ")
    assert (refused.status_code, refused.json()["code"]) == (400, "no_text")
    assert send(clerk, handing, tasks=[]).status_code in {400, 422}
