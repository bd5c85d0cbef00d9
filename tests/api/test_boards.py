"""Programs ask for the board of a matter: the same figures as the page, for the same houses."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.directives.country import in_all_hands, invented_tree, matter
from tests.directives.orders import cascaded
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]


def test_a_program_is_told_n_of_m_by_areas_and_by_organisations(
    world: World, program: Program
) -> None:
    tree = invented_tree(world.ministry, provinces=2, districts=3, local_governments=6)
    order = matter(world.ministry_officer, clauses=2)
    in_all_hands(order, tree, today=date(2026, 3, 20))
    client = program(world.ministry_officer)
    told = client.get(f"/api/v1/orders/{order.pk}/board").json()
    assert (told["tasks"]["whole"], told["organisations"]["whole"]) == (12, 6)
    assert [row["organisation"] for row in told["areas"]] == ["P00000", "P00001"]
    assert len(told["areas"][0]["cells"]) == len(told["clauses"]) == 2
    below = client.get(f"/api/v1/orders/{order.pk}/board?within=D00000&show=waiting").json()
    assert below["areas"] == []
    for row in below["receivers"]:
        states = Assignment.objects.filter(organisation__code=row["organisation"])
        assert sorted(cell["state"] for cell in row["cells"]) == sorted(
            states.values_list("state", flat=True)
        )
    assert client.get(f"/api/v1/orders/{order.pk}/board?show=unknown").status_code == 422


def test_a_program_of_another_house_finds_no_board(world: World, program: Program) -> None:
    order = cascaded(world)
    address = f"/api/v1/orders/{order.pk}/board"
    assert program(world.neighbour_clerk).get(address).status_code == 404
    assert program(world.clerk).get(f"{address}?within=7606").status_code == 404
    own = program(world.clerk).get(address).json()
    assert [row["organisation"] for row in own["receivers"]] == [world.nong_kapu.code]
