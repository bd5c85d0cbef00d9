"""The life of a letter in its registry, through the pages, from its arrival to its destruction.

An office receives an order, endorses and answers it, sends the answer to fifteen others, files the
order and destroys it when its time has run out. And the district hands an order down to fifteen.
"""

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks as Committed

from tests.flow.test_one_letter import confirmed
from tests.letters.drafts import PARTS, head_of_welfare, open_books
from tests.papers import paper
from tests.world import World
from thamthan.letters.models import Disposal, Draft, Letter, Routing, Step
from thamthan.organisations.models import Organisation, Post

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")
# Sixty days after the archives were asked.
THE_END = datetime(2028, 4, 5, 10, 0, tzinfo=BANGKOK)


@pytest.fixture(autouse=True)
def friday_afternoon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 20, 14, 5, tzinfo=BANGKOK)):
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


def holder_of(step: Step) -> Post:
    """Who has the matter on their desk now."""
    there = Post.objects.filter(role=step.role, organisation=step.organisation)
    return there.select_related("person").get()


def endorsed_and_signed(draft: Draft, world: World) -> None:
    """It goes up the chain, from desk to desk, and is signed at the last."""
    head_of_welfare(world)
    deed = f"/drafts/{draft.pk}/deed/"
    submitted = {"deed": "submit", "version": "2", "note": "เพื่อโปรดพิจารณาลงนาม"}
    as_(world.officer).post(deed, submitted)
    what, passed = "", 0
    while what != "sign":
        holder = holder_of(Step.objects.get(routing__draft=draft, state="waiting"))
        desk = as_(holder)
        assert draft.subject in desk.get("/drafts/").content.decode()
        what = "sign" if holder == world.executive else "endorse"
        told = desk.post(deed, {"deed": what, "version": "2", "note": "เห็นชอบ"}, follow=True)
        assert told.status_code == 200, told.content.decode()[:500]
        passed += 1
    assert passed == 4
    draft.refresh_from_db()
    assert draft.state == "signed"
    assert Routing.objects.get(draft=draft).state == "finished"


def chosen_words(desk: Client, address: str, words: str) -> str:
    """What one tap on the ready words sends, as the page of the letter offers it."""
    page = unescape(desk.get(address).content.decode())
    offered = page.split('name="phrase" value="')[1:]
    return next(part.split('"')[0] for part in offered if part.split('"')[0].endswith(words))


def step_of(letter: Letter) -> Step:
    return Step.objects.get(routing__letter=letter, state="waiting")


def received_and_registered(world: World) -> Letter:
    """A file comes in, is read, confirmed by the clerk and has its number."""
    clerk = as_(world.clerk)
    form = clerk.get("/letters/new/").context["values"]
    file = SimpleUploadedFile("หนังสืออำเภอ.txt", paper().encode())
    answer = clerk.post("/letters/new/", {**form, "files": [file]})
    address = answer["Location"].removesuffix("confirmation/")
    assert "เลขรับ 100/2569" in confirmed(clerk, address, open_register="")
    return Letter.objects.get(receipt_number=100)


def endorsed_over_four_steps(letter: Letter, world: World) -> None:
    """From the clerk to the executive and down to a division: each finds it on their own desk."""
    address = f"/letters/{letter.pk}/"
    clerk = as_(world.clerk)
    clerk.post(f"{address}put-up/", {"phrase": chosen_words(clerk, address, "เพื่อโปรดพิจารณา")})
    for words in ("เห็นควรดำเนินการตามหนังสือนี้", "เพื่อโปรดพิจารณาสั่งการ"):
        step = step_of(letter)
        desk = as_(holder_of(step))
        assert "รอท่าน 1 เรื่อง" in desk.get("/").content.decode()
        form = {"phrase": chosen_words(desk, address, words)}
        assert desk.post(f"/steps/{step.pk}/sign/", form).status_code == 302
    executive = as_(world.executive)
    assigned = {"phrase": "own", "onward": "assign", "to": ["division:6760607-05"]}
    assigned["opinion"] = "มอบกองสวัสดิการสังคมสำรวจและรายงาน"
    executive.post(f"/steps/{step_of(letter).pk}/sign/", assigned)
    officer = as_(world.officer)
    assert "มอบให้ท่านเป็นเจ้าของเรื่อง" in officer.get(address).content.decode()
    officer.post(f"/steps/{step_of(letter).pk}/take/")
    page = officer.get(address).content.decode()
    assert "เจ้าของเรื่อง <strong>กองสวัสดิการสังคม</strong>" in page
    assert Routing.objects.get(letter=letter).state == "finished"


def answered(letter: Letter, world: World) -> Draft:
    """Subject, reference and addressee are there before anybody types."""
    officer = as_(world.officer)
    page = officer.post(f"/letters/{letter.pk}/answer/", follow=True)
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
    return draft


