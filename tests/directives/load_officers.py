"""Two hundred officers acknowledge and answer at once, through the pages of a served installation.

python -m tests.directives.load_officers [COUNT]  – loopback only; PostgreSQL where
THAMTHAN_DATABASE_URL names one. Prints how long the pages took, and what was lost.
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

from tests.installations import ROOT, Installation, own_installation

PORT = 18569
# People read and type before they press: so many seconds each time, anew each time.
THINKING = (2.0, 18.0)
PREPARE = """
import json
from datetime import date
from unittest.mock import patch
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.directives.models import Handing
import io
with patch.multiple("thamthan.cli.nation", PROVINCES=2, DISTRICTS_EACH=4, LAOS_EACH={half}):
    call_command("seed", "nation", "--circular", stdout=io.StringIO())
told = []
houses = Organisation.objects.filter(level="lao", code__startswith="X").order_by("code")[:{count}]
for number, house in enumerate(houses):
    person = Person(login=f"officer{{number}}", name=f"เจ้าหน้าที่ {{number}}", sort_key=str(number))
    person.set_unusable_password()
    person.save()
    Post.objects.create(person=person, organisation=house, role="clerk", title="ธุรการ",
        from_on=date(2020, 1, 1))
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    handing = Handing.objects.get(organisation=house)
    tasks = list(handing.assignments.order_by("pk").values_list("pk", flat=True))
    told.append([store.session_key, handing.pk, tasks])
print("TOLD" + json.dumps(told))
"""
ASK = """
from thamthan.directives.models import Assignment, Handing, Remark
mine = Handing.objects.filter(organisation__code__startswith="X")
print(mine.filter(acknowledged_at__isnull=False).count(),
    Assignment.objects.filter(state="answered").count(),
    Remark.objects.filter(kind="acknowledged").count(),
    Remark.objects.filter(kind="answer").values("assignment").distinct().count())
"""


@dataclass
class Officer:
    """One officer's browser: its session, its pages, and how long each took."""

    session: str
    handing: int
    tasks: list[int]
    took: list[tuple[str, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # The cookie that the first page brought; a form's own token is another each time.
    csrf: str = ""

    def work(self, start: threading.Barrier) -> None:
        chance = random.Random(self.handing)
        start.wait()
        page = f"/handings/{self.handing}/"
        time.sleep(chance.uniform(*THINKING))
        shown = self.ask("GET", page)
        for deed in ({"deed": "acknowledge"}, {"deed": "answer", "task": self.tasks, "text": TEXT}):
            time.sleep(chance.uniform(*THINKING))
            hidden = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', shown))
            form = {**{key: hidden.get(key, "") for key in ("csrfmiddlewaretoken", "seen_at")}}
            self.ask("POST", f"{page}deed/", {**form, **deed})
            time.sleep(chance.uniform(*THINKING))
            shown = self.ask("GET", page)

    def ask(self, method: str, address: str, form: dict[str, object] | None = None) -> str:
        head = {"Cookie": f"sessionid={self.session}", "Host": f"127.0.0.1:{PORT}"}
        body = None
        if form is not None:
            head["Cookie"] += f"; csrftoken={self.csrf}"
            head["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form, doseq=True)
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        began = time.perf_counter()
        link.request(method, address, body, head)
        answer = link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self.took.append((method, time.perf_counter() - began))
        cookie = answer.getheader("Set-Cookie") or ""
        found = re.search(r"csrftoken=([A-Za-z0-9]+)", cookie)
        if found:
            self.csrf = found[1]
        link.close()
        if answer.status not in {200, 302}:
            self.wrong.append(f"{method} {address}: {answer.status}")
        return text


TEXT = "ดำเนินการแล้ว จัดกิจกรรมในพื้นที่ครบทุกหมู่บ้าน มีผู้เข้าร่วม 120 คน"


def served(installation: Installation) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "thamthan", "serve", "--port", str(PORT), "--threads", "8"],
        env={**installation.env, "THAMTHAN_DEMO": "0"},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    for _ in range(600):
        try:
            link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=1)
            link.request("GET", "/healthz/")
            if link.getresponse().status == 200:
                return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def main(count: int) -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        own_installation(Path(folder)) as installation,
    ):
        said = installation.shell(PREPARE.format(count=count, half=(count + 1) // 2))
        told = json.loads(said[said.index("TOLD") + 4 :])
        officers = [Officer(*line) for line in told]
        process = served(installation)
        try:
            start = threading.Barrier(len(officers))
            threads = [threading.Thread(target=one.work, args=(start,)) for one in officers]
            began = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            lasted = time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(timeout=30)
        acknowledged, answered, words, answers = map(int, installation.shell(ASK).split())
    took = sorted(seconds for one in officers for _, seconds in one.took)
    wrong = [line for one in officers for line in one.wrong]
    wanted = sum(len(one.tasks) for one in officers)
    print(
        f"{len(officers)} officers, {len(took)} pages in {lasted:.0f} s: median"
        f" {statistics.median(took) * 1000:.0f} ms,"
        f" p95 {took[len(took) * 95 // 100] * 1000:.0f} ms, slowest {took[-1] * 1000:.0f} ms;"
        f" refused {len(wrong)} {wrong[:3]};"
        f" acknowledged {acknowledged}/{len(officers)} ({words} said), answered {answered}/{wanted}"
        f" ({answers} said)"
    )
    return 0 if (acknowledged, answered) == (len(officers), wanted) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
