import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reading.test_fields import check_places
from thamthan.reading import Document, read
from thamthan.reading.model import LetterReading, is_flagged, to_json
from thamthan.thai.digits import to_arabic

FOLDER = Path(__file__).parents[3] / "shared" / "letters" / "real"
TRUTHS = sorted(FOLDER.glob("*.json"))
SPEEDS = {"ด่วน": "urgent", "ด่วนมาก": "very_urgent", "ด่วนที่สุด": "most_urgent"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TRUTHS, reason="the real letters do not stand beside the checkout"),
]


def plain(words: object) -> str:
    joined = to_arabic(str(words or "")).replace("\u0e4d\u0e32", "ำ")
    return re.sub(r"[\s“”\"'()]+", "", joined)


def bare_number(words: object) -> str:
    return re.sub(r"^ที่", "", plain(words)).replace("ว.", "ว").rstrip("-")


def near(one: str, other: str) -> bool:
    """Alike but for the vowels that text layers drop, which the truth was given back by hand."""
    one, other = (plain(words).replace("ำ", "า") for words in (one, other))
    return one == other or (len(one) > 30 and (one in other or other in one))


def value(found: dict[str, Any] | None) -> Any:
    return found["value"] if found else None


def judged(truth: dict[str, Any], reading: LetterReading) -> Iterator[tuple[str, bool]]:
    got = to_json(reading)
    gone = set(truth.get("missing") or [])
    yield "number", bare_number(value(got["number"])) == bare_number(truth.get("number"))
    yield "dated_on", value(got["dated_on"]) == truth.get("date_iso")
    yield "urgency", value(got["urgency"]) == SPEEDS.get(truth.get("speed") or "")
    for field, name in (("subject", "subject"), ("signatory", "signer"), ("position", "position")):
        if name in gone:
            continue
        wanted, found = truth.get(name), value(got[field])
        yield field, near(wanted, found) if wanted and found else not wanted and not found
    values = [value(one) for one in got["addressees"]]
    for wanted in truth.get("addressees") or []:
        yield "addressees", any(near(wanted, found) for found in values)
    numbers = {(bare_number(one["number"]), one["dated_on"]) for one in got["references"]}
    for one in truth.get("references") or []:
        if one.get("where") != "body":
            yield "references", (bare_number(one["number"]), one["date_iso"]) in numbers
    stamped = (truth.get("receipt") or {}).get("number")
    if stamped:
        yield "receipt.number", value((got["receipt"] or {}).get("number")) == int(stamped)
    reached = {way["closes"] for due in got["deadlines"] for way in due["readings"]}
    for due in truth.get("deadlines") or []:
        days = re.findall(r"\d{4}-\d{2}-\d{2}", due["date_iso_or_rule"])
        if days:
            yield "deadlines", days[-1] in reached


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[dict[str, Any], LetterReading]]:
    return {
        path.stem: (
            json.loads(path.read_text("utf-8")),
            read(Document(path.with_suffix(".txt").read_bytes(), f"{path.stem}.txt")),
        )
        for path in TRUTHS
    }


Readings = dict[str, tuple[dict[str, Any], LetterReading]]


def test_nearly_everything_in_real_letters_is_read_right(readings: Readings) -> None:
    counts: Counter[bool] = Counter()
    wrong: list[str] = []
    for name, (truth, reading) in readings.items():
        for field, right in judged(truth, reading):
            counts[right] += 1
            if not right:
                wrong.append(f"{name}: {field}")
    assert counts[True] / counts.total() >= 0.97, wrong


def test_almost_nothing_is_wrong_without_a_flag(readings: Readings) -> None:
    facts = 0
    silent: list[str] = []
    for name, (truth, reading) in readings.items():
        for field, right in judged(truth, reading):
            facts += 1
            if not right and field != "deadlines" and not is_flagged(reading, field):
                silent.append(f"{name}: {field}")
    assert len(silent) / facts <= 0.01, silent


def test_every_finding_in_real_letters_stands_where_it_says(readings: Readings) -> None:
    for _, reading in readings.values():
        check_places(reading)
