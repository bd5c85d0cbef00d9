"""Tables as answers: rows of two who wrote one table, cells read, sums of all houses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import time_machine
from hypothesis import given as law
from hypothesis import strategies as st

from tests.reports.reports import opened, report_of
from tests.reports.tables import roads, with_table
from tests.world import World
from thamthan.errors import Refused
from thamthan.reports.actions import Conflict, Given, save_answers
from thamthan.reports.models import Report
from thamthan.reports.rules import (
    AnswerStanding,
    ColumnKind,
    RowEdit,
    TableColumn,
    TableRow,
    cell_words,
    column_sums,
    columns_of,
    merge_rows,
    read_cell,
)

NEAR = date(2026, 3, 20)
CELLS = st.dictionaries(
    st.sampled_from(["name", "amount"]), st.one_of(st.integers(0, 9), st.sampled_from("กขค")),
    min_size=1,
)  # fmt: skip
KEYS = st.sampled_from([f"r{at}" for at in range(6)])
ROWS = st.dictionaries(KEYS, CELLS, max_size=6)
# What one person does to a copy: a row gets other cells, or none (removed).
DEEDS = st.dictionaries(KEYS, st.one_of(CELLS, st.just({})), max_size=6)


def table(rows: Mapping[str, Mapping[str, Any]]) -> list[TableRow]:
    return [TableRow(key, cells) for key, cells in rows.items()]


def edits_of(copy: list[TableRow], deeds: Mapping[str, Any], *, who: str) -> list[RowEdit]:
    """What a copy sends back: every row that it had, and the new ones, each with what was seen.

    New rows of two copies never have one key.
    """
    seen = {row.key: row.mark for row in copy}
    cells: dict[str, Any] = {**{row.key: row.cells for row in copy}, **deeds}
    return [
        RowEdit(key if key in seen else f"{who}-{key}", seen.get(key, ""), told)
        for key, told in cells.items()
    ]


@law(ROWS, DEEDS, DEEDS)
def test_random_edits_on_two_offline_copies_merge_without_loss(
    rows: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> None:
    copy = table(rows)
    first, second = edits_of(copy, theirs, who="b"), edits_of(copy, mine, who="a")
    between, none = merge_rows(copy, first)
    assert not none
    merged, clashes = merge_rows(between, second)
    there = {row.key: dict(row.cells) for row in merged}
    told = {(clash.yours.key, str(dict(clash.yours.cells))) for clash in clashes}
    was = {row.key: dict(row.cells) for row in copy}
    for edit in [*first, *second]:
        if dict(edit.cells) == was.get(edit.key, {}):
            continue
        # What a person changed stands there, or is told as a clash beside what stands there.
        by_first = edit in first
        stands = there.get(edit.key, {}) == dict(edit.cells)
        assert stands or (not by_first and (edit.key, str(dict(edit.cells))) in told)
    for key, cells in was.items():
        touched = any(e.key == key and dict(e.cells) != cells for e in [*first, *second])
        assert touched or there[key] == cells
    # What neither touched, nor both alike, is no clash.
    for clash in clashes:
        one = next(e for e in first if e.key == clash.yours.key)
        assert dict(one.cells) != dict(clash.yours.cells)


@law(ROWS, DEEDS, DEEDS)
def test_the_same_edits_brought_twice_change_nothing_and_order_only_decides_clashes(
    rows: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> None:
    copy = table(rows)
    first, second = edits_of(copy, theirs, who="b"), edits_of(copy, mine, who="a")
    once, clashes = merge_rows(merge_rows(copy, first)[0], second)
    again, same = merge_rows(once, second)
    assert (again, same) == (once, clashes)
    other, mirrored = merge_rows(merge_rows(copy, second)[0], first)
    contested = {clash.yours.key for clash in clashes}
    assert contested == {clash.yours.key for clash in mirrored}

    def agreed(told: list[TableRow]) -> dict[str, Any]:
        return {row.key: dict(row.cells) for row in told if row.key not in contested}

    assert agreed(once) == agreed(other)


def test_a_row_without_room_is_told_and_not_lost() -> None:
    there = [TableRow(f"r{at}", {"name": "ก"}) for at in range(3)]
    new = RowEdit("new", "", {"name": "ข"})
    rows, (clash,) = merge_rows(there, [new], most=3)
    assert (rows, clash.yours, clash.is_full) == (there, new, True)


TEXT, NUMBER, MONEY, DAY = (
    TableColumn("a", "รายการ", kind) for kind in
    (ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.MONEY, ColumnKind.DATE)
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        (TEXT, " ถนนสายใน ", "ถนนสายใน"),
        (NUMBER, "๑,๒๕๐.5", 1_250_500),
        (MONEY, "0", 0),
        (DAY, "15 มี.ค. 69", "2026-03-15"),
        (DAY, "15/3/2569", "2026-03-15"),
        (NUMBER, "  ", None),
    ],
)
def test_a_cell_is_read_as_its_column_wants_it(
    column: TableColumn, typed: str, kept: object
) -> None:
    cell = read_cell(column, typed, near=NEAR)
    assert cell == kept
    # What is shown can be typed again.
    assert read_cell(column, cell_words(column, cell), near=NEAR) == kept


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        (NUMBER, "ราวสิบ", "ไม่ใช่ตัวเลข"),
        (MONEY, "-", "บอกไม่ได้ว่าเป็นศูนย์"),
        (DAY, "ปลายเดือน", "เป็นวันที่ไม่ได้"),
        (TEXT, "ก" * 2001, "ยาวเกิน"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_in_words(
    column: TableColumn, typed: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read_cell(column, typed, near=NEAR)


def test_a_summed_column_says_of_how_many_rows_and_houses_and_empty_is_no_nought() -> None:
    columns = columns_of(
        [
            {"key": "name", "text": "ถนน", "kind": "text", "sum": True},
            {"key": "cost", "text": "ค่าใช้จ่าย", "kind": "money", "sum": True},
        ]
    )
    tables = [
        [TableRow("1", {"name": "ก", "cost": 1000}), TableRow("2", {"name": "ข"})],
        [TableRow("3", {"cost": 0})],
        [TableRow("4", {"name": "ค"})],
    ]
    (total,) = column_sums(columns, tables)
    assert (total.column.key, total.sum_milli, total.given, total.houses) == ("cost", 1000, 2, 2)


def rows_given(*edits: RowEdit, seen: int = 0) -> Given:
    return Given(AnswerStanding.GIVEN, seen, edits=edits)


@pytest.fixture
def report(world: World) -> Any:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        found = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
        with_table(found)
        yield found


@pytest.mark.django_db
def test_two_who_write_other_rows_of_one_table_both_stand(world: World, report: Report) -> None:
    def saved(by: Any, edit: RowEdit) -> list[Conflict]:
        return save_answers(report, {"roads": rows_given(edit)}, by=by)[1]

    assert not saved(world.clerk, RowEdit("a", "", {"road": "สายใน", "cost": 5000}))
    assert not saved(world.officer, RowEdit("b", "", {"road": "สายนอก"}))
    assert roads(report) == {"a": {"road": "สายใน", "cost": 5000}, "b": {"road": "สายนอก"}}
    mark = TableRow("a", {"road": "สายใน", "cost": 5000}).mark
    assert not saved(world.clerk, RowEdit("a", mark, {"road": "สายใน", "cost": 6000}))
    # From a copy made before that.
    (conflict,) = saved(world.officer, RowEdit("a", mark, {"road": "สายใน", "cost": 7000}))
    assert [clash.yours.cells["cost"] for clash in conflict.clashes] == [7000]
    assert roads(report)["a"]["cost"] == 6000
    # Removing what another changed is told, too.
    (conflict,) = saved(world.officer, RowEdit("a", mark))
    assert conflict.clashes[0].theirs is not None


@pytest.mark.django_db
def test_that_there_is_nothing_is_said_of_the_whole_table(world: World, report: Report) -> None:
    row = RowEdit("a", "", {"road": "สายใน"})
    none = Given(AnswerStanding.NONE, 0)
    save_answers(report, {"roads": none}, by=world.clerk)
    # Who typed rows without having seen that loses nothing, and takes nothing away.
    _, (conflict,) = save_answers(report, {"roads": rows_given(row)}, by=world.officer)
    assert conflict.theirs.standing == AnswerStanding.NONE
    assert report.answers.get(question__key="roads").rows == []
    save_answers(report, {"roads": rows_given(row, seen=1)}, by=world.officer)
    assert roads(report) == {"a": {"road": "สายใน"}}
    _, (conflict,) = save_answers(report, {"roads": none}, by=world.clerk)
    assert roads(report) == {"a": {"road": "สายใน"}}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cells",
    [{"other": "ก"}, {"cost": "มาก"}, {"road": 12}, {"cost": 10**16}, {"done": "2026-13-01"}],
)
def test_a_cell_of_another_kind_is_refused(
    world: World, report: Report, cells: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        save_answers(report, {"roads": rows_given(RowEdit("a", "", cells))}, by=world.clerk)
