"""/letters: what programs may see and bring in, and that secret letters do not exist for them."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.api.conftest import received
from tests.papers import paper
from tests.world import World
from thamthan.letters.models import Letter
from thamthan.letters.queries import letters_seen_by
from thamthan.organisations.models import Post
from thamthan.reading.model import from_json
from thamthan.thai.correspondence import Secrecy

WHERE = "/api/v1/letters"


def upload(text: str | None = None, name: str = "letter.txt") -> io.BytesIO:
    file = io.BytesIO((paper() if text is None else text).encode())
    file.name = name
    return file


def test_the_house_sees_its_letters_newest_first(world: World, clerk: Client) -> None:
    first, second = received(world.clerk), received(world.clerk, paper(number="พบ ๐๖๑๘/๗๐๒"))
    told = clerk.get(WHERE).json()
    assert told["count"] == 2
    assert [item["id"] for item in told["items"]] == [second.pk, first.pk]
    assert told["items"][1]["number"] == "พบ 0618/701"
    assert told["items"][1]["due_on"] == "2026-03-16"
    assert told["items"][1]["state"] == "to_confirm"


def test_another_house_sees_none_of_them(world: World, program: Callable[[Post], Client]) -> None:
    letter = received(world.clerk)
    for post in (world.neighbour_clerk, world.district_officer, world.governor_officer):
        stranger = program(post)
        assert stranger.get(WHERE).json()["count"] == 0
        assert stranger.get(f"{WHERE}/{letter.pk}").status_code == 404
        assert stranger.get(f"{WHERE}/{letter.pk}/reading").status_code == 404


def test_a_secret_letter_does_not_exist_for_programs(
    world: World, program: Callable[[Post], Client]
) -> None:
    letter = received(world.chief_clerk, secrecy=Secrecy.CONFIDENTIAL)
    assert letters_seen_by(world.chief_clerk).filter(pk=letter.pk).exists()
    for post in (world.chief_clerk, world.executive):
        asking = program(post)
        assert asking.get(WHERE).json()["count"] == 0
        missing = asking.get(f"{WHERE}/{letter.pk}")
        assert missing.status_code == 404
        assert missing.content == asking.get(f"{WHERE}/{letter.pk + 999}").content
        assert asking.get(f"{WHERE}/{letter.pk}/reading").status_code == 404


def test_one_letter_comes_with_its_files_and_not_their_bytes(world: World, clerk: Client) -> None:
    letter = received(world.clerk)
    told = clerk.get(f"{WHERE}/{letter.pk}").json()
    assert told["subject"] == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
    assert told["files"][0]["name"] == "letter.txt"
    assert len(told["files"][0]["sha256"]) == 64


def test_the_reading_is_told_as_the_contract_has_it(world: World, clerk: Client) -> None:
    letter = received(world.clerk)
    reading = from_json(clerk.get(f"{WHERE}/{letter.pk}/reading").json())
    assert reading.subject is not None
    assert reading.subject.value == letter.subject
    assert "pages" not in clerk.get(f"{WHERE}/{letter.pk}/reading").json()


def test_a_letter_that_was_not_read_has_no_reading(world: World, clerk: Client) -> None:
    answer = clerk.post(WHERE, {"files": upload("%PDF-1.7\n%%EOF\n", "scan.pdf")})
    missing = clerk.get(f"{answer.headers['Location']}/reading")
    assert missing.status_code == 404
    assert missing.json()["code"] == "no_reading"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"state": "to_confirm"}, 1),
        ({"state": "registered"}, 0),
        ({"due_until": "2026-03-16"}, 1),
        ({"due_until": "2026-03-15"}, 0),
        ({"received_from": "2026-03-03"}, 1),
        ({"received_from": "2026-03-04"}, 0),
        ({"receipt_year": 2026}, 0),
        ({"page": 2}, 0),
    ],
)
def test_letters_are_found_by_condition(
    world: World, clerk: Client, asked: dict[str, str], count: int
) -> None:
    received(world.clerk)
    assert len(clerk.get(WHERE, asked).json()["items"]) == count


def test_a_list_asks_the_database_the_same_whatever_its_length(
    world: World, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        received(world.clerk, paper(number=f"พบ ๐๖๑๘/๘{number}"))
    with django_assert_num_queries(3):
        assert len(clerk.get(WHERE).json()["items"]) == 4


def test_a_program_brings_a_letter_in(world: World, clerk: Client) -> None:
    answer = clerk.post(WHERE, {"files": upload(), "received_at": "2026-03-03T09:00:00"})
    assert answer.status_code == 201
    letter = letters_seen_by(world.clerk).get()
    assert answer.headers["Location"] == f"{WHERE}/{letter.pk}"
    assert answer.json()["ref"] == str(letter.ref)
    assert letter.entered_by == world.clerk
    assert letter.received_at.isoformat() == "2026-03-03T02:00:00+00:00"


def test_the_same_submission_again_is_the_same_letter(world: World, clerk: Client) -> None:
    submission = str(uuid4())
    first = clerk.post(WHERE, {"files": upload(), "submission": submission}).json()
    again = clerk.post(WHERE, {"files": upload(), "submission": submission}).json()
    assert first["id"] == again["id"]
    assert Letter.objects.count() == 1


def test_a_post_without_that_duty_brings_nothing_in(
    world: World, program: Callable[[Post], Client]
) -> None:
    answer = program(world.executive).post(WHERE, {"files": upload()})
    assert answer.status_code == 403
    assert answer.json()["code"] == "not_allowed"
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"files": "no file"}, 422),
        ({"files": upload("")}, 422),
        ({"files": upload(), "received_at": "3 มีนาคม"}, 422),
        ({"files": upload(), "received_at": "2999-01-01T00:00:00"}, 400),
        ({}, 422),
    ],
)
def test_what_cannot_be_received_is_refused_as_a_problem(
    clerk: Client, given: dict[str, object], status: int
) -> None:
    answer = clerk.post(WHERE, given)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Letter.objects.exists()


def test_a_file_that_is_too_large_is_refused(clerk: Client, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    answer = clerk.post(WHERE, {"files": upload("ก" * 1000)})
    assert answer.status_code == 413
    assert answer.json()["code"] == "file_too_large"
    assert not Letter.objects.exists()
