"""A desk passes in one step: all that is open, nothing personal, and never across houses."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from tests.letters.drafts import PARTS
from tests.letters.endorsed import put_up, registered_letter, waiting_step
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import hand_over_desk, name_reader, start_draft
from thamthan.letters.models import Draft, SavedSearch, SecretReader, Step
from thamthan.letters.queries import (
    DeskOfPost,
    desk_to_hand_over,
    letter_for,
    letters_seen_by,
    successors_of,
)
from thamthan.organisations.actions import create_person, give_token
from thamthan.organisations.models import Person, Post
from thamthan.organisations.queries import post_with_token, posts_of_person
from thamthan.records.queries import history_of
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

SINCE = date(2025, 10, 1)


@pytest.fixture
def successor(world: World) -> Post:
    """Who takes over from the chief clerk."""
    person = create_person(
        "palad.new",
        name="นายสมมุติ มารับงาน",
        password="a-long-invented-one",
        must_change_password=False,
        organisation=world.nong_kapu,
        role="chief_clerk",
        title="ปลัดองค์การบริหารส่วนตำบล",
        from_on=SINCE,
        by=world.administrator,
    )
    return Post.objects.get(person=person)


def waits_for(post: Post, world: World) -> Step:
    """A letter on its way, at a step that names this post."""
    step = waiting_step(put_up(world))
    Step.objects.filter(pk=step.pk).update(post=post)
    step.refresh_from_db()
    return step


def draft_of(post: Post, world: World) -> Draft:
    return start_draft(PARTS, by=post)


def search_of(post: Post, world: World) -> SavedSearch:
    return SavedSearch.objects.create(post=post, name="ขยะ", asked="q=ขยะ")


def step_passed(step: Step, post: Post) -> bool:
    return step.is_held_by(post, today=timezone.localdate())


def draft_passed(draft: Draft, post: Post) -> bool:
    return draft.made_by == post


def search_passed(search: SavedSearch, post: Post) -> bool:
    return search.post == post


Thing = Step | Draft | SavedSearch
TABLE: dict[str, tuple[Callable[[Post, World], Thing], Callable[..., bool], str]] = {
    "an open step": (waits_for, step_passed, "steps"),
    "an open draft": (draft_of, draft_passed, "drafts"),
    "a saved search": (search_of, search_passed, "searches"),
}


@pytest.mark.parametrize(("make", "passed", "shown"), TABLE.values(), ids=TABLE)
def test_what_is_open_passes_to_the_successor(
    world: World,
    successor: Post,
    make: Callable[[Post, World], Thing],
    passed: Callable[..., bool],
    shown: str,
) -> None:
    thing = make(world.chief_clerk, world)
    desk: DeskOfPost = desk_to_hand_over(world.administrator, world.chief_clerk)
    assert getattr(desk, shown).get().pk == thing.pk
    hand_over_desk(world.chief_clerk, successor, by=world.administrator)
    thing.refresh_from_db()
    assert passed(thing, successor)
    assert not getattr(desk_to_hand_over(world.administrator, world.chief_clerk), shown).exists()


def test_what_is_done_stays_with_who_did_it(world: World, successor: Post) -> None:
    draft = draft_of(world.chief_clerk, world)
    Draft.objects.filter(pk=draft.pk).update(state="dropped")
    step = waits_for(world.chief_clerk, world)
    Step.objects.filter(pk=step.pk).update(state="signed")
    done = hand_over_desk(world.chief_clerk, successor, by=world.administrator)
    assert (done.steps, done.drafts) == (0, 0)
    draft.refresh_from_db()
    step.refresh_from_db()
    assert (draft.made_by, step.post) == (world.chief_clerk, world.chief_clerk)


def test_the_naming_for_a_secret_does_not_pass_and_is_told(world: World) -> None:
    secret = registered_letter(world, secrecy=Secrecy.CONFIDENTIAL)
    reader = name_reader(secret, world.officer, by=world.chief_clerk)
    secret_draft = draft_of(world.officer, world)
    Draft.objects.filter(pk=secret_draft.pk).update(secrecy=Secrecy.SECRET)
    desk = desk_to_hand_over(world.administrator, world.officer)
    assert list(desk.secret_letters) == [reader]
    assert list(desk.secret_drafts) == [secret_draft]
    done = hand_over_desk(world.officer, world.head, by=world.administrator)
    assert done.secrets == 2
    assert not SecretReader.objects.filter(post=world.head).exists()
    assert secret not in letters_seen_by(world.head)
    secret_draft.refresh_from_db()
    assert secret_draft.made_by == world.officer


def test_the_old_post_ends_with_its_keys_and_the_new_one_reads_the_history(
    world: World, successor: Post
) -> None:
    key = give_token(world.chief_clerk, name="เครื่องสแกน", by=world.chief_clerk)
    letter = put_up(world)
    assert post_with_token(key, now=timezone.now()) == world.chief_clerk
    last_day = timezone.localdate()
    done = hand_over_desk(world.chief_clerk, successor, by=world.administrator, on=last_day)
    assert done.tokens == 1
    assert post_with_token(key, now=timezone.now()) is None
    world.chief_clerk.refresh_from_db()
    assert world.chief_clerk.until_on == last_day
    assert history_of(letter_for(successor, letter.pk)).exists()
    for post in (world.chief_clerk, successor):
        assert history_of(post).filter(verb=Verb.DESK_HANDED_OVER).exists()


def test_where_one_only_acts_for_another_the_successor_acts_on(
    world: World, successor: Post
) -> None:
    assert desk_to_hand_over(world.administrator, world.chief_clerk).acting == [world.acting_head]
    hand_over_desk(world.chief_clerk, successor, by=world.administrator)
    today = timezone.localdate()
    person = Person.objects.get(pk=successor.person_id)
    held = posts_of_person(person, today=today)
    acting = [one for one in held if one.is_acting]
    assert [(one.organisation, one.role) for one in acting] == [
        (world.acting_head.organisation, world.acting_head.role)
    ]
    world.acting_head.refresh_from_db()
    assert world.acting_head.until_on == today


def test_nothing_passes_across_houses_or_by_who_does_not_keep_the_house(
    world: World, successor: Post
) -> None:
    draft = draft_of(world.chief_clerk, world)
    refused = [
        (world.chief_clerk, world.tha_sen_clerk, world.district_administrator),
        (world.chief_clerk, world.chief_clerk, world.administrator),
        (world.chief_clerk, successor, world.clerk),
        (world.chief_clerk, successor, world.chief_clerk),
        (world.chief_clerk, world.administrator, world.administrator),
    ]
    for leaving, taking, by in refused:
        with pytest.raises(Refused):
            hand_over_desk(leaving, taking, by=by)
    draft.refresh_from_db()
    assert draft.made_by == world.chief_clerk
    assert world.tha_sen_clerk not in successors_of(world.administrator, world.chief_clerk)
    assert successors_of(world.administrator, world.chief_clerk)[0] == successor
    hand_over_desk(world.chief_clerk, successor, by=world.administrator)


def test_handed_over_twice_there_is_nothing_more_to_pass(world: World, successor: Post) -> None:
    draft_of(world.chief_clerk, world)
    assert hand_over_desk(world.chief_clerk, successor, by=world.administrator).drafts == 1
    assert hand_over_desk(world.chief_clerk, successor, by=world.administrator).drafts == 0
    assert Draft.objects.get().made_by == successor
