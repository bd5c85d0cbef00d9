"""Receipt numbers in real life: many processes at once, and a process killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
ORGANISATION = "6760607"
SEED = """
from datetime import date
from thamthan.organisations.models import Organisation
from thamthan.organisations.actions import ensure_system_post
from thamthan.letters.actions import open_register
from thamthan.letters.rules import Direction
from thamthan.organisations.rules import Level
root = Organisation.objects.create(code="15", name="กระทรวง", short_name="กระทรวง",
    level=Level.MINISTRY, path="15/", sort_key="ก")
house = Organisation.objects.create(code="6760607", name="อบต.", short_name="อบต.",
    level=Level.LAO, lao_kind="sao", parent=root, path="15/6760607/", sort_key="อ")
post = ensure_system_post(house)
open_register(by=post, direction=Direction.RECEIVED, first_year=2026)
open_register(by=post, direction=Direction.SENT, first_year=2026, agency_code="พบ 72401")
"""
ASK = """
from thamthan.letters.models import Letter, Reading, LetterFile
from thamthan.records.models import HistoryEntry
from thamthan.records.queries import content_of
import hashlib
letters = list(Letter.objects.filter(receipt_number__isnull=False).order_by("receipt_number"))
print(",".join(str(letter.receipt_number) for letter in letters))
for letter in Letter.objects.all():
    file = letter.files.get().file
    assert hashlib.sha256(content_of(file)).hexdigest() == file.sha256
for letter in letters:
    assert letter.readings.filter(maker="person").count() == 1, letter.pk
    said = HistoryEntry.objects.filter(row_kind="letters.letter", row_id=letter.pk,
        verb="letter:registered")
    assert said.count() == 1, letter.pk
"""


class Installation:
    """A whole installation of its own in a folder, on the database the suite runs on."""

    def __init__(self, folder: Path, url: str) -> None:
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "thamthan.settings",
            "THAMTHAN_HOME": str(folder),
            "THAMTHAN_DATABASE_URL": url,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "default",
        }
        self.run("-m", "thamthan", "migrate", "-v", "0")
        self.shell(SEED)

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.run("-m", "thamthan", "shell", "--no-imports", "-c", code)

    def start(self, count: int, name: str, *, does: str = "registering") -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                f"tests.letters.{does}_process",
                ORGANISATION,
                str(count),
                name,
            ],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def numbers(self) -> list[int]:
        line = self.shell(ASK).splitlines()[0]
        return [int(number) for number in line.split(",") if number]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    url = os.environ.get("THAMTHAN_DATABASE_URL", "sqlite:///")
    if not url.startswith("postgres"):
        yield Installation(tmp_path, f"sqlite:///{tmp_path}/numbers.sqlite3")
        return
    import psycopg

    name = f"numbers_{os.getpid()}_{time.time_ns()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(url)
    yield Installation(tmp_path, urlunsplit(parts._replace(path=f"/{name}")))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_eight_processes_share_one_register_without_gap_or_repeat(
    installation: Installation,
) -> None:
    processes = [installation.start(200, str(one)) for one in range(1, 9)]
    printed: list[int] = []
    for process in processes:
        out, _ = process.communicate(timeout=540)
        assert process.returncode == 0
        printed += [int(line) for line in out.split()]
    assert sorted(printed) == list(range(1, 1601))
    assert installation.numbers() == list(range(1, 1601))


ASK_BOOK = """
from thamthan.letters.models import RegisterNumber
rows = RegisterNumber.objects.filter(register__direction="sent").order_by("number")
print(",".join(str(row.number) for row in rows))
for state in ("used", "released", "cancelled", "reserved"):
    print(rows.filter(state=state).count())
"""


def test_eight_processes_take_reserve_and_cancel_numbers_of_one_book(
    installation: Installation,
) -> None:
    processes = [installation.start(40, str(one), does="numbering") for one in range(1, 9)]
    printed: list[int] = []
    for process in processes:
        out, _ = process.communicate(timeout=540)
        assert process.returncode == 0
        printed += [int(line) for line in out.split()]
    # Of 40 each: ten blocks of two beside them, ten of those used, ten given back, eight cancelled.
    assert sorted(printed) == list(range(1, 8 * 60 + 1))
    told = installation.shell(ASK_BOOK).splitlines()
    assert told[0] == ",".join(map(str, range(1, 8 * 60 + 1)))
    assert list(map(int, told[1:5])) == [8 * 42, 8 * 10, 8 * 8, 0]


def test_a_killed_process_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    told = 0
    for turn in range(1, 4):
        process = installation.start(10_000, str(turn))
        assert process.stdout is not None
        for _ in range(5):
            told = max(told, int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        # What it still managed to say before it died was promised too.
        rest, _ = process.communicate(timeout=60)
        told = max([told, *(int(line) for line in rest.split("\n")[:-1])])
        kept = installation.numbers()
        assert kept == list(range(1, len(kept) + 1))
        assert len(kept) >= told
