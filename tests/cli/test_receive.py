"""`thamthan receive`: a file becomes a letter of an organisation, through its own doors."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.papers import paper
from tests.world import World
from thamthan.letters.queries import letters_seen_by, readings_of
from thamthan.letters.rules import LetterState


@pytest.fixture
def letter(tmp_path: Path) -> str:
    path = tmp_path / "letter.txt"
    path.write_text(paper(), encoding="utf-8")
    return str(path)


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("receive", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as stopped:
        call_command("receive", *arguments)
    return stopped.value.code


def test_a_letter_enters_the_registry_of_the_organisation(world: World, letter: str) -> None:
    said = told(letter, "--organisation", "6760607", "--received", "2569-03-20 14:00", "--now")
    kept = letters_seen_by(world.clerk).get()
    assert f"หนังสือ {kept.pk} · รอยืนยัน" in said
    assert kept.subject == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
    assert kept.received_at.isoformat() == "2026-03-20T07:00:00+00:00"
    assert kept.entered_by.person is None


def test_a_person_may_bring_it_in_through_their_post_there(world: World, letter: str) -> None:
    told(letter, "--organisation", "6760607", "--as", "Somjai")
    assert letters_seen_by(world.clerk).get().entered_by == world.clerk


def test_a_person_without_a_post_there_brings_in_nothing(
    world: World, letter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(letter, "--organisation", "6760607", "--as", "bangchan") == 2
    assert "ไม่มีตำแหน่ง" in capsys.readouterr().err
    assert not letters_seen_by(world.clerk).exists()


def test_a_person_without_that_duty_brings_in_nothing(world: World, letter: str) -> None:
    assert refused(letter, "--organisation", "6760607", "--as", "nayok") == 2
    assert not letters_seen_by(world.clerk).exists()


def test_an_unknown_organisation_is_refused(world: World, letter: str) -> None:
    assert refused(letter, "--organisation", "9999999") == 2


def test_what_is_no_letter_is_refused_and_not_kept(world: World, tmp_path: Path) -> None:
    path = tmp_path / "nothing.txt"
    path.write_bytes(b"")
    assert refused(str(path), "--organisation", "6760607") == 2
    assert not letters_seen_by(world.clerk).exists()


def test_a_scan_is_kept_and_waits(world: World, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    told(str(path), "--organisation", "6760607", "--now")
    kept = letters_seen_by(world.clerk).get()
    assert kept.state == LetterState.TO_CONFIRM
    assert readings_of(world.clerk, kept).reading is None


def test_what_comes_with_it_is_kept_in_order(world: World, letter: str, tmp_path: Path) -> None:
    enclosure = tmp_path / "enclosure.txt"
    enclosure.write_text("บัญชีรายชื่อ", encoding="utf-8")
    told(letter, str(enclosure), "--organisation", "6760607")
    names = [row.name for row in letters_seen_by(world.clerk).get().files.all()]
    assert names == ["letter.txt", "enclosure.txt"]
