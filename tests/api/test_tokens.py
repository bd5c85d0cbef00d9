"""Who asks: a key stands for a post, and stops standing for it at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.world import World
from thamthan.organisations.actions import end_post, give_token, revoke_token
from thamthan.organisations.models import Post, Token

WHERE = "/api/v1/me"


def test_a_key_stands_for_its_post(world: World, clerk: Client) -> None:
    told = clerk.get(WHERE).json()
    assert told["role"] == "clerk"
    assert told["organisation"]["code"] == "6760607"
    assert told["person"] == world.clerk.person.name


@pytest.mark.parametrize("carried", [{}, {"authorization": "Bearer none"}, {"authorization": "x"}])
def test_without_a_key_nothing_is_told(world: World, carried: dict[str, str]) -> None:
    for where in (WHERE, "/api/v1/letters", "/api/v1/organisations", "/api/v1/letters/1"):
        answer = Client(headers=carried).get(where)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_log_in_on_the_pages_opens_nothing_here(world: World) -> None:
    client = Client()
    client.force_login(world.clerk.person)
    assert client.get(WHERE).status_code == 401


def test_a_revoked_key_opens_nothing(world: World) -> None:
    secret = give_token(world.clerk, name="ทดสอบ", by=world.clerk)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    assert client.get(WHERE).status_code == 200
    revoke_token(Token.objects.get(), by=world.clerk)
    assert client.get(WHERE).status_code == 401


def test_the_key_of_a_post_that_has_ended_opens_nothing(
    world: World, program: Callable[[Post], Client]
) -> None:
    client = program(world.officer)
    assert client.get(WHERE).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    end_post(world.officer, by=world.administrator, on=yesterday)
    assert client.get(WHERE).status_code == 401


def test_organisations_are_public_among_those_with_a_key(clerk: Client) -> None:
    told = clerk.get("/api/v1/organisations", {"level": "district"}).json()
    assert {item["code"] for item in told["items"]} >= {"7606"}
    one = clerk.get("/api/v1/organisations/6760607").json()
    assert one["parent"] == "7606"
    assert clerk.get("/api/v1/organisations/0000").status_code == 404


def test_organisations_are_found_by_words(clerk: Client) -> None:
    told = clerk.get("/api/v1/organisations", {"text": "หนองกะปุ", "level": "lao"}).json()
    assert [item["code"] for item in told["items"]] == ["6760607"]
