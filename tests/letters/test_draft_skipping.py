"""A draft that waits for somebody who is away goes on, and the reason stays with it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import PARTS, head_of_welfare
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import put_up_draft, save_draft, skip_draft_step, start_draft
from thamthan.letters.models import Draft, Endorsement
from thamthan.letters.queries import (
    draft_step_held,
    draft_step_to_recall,
    draft_step_to_skip,
    draft_steps,
)
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def head(world: World) -> Post:
    return head_of_welfare(world)


@pytest.fixture
def put_up(world: World, head: Post) -> Draft:
    """A draft of the welfare division that waits for its head."""
    return put_up_draft(start_draft(PARTS, by=world.officer), by=world.officer, seen_version=1)


def test_whoever_sent_it_or_the_clerk_may_skip_who_is_away(world: World, put_up: Draft) -> None:
    for post in (world.officer, world.clerk):
        assert draft_step_to_skip(post, put_up) is not None
    assert draft_step_to_skip(world.executive, put_up) is None
    step = draft_step_to_skip(world.officer, put_up)
    assert step is not None
    with pytest.raises(Refused, match="โปรดบอกเหตุ"):
        skip_draft_step(put_up, step, reason=" ", by=world.officer)
    skip_draft_step(put_up, step, reason="ไปราชการ", by=world.officer)
    assert draft_step_held(world.chief_clerk, put_up, now=NOW) is not None
    said = Endorsement.objects.get(step=step)
    assert (said.state, said.opinion) == ("skipped", "ไปราชการ")


def test_a_press_sent_twice_skips_one_alone(world: World, put_up: Draft) -> None:
    step = draft_step_to_skip(world.clerk, put_up)
    assert step is not None
    for _ in range(2):
        skip_draft_step(put_up, step, reason="ลาป่วย", by=world.clerk)
    lines = draft_steps(world.clerk, put_up, now=NOW)
    assert [line.step.state for line in lines] == ["signed", "skipped", "waiting"]


def test_the_last_is_not_skipped_and_nobody_skips_for_another_office(
    world: World, put_up: Draft
) -> None:
    for _ in range(2):
        step = draft_step_to_skip(world.clerk, put_up)
        if step is not None:
            skip_draft_step(put_up, step, reason="ไปราชการ", by=world.clerk)
    assert draft_step_held(world.executive, put_up, now=NOW) is not None
    assert draft_step_to_skip(world.clerk, put_up) is None
    last = draft_step_held(world.executive, put_up, now=NOW)
    assert last is not None
    for post in (world.clerk, world.neighbour_clerk):
        with pytest.raises(Refused, match="ข้ามขั้นนี้ไม่ได้"):
            skip_draft_step(put_up, last, reason="ไปราชการ", by=post)


def test_what_is_no_longer_whole_goes_no_further(world: World, head: Post, put_up: Draft) -> None:
    step = draft_step_to_skip(world.clerk, put_up)
    assert step is not None
    save_draft(put_up, replace(PARTS, body=""), by=head, seen_version=1)
    with pytest.raises(Refused, match="ยังไม่มีเนื้อความ"):
        skip_draft_step(put_up, step, reason="ไปราชการ", by=world.clerk)


def test_it_is_taken_back_only_while_nobody_acted(world: World, put_up: Draft) -> None:
    assert draft_step_to_recall(world.officer, put_up, now=NOW) is not None
    assert draft_step_to_recall(world.clerk, put_up, now=NOW) is None
    other = start_draft(PARTS, by=world.officer)
    step = draft_step_to_skip(world.officer, put_up)
    assert step is not None
    with pytest.raises(Refused, match="ไม่ใช่ของร่างนี้"):
        skip_draft_step(other, step, reason="ไปราชการ", by=world.officer)
