"""Logging in: the same words for every wrong try, and a lock that many at once do not get past."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.db import connection

from tests.world import PASSWORD, World, make_world
from thamthan.errors import Refused
from thamthan.organisations.actions import change_person, log_in, unlock_person
from thamthan.organisations.models import Person
from thamthan.records.queries import history_of

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


def refused(world: World, login: str, password: str, *, now: datetime = NOON) -> Refused:
    with pytest.raises(Refused) as refusal:
        log_in(login, password, by=world.system, now=now)
    return refusal.value


def fail(world: World, times: int) -> None:
    for _ in range(times):
        assert refused(world, "somjai", "wrong").code == "wrong_login"


@pytest.mark.django_db
def test_the_right_password_opens_in_any_case_of_the_name(world: World) -> None:
    assert log_in("somjai", PASSWORD, by=world.system, now=NOON) == world.clerk.person
    assert log_in(" SomJai ", PASSWORD, by=world.system, now=NOON) == world.clerk.person


@pytest.mark.django_db
def test_a_wrong_password_and_a_wrong_name_are_told_in_the_same_words(world: World) -> None:
    wrong_password = refused(world, "somjai", "wrong")
    wrong_name = refused(world, "nobody", "wrong")
    assert (wrong_password.message, wrong_password.code, wrong_password.status) == (
        wrong_name.message,
        wrong_name.code,
        401,
    )
    for odd in ("", "\x00", "ก" * 5000, "' OR 1=1 --"):
        assert refused(world, odd, odd).code == "wrong_login"


@pytest.mark.django_db
def test_a_wrong_name_costs_as_much_as_a_wrong_password(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    hasher = type(hashers.get_hasher())
    plain = hasher.encode

    def counting(self: object, password: str, *args: object, **words: object) -> str:
        counted.append(password)
        return plain(self, password, *args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(hasher, "encode", counting)
    refused(world, "somjai", "wrong")
    of_password = len(counted)
    refused(world, "nobody", "wrong")
    assert len(counted) == 2 * of_password


@pytest.mark.django_db
def test_too_many_wrong_tries_lock_for_a_while(world: World) -> None:
    fail(world, settings.LOGIN_FAILURES)
    locked = refused(world, "somjai", PASSWORD)
    assert (locked.code, locked.status) == ("locked", 429)
    assert locked.facts["minutes"] == settings.LOGIN_LOCK_MINUTES
    almost = NOON + timedelta(minutes=settings.LOGIN_LOCK_MINUTES, seconds=-1)
    assert refused(world, "somjai", PASSWORD, now=almost).facts["minutes"] == 1
    over = NOON + timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    assert log_in("somjai", PASSWORD, by=world.system, now=over) == world.clerk.person
    assert world.clerk.person is not None
    assert history_of(world.clerk.person).filter(verb="person:locked").count() == 1


@pytest.mark.django_db
def test_after_the_lock_the_count_begins_again(world: World) -> None:
    fail(world, settings.LOGIN_FAILURES)
    over = NOON + timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    assert refused(world, "somjai", "wrong", now=over).code == "wrong_login"
    assert log_in("somjai", PASSWORD, by=world.system, now=over) == world.clerk.person


@pytest.mark.django_db
def test_the_last_allowed_try_may_be_the_right_one_and_forgets_the_others(world: World) -> None:
    fail(world, settings.LOGIN_FAILURES - 1)
    log_in("somjai", PASSWORD, by=world.system, now=NOON)
    fail(world, settings.LOGIN_FAILURES - 1)
    log_in("somjai", PASSWORD, by=world.system, now=NOON)


@pytest.mark.django_db
def test_an_administrator_unlocks_and_a_stranger_does_not(world: World) -> None:
    fail(world, settings.LOGIN_FAILURES)
    person = world.clerk.person
    assert person is not None
    for stranger in (world.neighbour_clerk, world.executive):
        with pytest.raises(Refused) as refusal:
            unlock_person(person, by=stranger)
        assert refusal.value.status == 403
    unlock_person(person, by=world.administrator)
    assert log_in("somjai", PASSWORD, by=world.system, now=NOON) == person


@pytest.mark.django_db
def test_a_person_set_inactive_is_told_nothing_more(world: World) -> None:
    person = world.clerk.person
    assert person is not None
    change_person(
        person, name=person.name, email="", telephone="", is_active=False, by=world.administrator
    )
    assert refused(world, "somjai", PASSWORD).code == "wrong_login"


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_allowed_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world()
    looked_at: list[str] = []
    plain = Person.check_password

    def counting(self: Person, raw_password: str) -> bool:
        looked_at.append(raw_password)
        return plain(self, raw_password)

    monkeypatch.setattr(Person, "check_password", counting)
    at_once = threading.Barrier(20)
    codes: list[str] = []

    def try_once(number: int) -> None:
        at_once.wait()
        try:
            log_in("somjai", f"guess {number}", by=world.system, now=NOON)
        except Refused as refusal:
            codes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_once, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == settings.LOGIN_FAILURES
    assert sorted(codes) == ["locked"] * 15 + ["wrong_login"] * 5
    person = Person.objects.get(login="somjai")
    assert person.failed_logins == settings.LOGIN_FAILURES
    assert history_of(person).filter(verb="person:locked").count() == 1
