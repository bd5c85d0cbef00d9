"""The due minute: many houses press “ส่งรายงาน” at once, through a served installation's pages.

Loopback only. Whoever presses is a coroutine with a session of its own; every wait has an end, and
the server lives in a group of its own that always goes.
"""

import asyncio
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.installations import ROOT, Installation

# A socket that says nothing for so long is given up, as a browser does in the end.
SOCKET_SECONDS = 30.0
START_SECONDS = 90.0
# So many of a hundred press a second time, as after a time-out, while the first is under way.
PRESS_TWICE = 10
TOKEN = (
    "c" * 32
)  # what a browser keeps against forged forms; any will do that stands in both places

# Numbers about which nothing looks wrong: nobody is asked again whether they are sure.
NUMBERS = {"approved": "120,000", "paid": "60,000.50", "people": "120", "households": "40"}

PREPARE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.directives.country import in_all_hands, invented_tree, matter
from tests.world import make_world
from thamthan.directives.models import Assignment, Obligation
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.reports.actions import load_shipped_forms, open_rounds
from thamthan.reports.models import Report
world = make_world()
load_shipped_forms(by=world.system)
tree = invented_tree(world.ministry, provinces=1, districts=2, local_governments={houses})
houses, rounds = [one for one in tree if one.level == "lao"], []
for _ in range({rounds}):
    # An order for each: whoever answers one task of an order has received the others of it.
    order = matter(world.ministry_officer, clauses=2)
    Obligation.objects.create(order=order, ask="report", position=10, text="รายงานผล")
    in_all_hands(order, houses)
    asked = Assignment.objects.filter(obligation__order=order, obligation__ask="report")
    asked.update(state="sent")
    rounds += open_rounds(order, by=world.ministry_clerk)
told = {{"questions": [list(one.questions.values_list("key", "kind")) for one in rounds]}}
told["houses"] = []
backend = "django.contrib.auth.backends.ModelBackend"
for number, house in enumerate(houses):
    person = Person(login=f"sender{{number}}", name=f"ผู้ส่ง {{number}}", sort_key=str(number))
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, organisation=house, role="clerk", title="ธุรการ",
        from_on="2020-01-01")
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), backend
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    reports = dict(Report.objects.filter(organisation=house).values_list("round", "pk"))
    told["houses"].append([store.session_key, [reports[one.pk] for one in rounds]])
print("TOLD" + json.dumps(told))
"""
# What is half done, counted over every report: what was sent, what stands in it, whose task it is.
ASK = """
import json
from collections import Counter
from thamthan.directives.models import Assignment
from thamthan.records.models import HistoryEntry
from thamthan.reports.actions.checks import sheet_of
from thamthan.reports.content import content_of, hash_of
from thamthan.reports.models import Report, SentReport
sent = dict()
times = Counter()
for one in SentReport.objects.all():
    sent[one.report_id] = one
    times[one.report_id] += 1
half = []
tasks = dict(Assignment.objects.filter(obligation__ask="report").values_list("pk", "state"))
for report in Report.objects.select_related("round"):
    version = sent.get(report.pk)
    if version is None:
        whole = (report.state, report.sent_number) == ("open", 0) and report.first_sent_at is None
        whole = whole and tasks[report.assignment_id] == "sent"
    else:
        content = content_of(sheet_of(report).answered)
        whole = (report.state, report.sent_number) == ("submitted", version.number)
        whole = whole and content == version.content and hash_of(content) == version.sha256
        whole = whole and tasks[report.assignment_id] == "answered"
    if not whole:
        half.append(report.pk)
