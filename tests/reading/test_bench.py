"""The judges of the bench are judged: what they call right is right, and what is silent is told."""

import json
from copy import deepcopy

import pytest

pytest.importorskip("numpy", reason="the bench needs the packages that read pictures")

from tests.reading.bench.judge import judge
from tests.reading.bench.maker import letters
from tests.reading.bench.paper import HAND, as_text
from tests.reading.bench.transcript import compared
from tests.reading.bench.typeset import ANYTHING
from tests.reading.bench.watch import read_watched
from thamthan.reading import read
from thamthan.reading.model import to_json

LETTERS = letters(30)


def outcomes(truth, reading, **more):
    return {one.field: one.outcome for one in judge(truth, reading, ours=True, **more)}


@pytest.fixture
def letter():
    return next(one for one in LETTERS if one.kind == "external" and one.stamp)


@pytest.fixture
def reading(letter):
    return to_json(read(as_text(letter)))


def test_the_same_seed_makes_the_same_letter_and_another_seed_another():
    assert letters(3) == LETTERS[:3]
    assert len({as_text(one) for one in LETTERS}) == len(LETTERS)


def test_letters_of_every_kind_and_with_every_difficulty_are_made():
    assert {one.kind for one in LETTERS} == {"external", "memo", "stamped", "order", "notice"}
    assert {"number", "dated_on", "receipt.number"} <= {
        name for one in LETTERS for name in one.hand
    }
    assert any(one.truth["not_deadlines"] for one in LETTERS)
    assert any(one.truth["speed"] for one in LETTERS)
    assert HAND not in "".join(map(as_text, LETTERS))


def test_nearly_everything_in_our_letters_is_read_right_from_their_text():
    facts = [
        one
        for letter in LETTERS
        for one in judge(letter.truth, to_json(read(as_text(letter, wide=92))), ours=True)
        if one.outcome != "absent"
    ]
    wrong = [one for one in facts if one.outcome != "right"]
    assert 1 - len(wrong) / len(facts) >= 0.97, wrong
    silent = [one for one in wrong if one.outcome in ("silent", "spurious")]
    assert len(silent) / len(facts) <= 0.01, silent


def test_a_right_value_is_right_and_a_wrong_one_silent_unless_it_is_flagged(letter, reading):
    assert outcomes(letter.truth, reading)["number"] == "right"
    wrong = deepcopy(reading)
    wrong["number"]["value"] = "พบ 9999/1"
    assert outcomes(letter.truth, wrong)["number"] == "silent"
    unsure = deepcopy(wrong)
    unsure["number"]["certainty"] = 0.5
    assert outcomes(letter.truth, unsure)["number"] == "flagged"
    doubt = {"code": "x", "fields": ["number"], "message": "", "suggestion": None}
    doubted = {**wrong, "doubts": [doubt]}
    assert outcomes(letter.truth, doubted)["number"] == "flagged"
    assert outcomes(letter.truth, {**reading, "number": None})["number"] == "missing"


def test_what_the_letter_does_not_have_is_spurious_where_it_is_found(letter, reading):
    truth = {**letter.truth, "phone": None}
    assert outcomes(truth, reading)["telephone"] == "spurious"
    assert outcomes(truth, {**reading, "telephone": None})["telephone"] == "absent"


def test_what_a_hand_filled_in_is_told_apart(letter, reading):
    assert "number, by hand" in outcomes(letter.truth, reading, hand=("number",))


def test_a_deadline_on_another_day_is_silent_and_one_not_found_is_missing(letter, reading):
    due = {"phrase": "ภายในวันที่ ๕ เมษายน ๒๕๖๙", "date_iso_or_rule": "2026-04-05"}
    truth = {**letter.truth, "deadlines": [due], "not_deadlines": []}
    found = {
        "text": due["phrase"], "kind": "date", "closes": "2026-04-05", "rule": None,
        "readings": [], "amount": None, "unit": None,
    }  # fmt: skip
    of = lambda deadlines: outcomes(truth, {**reading, "deadlines": deadlines})["deadlines"]  # noqa: E731
    assert of([found]) == "right"
    assert of([{**found, "closes": "2026-04-06"}]) == "silent"
    assert of([]) == "missing"


