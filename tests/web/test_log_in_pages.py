"""Logging in, the own password, the post one acts in."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.conftest import LogIn
from tests.world import PASSWORD, World
from thamthan.cli import demo
from thamthan.web import account

pytestmark = pytest.mark.django_db


def test_a_clerk_logs_in_and_stands_at_the_desk(world: World, client: Client) -> None:
    answer = client.post("/log-in/", {"login": "somjai", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "โต๊ะทำงาน" in client.get("/").content.decode()


def test_a_wrong_password_says_the_same_as_an_unknown_name(world: World, client: Client) -> None:
    wrong = client.post("/log-in/", {"login": "somjai", "password": "ไม่ใช่"})
    unknown = client.post("/log-in/", {"login": "nobody", "password": "ไม่ใช่"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.context["refused"].message == unknown.context["refused"].message


def test_the_session_gets_a_new_key(world: World, client: Client) -> None:
    client.get("/log-in/")
    client.session["marked"] = "yes"
    session = client.session
    session["marked"] = "yes"
    session.save()
    before = session.session_key
    client.post("/log-in/", {"login": "somjai", "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/letters/?year=2569", "/letters/?year=2569"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_logging_in_one_stays_in_the_house(
    world: World, client: Client, wanted: str, reached: str
) -> None:
    answer = client.post("/log-in/", {"login": "somjai", "password": PASSWORD, "next": wanted})
    assert answer["Location"] == reached


def test_who_is_not_logged_in_is_shown_the_way_and_comes_back(client: Client, db: None) -> None:
    assert client.get("/letters/?q=1")["Location"] == "/log-in/?next=%2Fletters%2F%3Fq%3D1"


def test_demo_names_are_shown_in_a_demo_only(
    world: World, client: Client, settings: Settings
) -> None:
    assert PASSWORD not in client.get("/log-in/").content.decode()
    settings.DEMO = True
    assert PASSWORD in client.get("/log-in/").content.decode()


def test_logging_out_ends_the_session(world: World, log_in_as: LogIn) -> None:
    client = log_in_as(world.clerk)
    assert client.get("/log-out/").status_code == 405
    client.post("/log-out/")
    assert client.get("/").status_code == 302


def test_one_acts_in_another_of_ones_own_posts(world: World, log_in_as: LogIn) -> None:
    client = log_in_as(world.chief_clerk)
    answer = client.post("/account/post/", {"post": world.acting_head.pk}, follow=True)
    assert world.acting_head.organisation.name in answer.content.decode()
    assert client.session["post"] == world.acting_head.pk
    assert client.post("/account/post/", {"post": world.clerk.pk}).status_code == 404


def test_a_password_is_changed_and_the_session_stays(world: World, log_in_as: LogIn) -> None:
    client = log_in_as(world.clerk)
    wrong = {"old": "ไม่ใช่", "new": "ปลาทูเพชรบุรี 2569", "again": "ปลาทูเพชรบุรี 2569"}
    assert client.post("/account/password/", wrong).status_code == 422
    unlike = {**wrong, "old": PASSWORD, "again": "อื่น"}
    assert "ไม่ตรงกัน" in client.post("/account/password/", unlike).content.decode()
    assert client.post("/account/password/", {**wrong, "old": PASSWORD}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_given_password_is_changed_before_anything_else(world: World, log_in_as: LogIn) -> None:
    client = log_in_as(world.clerk)
    person = world.clerk.person
    assert person is not None
    person.must_change_password = True
    person.save()
    assert client.get("/")["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_the_log_ins_that_a_demo_shows_are_those_that_it_makes() -> None:
    assert account.DEMO_PASSWORD == demo.DEMO_PASSWORD
    made = {post.login for post in demo.demo_posts()}
    assert {login for login, _ in account.DEMO_PEOPLE} <= made
