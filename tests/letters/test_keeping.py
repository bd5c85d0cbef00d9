"""Keeping: clocks, the store, loans, and a disposal that takes files and leaves the register."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.letters.books import letters_in_book
from tests.papers import paper
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    Judgement,
    Member,
    appoint_committee,
    approve_disposal,
    ask_archives,
    classify_letter,
    confirm_reading,
    destroy_letters,
    draft_disposal,
    erase_leftovers,
    file_letter,
    finish_letter,
    judge_lines,
    lend_letter,
    open_register,
    receive_letter,
    record_archives_answer,
    reopen_letter,
    return_loan,
)
from thamthan.letters.models import Disposal, Letter
from thamthan.letters.queries import (
    disposal_lines,
    expired,
    file_for,
    letter_for,
    loans_out,
    page_picture_for,
    readings_of,
    store,
    to_be_filed,
)
from thamthan.letters.rules import (
    Direction,
    Fate,
    expires_on,
    retention_classes,
    survey_due,
)
from thamthan.organisations.models import Post
from thamthan.records.models import RemovedFile, StoredFile
from thamthan.records.queries import history_of
from thamthan.thai.correspondence import Secrecy
from thamthan.web.disposal_export import exported

BANGKOK = ZoneInfo("Asia/Bangkok")
ARRIVED = datetime(2026, 3, 3, 9, 30, tzinfo=BANGKOK)
COMMITTEE = [
    Member("นายวิชัย พงษ์เพชร", "ปลัดองค์การบริหารส่วนตำบล", is_chair=True),
    Member("นางมาลี แก้วกระจ่าง", "นักพัฒนาชุมชนชำนาญการ"),
    Member("นายธนา ช่างเพชร", "ผู้อำนวยการกองช่าง"),
]


@pytest.fixture(autouse=True)
def spring() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)) as clock:
        yield clock


@pytest.fixture(autouse=True)
def register(world: World) -> None:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614)


def finished(by: Post, text: str = "", *, extra: bytes = b"") -> Letter:
    files = [IncomingFile(name="หนังสือ.txt", content=(text or paper()).encode())]
    if extra:
        files.append(IncomingFile(name="แนบ.txt", content=extra))
    letter = receive_letter(files, by=by, received_at=ARRIVED)
    letter = letter_for(by, letter.pk)
    reading = readings_of(by, letter).reading
    assert reading is not None
    letter = confirm_reading(
        letter,
        reading,
        by=by,
        seen_version=letter.version,
        received_at=ARRIVED,
        despite_twins="ทดสอบ",
    )
    finish_letter(letter, by=by, seen_version=letter.version)
    return letter_for(by, letter.pk)


def kept(by: Post, text: str = "", *, extra: bytes = b"", retention: str = "routine") -> Letter:
    letter = finished(by, text, extra=extra)
    file_letter(letter, by=by, retention=retention, place="ห้องเก็บ", box="3", folder="กห 1")
    return letter


def test_every_class_says_where_it_comes_from_and_how_far_that_was_checked() -> None:
    classes = retention_classes()
    assert {code: one.years for code, one in classes.items()} == {
        "normal": 10, "secret": None, "evidence": None, "historic": None,
        "copy": 5, "routine": 1, "money": 5, "permanent": None,
    }  # fmt: skip
    assert all(one.source and one.mark in {"S", "2", "K"} for one in classes.values())


@pytest.mark.parametrize(
    ("starts", "years", "ends"),
    [
        (date(2026, 1, 1), 1, date(2027, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 12, 31)),
        (date(2024, 2, 29), 10, date(2034, 12, 31)),
        (date(2026, 3, 20), None, None),
    ],
)
def test_a_clock_ends_with_the_calendar_year(
    starts: date, years: int | None, ends: date | None
) -> None:
    assert expires_on(starts, years) == ends


def test_the_survey_is_due_sixty_days_after_the_year() -> None:
    assert survey_due(2027) == date(2027, 3, 1)
    assert survey_due(2028) == date(2028, 2, 29)


def test_a_finished_letter_goes_to_its_place_and_its_clock_begins(world: World) -> None:
    letter = finished(world.clerk)
    assert list(to_be_filed(world.clerk)) == [letter]
    with pytest.raises(Refused):
        file_letter(letter, by=world.officer, retention="normal", place="ตู้")
    with pytest.raises(Refused):
        file_letter(letter, by=world.clerk, retention="ten", place="ตู้")
    with pytest.raises(Refused):
        file_letter(letter, by=world.clerk, retention="normal")
    file_letter(letter, by=world.clerk, retention="normal", place="ตู้", box="2")
    assert list(to_be_filed(world.clerk)) == []
    row = store(world.clerk).get()
    assert (row.where, row.starts_on, row.expires_on) == (
        "ตู้ กล่อง 2",
        date(2026, 3, 20),
        date(2036, 12, 31),
    )
    assert list(store(world.neighbour_clerk)) == []


def test_what_is_opened_again_is_no_longer_counted(world: World) -> None:
    letter = kept(world.clerk)
    reopen_letter(letter, by=world.clerk, seen_version=letter.version)
    assert list(store(world.clerk)) == []
    assert list(expired(world.clerk, year=2030)) == []
    with pytest.raises(Refused):
        file_letter(letter, by=world.clerk, retention="routine", place="ตู้")


def test_a_letter_is_lent_to_one_at_a_time_and_comes_back(world: World) -> None:
    letter = finished(world.clerk)
    lending = {
        "borrower": "นางมาลี แก้วกระจ่าง", "unit": "กองสวัสดิการสังคม",
        "lent_on": date(2026, 3, 20), "due_on": date(2026, 3, 27),
    }  # fmt: skip
    with pytest.raises(Refused):
        lend_letter(letter, by=world.clerk, **lending)  # type: ignore[arg-type]
    file_letter(letter, by=world.clerk, retention="routine", place="ตู้")
    with pytest.raises(Refused):
        lend_letter(letter, by=world.clerk, **{**lending, "due_on": date(2026, 3, 1)})  # type: ignore[arg-type]
    loan = lend_letter(letter, by=world.clerk, **lending)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        lend_letter(letter, by=world.clerk, **lending)  # type: ignore[arg-type]
    assert list(loans_out(world.officer)) == [loan]
    # What is lent does not stand among what may be destroyed.
    assert list(expired(world.clerk, year=2030)) == []
    return_loan(loan, by=world.clerk, returner="", returned_on=date(2026, 3, 25))
    assert list(loans_out(world.clerk)) == []
    assert len(expired(world.clerk, year=2030)) == 1
    with pytest.raises(Refused):
        return_loan(loan, by=world.clerk, returner="", returned_on=date(2026, 3, 26))


def test_a_list_is_made_once_a_year_of_what_has_expired(
    world: World, spring: time_machine.Traveller
) -> None:
    kept(world.clerk)
    kept(world.clerk, paper(number="พบ ๐๖๑๘/๒", subject="เก็บนาน"), retention="normal")
    kept(world.clerk, paper(number="พบ ๐๖๑๘/๓", subject="เก็บตลอด"), retention="permanent")
    spring.move_to(datetime(2027, 2, 1, 9, 0, tzinfo=BANGKOK))
    with pytest.raises(Refused):
        draft_disposal(by=world.clerk, year=2027)
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    with pytest.raises(Refused):
        draft_disposal(by=world.clerk, year=2029)
    disposal = draft_disposal(by=world.clerk, year=2028)
    subjects = [line.letter.subject for line in disposal_lines(world.clerk, disposal)]
    assert subjects == ["การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"]
    with pytest.raises(Refused):
        draft_disposal(by=world.clerk, year=2028)


def test_a_secret_letter_is_never_on_the_list(world: World, spring: time_machine.Traveller) -> None:
    letter = kept(world.clerk)
    classify_letter(
        letter, Secrecy.SECRET, by=world.chief_clerk, seen_version=letter.version, reason="ลับ"
    )
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    for post in (world.clerk, world.chief_clerk):
        assert list(expired(post, year=2028)) == []
        assert list(store(post)) == []


def judged(world: World, fates: dict[str, Fate]) -> Disposal:
    """A list of 2028, judged by subject, agreed by the silence of the archives."""
    disposal = draft_disposal(by=world.clerk, year=2028)
    appoint_committee(disposal, COMMITTEE, by=world.clerk)
    judge_lines(
        disposal,
        {
            line.pk: Judgement(
                fates.get(line.letter.subject, Fate.DESTROY), "มีผู้ขอดู", date(2030, 12, 31)
            )
            for line in disposal_lines(world.clerk, disposal)
        },
        by=world.clerk,
    )
    ask_archives(disposal, by=world.clerk, asked_on=date(2028, 2, 1))
    return disposal


def test_the_steps_come_in_their_order_and_the_head_takes_the_last_two(
    world: World, spring: time_machine.Traveller
) -> None:
    kept(world.clerk)
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    disposal = draft_disposal(by=world.clerk, year=2028)
    with pytest.raises(Refused):
        appoint_committee(disposal, COMMITTEE[:2], by=world.clerk)
    with pytest.raises(Refused):
        ask_archives(disposal, by=world.clerk, asked_on=date(2028, 2, 1))
    appoint_committee(disposal, COMMITTEE, by=world.clerk)
    with pytest.raises(Refused):
        ask_archives(disposal, by=world.clerk, asked_on=date(2028, 2, 1))
    line = disposal_lines(world.clerk, disposal).get()
    with pytest.raises(Refused):
        judge_lines(disposal, {line.pk: Judgement(Fate.KEEP)}, by=world.clerk)
    judge_lines(disposal, {line.pk: Judgement(Fate.DESTROY)}, by=world.clerk)
    ask_archives(disposal, by=world.clerk, asked_on=date(2028, 2, 1))
    with pytest.raises(Refused):
        record_archives_answer(disposal, by=world.clerk, answer="", answered_on=None)
    spring.move_to(datetime(2028, 4, 1, 9, 0, tzinfo=BANGKOK))
    record_archives_answer(disposal, by=world.clerk, answer="", answered_on=None)
    for post in (world.clerk, world.chief_clerk):
        with pytest.raises(Refused):
            approve_disposal(disposal, by=post)
    with pytest.raises(Refused):
        destroy_letters(disposal, by=world.executive, confirmed_count=1)
    approve_disposal(disposal, by=world.executive)
    for count in (0, 2):
        with pytest.raises(Refused):
            destroy_letters(disposal, by=world.executive, confirmed_count=count)
    assert destroy_letters(disposal, by=world.executive, confirmed_count=1) == 1
    with pytest.raises(Refused):
        destroy_letters(disposal, by=world.executive, confirmed_count=1)


def test_destruction_takes_files_and_texts_and_leaves_the_register(
    world: World,
    spring: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    going = kept(world.clerk, extra=b"shared enclosure of two letters")
    staying = kept(
        world.clerk,
        paper(number="พบ ๐๖๑๘/๒", subject="เก็บต่อไป"),
        extra=b"shared enclosure of two letters",
    )
    alone, shared = (row.file for row in going.files.order_by("position"))
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    disposal = judged(world, {"เก็บต่อไป": Fate.KEEP})
    answer = exported(world.clerk, disposal)
    packed = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    answer.file_to_stream.close()
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
        assert "register.csv" in names
        assert "letters.json" in names
        assert archive.read("2026-000614/01 หนังสือ.txt") == paper().encode()
    spring.move_to(datetime(2028, 4, 5, 9, 0, tzinfo=BANGKOK))
    record_archives_answer(disposal, by=world.clerk, answer="", answered_on=None)
    approve_disposal(disposal, by=world.executive)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_letters(disposal, by=world.executive, confirmed_count=1)

    assert not default_storage.exists(alone.path)
    assert default_storage.exists(shared.path)
    assert list(RemovedFile.objects.values_list("file", flat=True)) == [alone.pk]
    gone = letter_for(world.clerk, going.pk)
    assert gone.state == "destroyed"
    assert gone in letters_in_book(world.clerk, year=2026)
    assert gone.readings.count() == 0
    for position in (1, 2):
        # Its share of what lives on with another letter is gone as well.
        with pytest.raises(NotFound):
            file_for(world.clerk, gone.pk, position)
        with pytest.raises(NotFound):
            page_picture_for(world.clerk, gone.pk, position, 1)
    told = history_of(gone).filter(verb="letter:destroyed").get().facts["files"]
    assert [(file["name"], file["size"], file["sha256"]) for file in told] == [
        ("หนังสือ.txt", alone.size, alone.sha256),
        ("แนบ.txt", shared.size, shared.sha256),
    ]
    row, stream = file_for(world.clerk, staying.pk, 2)
    with stream:
        assert stream.read() == b"shared enclosure of two letters"
    assert row.file == shared
    assert store(world.clerk).get().expires_on == date(2030, 12, 31)
    with pytest.raises(Refused):
        reopen_letter(gone, by=world.clerk, seen_version=gone.version)

    _comes_again(world, alone)


def _comes_again(world: World, alone: StoredFile) -> None:
    # The same paper brought in again is another keeping: nothing is lost of it.
    again = receive_letter(
        [IncomingFile(name="อีกครั้ง.txt", content=paper().encode())],
        by=world.clerk,
        received_at=ARRIVED,
    )
    assert again.files.get().file == alone
    assert erase_leftovers(by=world.system) == 0
    assert default_storage.exists(alone.path)


def test_what_a_dead_process_left_is_erased_later(
    world: World,
    spring: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    letter = kept(world.clerk)
    file = letter.files.get().file
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    disposal = judged(world, {})
    spring.move_to(datetime(2028, 4, 5, 9, 0, tzinfo=BANGKOK))
    record_archives_answer(disposal, by=world.clerk, answer="ไม่ขัดข้อง", answered_on=None)
    approve_disposal(disposal, by=world.executive)
    with django_capture_on_commit_callbacks(execute=False):
        destroy_letters(disposal, by=world.executive, confirmed_count=1)
    assert default_storage.exists(file.path)
    assert erase_leftovers(by=world.system) == 1
    assert not default_storage.exists(file.path)


def test_a_letter_lent_or_opened_meanwhile_is_not_destroyed(
    world: World, spring: time_machine.Traveller
) -> None:
    letter = kept(world.clerk)
    spring.move_to(datetime(2028, 2, 1, 9, 0, tzinfo=BANGKOK))
    disposal = judged(world, {})
    with pytest.raises(Refused):
        reopen_letter(letter, by=world.clerk, seen_version=letter.version)
    lend_letter(
        letter, by=world.clerk, borrower="นายธนา", unit="",
        lent_on=date(2028, 2, 1), due_on=date(2028, 6, 1),
    )  # fmt: skip
    spring.move_to(datetime(2028, 4, 5, 9, 0, tzinfo=BANGKOK))
    record_archives_answer(disposal, by=world.clerk, answer="", answered_on=None)
    approve_disposal(disposal, by=world.executive)
    with pytest.raises(Refused):
        destroy_letters(disposal, by=world.executive, confirmed_count=1)
    assert Letter.objects.get(pk=letter.pk).state == "finished"