def test_two_spellings_of_one_rule_are_the_same(letter, reading):
    due = {"phrase": "ทุกวันศุกร์", "date_iso_or_rule": "RRULE:FREQ=WEEKLY;BYDAY=FR"}
    truth = {**letter.truth, "deadlines": [due], "not_deadlines": []}
    found = {
        "text": "ทุกวันศุกร์", "kind": "recurring", "closes": None, "readings": [],
        "amount": None, "unit": None,
    }  # fmt: skip
    for rule, outcome in (("FREQ=WEEKLY;INTERVAL=1;BYDAY=FR", "right"), ("FREQ=DAILY", "silent")):
        told = {**reading, "deadlines": [{**found, "rule": f"RRULE:{rule}"}]}
        assert outcomes(truth, told)["deadlines"] == outcome


def test_blocks_are_found_wherever_on_the_page_they_stand():
    count = compared(["ที่ พบ ๐๖๑๘/๖๖๕", "อำเภอท่ายาง"], "อำเภอท่ายาง\nที่ พบ ๐๖๑๘/๖๖๕")
    assert (count.wrong, count.digits_right, count.thai) == (0, 7, 7)


def test_what_stands_twice_on_a_page_is_found_twice_and_no_more_than_itself():
    found = "นายอำเภอท่ายาง\nภายใน ๗ วัน ๑ ชุด\nนายอำเภอท่ายาง ๒"
    blocks = ["นายอำเภอท่ายาง", "ภายใน ๗ วัน ๑ ชุด", "นายอำเภอท่ายาง ๒"]
    for given in (blocks, blocks[::-1]):
        count = compared(given, found, [1.0] * len(found))
        assert (count.wrong, count.digits, count.digits_right, count.digits_silent) == (0, 3, 3, 0)


def test_what_was_not_read_does_not_take_the_place_of_something_else():
    found = "ที่ พบ ๐๔๑๘.๑/๑๗๗๗๘"
    count = compared(["อีเมล amphoe04@srichum.example.go.th", found], found, [1.0] * len(found))
    assert (count.digits, count.digits_right, count.digits_silent) == (12, 10, 0)
    assert count.wrong == len("อีเมลamphoe04@srichum.example.go.th")


def test_a_wrong_digit_is_silent_where_it_was_sure():
    found = "ที่ พบ ๐๖๑๘/๖๖๔"
    sure = compared(["ที่ พบ ๐๖๑๘/๖๖๕"], found, [1.0] * len(found))
    assert (sure.wrong, sure.digits_right, sure.digits_silent) == (1, 6, 1)
    doubted = compared(["ที่ พบ ๐๖๑๘/๖๖๕"], found, [0.5] * len(found))
    assert (doubted.wrong, doubted.digits_silent) == (1, 0)


def test_what_a_hand_wrote_may_be_read_or_not():
    block = f"ที่ พบ ๐๖๑๘/{ANYTHING * 3}"
    for found in ("ที่ พบ ๐๖๑๘/๖๖๕", "ที่ พบ ๐๖๑๘/"):
        count = compared([block], found)
        assert (count.wrong, count.digits, count.digits_right) == (0, 4, 4)


def test_words_that_nobody_printed_are_wrong():
    assert compared(["อำเภอท่ายาง"], "อำเภอท่ายาง\n~#^=@").wrong == 5


def test_the_watched_door_reads_what_the_door_reads(letter):
    watched = read_watched(as_text(letter).encode(), "letter.txt")
    assert watched.fault == ""
    assert watched.reading == json.loads(json.dumps(to_json(read(as_text(letter)))))
    assert read_watched(b"", "empty.txt").fault.startswith("Unreadable")
