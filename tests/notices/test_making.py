"""Notices of what happened: each to whom it concerns, once."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.directives.orders import cascaded, district_order, in_hands_of
from tests.notices.told import FRIDAY_BEFORE, acting_executive, make, say, told
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Extension, Handing
from thamthan.directives.rules import ExtensionState, RemarkKind
from thamthan.letters.models import Letter
from thamthan.letters.queries import local_governments_below
from thamthan.notices.models import Notice
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


def test_a_new_matter_is_told_to_the_clerk_once(world: World) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    assert make() == 2
    (notice,) = told(world.clerk)
    tasks = order.obligations.count()
    assert notice.words.startswith(f"{world.ban_lat.name} สั่งการ {tasks} ข้อ ส่งภายใน ศ. 27 มี.ค. 69")
    assert told(world.tha_sen_clerk) and not told(world.neighbour_clerk)
    # Looked at again, and by two ticks at once, it is the same notice.
    assert make() == 0
    assert Notice.objects.count() == 2


def test_an_installation_does_not_tell_again_what_is_read_twice(
    world: World, friday: time_machine.Traveller
) -> None:
    cascaded(world, [world.nong_kapu])
    make()
    for _ in range(3):
        friday.shift(timedelta(minutes=5))
        assert make() == 0
    friday.shift(timedelta(days=3))
    assert make() == 0


def test_a_house_is_not_told_of_what_it_took_up_itself(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    Handing.objects.filter(root=order).update(organisation=world.ban_lat, level="district")
    assert make() == 0


def test_a_question_goes_up_and_its_reply_comes_down(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    handing = in_hands_of(order, world.nong_kapu)
    say(RemarkKind.QUESTION, handing, by=world.officer, text="นับเฉพาะครัวเรือนในเขตหรือไม่")
    assert make() == 1
    (asked,) = told(world.district_officer)
    assert asked.kind == "question"
    assert "หารือ “นับเฉพาะครัวเรือนในเขตหรือไม่”" in asked.words
    assert not told(world.clerk, "question")

    say(RemarkKind.REPLY, handing, by=world.district_officer, text="นับทุกครัวเรือน")
    make()
    (replied,) = told(world.clerk, "reply")
    assert "ตอบข้อหารือ “นับทุกครัวเรือน”" in replied.words
    assert len(told(world.district_officer)) == 1


def test_nobody_is_told_of_their_own_words(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    say(RemarkKind.NOTE, in_hands_of(order, world.nong_kapu), by=world.clerk, text="บันทึก")
    say(RemarkKind.RETURN, in_hands_of(order, world.nong_kapu), by=world.clerk, text="แก้")
    assert make() == 0


def test_several_tasks_of_one_matter_make_one_notice(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    for text in ("ขาดภาพถ่าย", "ตัวเลขไม่ตรง", "ขาดลายมือชื่อ"):
        handing = in_hands_of(order, world.nong_kapu)
        say(RemarkKind.RETURN, handing, by=world.district_officer, text=text)
    assert make() == 1
    (notice,) = told(world.clerk, "returned")
    assert notice.count == 3 and "(3 ข้อ)" in notice.words
    # A fourth one later is told of by itself.
    say(RemarkKind.RETURN, handing, by=world.district_officer, text="อีกข้อ")
    assert make() == 1


def test_answers_of_a_day_are_one_notice_that_grows(world: World) -> None:
    houses = [world.nong_kapu, world.tha_sen, world.ban_lat_municipality]
    order = cascaded(world, houses)
    make()
    say(RemarkKind.ANSWER, in_hands_of(order, world.nong_kapu), by=world.clerk)
    assert make() == 1
    (notice,) = told(world.district_officer)
    assert world.nong_kapu.name in notice.words
    Notice.objects.update(read_at=timezone.now())

    say(RemarkKind.NIL, in_hands_of(order, world.tha_sen), by=world.tha_sen_clerk)
    handing = in_hands_of(order, world.ban_lat_municipality)
    say(RemarkKind.ANSWER, handing, by=world.ban_lat_clerk)
    assert make() == 0
    (notice,) = told(world.district_officer)
    assert notice.count == 3 and "วันนี้มีผู้ส่งผล 3 แห่ง" in notice.words
    assert notice.read_at is None


def test_an_extension_asked_and_decided(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    handing = in_hands_of(order, world.nong_kapu)
    say(RemarkKind.TIME_ASKED, handing, by=world.clerk, text="ฝนตกหนัก")
    make()
    assert told(world.district_officer, "time_asked")
    say(RemarkKind.TIME_GRANTED, handing, by=world.district_officer, text="ให้ถึง 3 เม.ย.")
    make()
    assert told(world.clerk, "time_decided")


def test_time_given_to_all_is_told_to_all(world: World, friday: time_machine.Traveller) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    make()
    friday.shift(timedelta(hours=1))
    Extension(
        order=order,
        state=ExtensionState.GRANTED,
        granted_until=date(2026, 4, 3),
        asked_by=world.district_officer,
        decided_by=world.district_officer,
        decided_at=timezone.now(),
        note="ขยายเวลาทุกแห่ง",
    ).save()
    assert make() == 2
    assert "ขยายเวลาทุกแห่ง" in told(world.tha_sen_clerk, "time_decided")[0].words
    assert make() == 0


def test_a_letter_that_became_secret_tells_nothing_more(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    assert order.sent is not None
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="secret")
    say(RemarkKind.RETURN, in_hands_of(order, world.nong_kapu), by=world.district_officer)
    say(RemarkKind.ANSWER, in_hands_of(order, world.nong_kapu), by=world.clerk)
    assert make() == 0
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="open")
    assert make() > 0


def test_a_division_is_told_by_its_house(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    make()
    house = in_hands_of(order, world.nong_kapu)
    division = Handing.objects.create(
        root=order, order=order, above=house, organisation=world.welfare, level="division"
    )
    make()
    # Nobody heads the division: its officer is told, and told who gave it.
    (notice,) = told(world.officer)
    assert notice.words.startswith(world.nong_kapu.name)
    say(RemarkKind.ANSWER, division, by=world.officer)
    make()
    assert told(world.clerk, "answered") and not told(world.district_officer, "answered")


def test_where_someone_acts_for_the_head_the_absent_head_is_not_told(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    Post.objects.filter(organisation=world.nong_kapu, role__in=["clerk", "chief_clerk"]).update(
        until_on=date(2026, 1, 1)
    )
    acting = acting_executive(world)
    make()
    (notice,) = told(acting)
    assert notice.post == acting
    assert not told(world.executive)
    assert order.pk == notice.order_id


def test_making_for_many_houses_asks_as_often_as_for_few(world: World) -> None:
    order = district_order(world)
    houses = list(local_governments_below(world.district_officer))
    make()
    counts = []
    for some in (houses[:2], houses):
        cascade_order(order, some, by=world.district_officer)
        with CaptureQueriesContext(connection) as asked:
            make()
        counts.append(len(asked))
    assert counts[0] == counts[1], counts
