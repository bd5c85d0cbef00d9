"""Keeps the processes of one installation running: the web, the worker, and a tick each minute."""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from thamthan.errors import Refused

log = logging.getLogger(__name__)

TICK_SECONDS = 60.0
LOOK_SECONDS = 0.25
STOP_SECONDS = 15.0
# A child that dies at once is started again ever more slowly, and quickly again once it has held.
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
HELD_SECONDS = 60.0


@dataclass(slots=True)
class Child:
    """One process that is kept running: its name, its command, and when it may start again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait: float = FIRST_WAIT
    next_start_at: float = field(default=0.0)

    def look(self, now: float) -> None:
        """Starts the child if it is not running, soon after its first death, later after more."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            log.warning("%s ended with code %s and is started again", self.name, code)
            self._clear_away()
            held = now - self.started_at >= HELD_SECONDS
            self.wait = FIRST_WAIT if held else min(self.wait * 2, LONGEST_WAIT)
            self.next_start_at = now + self.wait
        if now >= self.next_start_at:
            self._start(now)

    def _start(self, now: float) -> None:
        # Own group: Ctrl-C in a terminal reaches the parent alone, and the parent stops them all.
        group = (
            {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
            if os.name == "nt"
            else {"process_group": 0}
        )
        self.process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", "thamthan.cli.leash", *self.command],
            stdin=subprocess.PIPE,
            env=os.environ | {"PYTHONUTF8": "1"},
            **group,
        )
        self.started_at = now

    def ask_to_stop(self) -> None:
        """Lets go of the leash; the child stops by itself."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def _clear_away(self) -> None:
        """Ends what a dead child left: a worker of the web that still holds the port."""
        self.ask_to_stop()
        if self.process is not None and os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None

    def end(self, deadline: float) -> None:
        """Waits for the child to stop by itself until the deadline, then ends it."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._clear_away()


def keep(children: Sequence[Child], *, tick: Callable[[], None]) -> None:
    """เดินระบบ: keep the children running and tick each minute, until told to stop."""
    stopping = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.set()

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    next_tick_at = time.monotonic() + TICK_SECONDS
    try:
        while not stopping.is_set():
            now = time.monotonic()
            for child in children:
                child.look(now)
            if now >= next_tick_at:
                next_tick_at = now + TICK_SECONDS
                tick()
            stopping.wait(LOOK_SECONDS)
    finally:
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.end(deadline)


def check_port(host: str, port: int) -> None:
    """Refuses when another program has the port already. Does not hold it for us."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        raise Refused(
            f"เปิดที่ {host} พอร์ต {port} ไม่ได้ อาจมีโปรแกรมอื่นใช้พอร์ตนี้อยู่"
            f" ลองพอร์ตอื่น: serve --port {port + 1}\n"
            f"Cannot listen on {host} port {port} ({problem.strerror or problem}); another program"
            f" may be using it. Try another: serve --port {port + 1}",
            code="port_in_use",
        ) from None


def wait_for_answer(host: str, port: int, *, seconds: float) -> bool:
    """Whether something answers on the port before the time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.05)
    return False
