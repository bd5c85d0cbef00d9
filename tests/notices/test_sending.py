"""Messages go out by a real mail server on the loopback: when, what they say, what goes wrong."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from tests.directives.orders import cascaded, in_hands_of
from tests.notices.servers import Mailbox, Web
from tests.notices.told import (
    climb,
    go_out,
    make,
    neighbour_administrator,
    on,
    only,
    reached_by,
    say,
)
from tests.world import World
from thamthan.directives.rules import AssignmentState, RemarkKind
from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Letter
from thamthan.notices.actions import (
    ask_code,
    confirm_code,
    mark_read,
    retry_delivery,
    send_test,
    set_channel,
)
from thamthan.notices.models import Delivery, Notice
from thamthan.notices.proving import code_of
from thamthan.notices.rules import MOST_ATTEMPTS, Channel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
LINE_ID = "U" + "0123456789abcdef" * 2


def mails(mailbox: Mailbox) -> list[EmailMessage]:
    found = []
    for envelope in mailbox.taken:
        assert isinstance(envelope.content, bytes)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        found.append(parsed)
    return found


def test_a_new_matter_comes_by_mail_with_its_link(world: World, mail: Mailbox) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    cascaded(world, [world.nong_kapu])
    make()
    assert go_out() == 1
    (one,) = mails(mail)
    assert mail.taken[0].rcpt_tos == ["somjai@example.go.th"]
    assert one["Subject"].strip() == "ทำทัน: ข้อสั่งการใหม่"
    notice = Notice.objects.get()
    text = one.get_content()
    assert notice.words in text and f"https://thamthan.example/n/{notice.pk}/" in text
    assert only().state == "sent"
    # It is not sent again, and has arrived once its reader opened it.
    assert go_out() == 0
    mark_read(notice, by=world.clerk, now=timezone.now())
    assert only().state == "delivered"


def test_an_address_that_is_not_proved_gets_nothing_but_its_code(
    world: World, mail: Mailbox
) -> None:
    setting = set_channel(Channel.EMAIL, "somjai@example.go.th", by=world.clerk)
    cascaded(world, [world.nong_kapu])
    make()
    assert go_out() == 0
    ask_code(Channel.EMAIL, by=world.clerk, now=timezone.now())
    assert go_out() == 1
    setting.refresh_from_db()
    code = code_of(setting)
    assert f"รหัสยืนยัน {code}" in mails(mail)[0].get_content()

    wrong = "000000" if code != "000000" else "111111"
    with pytest.raises(Refused, match="รหัสไม่ถูกต้อง"):
        confirm_code(Channel.EMAIL, wrong, by=world.clerk, now=timezone.now())
    confirm_code(Channel.EMAIL, code, by=world.clerk, now=timezone.now())
    send_test(by=world.clerk, now=timezone.now())
    assert go_out() == 1
    # Another address has to be proved anew.
    set_channel(Channel.EMAIL, "elsewhere@example.go.th", by=world.clerk)
    setting.refresh_from_db()
    assert setting.verified_at is None


def test_a_code_goes_to_the_address_that_it_proves_and_to_no_other(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    set_channel(Channel.EMAIL, "somjai@example.go.th", by=world.clerk)
    ask_code(Channel.EMAIL, by=world.clerk, now=timezone.now())
    # Changed before the code went out: what proves the new address is not sent to the old one.
    set_channel(Channel.EMAIL, "elsewhere@example.go.th", by=world.clerk)
    assert go_out() == 0 and not mail.taken
    # Nor are codes sent to one address after another.
    with pytest.raises(Refused, match="โปรดรอ"):
        ask_code(Channel.EMAIL, by=world.clerk, now=timezone.now())
    friday.shift(timedelta(minutes=2))
    ask_code(Channel.EMAIL, by=world.clerk, now=timezone.now())
    assert go_out() == 1
    assert mail.taken[0].rcpt_tos == ["elsewhere@example.go.th"]


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(world: World, mail: Mailbox) -> None:
    setting = set_channel(Channel.EMAIL, "somjai@example.go.th", by=world.clerk)
    ask_code(Channel.EMAIL, by=world.clerk, now=timezone.now())
    setting.refresh_from_db()
    code = code_of(setting)
    for _ in range(5):
        with pytest.raises(Refused, match="รหัสไม่ถูกต้อง"):
            confirm_code(Channel.EMAIL, "1", by=world.clerk, now=timezone.now())
    with pytest.raises(Refused, match="รหัสไม่ถูกต้อง"):
        confirm_code(Channel.EMAIL, code, by=world.clerk, now=timezone.now())


def test_the_ladder_comes_as_one_message_a_day(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    order = cascaded(world, [world.nong_kapu])
    handing = in_hands_of(order, world.nong_kapu)
    first, second, *_ = handing.assignments.order_by("pk")
    for task, day in ((first, 25), (second, 26)):
        type(task).objects.filter(pk=task.pk).update(due_on=on(day).date())
    friday.move_to(on(25, 0))
    climb()
    assert go_out() == 0
    friday.move_to(on(25, 8))
    assert go_out() == 0
    friday.move_to(on(25, 9))
    assert go_out() == 1
    (one,) = mails(mail)
    assert one["Subject"].strip() == "ทำทัน: ครบกำหนดวันนี้ 1 · ใกล้กำหนด 2"
    friday.move_to(on(25, 15))
    assert go_out() == 0
    # What comes in after the day's message goes with the next day's.
    say(RemarkKind.ACCEPT, handing, by=world.district_officer)
    make()
    friday.move_to(on(25, 16))
    assert go_out() == 0
    friday.move_to(on(26, 9))
    assert go_out() == 1
    assert "รับรองผลแล้ว" in mails(mail)[1].get_content()


def test_what_was_answered_in_between_is_left_out_of_the_digest(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    order = cascaded(world, [world.nong_kapu])
    friday.move_to(on(26, 0))
    climb()
    go_out()
    in_hands_of(order, world.nong_kapu).assignments.update(state=AssignmentState.ANSWERED)
    friday.move_to(on(26, 9))
    assert go_out() == 0
    assert only().state == "skipped" and not mail.taken


def test_at_night_messages_wait_for_the_morning_but_for_the_most_urgent(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    reached_by(world.tha_sen_clerk, Channel.EMAIL, "somsak@example.go.th")
    friday.move_to(on(20, 20))
    order = cascaded(world, [world.nong_kapu])
    make()
    assert go_out() == 0
    friday.move_to(on(21, 10))
    assert go_out() == 0
    friday.move_to(on(23, 7))
    assert go_out() == 0
    friday.move_to(on(23, 8))
    assert go_out() == 1

    friday.move_to(on(23, 22))
    assert order.sent is not None
    Letter.objects.filter(pk=order.sent.pk).update(urgency="most_urgent")
    say(RemarkKind.RETURN, in_hands_of(order, world.nong_kapu), by=world.district_officer)
    make()
    assert go_out() == 1


def test_what_was_read_before_the_morning_is_not_sent(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    friday.move_to(on(20, 20))
    cascaded(world, [world.nong_kapu])
    make()
    go_out()
    mark_read(Notice.objects.get(), by=world.clerk, now=timezone.now())
    friday.move_to(on(23, 9))
    assert go_out() == 0
    assert only().state == "skipped"


def test_a_letter_that_became_secret_after_it_was_queued_is_not_sent(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    friday.move_to(on(20, 20))
    order = cascaded(world, [world.nong_kapu])
    make()
    go_out()
    assert order.sent is not None
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="secret")
    friday.move_to(on(23, 9))
    assert go_out() == 0
    assert not mail.taken and only().state == "skipped"


def test_a_mail_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    mail.next_answers = ["451 busy"]
    send_test(by=world.clerk, now=timezone.now())
    assert go_out() == 0
    assert (only().state, only().attempts) == ("failed", 1)
    assert go_out() == 0
    friday.shift(timedelta(minutes=2))
    assert go_out() == 1
    assert only().state == "sent"
    # The same message, should both have arrived.
    assert mails(mail)[0]["Message-ID"] == f"<{only().ref}@example.go.th>"

    mail.next_answers = ["550 no such mailbox"]
    send_test(by=world.clerk, now=timezone.now())
    assert go_out() == 0
    last = Delivery.objects.first()
    assert last is not None and last.state == "given_up" and "550" in last.last_error


def test_a_mail_server_that_is_away_holds_up_its_channel_alone(
    world: World, mail: Mailbox, hook: Web, settings: Settings, friday: time_machine.Traveller
) -> None:
    for post in (world.clerk, world.tha_sen_clerk):
        reached_by(post, Channel.EMAIL, f"p{post.pk}@example.go.th")
        reached_by(post, Channel.WEBHOOK, f"{hook.address}/told")
        send_test(by=post, now=timezone.now())
    there, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    assert go_out() == 2
    mailed = Delivery.objects.filter(channel="email")
    # One found out; the other was not tried at all, and lost no attempt.
    assert sorted(mailed.values_list("state", "attempts")) == [("failed", 1), ("queued", 0)]
    settings.SMTP_URL = there
    friday.shift(timedelta(minutes=2))
    assert go_out() == 2


def test_retries_end_and_an_administrator_may_have_it_tried_again(
    world: World, mail: Mailbox, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    send_test(by=world.clerk, now=timezone.now())
    mail.next_answers = ["451 busy"] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS + 3):
        go_out()
        friday.shift(timedelta(hours=13))
    assert (only().state, only().attempts) == ("given_up", MOST_ATTEMPTS)
    with pytest.raises(Refused, match="เฉพาะผู้ดูแลระบบ"):
        retry_delivery(only(), by=world.clerk, now=timezone.now())
    with pytest.raises(NotFound):
        retry_delivery(only(), by=neighbour_administrator(world), now=timezone.now())
    retry_delivery(only(), by=world.administrator, now=timezone.now())
    assert go_out() == 1


def test_a_channel_that_the_installation_gave_up_says_so(
    world: World, mail: Mailbox, settings: Settings
) -> None:
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    send_test(by=world.clerk, now=timezone.now())
    settings.SMTP_URL = ""
    go_out()
    assert only().state == "given_up" and "ยังไม่ได้ตั้งค่า" in only().last_error


def test_the_null_channel_sends_nothing_and_says_it_did(
    world: World, mail: Mailbox, settings: Settings
) -> None:
    settings.SMTP_URL = "null:"
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    send_test(by=world.clerk, now=timezone.now())
    assert go_out() == 1
    assert not mail.taken and only().state == "sent"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.EMAIL, "not an address"),
        (Channel.EMAIL, "a@b.example\nBcc: c@d.example"),
        (Channel.LINE, "somjai"),
        (Channel.WEBHOOK, "http://example.go.th/"),
        (Channel.WEBHOOK, "file:///etc/passwd"),
        (Channel.WEBHOOK, "https://"),
        (Channel.WEBHOOK, "https://example.go.th:99999/"),
    ],
)
def test_addresses_that_are_none_are_refused(
    world: World, mail: Mailbox, line: Web, channel: Channel, address: str
) -> None:
    with pytest.raises(Refused, match=r"ที่อยู่|อีเมล|LINE"):
        set_channel(channel, address, by=world.clerk)
