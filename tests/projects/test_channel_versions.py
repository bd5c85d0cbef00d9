"""The list of channels is taken over: the same writes nothing, other words are a version."""

import copy
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.projects.funding import asked, loaded
from tests.projects.projects import proposed
from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.queries import system_post_of
from thamthan.projects.actions import (
    load_channels,
    open_request,
)
from thamthan.projects.models import (
    FundingChannel,
)
from thamthan.projects.queries import (
    channel_for,
    channels_in_force,
)
from thamthan.projects.rules import (
    shipped_channels,
)
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 20, 14, tzinfo=ZoneInfo("Asia/Bangkok"))):
        yield


def test_the_list_loaded_again_writes_nothing(world: World) -> None:
    loaded()
    kept, entries = FundingChannel.objects.count(), HistoryEntry.objects.count()
    told = load_channels(shipped_channels(), by=system_post_of(), on=TODAY, write_it=True)
    assert (told.new, told.changed, told.same) == ([], [], kept)
    assert HistoryEntry.objects.count() == entries


def test_what_is_only_shown_is_not_written(world: World) -> None:
    told = load_channels(shipped_channels(), by=system_post_of(), on=TODAY, write_it=False)
    assert told.new
    assert not FundingChannel.objects.exists()


def test_only_who_loads_lists_loads_channels(world: World) -> None:
    with pytest.raises(Refused) as refused:
        load_channels(shipped_channels(), by=world.clerk, on=TODAY, write_it=True)
    assert refused.value.code == "not_allowed"


def test_a_changed_row_is_a_new_version_and_requests_keep_the_old_words(world: World) -> None:
    request = asked(world.clerk, "next-ordinance")
    rows = copy.deepcopy(shipped_channels())
    next(one for one in rows if one["code"] == "next-ordinance")["name"] = "ชื่อใหม่"
    told = load_channels(rows, by=system_post_of(), on=TODAY, write_it=True)
    assert len(told.changed) == 1
    old, new = FundingChannel.objects.filter(code="next-ordinance").order_by("from_on")
    assert (old.until_on, new.from_on, new.until_on) == (date(2026, 3, 19), TODAY, None)
    request.refresh_from_db()
    assert request.channel == old
    assert channel_for(world.clerk, "next-ordinance") == new
    # In other words it is still the same channel: no second request beside the first.
    with pytest.raises(Refused) as refused:
        open_request(request.project, new, by=world.clerk)
    assert refused.value.code == "request_there"
    with pytest.raises(Refused) as refused:
        open_request(proposed(world.clerk), old, by=world.clerk)
    assert refused.value.code == "old_channel"


def test_two_changes_on_one_day_keep_what_was_asked_under_the_first(world: World) -> None:
    rows = copy.deepcopy(shipped_channels())
    load_channels(rows, by=system_post_of(), on=TODAY, write_it=True)
    request = asked(world.clerk, "next-ordinance")
    for name in ("ครั้งที่สอง", "ครั้งที่สาม"):
        next(one for one in rows if one["code"] == "next-ordinance")["name"] = name
        load_channels(rows, by=system_post_of(), on=TODAY, write_it=True)
    old, new = FundingChannel.objects.filter(code="next-ordinance").order_by("from_on")
    assert (old.pk, new.name) == (request.channel_id, "ครั้งที่สาม")
    assert (old.until_on, new.from_on) == (TODAY, date(2026, 3, 21))
    assert channel_for(world.clerk, "next-ordinance") == old


def test_a_row_that_left_the_list_stays_and_is_told(world: World) -> None:
    loaded()
    told = load_channels(shipped_channels()[1:], by=system_post_of(), on=TODAY, write_it=True)
    assert [words.split()[0] for words in told.missing] == ["routine"]
    assert channels_in_force(world.clerk).filter(code="routine").exists()
