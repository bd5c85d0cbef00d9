"""A program with a key: what every test of the API begins with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.letters.models import Letter
from thamthan.organisations.actions import give_token
from thamthan.organisations.models import Post
from thamthan.thai.correspondence import Secrecy

ARRIVED = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def program(world: World) -> Callable[[Post], Client]:
    """A client that carries a key of this post."""

    def with_key(post: Post) -> Client:
        secret = give_token(post, name="ทดสอบ", by=post)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return with_key


@pytest.fixture
def clerk(world: World, program: Callable[[Post], Client]) -> Client:
    return program(world.clerk)


def received(by: Post, text: str | None = None, *, secrecy: Secrecy = Secrecy.OPEN) -> Letter:
    """A letter brought in and read."""
    file = IncomingFile(name="letter.txt", content=(text or paper()).encode())
    letter = receive_letter([file], by=by, received_at=ARRIVED, secrecy=secrecy)
    letter.refresh_from_db()
    return letter
