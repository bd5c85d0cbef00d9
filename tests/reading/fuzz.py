"""Feeds the readers what nobody would send: `make fuzz`; tells all that is no named refusal.

Text is read in this process. Files for the parsers of PDF, DOCX and pictures go to one process
apart that is kept, so that a fall of a library in C is noticed and its file saved; there the
recogniser is replaced by one that sees nothing, for it is the opening of the file that is tried.
"""

import argparse
import json
import random
import re
import struct
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.reading.fuzz_seeds import SEEDS, changed, changed_text, texts
from thamthan.errors import Refused
from thamthan.reading import Document, read
from thamthan.reading.kinds import kind_of
from thamthan.reading.model import LetterReading, Span, from_json, to_json
from thamthan.reading.pages import NeedsOCR, Unreadable

# Beyond these seconds of computing a door is too slow; what is fed is at most some pages long.
SLOW = {"text": 2.0, "bytes": 2.0, "pdf": 10.0, "scan": 10.0, "docx": 10.0, "picture": 10.0}
FILES = ("pdf", "scan", "docx", "picture")
# How the inputs are shared out among the doors.
SHARES = {"text": 0.3, "grammar": 0.1, "bytes": 0.2, "pdf": 0.14, "scan": 0.06}
SHARES |= {"docx": 0.08, "picture": 0.12}

_WORDS = re.findall(
    r"\S+",
    """
ที่ เรื่อง เรียน อ้างถึง สิ่งที่ส่งมาด้วย ภายใน ภายในวันที่ ก่อนวันที่ นับแต่ นับจาก
วัน เดือน ปี สัปดาห์ที่ มกราคม กุมภาพันธ์ มี.ค. ธันวาคม พ.ศ. ค.ศ. ๒๕๖๙ 2569 ๖๙ ๓๐ ๓๑
29 ๐ ๙๙๙๙๙๙๙๙๙๙ พบ ๐๖๑๘/ว ๗๐๑ ด่วนที่สุด ลับ ขอแสดงความนับถือ (นาย บันทึกข้อความ
คำสั่ง ประกาศ ทุกวันที่ ของทุกเดือน วันจันทร์ ไตรมาส ปีงบประมาณ เวลา ๑๔.๐๐ น. 24:61
ตั้งแต่ ถึง ให้ รายงาน ดำเนินการ จึงเรียนมาเพื่อ จำนวน ชุด โทร. ๐ ๓๒๔๐ ๑๐๐๐ เลขรับ
รับที่ ๑. ๑.๑ (๑) ข้อ ๑ ก. วันทำการ สิ้นเดือน ครึ่งปี โดยเร็ว เจ็ดวัน สามสิบ
""",
)


class Wrong(Exception):
    """What a reader gave that is neither a reading as promised nor a refusal."""


def check(reading: LetterReading) -> None:
    """Every promise that holds for any text whatever."""
    told = to_json(reading)
    if from_json(json.loads(json.dumps(told))) != reading:
        raise Wrong("the JSON gives another reading")
    for name, span in _spans(told):
        page = reading.pages[span["page"] - 1]
        if not 0 <= span["start"] <= span["end"] <= len(page):
            raise Wrong(f"{name} stands outside its page")
    for found in (reading.number, reading.dated_on, reading.subject, *reading.deadlines):
        if found is not None and found.text != _words(reading, found.span):
            raise Wrong(f"{found.text!r} is not what stands there")


