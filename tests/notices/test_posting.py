"""LINE and webhooks on the loopback, however they answer: each message once, and nowhere else."""

import hashlib
import hmac
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from tests.directives.orders import cascaded
from tests.notices.servers import Web
from tests.notices.told import (
    go_out,
    make,
    only,
    reached_by,
)
from tests.world import World
from thamthan.notices.actions import (
    queue_deliveries,
    retry_delivery,
    send_due,
    send_test,
    switch_channel,
)
from thamthan.notices.channels.posting import NotReachable, addresses_of
from thamthan.notices.rules import Channel
from thamthan.organisations.queries import system_post_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
LINE_ID = "U" + "0123456789abcdef" * 2


def test_line_is_pushed_with_a_key_that_stays_the_same(
    world: World, line: Web, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.LINE, LINE_ID)
    line.answers = [500, (429, {"Retry-After": "600"}), "silence", 409]
    send_test(by=world.clerk, now=timezone.now())
    states = []
    for wait in (0, 2, 12, 20):
        friday.shift(timedelta(minutes=wait))
        go_out()
        states.append((only().state, only().last_error[:3]))
    assert [state for state, _ in states] == ["failed", "failed", "failed", "sent"]
    assert [said for _, said in states][:2] == ["500", "429"]
    assert len(line.taken) == 4
    # Whoever took it the first time can tell that it is the same.
    assert {one.headers["X-Line-Retry-Key"] for one in line.taken} == {str(only().ref)}
    asked = line.taken[0]
    assert asked.path == "/v2/bot/message/push"
    assert asked.headers["Authorization"] == "Bearer line-token"
    assert asked.json["to"] == LINE_ID
    assert asked.json["messages"][0]["text"].startswith("ทำทัน: ข้อความทดสอบ")


def test_line_waits_as_long_as_it_is_asked_to(
    world: World, line: Web, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.LINE, LINE_ID)
    line.answers = [(429, {"Retry-After": "3600"})]
    send_test(by=world.clerk, now=timezone.now())
    go_out()
    friday.shift(timedelta(minutes=50))
    assert go_out() == 0 and len(line.taken) == 1
    friday.shift(timedelta(minutes=11))
    assert go_out() == 1


def test_a_token_that_line_does_not_know_is_not_tried_again(world: World, line: Web) -> None:
    reached_by(world.clerk, Channel.LINE, LINE_ID)
    line.answers = [401]
    send_test(by=world.clerk, now=timezone.now())
    go_out()
    assert only().state == "given_up" and only().last_error.startswith("401")


def test_a_webhook_is_signed_and_its_answer_says_that_it_arrived(world: World, hook: Web) -> None:
    setting = reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told?office=1")
    cascaded(world, [world.nong_kapu])
    make()
    assert go_out() == 1
    (asked,) = hook.taken
    signed = hmac.new(setting.secret.encode(), asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["X-Thamthan-Signature"] == f"sha256={signed}"
    assert asked.headers["Idempotency-Key"] == str(only().ref) == asked.json["id"]
    assert asked.path == "/told?office=1" and asked.json["kind"] == "arrived"
    assert only().state == "delivered"


def test_a_webhook_leads_nowhere_into_the_closed_network(
    world: World, hook: Web, settings: Settings
) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    settings.WEBHOOKS_PRIVATE = False
    send_test(by=world.clerk, now=timezone.now())
    go_out()
    assert not hook.taken
    assert only().state == "failed" and "เครือข่ายภายใน" in only().last_error
    settings.WEBHOOKS_PRIVATE = True
    retry_delivery(only(), by=world.administrator, now=timezone.now())
    assert go_out() == 1


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1", "0.0.0.0", "224.0.0.1", "fd00::1"],
)  # fmt: skip
def test_no_address_of_the_closed_network_is_public(host: str) -> None:
    with pytest.raises(NotReachable):
        addresses_of(host, 443, private_too=False)
    assert addresses_of(host, 443, private_too=True)


def test_a_redirect_is_not_followed(world: World, hook: Web) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    hook.answers = [(302, {"Location": "http://169.254.169.254/"})]
    send_test(by=world.clerk, now=timezone.now())
    go_out()
    assert len(hook.taken) == 1 and only().state == "given_up"


def test_a_killed_worker_leaves_the_message_to_be_taken_up_again(
    world: World, hook: Web, friday: time_machine.Traveller
) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    send_test(by=world.clerk, now=timezone.now())
    queue_deliveries(by=system_post_of(), now=timezone.now())

    class Killed(BaseException):
        pass

    def killed(pk: int) -> str:
        raise Killed

    with pytest.raises(Killed):
        send_due(by=system_post_of(), now=timezone.now(), address_of=killed)
    # Nobody else takes it up while that worker may still be at it.
    assert go_out() == 0
    friday.shift(timedelta(minutes=11))
    assert go_out() == 1
    assert only().state == "delivered" and len(hook.taken) == 1


def test_two_rounds_that_found_the_same_message_send_it_once(world: World, hook: Web) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    send_test(by=world.clerk, now=timezone.now())
    by, now = system_post_of(), timezone.now()
    queue_deliveries(by=by, now=now)
    inside: list[int] = []

    def beside(pk: int) -> str:
        # Another round runs while this one is about to send.
        inside.append(send_due(by=by, now=now, address_of=lambda _: ""))
        return ""

    assert send_due(by=by, now=now, address_of=beside) == 1
    assert inside == [0]
    assert len(hook.taken) == 1


def test_a_channel_that_is_switched_off_sends_nothing(world: World, hook: Web) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    switch_channel(Channel.WEBHOOK, is_on=False, by=world.clerk)
    send_test(by=world.clerk, now=timezone.now())
    assert go_out() == 0
    switch_channel(Channel.WEBHOOK, is_on=True, by=world.clerk)


def test_a_server_that_never_ends_its_answer_holds_nobody_up(world: World, hook: Web) -> None:
    reached_by(world.clerk, Channel.WEBHOOK, f"{hook.address}/told")
    hook.answers = ["drip"]
    send_test(by=world.clerk, now=timezone.now())
    go_out()
    assert only().state == "failed"
