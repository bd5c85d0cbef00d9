"""A district passes on what the province ordered: its own order, its own days, its own letter."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.directives.orders import BODY, PARTS, adopted, cascaded, in_hands_of, issued
from tests.letters.drafts import open_books
from tests.world import World
from thamthan.directives.actions import (
    adopt_order,
    begin_order,
    cascade_order,
    pass_on_order,
    start_cascade,
)
from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    issue_draft,
    move_draft,
    read_letter,
    receive_letter,
    sign_draft,
)
from thamthan.letters.models import Letter
from thamthan.letters.queries import letter_for, local_governments_below, readings_of
from thamthan.letters.rules import DraftParts, DraftReference, DraftState, parts_from_json
from thamthan.reading.model import Ask, LetterReading
from thamthan.thai.correspondence import Urgency, parse_letter_number
from thamthan.thai.dates import parse_date

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 13, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
PROVINCE = replace(
    PARTS,
    addressee="นายอำเภอ ทุกอำเภอ",
    references=(
        DraftReference("กระทรวงมหาดไทย", "มท 0211.3/ว 1", "20 พฤศจิกายน 2568"),
        DraftReference("จังหวัดเพชรบุรี", "พบ 0017.2/ว 1640", "23 พฤศจิกายน 2568", Urgency.MOST_URGENT),
    ),
    body=BODY.replace("ให้อำเภอภายใน", "ให้จังหวัดภายใน"),
    urgency=Urgency.MOST_URGENT,
    position="ผู้ว่าราชการจังหวัดเพชรบุรี",
)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def handing(world: World) -> Handing:
    """The province's order in the hands of the district, with the letter in its queue."""
    order = province_order(world)
    cascade_order(order, [world.ban_lat, world.mueang], by=world.governor_officer)
    open_books(world.district_officer)
    return in_hands_of(order, world.ban_lat)


def province_order(world: World, *, on: date = date(2026, 3, 9)) -> Order:
    """The province's own order, taken up and not handed down yet."""
    letter = issued(world.governor_officer, world.governor, parts=PROVINCE, code="พบ 0017.2", on=on)
    return adopted(letter, world.governor_officer)


def report_of(handing: Handing) -> Any:
    return handing.root.obligations.get(ask="report")


def draft_of(order: Order) -> DraftParts:
    assert order.draft is not None
    return parts_from_json(order.draft.parts)


def issued_of(order: Order, world: World, *, on: date = date(2026, 3, 13)) -> Letter:
    draft = order.draft
    assert draft is not None
    signed = sign_draft(draft, by=world.district_chief, seen_version=draft.version)
    return issue_draft(signed, by=world.district_officer, on=on)


def read_back(letter: Letter, world: World) -> LetterReading:
    reading = readings_of(world.district_officer, letter).reading
    assert reading is not None
    return reading


def test_the_district_drafts_its_own_letter_of_the_provinces(
    world: World, handing: Handing
) -> None:
    report = report_of(handing)
    assert report.due_on == date(2026, 3, 27)
    order = pass_on_order(
        handing,
        by=world.district_officer,
        own_days={report.pk: date(2026, 3, 24)},
        addition=["ส่งภาพถ่ายก่อนและหลังดำเนินการ"],
    )
    assert (order.upper, order.root, order.state) == (
        handing.order,
        handing.root,
        OrderState.ADOPTED,
    )
    parts = draft_of(order)
    assert parts.addressee == "นายกเทศมนตรีตำบลบ้านลาดและนายกองค์การบริหารส่วนตำบล ทุกแห่ง"
    assert (parts.is_circular, parts.position) == (True, "นายอำเภอบ้านลาด")
    assert parts.signatory == world.district_chief.person.name  # type: ignore[union-attr]
    # Its own office's earlier letter and the letter itself; the ministry's went to the province.
    assert [(one.agency, one.urgency) for one in parts.references] == [
        ("จังหวัดเพชรบุรี", Urgency.MOST_URGENT)
    ] * 2
    assert parts.references[0].number == "พบ 0017.2/ว 1640"
    assert parts.references[1].number == handing.order.sent.number  # type: ignore[union-attr]
    assert "อำเภอบ้านลาดได้รับแจ้งจากจังหวัดเพชรบุรีว่า" in parts.body
    # Only what it adds is its own; everything else points at the province's.
    (own,) = order.directives.all()
    assert (own.number, own.text) == ("3", "ส่งภาพถ่ายก่อนและหลังดำเนินการ")
    assert [one.ask for one in order.obligations.all()] == ["act"]

    reading = read_back(issued_of(order, world), world)
    assert [item.label for item in reading.items] == ["๑", "๒", "๓"]
    asked = {one.ask: one for one in reading.obligations}
    assert set(asked) == {Ask.ACT, Ask.PROPOSE, Ask.REPORT}
    assert asked[Ask.REPORT].to == "อำเภอบ้านลาด"
    assert [one.closes for one in reading.deadlines] == [date(2026, 3, 24)]
    assert [one.dated_on for one in reading.references][-1] == date(2026, 3, 9)


