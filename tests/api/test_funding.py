"""/funding-requests: a program asks for money as the pages do, and for its own house alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.projects.funding import PDF, asked, loaded
from tests.projects.projects import proposed
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.projects.models import BudgetLine, Project
from thamthan.projects.rules import PlanStanding

WHERE = "/api/v1/funding-requests"


@pytest.fixture
def project(world: World) -> Project:
    loaded()
    return proposed(world.clerk, standing=PlanStanding.PLAN)


def send(client: Client, where: str, **form: Any) -> Any:
    return client.post(where, form, content_type="application/json")


def test_every_channel_is_told_with_its_verdict(clerk: Client, project: Project) -> None:
    told = clerk.get(f"/api/v1/projects/{project.pk}/funding-channels").json()["items"]
    assert len(told) > 20
    assert [one["verdict"] for one in told] == sorted(
        (one["verdict"] for one in told), key=["fits", "fits_if", "does_not"].index
    )
    assert all(one["against"] for one in told if one["verdict"] == "does_not")
    assert all(one["unverified"] for one in told if not one["is_verified"])


def test_a_program_asks_completes_submits_and_records_the_answer(
    clerk: Client, project: Project
) -> None:
    where = f"/api/v1/projects/{project.pk}/funding-requests"
    begun = send(clerk, where, channel="reserve", asked_satang=50_000_00)
    assert begun.status_code == 201
    row = begun.json()
    again = send(clerk, where, channel="reserve")
    assert (again.status_code, again.json()["code"]) == (409, "request_there")
    assert again.json()["facts"]["request"] == row["id"]
    here = f"{WHERE}/{row['id']}"
    today = timezone.localdate().isoformat()
    refused = send(clerk, f"{here}/submission", on=today, version=row["version"])
    assert refused.json()["code"] == "request_incomplete"
    assert refused.json()["facts"]["missing"] == row["missing"] != []
    for paper in row["papers"]:
        file = SimpleUploadedFile("แผน.pdf", PDF)
        row = clerk.post(f"{here}/papers/{paper['id']}", {"file": file}).json()
    assert row["missing"] == []
    row = send(clerk, f"{here}/submission", on=today, version=row["version"]).json()
    assert row["state"] == "submitted"
    none = send(clerk, f"{here}/decision", outcome="granted", on=today, version=row["version"])
    assert none.json()["code"] == "no_amount"
    row = send(
        clerk,
        f"{here}/decision",
        outcome="granted",
        on=today,
        version=row["version"],
        granted_satang=40_000_00,
    ).json()
    assert (row["state"], row["granted_satang"]) == ("granted", 40_000_00)
    assert BudgetLine.objects.get().approved_satang == 40_000_00


def test_the_list_is_asked_by_state_and_channel(
    world: World, clerk: Client, project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(world.clerk, "reserve", project=project)
    asked(world.clerk, "new-item", project=project)
    with django_assert_num_queries(3):
        assert clerk.get(WHERE).json()["count"] == 2
    assert clerk.get(WHERE, {"channel": "reserve"}).json()["count"] == 1
    assert clerk.get(WHERE, {"state": "granted"}).json()["count"] == 0
    assert clerk.get(WHERE, {"project_id": project.pk}).json()["count"] == 2


def test_another_house_sees_nothing(
    world: World, program: Callable[[Post], Client], project: Project
) -> None:
    row = asked(world.clerk, "reserve", project=project)
    stranger = program(world.neighbour_clerk)
    assert stranger.get(WHERE).json()["count"] == 0
    assert stranger.get(f"{WHERE}/{row.pk}").status_code == 404
    assert stranger.get(f"/api/v1/projects/{project.pk}/funding-channels").status_code == 404
    begun = send(stranger, f"/api/v1/projects/{project.pk}/funding-requests", channel="new-item")
    assert begun.status_code == 404
