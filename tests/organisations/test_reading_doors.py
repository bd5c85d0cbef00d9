"""Who sees which organisations and people: the tree is public, people are one's house's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.world import PASSWORD, World
from thamthan.errors import NotFound
from thamthan.organisations.actions import (
    change_person,
    create_person,
    end_post,
    give_post,
    give_token,
    revoke_token,
)
from thamthan.organisations.models import Post
from thamthan.organisations.queries import (
    ancestors_of,
    children_of,
    has_control_of,
    in_dictionary_order,
    known_organisations,
    may_keep,
    organisation_for,
    organisations_below,
    organisations_seen_by,
    people_seen_by,
    person_for,
    person_with_login,
    post_for,
    post_with_token,
    posts_at,
    posts_held_by,
    posts_of_person,
    span_on,
    system_post_of,
    token_for,
    tokens_seen_by,
)
from thamthan.organisations.rules import Role

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


def logins(post: Post, text: str = "") -> set[str]:
    return {person.login for person in people_seen_by(post, text=text)}


def test_every_post_sees_the_whole_tree(world: World) -> None:
    for post in (world.clerk, world.neighbour_clerk, world.ministry_officer):
        assert organisation_for(post, "6760609") == world.tha_sen
    assert organisations_seen_by(world.clerk, text="หนองกะปุ").get() == world.nong_kapu
    assert organisations_seen_by(world.clerk, level="district").count() == 2


def test_an_organisation_that_does_not_exist_is_not_found(world: World) -> None:
    for code in ("99", "", "MOI\x00"):
        with pytest.raises(NotFound):
            organisation_for(world.clerk, code)


def test_below_is_every_floor_and_children_are_one(world: World) -> None:
    below = organisations_below(world.clerk, world.ban_lat)
    assert world.welfare in below
    assert world.ban_lat not in below
    assert world.neighbour not in below
    assert len(children_of(world.clerk, world.ban_lat)) == 15
    assert ancestors_of(world.clerk, world.nong_kapu) == [
        world.ministry,
        world.phetchaburi,
        world.ban_lat,
    ]


def test_names_come_in_dictionary_order(world: World) -> None:
    names = [
        each.short_name for each in in_dictionary_order(children_of(world.clerk, world.ban_lat))
    ]
    assert names.index("อบต.ถ้ำรงค์") < names.index("อบต.ท่าเสน") < names.index("อบต.โรงเข้")
    assert names.index("อบต.โรงเข้") < names.index("อบต.ไร่โคก") < names.index("อบต.สมอพลือ")


def test_the_house_is_seen_with_its_divisions_and_no_further(world: World) -> None:
    house = {"somjai", "palad", "nayok", "malee", "thana", "admin.nongkapu"}
    assert logins(world.clerk) == house
    assert logins(world.officer) == house
    assert logins(world.neighbour_clerk) == {"bangchan"}
    assert logins(world.district_officer) == {"phonthip", "naiamphoe", "admin.banlat"}


def test_whoever_keeps_organisations_sees_all_below_and_nothing_beside(world: World) -> None:
    assert {"somjai", "kanya", "naiamphoe"} <= logins(world.district_administrator)
    assert "bangchan" not in logins(world.district_administrator)
    assert "bangchan" in logins(world.province_administrator)
    assert "ratree" not in logins(world.district_administrator)


def test_people_are_found_by_part_of_name_or_log_in(world: World) -> None:
    assert logins(world.clerk, "มาลี") == {"malee"}
    assert logins(world.clerk, "NAYOK") == {"nayok"}
    assert logins(world.clerk, "%") == set()


def test_people_come_by_name_without_their_titles(world: World) -> None:
    names = [person.name for person in people_seen_by(world.clerk)]
    assert [name.split()[0] for name in names] == [
        "นายธนา",
        "นายประเสริฐ",
        "นางมาลี",
        "นายวิชัย",
        "นางสาวสมใจ",
        "นายอรรถพล",
    ]


def test_a_person_of_another_house_does_not_exist(world: World) -> None:
    person = world.clerk.person
    assert person is not None
    assert person_for(world.chief_clerk, person.pk) == person
    assert person_for(world.province_administrator, person.pk) == person
    for stranger in (world.neighbour_clerk, world.tha_sen_clerk, world.district_officer):
        with pytest.raises(NotFound):
            person_for(stranger, person.pk)
        with pytest.raises(NotFound):
            post_for(stranger, world.clerk.pk)
        assert not posts_at(stranger, world.nong_kapu).exists()
        assert not posts_held_by(stranger, person).exists()
    assert post_for(world.officer, world.clerk.pk) == world.clerk


def test_the_post_of_the_system_is_shown_to_nobody(world: World) -> None:
    assert system_post_of("6760607").organisation == world.nong_kapu
    assert world.system.organisation == world.ministry
    assert system_post_of("6760607") not in posts_at(world.administrator, world.nong_kapu)
    with pytest.raises(NotFound):
        post_for(world.administrator, system_post_of("6760607").pk)
    with pytest.raises(NotFound):
        system_post_of("no such")


def test_only_who_keeps_organisations_finds_a_stranger_by_log_in(world: World) -> None:
    assert person_with_login(world.administrator, "BANGCHAN") == world.neighbour_clerk.person
    for post, login in ((world.clerk, "bangchan"), (world.administrator, "nobody")):
        with pytest.raises(NotFound):
            person_with_login(post, login)


def test_keeping_reaches_down_and_neither_up_nor_aside(world: World) -> None:
    assert may_keep(world.administrator, world.nong_kapu)
    assert may_keep(world.administrator, world.welfare)
    assert may_keep(world.district_administrator, world.nong_kapu)
    assert may_keep(world.system, world.neighbour)
    assert not may_keep(world.administrator, world.tha_sen)
    assert not may_keep(world.administrator, world.ban_lat)
    assert not may_keep(world.district_administrator, world.neighbour)
    assert not may_keep(world.executive, world.nong_kapu)


def test_control_of_a_person_ends_where_one_of_the_posts_is_elsewhere(world: World) -> None:
    person = world.clerk.person
    assert person is not None
    assert has_control_of(world.administrator, person, today=TODAY)
    assert not has_control_of(world.clerk, person, today=TODAY)
    give_post(
        person,
        world.ban_lat,
        role=Role.OFFICER,
        title="ช่วยราชการ",
        from_on=TODAY,
        until_on=TODAY + timedelta(days=30),
        by=world.district_administrator,
    )
    assert not has_control_of(world.administrator, person, today=TODAY)
    assert has_control_of(world.district_administrator, person, today=TODAY)
    assert has_control_of(world.administrator, person, today=TODAY + timedelta(days=31))


def test_posts_hold_from_their_first_day_to_their_last(world: World) -> None:
    person = world.clerk.person
    assert person is not None
    end_post(world.clerk, on=TODAY, by=world.administrator)
    first = world.clerk.from_on
    assert posts_of_person(person, today=first - timedelta(days=1)) == []
    assert posts_of_person(person, today=first) == [world.clerk]
    assert posts_of_person(person, today=TODAY) == [world.clerk]
    assert posts_of_person(person, today=TODAY + timedelta(days=1)) == []


def test_ones_own_post_comes_before_an_acting_one(world: World) -> None:
    person = world.chief_clerk.person
    assert person is not None
    assert posts_of_person(person, today=TODAY) == [world.chief_clerk, world.acting_head]
    assert "รักษาราชการแทน" in world.acting_head.words()


def test_a_person_set_inactive_acts_in_no_post(world: World) -> None:
    person = world.clerk.person
    assert person is not None
    change_person(
        person, name=person.name, email="", telephone="", is_active=False, by=world.administrator
    )
    assert posts_of_person(person, today=TODAY) == []


def test_a_key_opens_its_post_while_it_holds(world: World) -> None:
    secret = give_token(world.clerk, name="เครื่องสแกน", by=world.clerk)
    assert post_with_token(secret, now=NOON) == world.clerk
    assert post_with_token(secret + "x", now=NOON) is None
    assert post_with_token("", now=NOON) is None
    end_post(world.clerk, on=TODAY, by=world.administrator)
    assert post_with_token(secret, now=NOON) == world.clerk
    assert post_with_token(secret, now=NOON + timedelta(days=1)) is None


def test_a_revoked_key_opens_nothing(world: World) -> None:
    secret = give_token(world.clerk, name="เครื่องสแกน", by=world.clerk)
    person = world.clerk.person
    assert person is not None
    token = tokens_seen_by(world.administrator, person).get()
    revoke_token(token, by=world.administrator)
    revoke_token(token, by=world.administrator)
    assert post_with_token(secret, now=NOON) is None
    assert not tokens_seen_by(world.executive, person).exists()
    with pytest.raises(NotFound):
        token_for(world.neighbour_clerk, token.pk)
    assert token_for(world.clerk, token.pk) == token


def test_a_key_of_a_person_set_inactive_opens_nothing(world: World) -> None:
    secret = give_token(world.clerk, name="เครื่องสแกน", by=world.clerk)
    person = world.clerk.person
    assert person is not None
    change_person(
        person, name=person.name, email="", telephone="", is_active=False, by=world.administrator
    )
    assert post_with_token(secret, now=NOON) is None


def test_the_reader_is_told_the_names_of_the_own_province(world: World) -> None:
    known = known_organisations(world.officer)
    assert known.own_name == "องค์การบริหารส่วนตำบลหนองกะปุ"
    assert known.organisations["7606"] == "อำเภอบ้านลาด"
    assert known.organisations["MOI"] == "กระทรวงมหาดไทย"
    assert "6760607-05" not in known.organisations


def test_before_any_change_the_name_has_always_held(world: World) -> None:
    span = span_on(world.clerk, world.nong_kapu, date(1990, 1, 1))
    assert span is not None
    assert span.name == world.nong_kapu.name


def test_who_left_stays_to_be_seen(world: World) -> None:
    person = create_person(
        "chua.khrao",
        name="นายชั่ว คราวเดียว",
        password=PASSWORD,
        must_change_password=True,
        organisation=world.nong_kapu,
        role=Role.OFFICER,
        title="ลูกจ้าง",
        from_on=TODAY,
        by=world.administrator,
    )
    end_post(posts_held_by(world.administrator, person).get(), on=TODAY, by=world.administrator)
    assert "chua.khrao" in logins(world.clerk)
