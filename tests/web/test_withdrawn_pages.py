"""The pages of a letter that its sender cancelled: the receiver's copy, the desk, the sendings."""

import pytest

from tests.letters.drafts import numbered, open_books
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.letters.actions import deliver_sendings, send_letter
from thamthan.letters.models import Letter

pytestmark = pytest.mark.django_db
TOLD = "ผู้ส่งยกเลิกหนังสือฉบับนี้แล้ว</strong> เมื่อ วันศุกร์ที่ 20 มีนาคม 2569 14.05 น. เพราะลงวันที่ผิด"


@pytest.fixture
def sent(world: World) -> Letter:
    by = world.district_officer
    open_books(by)
    letter = numbered(world, by)
    where = [world.nong_kapu, world.tha_sen]
    send_letter(letter, by=by, organisations=where, outside=["โรงพยาบาลบ้านลาด"])
    deliver_sendings(letter.pk, by=by)
    return letter


def cancelled(sent: Letter, world: World, log_in_as: LogIn) -> None:
    district = log_in_as(world.district_officer)
    address = f"/registers/numbers/{sent.numbers.get().pk}/cancelling/"
    assert "ส่งไปแล้ว 3 ราย" in district.get(address).content.decode()
    assert district.post(address, {"reason": "ลงวันที่ผิด"}).status_code == 302


def test_the_copy_says_so_in_the_queue_and_when_it_is_registered(
    world: World, log_in_as: LogIn, sent: Letter
) -> None:
    open_books(world.clerk, code="พบ 72401")
    clerk = log_in_as(world.clerk)
    mine = Letter.objects.get(organisation=world.nong_kapu)
    assert "ผู้ส่งยกเลิก" not in clerk.get(f"/letters/{mine.pk}/").content.decode()
    cancelled(sent, world, log_in_as)
    assert "ผู้ส่งยกเลิกแล้ว" in clerk.get("/").content.decode()
    for address in (f"/letters/{mine.pk}/", f"/letters/{mine.pk}/confirmation/?check=1"):
        assert TOLD in clerk.get(address).content.decode()
    # It came, and may be kept as having come.
    form = {"version": str(mine.version)}
    told = clerk.post(f"/letters/{mine.pk}/registering/", form, follow=True).content.decode()
    assert "เลขรับ 100" in told
    assert TOLD in told


def test_each_sending_says_who_knows_and_who_must_be_told(
    world: World, log_in_as: LogIn, sent: Letter
) -> None:
    cancelled(sent, world, log_in_as)
    district = log_in_as(world.district_officer)
    page = district.get(f"/sendings/{sent.pk}/").content.decode()
    assert "ยกเลิกหนังสือฉบับนี้แล้ว เมื่อ วันศุกร์ที่ 20 มีนาคม 2569 14.05 น. เพราะลงวันที่ผิด" in page
    assert page.count("เพราะลงวันที่ผิด · แจ้งในหนังสือของผู้รับแล้ว") == 2
    assert page.count("ยังไม่ได้ส่ง") == 1
    assert "เหตุ: ลงวันที่ผิด" in district.get(f"/letters/{sent.pk}/").content.decode()
    table = district.get(f"/sendings/{sent.pk}/sendings.csv").content.decode()
    assert table.count("ยกเลิกเมื่อ 20 มี.ค. 2569 14.05 เพราะลงวันที่ผิด") == 3
