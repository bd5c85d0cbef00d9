"""A thousand reports are sent in the minute before they are due, and the server is killed halfway.

python -m tests.reports.load_submissions [COUNT]  – loopback only; PostgreSQL where
THAMTHAN_DATABASE_URL names one. Prints how long sending took, and whether anything that was
acknowledged is missing or stands there twice.
"""

import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests.directives.load_officers import PORT, served
from tests.installations import own_installation

# All of them press within so many seconds.
MINUTE = 60.0
PREPARE = """
import json
import io
from datetime import date
from unittest.mock import patch
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from thamthan.cli.shipped import load_shipped_lists
from thamthan.organisations.models import Person, Post
from thamthan.organisations.queries import system_post_of
from thamthan.reports.actions import open_due_rounds
from thamthan.reports.models import Report
with patch.multiple("thamthan.cli.nation", PROVINCES=2, DISTRICTS_EACH=4, LAOS_EACH={half}):
    call_command("seed", "nation", "--circular", stdout=io.StringIO())
load_shipped_lists(by=system_post_of())
open_due_rounds(by=system_post_of())
reports = Report.objects.filter(level="lao", organisation__code__startswith="X")
reports = reports.select_related("organisation", "round").order_by("pk")[:{count}]
told, asked = [], []
for number, report in enumerate(reports):
    person = Person(login=f"sender{{number}}", name=f"ผู้ส่ง {{number}}", sort_key=str(number))
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, organisation=report.organisation, role="clerk",
        title="ธุรการ", from_on=date(2020, 1, 1))
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    told.append([store.session_key, report.pk])
    asked = asked or list(report.round.questions.values_list("key", "kind"))
print("TOLD" + json.dumps([told, asked]))
"""
ASK = """
from django.db.models import Count
from thamthan.reports.models import Report, SentReport
twice = SentReport.objects.values("report").annotate(n=Count("pk")).filter(n__gt=1).count()
sent = sorted(Report.objects.filter(state="submitted").values_list("pk", flat=True))
print("TOLD" + str([sent, SentReport.objects.count(), twice]))
"""


@dataclass
class Sender:
    """One clerk, who presses once, and again where no answer came."""

    session: str
    report: int
    questions: list[list[str]]
    token: tuple[str, str] = ("", "")
    press: str = field(default_factory=lambda: str(uuid4()))
    took: list[float] = field(default_factory=list)
    is_acknowledged: bool = False
    tries: int = 0

    def work(self, start: float) -> None:
        chance = random.Random(self.report)
        time.sleep(max(0.0, start + chance.uniform(0, MINUTE) - time.monotonic()))
        while not self.is_acknowledged and self.tries < 20:
            self.tries += 1
            began = time.perf_counter()
            try:
                self.is_acknowledged = self.pressed()
            except OSError:
                time.sleep(chance.uniform(1, 3))
                continue
            self.took.append(time.perf_counter() - began)
            if not self.is_acknowledged:
                time.sleep(chance.uniform(1, 3))

    def pressed(self) -> bool:
        cookie, token = self.token
        form = {"csrfmiddlewaretoken": token, "deed": "send", "press": self.press, "version": "1"}
        for key, kind in self.questions:
            form |= {f"s-{key}": "given", f"v-{key}": "0"}
            form[f"t-{key}" if kind == "text" else f"n-{key}"] = (
                "ทำแล้ว เห็นผล" if kind == "text" else str(self.report)
            )
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        head = {
            "Cookie": f"sessionid={self.session}; csrftoken={cookie}",
            "Host": f"127.0.0.1:{PORT}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            link.request("POST", f"/reports/{self.report}/", urlencode(form), head)
            answer = link.getresponse()
            answer.read()
            return answer.status == 302
        except http.client.HTTPException as broken:
            raise OSError("the line broke") from broken
        finally:
            link.close()


def token_of(sender: Sender) -> tuple[str, str]:
    link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    head = {"Cookie": f"sessionid={sender.session}", "Host": f"127.0.0.1:{PORT}"}
    link.request("GET", f"/reports/{sender.report}/", headers=head)
    answer = link.getresponse()
    page = answer.read().decode("utf-8", "replace")
    cookie = re.search(r"csrftoken=([A-Za-z0-9]+)", answer.getheader("Set-Cookie") or "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if cookie is None or token is None:
        raise SystemExit(f"the page of a report is answered {answer.status}")
    return cookie[1], token[1]


def all_sent(senders: list[Sender]) -> tuple[list[threading.Thread], float]:
    start = time.monotonic() + 1
    threads = [threading.Thread(target=one.work, args=(start,)) for one in senders]
    for thread in threads:
        thread.start()
    return threads, start


def main(count: int, *, kills: bool) -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        own_installation(Path(folder)) as installation,
    ):
        said = installation.shell(PREPARE.format(count=count, half=(count + 7) // 8))
        told, asked = json.loads(said[said.index("TOLD") + 4 :])
        senders = [Sender(*line, asked) for line in told]
        process = served(installation)
        try:
            token = token_of(senders[0])
            for one in senders:
                one.token = token
            threads, start = all_sent(senders)
            if kills:
                time.sleep(max(0.0, start + MINUTE / 2 - time.monotonic()))
                subprocess.run(["pkill", "-9", "-P", str(process.pid)], check=False)
                process.kill()
                process.wait()
                process = served(installation)
            for thread in threads:
                thread.join()
        finally:
            process.terminate()
            process.wait(timeout=30)
        said = installation.shell(ASK)
        sent, versions, twice = json.loads(said[said.index("TOLD") + 4 :])
    took = sorted(one for sender in senders for one in sender.took)
    lost = {one.report for one in senders if one.is_acknowledged} - set(sent)
    p95 = took[int(len(took) * 0.95)]
    print(
        f"{len(senders):,} reports{' with a kill' if kills else ''}: median "
        f"{statistics.median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest "
        f"{took[-1] * 1000:.0f} ms; acknowledged {sum(one.is_acknowledged for one in senders)}, "
        f"kept {versions}, twice {twice}, lost {len(lost)}"
    )
    return 1 if lost or twice or versions != len(senders) else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    wanted = int(next((one for one in given if one.isdigit()), 1000))
    sys.exit(main(wanted, kills="--kill" in given))
