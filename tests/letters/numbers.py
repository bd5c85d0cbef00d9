"""Numbers taken and reserved for tests, and letters received, all on Friday 20 March 2569."""

from datetime import UTC, date, datetime, timedelta

from tests.papers import paper
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    receive_letter,
    reserve_numbers,
    take_number,
)
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries import readings_of
from thamthan.organisations.models import Post

TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)


def take(
    book: Register, by: Post, *, on: date = TODAY, is_circular: bool = False
) -> RegisterNumber:
    return take_number(
        book,
        by=by,
        on=on,
        subject="ขอส่งรายงาน",
        addressee="นายอำเภอบ้านลาด",
        is_circular=is_circular,
    )


def reserve(book: Register, by: Post, count: int = 1) -> list[RegisterNumber]:
    return reserve_numbers(
        book,
        by=by,
        on=TODAY,
        count=count,
        reserved_for="กองสวัสดิการสังคม",
        reason="หนังสือแจ้งเบี้ยยังชีพ",
        until=TODAY + timedelta(days=3),
    )


def received(by: Post, number: str, at: datetime = NOON) -> Letter:
    letter = receive_letter(
        [IncomingFile(name="a.txt", content=paper(number=number, subject=number).encode())],
        by=by,
        received_at=at,
    )
    letter.refresh_from_db()
    reading = readings_of(by, letter).reading
    assert reading is not None
    return confirm_reading(
        letter, reading, by=by, seen_version=letter.version, received_at=at, despite_twins="ทดสอบ"
    )
