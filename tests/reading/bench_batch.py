"""`make bench-batch`: what a folder costs on one core and on two, and whether memory stays flat.

    python -m tests.reading.bench_batch [--scans N] [--pages N] [--only PART …]

`cores` reads the same scanned pages with one worker and with two, as `thamthan read` would.
`memory` reads a folder of so many pages, most of them PDFs and DOCX files with their text and one
in sixty scanned, and tells what every process held as it went. The exit code is 1 where two
workers are not 1.8 times as quick as one, or where memory grew by more than a tenth.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.pdfs import pdf_of
from tests.reading.bench.maker import letters
from tests.reading.bench.paper import as_text
from tests.scans import SCAN

ROOT = Path(__file__).resolve().parents[2]
ENOUGH, MOST_GROWTH = 1.8, 1.1
# The sizes are told once in so many seconds.
_LOOK = 1.0
_ROLES = {"reading.child": "kept", "multiprocessing.spawn": "worker"}


def command(folder: Path, out: Path, *, jobs: int) -> subprocess.Popen[bytes]:
    """The batch as an office starts it, in a home of its own."""
    (out.parent / "home").mkdir(exist_ok=True)
    words = ["read", str(folder), "--json", "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(
        [sys.executable, "-m", "thamthan", *words],
        env=os.environ | {"PYTHONPATH": "src", "THAMTHAN_HOME": str(out.parent / "home")},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def cores(held: Path, scans: int) -> bool:
    """Pages a minute with one worker and with two, the whole run and behind its beginning.

    The beginning is the same for ten files and for ten thousand: settings, names, the libraries.
    """
    folder, whole, steady = held / "scans", {}, {}
    folder.mkdir()
    for number in range(scans):
        (folder / f"{number:03}-2.pdf").write_bytes(SCAN.read_bytes())
    for jobs in (1, 2):
        out, begun = held / f"out-{jobs}", time.time()
        command(folder, out, jobs=jobs).wait()
        ended = sorted(path.stat().st_mtime for path in out.glob("*.json"))
        whole[jobs] = 2 * len(ended) / (ended[-1] - begun) * 60
        # As many files were begun with as there are workers; the others came while all worked.
        steady[jobs] = 2 * (len(ended) - jobs) / (ended[-1] - ended[jobs - 1]) * 60
        print(
            f"{jobs} worker(s): {len(ended)} of {scans} files, {whole[jobs]:.1f} scanned pages a "
            f"minute, {steady[jobs]:.1f} behind the beginning",
            flush=True,
        )
    ratio = steady[2] / steady[1]
    print(
        f"two workers over one: {whole[2] / whole[1]:.2f} in all, {ratio:.2f} behind the beginning"
        f" (wanted: {ENOUGH})",
        flush=True,
    )
    return ratio >= ENOUGH


def memory(held: Path, pages: int) -> bool:
    """What every process held, tenth by tenth."""
    folder, out = held / "many", held / "out-many"
    folder.mkdir()
    total = _filled(folder, pages)
    batch = command(folder, out, jobs=2)
    at_tenth: dict[int, dict[str, float]] = {}
    begun = time.monotonic()
    while batch.poll() is None:
        time.sleep(_LOOK)
        done = _pages_done(out)
        tenth = done * 10 // total
        for role, held_now in _sizes(batch.pid).items():
            most = at_tenth.setdefault(tenth, defaultdict(float))
            most[role] = max(most[role], held_now)
    took = time.monotonic() - begun
    print(f"{_pages_done(out)} of {total} pages in {took:.0f} s, {total / took * 60:.0f} a minute")
    roles = sorted({role for most in at_tenth.values() for role in most}, reverse=True)
    print("tenth  " + "  ".join(f"{role:>14}" for role in roles) + "   (most MB held by one)")
    for tenth, most in sorted(at_tenth.items()):
        print(f"{tenth:5}  " + "  ".join(f"{most[role]:14.1f}" for role in roles))
    # The first tenth loads and fills caches; from then on nothing may grow.
    early, late = at_tenth.get(2, {}), at_tenth.get(9, {})
    growth = {
        role: late[role] / early[role]
        for role in roles
        if early.get(role) and not role.startswith("copy")
    }
    print("last tenth over third: ", {role: round(by, 3) for role, by in growth.items()})
    return bool(growth) and max(growth.values()) <= MOST_GROWTH


def _filled(folder: Path, most: int) -> int:
    """Letters of every kind, in turn, so that the end of the folder is like its beginning."""
    texts = [as_text(letter) for letter in letters(24)]
    long = [pdf_of("\n".join(texts[at : at + 4])) for at in range(0, 24, 4)]
    words = [_docx(text) for text in texts[:6]]
    total = number = 0
    while total < most:
        at = number % 12
        if at == 11:
            total += _put(folder, number, 1, "docx", words[number // 12 % 6])
        elif number % 24 == 5:
            total += _put(folder, number, 2, "pdf", SCAN.read_bytes())
        else:
            content = long[number % len(long)]
            total += _put(folder, number, _pages_of(content), "pdf", content)
        number += 1
    return total


def _put(folder: Path, number: int, pages: int, ending: str, content: bytes) -> int:
    (folder / f"{number:05}-{pages}.{ending}").write_bytes(content)
    return pages


def _pages_of(content: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(content))


def _docx(text: str) -> bytes:
    import docx

    document, held = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(held)
    return held.getvalue()


def _pages_done(out: Path) -> int:
    if not out.is_dir():
        return 0
    names = (entry.name for entry in os.scandir(out) if entry.name.endswith(".json"))
    return sum(int(name.partition(".")[0].partition("-")[2]) for name in names)


def _sizes(parent: int) -> dict[str, float]:
    """By role the most MB that one process holds; copies, one for each file, are seen by chance."""
    found: dict[str, float] = defaultdict(float)
    for process, above, line, is_copy in _processes():
        role = "parent" if process == parent else ""
        for words, name in _ROLES.items():
            role = name if words in line and not role else role
        if role == "kept":
            role = f"{'copy' if is_copy else 'kept'} {line.split()[-2]}"
        if role and (process == parent or parent in above):
            found[role] = max(found[role], _resident(process))
    return found


def _processes() -> Iterator[tuple[int, list[int], str, bool]]:
    """Every process with its ancestors and its command line; a parser's copy has its parent's."""
    lines: dict[int, str] = {}
    above: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            lines[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ").strip()
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        above[int(folder.name)] = int(stat[1])
    for process, line in lines.items():
        chain, at = [], process
        while (at := above.get(at, 0)) > 1:
            chain.append(at)
        yield process, chain, line, bool(chain) and lines.get(chain[0]) == line


def _resident(process: int) -> float:
    try:
        words = Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()
    except (OSError, IndexError):
        return 0.0
    return int(words[0]) / 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scans", type=int, default=20)
    asked.add_argument("--pages", type=int, default=10_000)
    asked.add_argument("--only", choices=("cores", "memory"), action="append")
    told = asked.parse_args()
    parts = told.only or ["cores", "memory"]
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder)
        good = [cores(held, told.scans)] if "cores" in parts else []
        good += [memory(held, told.pages)] if "memory" in parts else []
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
