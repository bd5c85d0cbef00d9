"""A thousand houses send their report in the due minute, and the server is killed in the middle.

python -m tests.reports.bench_due_minute [HOUSES] [PART …]  – loopback only, on a PostgreSQL of its
own that writes every commit to the disk; `sqlite` among the parts: on SQLite instead. Parts:
`minute` all within one minute, `burst` all within eight seconds, `killed` the server is killed in
the middle of a minute, `database` PostgreSQL is. Without one, all of them.
"""

import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.installations import Installation
from tests.own_postgresql import OwnPostgresql, own_postgresql
from tests.reports.due_minute import (
    Sender,
    acknowledged,
    all_press,
    asked_pages,
    kept,
    prepared,
    served,
)

HOUSES, MINUTE, BURST = 1000, 60.0, 8.0
MOST_SECONDS = 1.0
PARTS = ("minute", "burst", "killed", "database")


@contextmanager
def installed(*, on_sqlite: bool) -> Iterator[tuple[Installation, OwnPostgresql | None]]:
    with tempfile.TemporaryDirectory() as folder:
        if on_sqlite:
            yield Installation(Path(folder), f"sqlite:///{folder}/own.sqlite3"), None
            return
        with own_postgresql() as server:
            if server is None:
                print("PostgreSQL is not installed: on SQLite")
                yield Installation(Path(folder), f"sqlite:///{folder}/own.sqlite3"), None
            else:
                yield Installation(Path(folder), server.url), server


def told(name: str, senders: Sequence[Sender], lasted: float, wrong: list[str]) -> float:
    """Prints how long the presses took; the 95th of a hundred, in seconds."""
    took = sorted(one.took for one in senders if one.took is not None)
    p95 = took[len(took) * 95 // 100]
    print(
        f"{name:10} {len(took)} of {len(senders)} answered in {lasted:.0f} s: median"
        f" {statistics.median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest"
        f" {took[-1] * 1000:.0f} ms; not answered or refused {len(wrong)} {sorted(set(wrong))[:3]}"
    )
    return p95


def is_whole(installation: Installation, senders: Sequence[Sender], *, all_sent: bool) -> bool:
    """None lost of what was acknowledged, none twice, none half."""
    found, mine = kept(installation), {one.report for one in senders}
    lost = acknowledged(senders) - found.sent
    missing = mine - found.sent
    print(
        f"{'':10} sent {len(mine & found.sent)}, lost {len(lost)}, twice {len(found.twice)},"
        f" half {len(found.half)}"
    )
    is_right = not (lost or found.twice or found.half) and found.lines == len(found.sent)
    return is_right and not (all_sent and missing)


def at_ease(installation: Installation, name: str, senders: list[Sender], within: float) -> bool:
    with served(installation) as server:
        opened = asked_pages(senders[:: max(1, len(senders) // 100)], server.port)
        print(f"{name:10} the page to fill in, opened before: median {opened * 1000:.0f} ms")
        lasted = all_press(senders, server.port, within=within)
    wrong = [line for one in senders for line in one.wrong]
    p95 = told(name, senders, lasted, wrong)
    is_quick = p95 < MOST_SECONDS or within < MINUTE
    return is_whole(installation, senders, all_sent=True) and not wrong and is_quick


def killed(
    installation: Installation, name: str, senders: list[Sender], kill: Callable[[], None] | None
) -> bool:
    """In the middle of the minute; then it stands up, and whoever got no answer presses again."""
    with served(installation) as server:
        ends = threading.Timer(MINUTE / 2, kill or server.kill)
        ends.start()
        lasted = all_press(senders, server.port, within=MINUTE)
        ends.join()
    told(name, senders, lasted, [line for one in senders for line in one.wrong])
    is_right = is_whole(installation, senders, all_sent=False)
    left = [one for one in senders if one.took is None]
    with served(installation) as server:
        all_press(left, server.port, within=MINUTE / 4)
    print(f"{name:10} started again: {len(left)} pressed again, {len(acknowledged(left))} sent")
    return is_right and is_whole(installation, senders, all_sent=True)


def main(houses: int, parts: Sequence[str]) -> int:
    wanted = [one for one in PARTS if one in parts] or list(PARTS)
    with installed(on_sqlite="sqlite" in parts) as (installation, database):
        began = time.perf_counter()
        rounds = dict(zip(wanted, prepared(installation, houses, rounds=len(wanted)), strict=True))
        print(f"{houses} houses, prepared in {time.perf_counter() - began:.0f} s")
        is_right = True
        for name, senders in rounds.items():
            if name == "minute":
                is_right &= at_ease(installation, name, senders, MINUTE)
            elif name == "burst":
                is_right &= at_ease(installation, name, senders, BURST)
            elif name == "killed":
                is_right &= killed(installation, name, senders, None)
            elif database is not None:
                is_right &= killed(installation, name, senders, _fail_and_stand_up(database))
    return 0 if is_right else 1


def _fail_and_stand_up(database: OwnPostgresql) -> Callable[[], None]:
    def fail() -> None:
        database.kill()
        time.sleep(3)
        database.start()

    return fail


if __name__ == "__main__":
    # Whoever is told to stop still takes the server and the database along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    words = sys.argv[1:]
    numbers = [int(word) for word in words if word.isdigit()]
    sys.exit(main(numbers[0] if numbers else HOUSES, words))
