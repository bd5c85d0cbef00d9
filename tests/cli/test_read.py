"""`thamthan read`: a letter in, what it says out; refusals in a sentence with exit code 2."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.papers import paper
from thamthan.reading import read
from thamthan.reading.model import from_json

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("read", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(paper(), encoding="utf-8")
    return path


def test_the_json_is_the_reading_and_nothing_else(letter: Path) -> None:
    reading = from_json(json.loads(told(str(letter), "--json")))
    assert reading.number is not None
    assert reading.number.value == "พบ 0618/701"
    assert reading.subject == read(paper()).subject


def test_the_terminal_shows_value_words_place_and_certainty(letter: Path) -> None:
    lines = told(str(letter)).splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("ลงวันที่:"))
    assert "2 มีนาคม 2569" in lines[at]
    assert "“๒ มีนาคม ๒๕๖๙”" in lines[at + 1]
    assert "หน้า 1 ตัวที่" in lines[at + 1]
    assert "แน่ใจ" in lines[at + 1]


def test_the_deadline_and_what_is_asked_are_shown(letter: Path) -> None:
    shown = told(str(letter))
    assert "สิ่งที่ขอให้ดำเนินการ" in shown
    assert "16 มีนาคม 2569" in shown


def test_a_misread_name_is_compared_with_the_organisations_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    stamp = "องค์การบริหารส่วนตำบลหนองกะปูล\nเลขรับที่ ๖๑๔\n\n"
    path.write_text(stamp + paper(), encoding="utf-8")
    assert "“องค์การบริหารส่วนตำบลหนองกะปุ” ที่รู้จัก" in told(str(path))


def test_a_doubt_is_told_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(paper(dated="๓๐ กุมภาพันธ์ ๒๕๖๙"), encoding="utf-8")
    shown = told(str(path))
    assert "ข้อสงสัย: ไม่มี" not in shown
    assert "[dated_on]" in shown


@pytest.mark.parametrize("moment", ["2569-03-20 14:00", "2026-03-20T14:00", "๒๕๖๙-๐๓-๒๐ ๑๔:๐๐"])
def test_when_it_came_may_be_said_in_either_era(letter: Path, moment: str) -> None:
    letter.write_text(paper(deadline="ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ"), encoding="utf-8")
    assert '"closes": "2026-03-27"' in told(str(letter), "--json", "--received", moment)


def test_an_impossible_moment_is_refused(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("read", str(letter), "--received", "2569-02-30 14:00")
    assert stopped.value.code == 2
    assert "2569-02-30 14:00" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "telling"),
    [(b"", "ว่างเปล่า"), (b"%PDF-1.7\n", "PDF"), (b"MZ\x90\x00" + b"\x00" * 60, "ไฟล์นี้")],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, telling: str
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        call_command("read", str(path))
    heard = capsys.readouterr()
    assert stopped.value.code == 2
    assert heard.out == ""
    assert telling in heard.err


@pytest.mark.parametrize("name", ["no_such_file.txt", "."])
def test_a_file_that_cannot_be_opened_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("read", str(tmp_path / name))
    assert stopped.value.code == 2
    assert "เปิดไฟล์" in capsys.readouterr().err


def run_alone(
    home: Path, *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """The command as a program of its own, in an installation that has no database yet."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "THAMTHAN_HOME": str(home),
    }
    return subprocess.run(
        [sys.executable, "-m", "thamthan", *arguments],
        input=given,
        env=environment,
        capture_output=True,
        check=False,
    )


def test_it_reads_the_standard_input_and_needs_no_database(tmp_path: Path) -> None:
    done = run_alone(tmp_path, "read", "-", "--json", given=paper().encode("cp874"))
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["number"]["value"] == "พบ 0618/701"
    assert not list(tmp_path.glob("*.sqlite3"))


def test_a_refusal_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    done = run_alone(tmp_path, "read", "-", given=b"")
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1
