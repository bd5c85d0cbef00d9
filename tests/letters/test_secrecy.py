"""Secret letters: named readers, their own book, what a change of class does at once."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.letters.books import letters_in_book, received_book
from tests.letters.drafts import PARTS, numbered, open_books
from tests.papers import paper
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    classify_letter,
    confirm_reading,
    end_reader,
    finish_letter,
    mark_as_twin,
    name_reader,
    open_register,
    read_letter,
    receive_letter,
)
from thamthan.letters.models import Letter, Reading
from thamthan.letters.queries import (
    book_years,
    books_of,
    finished_letters,
    letter_for,
    letters_seen_by,
    likely_twins,
    next_receipt_number,
    number_for,
    posts_to_name,
    reader_for,
    readers_of,
    readings_of,
    secret_letters,
    views_of,
)
from thamthan.letters.rules import Direction, LetterState, ReadingState, Series
from thamthan.organisations.models import Post
from thamthan.records.queries import history_of
from thamthan.thai.correspondence import Secrecy

ARRIVED = datetime(2026, 3, 3, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def register(world: World) -> None:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614)


def registered(by: Post, text: str = "", *, secrecy: Secrecy = Secrecy.OPEN) -> Letter:
    file = IncomingFile(name="หนังสือ.txt", content=(text or paper()).encode())
    letter = receive_letter([file], by=by, received_at=ARRIVED)
    reading = readings_of(by, letter_for(by, letter.pk)).reading
    assert reading is not None
    letter = letter_for(by, letter.pk)
    if secrecy != Secrecy.OPEN:
        letter = classify_letter(
            letter, secrecy, by=by, seen_version=letter.version, reason="มีตรากำกับ"
        )
    return confirm_reading(letter, reading, by=by, seen_version=letter.version, received_at=ARRIVED)


def classed(letter: Letter, secrecy: Secrecy, by: Post) -> Letter:
    fresh = Letter.objects.get(pk=letter.pk)
    return classify_letter(fresh, secrecy, by=by, seen_version=fresh.version, reason="ตรวจแล้ว")


def test_a_secret_letter_has_its_number_in_a_book_of_its_own(world: World) -> None:
    open_letter = registered(world.chief_clerk)
    secret = registered(world.chief_clerk, paper(number="พบ ๐๖๑๘/๙"), secrecy=Secrecy.SECRET)
    after = registered(world.chief_clerk, paper(number="พบ ๐๖๑๘/๑๐", subject="การประชุม"))
    assert (open_letter.receipt_number, after.receipt_number) == (614, 615)
    assert secret.receipt_number == 1
    assert secret.register is not None
    assert secret.register.series == Series.SECRET
    # The registrar's own register page has no secret letter in it either.
    for post in (world.chief_clerk, world.clerk):
        assert set(letters_in_book(post, year=2026)) == {open_letter, after}
    assert list(secret_letters(world.chief_clerk)) == [secret]
    assert list(secret_letters(world.clerk)) == []


def test_the_book_of_secrets_goes_on_from_paper(world: World) -> None:
    open_register(
        by=world.chief_clerk, direction=Direction.RECEIVED, series=Series.SECRET,
        first_year=2026, first_number=12,
    )  # fmt: skip
    secret = registered(world.chief_clerk, secrecy=Secrecy.CONFIDENTIAL)
    assert secret.receipt_number == 12
    assert next_receipt_number(world.clerk, year=2026) == 614
    assert next_receipt_number(world.clerk, year=2026, series=Series.SECRET) == 13


def test_a_letter_is_read_by_those_who_are_named_and_no_longer_than_that(world: World) -> None:
    secret = registered(world.chief_clerk, secrecy=Secrecy.SECRET)
    for post in (world.executive, world.officer, world.head, world.clerk):
        with pytest.raises(NotFound):
            letter_for(post, secret.pk)
    reader = name_reader(secret, world.officer, by=world.chief_clerk)
    assert letter_for(world.officer, secret.pk) == secret
    assert list(secret_letters(world.officer)) == [secret]
    assert secret not in letters_seen_by(world.head)
    end_reader(reader_for(world.chief_clerk, secret, reader.pk), by=world.chief_clerk)
    with pytest.raises(NotFound):
        letter_for(world.officer, secret.pk)
    verbs = [entry.verb for entry in history_of(secret)]
    assert verbs.count("letter:reader_named") == 1
    assert verbs.count("letter:reader_ended") == 1


def test_only_the_registrar_names_readers_and_only_posts_of_the_house_that_read(
    world: World,
) -> None:
    secret = registered(world.chief_clerk, secrecy=Secrecy.SECRET)
    named = posts_to_name(world.chief_clerk, secret)
    assert world.officer in named
    assert world.administrator not in named
    assert world.neighbour_clerk not in named
    for post in (world.administrator, world.neighbour_clerk):
        with pytest.raises(Refused):
            name_reader(secret, post, by=world.chief_clerk)
    name_reader(secret, world.clerk, by=world.chief_clerk)
    with pytest.raises(Refused):
        name_reader(secret, world.officer, by=world.clerk)
    for query in (readers_of, views_of, posts_to_name):
        with pytest.raises(Refused):
            query(world.clerk, secret)
    # Whoever may see nothing of it gets no hint that it is there.
    with pytest.raises(NotFound):
        name_reader(letter_for(world.tha_sen_clerk, secret.pk), world.clerk, by=world.chief_clerk)


def test_raising_the_class_takes_the_letter_out_of_every_list_at_once(world: World) -> None:
    letter = registered(world.clerk)
    finish_letter(letter, by=world.clerk, seen_version=letter.version)
    assert letter in letters_in_book(world.officer, year=2026)
    raised = classed(letter, Secrecy.SECRET, world.clerk)
    assert raised.receipt_number == 1
    for post in (world.clerk, world.officer, world.executive):
        assert letter not in letters_seen_by(post)
        assert letter not in finished_letters(post)
        assert letter not in letters_in_book(post, year=2026)
    # Of its number the book tells the year, and nothing more.
    assert book_years(world.clerk, received_book(world.clerk)) == [2026]
    # Its old number is withheld: the next letter does not get it.
    following = registered(world.clerk, paper(number="พบ ๐๖๑๘/๙", subject="การประชุม"))
    assert following.receipt_number == 615


def test_a_class_falls_by_the_registrar_alone_and_the_number_comes_back(world: World) -> None:
    letter = registered(world.clerk)
    raised = classed(letter, Secrecy.SECRET, world.clerk)
    name_reader(raised, world.clerk, by=world.chief_clerk)
    with pytest.raises(Refused):
        classed(letter, Secrecy.CONFIDENTIAL, world.clerk)
    lowered = classed(letter, Secrecy.OPEN, world.chief_clerk)
    assert lowered.receipt_number == 614
    assert lowered in letters_in_book(world.officer, year=2026)
    # Raised once more it is nobody's but the registrar's: the earlier naming is over.
    again = classed(letter, Secrecy.SECRET, world.chief_clerk)
    assert again.receipt_number == 1
    assert again not in letters_seen_by(world.clerk)


def test_a_change_of_class_says_why(world: World) -> None:
    letter = registered(world.clerk)
    with pytest.raises(Refused):
        classify_letter(
            letter, Secrecy.SECRET, by=world.clerk, seen_version=letter.version, reason=" "
        )
    assert Letter.objects.get(pk=letter.pk).secrecy == Secrecy.OPEN


def test_confirming_does_not_lower_what_a_person_classed(world: World) -> None:
    secret = registered(world.chief_clerk, secrecy=Secrecy.SECRET)
    name_reader(secret, world.clerk, by=world.chief_clerk)
    reading = readings_of(world.clerk, secret).reading
    assert reading is not None
    assert reading.secrecy is None
    kept = confirm_reading(
        secret, reading, by=world.clerk, seen_version=secret.version, received_at=ARRIVED
    )
    assert kept.secrecy == Secrecy.SECRET


def test_the_twin_of_a_secret_letter_tells_nothing_but_to_its_registrar(world: World) -> None:
    secret = registered(world.chief_clerk, secrecy=Secrecy.SECRET)
    again = receive_letter(
        [IncomingFile(name="หนังสือ.txt", content=paper().encode())],
        by=world.clerk,
        received_at=ARRIVED,
    )
    assert likely_twins(world.clerk, again) == []
    reading = readings_of(world.clerk, again).reading
    assert reading is not None
    again = letter_for(world.clerk, again.pk)
    # No refusal: it would tell that such a letter is here, and its number.
    confirm_reading(again, reading, by=world.clerk, seen_version=again.version, received_at=ARRIVED)
    told = [entry for entry in history_of(secret) if entry.verb == "letter:secret_twin"]
    assert [entry.facts["letter"] for entry in told] == [again.pk]


def test_a_marked_twin_is_as_secret_as_its_letter(world: World) -> None:
    letter = registered(world.clerk)
    copy = receive_letter(
        [IncomingFile(name="หนังสือ.txt", content=paper().encode())],
        by=world.clerk,
        received_at=ARRIVED,
    )
    copy = letter_for(world.clerk, copy.pk)
    mark_as_twin(copy, letter, by=world.clerk, seen_version=copy.version)
    classed(letter, Secrecy.SECRET, world.chief_clerk)
    assert Letter.objects.get(pk=copy.pk).secrecy == Secrecy.SECRET
    assert copy not in letters_seen_by(world.clerk)


def test_the_machine_does_not_read_what_was_classed_while_it_waited(world: World) -> None:
    letter = registered(world.clerk)
    row = Reading.objects.create(
        letter=letter, file=letter.files.get(), maker="machine", state=ReadingState.QUEUED
    )
    classed(letter, Secrecy.SECRET, world.chief_clerk)
    read_letter(row.pk, by=world.system)
    row.refresh_from_db()
    assert row.state == ReadingState.FAILED
    assert row.pages == []


def test_an_arrived_letter_may_be_classed_before_it_has_a_number(world: World) -> None:
    letter = receive_letter(
        [IncomingFile(name="หนังสือ.txt", content=paper().encode())],
        by=world.clerk,
        received_at=ARRIVED,
    )
    raised = classed(letter, Secrecy.TOP_SECRET, world.clerk)
    assert raised.receipt_number is None
    assert raised.state == LetterState.TO_CONFIRM
    assert raised not in letters_seen_by(world.clerk)
    assert raised in letters_seen_by(world.chief_clerk)


def test_a_secret_draft_gets_its_number_in_the_book_of_secrets(world: World) -> None:
    open_books(world.district_officer)
    secret = replace(PARTS, secrecy=Secrecy.CONFIDENTIAL)
    letter = numbered(world, world.district_officer, parts=secret)
    assert letter.register is not None
    assert (letter.register.series, letter.register.direction) == (Series.SECRET, Direction.SENT)
    assert (letter.receipt_number, letter.secrecy) == (1, Secrecy.CONFIDENTIAL)
    # The open book has no line of it, and goes on with its own numbers.
    open_one = numbered(world, world.district_officer)
    assert open_one.receipt_number == 100
    for book in books_of(world.district_chief):
        assert not book.numbers.filter(letter=letter).exists()

    # Whoever may read it finds its number, to cancel it; nobody else does.
    (line,) = letter.register.numbers.all()
    assert number_for(world.district_officer, line.pk) == line
    for stranger in (world.clerk, world.district_administrator):
        with pytest.raises(NotFound):
            number_for(stranger, line.pk)
