"""A secret letter probed by every role on every page; who sees it leaves a trace and a mark."""

import io
from dataclasses import fields
from typing import Any

import pypdfium2
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.papers import paper
from tests.pdfs import pdf_of
from tests.web.conftest import ARRIVED, LogIn, Receive, incoming
from tests.web.test_letter_pages import shown_fields
from tests.world import World
from thamthan.letters.actions import (
    IncomingFile,
    classify_letter,
    confirm_reading,
    finish_letter,
    name_reader,
    receive_letter,
)
from thamthan.letters.models import Letter, SecretView
from thamthan.letters.queries import letter_for, readings_of
from thamthan.organisations.models import Post
from thamthan.records.pictures import DRAWN_AS
from thamthan.thai.correspondence import Secrecy

SECRET = "การสอบสวนเรื่องร้องเรียนลับเฉพาะ"
NUMBER = "พบ ๐๖๑๘/๙๘๗๖"


def roles(world: World) -> dict[str, Post]:
    named = {field.name: getattr(world, field.name) for field in fields(world)}
    return {
        name: post
        for name, post in named.items()
        if isinstance(post, Post) and post.person is not None
    }


@pytest.fixture
def secret(world: World, register: None) -> Letter:
    """Registered as open with a PDF and a text, then classed: the hardest to hide."""
    text = paper(subject=SECRET, number=NUMBER)
    letter = receive_letter(
        [
            IncomingFile(name="ร้องเรียน.txt", content=text.encode()),
            IncomingFile(name="ร้องเรียน.pdf", content=pdf_of("secret words")),
        ],
        by=world.clerk,
        received_at=ARRIVED,
    )
    letter = letter_for(world.clerk, letter.pk)
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    letter = confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version, received_at=ARRIVED
    )
    return classify_letter(
        letter, Secrecy.SECRET, by=world.chief_clerk, seen_version=letter.version, reason="ลับ"
    )


def addresses(letter: Letter) -> list[str]:
    pk = letter.pk
    return [
        f"/letters/{pk}/",
        f"/letters/{pk}/confirmation/",
        f"/letters/{pk}/reading/",
        f"/letters/{pk}/files/1/",
        f"/letters/{pk}/files/1/?original",
        f"/letters/{pk}/files/2/?save",
        f"/letters/{pk}/files/2/pages/1/",
        f"/letters/{pk}/secrecy/",
    ]


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


LISTS = [
    "/",
    "/letters/?year=2569",
    "/letters/?year=2569&q=9876",
    "/letters/?year=2569&q=สอบสวน",
    "/letters/?year=2569&q=614",
    "/letters/register.csv?year=2569",
    "/letters/finished/",
    "/letters/aside/",
    "/letters/secrets/",
]


