"""What of a reading is right, and what is wrong: flagged, missing, or with nobody warned of it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr

from thamthan.thai.digits import to_arabic

Truth = dict[str, Any]
Read = dict[str, Any]
SURE = 0.8
SPEEDS = {"ด่วน": "urgent", "ด่วนมาก": "very_urgent", "ด่วนที่สุด": "most_urgent"}
HEAD = (
    "number",
    "dated_on",
    "subject",
    "urgency",
    "addressees",
    "references",
    "signatory",
    "position",
)


@dataclass(frozen=True)
class Verdict:
    """One fact of a letter; `warned` says whether a person was told to look at its field."""

    field: str
    outcome: str
    wanted: Any
    found: Any
    warned: bool


def bare(words: object) -> str:
    text = unicodedata.normalize("NFC", str(words or "")).replace("\u0e4d\u0e32", "\u0e33")
    return re.sub(r"[\s“”\"'‘’()]+", "", to_arabic(text))


def bare_number(words: object) -> str:
    """A letter number without what offices write in different ways: speed, ที่, dots and dashes."""
    text = re.sub(r"^(?:ด่วนที่สุด|ด่วนมาก|ด่วน|ลับที่สุด|ลับมาก|ลับ)+", "", bare(words))
    return re.sub(r"^ที่", "", text).replace("ว.", "ว").rstrip("-")


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for to, beside in enumerate(other, start=1):
            before, row[to] = (
                row[to],
                min(row[to] + 1, row[to - 1] + 1, before + (letter != beside)),
            )
    return row[-1]


def alike(one: object, other: object, *, most: float = 0.06) -> bool:
    first, second = bare(one)[:400], bare(other)[:400]
    if first == second or not first or not second:
        return first == second
    return distance(first, second) <= most * max(len(first), len(second))


def is_warned(reading: Read, field: str, found: Any) -> bool:
    if isinstance(found, dict) and found.get("certainty") is not None and found["certainty"] < SURE:
        return True
    return any(
        name == field
        or name.startswith((f"{field}.", f"{field}["))
        or field.startswith((f"{name}.", f"{name}["))
        for doubt in reading["doubts"]
        for name in doubt["fields"]
    )


def judge(truth: Truth, reading: Read, *, ours: bool, hand: tuple[str, ...] = ()) -> list[Verdict]:
    """Every fact of the truth; of our own letters also those that real truths do not hold."""
    gone = set(truth.get("missing") or [])
    told = {"urgency": "speed"}
    verdicts = [*_head(truth, reading), *_lists(truth, reading), *_deadlines(truth, reading)]
    verdicts += _receipt(truth, reading, whole=ours)
    if ours:
        verdicts += _ours(truth, reading)
    kept = [one for one in verdicts if told.get(one.field, one.field) not in gone]
    return [
        Verdict(f"{one.field}, by hand", one.outcome, one.wanted, one.found, one.warned)
        if one.field in hand
        else one
        for one in kept
    ]


Same = Callable[[Any, Any], bool]


def _fact(reading: Read, field: str, wanted: Any, found: Any, same: Same) -> Verdict:
    """One field; where the letter has none, whatever was found is spurious."""
    value = found.get("value") if isinstance(found, dict) else found
    warned = is_warned(reading, field, found)
    if wanted in (None, ""):
        if value in (None, "", []):
            return Verdict(field, "absent", None, None, warned)
        return Verdict(field, "flagged" if warned else "spurious", None, value, warned)
    if value in (None, ""):
        outcome = "missing"
    elif same(wanted, value):
        outcome = "right"
    else:
        outcome = "flagged" if warned else "silent"
    return Verdict(field, outcome, wanted, value, warned)


def _same_words(wanted: Any, found: Any) -> bool:
    return bare(wanted) == bare(found)


def _head(truth: Truth, reading: Read) -> Iterator[Verdict]:
    def fact(field: str, wanted: Any, same: Same) -> Verdict:
        return _fact(reading, field, wanted, reading[field], same)

    yield fact("number", truth.get("number"), lambda a, b: bare_number(a) == bare_number(b))
    yield fact("dated_on", truth.get("date_iso"), _same_words)
    yield fact("subject", truth.get("subject"), alike)
    speed = SPEEDS.get(truth.get("speed") or "", "normal")
    found = reading["urgency"]
    same = (found or {"value": "normal"})["value"] == speed
    warned = is_warned(reading, "urgency", found)
    outcome = "right" if same else "flagged" if warned else "silent"
    yield Verdict("urgency", outcome, speed, found and found["value"], warned)
    loosely: Same = lambda a, b: alike(a, b, most=0.1)  # noqa: E731 – said twice below
    yield fact("signatory", truth.get("signer"), loosely)
    yield fact("position", truth.get("position"), loosely)


def _lists(truth: Truth, reading: Read) -> Iterator[Verdict]:
    values = [found["value"] for found in reading["addressees"]]
    together = "".join(map(bare, values))
    warned = is_warned(reading, "addressees", None) or _is_unsure(reading["addressees"])
    for wanted in truth.get("addressees") or []:
        right = bare(wanted) in together or any(alike(wanted, one, most=0.08) for one in values)
        outcome = (
            "right" if right else "missing" if not values else "flagged" if warned else "silent"
        )
        yield Verdict("addressees", outcome, wanted, values, warned)
    warned = is_warned(reading, "references", None) or _is_unsure(reading["references"])
    found = {(bare_number(one["number"]), one["dated_on"]) for one in reading["references"]}
    for one in truth.get("references") or []:
        if one.get("where") == "body" or not one.get("number"):
            continue
        number = bare_number(one["number"])
        outcome = "missing"
        if (number, one.get("date_iso")) in found:
            outcome = "right"
        elif len(reading["references"]) >= len(truth["references"]) or number in dict(found):
            outcome = "flagged" if warned else "silent"
        yield Verdict(
            "references", outcome, [number, one.get("date_iso")], sorted(map(str, found)), warned
        )


def _is_unsure(found: list[dict[str, Any]]) -> bool:
    return any(one["certainty"] < SURE for one in found)


def _receipt(truth: Truth, reading: Read, *, whole: bool) -> Iterator[Verdict]:
    stamped, read = truth.get("receipt") or {}, reading["receipt"] or {}
    digits: Same = lambda a, b: re.sub(r"\D", "", bare(a)) == re.sub(r"\D", "", bare(b)).lstrip("0")  # noqa: E731
    number = re.sub(r"\D", "", bare(stamped.get("number"))).lstrip("0")
    if number or whole:
        yield _fact(reading, "receipt.number", number, read.get("number"), digits)
    if whole:
        yield _fact(
            reading,
            "receipt.received_on",
            stamped.get("date_iso"),
            read.get("received_on"),
            _same_words,
        )
        yield _fact(reading, "receipt.time", stamped.get("time"), read.get("time"), _same_words)
        yield _fact(
            reading,
            "receipt.organisation",
            stamped.get("organisation"),
            read.get("organisation"),
            alike,
        )


def _ours(truth: Truth, reading: Read) -> Iterator[Verdict]:
    yield _fact(reading, "kind", truth["kind"], reading["kind"], _same_words)
    yield _fact(reading, "sender", truth["agency"], reading["sender"], alike)
    yield _fact(reading, "owner_unit", truth.get("owner_unit"), reading["owner_unit"], alike)
    digits: Same = lambda a, b: re.sub(r"\D", "", bare(a)) == re.sub(r"\D", "", bare(b))  # noqa: E731
    yield _fact(reading, "telephone", truth.get("phone"), reading["telephone"], digits)
    yield _fact(reading, "email", truth.get("email"), reading["email"], _same_words)
    texts = [bare(found["text"]) for found in reading["enclosures"]]
    warned = is_warned(reading, "enclosures", None) or _is_unsure(reading["enclosures"])
    for wanted in truth["enclosures"]:
        name = bare(wanted)
        if any(alike(name, text, most=0.1) or bare(text).endswith(name) for text in texts):
            outcome = "right"
        else:
            outcome = "missing" if not texts else "flagged" if warned else "silent"
        yield Verdict("enclosures", outcome, wanted, texts, warned)


def _deadlines(truth: Truth, reading: Read) -> Iterator[Verdict]:
    for due in truth.get("deadlines") or []:
        wanted = due.get("date_iso_or_rule") or due.get("date_iso") or due.get("rule")
        if wanted:
            yield _deadline(due, str(wanted), reading)
    for words in truth.get("not_deadlines") or []:
        for at, found in enumerate(reading["deadlines"]):
            if bare(found["text"]) in bare(words) and found["kind"] != "undated":
                warned = is_warned(reading, f"deadlines[{at}]", None)
                outcome = "flagged" if warned else "spurious"
                yield Verdict("deadlines", outcome, None, found["text"], warned)


def _deadline(due: Truth, wanted: str, reading: Read) -> Verdict:
    """Right where the day, the rule or the count is told; else by what was made of its words."""
    days = re.findall(r"\d{4}-\d{2}-\d{2}", wanted)
    if "/" in wanted:
        days = days[-1:]
    about, warned = None, is_warned(reading, "deadlines", None)
    for at, found in enumerate(reading["deadlines"]):
        if _is_same_deadline(due, wanted, set(days), found):
            return Verdict("deadlines", "right", wanted, found["text"], warned)
        if _is_about(due, found):
            about = found
            warned = is_warned(reading, f"deadlines[{at}]", None)
    if about is None:
        return Verdict("deadlines", "missing", [due.get("phrase"), wanted], None, warned)
    says_a_day = about["closes"] or about["rule"]
    outcome = "flagged" if warned else "silent" if says_a_day else "missing"
    told = [about["text"], about["closes"] or about["rule"] or about["kind"]]
    return Verdict("deadlines", outcome, [due.get("phrase"), wanted], told, warned)


def _is_about(due: Truth, found: Read) -> bool:
    phrase, text = bare(due.get("phrase")), bare(found["text"])
    return phrase in text or text in phrase or alike(phrase, text, most=0.3)


def _is_same_deadline(due: Truth, wanted: str, days: set[str], found: Read) -> bool:
    if days:
        return bool(days & ({found["closes"]} | {one["closes"] for one in found["readings"]}))
    if wanted.startswith(("RRULE", "FREQ")):
        return bool(found["rule"]) and _times(found["rule"]) == _times(wanted)
    if "amount" in due:
        return (found["amount"], found["unit"]) == (due["amount"], due["unit"])
    return _is_about(due, found)


def _times(rule: str) -> list[datetime]:
    """When a rule's turns come within three years: two spellings of one rule have the same."""
    start = datetime(2026, 1, 1)  # noqa: DTZ001 – days only
    turns = rrulestr(rule.removeprefix("RRULE:"), dtstart=start)
    return list(turns.between(start, start + timedelta(days=1100), inc=True))[:40]
