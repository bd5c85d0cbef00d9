import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from thamthan.reading import Document, Known, read
from thamthan.reading.model import LetterReading, is_flagged, to_json
from thamthan.thai.calendars import thai_calendar

FOLDER = Path(__file__).parents[3] / "shared" / "letters" / "seed"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the seed letter does not stand beside"),
]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def reading() -> LetterReading:
    return read(
        Document((FOLDER / "letter.txt").read_bytes(), "letter.txt"),
        arrived=datetime(2026, 3, 20, 14, 0, tzinfo=ZoneInfo("Asia/Bangkok")),
        calendar=thai_calendar(2025, 2026),
        known=Known({"1": "องค์การบริหารส่วนตำบลหนองกะปุ"}),
    )


@pytest.mark.parametrize(
    "field",
    ["number", "sender", "dated_on", "subject", "signatory", "position", "owner_unit", "telephone"],
)
def test_each_field_has_its_value(
    reading: LetterReading, truth: dict[str, Any], field: str
) -> None:
    assert to_json(reading)[field]["value"] == truth[field]


def test_it_is_an_external_letter_of_no_urgency(reading: LetterReading) -> None:
    assert (reading.kind, reading.urgency, reading.secrecy, reading.enclosures) == (
        "external",
        None,
        None,
        (),
    )


def test_the_number_keeps_its_own_words(reading: LetterReading) -> None:
    assert reading.number is not None
    assert (reading.number.text, reading.number.running) == ("พบ ๐๖๑๘/ ๖๖๕", 665)


def test_both_addressees(reading: LetterReading, truth: dict[str, Any]) -> None:
    assert [found.value for found in reading.addressees] == truth["addressees"]


def test_both_references(reading: LetterReading, truth: dict[str, Any]) -> None:
    plain = to_json(reading)["references"]
    kept = ("agency", "urgency", "number", "dated_on")
    assert [{name: one[name] for name in kept} for one in plain] == truth["references"]


def test_both_items_with_their_measures(reading: LetterReading, truth: dict[str, Any]) -> None:
    assert [item.label for item in reading.items] == [item["label"] for item in truth["items"]]
    counts = [len(item["measures"]) for item in truth["items"]]
    assert [len(item.measures) for item in reading.items] == counts
    page = reading.pages[0]
    for item in reading.items:
        for measure in item.measures:
            assert page[measure.span.start : measure.span.end] == measure.text
            assert item.span.start <= measure.span.start < measure.span.end <= item.span.end


@pytest.mark.parametrize(
    ("item", "telling"),
    [
        (0, ["ค่าครองชีพ", "อัตลักษณ์", "OTOP", "พลังงาน", "จำหน่าย", "Reskill"]),
        (1, ["กลุ่มเปราะบาง", "อาชีพ", "ที่อยู่อาศัย", "การศึกษา", "สวนสาธารณะ", "น้ำเสีย", "ขยะ"]),
    ],
)
def test_each_measure_says_its_own_thing(
    reading: LetterReading, item: int, telling: list[str]
) -> None:
    for measure, word in zip(reading.items[item].measures, telling, strict=True):
        assert word in measure.value


def test_three_things_are_asked(reading: LetterReading, truth: dict[str, Any]) -> None:
    asked = [(o.ask.value, o.to, o.deadline) for o in reading.obligations]
    assert asked == [(o["ask"], o.get("to"), o["deadline"]) for o in truth["obligations"]]


def test_the_deadline_has_three_readings_and_what_is_told_has_none(
    reading: LetterReading, truth: dict[str, Any]
) -> None:
    (due,) = to_json(reading)["deadlines"]
    assert (due["text"], due["kind"]) == (truth["deadlines"][0]["text"], "window")
    ways = [[way["opens"], way["closes"]] for way in due["readings"]]
    assert ways == truth["deadlines"][0]["readings"]


def test_the_stamp_gives_all_but_its_day(reading: LetterReading, truth: dict[str, Any]) -> None:
    receipt = to_json(reading)["receipt"]
    stamped = truth["receipt"]
    for name in ("organisation", "number", "time"):
        assert receipt[name]["value"] == stamped[name]
    assert receipt["received_on"] is None
    (found,) = [d for d in reading.doubts if d.code == "receipt_date_unreadable"]
    assert found.suggestion == stamped["suggested_received_on"]


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("receipt_date_unreadable", "receipt.received_on"),
        ("dated_on_weekend", "dated_on"),
        ("name_nearly_known", "receipt.organisation"),
        ("name_written_variously", "subject"),
        ("deadline_has_readings", "deadlines[0]"),
        ("deadline_near", "deadlines[0]"),
    ],
)
def test_what_a_careful_clerk_would_doubt(reading: LetterReading, code: str, field: str) -> None:
    assert any(d.code == code and field in d.fields for d in reading.doubts)
    assert is_flagged(reading, field)


def test_the_number_of_the_letter_is_a_promise(reading: LetterReading) -> None:
    for field in ("number", "signatory", "position", "telephone", "references", "addressees"):
        assert not is_flagged(reading, field)
    assert reading.dated_on is not None and reading.dated_on.value == date(2026, 3, 15)