def test_the_earlier_day_and_the_own_clause_reach_those_below(
    world: World, handing: Handing
) -> None:
    report = report_of(handing)
    order = pass_on_order(
        handing,
        by=world.district_officer,
        own_days={report.pk: date(2026, 3, 24)},
        addition=["ส่งภาพถ่าย"],
    )
    with pytest.raises(Refused) as refused:
        start_cascade(order, [world.tha_sen], by=world.district_officer)
    assert refused.value.code == "letter_not_issued"
    letter = issued_of(order, world)
    below = list(local_governments_below(world.district_officer))
    start_cascade(order, below, by=world.district_officer)
    order.refresh_from_db()
    assert order.sent == letter
    assert Assignment.objects.get(obligation=report, organisation=world.tha_sen).due_on == date(
        2026, 3, 24
    )
    assert Assignment.objects.get(obligation=report, organisation=world.mueang).due_on == date(
        2026, 3, 27
    )
    given = in_hands_of(order, world.tha_sen)
    assert given.above == handing
    assert given.assignments.count() == handing.assignments.count() + 1
    handing.refresh_from_db()
    assert handing.passed_on_at is not None


def test_pressed_twice_it_is_one_order_with_one_draft(world: World, handing: Handing) -> None:
    one = pass_on_order(handing, by=world.district_officer, own_days={})
    again = pass_on_order(handing, by=world.district_officer, own_days={}, addition=["อีกข้อ"])
    assert (again, again.draft) == (one, one.draft)
    assert not again.directives.exists()
    # A draft that was given up is drafted anew, with what is wanted now.
    assert one.draft is not None
    move_draft(
        one.draft, DraftState.DROPPED, by=world.district_officer, seen_version=one.draft.version
    )
    anew = pass_on_order(handing, by=world.district_officer, own_days={}, addition=["อีกข้อ"])
    assert anew == one
    assert anew.draft != one.draft
    assert [row.text for row in anew.directives.all()] == ["อีกข้อ"]


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 3, 28), "later_than_upper"), (date(2026, 3, 10), "day_passed")]
)
def test_a_day_that_cannot_be_kept_is_refused(
    world: World, handing: Handing, day: date, code: str
) -> None:
    key = report_of(handing).pk
    with pytest.raises(Refused) as refused:
        pass_on_order(handing, by=world.district_officer, own_days={key: day})
    assert refused.value.code == code
    order = pass_on_order(handing, by=world.district_officer, own_days={key: date(2026, 3, 27)})
    assert order.own_deadlines.get().due_on == date(2026, 3, 27)


def test_only_who_has_the_matter_and_somebody_below_passes_it_on(
    world: World, handing: Handing
) -> None:
    for by in (world.governor_officer, world.clerk, world.district_administrator):
        with pytest.raises(Refused):
            pass_on_order(handing, by=by, own_days={})
    assert pass_on_order(handing, by=world.district_officer, own_days={}).draft is not None
    given = in_hands_of(cascaded_below(world), world.nong_kapu)
    with pytest.raises(Refused) as refused:
        pass_on_order(given, by=world.clerk, own_days={})
    assert refused.value.code == "nobody_below"


def cascaded_below(world: World) -> Order:
    return cascaded(world, [world.nong_kapu])


SEED = Path(__file__).resolve().parents[3] / "shared" / "letters" / "seed"


