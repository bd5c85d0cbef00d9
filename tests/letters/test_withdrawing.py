"""Whoever got a letter that its sender cancelled is told so: when and why, and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import numbered, open_books
from tests.world import World
from thamthan.errors import NotFound
from thamthan.letters.actions import (
    cancel_number,
    deliver_sendings,
    register_incoming,
    send_letter,
)
from thamthan.letters.models import Letter, Sending
from thamthan.letters.queries import (
    Withdrawal,
    desk_of,
    local_governments_below,
    sendings_of,
    withdrawal_of,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))
LATER = datetime(2026, 3, 23, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture
def sent(world: World) -> Letter:
    """A letter of the district, at its fifteen, of whom one has registered it."""
    with time_machine.travel(NOW, tick=False):
        open_books(world.district_officer)
        open_books(world.tha_sen_clerk, code="พบ 72601")
        letter = numbered(world, world.district_officer)
        by = world.district_officer
        send_letter(letter, by=by, organisations=local_governments_below(by))
        deliver_sendings(letter.pk, by=by)
        there = Letter.objects.get(organisation=world.tha_sen)
        register_incoming(there, by=world.tha_sen_clerk, seen_version=there.version)
    return letter


def cancel(letter: Letter, world: World) -> Withdrawal:
    with time_machine.travel(LATER, tick=False):
        cancel_number(letter.numbers.get(), by=world.district_officer, reason="ลงวันที่ผิด")
    return Withdrawal(at=LATER, reason="ลงวันที่ผิด")


def test_who_has_it_in_the_queue_and_who_has_registered_it_are_both_told(
    world: World, sent: Letter
) -> None:
    queued = Letter.objects.get(organisation=world.nong_kapu)
    registered = Letter.objects.get(organisation=world.tha_sen)
    assert withdrawal_of(world.clerk, queued) is None
    assert withdrawal_of(world.tha_sen_clerk, registered) is None
    said = cancel(sent, world)
    sent.refresh_from_db()
    assert withdrawal_of(world.clerk, queued) == said
    assert withdrawal_of(world.tha_sen_clerk, registered) == said
    assert withdrawal_of(world.district_officer, sent) == said
    # It stays in the registry of whoever got it: what becomes of it there is theirs to say.
    registered.refresh_from_db()
    assert registered.state == "registered"


def test_another_letter_of_the_same_receiver_is_untouched(world: World, sent: Letter) -> None:
    cancel(sent, world)
    other = numbered(world, world.district_officer)
    send_letter(other, by=world.district_officer, organisations=[world.nong_kapu])
    deliver_sendings(other.pk, by=world.district_officer)
    mine = Letter.objects.filter(organisation=world.nong_kapu).latest("pk")
    assert withdrawal_of(world.clerk, mine) is None
    with time_machine.travel(LATER):
        marked = desk_of(world.clerk, now=LATER).to_confirm
    assert [letter.is_withdrawn for letter in marked] == [True, False]  # type: ignore[attr-defined]


def test_what_was_cancelled_before_it_arrived_arrives_nowhere(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        open_books(world.district_officer)
        letter = numbered(world, world.district_officer)
        # On its way, and the worker has not come to it yet.
        Sending.objects.create(
            letter=letter,
            organisation=world.nong_kapu,
            name=world.nong_kapu.name,
            way="system",
            state="sent",
            prepared_by=world.district_officer,
        )
        cancel_number(letter.numbers.get(), by=world.district_officer, reason="ลงวันที่ผิด")
        assert deliver_sendings(letter.pk, by=world.district_officer) == 0
    assert not Letter.objects.filter(organisation=world.nong_kapu).exists()
    assert sendings_of(world.district_officer, letter).get().incoming is None


def test_nobody_asks_about_a_letter_that_is_not_theirs(world: World, sent: Letter) -> None:
    cancel(sent, world)
    theirs = Letter.objects.get(organisation=world.tha_sen)
    with pytest.raises(NotFound):
        withdrawal_of(world.clerk, theirs)
