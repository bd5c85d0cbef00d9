"""The desk shows the drafts that wait for somebody: to endorse, to sign, to number."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.letters.drafts import PARTS, head_of_welfare
from tests.letters.endorsed import put_up
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.letters.actions import put_up_draft, sign_draft, start_draft
from thamthan.letters.models import Draft
from thamthan.organisations.actions import give_post
from thamthan.organisations.models import Organisation, Post

pytestmark = pytest.mark.django_db
ON_MY_DESK = "ร่างหนังสือรอท่านพิจารณา"


def desk(client: Client) -> str:
    return client.get("/").content.decode()


def put_up_one(world: World) -> Draft:
    draft = start_draft(PARTS, by=world.officer)
    return put_up_draft(draft, by=world.officer, seen_version=1)


@pytest.fixture
def head(world: World) -> Post:
    return head_of_welfare(world)


def test_a_draft_lies_on_the_desk_of_whom_it_waits_for_and_of_nobody_else(
    world: World, head: Post, log_in_as: LogIn
) -> None:
    put_up_one(world)
    shown = desk(log_in_as(head))
    assert "รอท่าน 1 เรื่อง" in shown
    assert ON_MY_DESK in shown
    assert PARTS.subject in shown
    for other in (world.executive, world.officer, world.neighbour_clerk):
        assert ON_MY_DESK not in desk(log_in_as(other))


def test_a_draft_at_another_post_of_mine_is_told(
    world: World, head: Post, log_in_as: LogIn
) -> None:
    put_up_one(world)
    shown = desk(log_in_as(world.head))
    assert "อีก 1 เรื่องรอท่านในตำแหน่ง" in shown
    assert ON_MY_DESK not in shown


def test_what_is_signed_waits_for_the_clerk_to_number_it(
    world: World, clerk: Client, log_in_as: LogIn
) -> None:
    sign_draft(start_draft(PARTS, by=world.officer), by=world.executive, seen_version=1)
    shown = desk(clerk)
    assert "รอออกเลข 1 ฉบับ" in shown
    assert PARTS.subject in shown
    assert "รอออกเลข" not in desk(log_in_as(world.officer))


def test_the_name_of_a_secret_draft_is_not_read_over_a_shoulder(
    world: World, head: Post, log_in_as: LogIn
) -> None:
    draft = put_up_one(world)
    Draft.objects.filter(pk=draft.pk).update(secrecy="confidential", made_by=head)
    shown = desk(log_in_as(head))
    assert "ร่างหนังสือที่มีชั้นความลับ" in shown
    assert PARTS.subject not in shown


def test_the_desk_asks_as_often_for_many_drafts_as_for_one(
    world: World,
    head: Post,
    log_in_as: LogIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    put_up(world)
    client = log_in_as(head)
    asked = set()
    for count in (1, 6):
        while Draft.objects.count() < count:
            put_up_one(world)
        with django_assert_max_num_queries(16) as seen:
            assert desk(client).count(PARTS.subject) == count
        asked.add(len(seen))
    sign_draft(start_draft(PARTS, by=world.officer), by=world.executive, seen_version=1)
    clerk = log_in_as(world.clerk)
    with django_assert_max_num_queries(16):
        assert "รอออกเลข 1 ฉบับ" in desk(clerk)
    assert len(asked) == 1


def test_somebody_of_many_posts_is_told_of_each_in_one_question(
    world: World,
    head: Post,
    log_in_as: LogIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    put_up_one(world)
    assert world.head.person is not None
    for code in ("6760607-01", "6760607-02", "6760607-04"):
        give_post(
            world.head.person,
            Organisation.objects.get(code=code),
            role="head",
            title="ผู้อำนวยการกอง",
            from_on=date(2025, 10, 1),
            by=world.administrator,
        )
    client = log_in_as(world.head)
    with django_assert_max_num_queries(16):
        assert desk(client).count("เรื่องรอท่านในตำแหน่ง") == 1
