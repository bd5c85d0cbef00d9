"""Numbers of registers: given, reserved, given back, cancelled; each once, no gap unexplained."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.letters.numbers import NOON, TODAY, received, reserve, take
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    SentParticulars,
    cancel_number,
    change_register,
    enter_sent_letter,
    open_register,
    receive_in_division,
    release_reserved,
    reserve_numbers,
    use_reserved,
)
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries import (
    BookLine,
    book_between,
    book_for,
    book_lines,
    book_page,
    books_of,
    desk_of,
    next_receipt_number,
    reserved_numbers,
)
from thamthan.letters.rules import CircularSeries, Direction, LetterState, NumberState, YearKind
from thamthan.organisations.models import Post
from thamthan.records.queries import content_of, history_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def book(world: World) -> Register:
    return open_register(
        by=world.clerk, direction=Direction.SENT, first_year=2026, agency_code="พบ ๗๒๔๐๑"
    )


def test_a_number_has_the_official_text_of_its_office(world: World, book: Register) -> None:
    assert take(book, world.clerk).text == "พบ 72401/1"
    assert take(book, world.clerk, is_circular=True).text == "พบ 72401/ว 2"


def test_without_a_code_no_number_is_given_and_none_is_lost(world: World) -> None:
    book = open_register(by=world.clerk, direction=Direction.SENT, first_year=2026)
    with pytest.raises(Refused) as refusal:
        take(book, world.clerk)
    assert refusal.value.code == "no_agency_code"
    change_register(
        book,
        by=world.clerk,
        agency_code="พบ 72401",
        year_kind=YearKind.CALENDAR,
        circulars=CircularSeries.SHARED,
    )
    assert take(book, world.clerk).number == 1


@pytest.mark.parametrize("code", ["72401", "พบ", "รหัสหนังสือ", "พบ 72401/5"])
def test_what_is_no_code_is_refused(world: World, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        open_register(by=world.clerk, direction=Direction.SENT, first_year=2026, agency_code=code)
    assert refusal.value.code == "wrong_agency_code"


def test_circulars_have_their_own_series_where_the_office_says_so(
    world: World, book: Register
) -> None:
    take(book, world.clerk)
    change_register(
        book,
        by=world.clerk,
        agency_code="พบ 72401",
        year_kind=YearKind.CALENDAR,
        circulars=CircularSeries.SEPARATE,
        first_circular=8,
    )
    book.refresh_from_db()
    circular = take(book, world.clerk, is_circular=True)
    assert (circular.text, circular.register.series) == ("พบ 72401/ว 8", "circular")
    assert take(book, world.clerk).text == "พบ 72401/2"


def test_a_fiscal_year_starts_in_october(world: World) -> None:
    book = open_register(
        by=world.clerk,
        direction=Direction.SENT,
        first_year=2026,
        agency_code="พบ 72401",
        year_kind=YearKind.FISCAL,
    )
    with time_machine.travel(datetime(2026, 10, 2, 5, 0, tzinfo=UTC)):
        september = take(book, world.clerk, on=date(2026, 9, 30))
        october = take(book, world.clerk, on=date(2026, 10, 1))
    assert (september.year, september.number) == (2026, 1)
    assert (october.year, october.number) == (2027, 1)


def test_the_kind_of_year_stays_once_a_number_was_given(world: World, book: Register) -> None:
    take(book, world.clerk)
    with pytest.raises(Refused) as refusal:
        change_register(
            book,
            by=world.clerk,
            agency_code="พบ 72401",
            year_kind=YearKind.FISCAL,
            circulars=CircularSeries.SHARED,
        )
    assert refusal.value.code == "register_used"


def test_a_division_keeps_its_own_book(world: World, book: Register) -> None:
    own = open_register(
        by=world.clerk,
        direction=Direction.SENT,
        first_year=2026,
        first_number=30,
        agency_code="พบ 72405",
        organisation=world.welfare,
    )
    assert take(own, world.clerk).text == "พบ 72405/30"
    assert take(book, world.clerk).text == "พบ 72401/1"
    assert set(books_of(world.officer)) >= {own, book}


def test_who_does_not_keep_a_book_gives_no_number_of_it(world: World, book: Register) -> None:
    for post in (world.officer, world.tha_sen_clerk, world.administrator):
        with pytest.raises(Refused) as refusal:
            take(book, post)
        assert refusal.value.status == 403
    with pytest.raises(NotFound):
        book_for(world.tha_sen_clerk, book.pk)
    with pytest.raises(Refused):
        open_register(
            by=world.clerk,
            direction=Direction.SENT,
            first_year=2026,
            organisation=world.tha_sen,
        )


def test_a_day_to_come_gets_no_number(world: World, book: Register) -> None:
    with pytest.raises(Refused) as refusal:
        take(book, world.clerk, on=TODAY + timedelta(days=1))
    assert refusal.value.code == "day_ahead"


def test_a_block_is_reserved_used_and_given_back(world: World, book: Register) -> None:
    first = take(book, world.clerk)
    block = reserve(book, world.clerk, 3)
    after = take(book, world.clerk)
    assert [row.number for row in (first, *block, after)] == [1, 2, 3, 4, 5]
    used = use_reserved(
        block[0],
        by=world.clerk,
        on=date(2026, 3, 1),
        subject="แจ้งเบี้ยยังชีพ",
        addressee="ผู้มีสิทธิ",
        is_circular=False,
    )
    assert (used.text, used.state) == ("พบ 72401/2", NumberState.USED)
    release_reserved(block[1:2], by=world.clerk, reason="ไม่ได้ออกหนังสือ")
    assert [row.number for row in reserved_numbers(world.clerk, book)] == [4]
    for again in (block[0], block[1]):
        with pytest.raises(Refused):
            release_reserved([again], by=world.clerk, reason="อีกครั้ง")
    assert take(book, world.clerk).number == 6
    remarks = {line.row.number: line.remark for line in lines(world.clerk, book)}
    assert "ไม่ได้ออกหนังสือ" in remarks[3]
    assert "จองให้กองสวัสดิการสังคม" in remarks[4]


def lines(post: Post, book: Register) -> list[BookLine]:
    return list(book_between(post, book, from_on=date(2026, 1, 1), until_on=date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": 101}, "count"),
        ({"reserved_for": " "}, "reserved_for"),
        ({"reason": ""}, "reason"),
        ({"until": date(2026, 3, 1)}, "until"),
    ],
)
def test_a_reservation_says_for_whom_why_and_until_when(
    world: World, book: Register, wrong: dict[str, object], field: str
) -> None:
    said = {
        "on": TODAY, "count": 1, "reserved_for": "กองช่าง", "reason": "ประกวดราคา",
        "until": TODAY,
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        reserve_numbers(book, by=world.clerk, **(said | wrong))  # type: ignore[arg-type]
    assert refusal.value.facts["field"] == field
    assert len(reserve_numbers(book, by=world.clerk, **said)) == 1  # type: ignore[arg-type]


def test_a_reserved_number_is_used_in_its_own_year(world: World, book: Register) -> None:
    row = reserve(book, world.clerk)[0]
    with time_machine.travel(datetime(2027, 1, 5, 5, 0, tzinfo=UTC)), pytest.raises(Refused) as no:
        use_reserved(
            row,
            by=world.clerk,
            on=date(2027, 1, 5),
            subject="เรื่อง",
            addressee="ถึง",
            is_circular=False,
        )
    assert no.value.code == "wrong_year"


def test_a_cancelled_number_stays_with_its_reason_and_its_letter(
    world: World, book: Register
) -> None:
    letter = enter_sent_letter(
        SentParticulars(subject="ขอเชิญประชุม", addressee="กำนันทุกตำบล", is_circular=True),
        [IncomingFile(name="หนังสือ.txt", content="หนังสือ".encode())],
        by=world.clerk,
        register=book,
        on=TODAY,
    )
    assert (letter.number, letter.state) == ("พบ 72401/ว 1", LetterState.SENT)
    with pytest.raises(Refused, match="เหตุ"):
        cancel_number(letter.numbers.get(), by=world.clerk, reason=" ")
    cancel_number(letter.numbers.get(), by=world.clerk, reason="พิมพ์ผิด ออกใหม่")
    letter.refresh_from_db()
    assert (letter.state, letter.receipt_number) == (LetterState.CANCELLED, 1)
    line = book_lines(world.clerk, book.numbers.all())[0]
    assert (line.is_void, line.dealt, line.remark) == (True, "ยกเลิก", "ยกเลิก: พิมพ์ผิด ออกใหม่")
    assert line.subject == "ขอเชิญประชุม"
    with pytest.raises(Refused):
        cancel_number(letter.numbers.get(), by=world.clerk, reason="อีกครั้ง")
    assert take(book, world.clerk).number == 2


def test_a_sent_letter_is_entered_once_and_is_not_on_the_desk(world: World, book: Register) -> None:
    press = uuid4()
    both = [
        enter_sent_letter(
            SentParticulars(subject="รายงานผล", addressee="นายอำเภอบ้านลาด"),
            [IncomingFile(name="a.txt", content="ต้นฉบับ".encode())],
            by=world.clerk,
            register=book,
            on=date(2026, 3, 18),
            submission=press,
        )
        for _ in range(2)
    ]
    assert both[0] == both[1]
    letter = both[0]
    assert (letter.receipt_year, letter.receipt_number, letter.dated_on) == (
        2026, 1, date(2026, 3, 18),
    )  # fmt: skip
    assert content_of(letter.files.get().file) == "ต้นฉบับ".encode()
    assert [entry.verb for entry in history_of(letter)] == ["letter:sent"]
    desk = desk_of(world.clerk, now=NOON)
    assert letter not in [*desk.to_confirm, *(line.letter for line in (*desk.due, *desk.undated))]
    line = book_lines(world.clerk, book.numbers.all())[0]
    assert "ลงทะเบียนย้อนหลัง" in line.remark


def test_a_late_receipt_goes_into_the_year_it_came_and_says_so(world: World) -> None:
    book = open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2025)
    this_year = received(world.clerk, "พบ ๐๖๑๘/๑")
    late = received(world.clerk, "พบ ๐๖๑๘/๒", at=datetime(2025, 12, 30, 3, 0, tzinfo=UTC))
    assert (this_year.receipt_year, this_year.receipt_number) == (2026, 1)
    assert (late.receipt_year, late.receipt_number) == (2025, 1)
    rows = book_lines(world.clerk, book.numbers.filter(year=2025))
    assert [line.remark for line in rows] == ["ลงทะเบียนย้อนหลัง เมื่อ 20 มี.ค. 69"]
    assert book_lines(world.clerk, book.numbers.filter(year=2026))[0].remark == ""


def test_what_came_before_the_book_was_opened_takes_no_number_of_the_paper_book(
    world: World,
) -> None:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614)
    old = received(world.clerk, "พบ ๐๖๑๘/๒", at=datetime(2025, 12, 30, 3, 0, tzinfo=UTC))
    assert (old.receipt_year, old.receipt_number) == (2026, 614)
    assert next_receipt_number(world.clerk, year=2025) == 615


def test_a_receipt_registered_by_mistake_is_cancelled_and_leaves_the_desk(world: World) -> None:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    letter = received(world.clerk, "พบ ๐๖๑๘/๑")
    cancel_number(letter.numbers.get(), by=world.clerk, reason="ลงรับผิดหน่วยงาน")
    desk = desk_of(world.clerk, now=NOON)
    assert letter not in [line.letter for line in (*desk.due, *desk.undated)]
    assert received(world.clerk, "พบ ๐๖๑๘/๒").receipt_number == 2


def test_a_division_receives_in_its_own_book_once(world: World) -> None:
    house = open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    own = open_register(
        by=world.clerk,
        direction=Direction.RECEIVED,
        first_year=2026,
        first_number=70,
        organisation=world.welfare,
    )
    letter = received(world.clerk, "พบ ๐๖๑๘/๑")
    numbers = {receive_in_division(letter, by=world.clerk, register=own).number for _ in range(2)}
    assert numbers == {70}
    assert "70" in book_lines(world.clerk, house.numbers.all())[0].dealt
    # Its words are found in both books, in capitals or not, and in no other year's.
    Letter.objects.filter(pk=letter.pk).update(subject="ตลาด OTOP ของตำบล")
    for book in (house, own):
        for text in ("ตลาด", "otop", "0618/1"):
            (line,) = book_page(world.clerk, book, year=2026, text=text)
            assert line.letter == letter
        assert not book_page(world.clerk, book, year=2026, text="ตลาดน้ำ").exists()
        assert not book_page(world.clerk, book, year=2025, text="ตลาด").exists()
    with pytest.raises(Refused):
        receive_in_division(letter, by=world.clerk, register=house)
    cancel_number(own.numbers.get(), by=world.clerk, reason="ไม่ใช่งานของกอง")
    letter.refresh_from_db()
    assert letter.state == LetterState.REGISTERED


def test_a_secret_letter_leaves_its_number_alone_in_the_book(world: World) -> None:
    book = open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    letter = received(world.clerk, "พบ ๐๖๑๘/๑")
    Letter.objects.filter(pk=letter.pk).update(secrecy="secret", subject="แผนลับยิ่ง")
    line = book_lines(world.officer, book.numbers.all())[0]
    assert line.is_masked
    assert (line.number, line.subject, line.letter) == ("1", "", None)
    assert not book_page(world.officer, book, year=2026, text="แผนลับ").exists()
    # Nor to those who may read it: it has a book of its own.
    assert book_lines(world.chief_clerk, book.numbers.all())[0].is_masked


def test_a_book_sorted_by_what_its_letters_say_tells_nothing_of_a_secret_one(world: World) -> None:
    book = open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    for number, sender in ((1, "ข"), (2, "ก"), (3, "ง"), (4, "ค")):
        letter = received(world.clerk, f"พบ ๐๖๑๘/{number}")
        Letter.objects.filter(pk=letter.pk).update(sender=sender)
    rows = book_page(world.officer, book, year=2026).order_by("paper__sender", "-number")
    assert [row.number for row in rows] == [2, 1, 4, 3]
    Letter.objects.filter(number_key__endswith="/1").update(secrecy="secret")
    seen = [row.number for row in rows.all()]
    # Before all others or behind them, by the database; not in its sender's place.
    assert 1 in {seen[0], seen[-1]}
    assert [number for number in seen if number != 1] == [2, 4, 3]


def test_the_database_itself_keeps_a_number_from_coming_twice(world: World, book: Register) -> None:
    row = take(book, world.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterNumber.objects.create(
            register=book, year=row.year, number=row.number, on=TODAY, state=NumberState.USED
        )
