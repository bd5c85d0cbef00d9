"""One order goes from the Ministry to a division of one office, and its result comes back up.

Ministry → province → district → all local governments of Ban Lat → one division, through the
pages; then the division's words, the office's answer, and what each level above sees of it.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.flow.test_registry import as_
from tests.letters.drafts import open_books
from tests.world import World
from thamthan.cli.demo_circular import circular_order
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.letters.actions import deliver_sendings
from thamthan.letters.models import Letter
from thamthan.organisations.models import Organisation, Post

pytestmark = pytest.mark.django_db
BANGKOK = ZoneInfo("Asia/Bangkok")


def at(day: int, hour: int = 9) -> time_machine.travel:
    """A working hour of March 2569."""
    return time_machine.travel(datetime(2026, 3, day, hour, tzinfo=BANGKOK))


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))


def handed_down(client: Client, order: Order, by: Post, codes: str = "") -> None:
    """The page of receivers, the press, and the job that carries the letters."""
    address = f"/orders/{order.pk}/cascade/"
    choice = {"whom": "codes", "codes": codes} if codes else {"whom": "all"}
    seen = client.post(address, {**choice, "deed": "look"}).content.decode()
    for _ in range(2):
        pressed = client.post(address, {**choice, "deed": "cascade", **hidden(seen)})
        assert pressed.status_code == 302
    order.refresh_from_db()
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=by)


def received(client: Client, organisation: Organisation, subject: str) -> Letter:
    """One press on the letter in the queue; the order is received with it."""
    letter = Letter.objects.get(organisation=organisation, subject=subject, direction="received")
    told = client.post(
        f"/letters/{letter.pk}/registering/", {"version": str(letter.version)}, follow=True
    )
    assert "รับทราบข้อสั่งการแล้ว" in told.content.decode()
    return letter


def passed_on(
    clerk: Client, signer: Client, handing: Handing, *, addition: str = "", on: str
) -> Order:
    """The house in the middle drafts its own letter with the proposed days, signs, numbers it."""
    address = f"/handings/{handing.pk}/pass-on/"
    page = page_of(clerk, address)
    days = dict(re.findall(r'name="(day-[0-9]+)" value="([^"]+)"', page))
    assert days
    answer = clerk.post(address, {**days, "addition": addition, "deed": "draft"})
    draft = answer["Location"]
    signer.post(f"{draft}deed/", {"deed": "sign", "version": "1"})
    clerk.post(f"{draft}number/", {"on": on})
    order = Order.objects.get(upper=handing.order, organisation=handing.organisation)
    assert order.draft is not None
    assert order.draft.letter is not None, draft
    return order


def goes_down(world: World) -> tuple[Order, Order, Order]:
    """The Ministry's circular, the province's and the district's own letters, each in its hands."""
    for clerk in (world.governor_officer, world.district_officer, world.clerk):
        open_books(clerk, code=clerk.organisation.agency_code or "พบ 72401")
    ministry, province, district = (
        as_(post) for post in (world.ministry_clerk, world.governor_officer, world.district_officer)
    )
    with at(2):
        today = datetime.now(BANGKOK).date()
        top = circular_order(world.ministry_clerk, world.permanent_secretary, today=today)
        handed_down(ministry, top, world.ministry_clerk, codes="76")
    assert Handing.objects.count() == 1
    with at(4):
        received(province, world.phetchaburi, top.title)
        handing = Handing.objects.get(organisation=world.phetchaburi)
        second = passed_on(province, as_(world.governor), handing, on="4 มี.ค. 2569")
        handed_down(province, second, world.governor_officer, codes="7606")
    with at(6):
        received(district, world.ban_lat, top.title)
        handing = Handing.objects.get(organisation=world.ban_lat)
        chief = as_(world.district_chief)
        addition = "ส่งภาพถ่ายก่อนและหลังดำเนินการ"
        third = passed_on(district, chief, handing, addition=addition, on="6 มี.ค. 2569")
        handed_down(district, third, world.district_officer)
    return top, second, third


