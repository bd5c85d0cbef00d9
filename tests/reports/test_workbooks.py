from collections.abc import Callable
from io import BytesIO

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.reports import answered, opened, report_of, sent
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.errors import Refused
from thamthan.reading.form_sheet import FormUnreadable, read_form_sheet
from thamthan.reports.actions import accept_reports, merge_workbook, merge_workbooks
from thamthan.reports.models import Report, Round, SentReport
from thamthan.reports.queries import report_workbook, totals_of
from thamthan.reports.rules import AnswerStanding
from thamthan.thai.text import fold
from thamthan.writing.form_sheet import SheetField, SheetForm, write_form_sheet
from thamthan.writing.workbook import plain_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def round_(world: World) -> Round:
    return opened(world, [world.nong_kapu, world.tha_sen])


def changed(content: bytes, change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """The workbook as someone fills it in: `change` gets the sheet, and the row of every key."""
    book = load_workbook(BytesIO(content))
    sheet = book["รายงาน"]
    rows = {str(row[6].value): row[0].row for row in sheet.iter_rows() if row[6].value}
    change(sheet, rows)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(report: Report, world: World, number: float = 4, *, sends: bool = True) -> bytes:
    """Every required field filled in, marked as sent and signed."""

    def change(sheet: Worksheet, rows: dict[str, int]) -> None:
        for question in report.round.questions.filter(is_required=True):
            cell = sheet.cell(rows[question.key], 2)
            cell.value = "ทำแล้ว เห็นผล" if question.kind == "text" else number
        for row in sheet.iter_rows():
            if row[0].value == "ยืนยันส่งรายงานนี้" and sends:
                row[1].value = "ใช่"
            if row[0].value == "ผู้รายงานและตำแหน่ง":
                row[1].value = "นางสาวสมใจ ศรีหนองกะปุ เจ้าพนักงานธุรการ"

    return changed(report_workbook(world.clerk, report), change)


def test_a_form_filled_without_a_line_is_merged_and_sent_by_the_district(
    world: World, round_: Round
) -> None:
    report = report_of(round_, world.nong_kapu)
    content = filled(report, world, 1250.5)
    merged = merge_workbook("a.xlsx", content, by=world.district_officer)
    assert merged.is_sent, merged
    sent_one = SentReport.objects.get()
    assert sent_one.sent_words.startswith("นางสาวสมใจ ศรีหนองกะปุ")
    assert "นำเข้าโดย" in sent_one.sent_words
    assert Assignment.objects.get(pk=report.assignment_id).state == "answered"
    # The same file again is the same sending.
    merge_workbook("a.xlsx", content, by=world.district_officer)
    assert SentReport.objects.count() == 1
    accept_reports([report], by=world.district_officer)
    question = round_.questions.filter(kind="money", is_required=True)[0]
    assert totals_of(world.district_officer, round_)[question.pk].sum_milli == 1_250_500


def test_what_was_not_touched_in_the_file_overwrites_nothing(world: World, round_: Round) -> None:
    report = report_of(round_, world.nong_kapu)
    before = report_workbook(world.clerk, report)
    answered(report, world.officer, 7000)
    merged = merge_workbook("a.xlsx", before, by=world.clerk)
    assert (merged.changed, merged.conflicts, merged.is_sent) == (0, (), False)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    assert report.answers.get(question=question).value_milli == 7000


def test_where_two_wrote_differently_both_are_told_and_the_rest_is_merged(
    world: World, round_: Round
) -> None:
    report = report_of(round_, world.nong_kapu)
    one, other = round_.questions.filter(kind="number")[:2]
    content = filled(report, world, 4)
    answered(report, world.officer, 7000)
    merged = merge_workbook("a.xlsx", content, by=world.clerk)
    assert one.key in {each.question.key for each in merged.conflicts}
    assert "ต้องดูก่อน" in merged.why_not_sent
    assert report.answers.get(question=one).value_milli == 7000
    assert not SentReport.objects.exists()
    assert other.is_required is False


def test_a_standing_and_a_bad_cell_are_told_apart(world: World, round_: Round) -> None:
    report = report_of(round_, world.nong_kapu)
    one, other = round_.questions.filter(kind="money", is_required=True)[:2]

    def change(sheet: Worksheet, rows: dict[str, int]) -> None:
        sheet.cell(rows[one.key], 5).value = "ไม่มีข้อมูล"
        sheet.cell(rows[other.key], 2).value = "ราวหมื่นกว่า"

    content = changed(report_workbook(world.clerk, report), change)
    merged = merge_workbook("a.xlsx", content, by=world.clerk)
    assert report.answers.get(question=one).standing == AnswerStanding.NONE
    assert other.key in merged.problems


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "neighbour_clerk", "governor_officer"])
def test_nobody_else_brings_it_in(world: World, round_: Round, stranger: str) -> None:
    content = filled(report_of(round_, world.nong_kapu), world)
    (merged,) = merge_workbooks([("a.xlsx", content)], by=getattr(world, stranger))
    assert merged.refused
    assert not SentReport.objects.exists()


def test_a_stamp_that_was_changed_is_refused_and_stops_no_other(
    world: World, round_: Round
) -> None:
    report = report_of(round_, world.nong_kapu)

    def forge(sheet: Worksheet, rows: dict[str, int]) -> None:
        stamp = sheet.parent["ทำทัน"]
        stamp.cell(1, 1).value = str(stamp.cell(1, 1).value)[:-3] + "abc"

    forged = changed(report_workbook(world.clerk, report), forge)
    files = [
        ("bad.xlsx", forged),
        ("no.xlsx", b"PK not a workbook"),
        ("ok.xlsx", filled(report, world)),
    ]
    told = merge_workbooks(files, by=world.district_officer)
    assert [bool(one.refused) for one in told] == [True, True, False]
    assert told[2].is_sent


def test_an_accepted_report_gives_no_form(world: World, round_: Round) -> None:
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk)
    accept_reports([report], by=world.district_officer)
    with pytest.raises(Refused):
        report_workbook(world.clerk, report_of(round_, world.nong_kapu))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXT, st.integers(-(10**12), 10**12)), min_size=1, max_size=5))
def test_what_is_written_is_read_back(fields: list[tuple[str, int]]) -> None:
    form = SheetForm(
        "แบบ", "อบต.", "", tuple(
            SheetField(f"t{at}", "", "คำถาม", is_number=False, value=text)
            for at, (text, _) in enumerate(fields)
        ) + tuple(
            SheetField(f"n{at}", "หัวข้อ", "คำถาม", value=str(number))
            for at, (_, number) in enumerate(fields)
        ), "stamp" * 20_000,
    )  # fmt: skip
    read = read_form_sheet(write_form_sheet(form))
    assert read.stamp == form.stamp
    for at, (text, number) in enumerate(fields):
        # Mended as every text of the house is: marks in order, white space single.
        assert fold(read.fields[f"t{at}"].value) == fold(plain_words(text))
        assert int(read.fields[f"n{at}"].value) == number


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(FormUnreadable):
        read_form_sheet(content)
