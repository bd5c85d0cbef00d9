"""The due minute with the server, or its database, killed in the middle: what was said was kept."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installations import Installation, own_installation
from tests.own_postgresql import own_postgresql
from tests.reports.due_minute import (
    Sender,
    acknowledged,
    all_press,
    kept,
    prepared,
    served,
)

# The database of the processes is made here, on the server that the run is on.
pytestmark = pytest.mark.database

# THAMTHAN_TEST_SENDERS=1000 for a long look; `bench_due_minute` is that, with how long it took.
SENDERS = int(os.environ.get("THAMTHAN_TEST_SENDERS", "60"))
WITHIN = SENDERS / 6


def check_whole(installation: Installation, senders: list[Sender]) -> set[int]:
    """What was acknowledged is there, once and whole; gives what is there."""
    found = kept(installation)
    assert acknowledged(senders) <= found.sent
    assert (found.twice, found.half) == ([], [])
    # And one line of history for each sending.
    assert found.lines == len(found.sent)
    return set(found.sent)


def check_killed(
    installation: Installation, senders: list[Sender], kill: Callable[[], None] | None = None
) -> None:
    with served(installation) as server:
        ends = threading.Timer(WITHIN / 2, kill or server.kill)
        ends.start()
        all_press(senders, server.port, within=WITHIN, twice=30)
        ends.join()
    said = acknowledged(senders)
    assert len(said) > 0, [one.wrong for one in senders]
    # The moment lay in the middle: some got no answer, or the test has tried nothing.
    assert any(one.wrong for one in senders)
    check_whole(installation, senders)
    # Whoever got no answer presses again when the server is back, and nobody else.
    left = [one for one in senders if one.took is None]
    with served(installation) as server:
        all_press(left, server.port, within=WITHIN / 2, twice=30)
    assert check_whole(installation, senders) == {one.report for one in senders}


def test_no_acknowledged_report_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    with own_installation(tmp_path) as installation:
        (senders,) = prepared(installation, SENDERS)
        check_killed(installation, senders)


@pytest.mark.skipif(
    not os.environ.get("THAMTHAN_DATABASE_URL", "").startswith("postgres"),
    reason="SQLite has no server of its own to kill",
)
def test_no_acknowledged_report_is_lost_when_postgresql_is_killed(tmp_path: Path) -> None:
    with own_postgresql() as database:
        if database is None:
            pytest.skip("PostgreSQL is not installed here: the one in use is not ours to kill")
        installation = Installation(tmp_path, database.url)
        (senders,) = prepared(installation, SENDERS)

        def fail() -> None:
            database.kill()
            time.sleep(1)
            database.start()

        check_killed(installation, senders, fail)
