"""/evidence: a program attaches what its house has, and judges what others attached."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.projects.evidence import PDF, attached, photo, under_way
from tests.web.conftest import NOW
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.models import Evidence, Project


@pytest.fixture(autouse=True)
def friday() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def project(world: World) -> Project:
    return under_way(world.clerk)


def attach(client: Client, project: Project, **form: Any) -> Any:
    return client.post(f"/api/v1/projects/{project.pk}/evidence", form)


def test_a_program_attaches_a_photograph_once(
    world: World, clerk: Client, project: Project
) -> None:
    file = photo(2, place=None)
    for _ in range(2):
        given = SimpleUploadedFile("สวน.jpg", file)
        answer = attach(clerk, project, kind="after", caption="หลังทำ", file=given)
        assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["kind"], told["state"], told["file_name"]) == ("after", "waiting", "สวน.jpg")
    assert told["taken_at"] == "2026-03-10T09:15:00+07:00"
    assert [one["words"] for one in told["doubts"]] == ["ภาพไม่ได้บอกพิกัดที่ถ่าย"]
    assert Evidence.objects.get().made_by == world.clerk
    listed = clerk.get(f"/api/v1/projects/{project.pk}/evidence").json()
    assert (listed["count"], listed["items"][0]["sha256"]) == (1, told["sha256"])


def test_what_cannot_be_evidence_is_a_problem_with_a_code(clerk: Client, project: Project) -> None:
    wrong = attach(clerk, project, kind="after", file=SimpleUploadedFile("x.jpg", PDF))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "not_photograph")
    assert attach(clerk, project, kind="after").json()["code"] == "no_file"
    assert attach(clerk, project, kind="link", url="file:///etc").json()["code"] == "wrong_link"
    assert attach(clerk, project, kind="link", url="https://example.go.th").status_code == 201


def test_only_another_judges_and_only_those_who_see_it(
    world: World, program: Callable[[Post], Client], project: Project
) -> None:
    evidence = attached(project, world.officer)
    where = f"/api/v1/evidence/{evidence.pk}"
    verdict = {"is_adequate": True}
    for post, status in (
        (world.officer, 403),
        (world.neighbour_clerk, 404),
        (world.tha_sen_clerk, 404),
        (world.clerk, 200),
    ):
        client = program(post)
        answer = client.post(f"{where}/verdict", verdict, content_type="application/json")
        assert answer.status_code == status, answer.content
    assert program(world.clerk).get(where).json()["state"] == "adequate"
    back = program(world.chief_clerk).post(
        f"{where}/verdict", {"is_adequate": False, "note": "x"}, content_type="application/json"
    )
    assert (back.status_code, back.json()["code"]) == (409, "judged_already")
    other = f"/api/v1/projects/{project.pk}/evidence"
    assert program(world.tha_sen_clerk).get(other).status_code == 404


def test_a_list_asks_no_more_for_more_evidence(
    world: World,
    clerk: Client,
    project: Project,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for seed in range(4):
        attached(project, world.officer, photo(seed))
    with django_assert_max_num_queries(8):
        told = clerk.get(f"/api/v1/projects/{project.pk}/evidence", {"state": "waiting"}).json()
    assert told["count"] == 4
