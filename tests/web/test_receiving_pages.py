"""Bringing a letter in through the pages: files, text, what is refused and how it is said."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.papers import paper
from tests.web.conftest import PNG, incoming
from tests.world import World
from thamthan.letters.models import Letter

pytestmark = pytest.mark.django_db


def test_a_pasted_letter_is_read_and_waits_for_confirming(clerk: Client, world: World) -> None:
    answer = clerk.post("/letters/new/", incoming(text=paper()))
    letter = Letter.objects.get()
    assert answer["Location"] == f"/letters/{letter.pk}/confirmation/"
    page = clerk.get(answer["Location"]).content.decode()
    assert "พบ 0618/701" in page
    assert "๒ มีนาคม ๒๕๖๙" in page


def test_a_button_pressed_twice_makes_one_letter(clerk: Client, world: World) -> None:
    form = incoming(text=paper())
    first, second = clerk.post("/letters/new/", form), clerk.post("/letters/new/", form)
    assert first["Location"] == second["Location"]
    assert Letter.objects.count() == 1


def test_several_files_make_one_letter(clerk: Client, world: World) -> None:
    files = [
        SimpleUploadedFile("หนังสือ.txt", paper().encode()),
        SimpleUploadedFile("ภาพ.png", PNG),
    ]
    clerk.post("/letters/new/", incoming(files=files))
    letter = Letter.objects.get()
    assert [file.name for file in letter.files.all()] == ["หนังสือ.txt", "ภาพ.png"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (incoming(), "ยังไม่ได้เลือกไฟล์หรือวางข้อความ"),
        (incoming(text="ก", received_on="31 กุมภาพันธ์ 2569"), "ไม่มีวันที่ 31"),
        (incoming(text="ก", received_time="25.00"), "เป็นเวลาไม่ได้"),
        (incoming(text="ก", received_on="1 มกราคม 2580"), "อนาคต"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    clerk: Client, world: World, form: dict[str, str], words: str
) -> None:
    answer = clerk.post("/letters/new/", form)
    page = answer.content.decode()
    assert answer.status_code in {400, 422}
    assert words in page
    assert form["received_on"] in page
    assert not Letter.objects.exists()


def test_a_file_of_the_wrong_kind_is_refused_before_it_is_kept(clerk: Client, world: World) -> None:
    program = SimpleUploadedFile("หนังสือ.pdf", b"MZ\x00\x01\x02\x03" * 50)
    answer = clerk.post("/letters/new/", incoming(files=[program]))
    assert answer.status_code >= 400
    assert not Letter.objects.exists()


def test_an_upload_too_large_is_cut_off_with_a_page_of_words(
    clerk: Client, world: World, settings: Settings
) -> None:
    settings.MAX_FILE_BYTES = 1024 * 1024
    large = SimpleUploadedFile("ใหญ่.pdf", b"%PDF-1.7" + b"x" * (2 * 1024 * 1024))
    answer = clerk.post("/letters/new/", incoming(files=[large]))
    assert answer.status_code == 413
    assert "ใหญ่เกิน 1 MB" in answer.content.decode()
    assert not Letter.objects.exists()


def test_text_without_end_is_refused_in_words(clerk: Client, world: World) -> None:
    answer = clerk.post("/letters/new/", incoming(text="ก" * 4_000_000))
    assert answer.status_code == 413
    assert "ยาวเกินไป" in answer.content.decode()


def test_now_is_what_the_receiving_page_starts_with(clerk: Client, world: World) -> None:
    page = clerk.get("/letters/new/").content.decode()
    assert 'value="20 มี.ค. 2569"' in page
    assert 'value="14.05"' in page
    assert datetime.now(tz=UTC).year == 2026
