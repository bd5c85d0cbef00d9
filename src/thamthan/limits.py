"""How long and how large a process apart may work; where the system has no limits, the parent's."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from types import FrameType

if sys.platform != "win32":
    import resource


class TookTooLong(BaseException):
    """ใช้เวลานานเกินไป: raised in the middle of the work; no `except Exception` may swallow it."""


def limit_memory(most_bytes: int) -> None:
    """จำกัดหน่วยความจำ: and no file may be written, nor the memory be kept of a fall."""
    _limit("RLIMIT_AS", most_bytes)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)


def limit_seconds(most: int) -> None:
    """จำกัดเวลา: the process ends when it has computed so many seconds, whatever it then does.

    By SIGXCPU, which says why; the second more is for a process that will not hear it.
    """
    _limit("RLIMIT_CPU", most + 1)
    allow_seconds(most)


def allow_seconds(more: float) -> None:
    """ให้เวลาเพิ่ม: from now on so many seconds of computing, within the limit of the whole."""
    if sys.platform == "win32":
        return
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = int(process_time() + more) + 1
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard - 1)
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
    except (ValueError, OSError):
        return


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """ภายในเวลา: `TookTooLong` is raised where the work inside computes longer.

    Seconds of computing, not of the clock: a busy machine makes no file worse. A library in C is
    interrupted only where it comes back; what never comes back `allow_seconds` ends.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _limit(name: str, most: int) -> None:
    if sys.platform == "win32":
        # There the time that the parent gives must do.
        return
    try:
        number = getattr(resource, name)
        _, hard = resource.getrlimit(number)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(number, (most, most))
    except (AttributeError, ValueError, OSError):
        # macOS knows some of them by name only.
        return
