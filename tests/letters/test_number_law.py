"""Whatever is done to a book: each number once, and no gap that the book does not explain."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.letters.numbers import NOON, TODAY, reserve, take
from tests.world import World
from thamthan.letters.actions import (
    cancel_number,
    change_register,
    open_register,
    release_reserved,
    use_reserved,
)
from thamthan.letters.models import Register, RegisterNumber
from thamthan.letters.queries import book_between, books_of, number_after_last
from thamthan.letters.rules import CircularSeries, Direction, NumberState, YearKind
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


DEEDS = some.lists(
    some.tuples(
        some.sampled_from(["take", "circular", "reserve", "use", "release", "cancel"]),
        some.integers(0, 5),
    ),
    max_size=14,
)


@given(deeds=DEEDS, is_separate=some.booleans(), first=some.integers(1, 900))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_deeds_give_each_number_once_and_leave_no_gap_unexplained(
    world: World, deeds: list[tuple[str, int]], is_separate: bool, first: int
) -> None:
    point = transaction.savepoint()
    try:
        book = open_register(
            by=world.clerk,
            direction=Direction.SENT,
            first_year=2026,
            first_number=first,
            agency_code="พบ 72401",
        )
        if is_separate:
            change_register(
                book,
                by=world.clerk,
                agency_code="พบ 72401",
                year_kind=YearKind.CALENDAR,
                circulars=CircularSeries.SEPARATE,
            )
            book.refresh_from_db()
        given_out: list[tuple[int, int]] = []
        for deed, which in deeds:
            given_out += _done(deed, which, book, world.clerk)
        assert len(given_out) == len(set(given_out))
        for each in books_of(world.clerk).filter(direction=Direction.SENT):
            told = list(book_between(world.clerk, each, from_on=TODAY, until_on=TODAY))
            numbers = [line.row.number for line in told]
            start = each.first_number
            assert numbers == list(range(start, start + len(numbers)))
            for line in told:
                assert line.subject or line.remark
                assert (line.row.state == NumberState.USED) or line.row.reason in line.remark
            assert number_after_last(each, year=2026) == start + len(numbers)
    finally:
        transaction.savepoint_rollback(point)


def _done(deed: str, which: int, book: Register, by: Post) -> list[tuple[int, int]]:
    """Does one deed, where there is something to do it to; gives the numbers that came anew."""
    if deed in ("take", "circular"):
        row = take(book, by, is_circular=deed == "circular")
        return [(row.register_id, row.number)]
    if deed == "reserve":
        return [(row.register_id, row.number) for row in reserve(book, by, which % 3 + 1)]
    wanted = NumberState.USED if deed == "cancel" else NumberState.RESERVED
    there = list(RegisterNumber.objects.filter(register__direction="sent", state=wanted))
    if not there:
        return []
    row = there[which % len(there)]
    if deed == "use":
        use_reserved(
            row, by=by, on=TODAY, subject="เรื่อง", addressee="ถึง", is_circular=row.is_circular
        )
    elif deed == "release":
        release_reserved([row], by=by, reason="ไม่ใช้")
    else:
        cancel_number(row, by=by, reason="พิมพ์ผิด")
    return []
