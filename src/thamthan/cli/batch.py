"""`thamthan read FOLDER --out DIR`: every letter of a folder, with the state told as it goes."""

import os
import shutil
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from thamthan.cli.crew import Order, Outcome, read_letters
from thamthan.cli.results import letters_in
from thamthan.errors import Refused

ALL_READ = 0
SOME_REFUSED = 1
STOPPED = 2
INTERRUPTED = 130

_BAR = 20
_EVERY = 0.2
_EVERY_LINE = 15.0
# Whoever wants to see more looks at the *.refused.json.
_MOST_TOLD = 20


@dataclass(slots=True)
class Count:
    """ยอด: what has become of the letters so far."""

    total: int
    read: int = 0
    refused: int = 0
    standing: int = 0
    flagged: int = 0
    pages: int = 0
    worked: int = 0

    @property
    def done(self) -> int:
        return self.read + self.refused

    def add(self, outcome: Outcome) -> None:
        """Counts a letter whose result stands now, newly or since an earlier time."""
        self.read += outcome.state == "read"
        self.refused += outcome.state == "refused"
        self.flagged += outcome.flagged
        self.standing += not outcome.new
        if outcome.new:
            self.worked += 1
            self.pages += outcome.pages


def read_folder(folder: Path, order: Order, *, jobs: int, told: TextIO, out: TextIO) -> int:
    """อ่านทั้งโฟลเดอร์: reads what is not yet read, tells on `told`, sums up on `out`.

    Returns the exit code. Raises `Refused` where it cannot begin.
    """
    _check(folder, order.out)
    # Counted first, without keeping the names: ten thousand letters take no more room than ten.
    count = Count(sum(1 for _ in letters_in(folder, besides=order.out)))
    telling = Telling(count, told)
    outcomes = read_letters(letters_in(folder, besides=order.out), order, jobs=jobs)
    ended, why = ALL_READ, ""
    try:
        ended, why = _followed(outcomes, count, telling)
    except KeyboardInterrupt:
        ended, why = INTERRUPTED, "หยุดตามคำสั่ง สั่งซ้ำเพื่ออ่านต่อจากที่ค้าง"
    finally:
        outcomes.close()
        telling.end()
    if why:
        told.write(f"{why}\n")
    out.write(
        f"อ่านได้ {count.read:,} ฉบับ · อ่านไม่ได้ {count.refused:,} · "
        f"ข้ามเพราะอ่านไว้แล้ว {count.standing:,} · ต้องตรวจ {count.flagged:,} · "
        f"ยังไม่ได้อ่าน {max(count.total - count.done, 0):,}\n"
    )
    return SOME_REFUSED if ended == ALL_READ and count.refused else ended


def _followed(
    outcomes: Generator[Outcome | None, None, None], count: Count, telling: "Telling"
) -> tuple[int, str]:
    for outcome in outcomes:
        if outcome is not None:
            if outcome.state == "stopped":
                return STOPPED, outcome.message
            count.add(outcome)
            if outcome.new and outcome.state == "refused":
                telling.refusal(outcome)
        telling.tell()
    return ALL_READ, ""


def _check(folder: Path, out: Path) -> None:
    if out.resolve() == folder.resolve():
        raise Refused(
            "โฟลเดอร์เก็บผลต้องไม่ใช่โฟลเดอร์หนังสือเอง กรุณาบอกโฟลเดอร์อื่นด้วย --out",
            code="same_folder",
            status=400,
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with os.scandir(folder):
            pass
    except OSError as problem:
        raise Refused(
            f"เปิดโฟลเดอร์ “{problem.filename}” ไม่ได้: {problem.strerror}",
            code="no_folder",
            status=400,
        ) from None


class Telling:
    """ความคืบหน้า: a bar that is drawn anew at a terminal, a line now and then elsewhere."""

    def __init__(self, count: Count, told: TextIO) -> None:
        self._count, self._told = count, told
        self._begun = self._last = time.monotonic()
        self._is_terminal = told.isatty()
        self._drawn = 0
        self._refusals = 0

    def tell(self) -> None:
        """Says how far it is, where enough time has passed."""
        now = time.monotonic()
        if now - self._last < (_EVERY if self._is_terminal else _EVERY_LINE):
            return
        self._last = now
        self._draw()

    def refusal(self, outcome: Outcome) -> None:
        """One line for a file that is not read, as long as they are few."""
        self._refusals += 1
        if self._refusals > _MOST_TOLD:
            return
        self._clear()
        place = outcome.place.encode("utf-8", "backslashreplace").decode()
        self._told.write(f"{place}: {outcome.message}\n")
        if self._refusals == _MOST_TOLD:
            self._told.write("ไฟล์อื่นที่อ่านไม่ได้ ดูเหตุผลในไฟล์ *.refused.json\n")

    def end(self) -> None:
        """The last state, which stays."""
        self._draw()
        if self._is_terminal:
            self._told.write("\n")
        self._told.flush()

    def _draw(self) -> None:
        line = self._line()
        if not self._is_terminal:
            self._told.write(f"{line}\n")
        else:
            self._clear()
            # A line that breaks could not be wiped away.
            self._told.write(line[: shutil.get_terminal_size().columns - 1])
            self._drawn = len(line)
        self._told.flush()

    def _clear(self) -> None:
        if self._drawn:
            self._told.write("\r" + " " * min(self._drawn, shutil.get_terminal_size().columns - 1))
            self._told.write("\r")
        self._drawn = 0

    def _line(self) -> str:
        count = self._count
        left = max(count.total - count.done, 0)
        part = count.done / count.total if count.total else 1.0
        bar = "#" * round(part * _BAR)
        took = time.monotonic() - self._begun
        words = f"[{bar:-<{_BAR}}] {count.done:,}/{count.total:,}"
        words += f" อ่านไม่ได้ {count.refused:,} เหลือ {left:,}"
        if count.worked and took > 0:
            words += f" · {count.pages / took * 60:,.0f} หน้า/นาที"
            if left:
                words += f" · อีก {_time(left * took / count.worked)}"
        return words


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "ไม่ถึง 1 นาที"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} ชม. {minutes} นาที" if hours else f"{minutes} นาที"
