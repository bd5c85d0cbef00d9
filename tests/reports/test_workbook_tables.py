"""A table filled in as a sheet of the workbook, by two who have no line, and merged back."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import given as law
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.reports.reports import opened, report_of
from tests.reports.tables import roads, with_table
from tests.world import World
from thamthan.reports.actions import Given, merge_workbook, save_answers
from thamthan.reports.models import Report
from thamthan.reports.queries import report_workbook
from thamthan.reports.rules import AnswerStanding, RowEdit

pytestmark = pytest.mark.django_db
FIRST = 6


@pytest.fixture
def report(world: World) -> Any:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        found = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
        with_table(found)
        yield found


def written(content: bytes, cells: Mapping[tuple[int, int], object], standing: str = "") -> bytes:
    """The workbook with these cells of its table filled in: row and column, from the first."""
    book = load_workbook(BytesIO(content))
    sheet: Any = book["ตาราง 1"]
    for (row, column), value in cells.items():
        cell = sheet.cell(FIRST + row, 2 + column)
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "d mmm yy"
    if standing:
        sheet.cell(3, 2).value = standing
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def two_rows(report: Report, world: World) -> None:
    rows = (
        RowEdit("aaaa", "", {"road": "สายใน", "cost": 5_000_000}),
        RowEdit("bbbb", "", {"road": "สายนอก"}),
    )
    save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 0, edits=rows)}, by=world.clerk)


def test_rows_are_changed_added_and_removed_in_the_file(world: World, report: Report) -> None:
    two_rows(report, world)
    file = report_workbook(world.clerk, report)
    content = written(
        file,
        {
            (0, 1): 350.5, (0, 3): date(2026, 2, 15),
            (1, 0): None,
            (2, 0): "สายใหม่", (2, 2): "๑,๒๐๐", (2, 3): "15 ก.พ. 69",
        },
    )  # fmt: skip
    merged = merge_workbook("a.xlsx", content, by=world.clerk)
    assert (merged.problems, merged.conflicts) == ({}, ())
    told = roads(report)
    assert told.pop("aaaa") == {
        "road": "สายใน", "length": 350_500, "cost": 5_000_000, "done": "2026-02-15",
    }  # fmt: skip
    (new,) = told.values()
    assert (new["cost"], new["done"]) == (1_200_000, "2026-02-15")
    # Brought in twice, once.
    assert not merge_workbook("a.xlsx", content, by=world.clerk).conflicts
    assert len(roads(report)) == 2


def test_a_day_by_the_buddhist_year_is_the_same_day(world: World, report: Report) -> None:
    content = written(
        report_workbook(world.clerk, report), {(0, 0): "สายใน", (0, 3): date(2569, 2, 15)}
    )
    merge_workbook("a.xlsx", content, by=world.clerk)
    (row,) = roads(report).values()
    assert row["done"] == "2026-02-15"


def test_a_cell_that_cannot_be_read_is_named_and_the_other_rows_are_taken(
    world: World, report: Report
) -> None:
    file = report_workbook(world.clerk, report)
    cells = {(0, 0): "สายใน", (0, 1): "ราวร้อย", (1, 0): "สายนอก"}
    merged = merge_workbook("a.xlsx", written(file, cells), by=world.clerk)
    assert "แถวที่ 1 “ระยะทาง”" in merged.problems["roads"]
    assert [row["road"] for row in roads(report).values()] == ["สายนอก"]


def test_that_there_is_nothing_to_tell_is_said_in_the_file(world: World, report: Report) -> None:
    file = report_workbook(world.clerk, report)
    merge_workbook("a.xlsx", written(file, {}, standing="ไม่มีข้อมูล"), by=world.clerk)
    assert report.answers.get(question__key="roads").standing == AnswerStanding.NONE
    # What was not touched says nothing: the older file takes it not back.
    merge_workbook("b.xlsx", file, by=world.clerk)
    assert report.answers.get(question__key="roads").standing == AnswerStanding.NONE


def test_a_row_that_two_changed_is_told_with_both(world: World, report: Report) -> None:
    two_rows(report, world)
    file = report_workbook(world.clerk, report)
    merge_workbook("a.xlsx", written(file, {(0, 2): 6000}), by=world.officer)
    merged = merge_workbook("b.xlsx", written(file, {(0, 2): 7000, (1, 1): 40}), by=world.clerk)
    (conflict,) = merged.conflicts
    (words,) = conflict.told_clashes
    assert "สายใน · 6,000" in words
    assert "ที่นำเข้า สายใน · 7,000" in words
    assert roads(report)["aaaa"]["cost"] == 6_000_000
    assert roads(report)["bbbb"] == {"road": "สายนอก", "length": 40_000}


ROADS = st.sampled_from(["สายใน", "สายนอก", "สายกลาง", None])
DEEDS = st.dictionaries(st.integers(0, 3), st.tuples(ROADS, st.integers(0, 3)), max_size=4)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@law(DEEDS, DEEDS)
def test_two_files_filled_without_a_line_merge_without_loss(
    world: World,
    report: Report,
    mine: dict[int, tuple[str | None, int]],
    theirs: dict[int, tuple[str | None, int]],
) -> None:
    report.answers.all().delete()
    two_rows(report, world)
    before: dict[int, dict[str, Any]] = {
        0: {"road": "สายใน", "cost": 5_000_000},
        1: {"road": "สายนอก"},
    }

    def after(deeds: dict[int, tuple[str | None, int]]) -> dict[int, dict[str, Any]]:
        told = {}
        for row, (road, length) in deeds.items():
            cells = dict(before.get(row, {})) | {"length": length * 1000}
            if road is None:
                cells.pop("road", None)
            else:
                cells["road"] = road
            told[row] = cells
        return told

    def file(deeds: dict[int, tuple[str | None, int]]) -> bytes:
        cells: dict[tuple[int, int], object] = {}
        for row, (road, length) in deeds.items():
            cells |= {(row, 0): road, (row, 1): length}
        # Each has taken out a workbook of one's own.
        return written(report_workbook(world.clerk, report), cells)

    first, second = file(theirs), file(mine)
    assert not merge_workbook("a.xlsx", first, by=world.officer).conflicts
    merged = merge_workbook("b.xlsx", second, by=world.clerk)
    stands = list(roads(report).values())
    for cells in after(theirs).values():
        assert cells in stands
    clashed = [dict(c.yours.cells) for one in merged.conflicts for c in one.clashes]
    for cells in after(mine).values():
        assert cells in stands or cells in clashed
    for row, cells in before.items():
        if row not in mine and row not in theirs:
            assert cells in stands