lines = HistoryEntry.objects.filter(verb="report:sent").count()
print("TOLD" + json.dumps([sorted(sent), [pk for pk, n in times.items() if n > 1], half, lines]))
"""


@dataclass
class Sender:
    """One house's browser before the due minute: its session, its report, the form filled in."""

    session: str
    report: int
    form: dict[str, str]
    # When the press was answered with “sent”, and how long that took; what was answered instead.
    took: float | None = None
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What the database holds afterwards."""

    sent: frozenset[int]
    twice: list[int]
    half: list[int]
    lines: int


def prepared(installation: Installation, houses: int, *, rounds: int = 1) -> list[list[Sender]]:
    """An order in the hands of so many houses; of each round, who sends and what."""
    told = _told(installation.shell(PREPARE.format(houses=houses, rounds=rounds)))
    return [
        [
            Sender(session, reports[at], _filled(told["questions"][at]))
            for session, reports in told["houses"]
        ]
        for at in range(rounds)
    ]


def kept(installation: Installation) -> Kept:
    sent, twice, half, lines = _told(installation.shell(ASK))
    return Kept(frozenset(sent), twice, half, lines)


def _told(said: str) -> Any:
    return json.loads(said[said.index("TOLD") + 4 :])


def _filled(questions: Sequence[tuple[str, str]]) -> dict[str, str]:
    form = {"version": "1", "press": str(uuid4()), "deed": "send", "csrfmiddlewaretoken": TOKEN}
    for key, kind in questions:
        if kind in {"number", "money", "text"}:
            number = next((words for end, words in NUMBERS.items() if key.endswith(end)), "3")
            form |= {f"s-{key}": "given", f"v-{key}": "0", f"n-{key}": number}
            form[f"t-{key}"] = "จัดกิจกรรมแล้ว 3 ครั้ง มีผู้เข้าร่วม 120 คน\nปัญหาขาดบุคลากร"
    return form


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`thamthan serve` with its children, in a session of its own."""

    def __init__(self, installation: Installation, port: int) -> None:
        self.port = port
        self._process = subprocess.Popen(
            [sys.executable, "-m", "thamthan", "serve", "--port", str(port)],
            env={**installation.env, "THAMTHAN_DEMO": "0"},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            asyncio.run(self._answers())
        except BaseException:
            self.kill()
            raise

    async def _answers(self) -> None:
        async with asyncio.timeout(START_SECONDS):
            while True:
                with suppress(OSError, ValueError):
                    if (await asked(self.port, "/healthz/"))[0] == 200:
                        return
                if self._process.poll() is not None:
                    raise RuntimeError("the server ended before it answered")
                await asyncio.sleep(0.1)

    def kill(self) -> None:
        """Every process of it, with no word before."""
        for pid in [self._process.pid, *_below(self._process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(timeout=10)

    def stop(self) -> None:
        """In its own time, if that is short."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=20)
        self.kill()


def _below(parent: int) -> list[int]:
    """The processes that a process began, and those that these began."""
    lines = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True, timeout=10
    ).stdout.splitlines()
    begun: dict[int, list[int]] = {}
    for line in lines:
        pid, by = map(int, line.split())
        begun.setdefault(by, []).append(pid)
    found, left = [], [parent]
    while left:
        children = begun.get(left.pop(), [])
        found += children
        left += children
    return found


@contextmanager
def served(installation: Installation) -> Iterator[Server]:
    server = Server(installation, free_port())
    try:
        yield server
    finally:
        server.stop()


async def asked(
    port: int, address: str, *, session: str = "", form: dict[str, str] | None = None
) -> tuple[int, str]:
    """One request as a browser makes it: the status, and where the answer leads to."""
    body = urlencode(form or {}).encode()
    head = [f"{'GET' if form is None else 'POST'} {address} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    head += [f"Cookie: sessionid={session}; csrftoken={TOKEN}", "Connection: close"]
    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    async with asyncio.timeout(SOCKET_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join([*head, "", ""]).encode() + body)
            await writer.drain()
            answer = (await reader.read()).decode("utf-8", "replace")
        finally:
            writer.close()
    status = re.match(r"HTTP/1\.1 (\d{3})", answer)
    if status is None:
        raise ConnectionResetError("no answer")
    leads = re.search(r"(?im)^location: *(\S+)", answer.partition("\r\n\r\n")[0])
    return int(status[1]), leads[1] if leads else ""


async def _opened(senders: Sequence[Sender], port: int) -> list[float]:
    took = []
    for sender in senders:
        began = time.perf_counter()
        status, _ = await asked(port, f"/reports/{sender.report}/", session=sender.session)
        took.append(time.perf_counter() - began)
        if status != 200:
            raise RuntimeError(f"the page of the report: {status}")
    return took


def asked_pages(senders: Sequence[Sender], port: int) -> float:
    """The pages to fill in, one after another; the median of the seconds they took."""
    return statistics.median(asyncio.run(_opened(senders, port)))


async def _press(sender: Sender, port: int, *, after: float) -> None:
    """The press alone; how long it took from the finger to the answer."""
    await asyncio.sleep(after)
    began = time.perf_counter()
    try:
        answer = await asked(
            port, f"/reports/{sender.report}/", session=sender.session, form=sender.form
        )
    except (OSError, TimeoutError) as problem:
        sender.wrong.append(type(problem).__name__)
        return
    if answer == (302, "/reports/"):
        sender.took = sender.took or time.perf_counter() - began
    else:
        sender.wrong.append(str(answer))


async def _all_press(
    senders: Sequence[Sender], port: int, *, within: float, twice: int, seed: int
) -> None:
    lot = random.Random(seed)
    presses = []
    for sender in senders:
        at = lot.uniform(0, within)
        presses.append(_press(sender, port, after=at))
        if lot.randrange(100) < twice:
            presses.append(_press(sender, port, after=at + lot.uniform(0.05, 2)))
    async with asyncio.timeout(within + 4 * SOCKET_SECONDS):
        await asyncio.gather(*presses)


def all_press(
    senders: Sequence[Sender], port: int, *, within: float, twice: int = PRESS_TWICE, seed: int = 7
) -> float:
    """All of them, each at its moment whether others were answered or not; how long it lasted."""
    began = time.perf_counter()
    asyncio.run(_all_press(senders, port, within=within, twice=twice, seed=seed))
    return time.perf_counter() - began


def acknowledged(senders: Sequence[Sender]) -> set[int]:
    return {one.report for one in senders if one.took is not None}