def is_worked_on(world: World, top: Order) -> tuple[Handing, list[int]]:
    """The office gives three clauses to a division, and sends what it decides of the answer."""
    clerk, officer = as_(world.clerk), as_(world.officer)
    with at(9):
        received(clerk, world.nong_kapu, top.title)
        mine = Handing.objects.get(organisation=world.nong_kapu)
        deed = f"/handings/{mine.pk}/deed/"
        given = list(
            mine.assignments.filter(obligation__order=top)
            .order_by("pk")
            .values_list("pk", flat=True)[:3]
        )
        divided = {"deed": "divide", "division": ["6760607-05"], "task": given, "text": "ด่วน"}
        clerk.post(deed, divided)
        theirs = Handing.objects.get(organisation=world.welfare)
        tasks = list(theirs.assignments.values_list("pk", flat=True))
        assert len(tasks) == 3
        said = {"deed": "answer", "task": tasks, "text": "เยี่ยมบ้านแล้ว 12 ครัวเรือน"}
        officer.post(f"/handings/{theirs.pk}/deed/", {**said, **seen_now()})
        # How long it lay at each desk above is told to whoever has it now.
        page = page_of(clerk, f"/handings/{mine.pk}/")
        for words in ("มท. 0 วัน", "จ.เพชรบุรี 2 วัน", "อ.บ้านลาด 2 วัน"):
            assert words in page
    with at(10):
        # The division's words are before the office; what it sends is its own.
        assert "เยี่ยมบ้านแล้ว 12 ครัวเรือน" in page_of(clerk, f"/handings/{mine.pk}/")
        sent = {"deed": "answer", "task": given, "text": "เยี่ยมบ้านแล้ว 12 ครัวเรือน ครบทุกหมู่"}
        clerk.post(deed, {**sent, **seen_now()})
    return mine, given


def seen_now() -> dict[str, str]:
    return {"seen_at": datetime.now(BANGKOK).isoformat()}


def test_an_order_goes_down_and_its_result_comes_up(world: World) -> None:
    top, second, third = goes_down(world)

    # Fifteen local governments have the Ministry's fifteen tasks, and the one of the district.
    assert Handing.objects.filter(level="lao").count() == 15
    assert Assignment.objects.filter(level="lao").count() == 15 * 16
    dues = [
        Assignment.objects.get(obligation__ask="report", organisation=one).due_on
        for one in (world.phetchaburi, world.ban_lat, world.nong_kapu)
    ]
    # Each level below has an earlier day than the one above it.
    assert all(day is not None for day in dues)
    assert dues == sorted(set(dues), reverse=True)  # type: ignore[type-var]

    mine, given = is_worked_on(world, top)
    district, clerk = as_(world.district_officer), as_(world.clerk)
    review = f"/handings/{mine.pk}/answers/"
    with at(11):
        # The district sees it, accepts two and sends one back; nobody else may.
        assert "ผล 3 งาน" in page_of(district, "/tasks/")
        assert clerk.get(review).status_code == 403
        district.post(review, {"deed": "accept", "task": given[:2], **seen_now()})
        back = {"deed": "return", "task": given[2:], "text": "ขอชื่อหมู่บ้าน"}
        district.post(review, {**back, **seen_now()})
        assert "ขอชื่อหมู่บ้าน" in page_of(clerk, f"/handings/{mine.pk}/")

        # Each level above counts the same from where it stands; a neighbour knows of nothing.
        seen = (
            (world.district_officer, third),
            (world.governor_officer, second),
            (world.ministry_clerk, top),
        )
        for post, order in seen:
            board = page_of(as_(post), f"/orders/{order.pk}/board/")
            assert "ส่งแล้ว 2 จาก" in board
        assert as_(world.neighbour_clerk).get(f"/orders/{top.pk}/board/").status_code == 404
        assert "ใช้เวลา" in page_of(as_(world.ministry_clerk), f"/orders/{top.pk}/")
