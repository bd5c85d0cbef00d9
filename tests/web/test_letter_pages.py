"""The clerk's way through the pages: receive, confirm, find again, finish."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.papers import paper
from tests.web.conftest import PNG, LogIn, Receive, incoming
from tests.world import World
from thamthan.letters.actions import confirm_reading, set_aside_letter
from thamthan.letters.models import Letter, Register
from thamthan.letters.queries import letter_for, readings_of
from thamthan.organisations.models import Post
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db


def shown_fields(client: Client, letter: Letter) -> dict[str, str]:
    """What a browser would send back when the clerk changes nothing."""
    context = client.get(f"/letters/{letter.pk}/confirmation/").context
    return {
        **context["values"],
        "shown": context["shown"],
        "version": str(context["letter"].version),
    }


def fresh(post: Post, letter: Letter) -> Letter:
    return letter_for(post, letter.pk)


def registered(world: World, letter: Letter) -> Letter:
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    return confirm_reading(
        letter,
        reading,
        by=world.clerk,
        seen_version=letter.version,
        received_at=letter.received_at,
    )


def test_confirming_gives_the_next_number(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = received()
    form = shown_fields(clerk, letter)
    answer = clerk.post(f"/letters/{letter.pk}/confirmation/", form, follow=True)
    assert "เลขรับ 614/2569" in answer.content.decode()
    confirmed = fresh(world.clerk, letter)
    assert confirmed.receipt_number == 614
    read = readings_of(world.clerk, confirmed)
    assert read.machine is not None
    assert read.person is not None
    assert read.person.result == read.machine.result


def test_a_day_that_does_not_exist_comes_back_with_all_that_was_typed(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = received()
    form = {
        **shown_fields(clerk, letter),
        "dated_on": "31 กุมภาพันธ์ 2569",
        "subject": "เรื่องที่พิมพ์ใหม่",
    }
    answer = clerk.post(f"/letters/{letter.pk}/confirmation/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ไม่มีวันที่ 31 กุมภาพันธ์" in page
    assert "เรื่องที่พิมพ์ใหม่" in page
    assert fresh(world.clerk, letter).receipt_number is None


def test_a_suggestion_is_taken_with_one_press_and_without_a_script(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = received()
    form = {**shown_fields(clerk, letter), "take": "sender=อำเภอบ้านลาด"}
    page = clerk.post(f"/letters/{letter.pk}/confirmation/", form)
    assert page.context["values"]["sender"] == "อำเภอบ้านลาด"
    assert fresh(world.clerk, letter).receipt_number is None


def test_without_a_register_it_is_opened_on_the_way(
    clerk: Client, world: World, received: Receive
) -> None:
    letter = received()
    form = shown_fields(clerk, letter)
    refused = clerk.post(f"/letters/{letter.pk}/confirmation/", form)
    assert refused.status_code == 409
    assert "เปิดทะเบียนและลงรับ" in refused.content.decode()
    wrong = {**form, "open_register": "1", "first_number": "ศูนย์"}
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", wrong).status_code == 422
    opening = {**form, "open_register": "1", "first_number": "614"}
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", opening).status_code == 302
    assert fresh(world.clerk, letter).receipt_number == 614


def test_a_twin_is_shown_beside_and_either_joined_or_registered_with_a_reason(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    first, second, third = received(), received(), received()
    registered(world, first)
    address = f"/letters/{second.pk}/confirmation/"
    refused = clerk.post(address, shown_fields(clerk, second))
    assert refused.status_code == 409
    assert "เลขรับ 614" in refused.content.decode()
    assert "คนละฉบับ ลงรับต่อ" in refused.content.decode()
    joined = clerk.post(
        f"/letters/{second.pk}/twin/", {"of": first.pk, "version": second.version}, follow=True
    )
    assert "ไม่ได้ออกเลขรับใหม่" in joined.content.decode()
    assert fresh(world.clerk, second).twin_of == first
    reason = {**shown_fields(clerk, third), "despite_twins": "ฉบับแก้ไข"}
    assert clerk.post(f"/letters/{third.pk}/confirmation/", reason).status_code == 302
    assert fresh(world.clerk, third).receipt_number == 615


def test_two_clerks_at_once_see_what_the_other_saved_and_lose_nothing(
    clerk: Client, world: World, log_in_as: LogIn, register: None, received: Receive
) -> None:
    letter = received()
    other = log_in_as(world.chief_clerk)
    mine = {**shown_fields(clerk, letter), "subject": "เรื่องของสมใจ", "telephone": "0 3249 9999"}
    theirs = {
        **shown_fields(other, letter),
        "subject": "เรื่องของปลัด",
        "signatory": "นายคนใหม่ ใจดี",
    }
    assert other.post(f"/letters/{letter.pk}/confirmation/", theirs).status_code == 302
    answer = clerk.post(f"/letters/{letter.pk}/confirmation/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ไขหรือลงทะเบียน" in page
    assert "เรื่องของปลัด" in page
    values = answer.context["values"]
    assert values["subject"] == "เรื่องของสมใจ"
    assert values["telephone"] == "0 3249 9999"
    assert values["signatory"] == "นายคนใหม่ ใจดี"
    again = {
        **values,
        "shown": answer.context["shown"],
        "version": str(answer.context["letter"].version),
    }
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", again).status_code == 302
    saved = fresh(world.clerk, letter)
    assert (saved.subject, saved.receipt_number) == ("เรื่องของสมใจ", 614)


def test_a_picture_is_typed_in_by_hand_beside_it(
    clerk: Client, world: World, register: None
) -> None:
    clerk.post("/letters/new/", incoming(files=[SimpleUploadedFile("ภาพ.png", PNG)]))
    letter = Letter.objects.get()
    page = clerk.get(f"/letters/{letter.pk}/confirmation/").content.decode()
    assert "โปรดพิมพ์จากภาพ" in page
    assert f"/letters/{letter.pk}/files/1/" in page
    form = {
        **shown_fields(clerk, letter),
        "subject": "เรื่องจากภาพ",
        "number": "พบ 0618/9",
        "dated_on": "1 มี.ค. 69",
    }
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    assert fresh(world.clerk, letter).dated_on == date(2026, 3, 1)


def test_a_secret_letter_stays_secret_when_typed_in(
    world: World, log_in_as: LogIn, register: None
) -> None:
    chief = log_in_as(world.chief_clerk)
    chief.post("/letters/new/", incoming(text=paper(), secrecy="confidential"))
    letter = Letter.objects.get()
    form = {**shown_fields(chief, letter), "subject": "เรื่องลับ"}
    assert chief.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    assert fresh(world.chief_clerk, letter).secrecy == Secrecy.CONFIDENTIAL
    for post in (world.clerk, world.officer):
        assert log_in_as(post).get(f"/letters/{letter.pk}/").status_code == 404
        assert log_in_as(post).get(f"/letters/{letter.pk}/files/1/").status_code == 404
        assert "เรื่องลับ" not in log_in_as(post).get("/letters/?year=2569").content.decode()


def test_the_letter_page_says_what_is_wanted_and_by_when(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = registered(world, received(paper(deadline="ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙")))
    page = clerk.get(f"/letters/{letter.pk}/").content.decode()
    assert "เหลือหนึ่งวันทำการหรือน้อยกว่า" in page
    assert "รายงานผล" in page
    assert "วันศุกร์ที่ 20 มีนาคม 2569" in page


def test_a_finished_letter_leaves_the_desk_and_comes_back(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    letter = registered(world, received())
    assert letter.subject in clerk.get("/").content.decode()
    clerk.post(f"/letters/{letter.pk}/finish/", {"version": letter.version})
    assert letter.subject not in clerk.get("/").content.decode()
    assert letter.subject in clerk.get("/letters/finished/").content.decode()
    version = fresh(world.clerk, letter).version
    clerk.post(f"/letters/{letter.pk}/reopen/", {"version": version})
    assert letter.subject in clerk.get("/").content.decode()


def test_a_letter_set_aside_says_why_and_is_taken_back(
    clerk: Client, world: World, received: Receive
) -> None:
    letter = received()
    address = f"/letters/{letter.pk}/aside/"
    assert clerk.post(address, {"version": letter.version}).status_code == 400
    clerk.post(address, {"version": letter.version, "note": "ส่งผิดหน่วยงาน"})
    assert "ส่งผิดหน่วยงาน" in clerk.get(f"/letters/{letter.pk}/").content.decode()
    version = fresh(world.clerk, letter).version
    assert clerk.post(f"/letters/{letter.pk}/return/", {"version": version}).status_code == 302


def test_an_old_page_does_not_overwrite(clerk: Client, world: World, received: Receive) -> None:
    letter = received()
    seen = letter.version
    set_aside_letter(letter, by=world.clerk, seen_version=seen, note="ผิด")
    answer = clerk.post(f"/letters/{letter.pk}/return/", {"version": seen})
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ไข" in answer.content.decode()


def test_the_original_comes_as_it_was_and_harmless(
    clerk: Client, world: World, received: Receive
) -> None:
    letter = received()
    answer = clerk.get(f"/letters/{letter.pk}/files/1/")
    assert BytesIO(b"".join(answer.streaming_content)).getvalue() == paper().encode()  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline")
    saved = clerk.get(f"/letters/{letter.pk}/files/1/?save")
    assert saved["Content-Disposition"].startswith("attachment")
    b"".join(saved.streaming_content)  # type: ignore[attr-defined]


def test_the_register_is_searched_sorted_and_taken_to_excel(
    clerk: Client, world: World, register: None, received: Receive
) -> None:
    registered(world, received(paper(number="พบ ๐๖๑๘/๗๐๑", subject="เรื่องแรก")))
    registered(world, received(paper(number="พบ ๐๖๑๘/๗๐๒", subject="=เรื่องที่สอง")))
    page = clerk.get("/letters/?year=2569").content.decode()
    assert page.index("=เรื่องที่สอง") < page.index("เรื่องแรก")
    rising = clerk.get("/letters/?year=2569&sort=receipt").content.decode()
    assert rising.index("เรื่องแรก") < rising.index("=เรื่องที่สอง")
    found = clerk.get("/letters/?year=2569&q=๗๐๒").content.decode()
    assert "พบ 1 จาก 2 ฉบับ" in found
    assert "ไม่พบหนังสือตามที่ค้น" in clerk.get("/letters/?year=2569&q=ไม่มี").content.decode()
    book = Register.objects.get(organisation=world.nong_kapu, direction="received")
    export = clerk.get(f"/letters/books/{book.pk}/print/?year=2569&form=csv")
    lines = export.content.decode("utf-8")
    assert lines.startswith("\ufeffวันที่,เลขทะเบียนรับ,ที่,ลงวันที่,จาก,ถึง,เรื่อง,การปฏิบัติ,หมายเหตุ")
    assert "'=เรื่องที่สอง" in lines
    assert len(lines.strip().splitlines()) == 3


@pytest.mark.parametrize(
    "address",
    [
        "/letters/?year=abc&month=99&page=zz&sort=drop",
        "/letters/?year=๒๕๖๙&q=%00",
        "/letters/999999999999999999999999/",
        "/letters/sent/?year=abc&book=๙๙",
    ],
)
def test_odd_addresses_are_answered_calmly(clerk: Client, world: World, address: str) -> None:
    assert clerk.get(address).status_code in {200, 404}


def test_lists_ask_the_database_as_often_for_many_as_for_one(
    clerk: Client,
    world: World,
    register: None,
    received: Receive,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    asked: dict[str, int] = {}
    for count in (1, 6):
        while Letter.objects.count() < count:
            number = Letter.objects.count()
            registered(
                world, received(paper(number=f"พบ ๐๖๑๘/{800 + number}", subject=f"เรื่อง {number}"))
            )
        for address in ("/", "/letters/?year=2569", "/letters/finished/"):
            # Fourteen, and the bell of every page.
            with django_assert_max_num_queries(16) as seen:
                clerk.get(address)
            assert asked.setdefault(address, len(seen)) == len(seen)


def test_a_reading_under_way_is_waited_for_and_the_page_comes_anew(
    clerk: Client, world: World, received: Receive
) -> None:
    letter = received()
    letter.readings.update(state="queued")
    Letter.objects.filter(pk=letter.pk).update(state="arrived")
    page = clerk.get(f"/letters/{letter.pk}/confirmation/").content.decode()
    assert "เครื่องกำลังอ่าน" in page
    assert f'hx-get="/letters/{letter.pk}/reading/"' in page
    by_hand = clerk.get(f"/letters/{letter.pk}/confirmation/?by_hand=1").content.decode()
    assert "ยืนยันและลงทะเบียนรับ" in by_hand
    state = clerk.get(f"/letters/{letter.pk}/reading/")
    assert "HX-Refresh" not in state
    letter.readings.update(state="done")
    Letter.objects.filter(pk=letter.pk).update(state="to_confirm")
    assert clerk.get(f"/letters/{letter.pk}/reading/")["HX-Refresh"] == "true"


def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(
    clerk: Client, world: World, received: Receive
) -> None:
    letter = received()
    for address in ("/", "/letters/", "/letters/new/", f"/letters/{letter.pk}/confirmation/"):
        answer = clerk.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        page = answer.content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert 'lang="th"' in page


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/log-in/", {"login": "somjai", "password": "x"})
    assert answer.status_code == 403
    assert "หน้านี้เปิดค้างไว้นานเกินไป" in answer.content.decode()


def test_the_pulse_is_felt_without_logging_in(client: Client, db: None) -> None:
    assert client.get("/healthz/").json() == {"state": "ok"}


def test_a_database_that_cannot_write_is_told_in_words(
    clerk: Client, received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = received()

    def full(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("thamthan.web.letters.set_aside_letter", full)
    answer = clerk.post(f"/letters/{letter.pk}/aside/", {"note": "ทดสอบ", "version": "1"})
    assert answer.status_code == 503
    assert "ยังไม่ได้บันทึก" in answer.content.decode()
