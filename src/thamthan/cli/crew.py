"""Processes that read letters side by side; one that falls over is replaced, its letter refused."""

import errno
import multiprocessing
import signal
import time
import traceback
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Literal

from thamthan.cli.results import Letter, Results
from thamthan.errors import Refused
from thamthan.reading import Document, Known, read
from thamthan.reading.apart import parsers_kept
from thamthan.reading.model import LetterReading, is_flagged, to_json
from thamthan.thai.calendars import thai_calendar

# A parser has its own limits, far below; this is for a reader that does not come back at all.
MOST_SECONDS = 1_800.0
_TICK = 1.0
_FELL = "ทำให้โปรแกรมอ่านหนังสือหยุดกลางคัน เริ่มอ่านไฟล์ถัดไปแล้ว สั่งซ้ำเพื่อลองไฟล์นี้อีกครั้ง"


@dataclass(frozen=True, slots=True)
class Order:
    """คำสั่งอ่าน: how every letter of the folder is read, and where its result goes."""

    out: Path
    reader: str
    known: Known
    years: tuple[int, int]
    arrived: datetime | None
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """ผลของไฟล์หนึ่ง: `new` says that it was read now and did not stand there already.

    `stopped` is a letter whose result could not be written; `message` says why.
    """

    place: str
    state: Literal["read", "refused", "stopped"]
    new: bool = True
    flagged: bool = False
    pages: int = 0
    message: str = ""


def read_letters(
    letters: Iterator[Letter], order: Order, *, jobs: int
) -> Generator[Outcome | None, None, None]:
    """อ่านพร้อมกันหลายฉบับ: each outcome as it comes, None where a second passed without one.

    Takes a letter only when somebody is free to read it. Closing the iterator ends every process.
    """
    crew = [_Worker(order) for _ in range(jobs)]
    is_over = False
    try:
        while True:
            for worker in crew:
                if worker.letter is None and not is_over:
                    letter = next(letters, None)
                    is_over = letter is None
                    if letter is not None:
                        worker.give(letter)
            busy = [worker for worker in crew if worker.letter is not None]
            if not busy:
                return
            ready = wait([worker.line for worker in busy], timeout=_TICK)
            if not ready:
                yield None
            for worker in busy:
                if worker.line in ready or worker.is_late():
                    yield worker.outcome()
    finally:
        for worker in crew:
            worker.end()
        # Whoever was killed in the middle of writing, now or before, left its part behind.
        Results(order.out, reader=order.reader).sweep()


class _Worker:
    """A process that reads one letter at a time, and the line to it."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._results = Results(order.out, reader=order.reader)
        self.letter: Letter | None = None
        self._since = 0.0
        self._start()

    def _start(self) -> None:
        # Not a copy of this process: that would hold its database and its other lines open.
        context = multiprocessing.get_context("spawn")
        self.line, far = context.Pipe()
        self._process = context.Process(target=_work, args=(far, self._order), daemon=True)
        # Ctrl-C is for whoever gave the order, also while a worker is still loading; that one
        # ends it. What is ignored here it goes on ignoring.
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._process.start()
        finally:
            signal.signal(signal.SIGINT, heard)
        far.close()

    def give(self, letter: Letter) -> None:
        """Hands over the next letter."""
        self.letter, self._since = letter, time.monotonic()
        try:
            self.line.send(letter)
        except OSError:
            # It fell over while it had nothing to do; the next one may fare better.
            self.end()
            self._start()
            self.line.send(letter)

    def is_late(self) -> bool:
        """Whether it has been at its letter for longer than any letter takes."""
        return time.monotonic() - self._since > MOST_SECONDS

    def outcome(self) -> Outcome:
        """What became of the letter; where the process is no more, a refusal in its place."""
        letter = self.letter
        if letter is None:
            raise ValueError
        try:
            if not self.line.poll():
                raise EOFError
            outcome: Outcome = self.line.recv()
        except (EOFError, OSError):
            self.end()
            self._start()
            outcome = _refused(self._results, letter, _FELL, code="fell_over", again=True)
        self.letter = None
        return outcome

    def end(self) -> None:
        """Ends the process at once; what it had not finished is not there."""
        self._process.kill()
        self._process.join()
        self.line.close()


def _work(line: Connection, order: Order) -> None:
    """The life of a worker: until nobody is at the other end."""
    results = Results(order.out, reader=order.reader)
    with parsers_kept():
        while True:
            try:
                line.send(_outcome(line.recv(), order, results))
            except (EOFError, OSError):
                return


def _outcome(letter: Letter, order: Order, results: Results) -> Outcome:
    try:
        with letter.path.open("rb") as file:
            content = file.read(order.most_bytes + 1)
    except OSError as problem:
        why = f"เปิดไฟล์ไม่ได้: {problem.strerror}"
        return _refused(results, letter, why, code="no_file", again=True)
    source = sha256(content).hexdigest()
    standing = results.standing(letter, source)
    if standing:
        return Outcome(letter.place, standing.state, False, standing.flagged, standing.pages)
    if len(content) > order.most_bytes:
        why = f"ไฟล์ใหญ่เกิน {order.most_bytes // 1024 // 1024} MB"
        return _refused(results, letter, why, code="file_too_large", source=source)
    try:
        reading = read(
            Document(content, letter.path.name),
            arrived=order.arrived,
            calendar=thai_calendar(*order.years),
            known=order.known,
        )
        told = to_json(reading)
    except Refused as refusal:
        return _refused(results, letter, refusal.message, code=refusal.code, source=source)
    except Exception:
        detail = traceback.format_exc(limit=-3)
        return _refused(results, letter, _FELL, code="fell_over", again=True, detail=detail)
    flagged = has_flags(reading)
    try:
        results.keep(
            letter, told, source=source, state="read", flagged=flagged, pages=len(reading.pages)
        )
    except OSError as problem:
        return Outcome(letter.place, "stopped", message=why_unwritten(problem))
    return Outcome(letter.place, "read", True, flagged, len(reading.pages))


def _refused(
    results: Results, letter: Letter, message: str, *, code: str, source: str = "",
    again: bool = False, detail: str = "",
) -> Outcome:  # fmt: skip
    told = {"file": letter.place, "code": code, "message": message}
    if detail:
        told["detail"] = detail
    try:
        results.keep(letter, told, source=source, state="refused", again=again)
    except OSError as problem:
        return Outcome(letter.place, "stopped", message=why_unwritten(problem))
    return Outcome(letter.place, "refused", message=message)


def has_flags(reading: LetterReading) -> bool:
    """ต้องตรวจ: whether anything that was found, or was not, must be looked at by a person."""
    return bool(reading.doubts) or any(
        is_flagged(reading, name) for name in LetterReading.__slots__ if name not in _NO_FIELDS
    )


_NO_FIELDS = ("doubts", "pages", "paper", "kind")


def why_unwritten(problem: OSError) -> str:
    """ทำไมเขียนไม่ได้: in words, and what to do."""
    if problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "ดิสก์เต็ม เขียนผลต่อไม่ได้ ผลที่เขียนแล้วยังอยู่ครบ กรุณาเพิ่มพื้นที่แล้วสั่งซ้ำเพื่ออ่านต่อ"
    return f"เขียนผลลงโฟลเดอร์ไม่ได้ ({problem.strerror}) กรุณาตรวจสิทธิ์แล้วสั่งซ้ำเพื่ออ่านต่อ"
