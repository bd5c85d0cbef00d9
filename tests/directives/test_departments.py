"""A department orders provinces and local governments beside it, and sees its own part alone."""

from dataclasses import replace
from datetime import date

import pytest

from tests.directives.departments import Department, make_department
from tests.directives.orders import PARTS, adopted, issued
from tests.world import World
from thamthan.directives.models import Order
from thamthan.directives.queries import (
    kinds_below,
    preview_of,
    receivers_of,
)
from thamthan.directives.rules import choice_of
from thamthan.letters.actions import keep_group
from thamthan.letters.models import RecipientGroup
from thamthan.letters.queries import directly_below, local_governments_below
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Level

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 20)


@pytest.fixture
def local(world: World) -> Department:
    return make_department(world, "DLA", "กรมส่งเสริมการปกครองท้องถิ่น")


@pytest.fixture
def neighbour(world: World, local: Department) -> Department:
    return make_department(world, "CDD", "กรมการพัฒนาชุมชน")


def own_order(of: Department) -> Order:
    parts = replace(PARTS, addressee="ผู้ว่าราชการจังหวัด ทุกจังหวัด", position="อธิบดี")
    return adopted(issued(of.clerk, of.head, parts=parts, code="มท 0808.3"), of.clerk)


def codes(found: object) -> set[str]:
    return {one.code for one in found}  # type: ignore[attr-defined]


def test_a_department_reaches_what_lies_below_its_ministry(
    world: World, local: Department, neighbour: Department
) -> None:
    assert reach_of(local.clerk) == world.ministry.path
    assert reach_of(world.governor_officer) == world.phetchaburi.path
    assert reach_of(world.officer) == world.nong_kapu.path
    by, above = local.clerk, world.ministry_clerk
    assert codes(local_governments_below(by)) == codes(local_governments_below(above))
    # The departments beside it are the ministry's to order.
    assert codes(directly_below(above)) - codes(directly_below(by)) == {"DLA", "CDD"}
    assert kinds_below(by) == kinds_below(above)
    assert codes(receivers_of(by, choice_of("all"))) == codes(local_governments_below(by))
    assert codes(receivers_of(by, choice_of("below"))) == codes(directly_below(by))
    # Named by its code another department may be; the ministry never, nor the house itself.
    named = choice_of("codes", codes=["CDD", "MOI", "DLA", "76", "6760607", "6760607-05"])
    assert codes(receivers_of(by, named)) == {"CDD", "76", "6760607"}
    assert preview_of(by, own_order(local), named).not_below == ("MOI", "DLA", "6760607-05")
    keep_group("กลุ่มทดลอง", by=by, codes=["76", "6760607"])
    group = choice_of("group", group=str(RecipientGroup.objects.get().pk))
    assert codes(receivers_of(by, group)) == {"76", "6760607"}


def test_a_division_of_a_department_reaches_as_far_as_its_house(
    world: World, local: Department
) -> None:
    division = Organisation.objects.create(
        code="DLA-01", name="กองทดลอง", short_name="กองทดลอง", level=Level.DIVISION,
        parent=local.organisation, path=f"{local.organisation.path}DLA-01/", sort_key="กองทดลอง",
    )  # fmt: skip
    post = Post(organisation=division, role="clerk")
    assert reach_of(post) == world.ministry.path
    assert "76" in codes(directly_below(post))
    assert not codes(directly_below(post)) & {"MOI", "DLA", "DLA-01"}
