"""A draft takes a number that was reserved for it, once, and of its own year and series."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import open_books, plain, signed
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import (
    change_register,
    issue_draft,
    release_reserved,
    reserve_numbers,
)
from thamthan.letters.models import Draft, Register, RegisterNumber
from thamthan.letters.queries import reserved_for_draft
from thamthan.letters.rules import CircularSeries, DraftState, NumberState, YearKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(NOW):
        yield


def sent_book(world: World) -> Register:
    return Register.objects.get(organisation=world.ban_lat, direction="sent", series="main")


def reserve(world: World, register: Register, *, count: int = 2) -> list[RegisterNumber]:
    return reserve_numbers(
        register,
        by=world.district_officer,
        on=TODAY,
        count=count,
        reserved_for="กลุ่มงานปกครอง",
        reason="ประกวดราคา",
        until=date(2026, 3, 31),
    )


@pytest.fixture
def draft(world: World) -> Draft:
    open_books(world.district_officer)
    return signed(world, parts=plain())


def test_the_reserved_number_is_given_once_and_the_next_goes_on_after_it(
    world: World, draft: Draft
) -> None:
    by = world.district_officer
    first, second = reserve(world, sent_book(world))
    assert reserved_for_draft(by, is_circular=False) == [first, second]
    for _ in range(2):
        letter = issue_draft(draft, by=by, on=date(2026, 3, 19), reserved=second)
        assert letter.number == "พบ 0618/101"
        assert letter.dated_on == date(2026, 3, 19)
    assert reserved_for_draft(by, is_circular=False) == [first]
    second.refresh_from_db()
    assert (second.state, second.letter) == (NumberState.USED, letter)
    other = issue_draft(signed(world, parts=plain()), by=by, on=TODAY)
    assert other.number == "พบ 0618/102"


def test_a_number_used_given_back_or_of_another_year_numbers_nothing(
    world: World, draft: Draft
) -> None:
    by = world.district_officer
    first, second = reserve(world, sent_book(world))
    release_reserved([first], by=by, reason="ไม่ใช้แล้ว")
    issue_draft(signed(world, parts=plain()), by=by, on=TODAY, reserved=second)
    (third,) = reserve(world, sent_book(world), count=1)
    for row, on in ((first, TODAY), (second, TODAY), (third, date(2025, 12, 30))):
        with pytest.raises(Refused):
            issue_draft(draft, by=by, on=on, reserved=row)
    draft.refresh_from_db()
    assert (draft.state, draft.letter) == (DraftState.SIGNED, None)
    third.refresh_from_db()
    assert third.state == NumberState.RESERVED


def test_nobody_takes_what_another_office_reserved(world: World, draft: Draft) -> None:
    open_books(world.clerk, code="พบ 72401")
    mine = Register.objects.get(organisation=world.nong_kapu, direction="sent")
    (theirs,) = reserve_numbers(
        mine,
        by=world.clerk,
        on=TODAY,
        count=1,
        reserved_for="กองช่าง",
        reason="ประกวดราคา",
        until=TODAY,
    )
    assert reserved_for_draft(world.district_officer, is_circular=False) == []
    with pytest.raises(Refused):
        issue_draft(draft, by=world.district_officer, on=TODAY, reserved=theirs)


def test_a_circular_is_offered_what_was_reserved_in_its_own_series(
    world: World, draft: Draft
) -> None:
    by = world.district_officer
    reserve(world, sent_book(world))
    change_register(
        sent_book(world),
        by=by,
        agency_code="",
        year_kind=YearKind.CALENDAR,
        circulars=CircularSeries.SEPARATE,
        first_circular=7,
    )
    assert reserved_for_draft(by, is_circular=True) == []
    circulars = Register.objects.get(organisation=world.ban_lat, series="circular")
    (row,) = reserve(world, circulars, count=1)
    assert reserved_for_draft(by, is_circular=True) == [row]
    letter = issue_draft(signed(world), by=by, on=TODAY, reserved=row)
    assert letter.number == "พบ 0618/ว 7"


def test_only_who_keeps_the_book_is_offered_its_numbers(world: World, draft: Draft) -> None:
    reserve(world, sent_book(world))
    assert reserved_for_draft(world.district_chief, is_circular=False) == []
