"""The process apart in which files are parsed: bytes come in, JSON goes out, nothing else.

Called with the name of a parser it parses what comes in and ends. With `--kept` it loads the
parser once and parses file after file, each in a copy of itself that ends with its file: what one
file does to its parser no other file sees.
"""

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from thamthan.limits import allow_seconds, limit_memory, limit_seconds
from thamthan.reading.model import Paper, paper_to_json
from thamthan.reading.parsed import ANSWERED, ASKED, ParsedFile, Progress, Unparsed

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 30
# Libraries for pictures reserve much more than they use.
MOST_MEMORY_FOR_PICTURES = 4 * 1024 * 1024 * 1024
MOST_SECONDS_FOR_PICTURES = 240
TOO_LARGE = "กินหน่วยความจำมากผิดปกติ จึงหยุดอ่าน"

Parse = Callable[[bytes, Progress], ParsedFile]


def main() -> None:
    """แยกไฟล์: parses what comes in as the kind that the first argument names, and tells."""
    # First the libraries, then the limits: Python may keep what it compiled of them.
    parse = _parser(sys.argv[1])
    if "--kept" in sys.argv[2:]:
        _serve(parse)
    else:
        _parse(parse, sys.stdin.buffer.read(), sys.stdout)


def _parse(parse: Parse, content: bytes, out: IO[str]) -> None:
    """One line of JSON for each part that is done, so that a fall loses only what it fell over."""
    reads_pictures = sys.argv[1] in ("scan", "picture")
    limit_memory(MOST_MEMORY_FOR_PICTURES if reads_pictures else MOST_MEMORY)
    limit_seconds(MOST_SECONDS_FOR_PICTURES if reads_pictures else MOST_SECONDS)
    progress = _Telling(out)
    try:
        progress.tell(parse(content, progress))
    except Unparsed as refused:
        _put(out, {"why": refused.why, "waits": refused.waits})
    except MemoryError:
        _put(out, {"why": TOO_LARGE, "waits": False})


class _Telling(Progress):
    """Tells each page as soon as it is read, with all notes, and gives the next one its time."""

    def __init__(self, out: IO[str]) -> None:
        self._out, self._told = out, 0

    def begins(self, so_far: ParsedFile, *, seconds: float) -> None:
        allow_seconds(seconds)
        if so_far.pages:
            self.tell(so_far)

    def tell(self, parsed: ParsedFile) -> None:
        """What was not yet told."""
        _put(self._out, _told(parsed, since=self._told))
        self._told = len(parsed.pages)


def _serve(parse: Parse) -> None:
    """Until nobody asks any more: a copy for every file, and what became of it."""
    given, back = sys.stdin.buffer, sys.stdout.buffer
    # What is loaded stays in memory that all copies share.
    while len(head := given.read(ASKED.size)) == ASKED.size:
        (length,) = ASKED.unpack(head)
        content = given.read(length)
        ends, told_to = os.pipe()
        copy = os.fork()
        if not copy:
            _be_the_copy(parse, content, ends, told_to)
        del content
        os.close(told_to)
        told = _heard(ends, given.fileno())
        if told is None:
            # Whoever asked is gone.
            os.kill(copy, signal.SIGKILL)
            return
        _, status = os.waitpid(copy, 0)
        back.write(ANSWERED.pack(os.waitstatus_to_exitcode(status), len(told)) + told)
        back.flush()


def _be_the_copy(parse: Parse, content: bytes, ends: int, told_to: int) -> None:
    """The copy's whole life; it leaves without the farewells that are its parent's to say."""
    code = 1
    try:
        os.close(ends)
        # No file has a way to the answers of another one.
        with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 – its number is all that counts
            for number in (0, 1):
                os.dup2(nothing.fileno(), number)
        with os.fdopen(told_to, "w") as out:
            _parse(parse, content, out)
        code = 0
    except BaseException as fault:
        with suppress(OSError):
            os.write(2, f"{type(fault).__name__}: {str(fault)[:200]}\n".encode())
    finally:
        os._exit(code)


def _heard(ends: int, asking: int) -> bytes | None:
    """All that the copy tells; None where meanwhile nobody is left to tell it to."""
    parts: list[bytes] = []
    with os.fdopen(ends, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([ends, asking], [], [])
            if ends not in ready:
                return None
            part = pipe.read(1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)


def _parser(kind: str) -> Parse:
    # Each kind loads its own library only.
    if kind == "pdf":
        from thamthan.reading.portable import parse_pdf

        return parse_pdf
    if kind in ("scan", "picture"):
        from thamthan.reading.ocr import files

        files.warm_up()
        return files.parse_scan if kind == "scan" else files.parse_picture
    if kind == "workbook":
        from thamthan.reading.plans.workbook import parse_workbook

        return lambda content, _: parse_workbook(content)
    from thamthan.reading.wordfile import parse_docx

    return lambda content, _: parse_docx(content)


def _put(out: IO[str], told: dict[str, object]) -> None:
    json.dump(told, out, separators=(",", ":"))
    out.write("\n")
    out.flush()


def _told(parsed: ParsedFile, *, since: int) -> dict[str, object]:
    return {
        "pages": [
            {
                "text": page.text,
                # Tenths of a point are finer than anybody can see, and a third of the size.
                "places": [
                    [start, end, *(round(side * 10) for side in box)]
                    for start, end, *box in page.places
                ],
                "doubted": page.doubted,
                "certainty": [round(sure * 100) for sure in page.certainty],
                "paper": paper_to_json(Paper((page.size,), page.marks)),
            }
            for page in parsed.pages[since:]
        ],
        "notes": parsed.notes,
        "waits": parsed.waits,
    }


if __name__ == "__main__":
    main()
