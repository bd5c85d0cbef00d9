"""People, passwords, posts and keys: who may give and take them, and what is refused."""

from datetime import date, timedelta

import pytest

from tests.world import PASSWORD, World
from thamthan.errors import Refused
from thamthan.organisations.actions import (
    change_password,
    change_person,
    create_person,
    end_post,
    give_post,
    give_token,
    reset_password,
    revoke_token,
    unlock_person,
)
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.organisations.queries import people_seen_by, tokens_seen_by
from thamthan.organisations.rules import Role
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 20)
NEW_PASSWORD = "ฝนตกที่หนองกะปุ 2569"


def person_of(post: Post) -> Person:
    assert post.person is not None
    return post.person


def new_person(
    by: Post,
    organisation: Organisation,
    *,
    login: str = "new.person",
    name: str = "นางใหม่ มาวันนี้",
    password: str = NEW_PASSWORD,
    role: str = Role.OFFICER,
    email: str = "",
) -> Person:
    return create_person(
        login,
        name=name,
        password=password,
        must_change_password=True,
        organisation=organisation,
        role=role,
        title="นักวิชาการ",
        from_on=TODAY,
        email=email,
        by=by,
    )


def refusal_of(deed: object, *args: object, **words: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        deed(*args, **words)  # type: ignore[operator]
    return refusal.value


def test_an_administrator_adds_a_person_with_a_first_post(world: World) -> None:
    person = new_person(world.administrator, world.welfare)
    assert person in people_seen_by(world.clerk)
    assert person.check_password(NEW_PASSWORD)
    assert person.must_change_password
    entry = history_of(person).get()
    assert entry.verb == "person:created"
    assert entry.post_words == world.administrator.words()
    assert NEW_PASSWORD not in str(entry.facts)


def test_nobody_adds_people_where_they_do_not_keep(world: World) -> None:
    for by in (world.clerk, world.executive, world.neighbour_clerk):
        assert refusal_of(new_person, by, world.nong_kapu).status == 403
    for place in (world.ban_lat, world.tha_sen, world.neighbour):
        assert refusal_of(new_person, world.administrator, place).code == "not_allowed"
    assert not Person.objects.filter(login="new.person").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"login": "SOMJAI"}, "login"),
        ({"login": "สมใจ"}, "login"),
        ({"login": "ab"}, "login"),
        ({"name": " "}, "name"),
        ({"name": "ก" * 151}, "name"),
        ({"email": "not an address"}, "email"),
        ({"password": "สั้นไป"}, "new"),
        ({"password": "12345678901"}, "new"),
        ({"password": "password1234"}, "new"),
        ({"password": "new.person1"}, "new"),
        ({"role": Role.GOVERNOR}, "role"),
        ({"role": Role.SYSTEM}, "role"),
        ({"role": "emperor"}, "role"),
    ],
)
def test_a_wrong_word_is_refused_beside_its_field(
    world: World, wrong: dict[str, str], field: str
) -> None:
    refused = refusal_of(new_person, world.administrator, world.nong_kapu, **wrong)
    assert refused.facts["field"] == field
    assert refused.message
    assert not Person.objects.filter(name="นางใหม่ มาวันนี้").exists()


def test_a_person_changes_the_own_password_with_the_old_one(world: World) -> None:
    person = person_of(world.clerk)
    change_password(person, PASSWORD, NEW_PASSWORD, by=world.clerk)
    assert person.check_password(NEW_PASSWORD)
    assert Person.objects.get(pk=person.pk).check_password(NEW_PASSWORD)
    assert history_of(person).filter(verb="person:password").count() == 1


def test_a_password_is_not_changed_without_the_old_or_for_another_or_to_the_same(
    world: World,
) -> None:
    person = person_of(world.clerk)
    assert refusal_of(change_password, person, "x", NEW_PASSWORD, by=world.clerk).code == (
        "wrong_password"
    )
    assert refusal_of(change_password, person, PASSWORD, "12345", by=world.clerk).code == (
        "weak_password"
    )
    assert refusal_of(change_password, person, PASSWORD, PASSWORD, by=world.clerk).code == (
        "weak_password"
    )
    refused = refusal_of(change_password, person, PASSWORD, NEW_PASSWORD, by=world.administrator)
    assert refused.status == 403
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_reset_password_must_be_changed_and_unlocks(world: World) -> None:
    person = person_of(world.clerk)
    Person.objects.filter(pk=person.pk).update(failed_logins=5)
    reset_password(person, NEW_PASSWORD, by=world.administrator)
    kept = Person.objects.get(pk=person.pk)
    assert kept.check_password(NEW_PASSWORD)
    assert kept.must_change_password
    assert kept.failed_logins == 0


