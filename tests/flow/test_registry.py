"""The life of a letter in its registry, through the pages: received, endorsed, answered, sent on.

The district receives an order, answers it and hands it down to its fifteen local governments, of
which one registers what came.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.flow.test_one_letter import brought_in, confirmed
from tests.letters.drafts import PARTS, head_of_welfare, open_books
from tests.papers import paper
from tests.world import World
from thamthan.letters.models import Draft, Letter, Routing, Step
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday_afternoon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))):
        yield


def as_(post: Post) -> Client:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def form_of(draft: Draft) -> dict[str, Any]:
    """The form of a draft as a browser would send it back."""
    parts = dict(draft.parts)
    form = {name: value for name, value in parts.items() if isinstance(value, str)}
    for name in ("references", "enclosures"):
        for at, row in enumerate(parts[name]):
            form |= {f"{name}-{at}-{field}": value for field, value in row.items()}
    return form | {"version": str(draft.version)}


def endorsed_and_signed(draft: Draft, world: World) -> None:
    """It goes up the chain, from desk to desk, and is signed at the last."""
    officer = as_(world.officer)
    desks = {head_of_welfare(world), world.chief_clerk, world.executive}
    deed = f"/drafts/{draft.pk}/deed/"
    officer.post(deed, {"deed": "submit", "version": "2", "note": "เพื่อโปรดพิจารณาลงนาม"})
    for _ in range(4):
        waiting = Step.objects.get(routing__draft=draft, state="waiting")
        holder = next(
            each
            for each in desks
            if each.role == waiting.role and each.organisation_id == waiting.organisation_id
        )
        desk = as_(holder)
        assert draft.subject in desk.get("/drafts/").content.decode()
        what = "sign" if holder == world.executive else "endorse"
        told = desk.post(deed, {"deed": what, "version": "2", "note": "เห็นชอบ"}, follow=True)
        assert told.status_code == 200, told.content.decode()[:500]
        if what == "sign":
            break
    draft.refresh_from_db()
    assert draft.state == "signed"
    assert Routing.objects.get(draft=draft).state == "finished"


def test_the_life_of_a_letter(world: World) -> None:
    open_books(world.clerk, code="พบ 72401")
    clerk = as_(world.clerk)

    # It comes in, is read and registered.
    address = brought_in(clerk, paper())
    assert "เลขรับ 100/2569" in confirmed(clerk, address, open_register="")
    letter = Letter.objects.get(receipt_number=100)

    # It is answered: subject, reference and addressee are there before anybody types.
    officer = as_(world.officer)
    page = officer.post(f"{address}answer/", follow=True)
    draft = Draft.objects.get(answers=letter)
    shown = page.content.decode()
    assert "พบ 0618/701" in shown
    assert "หนังสือนั้นขอให้" in shown
    form = form_of(draft) | {
        "body": "ตามที่อ้างถึง นั้น\n\n๑. สำรวจแล้ว ๔๕ คน\n\nจึงเรียนมาเพื่อโปรดทราบ",
        "signatory": "นายประเสริฐ ทองหนองกะปุ",
        "position": "นายกองค์การบริหารส่วนตำบลหนองกะปุ",
    }
    saved = officer.post(f"/drafts/{draft.pk}/save/", form)
    assert saved.json()["version"] == 2
    drawn = officer.post(f"/drafts/{draft.pk}/preview/", form)
    assert "data:image/png;base64," in drawn.content.decode()

    endorsed_and_signed(draft, world)

    # The clerk gives number and date: pressed twice, one number.
    for _ in range(2):
        numbered = clerk.post(f"/drafts/{draft.pk}/number/", {"on": "20 มี.ค. 2569"})
        assert numbered.status_code == 302
    answer = Letter.objects.get(draft=draft)
    assert answer.number == "พบ 72401/100"
    assert answer.references.get().number_key == letter.number_key
    book = clerk.get(f"/letters/{answer.pk}/files/1/")
    assert b"".join(book.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    # It goes back to the district, within the system.
    clerk.post(f"/sendings/{answer.pk}/new/", {"who": "some", "code": "7606", "way": "system"})
    assert Letter.objects.get(organisation=world.ban_lat, number=answer.number)


def test_an_order_goes_down_to_fifteen_and_their_numbers_come_back(world: World) -> None:
    open_books(world.district_officer)
    open_books(world.clerk, code="พบ 72401")
    district = as_(world.district_officer)
    district.post("/drafts/new/", {"template": "request"})
    draft = Draft.objects.get()
    form = form_of(draft) | {
        "subject": PARTS.subject,
        "addressee": PARTS.addressee,
        "body": PARTS.body,
        "signatory": PARTS.signatory,
        "position": PARTS.position,
        "is_circular": "1",
    }
    assert district.post(f"/drafts/{draft.pk}/save/", form).json()["version"] == 2
    chief = as_(world.district_chief)
    chief.post(f"/drafts/{draft.pk}/deed/", {"deed": "sign", "version": "2"})
    district.post(f"/drafts/{draft.pk}/number/", {"on": "20/3/2569"})
    letter = Letter.objects.get(draft=draft)
    assert letter.number == "พบ 0618/ว 100"
    for _ in range(2):
        sent = district.post(
            f"/sendings/{letter.pk}/new/", {"who": "all", "way": "system"}, follow=True
        )
    page = sent.content.decode()
    assert "ลงรับแล้ว 0 จาก 15 ราย" in page
    assert "ไม่ได้ส่งซ้ำ" in page

    # There it waits on the desk; one press registers it.
    clerk = as_(world.clerk)
    assert PARTS.subject in clerk.get("/").content.decode()
    mine = Letter.objects.get(organisation=world.nong_kapu, number=letter.number)
    # From the desk one comes to that press, and from there to the form, for whoever wants to check.
    page = clerk.get(f"/letters/{mine.pk}/confirmation/", follow=True).content.decode()
    assert "ข้อมูลตรงกับต้นฉบับทุกคำ" in page
    assert clerk.get(f"/letters/{mine.pk}/confirmation/?check=1").status_code == 200
    told = clerk.post(
        f"/letters/{mine.pk}/registering/", {"version": str(mine.version)}, follow=True
    )
    assert "เลขรับ 100" in told.content.decode()

    # The sender learns number and hour, and nothing of anybody else's registry.
    page = district.get(f"/sendings/{letter.pk}/").content.decode()
    assert "ลงรับแล้ว 1 จาก 15 ราย" in page
    assert "100/2569" in page
    table = district.get(f"/sendings/{letter.pk}/sendings.csv?state=received").content.decode()
    assert table.startswith("\ufeffผู้รับ")
    assert table.count("\n") == 2
    assert district.get(f"/letters/{mine.pk}/").status_code == 404
    assert as_(world.tha_sen_clerk).get(f"/sendings/{letter.pk}/").status_code == 404