@pytest.fixture
def of_paper(world: World) -> Iterator[tuple[Order, dict[str, Any]]]:
    """The seed letter's matter as the province may have written it, on paper, at the district."""
    if not SEED.is_dir():
        pytest.skip("the seed letter does not stand beside")
    truth = json.loads((SEED / "truth.json").read_text("utf-8"))
    words = (SEED / "letter.txt").read_text("utf-8")
    body = words[words.index("อำเภอบ้านลาดได้รับแจ้ง") : words.index("ขอแสดงความนับถือ")]
    body = body.replace("อำเภอบ้านลาดได้รับแจ้งจากจังหวัดเพชรบุรีว่า ", "").replace(
        "อำเภอบ้านลาดจึงขอให้", "จังหวัดเพชรบุรีจึงขอให้"
    )
    body = body.replace("ให้อำเภอภายใน", "ให้จังหวัดภายใน")
    paper = f"""ด่วนที่สุด
ที่ พบ ๐๐๑๗.๒/๑๗๔๐๙

ศาลากลางจังหวัดเพชรบุรี
ถนนราชวิถี พบ ๗๖๐๐๐

๑๑ ธันวาคม ๒๕๖๘

เรื่อง {truth["subject"]}

เรียน นายอำเภอ ทุกอำเภอ

อ้างถึง หนังสือจังหวัดเพชรบุรี ด่วนที่สุด ที่ พบ ๐๐๑๗.๒/ว ๑๖๔๐๗ ลงวันที่ ๒๓ พฤศจิกายน ๒๕๖๘

{body}
ขอแสดงความนับถือ

(นายสมมุติ ตัวอย่างดี)
ผู้ว่าราชการจังหวัดเพชรบุรี
"""
    clerk = world.district_officer
    open_books(clerk)
    letter = receive_letter(
        [IncomingFile(name="จังหวัด.txt", content=paper.encode())], by=clerk, received_at=NOW
    )
    read_letter(letter.readings.get().pk, by=world.system)
    letter = letter_for(clerk, letter.pk)
    reading = readings_of(clerk, letter).reading
    assert reading is not None
    registered = confirm_reading(
        letter, reading, by=clerk, seen_version=letter.version, received_at=NOW
    )
    order = begin_order(registered, by=clerk)
    yield adopt_order(order, by=clerk, seen_version=order.version), truth


@pytest.mark.shared
def test_the_letter_made_of_the_provinces_is_the_seed_letter_in_its_parts(
    world: World, of_paper: tuple[Order, dict[str, Any]]
) -> None:
    order, truth = of_paper
    handing = in_hands_of(order, world.ban_lat)
    (report,) = order.obligations.filter(ask="report")
    assert report.due_on is not None
    passed = pass_on_order(
        handing, by=world.district_officer, own_days={report.pk: date(2026, 3, 18)}
    )
    # The order that was taken from paper is the one that is handed down.
    assert passed == order
    parts = draft_of(passed)
    assert parts.subject == truth["subject"]
    assert parts.addressee == "".join([truth["addressees"][0], "และ", truth["addressees"][1]])
    assert (parts.position, parts.kind) == (truth["position"], truth["kind"])
    told = [
        {
            "agency": one.agency,
            "urgency": one.urgency,
            "number": str(parse_letter_number(one.number)),
            "dated_on": str(getattr(parse_date(one.dated), "value", None)),
        }
        for one in parts.references
    ]
    assert told == truth["references"]

    reading = read_back(issued_of(passed, world), world)
    assert [one.value for one in reading.addressees] == [parts.addressee]
    assert [(item.label, len(item.measures)) for item in reading.items] == [
        (item["label"], len(item["measures"])) for item in truth["items"]
    ]
    assert [one.ask for one in reading.obligations] == [one["ask"] for one in truth["obligations"]]
    last = reading.obligations[-1]
    assert (last.to or "").startswith(truth["obligations"][-1]["to"])
    (deadline,) = reading.deadlines
    assert deadline.closes is not None
    assert deadline.closes <= report.due_on
    assert [(str(one.number), one.urgency, str(one.dated_on)) for one in reading.references] == [
        (one["number"], one["urgency"], one["dated_on"]) for one in truth["references"]
    ]
    assert reading.position is not None
    assert reading.position.value == truth["position"]
