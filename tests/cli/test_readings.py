"""`thamthan readings export`: corrections as data, and the sum of right and wrong."""

import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import IncomingFile, confirm_reading, open_register, receive_letter
from thamthan.letters.queries import letter_for, readings_of
from thamthan.letters.rules import Direction
from thamthan.reading.model import Finding
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

BANGKOK = ZoneInfo("Asia/Bangkok")
CONFIRMED = datetime(2026, 3, 20, 14, 5, tzinfo=BANGKOK)


@pytest.fixture
def corrected(world: World) -> None:
    """One letter of Nong Kapu: its sender left alone, its subject and date put right."""
    with time_machine.travel(CONFIRMED):
        open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
        confirm(world, "เรื่องที่ถูก")


def confirm(world: World, subject: str, secrecy: Secrecy | None = None) -> None:
    content = paper(number=f"พบ ๐๖๑๘/{len(subject)}").encode()
    letter = receive_letter(
        [IncomingFile(name="หนังสือ.txt", content=content)], by=world.clerk, received_at=CONFIRMED
    )
    letter = letter_for(world.clerk, letter.pk)
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    assert reading.subject is not None
    assert reading.dated_on is not None
    confirmed = replace(
        reading,
        subject=replace(reading.subject, value=subject, certainty=1.0),
        dated_on=replace(reading.dated_on, value=date(2026, 3, 5), certainty=1.0),
        secrecy=Finding(secrecy, "", reading.subject.span, 1.0) if secrecy else reading.secrecy,
    )
    confirm_reading(
        letter, confirmed, by=world.clerk, seen_version=letter.version, received_at=CONFIRMED
    )


def exported(tmp_path: Path, *arguments: str) -> tuple[list[dict[str, Any]], str]:
    path, out = tmp_path / "corrections.jsonl", io.StringIO()
    code = ("--organisation", "6760607")
    call_command("readings", "export", *code, "--out", str(path), *arguments, stdout=out)
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], out.getvalue()


def test_each_field_has_both_values_its_certainty_and_what_came_of_it(
    corrected: None, tmp_path: Path
) -> None:
    (letter,), told = exported(tmp_path)
    fields = {one["field"]: one for one in letter["fields"]}
    assert fields["subject"]["person"] == "เรื่องที่ถูก"
    assert fields["subject"]["machine"] != "เรื่องที่ถูก"
    assert (fields["subject"]["outcome"], fields["subject"]["is_flagged"]) == ("silent", False)
    assert fields["sender"]["outcome"] == "right"
    assert fields["dated_on"]["machine"] == "2026-03-02"
    assert 0.8 <= fields["dated_on"]["certainty"] <= 1
    assert letter["confirmed_on"] == "2026-03-20"
    line = next(line for line in told.splitlines() if line.startswith("subject"))
    assert line.split() == ["subject", "0", "0", "0", "1"]


def test_letters_confirmed_before_are_left_out(corrected: None, tmp_path: Path) -> None:
    assert len(exported(tmp_path, "--since", "2569-03-20")[0]) == 1
    letters, told = exported(tmp_path, "--since", "2026-03-21")
    assert letters == []
    assert "ยังไม่มีหนังสือ" in told


def test_secret_letters_stay_out(corrected: None, world: World, tmp_path: Path) -> None:
    with time_machine.travel(CONFIRMED):
        confirm(world, "เรื่องที่ลับมากกว่า", Secrecy.CONFIDENTIAL)
    letters, _ = exported(tmp_path)
    assert len(letters) == 1
    assert "ลับมากกว่า" not in json.dumps(letters, ensure_ascii=False)


def test_only_a_post_that_reads_letters_there_gets_them(
    corrected: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(exported(tmp_path, "--as", "somjai")[0]) == 1
    # A clerk of elsewhere, and the keeper of posts, who reads no letters.
    for login, telling in (("bangchan", "ไม่มีตำแหน่ง"), ("admin.nongkapu", "ไม่มีหน้าที่อ่าน")):
        with pytest.raises(SystemExit) as stopped:
            exported(tmp_path, "--as", login)
        assert stopped.value.code == 2
        assert telling in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("--since", "พรุ่งนี้"), ("--out", "/no/such/folder/corrections.jsonl")]
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    corrected: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        exported(tmp_path, *arguments)
    assert stopped.value.code == 2
    assert arguments[1] in capsys.readouterr().err
