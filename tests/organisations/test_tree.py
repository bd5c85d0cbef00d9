"""Adding, changing, moving and closing organisations: the past stays as it was."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.actions import (
    Particulars,
    change_organisation,
    close_organisation,
    create_organisation,
    ensure_system_post,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import (
    organisation_for,
    posts_at,
    span_on,
    spans_of,
    system_post_of,
)
from thamthan.organisations.rules import LaoKind, Level
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db

CHANGED = date(2026, 3, 1)
SAO = Particulars(
    name="องค์การบริหารส่วนตำบลหนองกะปุ",
    short_name="อบต.หนองกะปุ",
    english_name="Nong Kapu",
    lao_kind=LaoKind.SAO,
    covers=("760609", "760615"),
)
TOWN = Particulars(
    name="เทศบาลตำบลหนองกะปุ",
    short_name="ทต.หนองกะปุ",
    english_name="Nong Kapu",
    lao_kind=LaoKind.SUBDISTRICT_MUNICIPALITY,
    covers=("760609", "760615"),
)


def upgraded(world: World, *, on: date = CHANGED, by: Post | None = None) -> Organisation:
    return change_organisation(
        world.nong_kapu, TOWN, parent=world.ban_lat, on=on, by=by or world.district_administrator
    )


def new_division(
    world: World, *, by: Post, parent: Organisation | None = None, **words: object
) -> Organisation:
    wanted = {
        "code": "6760607-06",
        "level": Level.DIVISION,
        "particulars": Particulars(name="กองสาธารณสุข", short_name=""),
        "from_on": None,
    }
    return create_organisation(parent or world.nong_kapu, by=by, **(wanted | words))  # type: ignore[arg-type]


def refusal(deed: object, *args: object, **words: object) -> Refused:
    with pytest.raises(Refused) as refused:
        deed(*args, **words)  # type: ignore[operator]
    return refused.value


def test_an_administrator_adds_a_division(world: World) -> None:
    division = new_division(world, by=world.administrator)
    assert division.path == world.nong_kapu.path + "6760607-06/"
    assert division.short_name == "กองสาธารณสุข"
    assert [entry.verb for entry in history_of(division)] == ["organisation:created"]
    assert spans_of(world.clerk, division).count() == 1


def test_nobody_adds_where_they_do_not_keep(world: World) -> None:
    for by in (world.clerk, world.executive, world.neighbour_clerk):
        assert refusal(new_division, world, by=by).status == 403
    for parent in (world.tha_sen, world.ban_lat, world.ministry):
        refused = refusal(new_division, world, by=world.administrator, parent=parent)
        assert refused.code == "not_allowed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "6760607"}, "code"),
        ({"code": "ก-1"}, "code"),
        ({"code": "a/b"}, "code"),
        ({"code": ""}, "code"),
        ({"level": Level.DISTRICT}, "parent"),
        ({"level": Level.MINISTRY}, "parent"),
        ({"level": "village"}, "name"),
        ({"level": Level.LAO}, "lao_kind"),
        ({"particulars": Particulars(name=" ", short_name="")}, "name"),
        ({"particulars": Particulars(name="ก" * 201, short_name="")}, "name"),
        ({"particulars": Particulars(name="กอง", short_name="", lao_kind="sao")}, "lao_kind"),
        ({"from_on": date(2999, 1, 1)}, "from_on"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    refused = refusal(new_division, world, by=world.administrator, **wrong)
    assert refused.facts["field"] == field
    assert Organisation.objects.filter(name="กองสาธารณสุข").count() == 0


def test_an_upgrade_keeps_what_it_was_before(world: World) -> None:
    changed = upgraded(world)
    assert changed.name == "เทศบาลตำบลหนองกะปุ"
    before = span_on(world.clerk, changed, CHANGED - timedelta(days=1))
    after = span_on(world.clerk, changed, CHANGED)
    assert before is not None
    assert after is not None
    assert (before.name, before.lao_kind) == (SAO.name, LaoKind.SAO)
    assert (after.name, after.lao_kind) == (TOWN.name, LaoKind.SUBDISTRICT_MUNICIPALITY)
    entry = history_of(changed).get(verb="organisation:changed")
    assert entry.facts["name"] == [SAO.name, TOWN.name]


def test_the_same_again_changes_nothing(world: World) -> None:
    upgraded(world)
    upgraded(world)
    assert spans_of(world.clerk, world.nong_kapu).count() == 2
    assert history_of(world.nong_kapu).filter(verb="organisation:changed").count() == 1


def test_a_second_change_of_one_day_replaces_the_first(world: World) -> None:
    upgraded(world)
    change_organisation(
        world.nong_kapu,
        SAO,
        parent=world.ban_lat,
        on=CHANGED,
        by=world.district_administrator,
    )
    names = [span.name for span in spans_of(world.clerk, world.nong_kapu)]
    assert names == [SAO.name, SAO.name]


def test_the_past_is_not_changed_after_the_fact(world: World) -> None:
    upgraded(world)
    refused = refusal(
        change_organisation,
        world.nong_kapu,
        SAO,
        parent=world.ban_lat,
        on=CHANGED - timedelta(days=1),
        by=world.district_administrator,
    )
    assert refused.facts["field"] == "on"
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(upgraded, world, on=tomorrow).code == "day_to_come"


def test_a_short_name_or_letter_code_begins_no_new_period(world: World) -> None:
    particulars = Particulars(
        name=SAO.name,
        short_name="อบต.กะปุ",
        lao_kind=SAO.lao_kind,
        agency_code="พบ 72401",
        covers=SAO.covers,
    )
    changed = change_organisation(
        world.nong_kapu,
        particulars,
        parent=world.ban_lat,
        on=CHANGED,
        by=world.administrator,
    )
    assert changed.agency_code == "พบ 72401"
    assert spans_of(world.clerk, changed).count() == 1


def test_a_move_takes_the_branch_along(world: World) -> None:
    moved = change_organisation(
        world.nong_kapu, SAO, parent=world.mueang, on=CHANGED, by=world.province_administrator
    )
    assert moved.path == world.mueang.path + "6760607/"
    division = organisation_for(world.clerk, "6760607-05")
    assert division.path == moved.path + "6760607-05/"
    before = span_on(world.clerk, moved, CHANGED - timedelta(days=1))
    assert before is not None
    assert before.parent_code == "7606"


def test_a_move_needs_the_new_place_to_be_kept_too(world: World) -> None:
    for by in (world.administrator, world.district_administrator):
        refused = refusal(
            change_organisation, world.nong_kapu, SAO, parent=world.mueang, on=CHANGED, by=by
        )
        assert refused.facts["field"] == "parent"
    assert organisation_for(world.clerk, "6760607").path == world.nong_kapu.path


def test_nothing_moves_below_itself_or_to_the_wrong_floor(world: World) -> None:
    for parent in (world.welfare, world.tha_sen, world.nong_kapu, None):
        refused = refusal(
            change_organisation,
            world.nong_kapu,
            SAO,
            parent=parent,
            on=CHANGED,
            by=world.system,
        )
        assert refused.facts["field"] == "parent"


def test_nobody_changes_what_they_do_not_keep(world: World) -> None:
    for by in (world.clerk, world.executive, world.neighbour_clerk, world.district_chief):
        assert refusal(upgraded, world, by=by).status == 403


def test_closing_ends_divisions_and_posts_and_names_the_heir(world: World) -> None:
    closed = close_organisation(
        world.nong_kapu, on=CHANGED, successor=world.tha_sen, by=world.district_administrator
    )
    assert closed.closed_on == CHANGED
    assert closed.succeeded_by == world.tha_sen
    assert organisation_for(world.clerk, "6760607-05").closed_on == CHANGED
    for post in posts_at(world.district_administrator, closed):
        assert post.until_on == CHANGED
        assert not post.is_in_force(CHANGED + timedelta(days=1))
    assert system_post_of("6760607").until_on is None
    assert span_on(world.clerk, closed, CHANGED) is not None
    assert span_on(world.clerk, closed, CHANGED + timedelta(days=1)) is None
    assert history_of(world.clerk).filter(verb="post:ended").count() == 1


def test_nothing_closes_twice_or_ahead_or_over_others(world: World) -> None:
    by = world.province_administrator
    words = {"successor": None, "by": by}
    assert "ใต้สังกัด" in refusal(close_organisation, world.ban_lat, on=CHANGED, **words).message
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(close_organisation, world.tha_sen, on=tomorrow, **words).facts["field"]
    close_organisation(world.tha_sen, on=CHANGED, **words)  # type: ignore[arg-type]
    assert refusal(close_organisation, world.tha_sen, on=CHANGED, **words).code == "closed"
    refused = refusal(new_division, world, by=by, parent=world.tha_sen, code="6760609-01")
    assert refused.facts["field"] == "parent"


def test_nobody_closes_what_they_do_not_keep(world: World) -> None:
    for by in (world.clerk, world.neighbour_clerk, world.district_chief):
        refused = refusal(close_organisation, world.nong_kapu, on=CHANGED, successor=None, by=by)
        assert refused.status == 403


def test_the_post_of_the_system_is_made_once(world: World) -> None:
    assert ensure_system_post(world.nong_kapu) == system_post_of("6760607")
    assert Post.objects.filter(organisation=world.nong_kapu, role="system").count() == 1
