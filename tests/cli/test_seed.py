"""`thamthan seed demo` and `thamthan appoint`: how an installation gets its first people."""

import io
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from tests.world import PASSWORD, World
from thamthan.cli.demo import demo_posts, seed_demo
from thamthan.errors import Refused
from thamthan.organisations.actions import (
    Particulars,
    create_organisation,
    load_organisations,
    log_in,
)
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.organisations.queries import has_control_of, posts_of_person, system_post_of
from thamthan.organisations.rules import INSTALLATION, Level, Role
from thamthan.records.models import HistoryEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_tree")]

NOW = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)
REAL = "code,name,level,lao_kind,parent\nMOI,กระทรวงมหาดไทย,ministry,,\n77,จังหวัดจริง,province,,MOI\n"


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_demo_has_ban_lat_with_its_fifteen_and_every_role() -> None:
    seed_demo(force=False)
    assert Organisation.objects.filter(parent__code="7606", level=Level.LAO).count() == 15
    given = set(Post.objects.values_list("role", flat=True))
    assert given == set(Role.values)
    assert Person.objects.count() == len({line.login for line in demo_posts()})


def test_everyone_of_the_demo_can_log_in_and_acts_at_once() -> None:
    for post in seed_demo(force=False):
        assert post.person is not None
        person = log_in(post.person.login, PASSWORD, by=system_post_of(), now=NOW)
        assert post in posts_of_person(person, today=NOW.date())
        assert not person.must_change_password


def test_seeding_again_adds_nothing() -> None:
    first = seed_demo(force=False)
    lines = HistoryEntry.objects.count()
    assert seed_demo(force=False) == first
    assert HistoryEntry.objects.count() == lines


def test_a_seeding_that_was_cut_short_is_made_whole(world: World) -> None:
    Post.objects.filter(pk=world.neighbour_clerk.pk).delete()
    Person.objects.filter(login="bangchan").delete()
    seed_demo(force=False)
    assert Person.objects.filter(login="bangchan").exists()


def test_a_division_added_while_trying_does_not_stop_the_seeding(world: World) -> None:
    create_organisation(
        world.nong_kapu,
        code="6760607-09",
        level=Level.DIVISION,
        particulars=Particulars(name="กองสาธารณสุข", short_name=""),
        from_on=None,
        by=world.administrator,
    )
    seed_demo(force=False)


def test_it_is_not_put_beside_real_organisations_unless_forced() -> None:
    load_organisations(REAL.encode(), by=INSTALLATION, as_of=NOW.date(), write_it=True)
    with pytest.raises(Refused) as refused:
        seed_demo(force=False)
    assert refused.value.code == "not_a_demo"
    assert not Person.objects.exists()
    seed_demo(force=True)
    assert Organisation.objects.filter(code="77").exists()


def test_a_demo_into_which_real_lists_were_loaded_stays_a_demo(world: World) -> None:
    load_organisations(REAL.encode(), by=world.system, as_of=NOW.date(), write_it=True)
    assert Organisation.objects.filter(code="77").exists()
    seed_demo(force=False)


def test_the_command_prints_who_logs_in_how() -> None:
    told = run("seed", "demo")
    assert PASSWORD in told
    assert "somjai" in told
    assert "นายกองค์การบริหารส่วนตำบล" in told
    assert "รักษาราชการแทน" in told


def appoint(monkeypatch: pytest.MonkeyPatch, password: str, *words: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return run("appoint", *words, "--password-stdin")


ADMIN = ("--name", "นายผู้ดูแล ระบบดี", "--organisation", "77", "--title", "ผู้ดูแลระบบ")


def test_the_first_administrator_is_appointed_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_organisations(REAL.encode(), by=INSTALLATION, as_of=NOW.date(), write_it=True)
    told = appoint(monkeypatch, "ฝนตกที่บ้านลาด", "phudulae", *ADMIN)
    assert "จังหวัดจริง" in told
    person = log_in("phudulae", "ฝนตกที่บ้านลาด", by=system_post_of(), now=NOW)
    post = Post.objects.get(person=person)
    assert post.role == Role.ADMINISTRATOR
    assert has_control_of(post, person, today=NOW.date())


@pytest.mark.parametrize(
    ("password", "words", "told"),
    [
        ("สั้น", ("phudulae", *ADMIN), "รหัสผ่าน"),
        ("ฝนตกที่บ้านลาด", ("phudulae", *ADMIN[2:]), "--name"),
        ("ฝนตกที่บ้านลาด", ("phudulae", *ADMIN[:2], "--organisation", "99", "--title", "x"), "ไม่พบ"),
        ("ฝนตกที่บ้านลาด", ("ผู้ดูแล", *ADMIN), "ชื่อผู้ใช้"),
    ],
)
def test_a_wrong_appointment_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    password: str,
    words: tuple[str, ...],
    told: str,
) -> None:
    load_organisations(REAL.encode(), by=INSTALLATION, as_of=NOW.date(), write_it=True)
    with pytest.raises(SystemExit) as stop:
        appoint(monkeypatch, password, *words)
    assert stop.value.code == 2
    assert told in capsys.readouterr().err
    assert not Person.objects.exists()


def test_who_logs_in_already_gets_a_further_post(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--organisation", "7606", "--title", "ช่วยราชการ", "--role", "clerk")
    appoint(monkeypatch, "", "somjai", *words)
    assert Post.objects.filter(person__login="somjai").count() == 2
