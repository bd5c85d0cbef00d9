"""The description is true: whatever is asked, the answer is one that the description names."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import received
from tests.world import World
from thamthan.api.router import api
from thamthan.organisations.actions import give_token
from thamthan.organisations.models import Post
from thamthan.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keeps the connection open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(world: World) -> str:
    """A key of the clerk, with a letter in the house to be found."""
    received(world.clerk)
    return give_token(world.clerk, name="ทดสอบ", by=world.clerk)


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case: schemathesis.Case, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)


def test_the_description_is_open_to_everyone(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Thamthan (ทำทัน)"


def test_every_operation_asks_for_a_key() -> None:
    for path, operations in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        for operation in operations.values():
            assert operation["security"] == [{"PostToken": []}], path


def test_a_letter_that_is_found_is_answered_as_described(
    world: World, program: Callable[[Post], Client], key: str
) -> None:
    told = program(world.clerk).get("/api/v1/letters").json()["items"][0]
    assert program(world.clerk).get(f"/api/v1/letters/{told['id']}").status_code == 200