def _spans(part: object, name: str = "") -> Iterator[tuple[str, dict[str, int]]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "span" and value is not None:
                yield name, value
            else:
                yield from _spans(value, f"{name}.{key}")
    elif isinstance(part, list):
        for one in part:
            yield from _spans(one, name)


def _words(reading: LetterReading, span: Span) -> str:
    return reading.pages[span.page - 1][span.start : span.end]


class Kept:
    """The process apart; it is started again after every fall."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def fed(self, door: str, content: bytes) -> tuple[str, float]:
        """Empty for pages or a named refusal, else what went wrong; and the seconds computed."""
        process = self._process or self._started()
        assert process.stdin and process.stdout
        process.stdin.write(struct.pack(">4sI", door[:4].encode(), len(content)) + content)
        process.stdin.flush()
        told = process.stdout.readline()
        if not told:
            code = process.wait()
            self.end()
            return f"the process ended with {code}", 0.0
        wrong, took = json.loads(told)
        return wrong, took

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reading.fuzz", "--child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Libraries in C complain of every broken file.
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def end(self) -> None:
        """Stops the process, whatever it does."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process = None


def child() -> None:
    """Parses what comes in, one after another, and tells of each what was wrong."""
    import warnings

    from thamthan.limits import allow_seconds, limit_memory
    from thamthan.reading.child import MOST_MEMORY_FOR_PICTURES
    from thamthan.reading.ocr import files, page
    from thamthan.reading.parsed import ParsedFile, Unparsed
    from thamthan.reading.portable import parse_pdf
    from thamthan.reading.wordfile import parse_docx

    def sees_nothing(picture: object, *, dpi: float | None) -> page.RecognisedPage:
        if dpi is not None and not dpi > 0:
            raise Wrong(f"a picture of {dpi} dots per inch")
        return page.RecognisedPage("", (), (), 1, 1)

    page.recognise = sees_nothing
    limit_memory(MOST_MEMORY_FOR_PICTURES)
    warnings.simplefilter("ignore")
    doors: dict[bytes, Callable[[bytes], ParsedFile]] = {
        b"pdf\0": parse_pdf,
        b"scan": files.parse_scan,
        b"docx": parse_docx,
        b"pict": files.parse_picture,
    }
    while head := sys.stdin.buffer.read(8):
        door, size = struct.unpack(">4sI", head)
        wrong, begun = "", time.process_time()
        # What does not come back is ended, and that is a fault.
        allow_seconds(2 * max(SLOW.values()))
        try:
            for one in doors[door](sys.stdin.buffer.read(size)).pages:
                one.text.encode()
                if any(not 0 <= start < end <= len(one.text) for start, end, *_ in one.places):
                    raise Wrong("a place outside the text")
        except (Unparsed, MemoryError):
            pass
        except Exception:
            wrong = traceback.format_exc(limit=-4)
        print(json.dumps([wrong, time.process_time() - begun]), flush=True)


class Fuzzing:
    """One run: what was fed, what was found, and where it is kept."""

    def __init__(self, number: int, folder: Path, most: int) -> None:
        self.chance = random.Random(number)
        self.number, self.folder, self.most = number, folder, most
        self.fed: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.kept = Kept()
        self.begun = time.monotonic()

    def run(self) -> None:
        """Feeds every door its share, turn by turn, so that a stopped run has tried them all."""
        rounds = max(1, self.most // 2_000)
        for turn in range(rounds):
            for door, share in SHARES.items():
                self._turn(door, turn, max(1, round(self.most / rounds * share)))
            self.tell()
        self.kept.end()

    def _turn(self, door: str, turn: int, count: int) -> None:
        if door == "grammar":
            self._by_grammar(count, turn)
            return
        for _ in range(count):
            if door == "text":
                self.text(changed_text(self.chance))
            elif door == "bytes":
                self.bytes_(changed(self.chance, "bytes"))
            else:
                self.file(door, changed(self.chance, "pdf" if door == "scan" else door))

    def _by_grammar(self, count: int, turn: int) -> None:
        """Texts as hypothesis thinks them out: words of letters, and any letter that there is."""
        pieces = st.one_of(
            st.sampled_from([*_WORDS, *texts()[0].split("\n")]),
            st.sampled_from([" ", "\n", "\n\n", "        ", "\t", "\f", "/", "-", ".", "(", ")"]),
            st.text(max_size=8),
            st.integers(0, 10**12).map(str),
        )

        @seed(self.number * 1_000 + turn)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(pieces, max_size=60).map("".join))
        def feed(text: str) -> None:
            self.text(text)

        feed()

    def text(self, text: str) -> None:
        """Feeds the door for text."""
        self._in_process("text", text, text.encode("utf-8", "surrogatepass"))

    def bytes_(self, content: bytes) -> None:
        """Feeds the door for files with what no parser apart would get."""
        kind = kind_of(content)
        if kind is None or (kind.parser is None and not kind.media_type.startswith("image/")):
            self._in_process("bytes", Document(content, "letter.txt"), content)
        else:
            self.file(kind.parser or "picture", content)

    def file(self, door: str, content: bytes) -> None:
        """Feeds a parser in the process apart."""
        wrong, took = self.kept.fed(door, content)
        self._note(door, content, took, wrong)

    def _in_process(self, door: str, given: str | Document, content: bytes) -> None:
        wrong, begun = "", time.process_time()
        try:
            reading = read(given)
            took = time.process_time() - begun
            check(reading)
        except (Unreadable, NeedsOCR) as refused:
            took = time.process_time() - begun
            if isinstance(given, str) or not refused.message:
                wrong = f"text is refused: {refused.message}"
        except Exception as fault:
            took = time.process_time() - begun
            is_named = isinstance(fault, Refused)
            wrong = f"{'an odd refusal ' if is_named else ''}{traceback.format_exc(limit=-4)}"
        self._note(door, content, took, wrong)

    def _note(self, door: str, content: bytes, took: float, wrong: str) -> None:
        self.fed[door] += 1
        self.slowest[door] = max(self.slowest.get(door, 0.0), took)
        if not wrong and took > SLOW[door]:
            wrong = f"slower than {SLOW[door]:.0f} s: {took:.1f} s"
        if wrong:
            # One fault is told once; its last lines say where it happened.
            known = wrong if wrong.startswith("Traceback") else wrong.split(":")[0]
            fault = f"{door}: {known}"
            self.found[fault] += 1
            if self.found[fault] <= 3:
                self.folder.mkdir(parents=True, exist_ok=True)
                path = self.folder / f"{door}-{sha256(content).hexdigest()[:12]}"
                path.write_bytes(content)
                print(f"FOUND {path}\n{wrong}", flush=True)

    def tell(self) -> None:
        """One line: how many were fed, how slow the slowest was, how many faults there are."""
        fed = " ".join(f"{door}={count}" for door, count in sorted(self.fed.items()))
        slow = " ".join(f"{door}={took:.2f}s" for door, took in sorted(self.slowest.items()))
        took = time.monotonic() - self.begun
        print(
            f"{self.fed.total()} inputs in {took:.0f} s ({fed}); slowest {slow}; "
            f"{len(self.found)} faults in {self.found.total()} inputs",
            flush=True,
        )


def main() -> None:
    """`make fuzz`; the exit code is 1 where anything was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--inputs", type=int, default=200_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where faults are kept")
    asked.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.child:
        child()
        return
    fuzzing = Fuzzing(told.seed, told.keep, told.inputs)
    print({kind: len(seeds) for kind, seeds in SEEDS().items()}, "seeds", flush=True)
    fuzzing.run()
    sys.exit(1 if fuzzing.found else 0)


if __name__ == "__main__":
    main()
