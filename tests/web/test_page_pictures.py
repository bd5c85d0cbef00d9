"""The pages of a letter as pictures, outlines and crops: who may see them, and where they stand."""

import re

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.papers import paper
from tests.scans import SCAN, scanned_reading
from tests.web.conftest import ARRIVED, PNG, LogIn, Receive, incoming
from tests.world import World
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.letters.models import Letter
from thamthan.letters.queries import letter_for
from thamthan.records.pictures import DRAWN_AS

pytestmark = pytest.mark.django_db

pytest.importorskip("PIL", reason="no packages for pictures: nothing is drawn")


@pytest.fixture(autouse=True)
def later(friday_afternoon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading real scans has its own tests; here the reading is the one that is given."""
    caches["pictures"].clear()
    monkeypatch.setattr(
        "thamthan.letters.actions.receiving.read", lambda *_, **__: scanned_reading()
    )


@pytest.fixture
def letter(world: World) -> Letter:
    file = IncomingFile(name="หนังสือ.pdf", content=SCAN.read_bytes())
    letter = receive_letter(
        [file],
        by=world.clerk,
        received_at=ARRIVED,
    )
    return letter_for(world.clerk, letter.pk)


def form_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="text"[^>]*? name="([^"]+)" value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return dict(found) | dict(areas)


def test_a_page_is_a_harmless_picture(clerk: Client, letter: Letter) -> None:
    answer = clerk.get(f"/letters/{letter.pk}/files/1/pages/2/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    # A browser that several people share must not store it.
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", ["1/pages/3", "1/pages/0", "2/pages/1"])
def test_a_page_that_is_not_there_is_not_found(clerk: Client, letter: Letter, page: str) -> None:
    assert clerk.get(f"/letters/{letter.pk}/files/{page}/").status_code == 404


def test_a_text_has_no_pages_to_look_at(clerk: Client, received: Receive) -> None:
    answer = clerk.get(f"/letters/{received(paper()).pk}/files/1/pages/1/")
    assert answer.status_code == 404
    assert "ไม่มีภาพของหน้า" in answer.content.decode()


def test_a_damaged_file_is_told_of_in_words(clerk: Client, world: World) -> None:
    damaged = SimpleUploadedFile("ชำรุด.png", PNG[:45])
    clerk.post("/letters/new/", incoming(files=[damaged], secrecy="open"))
    answer = clerk.get(f"/letters/{Letter.objects.get().pk}/files/1/pages/1/")
    assert answer.status_code == 422
    assert "ต้นฉบับ" in answer.content.decode()


def test_neighbours_do_not_see_a_page_and_a_secret_one_is_not_kept(
    clerk: Client, world: World, letter: Letter, log_in_as: LogIn
) -> None:
    address = f"/letters/{letter.pk}/files/1/pages/1/"
    assert clerk.get(address).status_code == 200
    kept = caches["pictures"]
    sha256 = letter.files.get().file.sha256
    assert kept.get(f"page-{DRAWN_AS}-{sha256}-1") is not None
    # It lies among the kept ones now, and still nobody else gets it.
    for post in (world.neighbour_clerk, world.tha_sen_clerk, world.administrator):
        assert log_in_as(post).get(address).status_code == 404
    kept.clear()
    Letter.objects.filter(pk=letter.pk).update(secrecy="confidential")
    assert log_in_as(world.chief_clerk).get(address).status_code == 200
    assert kept.get(f"page-{DRAWN_AS}-{sha256}-1") is None
    assert log_in_as(world.officer).get(address).status_code == 404


def test_every_finding_with_a_box_is_outlined_and_every_doubtful_one_shown_large(
    clerk: Client, letter: Letter
) -> None:
    page = clerk.get(f"/letters/{letter.pk}/confirmation/").content.decode()
    assert '<svg class="outlines" viewBox="0 0 595.3 841.9"' in page
    for path in ("number", "sender", "subject", "signatory", "position"):
        assert re.search(rf'<a class="outline[^"]*" id="b-{path}" href="#u-{path}"', page), path
    number = page[page.index('id="u-number"') :]
    crop = re.search(r'<svg viewBox="([\d. ]+)" width="([\d.]+)" height="([\d.]+)"', number)
    assert crop is not None
    # Four dots of the screen to the point: three times as large as on paper.
    assert float(crop[2]) / float(crop[1].split()[2]) >= 4
    assert 'style="' not in page
    assert "ลายมือหรือตราที่ไม่ได้อ่าน 2 แห่ง" in page


def test_what_a_hand_wrote_comes_first_with_the_print_round_it(
    clerk: Client, letter: Letter
) -> None:
    page = clerk.get(f"/letters/{letter.pk}/confirmation/").content.decode()
    doubtful = page[page.index('id="doubtful"') :]
    first = re.findall(r'class="unit doubted[^"]*" id="u-([^"]+)"', doubtful)[:3]
    assert first == ["number", "dated_on", "receipt"]
    assert 'value="number=พบ 0618/1042" data-take data-key="1"' in page
    assert 'value="dated_on=9 มิ.ย. 2569" data-take data-key="1"' in page
    assert form_of(page)["dated_on"] == "มิ.ย. 2569"


def test_outlines_stay_away_where_paper_and_picture_differ_in_shape(
    clerk: Client, letter: Letter
) -> None:
    reading = letter.readings.get()
    reading.paper["sizes"] = [{"width": 842.0, "height": 595.0}] * 2
    reading.save()
    page = clerk.get(f"/letters/{letter.pk}/confirmation/").content.decode()
    assert "/files/1/pages/1/" in page
    assert '<svg class="outlines"' not in page


def test_the_hand_s_part_alone_is_enough(
    clerk: Client, world: World, register: None, letter: Letter
) -> None:
    page = clerk.get(f"/letters/{letter.pk}/confirmation/")
    form = {
        **page.context["values"],
        "shown": page.context["shown"],
        "version": str(letter.version),
        "number": "๙๕๖",
        "dated_on": "๑๒",
    }
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    saved = letter_for(world.clerk, letter.pk)
    assert (saved.number, str(saved.dated_on)) == ("พบ 0618/956", "2026-06-12")


def test_left_alone_the_print_without_its_day_stays_a_doubt(
    clerk: Client, world: World, register: None, letter: Letter
) -> None:
    page = clerk.get(f"/letters/{letter.pk}/confirmation/")
    form = {
        **page.context["values"],
        "shown": page.context["shown"],
        "version": str(letter.version),
    }
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", form).status_code == 302
    saved = letter_for(world.clerk, letter.pk)
    assert saved.dated_on is None
    assert saved.doubt_count > 0


def test_a_correction_brings_and_takes_doubts_and_keeps_nothing(
    clerk: Client, world: World, register: None, received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    letter = received(paper(deadline="ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ"))
    page = clerk.get(f"/letters/{letter.pk}/confirmation/")
    form = {**page.context["values"], "shown": page.context["shown"], "version": "1"}
    address = f"/letters/{letter.pk}/confirmation/doubts/"
    calm = clerk.post(address, form).content.decode()
    assert doubts_in(calm, "dated_on") == ""
    late = clerk.post(address, {**form, "dated_on": "18 มี.ค. 69"}).content.decode()
    assert "วันที่" in doubts_in(late, "dated_on")
    assert 'id="todo"' in late
    ticked = {**form, "dated_on": "18 มี.ค. 69", "checked:dated_on": "on"}
    clerk.post(address, ticked)
    assert letter_for(world.clerk, letter.pk).version == letter.version


def doubts_in(fragment: str, unit: str) -> str:
    found = re.search(rf'<div class="doubts" id="d-{unit}"[^>]*>(.*?)</div>', fragment)
    assert found is not None
    return found[1]


def test_a_deadline_is_counted_again_from_the_corrected_day(
    clerk: Client, world: World, register: None, received: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    letter = received(paper(deadline="ภายใน ๗ วัน นับแต่วันที่ในหนังสือนี้"))
    page = clerk.get(f"/letters/{letter.pk}/confirmation/")
    form = {**page.context["values"], "shown": page.context["shown"]}
    before = clerk.post(f"/letters/{letter.pk}/confirmation/doubts/", form).content.decode()
    later = {**form, "dated_on": "3 มี.ค. 69", "version": str(letter.version)}
    after = clerk.post(f"/letters/{letter.pk}/confirmation/doubts/", later).content.decode()
    assert "9 มี.ค. 2569" in before
    assert "10 มี.ค. 2569" in after
    assert clerk.post(f"/letters/{letter.pk}/confirmation/", later).status_code == 302
    assert str(letter_for(world.clerk, letter.pk).due_on) == "2026-03-10"


def test_a_secret_letter_keeps_nothing_in_the_browser(
    world: World, log_in_as: LogIn, letter: Letter
) -> None:
    chief = log_in_as(world.chief_clerk)
    address = f"/letters/{letter.pk}/confirmation/"
    assert "data-keep=" in chief.get(address).content.decode()
    Letter.objects.filter(pk=letter.pk).update(secrecy="secret")
    assert "data-keep=" not in chief.get(address).content.decode()
