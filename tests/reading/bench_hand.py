"""How many places that a hand wrote on are found, and how often the right figures are among those
told first.

`python -m tests.reading.bench_hand [PART OF A NAME …]` prints a table for the real scans where they
stand beside the checkout. Which of their fields a hand wrote is said here, for nobody else does.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thamthan.reading import Document, read
from thamthan.reading.model import LetterReading, is_flagged
from thamthan.thai.digits import to_arabic

REAL = Path(__file__).resolve().parents[3] / "shared" / "letters" / "real"

# By the number with which the name of a scan begins: what in its head was written by hand.
BY_HAND = {
    "029": ("number", "dated_on"),
    "034": ("number", "dated_on"),
    "035": ("number", "dated_on"),
    "037": ("number", "dated_on"),
    "039": ("number", "dated_on"),
    "044": ("number", "dated_on", "receipt.number"),
    "045": ("number", "dated_on"),
    "047": ("number", "dated_on", "receipt.number"),
    "052": ("number", "dated_on"),
    "054": ("number", "dated_on"),
    # Its number is not told in the truth; that there is one by hand is seen.
    "031": ("number",),
}


@dataclass
class Tally:
    """What was counted of one field."""

    written: int = 0
    found: int = 0
    known: int = 0
    first: int = 0
    third: int = 0
    fifth: int = 0
    unflagged: int = 0
    other: int = 0


def wanted_of(truth: dict[str, object], field: str) -> str | None:
    """The figures that a hand wrote, as candidates give them; None where the truth is silent."""
    if field == "number":
        running = to_arabic(str(truth["number"])).rpartition("/")[2].replace(" ", "")
        return running.replace("ว", "ว ") or None
    if field == "dated_on":
        day = truth["date_iso"]
        return str(int(str(day)[-2:])) if day else None
    receipt = truth["receipt"]
    number = receipt.get("number") if isinstance(receipt, dict) else None
    return str(number) if number else None


def count(reading: LetterReading, truth: dict[str, object], written: tuple[str, ...]) -> None:
    for field in ("number", "dated_on", "receipt.number"):
        tally = TALLIES[field]
        mark = next((m for m in reading.paper.marks if m.field == field), None)
        if field not in written:
            tally.other += mark is not None
            continue
        tally.written += 1
        tally.found += mark is not None
        tally.unflagged += not is_flagged(reading, field)
        wanted = wanted_of(truth, field)
        if wanted is None:
            continue
        tally.known += 1
        told = [one.text for one in mark.candidates] if mark else []
        tally.first += wanted in told[:1]
        tally.third += wanted in told[:3]
        tally.fifth += wanted in told[:5]
        print(f"  {field}: {wanted}; {', '.join(told) or 'nothing'}")


TALLIES = {field: Tally() for field in ("number", "dated_on", "receipt.number")}


def scans(chosen: list[str]) -> Iterator[Path]:
    for path in sorted(REAL.glob("*.pdf")):
        if not chosen or any(word in path.name for word in chosen):
            yield path


def main() -> None:
    for path in scans(sys.argv[1:]):
        print(path.stem[:3], flush=True)
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        reading = read(Document(path.read_bytes(), path.name))
        count(reading, truth, BY_HAND.get(path.stem[:3], ()))
    print("| field | by hand | found | not flagged | in print, yet a mark | first | of 3 | of 5 |")
    print("|---|---|---|---|---|---|---|---|")
    for field, tally in TALLIES.items():
        print(
            f"| {field} | {tally.written} | {tally.found} | {tally.unflagged} | {tally.other} "
            f"| {tally.first}/{tally.known} | {tally.third}/{tally.known} "
            f"| {tally.fifth}/{tally.known} |"
        )


if __name__ == "__main__":
    main()