def numbered_and_sent_to_fifteen(draft: Draft, world: World) -> Letter:
    """The clerk gives number and date: pressed twice, one number; then fifteen get it at once."""
    clerk = as_(world.clerk)
    for _ in range(2):
        numbered = clerk.post(f"/drafts/{draft.pk}/number/", {"on": "20 มี.ค. 2569"})
        assert numbered.status_code == 302
    answer = Letter.objects.get(draft=draft)
    assert answer.number == "พบ 72401/100"
    assert answer.references.get().number_key == draft.answers.number_key  # type: ignore[union-attr]
    paper_of_it = clerk.get(f"/letters/{answer.pk}/files/1/")
    assert b"".join(paper_of_it.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    others = Organisation.objects.filter(parent=world.ban_lat, level="lao")
    codes = [world.ban_lat.code, *(each.code for each in others if each != world.nong_kapu)]
    form = {"who": "some", "code": codes, "way": "system"}
    page = clerk.post(f"/sendings/{answer.pk}/new/", form, follow=True).content.decode()
    assert "ลงรับแล้ว 0 จาก 15 ราย" in page
    return answer


def taken_by_one_press(answer: Letter, world: World) -> None:
    open_books(world.tha_sen_clerk, code="พบ 72601")
    receiver = as_(world.tha_sen_clerk)
    there = Letter.objects.get(organisation=world.tha_sen, number=answer.number)
    version = {"version": str(there.version)}
    told = receiver.post(f"/letters/{there.pk}/registering/", version, follow=True)
    assert "เลขรับ 100" in told.content.decode()
    page = as_(world.clerk).get(f"/sendings/{answer.pk}/").content.decode()
    assert "ลงรับแล้ว 1 จาก 15 ราย" in page
    assert "100/2569" in page


def finished_and_filed(letter: Letter, world: World) -> None:
    clerk = as_(world.clerk)
    letter.refresh_from_db()
    clerk.post(f"/letters/{letter.pk}/finish/", {"version": str(letter.version)})
    place = {"place": "ห้องเก็บเอกสาร ชั้น 2", "box": "12", "folder": "สส 1"}
    filing = {"deed": "file", "retention": "routine", **place}
    page = clerk.post(f"/letters/{letter.pk}/keeping/", filing, follow=True).content.decode()
    assert "เก็บที่ ห้องเก็บเอกสาร ชั้น 2" in page
    assert "ครบอายุการเก็บ 31 ธ.ค. 2570" in page


def listed_judged_and_approved(world: World) -> Disposal:
    """The year's list: judged line by line, told to the archives, silent for sixty days."""
    with time_machine.travel(datetime(2028, 2, 1, 10, 0, tzinfo=BANGKOK)):
        clerk = as_(world.clerk)
        assert "ครบอายุการเก็บ 1 ฉบับ" in clerk.get("/disposals/").content.decode()
        clerk.post("/disposals/")
        disposal = Disposal.objects.get()
        where = f"/disposals/{disposal.pk}/"
        named = ("นายวิชัย พงษ์เพชร", "นางมาลี แก้วกระจ่าง", "นายธนา ช่างเพชร")
        members = {f"name-{at}": name for at, name in enumerate(named)}
        clerk.post(f"{where}committee/", members | {f"title-{at}": "กรรมการ" for at in range(3)})
        line = disposal.lines.get()
        clerk.post(f"{where}judgements/", {f"fate-{line.pk}": "destroy"})
        clerk.post(f"{where}archives/", {"asked_on": "1 ก.พ. 71"})
    with time_machine.travel(THE_END):
        as_(world.clerk).post(f"{where}answer/", {"answer": ""})
        page = as_(world.executive).post(f"{where}approval/", follow=True).content.decode()
        assert "ขั้นที่สอง: ทำลาย 1 ฉบับ" in page
    return disposal


def destroyed(letter: Letter, disposal: Disposal, world: World, committed: Committed) -> None:
    """The bytes are gone; name, size and fingerprint stay, and so does the line of the register."""
    row = letter.files.get()
    where = f"/disposals/{disposal.pk}/"
    assert default_storage.exists(row.file.path)
    with time_machine.travel(THE_END):
        with committed(execute=True):
            as_(world.executive).post(f"{where}destruction/", {"count": "๑"})
        clerk = as_(world.clerk)
        page = clerk.get(f"/letters/{letter.pk}/").content.decode()
        assert clerk.get(f"/letters/{letter.pk}/files/1/").status_code == 404
        assert letter.subject in clerk.get("/letters/?year=2569").content.decode()
    assert not default_storage.exists(row.file.path)
    assert "ทำลายแล้วตามบัญชีหนังสือขอทำลาย" in page
    for kept in ("เลขรับ", "หนังสืออำเภอ.txt", row.file.sha256, filesizeformat(row.file.size)):
        assert kept in page
    assert "ด้วยอำเภอบ้านลาดจะจัดทำฐานข้อมูล" not in page
    # The route that it went stays told, and so does what answered it.
    assert "มอบกองสวัสดิการสังคมสำรวจและรายงาน" in page
    assert "ตอบฉบับนี้" in page


def test_the_life_of_a_letter_from_its_arrival_to_its_destruction(
    world: World, django_capture_on_commit_callbacks: Committed
) -> None:
    open_books(world.clerk, code="พบ 72401")
    appointed = {
        "login": "thana", "organisation": "6760607-01", "role": "head",
        "title": "หัวหน้าสำนักปลัด", "from_on": "1 ต.ค. 68", "until_on": "",
    }  # fmt: skip
    assert as_(world.administrator).post("/people/posts/new/", appointed).status_code == 302

    letter = received_and_registered(world)
    endorsed_over_four_steps(letter, world)
    draft = answered(letter, world)
    endorsed_and_signed(draft, world)
    answer = numbered_and_sent_to_fifteen(draft, world)
    taken_by_one_press(answer, world)
    finished_and_filed(letter, world)
    disposal = listed_judged_and_approved(world)
    destroyed(letter, disposal, world, django_capture_on_commit_callbacks)
    answer.refresh_from_db()
    assert answer.state == "sent"


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
