"""Files that could hurt are parsed in a process apart, with limits of time and memory."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from thamthan.reading.jsonform import Malformed
from thamthan.reading.model import Paper, paper_from_json
from thamthan.reading.parsed import ANSWERED, ASKED, ParsedFile, ParsedPage, Parser, Unparsed

log = logging.getLogger(__name__)

# Seconds of the clock. Where the child's own seconds of computing are limited, and far sooner,
# these are only for one that waits for ever: a busy machine is no fault of the file's.
MOST_SECONDS = 30.0 if sys.platform == "win32" else 180.0
MOST_SECONDS_FOR_PICTURES = 240.0 if sys.platform == "win32" else 900.0
# Above what any installation lets in; the children of several workers share one memory.
MOST_BYTES = 200 * 1024 * 1024

# One page is read on one core; several letters are read side by side.
_ONE_CORE = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# All that a bare Python needs; passwords in the environment are no business of a parser's.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

_STOPPED = "ทำให้โปรแกรมอ่านไฟล์หยุดกลางคัน ไฟล์อาจชำรุด กรุณาขอไฟล์ใหม่"
_TOO_LONG = "ใช้เวลาเปิดอ่านนานเกินไป จึงหยุดอ่าน"


def parse_apart(content: bytes, *, parser: Parser, most_seconds: float | None = None) -> ParsedFile:
    """แยกไฟล์ในกระบวนการต่างหาก: what a child process made of the bytes.

    The child counts the seconds that it computes; `most_seconds` are those of the clock. Raises
    `Unparsed`, also where the child ran out of time or memory or fell over before it had told of
    any page: whatever the file does, the caller goes on.
    """
    if most_seconds is None:
        reads_pictures = parser in ("scan", "picture")
        most_seconds = MOST_SECONDS_FOR_PICTURES if reads_pictures else MOST_SECONDS
    if len(content) > MOST_BYTES:
        raise Unparsed("ใหญ่เกินกว่าจะเปิดอ่านได้ กรุณาแบ่งไฟล์")
    kept: dict[Parser, _Kept] | None = getattr(_keeping, "kept", None)
    if kept is None:
        told, ended = _asked_once(parser, content, most_seconds)
    else:
        told, ended = kept.setdefault(parser, _Kept(parser)).asked(content, most_seconds)
    return _parsed(told, ended, parser)


@contextmanager
def parsers_kept() -> Iterator[None]:
    """ใช้กระบวนการเดิมต่อ: inside, this thread's parsers load their libraries once for many files.

    Every file still has a process of its own, a copy of the loaded one, with its own limits.
    """
    if not hasattr(os, "fork"):
        yield
        return
    kept: dict[Parser, _Kept] = {}
    _keeping.kept = kept
    try:
        yield
    finally:
        del _keeping.kept
        for one in kept.values():
            one.end()


# Of each thread its own: two never speak to one process.
_keeping = threading.local()


def _started(*arguments: str, **more: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 – our own interpreter, our own module, no shell
        [sys.executable, "-m", "thamthan.reading.child", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # The module is found from here, installed or not.
        cwd=Path(__file__).parents[2],
        env=_ONE_CORE | {name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        # A kept process has copies; all of them are ended together, and Ctrl-C is not theirs.
        start_new_session=more.get("kept", False),
    )


def _asked_once(parser: Parser, content: bytes, most_seconds: float) -> tuple[bytes, str]:
    """What a new process told, and how it ended: empty where it ended well."""
    process = _started(parser)
    try:
        told, complaint = process.communicate(content, timeout=most_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
        return told, _TOO_LONG
    if process.returncode == 0:
        return told, ""
    last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
    log.warning("the %s parser ended with %s: %s", parser, process.returncode, last[:300])
    return told, _why(process.returncode)


def _why(code: int) -> str:
    """How a process ended, as the end of a Thai sentence; empty where it ended well."""
    if not code:
        return ""
    return _TOO_LONG if code == -getattr(signal, "SIGXCPU", 0) else _STOPPED


class _Kept:
    """A process that has loaded a parser and copies itself for every file."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._process: subprocess.Popen[bytes] | None = None

    def asked(self, content: bytes, most_seconds: float) -> tuple[bytes, str]:
        """What the copy for this file told, and how it ended: empty where it ended well."""
        process = self._process = self._process or self._begun()
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill_all(process)

        watch = threading.Timer(most_seconds, stop)
        watch.start()
        try:
            code, told = _exchanged(process, content)
        except (OSError, EOFError):
            self.end()
            if not late.is_set():
                log.warning("the kept %s parser fell over", self._parser)
            return b"", _TOO_LONG if late.is_set() else _STOPPED
        finally:
            watch.cancel()
            watch.join()
        if code:
            log.warning("the %s parser ended with %s", self._parser, code)
        return told, _why(code)

    def _begun(self) -> subprocess.Popen[bytes]:
        process = _started(self._parser, "--kept", kept=True)
        # Nobody reads what libraries complain of; a full pipe would hold them up.
        self._drained = threading.Thread(target=_drain, args=(process.stderr,), daemon=True)
        self._drained.start()
        return process

    def end(self) -> None:
        """Ends the process and its copy, whatever they do; the next file gets a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill_all(process)
        process.wait()
        self._drained.join()
        for pipe in filter(None, (process.stdin, process.stdout)):
            with suppress(OSError):
                pipe.close()


def _drain(complaints: IO[bytes] | None) -> None:
    if complaints is not None:
        with complaints:
            while complaints.read(1 << 16):
                pass


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _exchanged(process: subprocess.Popen[bytes], content: bytes) -> tuple[int, bytes]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(ASKED.pack(len(content)))
    process.stdin.write(content)
    process.stdin.flush()
    head = process.stdout.read(ANSWERED.size)
    if len(head) < ANSWERED.size:
        raise EOFError
    code, length = ANSWERED.unpack(head)
    told = process.stdout.read(length)
    if len(told) < length:
        raise EOFError
    return code, told


def _parsed(told: bytes, ended: str, parser: Parser) -> ParsedFile:
    """What stands in whole lines; of a child that ended badly, the pages that it had told of."""
    pages: list[ParsedPage] = []
    notes: list[str] = []
    waits = heard = False
    try:
        for line in told.split(b"\n")[:-1] if ended else told.splitlines():
            part = json.loads(line)
            if "why" in part:
                raise Unparsed(str(part["why"]), waits=part["waits"] is True)
            if not isinstance(part["pages"], list) or not isinstance(part["notes"], list):
                raise TypeError
            pages += map(_page, part["pages"])
            notes = list(map(str, part["notes"]))
            waits, heard = part.get("waits") is True, True
    except (ValueError, KeyError, TypeError, Malformed) as fault:
        log.warning("the %s parser told nonsense: %s", parser, fault)
        raise Unparsed(_STOPPED) from fault
    if not heard or (ended and not any(page.text for page in pages)):
        raise Unparsed(ended or _STOPPED)
    return ParsedFile(tuple(pages), tuple(notes), waits)


def _page(told: dict[str, object]) -> ParsedPage:
    places = told["places"]
    if not isinstance(places, list):
        raise TypeError
    paper = paper_from_json(told["paper"]) if "paper" in told else Paper()
    return ParsedPage(
        str(told["text"]),
        tuple(
            (int(start), int(end), left / 10, top / 10, right / 10, bottom / 10)
            for start, end, left, top, right, bottom in places
        ),
        _certainty(told.get("certainty")),
        _doubted(told.get("doubted")),
        size=paper.sizes[0] if paper.sizes else None,
        marks=paper.marks,
    )


def _doubted(told: object) -> tuple[str, ...]:
    return tuple(map(str, told)) if isinstance(told, list) else ()


def _certainty(told: object) -> tuple[float, ...]:
    if told is None:
        return ()
    if not isinstance(told, list):
        raise TypeError
    return tuple(int(sure) / 100 for sure in told)
