"""Who is late is chased by a letter to exactly them, with what they are late with."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.directives.orders import cascaded, in_hands_of
from tests.world import World
from thamthan.directives.actions import chase_late
from thamthan.directives.models import Order, Remark
from thamthan.directives.queries import late_under, proposed_day
from thamthan.directives.rules import AssignmentState, RemarkKind
from thamthan.errors import Refused
from thamthan.letters.models import Draft, RecipientGroup
from thamthan.letters.rules import parts_from_json, problems_of
from thamthan.records.queries import history_of
from thamthan.writing.bodytext import parse_body
from thamthan.writing.tables import Table

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
UNTIL = date(2026, 4, 9)


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    """Three working days after what was due on Friday 27 March 2569."""
    with time_machine.travel(datetime(2026, 4, 1, 10, tzinfo=ZoneInfo("Asia/Bangkok"))):
        yield


@pytest.fixture
def order(world: World) -> Order:
    """In the hands of three; one of them has answered."""
    order = cascaded(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    answered = in_hands_of(order, world.ban_lat_municipality)
    answered.assignments.update(state=AssignmentState.ANSWERED)
    return order


def chase(order: Order, world: World, handings: list[int] | None = None, **more: object) -> Draft:
    late = late_under(world.district_officer, order, today=TODAY)
    chosen = [one.handing for one in late] if handings is None else handings
    told = {"by": world.district_officer, "today": TODAY, "until": UNTIL, **more}
    return chase_late(order, chosen, **told)  # type: ignore[arg-type]


def test_only_those_who_are_late_are_late(world: World, order: Order) -> None:
    late = late_under(world.district_officer, order, today=TODAY)
    assert {one.organisation for one in late} == {world.nong_kapu.pk, world.tha_sen.pk}
    assert {one.worst for one in late} == {3}
    # The day itself is not late yet.
    assert not late_under(world.district_officer, order, today=date(2026, 3, 27))
    with pytest.raises(Refused):
        late_under(world.clerk, order, today=TODAY)


def test_the_letter_names_exactly_those_who_are_late(world: World, order: Order) -> None:
    draft = chase(order, world)
    parts = parts_from_json(draft.parts)
    assert parts.addressee == ("นายกองค์การบริหารส่วนตำบลท่าเสน และนายกองค์การบริหารส่วนตำบลหนองกะปุ")
    assert order.sent is not None
    (reference,) = parts.references
    assert reference.number == order.sent.number and reference.dated == "13 มีนาคม 2569"
    assert parts.subject.startswith("เร่งรัดการขับเคลื่อนงานตามนโยบาย")
    assert "บัดนี้ล่วงเลยกำหนดแล้ว" in parts.body
    assert "กำหนดวันที่ 27 มีนาคม 2569 ล่วงเลยมา 3 วันทำการ จำนวน 2 แห่ง" in parts.body
    assert "ภายในวันที่ 9 เมษายน 2569 (ภายใน 5 วันทำการ)" in parts.body
    assert world.ban_lat_municipality.name not in parts.body
    (table,) = [part for part in parse_body(parts.body) if isinstance(part, Table)]
    assert len(table.rows) == 2
    # Who signs is still to come; nothing else stands in its way.
    assert {problem.field for problem in problems_of(parts) if problem.stops} == {"signatory"}


def test_its_receivers_are_kept_to_send_it_to(world: World, order: Order) -> None:
    chase(order, world)
    group = RecipientGroup.objects.get()
    members = set(group.members.values_list("organisation", flat=True))
    assert members == {world.nong_kapu.pk, world.tha_sen.pk}


def test_chasing_is_told_and_moves_no_state(world: World, order: Order) -> None:
    handing = in_hands_of(order, world.nong_kapu)
    before = list(handing.assignments.values_list("state", "moved_at"))
    draft = chase(order, world, [handing.pk])
    assert list(handing.assignments.values_list("state", "moved_at")) == before
    (remark,) = Remark.objects.filter(kind=RemarkKind.CHASED)
    assert remark.handing == handing and remark.text == "ขอให้ส่งผลภายใน 9 เม.ย. 2569"
    entry = history_of(handing).get(verb="task:chased")
    assert entry.facts["draft"] == draft.pk and entry.facts["order"] == order.pk
    assert parts_from_json(draft.parts).addressee == "นายกองค์การบริหารส่วนตำบลหนองกะปุ"


def test_the_second_time_in_a_day_has_to_be_wanted(world: World, order: Order) -> None:
    one = in_hands_of(order, world.nong_kapu).pk
    chase(order, world, [one])
    with pytest.raises(Refused) as refused:
        chase(order, world)
    assert refused.value.code == "chased_today" and "วันนี้เร่งรัดไปแล้ว 1 แห่ง" in refused.value.message
    assert Draft.objects.filter(subject__startswith="เร่งรัด").count() == 1
    chase(order, world, is_again=True)
    # Another day it is another matter.
    with time_machine.travel(datetime(2026, 4, 3, 10, tzinfo=ZoneInfo("Asia/Bangkok"))):
        assert chase(order, world, today=date(2026, 4, 3))


def test_pressed_twice_it_is_one_letter(world: World, order: Order) -> None:
    submission = uuid.uuid4()
    one = chase(order, world, submission=submission)
    assert chase(order, world, submission=submission) == one
    assert Remark.objects.filter(kind=RemarkKind.CHASED).count() == 2


def test_who_may_not_chase(world: World, order: Order) -> None:
    late = [one.handing for one in late_under(world.district_officer, order, today=TODAY)]
    for by in (world.clerk, world.governor_officer, world.district_administrator):
        with pytest.raises(Refused):
            chase_late(order, late, by=by, today=TODAY, until=UNTIL)
    assert chase(order, world)


def test_nobody_is_chased_who_has_answered_meanwhile(world: World, order: Order) -> None:
    handing = in_hands_of(order, world.nong_kapu)
    handing.assignments.update(state=AssignmentState.ANSWERED)
    with pytest.raises(Refused) as refused:
        chase(order, world, [handing.pk])
    assert refused.value.code == "nobody_late"
    with pytest.raises(Refused) as refused:
        chase(order, world, until=TODAY)
    assert refused.value.code == "not_later"
    parts = parts_from_json(chase(order, world).parts)
    assert parts.addressee == "นายกองค์การบริหารส่วนตำบลท่าเสน"


def test_many_are_named_in_a_list(world: World) -> None:
    order = cascaded(world)
    parts = parts_from_json(chase(order, world).parts)
    assert parts.addressee == "นายกองค์กรปกครองส่วนท้องถิ่น ตามรายชื่อในหนังสือนี้"
    (table,) = [part for part in parse_body(parts.body) if isinstance(part, Table)]
    assert len(table.rows) == 15


def test_the_proposed_day_counts_working_days(world: World) -> None:
    # Chakri Day, Monday 6 April, is none.
    assert proposed_day(world.district_officer, today=TODAY) == date(2026, 4, 9)
