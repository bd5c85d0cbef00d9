import json
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.errors import Refused
from thamthan.reading.jsonform import Malformed
from thamthan.reading.model import (
    Ask,
    Candidate,
    Deadline,
    DeadlineReading,
    Doubt,
    EnclosureFinding,
    Finding,
    Item,
    LetterReading,
    Mark,
    NumberFinding,
    ObligationFinding,
    PageSize,
    Paper,
    Receipt,
    ReferenceFinding,
    Span,
    from_json,
    is_flagged,
    paper_from_json,
    paper_to_json,
    to_json,
)
from thamthan.thai.correspondence import LetterKind, LetterNumber, Secrecy, Urgency

WORDS = st.text(alphabet=string.ascii_letters + "กขคงาำ่้๐๑ “”\n", max_size=20)
DAYS = st.dates()
CERTAINTIES = st.floats(min_value=0, max_value=1)
TIMES = st.sampled_from(["00:00", "09:30", "14:00", "23:59"])


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def many(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


SPANS = st.builds(
    lambda page, start, length, box: Span(page, start, start + length, box),
    st.integers(1, 9),
    st.integers(0, 5000),
    st.integers(0, 90),
    maybe(st.tuples(*[st.floats(0, 842)] * 4)),
)


def findings(values):
    return st.builds(Finding, value=values, text=WORDS, span=SPANS, certainty=CERTAINTIES)


FOUND = {"value": WORDS, "text": WORDS, "span": SPANS, "certainty": CERTAINTIES}
NUMBERS = st.builds(
    NumberFinding,
    **FOUND,
    agency_code=WORDS,
    circular=st.booleans(),
    running=maybe(st.integers(0, 99_999)),
)
REFERENCES = st.builds(
    ReferenceFinding,
    **FOUND,
    agency=maybe(WORDS),
    urgency=maybe(st.sampled_from(Urgency)),
    number=maybe(WORDS),
    dated_on=maybe(DAYS),
)
ENCLOSURES = st.builds(
    EnclosureFinding, **FOUND, quantity=maybe(st.integers(0, 99)), unit=maybe(WORDS)
)
ITEMS = st.recursive(
    st.builds(Item, label=WORDS, text=WORDS, measures=many(findings(WORDS)), span=SPANS),
    lambda inner: st.builds(
        Item, label=WORDS, text=WORDS, measures=st.just(()), span=SPANS, items=many(inner)
    ),
    max_leaves=3,
)
DEADLINES = st.builds(
    Deadline,
    text=WORDS,
    span=SPANS,
    kind=st.sampled_from(["date", "window", "relative", "recurring", "urgent", "undated"]),
    opens=maybe(DAYS),
    closes=maybe(DAYS),
    time=maybe(TIMES),
    working_days=st.booleans(),
    after=maybe(st.sampled_from(["receipt", "letter", "signing", "period_end", "event"])),
    amount=maybe(st.integers(0, 400)),
    unit=maybe(st.sampled_from(["day", "week", "month", "year"])),
    rule=maybe(WORDS),
    reason=WORDS,
    readings=many(st.builds(DeadlineReading, opens=maybe(DAYS), closes=maybe(DAYS), reason=WORDS)),
)
RECEIPTS = st.builds(
    Receipt,
    organisation=maybe(findings(WORDS)),
    number=maybe(findings(st.integers(0, 9999))),
    received_on=maybe(findings(DAYS)),
    time=maybe(findings(TIMES)),
)
DOUBTS = st.builds(
    Doubt,
    code=WORDS,
    fields=many(WORDS),
    message=WORDS,
    suggestion=maybe(st.one_of(WORDS, st.integers(0, 99), st.floats(0, 1))),
)
READINGS = st.builds(
    LetterReading,
    kind=st.sampled_from(LetterKind),
    number=maybe(NUMBERS),
    urgency=maybe(findings(st.sampled_from(Urgency))),
    secrecy=maybe(findings(st.sampled_from(Secrecy))),
    dated_on=maybe(findings(DAYS)),
    subject=maybe(findings(WORDS)),
    addressees=many(findings(WORDS)),
    references=many(REFERENCES),
    enclosures=many(ENCLOSURES),
    items=many(ITEMS),
    deadlines=many(DEADLINES),
    receipt=maybe(RECEIPTS),
    doubts=many(DOUBTS),
)

HERE = Span(1, 0, 3)


def sure(value):
    return Finding(value, "ก", HERE, 0.95)


def reading(**found) -> LetterReading:
    return LetterReading(kind=LetterKind.EXTERNAL, **found)


@given(READINGS)
def test_a_reading_as_json_is_that_reading_again(read: LetterReading) -> None:
    assert from_json(json.loads(json.dumps(to_json(read)))) == read


def test_the_json_has_the_fields_of_the_contract_and_no_pages() -> None:
    read = reading(
        number=NumberFinding.of(
            LetterNumber("พบ", "0618", False, "665"), text="พบ ๐๖๑๘/ ๖๖๕", span=HERE, certainty=0.9
        ),
        dated_on=sure(date(2026, 3, 15)),
        obligations=(ObligationFinding(Ask.REPORT, "รายงาน", "อำเภอ", 0, HERE),),
        deadlines=(Deadline("ภายใน", HERE, "date", closes=date(2026, 3, 21)),),
        pages=("หน้าแรก",),
    )
    plain = to_json(read)
    assert "pages" not in plain
    assert plain["number"] == {
        "value": "พบ 0618/665",
        "text": "พบ ๐๖๑๘/ ๖๖๕",
        "span": {"page": 1, "start": 0, "end": 3, "box": None},
        "certainty": 0.9,
        "agency_code": "พบ 0618",
        "circular": False,
        "running": 665,
    }
    assert plain["dated_on"]["value"] == "2026-03-15"
    assert plain["deadlines"][0]["closes"] == "2026-03-21"
    assert plain["subject"] is None
    assert plain["references"] == []
    assert from_json(plain) == read


def test_a_field_left_out_counts_as_not_found() -> None:
    assert from_json({"kind": "memo"}) == LetterReading(kind=LetterKind.MEMO)


SPAN = {"page": 1, "start": 0, "end": 3, "box": None}
FINDING = {"value": "ก", "text": "ก", "span": SPAN, "certainty": 0.9}


@pytest.mark.parametrize(
    ("given_json", "where"),
    [
        ([], ""),
        (None, ""),
        ({}, "kind"),
        ({"kind": "letter"}, "kind"),
        ({"kind": ["memo"]}, "kind"),
        ({"kind": "memo", "pages": ["ก"]}, "pages"),
        ({"kind": "memo", "sbject": None}, "sbject"),
        ({"kind": "memo", "subject": "ก"}, "subject"),
        ({"kind": "memo", "subject": {**FINDING, "value": 5}}, "subject.value"),
        ({"kind": "memo", "subject": {**FINDING, "value": "a\x00"}}, "subject.value"),
        ({"kind": "memo", "subject": {**FINDING, "value": "\ud800"}}, "subject.value"),
        ({"kind": "memo", "subject": {**FINDING, "certainty": 2}}, "subject.certainty"),
        ({"kind": "memo", "subject": {**FINDING, "certainty": float("nan")}}, "subject.certainty"),
        ({"kind": "memo", "subject": {**FINDING, "span": {**SPAN, "end": -1}}}, "subject.span"),
        (
            {"kind": "memo", "subject": {**FINDING, "span": {**SPAN, "box": [1]}}},
            "subject.span.box",
        ),
        ({"kind": "memo", "dated_on": {**FINDING, "value": "20260315"}}, "dated_on.value"),
        ({"kind": "memo", "dated_on": {**FINDING, "value": "2026-02-30"}}, "dated_on.value"),
        ({"kind": "memo", "addressees": {}}, "addressees"),
        ({"kind": "memo", "addressees": [FINDING, None]}, "addressees[1]"),
        (
            {"kind": "memo", "receipt": {"number": {**FINDING, "value": True}}},
            "receipt.number.value",
        ),
        (
            {"kind": "memo", "receipt": {"number": {**FINDING, "value": 9**99}}},
            "receipt.number.value",
        ),
        (
            {"kind": "memo", "receipt": {"time": {**FINDING, "value": "25:00"}}},
            "receipt.time.value",
        ),
        (
            {
                "kind": "memo",
                "obligations": [{"ask": "act", "text": "ก", "deadline": 0, "span": SPAN}],
            },
            "obligations[0].deadline",
        ),
    ],
)
def test_malformed_json_is_refused_with_the_place(given_json: object, where: str) -> None:
    with pytest.raises(Refused) as refused:
        from_json(given_json)
    assert refused.value.code == "malformed_reading"
    assert refused.value.facts["field"] == where
    assert where in refused.value.message


def test_items_nested_without_end_are_refused() -> None:
    item: dict[str, object] = {"label": "๑", "text": "ก", "measures": [], "span": SPAN, "items": []}
    for _ in range(5000):
        item = {**item, "items": [item]}
    with pytest.raises(Refused):
        from_json({"kind": "memo", "items": [item]})


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=10,
)
FIELDS = list(to_json(LetterReading(kind=LetterKind.OTHER)))


