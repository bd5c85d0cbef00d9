"""`thamthan read FOLDER --out DIR`: every letter is read once, whatever happens on the way."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.papers import paper
from tests.pdfs import pdf_of
from tests.reading import hostile
from thamthan.cli import batch, crew, results
from thamthan.cli.crew import Order, Outcome, read_letters
from thamthan.cli.results import Letter, Results, letters_in
from thamthan.reading import Known, read
from thamthan.reading.model import from_json

ROOT = Path(__file__).resolve().parents[2]
# A safety limit only: a machine may be busy.
LONG = 1800


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "หนังสือเข้า"
    (here / "กล่อง").mkdir(parents=True)
    (here / "a.txt").write_text(paper(), encoding="utf-8")
    (here / "a.pdf").write_bytes(pdf_of(paper(number="พบ ๐๖๑๘/๗๐๒")))
    (here / "กล่อง" / "b.txt").write_bytes(paper(number="พบ ๐๖๑๘/๗๐๓").encode("cp874"))
    (here / "กล่อง" / "ว่าง.txt").write_bytes(b"")
    (here / ".hidden").write_bytes(b"")
    return here


def order(out: Path, **changed: object) -> Order:
    plain: dict[str, object] = {
        "out": out,
        "reader": "this",
        "known": Known(),
        "years": (2020, 2030),
        "arrived": None,
        "most_bytes": 1_000_000,
    }
    return Order(**{**plain, **changed})  # type: ignore[arg-type]


def run(folder: Path, out: Path, **changed: object) -> tuple[int, str, str]:
    told, summed = io.StringIO(), io.StringIO()
    ended = batch.read_folder(folder, order(out, **changed), jobs=1, told=told, out=summed)
    return ended, told.getvalue(), summed.getvalue()


def kept(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and results.STAMPS not in path.parts
    }


def test_every_letter_has_its_reading_and_a_bad_one_stops_nothing(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended, told, summed = run(folder, out)
    found = kept(out)
    assert set(found) == {
        "a.txt.json",
        "a.pdf.json",
        "กล่อง/b.txt.json",
        "กล่อง/ว่าง.txt.refused.json",
    }
    for name, running in (("a.txt", 701), ("a.pdf", 702), ("กล่อง/b.txt", 703)):
        number = from_json(json.loads(found[f"{name}.json"])).number
        assert number is not None
        assert number.running == running
    refused = json.loads(found["กล่อง/ว่าง.txt.refused.json"])
    assert "ว่างเปล่า" in refused["message"]
    assert refused["message"] in told
    assert ended == batch.SOME_REFUSED
    assert "อ่านได้ 3 ฉบับ · อ่านไม่ได้ 1" in summed

    # Again: nothing is read a second time.
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    ended, told, summed = run(folder, out)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before
    assert ended == batch.SOME_REFUSED
    assert "ข้ามเพราะอ่านไว้แล้ว 4" in summed

    # A letter that has changed, a result that was cut, a refusal that is mended: these are.
    (folder / "a.txt").write_text(paper(number="พบ ๐๖๑๘/๙"), encoding="utf-8")
    (out / "a.pdf.json").write_bytes(found["a.pdf.json"][:50])
    (folder / "กล่อง" / "ว่าง.txt").write_text(paper(), encoding="utf-8")
    ended, _, summed = run(folder, out)
    assert "ข้ามเพราะอ่านไว้แล้ว 1" in summed
    assert ended == batch.ALL_READ
    changed = kept(out)
    assert b"0618/9" in changed["a.txt.json"]
    assert changed["a.pdf.json"] == found["a.pdf.json"]
    assert "กล่อง/ว่าง.txt.refused.json" not in changed


def test_another_reader_reads_anew(folder: Path, tmp_path: Path) -> None:
    letter = Letter(folder / "a.txt", "a.txt")
    Results(tmp_path, reader="this").keep(letter, {"a": 1}, source="bytes", state="read")
    assert Results(tmp_path, reader="this").standing(letter, "bytes") is not None
    assert Results(tmp_path, reader="this").standing(letter, "other bytes") is None
    assert Results(tmp_path, reader="other").standing(letter, "bytes") is None


def test_no_two_letters_share_a_result(tmp_path: Path) -> None:
    long = "ย" * 80
    names = ["x", "x.refused", "x.refused_", "a.txt", "a.pdf", f"{long}1.txt", f"{long}2.txt"]
    held = Results(tmp_path, reader="this")
    for name in names:
        letter = Letter(tmp_path / name, name)
        state = "refused" if name == "x" else "read"
        held.keep(letter, {"name": name}, source=name, state=state)  # type: ignore[arg-type]
    found = [json.loads(content)["name"] for content in kept(tmp_path).values()]
    assert sorted(found) == sorted(names)
    for name in names:
        assert held.standing(Letter(tmp_path / name, name), name) is not None


def test_results_among_the_letters_are_no_letters(folder: Path) -> None:
    out = folder / "กล่อง" / "ผล"
    out.mkdir()
    (out / "z.json").write_text("{}")
    (folder / "ring").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    found = [letter.place for letter in letters_in(folder, besides=out)]
    assert found == ["a.pdf", "a.txt", "กล่อง/b.txt", "กล่อง/ว่าง.txt"]


def test_a_full_disk_is_said_in_words(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    letter = Letter(folder / "a.txt", "a.txt")
    told = crew._outcome(letter, order(tmp_path / "out"), Results(tmp_path / "out", reader="this"))
    assert told.state == "stopped"
    assert "ดิสก์เต็ม" in told.message


def test_what_cannot_be_written_ends_the_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> Iterator[Outcome | None]:
        yield Outcome("a.txt", "read", True, False, 1)
        yield Outcome("b.txt", "stopped", message="ดิสก์เต็ม")
        raise AssertionError("nothing is read after that")

    monkeypatch.setattr(batch, "read_letters", stopped)
    ended, told, summed = run(folder, tmp_path / "out")
    assert ended == batch.STOPPED
    assert "ดิสก์เต็ม" in told
    assert "ยังไม่ได้อ่าน 3" in summed


def test_a_worker_that_falls_over_is_replaced_and_its_letter_is_tried_again(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    letters = read_letters(letters_in(folder, besides=out), order(out), jobs=1)
    first = next(outcome for outcome in letters if outcome)
    workers = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "multiprocessing.spawn"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    if not workers:
        letters.close()
        pytest.skip("no pgrep here to find the worker with")
    os.kill(int(workers[0]), signal.SIGKILL)
    rest = [outcome for outcome in letters if outcome]
    assert first.state == "read"
    assert len(rest) == 3
    fallen = [outcome for outcome in rest if outcome.message == crew._FELL]
    assert len(fallen) <= 1
    _, _, summed = run(folder, out)
    assert "อ่านได้ 3 ฉบับ · อ่านไม่ได้ 1" in summed


def started(home: Path, folder: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "thamthan", "read", str(folder), "--out", str(out), "--jobs", "1"],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUTF8": "1",
            "THAMTHAN_HOME": str(home),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_what_a_killed_process_had_begun_to_write_is_swept_away(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, living = tmp_path / f".{dead.pid}.part", tmp_path / f".{os.getpid()}.part"
    for part in (left, living):
        part.write_bytes(b"half")
    Results(tmp_path, reader="this").sweep()
    assert not left.exists()
    assert living.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_ctrl_c_and_a_kill_lose_nothing_that_was_read(tmp_path: Path) -> None:
    folder, out, home = tmp_path / "in", tmp_path / "out", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    # Each costs ten seconds of computing: however late the signal comes, it comes in the middle.
    for at in range(5):
        (folder / f"last{at}.pdf").write_bytes(hostile.PDFS["forms within forms"]())
    rounds = ((signal.SIGINT, batch.INTERRUPTED), (signal.SIGKILL, -signal.SIGKILL))
    for turn, (how, code) in enumerate(rounds):
        for at in range(30 * turn, 30 * turn + 30):
            (folder / f"{at:03}.txt").write_text(paper(number=f"พบ ๐๖๑๘/{at}"), encoding="utf-8")
        had = len(kept(out)) if out.exists() else 0
        process = started(home, folder, out)
        until = time.monotonic() + LONG
        while not out.exists() or len(list(out.glob("*.json"))) < had + 3:
            assert time.monotonic() < until
            assert process.poll() is None
            time.sleep(0.002)
        process.send_signal(how)
        said, complained = process.communicate(timeout=LONG)
        assert process.returncode == code
        if how is signal.SIGINT:
            assert "หยุดตามคำสั่ง" in complained.decode()
            assert "Traceback" not in complained.decode()
            assert "ยังไม่ได้อ่าน" in said.decode()
    for slow in folder.glob("last*"):
        slow.unlink()
    process = started(home, folder, out)
    said, _ = process.communicate(timeout=LONG)
    assert process.returncode == batch.ALL_READ
    assert "อ่านได้ 60 ฉบับ" in said.decode()
    found = {name: json.loads(content) for name, content in kept(out).items()}
    assert {found[f"{at:03}.txt.json"]["number"]["running"] for at in range(60)} == set(range(60))
    assert not list(out.rglob("*.part"))


def test_a_terminal_sees_one_bar_and_a_file_plain_lines() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    count = batch.Count(10)
    count.add(Outcome("a", "read", True, True, 2))
    terminal, file = Terminal(), io.StringIO()
    for told in (terminal, file):
        telling = batch.Telling(count, told)
        telling.refusal(Outcome("b", "refused", message="ไฟล์นี้ว่างเปล่า"))
        telling.end()
        assert "b: ไฟล์นี้ว่างเปล่า\n" in told.getvalue()
        assert "1/10" in told.getvalue()
        assert "เหลือ 9" in told.getvalue()
        assert "หน้า/นาที" in told.getvalue()
    assert "\r" not in file.getvalue()


@pytest.mark.django_db
def test_what_does_not_fit_together_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, telling in (
        ([str(folder)], "--out"),
        ([str(folder), "--out", str(folder)], "โฟลเดอร์เก็บผล"),
        ([str(folder / "a.txt"), "--out", str(tmp_path / "out")], "ไม่ใช่โฟลเดอร์"),
        ([str(folder), "--out", str(tmp_path / "out"), "--jobs", "0"], "--jobs"),
        ([str(folder), "--out", str(folder / "a.txt")], "เปิดโฟลเดอร์"),
    ):
        with pytest.raises(SystemExit) as stopped:
            call_command("read", *arguments)
        assert stopped.value.code == 2
        assert telling in capsys.readouterr().err


def test_the_reading_is_that_of_one_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = crew._outcome(Letter(folder / "a.txt", "a.txt"), order(out), Results(out, reader="this"))
    assert told.state == "read"
    assert from_json(json.loads((out / "a.txt.json").read_bytes())) == read(paper())
