"""Receiving, confirming and registering letters, through the room's doors."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.letters.books import letters_in_book
from tests.papers import paper
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    finish_letter,
    mark_as_twin,
    open_register,
    receive_letter,
    reopen_letter,
    set_aside_letter,
    take_back_letter,
)
from thamthan.letters.models import Letter, Register
from thamthan.letters.queries import (
    desk_of,
    letter_for,
    letters_seen_by,
    likely_twins,
    readings_of,
)
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.models import Post
from thamthan.records.queries import content_of, history_of
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

ARRIVED = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def register(world: World) -> Register:
    Register.objects.filter(organisation=world.nong_kapu).delete()
    return open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)


def received(by: Post, text: str | None = None, **more: object) -> Letter:
    file = IncomingFile(name="letter.txt", content=(text or paper()).encode())
    letter = receive_letter([file], by=by, received_at=ARRIVED, **more)  # type: ignore[arg-type]
    letter.refresh_from_db()
    return letter


def registered(letter: Letter, by: Post, *, despite_twins: str = "") -> Letter:
    reading = readings_of(by, letter).reading
    assert reading is not None
    return confirm_reading(
        letter,
        reading,
        by=by,
        seen_version=letter.version,
        received_at=ARRIVED,
        despite_twins=despite_twins,
    )


def test_a_letter_comes_in_is_read_and_waits_for_a_person(world: World) -> None:
    letter = received(world.clerk)
    assert letter.state == LetterState.TO_CONFIRM
    assert letter.receipt_number is None
    assert letter.number == "พบ 0618/701"
    assert letter in desk_of(world.clerk, now=ARRIVED).to_confirm


def test_the_bytes_are_kept_as_they_came(world: World) -> None:
    content = paper().replace("\n", "\r\n").encode("cp874")
    letter = receive_letter(
        [IncomingFile(name="จดหมาย.txt", content=content)], by=world.clerk, received_at=ARRIVED
    )
    assert content_of(letter.files.get().file) == content


def test_confirming_registers_with_the_next_number(world: World) -> None:
    first = registered(received(world.clerk), world.clerk)
    second = registered(received(world.clerk, paper(number="พบ ๐๖๑๘/๗๐๒")), world.clerk)
    assert (first.receipt_number, second.receipt_number) == (1, 2)
    assert letters_in_book(world.clerk, year=2026) == [second, first]
    verbs = [entry.verb for entry in history_of(first)]
    assert verbs == ["letter:received", "letter:read", "letter:registered"]


def test_a_letter_may_be_typed_in_before_the_machine_reads_it(world: World) -> None:
    letter = received(world.clerk)
    reading = readings_of(world.clerk, letter).reading
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.ARRIVED)
    assert reading is not None
    typed = confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version, received_at=ARRIVED
    )
    assert (typed.state, typed.receipt_number) == (LetterState.REGISTERED, 1)


def test_each_calendar_year_starts_again_at_one(world: World) -> None:
    old = registered(received(world.clerk), world.clerk)
    letter = received(world.clerk, paper(number="พบ ๐๖๑๘/๗๐๒"))
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    # 31 December 18:00 UTC is already the new year in Bangkok.
    earlier = confirm_reading(
        letter,
        reading,
        by=world.clerk,
        seen_version=letter.version,
        received_at=datetime(2025, 12, 31, 18, 0, tzinfo=UTC),
    )
    assert (old.receipt_year, old.receipt_number) == (2026, 1)
    assert (earlier.receipt_year, earlier.receipt_number) == (2026, 2)


@pytest.mark.parametrize(("stamped", "doubted"), [("๗", True), ("๑", False)])
def test_a_stamp_with_another_number_than_the_register_is_doubted(
    world: World, stamped: str, doubted: bool
) -> None:
    stamp = f"องค์การบริหารส่วนตำบลหนองกะปุ\nเลขรับที่ {stamped}\nวันที่ ๓ มี.ค. ๖๙\nเวลา ๐๙.๐๐ น.\n\n"
    letter = registered(received(world.clerk, stamp + paper()), world.clerk)
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    codes = [doubt.code for doubt in reading.doubts]
    assert ("receipt_number_differs" in codes) is doubted


def test_an_office_that_comes_from_paper_starts_in_the_middle(world: World) -> None:
    open_register(
        by=world.tha_sen_clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614
    )
    assert registered(received(world.tha_sen_clerk), world.tha_sen_clerk).receipt_number == 614


def test_without_a_register_nothing_is_registered_and_nothing_lost(world: World) -> None:
    letter = received(world.tha_sen_clerk)
    with pytest.raises(Refused) as refusal:
        registered(letter, world.tha_sen_clerk)
    assert refusal.value.code == "no_register"
    letter.refresh_from_db()
    assert letter.state == LetterState.TO_CONFIRM


def test_a_register_is_opened_once(world: World) -> None:
    with pytest.raises(Refused, match="เปิดทะเบียนนี้ไว้แล้ว"):
        open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)


def test_the_same_button_pressed_twice_makes_one_letter(world: World) -> None:
    press = uuid4()
    assert received(world.clerk, submission=press) == received(world.clerk, submission=press)
    assert letters_seen_by(world.clerk).count() == 1


def test_the_same_letter_twice_is_shown_as_a_twin_and_not_registered(world: World) -> None:
    first = registered(received(world.clerk), world.clerk)
    again = received(world.clerk, paper() + "\n\n(สำเนาจากกลุ่มไลน์)")
    assert [twin.letter for twin in likely_twins(world.clerk, again)] == [first]
    with pytest.raises(Refused) as refusal:
        registered(again, world.clerk)
    assert refusal.value.code == "twins"
    mark_as_twin(again, first, by=world.clerk, seen_version=again.version)
    again.refresh_from_db()
    assert (again.state, again.twin_of, again.receipt_number) == (LetterState.TWIN, first, None)


def test_a_person_may_say_that_the_twin_is_another_letter(world: World) -> None:
    registered(received(world.clerk), world.clerk)
    again = received(world.clerk)
    second = registered(again, world.clerk, despite_twins="ฉบับแก้ไข ส่งมาแทน")
    assert second.receipt_number == 2
    assert history_of(second).last().note == "ฉบับแก้ไข ส่งมาแทน"  # type: ignore[union-attr]


def test_the_same_letter_in_another_house_is_no_twin(world: World) -> None:
    registered(received(world.clerk), world.clerk)
    assert likely_twins(world.tha_sen_clerk, received(world.tha_sen_clerk)) == []


def test_two_clerks_at_one_letter_do_not_overwrite_each_other(world: World) -> None:
    letter = received(world.clerk)
    registered(letter, world.chief_clerk)
    with pytest.raises(Refused) as refusal:
        registered(letter, world.clerk)
    assert refusal.value.code == "changed_meanwhile"


def test_a_correction_keeps_the_number_and_every_reading(world: World) -> None:
    letter = registered(received(world.clerk), world.clerk)
    corrected = registered(letter, world.clerk)
    assert corrected.receipt_number == letter.receipt_number == 1
    assert corrected.readings.count() == 3


def test_a_letter_set_aside_says_why_and_can_come_back(world: World) -> None:
    letter = received(world.clerk)
    with pytest.raises(Refused, match="เหตุ"):
        set_aside_letter(letter, by=world.clerk, seen_version=letter.version, note=" ")
    set_aside_letter(letter, by=world.clerk, seen_version=letter.version, note="ส่งผิดหน่วยงาน")
    letter.refresh_from_db()
    take_back_letter(letter, by=world.clerk, seen_version=letter.version)
    letter.refresh_from_db()
    assert registered(letter, world.clerk).receipt_number == 1


def test_a_letter_without_a_number_cannot_be_reopened_into_the_register(world: World) -> None:
    letter = received(world.clerk)
    with pytest.raises(Refused) as refusal:
        reopen_letter(letter, by=world.clerk, seen_version=letter.version)
    assert refusal.value.code == "wrong_state"
    with pytest.raises(Refused):
        take_back_letter(letter, by=world.clerk, seen_version=letter.version)


def test_a_finished_letter_leaves_the_desk_and_can_return(world: World) -> None:
    letter = registered(received(world.clerk), world.clerk)
    assert [line.letter for line in desk_of(world.clerk, now=ARRIVED).due] == [letter]
    finish_letter(letter, by=world.clerk, seen_version=letter.version)
    assert desk_of(world.clerk, now=ARRIVED).due == ()
    letter.refresh_from_db()
    reopen_letter(letter, by=world.clerk, seen_version=letter.version)
    assert len(desk_of(world.clerk, now=ARRIVED).due) == 1


def test_the_desk_says_what_is_asked_and_how_long_is_left(world: World) -> None:
    registered(received(world.clerk), world.clerk)
    line = desk_of(world.clerk, now=datetime(2026, 3, 13, 3, 0, tzinfo=UTC)).due[0]
    assert "report" in [ask.obligation.ask for ask in line.asks]
    assert line.left is not None
    assert line.left.words == "เหลือ 2 วันทำการ"
    late = desk_of(world.clerk, now=datetime(2026, 3, 18, 3, 0, tzinfo=UTC)).late
    assert [line.letter.subject for line in late] == [line.letter.subject]


def test_a_repeating_deadline_shows_its_next_time_and_is_never_late(world: World) -> None:
    letter = registered(received(world.clerk, paper(deadline="ทุกวันศุกร์")), world.clerk)
    line = desk_of(world.clerk, now=datetime(2026, 3, 23, 3, 0, tzinfo=UTC)).due[0]
    assert line.letter == letter
    assert str(line.due_on) == "2026-03-27"
    assert line.left is not None
    assert not line.left.is_late


def test_an_officer_reads_but_does_not_register(world: World) -> None:
    letter = received(world.clerk)
    assert letter_for(world.officer, letter.pk) == letter
    with pytest.raises(Refused) as refusal:
        received(world.officer)
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "name", ["neighbour_clerk", "tha_sen_clerk", "district_officer", "governor_officer"]
)
def test_another_house_does_not_even_see_it(world: World, name: str) -> None:
    letter = received(world.clerk)
    other: Post = getattr(world, name)
    assert letter not in letters_seen_by(other)
    with pytest.raises(NotFound):
        letter_for(other, letter.pk)


def test_a_secret_letter_is_not_read_and_seen_by_few(world: World) -> None:
    letter = received(world.clerk, secrecy=Secrecy.SECRET)
    assert letter.readings.count() == 0
    assert letter in letters_seen_by(world.clerk)
    assert letter in letters_seen_by(world.chief_clerk)
    for post in (world.executive, world.officer, world.head, world.administrator):
        assert letter not in letters_seen_by(post)


def test_a_letter_that_says_it_is_secret_disappears_from_others(world: World) -> None:
    letter = received(world.clerk, "ลับมาก\n\n" + paper())
    assert letter not in letters_seen_by(world.officer)
    assert letter in letters_seen_by(world.clerk)
    assert letter in letters_seen_by(world.chief_clerk)


@pytest.mark.parametrize("text", ["701", "พบ0618/701", "๐๖๑๘/๗๐๑", "พบ ๐๖๑๘/ ๗๐๑", "ผู้สูงอายุ", "1"])
def test_the_register_is_searched_in_any_spelling(world: World, text: str) -> None:
    letter = registered(received(world.clerk), world.clerk)
    registered(received(world.clerk, paper(number="พบ ๐๖๑๘/๙๙", subject="การประชุม")), world.clerk)
    assert letter in letters_in_book(world.clerk, year=2026, text=text)
    assert letters_in_book(world.clerk, year=2026, text="ไม่มีคำนี้") == []
