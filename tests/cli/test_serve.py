"""`thamthan serve`: the parts are started, kept, and stopped together, whatever happens to one."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from thamthan.cli.keeping import FIRST_WAIT, Child, check_port
from thamthan.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def child(port: int) -> Iterator[Child]:
    kept = Child(name="web", command=["http.server", "--bind", "127.0.0.1", str(port)])
    yield kept
    kept.ask_to_stop()
    kept.end(time.monotonic() + 10)


def process_of(child: Child) -> subprocess.Popen[bytes]:
    assert child.process is not None
    return child.process


def test_a_child_that_dies_is_started_again(child: Child) -> None:
    child.look(now=100.0)
    first = process_of(child)
    first.kill()
    first.wait()
    child.look(now=100.5)
    assert child.process is None
    child.look(now=100.5 + 2 * FIRST_WAIT)
    assert process_of(child).pid != first.pid


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(child: Child) -> None:
    now, waits = 0.0, []
    for _ in range(7):
        child.look(now=now)
        process_of(child).kill()
        process_of(child).wait()
        child.look(now=now)
        waits.append(child.next_start_at - now)
        now = child.next_start_at
    assert waits == sorted(waits)
    assert waits[-1] == 30.0


def test_a_child_stops_by_itself_when_its_parent_lets_go(child: Child) -> None:
    child.look(now=0.0)
    process = process_of(child)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=SECONDS) is not None


def test_a_port_in_use_is_told_in_thai_and_english(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(Refused) as refusal:
            check_port("127.0.0.1", port)
    assert "พอร์ต" in refusal.value.message
    assert f"serve --port {port + 1}" in refusal.value.message
    check_port("127.0.0.1", port)


def test_a_port_that_cannot_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("serve", port=70_000)
    assert stopped.value.code == 2
    assert "70000" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_tick_without_organisations_does_nothing() -> None:
    out = io.StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == ""


def test_it_prepares_serves_and_stops_as_a_whole(tmp_path: Path, port: int) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "THAMTHAN_HOME": str(tmp_path),
        "THAMTHAN_DEMO": "0",
    }
    command = [sys.executable, "-m", "thamthan", "serve", "--port", str(port)]
    said = (tmp_path / "said").open("w+", encoding="utf-8")
    with said, subprocess.Popen(command, env=environment, stdout=said, stderr=said) as serving:
        try:
            until = time.monotonic() + SECONDS
            while "serving at" not in (tmp_path / "said").read_text(encoding="utf-8"):
                assert time.monotonic() < until, (tmp_path / "said").read_text(encoding="utf-8")
                assert serving.poll() is None, (tmp_path / "said").read_text(encoding="utf-8")
                time.sleep(0.1)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=SECONDS) as answer:
                assert answer.status == 200
                assert "ทำทัน" in answer.read().decode()
        finally:
            serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=SECONDS) == 0
    check_port("127.0.0.1", port)
    assert (tmp_path / "without_demo").exists()
    assert (tmp_path / "thamthan.sqlite3").exists()
