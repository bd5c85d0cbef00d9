"""One press that arrives several times: one number, one sending, one arrival; on both databases."""

from dataclasses import replace

import pytest
from django.utils import timezone

from tests.letters.drafts import PARTS, open_books, signed
from tests.letters.test_endorsing_at_once import at_once
from tests.world import World
from thamthan.letters.actions import (
    deliver_sendings,
    issue_draft,
    register_incoming,
    save_draft,
    send_letter,
    start_draft,
)
from thamthan.letters.models import DraftVersion, Letter, RegisterNumber, Sending
from thamthan.letters.queries import letters_seen_by, local_governments_below

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_press_for_a_number_arrives_three_times(world: World) -> None:
    open_books(world.district_officer)
    draft = signed(world)
    today = timezone.localdate()
    press = lambda: issue_draft(draft, by=world.district_officer, on=today)  # noqa: E731
    assert at_once(*[press] * 3) == ["done"] * 3
    assert Letter.objects.filter(direction="sent").count() == 1
    assert RegisterNumber.objects.count() == 1


def test_the_press_to_send_and_the_job_arrive_three_times(world: World) -> None:
    open_books(world.district_officer)
    open_books(world.clerk, code="พบ 72401")
    letter = issue_draft(signed(world), by=world.district_officer, on=timezone.localdate())
    below = list(local_governments_below(world.district_officer))
    press = lambda: send_letter(letter, by=world.district_officer, organisations=below)  # noqa: E731
    assert at_once(*[press] * 3) == ["done"] * 3
    job = lambda: deliver_sendings(letter.pk, by=world.district_officer)  # noqa: E731
    assert at_once(*[job] * 2) == ["done"] * 2
    assert Sending.objects.count() == 15
    mine = letters_seen_by(world.clerk).get(number=letter.number)
    take = lambda: register_incoming(mine, by=world.clerk, seen_version=mine.version)  # noqa: E731
    assert at_once(*[take] * 2) == ["changed_meanwhile", "done"]
    assert Sending.objects.get(incoming=mine).receipt.startswith("100/")


def test_two_who_save_at_once_lose_nothing(world: World) -> None:
    draft = start_draft(PARTS, by=world.officer)
    saves = [
        lambda by=by, words=words: save_draft(
            draft, replace(PARTS, subject=words), by=by, seen_version=1
        )
        for by, words in ((world.officer, "ของมาลี"), (world.clerk, "ของสมใจ"))
    ]
    assert at_once(*saves) == ["changed_meanwhile", "done"]
    assert DraftVersion.objects.filter(draft=draft).count() == 2
