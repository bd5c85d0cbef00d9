"""Bad input gets one clear Thai sentence, and what was good is still there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings

from tests.papers import paper
from tests.pdfs import pdf_of
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.letters.models import Letter
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import LetterState, ReadingState
from thamthan.records.models import StoredFile

pytestmark = pytest.mark.django_db

ARRIVED = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def receive(world: World, content: bytes, name: str = "letter.txt") -> Letter:
    letter = receive_letter(
        [IncomingFile(name=name, content=content)], by=world.clerk, received_at=ARRIVED
    )
    letter.refresh_from_db()
    return letter


@pytest.mark.parametrize(
    ("content", "name", "telling"),
    [
        (b"", "letter.txt", "ว่าง"),
        (b" \r\n\t ", "letter.txt", "ว่าง"),
        (b"PK\x03\x04" + b"\x00" * 60, "letter.pdf", "ZIP"),
        (b"MZ" + b"\x00" * 400, "letter.pdf", "โปรแกรม"),
        (bytes(range(1, 9)) * 600, "letter.pdf", "ไฟล์"),
    ],
)
def test_what_is_no_letter_is_refused_in_words_and_not_kept(
    world: World, content: bytes, name: str, telling: str
) -> None:
    with pytest.raises(Refused) as refusal:
        receive(world, content, name)
    assert telling in refusal.value.message
    assert not Letter.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_too_large_is_refused(world: World, settings: LazySettings) -> None:
    settings.MAX_FILE_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="ใหญ่เกิน 1 MB"):
        receive(world, paper().encode() + b"x" * 1024 * 1024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp874"])
def test_thai_text_is_read_in_whatever_encoding_it_comes(world: World, encoding: str) -> None:
    letter = receive(world, paper().encode(encoding))
    assert letter.number == "พบ 0618/701"
    assert letter.subject == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"


def test_a_text_with_nul_bytes_is_read_and_kept_whole(world: World) -> None:
    content = paper().replace("เรื่อง", "\x00เรื่อง\x00").encode()
    letter = receive(world, content)
    assert letter.subject == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
    assert letter.files.get().file.size == len(content)


def test_a_day_that_does_not_exist_is_no_date_and_doubted(world: World) -> None:
    letter = receive(world, paper(dated="๓๑ กุมภาพันธ์ ๒๕๖๙").encode())
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    assert letter.dated_on is None
    assert any("dated_on" in doubt.fields for doubt in reading.doubts)


def test_a_two_digit_year_is_read_and_flagged(world: World) -> None:
    letter = receive(world, paper(dated="๒ มี.ค. ๖๙").encode())
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    assert str(letter.dated_on) == "2026-03-02"
    assert any("dated_on" in doubt.fields for doubt in reading.doubts)


@pytest.mark.parametrize(
    "content",
    [
        pdf_of("", picture=True),
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 200,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    ],
)
def test_a_picture_is_kept_and_waits_and_can_be_typed(
    world: World, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    letter = receive(world, content, "scan")
    assert letter.state == LetterState.TO_CONFIRM
    machine = readings_of(world.clerk, letter).machine
    assert machine is not None
    assert machine.state == ReadingState.WAITING
    assert machine.message


def test_a_pdf_with_its_text_is_read(world: World) -> None:
    letter = receive(world, pdf_of(paper()), "letter.pdf")
    assert letter.number == "พบ 0618/701"
    assert letter.state == LetterState.TO_CONFIRM
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    assert reading.subject is not None
    assert reading.subject.span.box is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\n" + b"\x00" * 200, "ชำรุด"),
        (pdf_of("ลับ", encrypted=True), "รหัสผ่าน"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "ชำรุด"),
    ],
)
def test_a_letter_that_cannot_be_opened_is_kept_and_says_why(
    world: World, content: bytes, why: str
) -> None:
    letter = receive(world, content, "letter.pdf")
    assert letter.state == LetterState.TO_CONFIRM
    assert letter.files.get().file.size == len(content)
    machine = readings_of(world.clerk, letter).machine
    assert machine is not None
    assert machine.state == ReadingState.FAILED
    assert why in machine.message


def test_receiving_does_not_open_the_file(
    world: World, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the web request parsed the file")

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr("thamthan.reading.pages.parse_apart", never)
    assert receive(world, pdf_of(paper()), "letter.pdf").state == LetterState.ARRIVED


def test_a_receipt_in_the_future_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="อนาคต"):
        receive_letter(
            [IncomingFile(name="a.txt", content=paper().encode())],
            by=world.clerk,
            received_at=datetime.now(UTC) + timedelta(days=1),
        )
