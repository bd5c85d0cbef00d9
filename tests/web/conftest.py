"""Browsers without a screen: a client logged in as a post of the named world."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import IncomingFile, open_register, receive_letter
from thamthan.letters.models import Letter
from thamthan.letters.queries import letter_for
from thamthan.letters.rules import Direction
from thamthan.organisations.models import Post

LogIn = Callable[[Post], Client]
Receive = Callable[..., Letter]
BANGKOK = ZoneInfo("Asia/Bangkok")
ARRIVED = datetime(2026, 3, 3, 9, 30, tzinfo=BANGKOK)
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=BANGKOK)


# The smallest picture there is.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xdc\xccY\xe7\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def friday_afternoon() -> Iterator[None]:
    """Every test of the pages happens on Friday 20 March 2569, shortly after two."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def log_in_as() -> LogIn:
    def log_in(post: Post) -> Client:
        client = Client()
        assert post.person is not None
        client.force_login(post.person)
        session = client.session
        session["post"] = post.pk
        session.save()
        return client

    return log_in


@pytest.fixture
def register(world: World) -> None:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614)


@pytest.fixture
def received(world: World) -> Receive:
    """A letter brought in by the clerk, read by the machine."""

    def receive(text: str = "", *, at: datetime = ARRIVED) -> Letter:
        content = (text or paper()).encode()
        letter = receive_letter(
            [IncomingFile(name="หนังสือ.txt", content=content)],
            by=world.clerk,
            received_at=at,
        )
        return letter_for(world.clerk, letter.pk)

    return receive


@pytest.fixture
def clerk(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.clerk)


def incoming(**more: Any) -> dict[str, Any]:
    return {
        "received_on": "3 มี.ค. 69",
        "received_time": "9.30",
        "secrecy": "open",
        "submission": str(uuid.uuid4()),
        **more,
    }
