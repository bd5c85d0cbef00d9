"""Who acts signs with their own position, on what ground, and for whom, in that order."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.letters.drafts import open_books, plain
from tests.letters.endorsed import put_up, waiting_step
from tests.world import World
from thamthan.letters.actions import finish_routing, issue_draft, pass_step, sign_draft, start_draft
from thamthan.letters.models import Endorsement
from thamthan.letters.queries import parts_of, readings_of
from thamthan.letters.rules import DraftParts, Instruction
from thamthan.organisations.actions import give_post
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Acting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 14, 5, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(NOW):
        yield


def acting(
    post: Post, organisation: Organisation, *, role: str, title: str, how: Acting, by: Post
) -> Post:
    """Whoever holds this post acts in another."""
    assert post.person is not None
    return give_post(
        post.person,
        organisation,
        role=role,
        title=title,
        from_on=date(2026, 1, 5),
        acting=how,
        by=by,
    )


def as_executive(world: World, how: Acting) -> Post:
    return acting(
        world.chief_clerk,
        world.nong_kapu,
        role="executive",
        title="นายกองค์การบริหารส่วนตำบลหนองกะปุ",
        how=how,
        by=world.administrator,
    )


@pytest.mark.parametrize("how", list(Acting))
def test_the_letter_bears_both_lines_under_the_name(world: World, how: Acting) -> None:
    post = as_executive(world, how)
    draft = start_draft(plain(), by=world.clerk)
    sign_draft(draft, by=post, seen_version=1)
    parts = parts_of(world.clerk, draft)
    assert parts.signatory == "นายวิชัย พงษ์เพชร"
    assert parts.position == (f"ปลัดองค์การบริหารส่วนตำบล {how.label}\nนายกองค์การบริหารส่วนตำบลหนองกะปุ")


def test_a_district_chief_signs_for_the_governor_from_another_house(world: World) -> None:
    governor = acting(
        world.district_chief,
        world.phetchaburi,
        role="governor",
        title="ผู้ว่าราชการจังหวัดเพชรบุรี",
        how=Acting.DELEGATED,
        by=world.province_administrator,
    )
    open_books(world.governor_officer, code="พบ 0017")
    draft = start_draft(plain(), by=world.governor_officer)
    sign_draft(draft, by=governor, seen_version=1)
    letter = issue_draft(draft, by=world.governor_officer, on=NOW.date())
    assert parts_of(world.governor_officer, draft).position == (
        "นายอำเภอบ้านลาด ปฏิบัติราชการแทน\nผู้ว่าราชการจังหวัดเพชรบุรี"
    )
    # What is read back from the letter that went out says the same.
    reading = readings_of(world.governor_officer, letter).reading
    assert reading is not None and reading.position is not None
    assert "ปฏิบัติราชการแทน" in reading.position.value
    assert "ผู้ว่าราชการจังหวัดเพชรบุรี" in reading.position.value


def test_a_position_typed_without_the_ground_does_not_hide_it(world: World) -> None:
    post = as_executive(world, Acting.DELEGATED)

    def signed(position: str) -> DraftParts:
        typed = replace(plain(), signatory="นายวิชัย พงษ์เพชร", position=position)
        draft = start_draft(typed, by=world.clerk)
        sign_draft(draft, by=post, seen_version=1)
        return parts_of(world.clerk, draft)

    assert "ปฏิบัติราชการแทน" in signed("ปลัดองค์การบริหารส่วนตำบล").position
    own = "ปลัด อบต.หนองกะปุ ปฏิบัติราชการแทน\nนายก อบต.หนองกะปุ"
    assert signed(own).position == own


def test_an_endorsement_keeps_the_words_of_its_day(world: World) -> None:
    letter = put_up(world)
    pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    post = as_executive(world, Acting.DELEGATED)
    step = waiting_step(letter)
    finish_routing(step, by=post, instruction=Instruction.ACKNOWLEDGE, opinion="ทราบ")
    Post.objects.filter(pk=post.pk).update(acting=Acting.IN_PLACE)
    said = Endorsement.objects.get(step=step)
    assert (said.own_title, said.acting_words) == ("ปลัดองค์การบริหารส่วนตำบล", "ปฏิบัติราชการแทน")
