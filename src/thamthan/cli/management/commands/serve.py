"""`thamthan serve`: the web, the worker and the minute's tick of one installation."""

import logging
import os
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import close_old_connections, connection

from thamthan.cli.demo import CLERK, DEMO_PASSWORD, demo_posts
from thamthan.cli.keeping import Child, check_port, keep, wait_for_answer
from thamthan.cli.parts import optional_parts
from thamthan.cli.preparing import prepare
from thamthan.cli.speaking import SpeakingCommand
from thamthan.errors import Refused
from thamthan.organisations.queries import people_seen_by, system_post_of

log = logging.getLogger(__name__)
START_SECONDS = 60.0
MOST_WORKERS = 8


class Command(SpeakingCommand):
    """เปิดระบบ: อยู่จนสั่งหยุดด้วย Ctrl-C."""

    help = "Starts the web and the worker, ticks each minute, and stops all at Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--threads", type=int, default=4, help="pages answered at once")
        parser.add_argument(
            "--workers",
            type=int,
            default=_workers(),
            help="processes of the web; one a core where PostgreSQL keeps the records",
        )

    def handle(
        self, *args: Any, host: str, port: int, threads: int, workers: int, **options: Any
    ) -> None:
        if not 1 <= port <= 65535:
            raise Refused(f"ไม่มีพอร์ต {port} (1–65535) / There is no port {port}", code="bad_port")
        check_port(host, port)
        prepare(self.stdout)
        told = (host, port, _demo_lines() if settings.DEMO else [])
        # The supervisor holds no connection that a restart of the database would leave dead.
        connection.close()
        web = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        web += ["--workers", str(max(workers, 1)), "--blocking-threads", str(threads), "--no-ws"]
        web += ["--log-level", "warning", "thamthan.wsgi:application"]
        worker = [
            "thamthan",
            "db_worker",
            "--no-startup-delay",
            "--verbosity",
            "0",
            "--skip-checks",
        ]
        children = [Child(name="web", command=web), Child(name="worker", command=worker)]
        threading.Thread(target=self._tell_when_up, args=told, daemon=True).start()
        keep(children, tick=self._tick)
        self.stdout.write("หยุดแล้ว / Stopped.")

    def _tell_when_up(self, host: str, port: int, demo_lines: list[str]) -> None:
        reached = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared only
        if not wait_for_answer(reached, port, seconds=START_SECONDS):
            self.stderr.write("หน้าเว็บยังไม่ตอบ ดูข้อความด้านบน / The web does not answer; see above.")
            return
        shown = f"[{reached}]" if ":" in reached else reached
        lines = [
            "",
            f"ทำทัน เปิดอยู่ที่ / Thamthan is serving at  http://{shown}:{port}/",
            *demo_lines,
            *(
                f"  {part.words}" + (f" → {part.how}" if part.how else "")
                for part in optional_parts()
            ),
            "หยุดด้วย Ctrl-C / Stop with Ctrl-C",
        ]
        self.stdout.write("\n".join(lines))
        sys.stdout.flush()

    def _tick(self) -> None:
        close_old_connections()
        try:
            call_command("tick", stdout=self.stdout, stderr=self.stderr)
        except (CommandError, SystemExit, Exception):
            # One failed minute is no reason to stop serving; the next one tries again.
            log.exception("tick failed")
        finally:
            close_old_connections()


def _workers() -> int:
    # On SQLite one writes at a time, and one process is lighter on an office's PC.
    return 1 if connection.vendor == "sqlite" else min(os.cpu_count() or 1, MOST_WORKERS)


def _demo_lines() -> list[str]:
    """The log-ins of the demo, if it is in this database."""
    if not people_seen_by(system_post_of()).filter(login=CLERK).exists():
        return []
    posts = demo_posts()
    house = next(post.organisation for post in posts if post.login == CLERK)
    mine = {post.login: post.title for post in reversed(posts) if post.organisation == house}
    others = sorted({post.login for post in posts} - set(mine))
    return [
        f"  บัญชีสาธิต รหัสผ่านทุกคน / demo log-ins, password of all: {DEMO_PASSWORD}",
        *(f"    {login:<18} {title}" for login, title in reversed(mine.items())),
        f"    {', '.join(others)}",
    ]
