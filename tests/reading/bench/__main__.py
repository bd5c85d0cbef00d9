"""`make bench-reading`: reads real letters and letters of our own making, and prints how well.

    python -m tests.reading.bench [--only PART …] [--letters N] [--skip N] [--no-plain] [--write]

The parts are real-texts, real-scans, text, clean, office and photo. Real letters are read where
they stand beside the checkout. A run of everything writes its tables into docs/accuracy.md; a
part of it is only printed. Every wrong finding is written, with its letter and its file, into
var/bench/findings.json.
"""

import os

# A page is read on one core, as in the process apart: this must be said before numpy and Tesseract
# are loaded. Threads that wait for each other would count as reading.
os.environ |= {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import argparse
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from tests.reading.bench import figures, wear
from tests.reading.bench.figures import Group
from tests.reading.bench.judge import judge
from tests.reading.bench.maker import letters
from tests.reading.bench.paper import Letter, as_text
from tests.reading.bench.transcript import compared
from tests.reading.bench.typeset import CACHE, ROOT, printed_letter
from tests.reading.bench.watch import Watched, pictures_of, plainly, read_watched
from tests.reading.bench_hand import BY_HAND
from thamthan.reading import read

REAL = ROOT.parent / "shared" / "letters" / "real"
PAGE = ROOT / "docs" / "accuracy.md"
FINDINGS = CACHE / "findings.json"
BEGIN, END = "<!-- make bench-reading: begin -->", "<!-- make bench-reading: end -->"
PARTS = ("real-texts", "real-scans", "text", *wear.QUALITIES)
LETTERS = 48


class Bench:
    """One run: its groups of letters, and all that was found wrong."""

    def __init__(self, *, plain: bool) -> None:
        self.groups = {name: Group(name.replace("-", " ")) for name in PARTS}
        self.findings: list[dict[str, Any]] = []
        self.plain = plain

    def real(self, part: str) -> None:
        for path in sorted(REAL.glob("*.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            text, scan = path.with_suffix(".txt"), path.with_suffix(".pdf")
            if part == "real-texts":
                self._text(part, truth, text.read_bytes(), text)
            elif scan.exists():
                printed = [text.read_text(encoding="utf-8").splitlines()]
                hand = _by_hand(truth) | {*BY_HAND.get(path.stem[:3], ())}
                self._paper(part, truth, scan.read_bytes(), scan, printed, (*hand,))

    def ours(self, part: str, chosen: list[Letter]) -> None:
        for letter in chosen:
            if part == "text":
                path = CACHE / "text" / f"{letter.name}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                content = as_text(letter, wide=92 if letter.seed % 2 else 0).encode()
                path.write_bytes(content)
                self._text(part, letter.truth, content, path, ours=True)
                continue
            path, blocks = worn_file(letter, part)
            self._paper(part, letter.truth, path.read_bytes(), path, blocks, letter.hand, ours=True)

    def _text(
        self, name: str, truth: dict[str, Any], content: bytes, path: Path, *, ours: bool = False
    ) -> None:
        group, watched = self.groups[name], read_watched(content, path.name)
        words = content.decode("utf-8")
        took = []
        for _ in range(3):
            begun = time.process_time()
            read(words)
            took.append(time.process_time() - begun)
        group.took.append(min(took))
        self._judge(group, truth, watched, path, ours=ours, hand=())

    def _paper(
        self,
        name: str,
        truth: dict[str, Any],
        content: bytes,
        path: Path,
        blocks: list[list[str]],
        hand: tuple[str, ...],
        *,
        ours: bool = False,
    ) -> None:
        group, watched = self.groups[name], read_watched(content, path.name)
        printed = [block for page in blocks for block in page]
        found = "\n".join(page.text for page in watched.pages)
        sure = [one for page in watched.pages for one in (*_sure(page), 1.0)]
        count = compared(printed, found, sure)
        group.count.add(count)
        pictures = pictures_of(content)
        group.pages += len(pictures)
        group.seconds += watched.seconds
        if self.plain:
            plain = [plainly(picture) for picture in pictures]
            group.plain.add(compared(printed, "\n".join(text for text, _ in plain)))
            group.plain_seconds += sum(seconds for _, seconds in plain)
        for silent in count.silent:
            self.findings.append(
                {"quality": name, "letter": path.stem, "file": _told(path), "field": "(digits)",
                 "outcome": "silent", **silent}
            )  # fmt: skip
        self._judge(group, truth, watched, path, ours=ours, hand=hand)

    def _judge(
        self,
        group: Group,
        truth: dict[str, Any],
        watched: Watched,
        path: Path,
        *,
        ours: bool,
        hand: tuple[str, ...],
    ) -> None:
        group.letters += 1
        where = {"quality": group.name, "letter": path.stem, "file": _told(path)}
        if watched.fault:
            group.faults.append(f"{path.name}: {watched.fault}")
            self.findings.append({**where, "field": "", "outcome": "fault", "found": watched.fault})
            return
        verdicts = judge(truth, watched.reading, ours=ours, hand=hand)
        group.add(verdicts, shown=watched.shown)
        for one in verdicts:
            if one.outcome in figures.WRONG:
                self.findings.append(
                    {**where, "field": one.field, "outcome": one.outcome, "wanted": one.wanted,
                     "found": one.found, "warned": one.warned}
                )  # fmt: skip
        FINDINGS.parent.mkdir(parents=True, exist_ok=True)
        told = json.dumps(self.findings, ensure_ascii=False, indent=1)
        FINDINGS.write_text(told, encoding="utf-8")
        silent = sum(one.outcome in ("silent", "spurious") for one in verdicts)
        right = sum(one.outcome == "right" for one in verdicts)
        facts = sum(one.outcome != "absent" for one in verdicts)
        print(
            f"{group.name:10} {path.stem:32.32} right {right:2} of {facts:2}"
            f", silent {silent}  {watched.seconds:5.1f} s",
            file=sys.stderr,
            flush=True,
        )

    def tables(self) -> str:
        groups = self.groups
        least = {"real texts": 0.97, "real scans": 0.9}
        real = [groups["real-texts"], groups["real-scans"]]
        ours = [groups[name] for name in ("text", *wear.QUALITIES)]
        parts = [["### Targets", "", *figures.target_table(groups)]]
        if any(group.letters for group in real):
            parts.append(["### Real letters", "", *figures.field_table(real, least=least)])
        if any(group.letters for group in ours):
            parts.append(["### Our letters", "", *figures.field_table(ours, least={})])
        pages = figures.page_table([groups["real-scans"], *ours])
        if len(pages) > 2:
            parts.append(["### Characters, digits and seconds", "", *pages])
        faults = [fault for group in groups.values() for fault in group.faults]
        if faults:
            parts.append(["### Not read at all", "", *(f"- {fault}" for fault in faults)])
        return "\n\n".join("\n".join(part) for part in parts)


def _by_hand(truth: dict[str, Any]) -> set[str]:
    """What a hand filled in, by the notes of the person who read the letter.

    They do not tell of every one; `bench_hand` names what else is seen on the scans.
    """
    notes = " ".join(note for note in truth.get("uncertain") or [] if "handwritten" in note)
    fields = {"number": "number", "day": "dated_on"}
    return {field for word, field in fields.items() if word in notes}


def _told(path: Path) -> str:
    return os.path.relpath(path, ROOT)


def _sure(page: Any) -> list[float]:
    return list(page.certainty) or [1.0] * len(page.text)


def worn_file(letter: Letter, quality: str) -> tuple[Path, list[list[str]]]:
    """The letter at this quality as a file that is made once, and what is printed on its pages."""
    paper, blocks = printed_letter(letter, inked=quality != "clean")
    recipe = hashlib.sha256(Path(wear.__file__).read_bytes() + paper).hexdigest()[:10]
    folder = CACHE / quality
    kept = next(folder.glob(f"{letter.name}-{recipe}.*"), None)
    if kept is None:
        for old in folder.glob(f"{letter.name}-*"):
            old.unlink()
        made = wear.worn(paper, quality=quality, seed=letter.seed)
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{letter.name}-{recipe}{Path(made.name).suffix}"
        kept.write_bytes(made.content)
    return kept, blocks


def main() -> None:
    asked = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    asked.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked.add_argument("--letters", type=int, default=LETTERS, help="how many of our own")
    asked.add_argument("--skip", type=int, default=0, help="how many of our own to leave out first")
    asked.add_argument(
        "--no-plain", action="store_true", help="without the runs of plain Tesseract"
    )
    asked.add_argument("--write", action="store_true", help="write the tables, even of a part")
    given = asked.parse_args()
    bench = Bench(plain=not given.no_plain)
    chosen = letters(given.skip + given.letters)[given.skip :]
    # The first page pays for loading what reads; it is not counted.
    if set(given.only) & {"real-scans", *wear.QUALITIES}:
        warm, _ = worn_file(letters(3)[2], "clean")
        read_watched(warm.read_bytes(), warm.name)
        plainly(pictures_of(warm.read_bytes())[0])
    whole = set(given.only) == set(PARTS) and given.letters >= LETTERS and REAL.is_dir()
    try:
        for part in (part for part in PARTS if part in given.only):
            bench.real(part) if part.startswith("real") else bench.ours(part, chosen)
    except KeyboardInterrupt:
        # What was read until now is told all the same.
        whole = False
    tables = bench.tables()
    print(tables)
    print(f"\n{len(bench.findings)} findings in {_told(FINDINGS)}", file=sys.stderr)
    if given.write or whole:
        page = PAGE.read_text(encoding="utf-8")
        pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
        PAGE.write_text(
            pattern.sub(lambda _: f"{BEGIN}\n\n{tables}\n\n{END}", page), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
