"""Whoever may set the chains of an office finds the way to them, and nobody else is shown it."""

import pytest

from tests.web.conftest import LogIn
from tests.world import World

pytestmark = pytest.mark.django_db
LINK = 'href="/chains/"'


def test_an_administrator_comes_to_the_chains_from_the_desk_and_the_office(
    world: World, log_in_as: LogIn
) -> None:
    client = log_in_as(world.administrator)
    for address in ("/", f"/organisations/{world.nong_kapu.code}/"):
        page = client.get(address).content.decode()
        assert LINK in page
        assert 'href="/chains/phrases/"' in page
    assert client.get("/chains/").status_code == 200


def test_it_is_shown_for_ones_own_office_and_to_those_who_may_alone(
    world: World, log_in_as: LogIn
) -> None:
    administrator = log_in_as(world.administrator)
    for other in (world.tha_sen, world.welfare):
        page = administrator.get(f"/organisations/{other.code}/").content.decode()
        assert LINK not in page
    officer = log_in_as(world.officer)
    for address in ("/", f"/organisations/{world.nong_kapu.code}/"):
        assert LINK not in officer.get(address).content.decode()
