"""The page of what was found, saved searches, linking, and the picture of a matter."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.papers import paper
from tests.web.conftest import LogIn, Receive
from tests.world import World
from thamthan.letters.models import Letter, LetterLink, SavedSearch

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_is_found_is_marked_and_leads_to_its_letter(clerk: Client, received: Receive) -> None:
    letter = received()
    page = page_of(clerk, "/search/?q=" + quote("ผู้สูงอายุ"))
    assert "พบ 1 ฉบับ" in page
    assert "<mark>ผู้สูงอายุ</mark>" in page
    assert f'href="/letters/{letter.pk}/"' in page
    page = page_of(clerk, "/search/?q=" + quote("ผูสูงอายู"))
    assert "ไม่พบคำนี้ตรงตัว แต่พบที่คล้ายกัน 1 ฉบับ" in page
    assert "ผลโดยประมาณ" in page
    assert "ไม่พบ “อวกาศยาน”" in page_of(clerk, "/search/?q=" + quote("อวกาศยาน"))


def test_words_of_a_letter_are_shown_as_words_and_never_as_code(
    clerk: Client, received: Receive
) -> None:
    received(paper(subject="การทดสอบ <script>alert(1)</script> ท้าย"))
    page = page_of(clerk, "/search/?q=" + quote("การทดสอบ") + "+script")
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page
    page = page_of(clerk, '/search/?q="><script>alert(2)</script>')
    assert "<script>alert" not in page


def test_filters_stay_in_the_form_and_a_bad_day_is_told_beside_its_field(
    clerk: Client, received: Receive
) -> None:
    received()
    word = quote("ผู้สูงอายุ")
    page = page_of(clerk, f"/search/?q={word}&urgency=most_urgent&sender={quote('บ้านลาด')}")
    assert '<option value="most_urgent" selected>' in page
    assert "ล้างตัวกรอง" in page
    page = page_of(clerk, f"/search/?q={word}&since={quote('วันไหน')}")
    assert "เป็นวันที่ไม่ได้" in page
    assert "พบ 1 ฉบับ" in page_of(clerk, f"/search/?q={word}&urgency=nonsense&way=x&page=99")
    assert "ไม่พบ" in page_of(clerk, f"/search/?q={word}&since={quote('1 เม.ย. 69')}")


def test_the_search_box_is_on_every_page_of_whoever_may_search(
    world: World, log_in_as: LogIn, clerk: Client
) -> None:
    assert 'id="top-q"' in page_of(clerk, "/")
    assert 'id="top-q"' not in page_of(clerk, "/search/")
    assert 'id="top-q"' not in page_of(log_in_as(world.administrator), "/")


def test_a_search_is_saved_opened_and_removed(
    world: World, log_in_as: LogIn, clerk: Client
) -> None:
    form = {"name": "เรื่องขยะ", "asked": "q=ขยะ&due=1&evil=x"}
    answer = clerk.post("/search/saved/", form)
    saved = SavedSearch.objects.get()
    assert answer["Location"] == f"/search/?{saved.asked}"
    assert "evil" not in saved.asked
    assert "เรื่องขยะ" in page_of(clerk, "/search/")
    officer = log_in_as(world.officer)
    assert "เรื่องขยะ" not in page_of(officer, "/search/")
    assert officer.post(f"/search/saved/{saved.pk}/removal/").status_code == 404
    assert clerk.post(f"/search/saved/{saved.pk}/removal/").status_code == 302
    assert not SavedSearch.objects.exists()


@pytest.fixture
def pair(received: Receive, register: None) -> tuple[Letter, Letter]:
    words = "เรียน  ", "อ้างถึง  หนังสืออำเภอบ้านลาด ที่ พบ ๐๖๑๘/๗๐๐ ลงวันที่ ๑ มีนาคม ๒๕๖๙\n\nเรียน  "
    return received(paper(number="พบ ๐๖๑๘/๗๐๐")), received(paper().replace(*words))


def test_letters_are_linked_shown_on_both_and_unlinked(
    clerk: Client, pair: tuple[Letter, Letter]
) -> None:
    first, second = pair
    page = page_of(clerk, f"/letters/{second.pk}/links/?q=700")
    assert f'name="to" value="{first.pk}"' in page
    answer = clerk.post(f"/letters/{second.pk}/links/", {"to": first.pk, "kind": "answers"})
    assert answer.status_code == 302
    assert f'href="/letters/{first.pk}/"' in page_of(clerk, f"/letters/{second.pk}/")
    page = page_of(clerk, f"/letters/{first.pk}/")
    assert "ตอบฉบับนี้" in page and f'href="/letters/{second.pk}/"' in page
    page = page_of(clerk, f"/letters/{first.pk}/matter/")
    assert page.count('class="node') >= 4 and "<svg" in page
    answer = clerk.post(f"/letters/{second.pk}/links/removal/", {"to": first.pk})
    assert answer.status_code == 302
    assert "ตอบฉบับนี้" not in page_of(clerk, f"/letters/{first.pk}/")


def test_a_stub_is_typed_in_and_what_is_wrong_is_told(
    clerk: Client, pair: tuple[Letter, Letter]
) -> None:
    address = f"/letters/{pair[1].pk}/links/"
    for form in ({"agency": ""}, {"agency": "กระทรวง", "dated_on": "วันไหน"}, {"number": "ไม่ใช่"}):
        answer = clerk.post(address, {"kind": "refers", **form})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    form = {"kind": "passes_on", "agency": "กระทรวงมหาดไทย", "dated_on": "10 พ.ย. 68"}
    assert clerk.post(address, form).status_code == 302
    link = LetterLink.objects.get()
    page = page_of(clerk, f"/letters/{pair[1].pk}/")
    assert "กระทรวงมหาดไทย" in page and "ยังไม่มีในทะเบียน" in page
    removal = f"/letters/{pair[1].pk}/links/removal/"
    assert clerk.post(removal, {"link": link.pk}).status_code == 302
    assert clerk.post(removal, {"link": link.pk}).status_code == 409


def test_whoever_only_reads_sees_the_chain_and_no_buttons(
    world: World, log_in_as: LogIn, clerk: Client, pair: tuple[Letter, Letter]
) -> None:
    clerk.post(f"/letters/{pair[1].pk}/links/", {"to": pair[0].pk, "kind": "refers"})
    page = page_of(log_in_as(world.officer), f"/letters/{pair[0].pk}/")
    assert "อ้างถึงฉบับนี้" in page
    assert "/links/" not in page
