"""The pages of notices: the bell, the list, channels and hours, deliveries, chasing."""

import re
import uuid
from datetime import datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.directives.orders import cascaded
from tests.notices.told import make, reached_by
from tests.web.conftest import BANGKOK, NOW, LogIn
from tests.world import World
from thamthan.letters.models import Draft
from thamthan.notices.actions import send_test
from thamthan.notices.models import ChannelSetting, Delivery, Notice, QuietHours
from thamthan.notices.proving import code_of
from thamthan.notices.rules import Channel

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 4, 1, 10, tzinfo=BANGKOK)


@pytest.fixture
def mail(settings: Settings) -> None:
    settings.SMTP_URL = "null:"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bell_counts_what_is_not_read(world: World, clerk: Client) -> None:
    assert "bell-count" not in text_of(clerk, "/")
    cascaded(world, [world.nong_kapu])
    make()
    assert "ยังไม่อ่าน 1 เรื่อง" in text_of(clerk, "/")
    page = text_of(clerk, "/notices/")
    assert "<h1>ยังไม่อ่าน 1 เรื่อง</h1>" in page and "อำเภอบ้านลาด สั่งการ" in page
    # A text to be pasted where no account of LINE is.
    assert "แจ้งเตือนจากระบบทำทัน" in page


def test_opening_a_notice_reads_it(world: World, clerk: Client) -> None:
    cascaded(world, [world.nong_kapu])
    make()
    notice = Notice.objects.get()
    answer = clerk.get(f"/notices/{notice.pk}/")
    assert answer.status_code in {200, 302}
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "อ่านครบทุกเรื่องแล้ว" in text_of(clerk, "/notices/")


def test_a_notice_of_another_post_asks_to_take_that_post_first(
    world: World, log_in_as: LogIn
) -> None:
    cascaded(world, [world.nong_kapu])
    Notice.objects.all().delete()
    notice = send_test(by=world.acting_head, now=timezone.now())
    page = text_of(log_in_as(world.chief_clerk), f"/notices/{notice.pk}/")
    assert "เรื่องนี้แจ้งท่านในอีกตำแหน่งหนึ่ง" in page
    notice.refresh_from_db()
    assert notice.read_at is None


def test_reading_all_leaves_what_came_in_since(world: World, clerk: Client) -> None:
    send_test(by=world.clerk, now=timezone.now())
    shown = timezone.now().isoformat()
    with time_machine.travel(NOW.replace(minute=40)):
        send_test(by=world.clerk, now=timezone.now())
        clerk.post("/notices/read/", {"until": shown})
    first, second = Notice.objects.order_by("pk")
    assert first.read_at is not None and second.read_at is None
    clerk.post("/notices/read/", {"until": "nonsense"})
    with time_machine.travel(NOW.replace(hour=16)):
        clerk.post("/notices/read/", {"until": "nonsense"})
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_channel_is_set_proved_and_switched_off(world: World, clerk: Client, mail: None) -> None:
    clerk.post(
        "/account/notices/channels/email/",
        {"deed": "address", "address": "somjai@example.go.th"},
    )
    assert "รหัสยืนยัน 6 หลักที่ได้รับ" in text_of(clerk, "/account/notices/")
    wrong = clerk.post("/account/notices/channels/email/", {"deed": "code", "code": "12"})
    assert wrong.status_code == 400 and "รหัสไม่ถูกต้อง" in wrong.content.decode()
    setting = ChannelSetting.objects.get()
    clerk.post("/account/notices/channels/email/", {"deed": "code", "code": code_of(setting)})
    assert "แจ้งเตือนทางอีเมล และในระบบ" in text_of(clerk, "/account/notices/")
    clerk.post("/account/notices/channels/email/", {"deed": "off"})
    assert "แจ้งเตือนในระบบเท่านั้น" in text_of(clerk, "/account/notices/")


def test_an_address_that_is_none_stays_in_its_field(clerk: Client, mail: None) -> None:
    answer = clerk.post(
        "/account/notices/channels/email/", {"deed": "address", "address": "somjai(at)go.th"}
    )
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "อีเมลนี้ไม่ถูกรูปแบบ" in page and "somjai(at)go.th" in page


