"""Files that could hurt are parsed in a process apart, with limits of time and memory."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from thamthan.reading.jsonform import Malformed
from thamthan.reading.model import Paper, paper_from_json
from thamthan.reading.parsed import ParsedFile, ParsedPage, Parser, Unparsed

log = logging.getLogger(__name__)

MOST_SECONDS = 30.0
MOST_SECONDS_FOR_PICTURES = 240.0
# Above what any installation lets in; the children of several workers share one memory.
MOST_BYTES = 200 * 1024 * 1024

# One page is read on one core; several letters are read side by side.
_ONE_CORE = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# All that a bare Python needs; passwords in the environment are no business of a parser's.
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def parse_apart(content: bytes, *, parser: Parser, most_seconds: float | None = None) -> ParsedFile:
    """แยกไฟล์ในกระบวนการต่างหาก: what a child process made of the bytes.

    Raises `Unparsed`, also where the child ran out of time or memory or fell over: whatever the
    file does, the caller goes on.
    """
    if most_seconds is None:
        reads_pictures = parser in ("scan", "picture")
        most_seconds = MOST_SECONDS_FOR_PICTURES if reads_pictures else MOST_SECONDS
    if len(content) > MOST_BYTES:
        raise Unparsed("ใหญ่เกินกว่าจะเปิดอ่านได้ กรุณาแบ่งไฟล์")
    try:
        done = subprocess.run(  # noqa: S603 – our own interpreter, our own module, no shell
            [sys.executable, "-m", "thamthan.reading.child", parser],
            input=content,
            capture_output=True,
            timeout=most_seconds,
            check=False,
            # The module is found from here, installed or not.
            cwd=Path(__file__).parents[2],
            env=_ONE_CORE | {name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise Unparsed("ใช้เวลาเปิดอ่านนานเกินไป จึงหยุดอ่าน") from late
    try:
        return _parsed(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError, Malformed) as fault:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        log.warning("the %s parser ended with %s: %s", parser, done.returncode, last[:300])
        raise Unparsed("ทำให้โปรแกรมอ่านไฟล์หยุดกลางคัน ไฟล์อาจชำรุด กรุณาขอไฟล์ใหม่") from fault


def _parsed(told: dict[str, object]) -> ParsedFile:
    if "why" in told:
        raise Unparsed(str(told["why"]), waits=told["waits"] is True)
    pages, notes = told["pages"], told["notes"]
    if not isinstance(pages, list) or not isinstance(notes, list):
        raise TypeError
    waits = told.get("waits") is True
    return ParsedFile(tuple(map(_page, pages)), tuple(map(str, notes)), waits)


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
