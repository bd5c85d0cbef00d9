"""A letter goes to many at once; each receiver gets it whole, and answers for itself alone."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import PARTS, numbered, open_books
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    cancel_number,
    confirm_reading,
    deliver_sendings,
    deliver_waiting,
    keep_group,
    mark_sendings_sent,
    move_sending,
    register_incoming,
    send_letter,
    set_aside_letter,
    take_back_letter,
)
from thamthan.letters.models import Letter, RegisterNumber, Sending
from thamthan.letters.queries import (
    corrections_of,
    desk_of,
    group_for,
    groups_of,
    incoming_of,
    letter_for,
    letters_seen_by,
    local_governments_below,
    may_receive,
    nearest_offices,
    readings_of,
    sending_count,
    sendings_of,
)
from thamthan.letters.rules import LetterState, SendingState, SendingWay
from thamthan.organisations.models import Post
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def letter(world: World) -> Letter:
    open_books(world.district_officer)
    return numbered(world, world.district_officer)


@pytest.fixture
def sent(world: World, letter: Letter) -> Letter:
    """The letter, sent to all fifteen local governments of the district, and arrived there."""
    below = local_governments_below(world.district_officer)
    assert send_letter(letter, by=world.district_officer, organisations=below) == 15
    deliver_sendings(letter.pk, by=world.district_officer)
    return letter


def arrived_at(post: Post) -> Letter:
    return letters_seen_by(post).get(number="พบ 0618/ว 100")


def test_all_below_get_it_in_their_queue_with_every_word_known(world: World, sent: Letter) -> None:
    count = sending_count(world.district_officer, sent)
    assert (count.whole, count.delivered, count.received) == (15, 15, 0)
    mine = arrived_at(world.clerk)
    assert mine.state == LetterState.TO_CONFIRM
    assert (mine.subject, mine.dated_on) == (PARTS.subject, date(2026, 3, 20))
    assert mine.due_on == date(2026, 3, 27)
    reading = readings_of(world.clerk, mine).reading
    assert reading is not None
    assert reading.subject is not None
    assert reading.subject.certainty == 1.0
    assert reading.doubts == ()
    assert [file.name[-4:] for file in mine.files.all()] == [".pdf"], "the DOCX stays at home"
    assert mine in desk_of(world.clerk, now=NOW).to_confirm


def test_one_press_registers_it_and_tells_the_sender(world: World, sent: Letter) -> None:
    open_books(world.clerk, code="พบ 72401")
    mine = arrived_at(world.clerk)
    done = register_incoming(mine, by=world.clerk, seen_version=mine.version)
    assert (done.state, done.receipt_number) == (LetterState.REGISTERED, 100)
    row = sendings_of(world.district_officer, sent).get(organisation=world.nong_kapu)
    assert (row.state, row.receipt) == (SendingState.RECEIVED, "100/2569")
    assert row.received_at == done.received_at
    assert sending_count(world.district_officer, sent).received == 1
    with pytest.raises(Refused, match="มีผู้อื่นแก้ไข"):
        register_incoming(mine, by=world.clerk, seen_version=mine.version)


def test_the_long_way_tells_the_sender_too(world: World, sent: Letter) -> None:
    open_books(world.clerk, code="พบ 72401")
    mine = arrived_at(world.clerk)
    reading = readings_of(world.clerk, mine).reading
    assert reading is not None
    confirm_reading(mine, reading, by=world.clerk, seen_version=1, received_at=NOW)
    row = sendings_of(world.district_officer, sent).get(organisation=world.nong_kapu)
    assert row.state == SendingState.RECEIVED
    # Nobody read it from paper, so it says nothing of how well paper is read.
    assert list(corrections_of(world.clerk)) == []


def test_what_is_sent_back_says_why_and_can_be_taken_up_again(world: World, sent: Letter) -> None:
    mine = arrived_at(world.clerk)
    set_aside_letter(mine, by=world.clerk, seen_version=1, note="ส่งผิดหน่วยงาน")
    row = sendings_of(world.district_officer, sent).get(organisation=world.nong_kapu)
    assert (row.state, row.note) == (SendingState.RETURNED, "ส่งผิดหน่วยงาน")
    take_back_letter(mine, by=world.clerk, seen_version=2)
    row.refresh_from_db()
    assert (row.state, row.note) == (SendingState.DELIVERED, "")


def test_nobody_else_sees_it(world: World, sent: Letter) -> None:
    mine = arrived_at(world.clerk)
    for post in (world.tha_sen_clerk, world.district_officer, world.neighbour_clerk):
        with pytest.raises(NotFound):
            letter_for(post, mine.pk)
    assert not letters_seen_by(world.neighbour_clerk).filter(subject=PARTS.subject).exists()
    for post in (world.clerk, world.tha_sen_clerk, world.governor_officer):
        with pytest.raises(NotFound):
            sendings_of(post, sent)


def test_the_same_press_twice_sends_once(world: World, sent: Letter) -> None:
    below = local_governments_below(world.district_officer)
    assert send_letter(sent, by=world.district_officer, organisations=below) == 0
    assert deliver_sendings(sent.pk, by=world.district_officer) == 0
    assert Sending.objects.count() == 15
    assert letters_seen_by(world.clerk).filter(subject=PARTS.subject).count() == 1


def test_what_a_killed_worker_left_is_delivered_by_the_minute(world: World, sent: Letter) -> None:
    lost = arrived_at(world.tha_sen_clerk)
    Sending.objects.filter(incoming=lost).update(state=SendingState.SENT, incoming=None)
    Letter.objects.filter(pk=lost.pk).update(submission=None)
    assert deliver_waiting(by=world.system) == 1
    again = Sending.objects.get(organisation=world.tha_sen)
    assert again.state == SendingState.DELIVERED
    assert deliver_waiting(by=world.system) == 0


def test_only_what_has_its_number_is_sent(world: World, letter: Letter) -> None:
    with pytest.raises(Refused, match="ของหน่วยงานอื่น"):
        send_letter(letter, by=world.clerk, organisations=[world.tha_sen])
    with pytest.raises(Refused, match="ไม่มีหน้าที่"):
        send_letter(letter, by=world.district_chief, organisations=[world.tha_sen])
    row = RegisterNumber.objects.get(letter=letter)
    cancel_number(row, by=world.district_officer, reason="พิมพ์ผิด")
    row.refresh_from_db()
    assert row.get_state_display() == "ยกเลิก"
    with pytest.raises(Refused, match="ไม่ได้ยกเลิก"):
        send_letter(letter, by=world.district_officer, organisations=[world.tha_sen])


def test_other_ways_go_step_by_step_with_proof(world: World, letter: Letter) -> None:
    clerk = world.district_officer
    names = ["สถานีตำรวจภูธรบ้านลาด", "โรงพยาบาลบ้านลาด", "โรงพยาบาลบ้านลาด"]
    assert send_letter(letter, by=clerk, outside=names) == 2
    assert send_letter(letter, by=clerk, outside=names) == 0
    assert sending_count(clerk, letter).prepared == 2
    assert mark_sendings_sent(letter, by=clerk) == 2
    police, hospital = sendings_of(clerk, letter)
    move_sending(
        police,
        SendingState.RECEIVED,
        by=clerk,
        receipt="๔๕/๒๕๖๙",
        proof=("ใบรับ.txt", "ลงชื่อผู้รับ".encode()),
    )
    police.refresh_from_db()
    assert (police.receipt, police.proof_name) == ("๔๕/๒๕๖๙", "ใบรับ.txt")
    with pytest.raises(Refused, match="โปรดบอกเหตุ"):
        move_sending(hospital, SendingState.RETURNED, by=clerk)
    move_sending(hospital, SendingState.RETURNED, by=clerk, note="ที่อยู่ผิด")
    with pytest.raises(Refused, match="เปลี่ยนเป็น"):
        move_sending(hospital, SendingState.RECEIVED, by=clerk)
    with pytest.raises(Refused, match="ของหน่วยงานอื่น"):
        move_sending(hospital, SendingState.SENT, by=world.clerk)


def test_what_goes_through_the_system_speaks_for_itself(world: World, sent: Letter) -> None:
    row = sendings_of(world.district_officer, sent)[0]
    with pytest.raises(Refused, match="สถานะเปลี่ยนเองเมื่อผู้รับลงรับ"):
        move_sending(row, SendingState.RECEIVED, by=world.district_officer)


def test_secret_letters_go_to_named_readers_alone(world: World) -> None:
    open_books(world.district_officer)
    parts = replace(PARTS, secrecy=Secrecy.CONFIDENTIAL)
    letter = numbered(world, world.district_officer, parts=parts)
    send_letter(letter, by=world.district_officer, organisations=[world.nong_kapu])
    deliver_sendings(letter.pk, by=world.district_officer)
    mine = letters_seen_by(world.chief_clerk).get(subject=PARTS.subject)
    for post in (world.clerk, world.officer, world.head):
        with pytest.raises(NotFound):
            letter_for(post, mine.pk)


def test_the_most_secret_goes_by_hand(world: World) -> None:
    open_books(world.district_officer)
    parts = replace(PARTS, secrecy=Secrecy.TOP_SECRET)
    letter = numbered(world, world.district_officer, parts=parts)
    with pytest.raises(Refused, match="ลับที่สุด"):
        send_letter(letter, by=world.district_officer, organisations=[world.nong_kapu])
    by_hand = send_letter(
        letter, by=world.district_officer, organisations=[world.nong_kapu], way=SendingWay.HAND
    )
    assert by_hand == 1


def test_groups_are_kept_for_next_time(world: World) -> None:
    codes = [world.nong_kapu.code, world.tha_sen.code, world.ban_lat.code, "0000"]
    keep_group("ตำบลนำร่อง", by=world.district_officer, codes=codes, outside=["โรงพยาบาล"])
    (group,) = groups_of(world.district_officer)
    assert group.count == 2, "neither one's own house nor what is not there"
    assert group_for(world.district_officer, group.pk).outside == "โรงพยาบาล"
    with pytest.raises(NotFound):
        group_for(world.clerk, group.pk)
    assert world.welfare not in may_receive(world.district_officer, [world.welfare.code])


def test_an_arrival_knows_how_it_came(world: World, sent: Letter) -> None:
    found = incoming_of(world.clerk, arrived_at(world.clerk))
    assert found is not None
    assert found.letter == sent


def test_an_office_with_none_below_is_offered_those_above_and_beside(world: World) -> None:
    offered = set(nearest_offices(world.clerk))
    assert {world.ban_lat, world.tha_sen, world.ban_lat_municipality} <= offered
    assert len(offered) == 15
    assert not {world.nong_kapu, world.welfare, world.neighbour} & offered