def test_quiet_hours_are_kept_or_refused_in_words(clerk: Client) -> None:
    hours = {"quiet_from": "17.00", "quiet_until": "8:00 น.", "digest_at": "09.15"}
    assert clerk.post("/account/notices/hours/", hours).status_code == 302
    assert QuietHours.objects.get().digest_at.strftime("%H.%M") == "09.15"
    answer = clerk.post("/account/notices/hours/", {**hours, "digest_at": "เช้า"})
    assert answer.status_code == 400 and "เช้า" in answer.content.decode()


def test_the_address_of_a_calendar_is_shown_once(clerk: Client) -> None:
    page = clerk.post("/account/calendars/", {"name": "มือถือ"}).content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", page)
    assert found is not None
    assert clerk.get(found[1]).status_code == 200
    again = text_of(clerk, "/account/notices/")
    assert "มือถือ" in again and found[1] not in again


def test_an_administrator_sees_what_went_out_and_not_what_it_said(
    world: World, log_in_as: LogIn, mail: None
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    cascaded(world, [world.nong_kapu])
    make()
    call_command("tick")
    page = text_of(log_in_as(world.administrator), "/notices/deliveries/")
    assert "somjai@example.go.th" in page and "ส่งแล้ว" in page
    assert "สั่งการ" not in page.replace("ข้อสั่งการใหม่", "")
    Delivery.objects.update(state="given_up", last_error="550 no such mailbox")
    client = log_in_as(world.administrator)
    assert '<span class="one-line">เลิกส่ง 1' in text_of(client, "/notices/deliveries/")
    client.post(f"/notices/deliveries/{Delivery.objects.get().pk}/retry/")
    assert Delivery.objects.get().state == "queued"
    # The administrator of another place looks after others.
    elsewhere = log_in_as(world.province_administrator)
    assert "somjai@example.go.th" in text_of(elsewhere, "/notices/deliveries/?state=queued")


def test_lists_ask_as_often_for_many_as_for_few(
    world: World,
    clerk: Client,
    log_in_as: LogIn,
    mail: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    for minute in range(0, 50, 2):
        with time_machine.travel(NOW.replace(minute=minute)):
            send_test(by=world.clerk, now=timezone.now())
    call_command("tick")
    with django_assert_max_num_queries(12):
        clerk.get("/notices/")
    administrator = log_in_as(world.administrator)
    with django_assert_max_num_queries(12):
        administrator.get("/notices/deliveries/")


def test_chasing_from_the_page_leads_to_the_draft(world: World, log_in_as: LogIn) -> None:
    order = cascaded(world, [world.nong_kapu, world.tha_sen])
    client = log_in_as(world.district_officer)
    address = f"/orders/{order.pk}/chase/"
    assert "ไม่มีผู้ใดเลยกำหนด" in text_of(client, address)
    with time_machine.travel(LATE):
        # Its session of March has ended.
        client = log_in_as(world.district_officer)
        page = text_of(client, address)
        assert "<h1>เลยกำหนด 2 แห่ง</h1>" in page and "พฤ. 9 เม.ย. 2569" in page
        keys = re.findall(r'name="handing" value="(\d+)"', page)
        form = {"handing": keys[:1], "until": "พฤ. 9 เม.ย. 2569", "submission": uuid.uuid4()}
        answer = client.post(address, form)
        draft = Draft.objects.get(subject__startswith="เร่งรัด")
        assert urlsplit(answer["Location"]).path == f"/drafts/{draft.pk}/"

        # The same day again is warned of, and goes on when it is wanted.
        again = client.post(address, {**form, "handing": keys, "submission": uuid.uuid4()})
        assert again.status_code == 409
        assert "วันนี้เร่งรัดไปแล้ว 1 แห่ง" in again.content.decode()
        wanted = {**form, "handing": keys, "submission": uuid.uuid4(), "again": "1"}
        assert client.post(address, wanted).status_code == 302
        wrong = client.post(address, {**form, "until": "เร็ว ๆ นี้"})
        assert wrong.status_code == 400 and "เป็นวันที่ไม่ได้" in wrong.content.decode()


def test_the_executive_of_a_house_does_not_chase_for_the_district(
    world: World, log_in_as: LogIn
) -> None:
    order = cascaded(world, [world.nong_kapu])
    assert log_in_as(world.clerk).get(f"/orders/{order.pk}/chase/").status_code == 403
    assert log_in_as(world.district_chief).get(f"/orders/{order.pk}/chase/").status_code == 200
