"""Receipt numbers in real life: many processes at once, and a process killed in the middle."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import Installation, own_installation

# The databases of the processes are made here, on the server that the run is on.
pytestmark = pytest.mark.database

# As many as make them meet again and again; THAMTHAN_TEST_LETTERS=200 for a long look.
EACH = int(os.environ.get("THAMTHAN_TEST_LETTERS", "25"))
# A safety limit only: a machine may be busy.
LONG = 1800
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


class Numbering(Installation):
    """An installation with one house and its two registers."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder, url)
        self.shell(SEED)

    def start(self, count: int, name: str, *, does: str = "registering") -> "subprocess.Popen[str]":
        process = f"tests.letters.{does}_process"
        return self.started("-m", process, ORGANISATION, str(count), name)

    def numbers(self) -> list[int]:
        line = self.shell(ASK).splitlines()[0]
        return [int(number) for number in line.split(",") if number]


def begin(*processes: "subprocess.Popen[str]") -> None:
    """All have loaded before one begins: they must be at it together."""
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("begin\n")
        process.stdin.close()
        process.stdin = None


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Numbering]:
    with own_installation(tmp_path) as made:
        yield Numbering(tmp_path, made.env["THAMTHAN_DATABASE_URL"])


def test_eight_processes_share_one_register_without_gap_or_repeat(
    installation: Numbering,
) -> None:
    processes = [installation.start(EACH, str(one)) for one in range(1, 9)]
    begin(*processes)
    printed: list[int] = []
    for process in processes:
        out, _ = process.communicate(timeout=LONG)
        assert process.returncode == 0
        printed += [int(line) for line in out.split()]
    assert sorted(printed) == list(range(1, 8 * EACH + 1))
    assert installation.numbers() == list(range(1, 8 * EACH + 1))


ASK_BOOK = """
from thamthan.letters.models import RegisterNumber
rows = RegisterNumber.objects.filter(register__direction="sent").order_by("number")
print(",".join(str(row.number) for row in rows))
for state in ("used", "released", "cancelled", "reserved"):
    print(rows.filter(state=state).count())
"""


def test_eight_processes_take_reserve_and_cancel_numbers_of_one_book(
    installation: Numbering,
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


def test_a_killed_process_loses_nothing_and_doubles_nothing(installation: Numbering) -> None:
    told = 0
    for turn in range(1, 4):
        process = installation.start(10_000, str(turn))
        begin(process)
        assert process.stdout is not None
        for _ in range(5):
            told = max(told, int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        # What it still managed to say before it died was promised too.
        rest = process.stdout.read()
        process.wait(timeout=LONG)
        process.stdout.close()
        told = max([told, *(int(line) for line in rest.split("\n")[:-1])])
        kept = installation.numbers()
        assert kept == list(range(1, len(kept) + 1))
        assert len(kept) >= told