def test_an_administrator_below_does_not_become_one_above(world: World) -> None:
    person = person_of(world.district_administrator)
    give_post(
        person,
        world.nong_kapu,
        role=Role.OFFICER,
        title="ช่วยราชการ",
        from_on=TODAY,
        by=world.administrator,
    )
    for deed in (
        lambda: reset_password(person, NEW_PASSWORD, by=world.administrator),
        lambda: unlock_person(person, by=world.administrator),
        lambda: change_person(
            person, name="ผู้อื่น", email="", telephone="", is_active=False, by=world.administrator
        ),
    ):
        assert refusal_of(deed).code == "not_allowed"
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_the_words_about_a_person_are_changed_and_remembered(world: World) -> None:
    person = person_of(world.clerk)
    change_person(
        person,
        name="นางสมใจ  ศรีหนองกะปุ",
        email="somjai@example.go.th",
        telephone="032 000 000",
        is_active=True,
        by=world.administrator,
    )
    assert person.name == "นางสมใจ ศรีหนองกะปุ"
    entry = history_of(person).get(verb="person:changed")
    assert entry.facts["name"] == ["นางสาวสมใจ ศรีหนองกะปุ", "นางสมใจ ศรีหนองกะปุ"]
    # The same again changes nothing and so says nothing.
    change_person(
        person,
        name=person.name,
        email=person.email,
        telephone=person.telephone,
        is_active=True,
        by=world.administrator,
    )
    assert history_of(person).filter(verb="person:changed").count() == 1


def test_nobody_shuts_themselves_out(world: World) -> None:
    person = person_of(world.administrator)
    refused = refusal_of(
        change_person,
        person,
        name=person.name,
        email="",
        telephone="",
        is_active=False,
        by=world.administrator,
    )
    assert refused.facts["field"] == "is_active"


def test_a_post_is_given_once_and_ends(world: World) -> None:
    person = person_of(world.officer)
    words = {"role": Role.CLERK, "title": "ธุรการ", "from_on": TODAY, "by": world.administrator}
    post = give_post(person, world.nong_kapu, **words)
    assert refusal_of(give_post, person, world.nong_kapu, **words).code == "post_held"
    end_post(post, on=TODAY + timedelta(days=9), by=world.administrator)
    assert refusal_of(give_post, person, world.nong_kapu, **words).code == "post_held"
    give_post(person, world.nong_kapu, **(words | {"from_on": TODAY + timedelta(days=10)}))
    assert [entry.verb for entry in history_of(post)] == ["post:given", "post:ended"]


def test_posts_are_given_and_ended_only_where_one_keeps(world: World) -> None:
    person = person_of(world.officer)
    words = {"role": Role.CLERK, "title": "ธุรการ", "from_on": TODAY}
    for by in (world.executive, world.district_officer, world.neighbour_clerk):
        assert refusal_of(give_post, person, world.nong_kapu, by=by, **words).status == 403
        assert refusal_of(end_post, world.clerk, on=TODAY, by=by).status == 403
    refused = refusal_of(give_post, person, world.ban_lat, by=world.administrator, **words)
    assert refused.code == "not_allowed"


def test_a_post_does_not_end_before_it_begins_nor_later_than_it_ended(world: World) -> None:
    first = world.clerk.from_on
    by = world.administrator
    assert refusal_of(end_post, world.clerk, on=first - timedelta(days=1), by=by).facts["field"]
    end_post(world.clerk, on=TODAY, by=by)
    end_post(world.clerk, on=TODAY - timedelta(days=1), by=by)
    assert refusal_of(end_post, world.clerk, on=TODAY, by=by).code == "post_ended"
    refused = refusal_of(
        give_post,
        person_of(world.officer),
        world.nong_kapu,
        role=Role.CLERK,
        title="ธุรการ",
        from_on=TODAY,
        until_on=TODAY - timedelta(days=1),
        by=by,
    )
    assert refused.facts["field"] == "until_on"


def test_a_key_is_ones_own_and_only_its_print_is_kept(world: World) -> None:
    secret = give_token(world.clerk, name="เครื่องสแกน", by=world.clerk)
    token = tokens_seen_by(world.clerk, person_of(world.clerk)).get()
    assert secret not in str(vars(token))
    for by in (world.administrator, world.system, world.chief_clerk):
        assert refusal_of(give_token, world.clerk, name="x", by=by).status == 403
    assert refusal_of(give_token, world.clerk, name=" ", by=world.clerk).facts["field"] == "name"
    assert refusal_of(revoke_token, token, by=world.executive).status == 403
    revoke_token(token, by=world.clerk)
    assert [entry.verb for entry in history_of(token)] == ["token:given", "token:revoked"]
