"""A post may be acted in, in more than one way; the words of each stand wherever the post does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import IntegrityError

from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.actions import give_post
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Acting

TODAY = date(2026, 3, 20)


def acting_executive(world: World, acting: str) -> Post:
    assert world.chief_clerk.person is not None
    return give_post(
        world.chief_clerk.person,
        world.nong_kapu,
        role="executive",
        title="นายกองค์การบริหารส่วนตำบล",
        from_on=TODAY,
        acting=acting,
        by=world.administrator,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("acting", list(Acting))
def test_the_words_of_each_kind_stand_before_the_title(world: World, acting: Acting) -> None:
    post = acting_executive(world, acting)
    assert post.is_acting
    assert post.full_title == f"{acting.label} นายกองค์การบริหารส่วนตำบล"
    assert post.words().startswith(f"นายวิชัย พงษ์เพชร {acting.label} นายก")


@pytest.mark.django_db
def test_a_post_of_ones_own_has_no_such_words(world: World) -> None:
    assert not world.chief_clerk.is_acting
    assert world.chief_clerk.full_title == world.chief_clerk.title


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_by_the_door_and_by_the_table(world: World) -> None:
    with pytest.raises(Refused, match="ทำแทนในฐานะใด"):
        acting_executive(world, "somehow")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=world.chief_clerk.pk).update(acting="somehow")


@pytest.fixture
def at_migration(transactional_db: None) -> Any:
    """Goes to a migration of organisations, and to the newest again when the test is over."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()

    def go(name: str) -> Any:
        wanted = [("organisations", name)]
        MigrationExecutor(connection).migrate(wanted)
        return MigrationExecutor(connection).loader.project_state(wanted).apps

    yield go
    MigrationExecutor(connection).migrate(newest)


def test_acting_posts_from_before_keep_their_words_and_come_back(
    world: World, at_migration: Callable[[str], Any]
) -> None:
    delegated = acting_executive(world, Acting.DELEGATED)
    pk, own = world.acting_head.pk, world.chief_clerk.pk
    old = at_migration("0003_registrar_of_secrets").get_model("organisations", "Post").objects
    assert old.get(pk=pk).is_acting
    assert old.get(pk=delegated.pk).is_acting
    assert not old.get(pk=own).is_acting
    at_migration("0004_kinds_of_acting")
    assert Post.objects.get(pk=pk).acting == Acting.IN_PLACE
    assert Post.objects.get(pk=own).acting == ""
