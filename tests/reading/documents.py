"""The letters of tests/documents and what is expected of them; `make accept` writes it anew."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thamthan.reading import Document, read
from thamthan.reading.model import Item, LetterReading
from thamthan.thai.text import squeeze

FOLDER = Path(__file__).parents[1] / "documents"
# Enough to see where a clause was cut, without the whole of it.
_ENDS = 32
_OF_THE_BODY = ("items", "obligations", "deadlines")


def letters() -> list[Path]:
    """The folders that hold the text of a letter, in order."""
    return sorted(found.parent for found in FOLDER.glob("*/letter.txt"))


def seen_in(folder: Path) -> dict[str, Any]:
    """What is read of a letter, as a person who reads Thai can compare it with the page."""
    reading = read(Document((folder / "letter.txt").read_bytes(), "letter.txt"))
    return {
        "kind": reading.kind.value,
        "number": reading.number.value if reading.number else None,
        "dated_on": reading.dated_on.value.isoformat() if reading.dated_on else None,
        "subject": reading.subject.value if reading.subject else None,
        "addressees": [found.value for found in reading.addressees],
        "items": _items(reading.items),
        "obligations": _obligations(reading),
        "deadlines": [
            {
                "text": squeeze(due.text),
                "kind": due.kind,
                "closes": due.closes.isoformat() if due.closes else None,
            }
            for due in reading.deadlines
        ],
        "doubts": [
            f"{doubt.code} {' '.join(doubt.fields)}"
            for doubt in reading.doubts
            if any(field.startswith(_OF_THE_BODY) for field in doubt.fields)
        ],
    }


def expected_of(folder: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((folder / "reading.json").read_text("utf-8"))
    return expected


def _items(items: Sequence[Item]) -> list[dict[str, Any]]:
    found = []
    for item in items:
        one: dict[str, Any] = {"label": item.label, "measures": len(item.measures)}
        if item.items:
            one["items"] = _items(item.items)
        found.append(one)
    return found


def _obligations(reading: LetterReading) -> list[dict[str, Any]]:
    found = []
    for asked in reading.obligations:
        words = squeeze(asked.text)
        found.append(
            {
                "ask": asked.ask.value,
                "to": asked.to,
                "deadline": asked.deadline,
                "first": words[:_ENDS],
                "last": words[-_ENDS:],
            }
        )
    return found


def main() -> None:
    for folder in letters():
        plain = json.dumps(seen_in(folder), ensure_ascii=False, indent=2)
        (folder / "reading.json").write_text(plain + "\n", "utf-8")


if __name__ == "__main__":
    main()
