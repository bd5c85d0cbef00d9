"""A department orders provinces and local governments beside it, and sees its own part alone."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.directives.departments import Department, make_department
from tests.directives.orders import PARTS, adopted, in_hands_of, issued
from tests.letters.drafts import open_books
from tests.world import World
from thamthan.directives.actions import (
    accept_answers,
    acknowledge_handing,
    answer_tasks,
    cascade_order,
    pass_on_order,
)
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.queries import (
    Board,
    assignments_seen_by,
    board_of,
    handings_seen_by,
    kinds_below,
    latency_of,
    map_of,
    matters_in_hands_of,
    matters_of,
    may_judge,
    order_sheet,
    orders_handed_down,
    pass_on_sheet,
    preview_of,
    receivers_of,
)
from thamthan.directives.rules import AssignmentState, choice_of
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import issue_draft, keep_group, sign_draft
from thamthan.letters.models import RecipientGroup, Sending
from thamthan.letters.queries import directly_below, local_governments_below
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import organisation_for, reach_of
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


def ministry_order(world: World, to: list[Organisation]) -> Order:
    parts = replace(PARTS, addressee="อธิบดี ทุกกรม และผู้ว่าราชการจังหวัด ทุกจังหวัด")
    letter = issued(world.ministry_clerk, world.permanent_secretary, parts=parts, code="มท 0211.3")
    order = adopted(letter, world.ministry_clerk)
    cascade_order(order, to, by=world.ministry_clerk)
    return order


def passed_on(order: Order, organisation: Organisation, by: Post, signer: Post) -> Order:
    """This house passes the matter on by a letter of its own; it hands nothing down yet."""
    open_books(by, code=f"กท {organisation.code}")
    own = pass_on_order(in_hands_of(order, organisation), by=by, own_days={})
    assert own.draft is not None
    signed = sign_draft(own.draft, by=signer, seen_version=own.draft.version)
    issue_draft(signed, by=by, on=date(2026, 3, 16))
    return own


def codes(found: object) -> set[str]:
    return {one.code for one in found}  # type: ignore[attr-defined]


def rows(board: Board) -> set[str]:
    return {row.organisation.code for row in board.areas}


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


def test_it_orders_provinces_and_local_governments_and_judges_both(
    world: World, local: Department, neighbour: Department
) -> None:
    order = own_order(local)
    done = cascade_order(order, [world.phetchaburi, world.nong_kapu], by=local.clerk)
    assert done.new_tasks == 2 * order.obligations.count()
    assert Sending.objects.filter(letter=order.sent).count() == 2
    seen = handings_seen_by(local.clerk)
    assert {one.organisation.code for one in seen} == {"76", "6760607"}
    assert assignments_seen_by(local.head).count() == done.new_tasks
    sheet = order_sheet(local.clerk, order)
    assert (sheet.receivers, sheet.below_count) == (2, directly_below(local.clerk).count())
    assert {one.count for one in sheet.asked} == {2}

    handing = in_hands_of(order, world.nong_kapu)
    acknowledge_handing(handing, by=world.clerk)
    task = handing.assignments.filter(obligation__ask="report").get()
    answer_tasks(handing, [task], by=world.clerk, text="ดำเนินการแล้ว", seen_at=timezone.now())
    task.refresh_from_db()
    for stranger in (neighbour.clerk, world.ministry_clerk, world.governor_officer):
        assert not may_judge(stranger, handing)
        with pytest.raises(Refused):
            accept_answers([task], by=stranger, seen_at=task.moved_at)
    assert may_judge(local.clerk, handing)
    accept_answers([task], by=local.clerk, seen_at=task.moved_at)
    task.refresh_from_db()
    assert task.state == AssignmentState.DONE


def test_a_province_passes_on_what_a_department_ordered(world: World, local: Department) -> None:
    order = own_order(local)
    cascade_order(order, [world.phetchaburi, world.tha_sen], by=local.clerk)
    handing = in_hands_of(order, world.phetchaburi)
    sheet = pass_on_sheet(world.governor_officer, handing)
    assert sheet.above.house == local.organisation.name
    assert [line.plan is not None for line in sheet.lines if line.upper_on] == [True]
    below = passed_on(order, world.phetchaburi, world.governor_officer, world.governor)
    assert f"ได้รับแจ้งจาก{local.organisation.name}ว่า" in below.draft.parts["body"]  # type: ignore[union-attr]
    cascade_order(below, [world.ban_lat, world.nong_kapu], by=world.governor_officer)

    # The nearest giver judges; the department sees all of it down to the last.
    assert may_judge(world.governor_officer, in_hands_of(order, world.nong_kapu))
    assert not may_judge(local.clerk, in_hands_of(order, world.nong_kapu))
    assert may_judge(local.clerk, in_hands_of(order, world.tha_sen))
    seen = {one.organisation.code for one in handings_seen_by(local.clerk)}
    assert seen == {"76", "7606", "6760607", "6760609"}
    labels = [stay.label for stay in latency_of(local.clerk, order).stays]
    assert labels == ["กรม", "จังหวัด", "อำเภอ", "อปท."]


def test_its_board_is_of_the_nation_and_leads_down(world: World, local: Department) -> None:
    order = own_order(local)
    below = list(local_governments_below(local.clerk))
    cascade_order(order, [*directly_below(local.clerk), *below], by=local.clerk)
    board = board_of(local.clerk, order, today=TODAY)
    assert board.within == board.house == local.organisation
    assert rows(board) == {"76"}
    assert board.heads.whole == len(below)
    assert board.whole.whole == len(below) * order.obligations.count()
    province = board_of(local.clerk, order, within=world.phetchaburi, today=TODAY)
    assert rows(province) == {"7601", "7606"}
    assert [one.code for one in province.path] == ["DLA", "76"]
    district = board_of(local.clerk, order, within=world.ban_lat, today=TODAY)
    assert [one.code for one in district.path] == ["DLA", "76", "7606"]
    assert world.nong_kapu in [row.organisation for row in district.receivers]
    between = board_of(local.clerk, order, today=TODAY, level=Level.PROVINCE)
    assert [row.organisation for row in between.receivers] == [world.phetchaburi]
    assert board_of(local.clerk, order, within=local.organisation, today=TODAY) == board

    (row,) = matters_of(local.clerk, list(orders_handed_down(local.clerk)), today=TODAY)
    assert (row.organisations, row.whole) == (board.heads.whole, board.whole)
    assert map_of(local.clerk, order, today=TODAY).whole == board.whole.whole
    assert [one.root for one in matters_in_hands_of(local.clerk, world.nong_kapu)] == [order]


def test_beside_and_above_see_nothing_of_it(
    world: World, local: Department, neighbour: Department
) -> None:
    order = own_order(local)
    cascade_order(order, list(local_governments_below(local.clerk)), by=local.clerk)
    for post in (neighbour.clerk, world.ministry_clerk, world.governor_officer):
        assert not handings_seen_by(post).exists()
        with pytest.raises(NotFound):
            board_of(post, order, today=TODAY)
        assert not matters_in_hands_of(post, world.nong_kapu).exists()
    # Nor does the department look into its ministry or its neighbour.
    for within in (world.ministry, world.welfare):
        with pytest.raises(NotFound):
            board_of(local.clerk, order, within=within, today=TODAY)
        with pytest.raises(NotFound):
            matters_in_hands_of(local.clerk, within)
    assert not board_of(local.clerk, order, within=neighbour.organisation, today=TODAY).whole.whole
    assert board_of(local.clerk, order, today=TODAY).whole.whole


def test_of_the_ministrys_matter_it_sees_what_it_passed_on_alone(
    world: World, local: Department, neighbour: Department
) -> None:
    order = ministry_order(
        world, [local.organisation, neighbour.organisation, world.phetchaburi, world.tha_sen]
    )
    # Each department has it, and sees its own part; the ministry's provinces are the ministry's.
    for each in (local, neighbour):
        assert [one.organisation for one in handings_seen_by(each.clerk)] == [each.organisation]
        assert not board_of(each.clerk, order, today=TODAY).whole.whole
        assert not matters_in_hands_of(each.clerk, world.tha_sen).exists()
    # A clause that the province added to the ministry's matter is none of the department's.
    beside = passed_on(order, world.phetchaburi, world.governor_officer, world.governor)
    cascade_order(beside, [world.ban_lat_municipality], by=world.governor_officer)
    below = passed_on(order, local.organisation, local.clerk, local.head)
    assert below.draft.parts["addressee"] == "ผู้ว่าราชการจังหวัดเพชรบุรี"  # type: ignore[union-attr]
    cascade_order(below, [world.nong_kapu, world.ban_lat], by=local.clerk)

    seen = {one.organisation.code for one in handings_seen_by(local.clerk)}
    assert seen == {"DLA", "6760607", "7606"}
    asked = order.obligations.count()
    board = board_of(local.clerk, order, today=TODAY)
    assert (board.heads.whole, board.whole.whole) == (1, asked)
    within = board_of(local.clerk, order, within=world.ban_lat, today=TODAY)
    assert [row.organisation for row in within.receivers] == [world.nong_kapu]
    assert map_of(local.clerk, order, today=TODAY).whole == asked
    (row,) = matters_of(local.clerk, list(orders_handed_down(local.clerk)), today=TODAY)
    assert (row.organisations, row.whole.whole) == (1, asked)
    assert {one.count for one in order_sheet(local.clerk, below).asked} == {2}
    assert may_judge(local.clerk, in_hands_of(order, world.nong_kapu))
    # The other department sees nothing of that; the ministry all of its own matter.
    assert handings_seen_by(neighbour.clerk).count() == 1
    assert board_of(world.ministry_clerk, order, today=TODAY).heads.whole == 3
    assert handings_seen_by(world.ministry_clerk).count() == Handing.objects.count()


def test_its_list_tells_of_its_own_matters_and_of_its_share_in_others(
    world: World, local: Department
) -> None:
    order = ministry_order(world, [local.organisation, world.tha_sen])
    below = passed_on(order, local.organisation, local.clerk, local.head)
    cascade_order(below, [world.nong_kapu], by=local.clerk)
    own = adopted(issued(local.clerk, local.head, code="มท 0808.3"), local.clerk)
    cascade_order(own, [world.nong_kapu, world.tha_sen], by=local.clerk)
    found = matters_of(local.clerk, list(orders_handed_down(local.clerk)), today=TODAY)
    assert {row.order.pk: row.organisations for row in found} == {own.pk: 2, below.pk: 1}
    assert {row.order.pk: row.whole.whole for row in found} == {
        own.pk: 2 * own.obligations.count(), below.pk: order.obligations.count(),
    }  # fmt: skip


def test_a_clause_added_beside_it_is_no_column_of_its_board(
    world: World, local: Department
) -> None:
    order = ministry_order(world, [local.organisation, world.phetchaburi])
    open_books(world.governor_officer, code="พบ 0017")
    beside = pass_on_order(
        in_hands_of(order, world.phetchaburi), by=world.governor_officer, own_days={},
        addition=["ส่งภาพถ่ายให้จังหวัด"],
    )  # fmt: skip
    below = passed_on(order, local.organisation, local.clerk, local.head)
    cascade_order(below, [world.nong_kapu], by=local.clerk)
    board = board_of(local.clerk, order, within=world.phetchaburi, today=TODAY)
    assert not {one.pk for one in board.columns} & set(
        beside.obligations.values_list("pk", flat=True)
    )
    above = board_of(world.ministry_clerk, order, within=world.phetchaburi, today=TODAY)
    assert len(above.columns) == len(board.columns) + 1


def test_its_pages_ask_no_more_than_those_of_its_ministry(world: World, local: Department) -> None:
    own = own_order(local)
    letter = issued(world.ministry_clerk, world.permanent_secretary, code="มท 0211.3")
    above = adopted(letter, world.ministry_clerk)
    everyone = list(local_governments_below(local.clerk))
    cascade_order(own, everyone, by=local.clerk)
    cascade_order(above, everyone, by=world.ministry_clerk)

    district = organisation_for(local.clerk, world.ban_lat.code)

    def asked(post: Post, order: Order) -> list[int]:
        counts = []
        for look in (
            lambda: board_of(post, order, today=TODAY),
            lambda: board_of(post, order, within=district, today=TODAY),
            lambda: matters_of(post, [order], today=TODAY),
            lambda: map_of(post, order, today=TODAY),
            lambda: order_sheet(post, order),
            lambda: list(handings_seen_by(post)),
            lambda: preview_of(post, order, choice_of("all")),
        ):
            with CaptureQueriesContext(connection) as queries:
                look()
            counts.append(len(queries))
        return counts

    mine, theirs = asked(local.clerk, own), asked(world.ministry_clerk, above)
    assert all(one <= other for one, other in zip(mine, theirs, strict=True)), (mine, theirs)
    assert (
        Assignment.objects.filter(root=own).count() == Assignment.objects.filter(root=above).count()
    )