@given(st.one_of(JSON, st.dictionaries(st.sampled_from(FIELDS), JSON)))
def test_any_json_is_read_or_refused(given_json: object) -> None:
    try:
        from_json(given_json)
    except Refused as refused:
        assert refused.code == "malformed_reading"


def test_a_finding_that_is_not_sure_is_flagged() -> None:
    read = reading(
        subject=Finding("ก", "ก", HERE, 0.79),
        sender=Finding("ก", "ก", HERE, 0.8),
        references=(
            ReferenceFinding("ก", "ก", HERE, 0.5, None, None, "พบ 1/2", None),
            ReferenceFinding("ก", "ก", HERE, 0.9, None, None, "พบ 1/3", None),
        ),
    )
    assert is_flagged(read, "subject")
    assert not is_flagged(read, "sender")
    assert is_flagged(read, "references")
    assert is_flagged(read, "references[0].number")
    assert not is_flagged(read, "references[1].number")


def test_a_doubt_flags_what_it_names_what_holds_it_and_what_it_holds() -> None:
    read = reading(
        addressees=(sure("ก"), sure("ข")),
        owner_unit=sure("ก"),
        receipt=Receipt(number=sure(614), received_on=sure(date(2026, 3, 20))),
        doubts=(
            Doubt("received_before_dated", ("receipt.received_on",), "ก"),
            Doubt("unknown_addressee", ("addressees",), "ก"),
        ),
    )
    assert is_flagged(read, "receipt.received_on")
    assert is_flagged(read, "receipt")
    assert not is_flagged(read, "receipt.number")
    assert is_flagged(read, "addressees[1]")
    assert not is_flagged(read, "owner_unit")


def test_a_field_not_found_is_flagged_only_by_a_doubt() -> None:
    assert not is_flagged(reading(), "number")
    assert is_flagged(reading(doubts=(Doubt("no_number", ("number",), "ก"),)), "number")


@given(READINGS, st.text())
def test_any_field_name_may_be_asked_about(read: LetterReading, field: str) -> None:
    is_flagged(read, field)


def test_what_else_a_page_bears_comes_back_from_its_own_json() -> None:
    mark = Mark(
        "handwriting", 1, (60.5, 90.0, 110.0, 112.0), "number", "", (Candidate("956", 0.6),)
    )
    paper = Paper((PageSize(595.0, 842.0), None), (mark, Mark("code", 2, (0, 0, 1, 1), text="x")))
    assert paper_from_json(json.loads(json.dumps(paper_to_json(paper)))) == paper
    assert "paper" not in to_json(LetterReading(LetterKind.EXTERNAL, paper=paper))


@pytest.mark.parametrize(
    "wrong",
    [{"marks": [{"kind": "handwriting", "page": 0, "box": [0, 0, 1, 1]}]}, {"marks": 3}, []],
)
def test_a_paper_that_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(Malformed):
        paper_from_json(wrong)