def test_every_role_but_the_registrar_finds_nothing_anywhere(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    finish_letter(secret, by=world.chief_clerk, seen_version=secret.version)
    seen_by = set()
    for name, post in roles(world).items():
        client = log_in_as(post)
        for address in addresses(secret):
            answer = client.get(address)
            if answer.status_code == 200:
                text_of(answer)
                seen_by.add(name)
        for address in LISTS:
            answer = client.get(address)
            words = text_of(answer)
            assert SECRET not in words, f"{name}: {address}"
            assert "9876" not in words.replace('value="9876"', ""), f"{name}: {address}"
            assert "๙๘๗๖" not in words, f"{name}: {address}"
            if name != "chief_clerk":
                assert f"/letters/{secret.pk}/" not in words, f"{name}: {address}"
    # Who acts as head of a division is the chief clerk in another post, which is not the registrar.
    assert seen_by == {"chief_clerk"}


def test_the_counts_tell_nothing(world: World, log_in_as: LogIn, secret: Letter) -> None:
    clerk = log_in_as(world.clerk)
    words = text_of(clerk.get("/letters/?year=2569"))
    # The number that it had in the open book stays there, and says nothing more.
    assert "1 ฉบับ" in words
    assert SECRET not in words
    assert "โต๊ะว่าง" in text_of(clerk.get("/"))
    assert "0 ฉบับ" in text_of(clerk.get("/letters/secrets/"))
    assert "1 ฉบับ" in text_of(log_in_as(world.chief_clerk).get("/letters/secrets/"))


def test_an_address_of_a_secret_answers_as_one_of_no_letter(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    clerk = log_in_as(world.clerk)
    for address in addresses(secret):
        nowhere = address.replace(f"/{secret.pk}/", f"/{secret.pk + 999}/")
        hidden, missing = clerk.get(address), clerk.get(nowhere)
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert text_of(hidden) == text_of(missing)


def test_deeds_on_a_secret_are_refused_as_if_it_were_not_there(
    world: World, log_in_as: LogIn, secret: Letter, received: Receive
) -> None:
    clerk = log_in_as(world.clerk)
    other = received(paper(number="พบ ๐๖๑๘/๑", subject="การประชุม"))
    version = {"version": str(secret.version), "note": "x"}
    for name in ("twin", "aside", "return", "finish", "reopen"):
        answer = clerk.post(f"/letters/{secret.pk}/{name}/", {**version, "of": str(other.pk)})
        assert answer.status_code == 404, name
    form = {"version": str(other.version), "of": str(secret.pk)}
    assert clerk.post(f"/letters/{other.pk}/twin/", form).status_code == 404


def test_a_named_reader_opens_it_under_a_watermark_and_each_look_is_kept(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    name_reader(secret, world.officer, by=world.chief_clerk)
    officer = log_in_as(world.officer)
    page = text_of(officer.get(f"/letters/{secret.pk}/"))
    assert world.officer.person is not None
    assert SECRET in page
    assert f'data-words="{world.officer.person.name}"' in page
    assert f"<title>{SECRET}" not in page
    # Who else was named is the registrar's to know.
    assert "กำหนดผู้อ่าน" not in page
    officer.get(f"/letters/{secret.pk}/files/2/")
    officer.get(f"/letters/{secret.pk}/files/2/pages/1/")
    officer.get(f"/letters/{secret.pk}/files/1/")
    kept = SecretView.objects.filter(letter=secret, post=world.officer).order_by("pk")
    assert [(view.sight, view.part) for view in kept] == [
        ("page", ""),
        ("copy", "ไฟล์ที่ 2"),
        ("picture", "ไฟล์ที่ 2 หน้า 1"),
        ("copy", "ไฟล์ที่ 1"),
    ]
    told = text_of(log_in_as(world.chief_clerk).get(f"/letters/{secret.pk}/secrecy/"))
    assert "ไฟล์ที่ 2 หน้า 1" in told
    assert world.officer.words() in told


def test_what_leaves_is_a_marked_copy_and_the_original_the_registrars_alone(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    name_reader(secret, world.officer, by=world.chief_clerk)
    original = pdf_of("secret words")
    officer, chief = log_in_as(world.officer), log_in_as(world.chief_clerk)
    for client, query in ((officer, ""), (officer, "?original"), (officer, "?save"), (chief, "")):
        copy = client.get(f"/letters/{secret.pk}/files/2/{query}")
        assert copy.status_code == 200
        assert copy.content != original
        assert red_dots(copy.content) > 500
    given = chief.get(f"/letters/{secret.pk}/files/2/?original")
    assert b"".join(given.streaming_content) == original  # type: ignore[attr-defined]
    assert SecretView.objects.filter(letter=secret, sight="original").count() == 1
    text = text_of(officer.get(f"/letters/{secret.pk}/files/1/?original"))
    assert world.officer.person is not None
    assert text.startswith(f"[{world.officer.person.name} ")
    picture = officer.get(f"/letters/{secret.pk}/files/2/pages/1/").content
    assert coloured(Image.open(io.BytesIO(picture)).convert("RGB")) > 500


def red_dots(pdf: bytes) -> int:
    return coloured(pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB"))


def coloured(image: Image.Image) -> int:
    dots = image.tobytes()
    return sum(red - green > 25 for red, green in zip(dots[::3], dots[1::3], strict=True))


def test_a_kind_that_cannot_be_marked_is_the_registrars_alone(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    name_reader(secret, world.officer, by=world.chief_clerk)
    row = secret.files.get(position=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_storedfile SET media_type='application/zip' WHERE id=%s", [row.file.pk]
        )
    address = f"/letters/{secret.pk}/files/1/"
    assert log_in_as(world.officer).get(address).status_code == 403
    assert log_in_as(world.chief_clerk).get(address).status_code == 403
    given = log_in_as(world.chief_clerk).get(f"{address}?original")
    assert SECRET in text_of(given)


def test_kept_pictures_go_when_the_class_rises(
    world: World, log_in_as: LogIn, register: None, clerk: Client
) -> None:
    letter = receive_letter(
        [IncomingFile(name="a.pdf", content=pdf_of("words"))], by=world.clerk, received_at=ARRIVED
    )
    assert clerk.get(f"/letters/{letter.pk}/files/1/pages/1/").status_code == 200
    key = f"page-{DRAWN_AS}-{letter.files.get().file.sha256}-1"
    assert caches["pictures"].get(key) is not None
    letter = letter_for(world.clerk, letter.pk)
    answer = clerk.post(
        f"/letters/{letter.pk}/secrecy/",
        {"version": str(letter.version), "secrecy": "secret", "note": "มีตราลับ"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert caches["pictures"].get(key) is None
    assert clerk.get(f"/letters/{letter.pk}/files/1/pages/1/").status_code == 404
    assert log_in_as(world.chief_clerk).get(f"/letters/{letter.pk}/").status_code == 200
    assert caches["pictures"].get(key) is None


def test_the_confirm_page_does_not_lower_a_class(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    name_reader(secret, world.clerk, by=world.chief_clerk)
    clerk = log_in_as(world.clerk)
    form = {**shown_fields(clerk, secret), "secrecy": "open"}
    answer = clerk.post(f"/letters/{secret.pk}/confirmation/", form)
    assert answer.status_code == 409
    assert "ลดชั้นความลับ" in text_of(answer)
    assert Letter.objects.get(pk=secret.pk).secrecy == Secrecy.SECRET


def test_a_secret_brought_in_by_a_clerk_is_typed_by_that_clerk(
    world: World, log_in_as: LogIn, register: None, clerk: Client
) -> None:
    clerk.post("/letters/new/", incoming(text=paper(subject=SECRET), secrecy="confidential"))
    letter = Letter.objects.get()
    page = text_of(clerk.get(f"/letters/{letter.pk}/confirmation/"))
    assert 'class="watermark"' in page
    form = {**shown_fields(clerk, letter), "subject": SECRET}
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    letter.refresh_from_db()
    assert (letter.receipt_number, letter.secrecy) == (1, "confidential")
    # On their desk it has no name.
    desk = text_of(clerk.get("/"))
    assert "หนังสือชั้นลับ" in desk
    assert SECRET not in desk
    # A colleague with the same duties sees none of it.
    assert f"/letters/{letter.pk}/" not in text_of(log_in_as(world.officer).get("/"))


def test_no_page_of_a_secret_letter_is_seen_without_a_trace(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    chief = log_in_as(world.chief_clerk)
    for address in addresses(secret):
        before = SecretView.objects.count()
        answer = chief.get(address)
        assert answer.status_code == 200, address
        shows_nothing = address.endswith(("/reading/", "/secrecy/"))
        assert SecretView.objects.count() == before + (0 if shows_nothing else 1), address
        assert not (shows_nothing and SECRET in text_of(answer))
        text_of(answer)
        assert "no-store" in answer["Cache-Control"]


def test_neither_a_form_sent_wrong_nor_a_bare_head_goes_round_the_trace(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    chief = log_in_as(world.chief_clerk)
    wrong = chief.post(f"/letters/{secret.pk}/confirmation/", {"version": "0", "subject": ""})
    assert wrong.status_code != 302
    assert SecretView.objects.filter(letter=secret, sight="form").count() == 1
    assert chief.head(f"/letters/{secret.pk}/files/2/").content == b""


def test_the_registrar_names_and_ends_readers_on_the_page(
    world: World, log_in_as: LogIn, secret: Letter
) -> None:
    chief = log_in_as(world.chief_clerk)
    new = reverse("letter-reader-new", args=[secret.pk])
    assert chief.post(new, {"post": str(world.administrator.pk)}).status_code == 400
    assert chief.post(new, {"post": str(world.officer.pk)}).status_code == 302
    officer = log_in_as(world.officer)
    assert officer.get(f"/letters/{secret.pk}/").status_code == 200
    reader = secret.readers.get()
    end = reverse("letter-reader-end", args=[secret.pk, reader.pk])
    assert officer.post(end).status_code == 403
    assert chief.post(end).status_code == 302
    assert officer.get(f"/letters/{secret.pk}/").status_code == 404
