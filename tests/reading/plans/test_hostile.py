"""Any bytes at all give a reading or one Thai sentence; no file stops the caller."""

import io
import zipfile
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.reading.hostile import repeated
from tests.reading.plans import faults
from tests.reading.plans.books import Book, head, part_of, project, put, rewritten
from thamthan.reading.parsed import Unparsed
from thamthan.reading.plans import PlanUnreadable, read_plan, read_sheet
from thamthan.reading.plans.commas import parse_commas
from thamthan.reading.plans.grid import Area, Box, Cell, Grid, grid_from_json, grid_to_json
from thamthan.reading.plans.workbook import parse_workbook

SHEET = "xl/worksheets/sheet1.xml"


@cache
def good() -> bytes:
    return faults.boxes().content


def grids(content: bytes) -> list[Grid]:
    return [grid_from_json(page.text) for page in parse_workbook(content).pages]


def refusal(content: bytes, name: str = "แผน.xlsx") -> str:
    with pytest.raises(PlanUnreadable) as caught:
        read_plan(content, name=name)
    return caught.value.message


@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe\x00")
@example(b"PK\x03\x04")
@example(b'"\r\n,,,"')
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_plan(content, name="แฟ้ม")
    except PlanUnreadable as refused:
        assert refused.message.startswith("ไฟล์นี้")


@given(st.text(alphabet="ที่โครงการงบประมาณ2566 ,;\t\n\"'-๑.()รวม", max_size=400))
def test_any_table_of_commas_is_read_or_refused(text: str) -> None:
    with suppress(PlanUnreadable):
        read_plan(text.encode(), name="แผน.csv")


PARTS = [
    "xl/workbook.xml",
    SHEET,
    "xl/styles.xml",
    "xl/drawings/boxes1.xml",
    "xl/comments/comment1.xml",
]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(
    st.sampled_from([*PARTS, "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"]),
    st.integers(0, 4000),
    st.integers(0, 40),
    st.binary(max_size=12)
    | st.sampled_from([b"", b"99999999999", b"-1", b"NaN", b"A0", b"<v>1e999</v>"]),
)
def test_a_spoilt_part_is_read_or_refused(part: str, at: int, length: int, instead: bytes) -> None:
    whole = part_of(good(), part).encode()
    spoilt = whole[:at] + instead + whole[at + length :]
    try:
        grids(rewritten(good(), {part: spoilt}, {}))
    except Unparsed as refused:
        assert refused.why


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_spoilt_archive_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(good())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        grids(bytes(content))
    except Unparsed as refused:
        assert refused.why


def test_a_part_that_is_missing_is_told() -> None:
    assert "ชำรุด" in refusal(rewritten(good(), {"xl/workbook.xml": b"<workbook/>"}, {}))


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr(SHEET, b"0" * (60 * 1024 * 1024))
    assert "อัดไว้มากผิดปกติ" in refusal(out.getvalue())
    assert repeated(b"0", 1)


def test_entities_that_unfold_are_refused() -> None:
    levels = "".join(
        f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' if at else '<!ENTITY e0 "ฮ่า">'
        for at in range(10)
    )
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE worksheet [{levels}]><worksheet><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData></worksheet>'
    )
    assert refusal(rewritten(good(), {SHEET: xml.encode()}, {}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel รุ่นเก่า"),
        (b"%PDF-1.7\n1 0 obj\nendobj", "PDF"),
        (b"", "ว่างเปล่า"),
        ("หนังสือฉบับหนึ่ง ไม่มีตาราง".encode(), "ไม่ใช่ตาราง"),
    ],
)
def test_another_kind_of_file_is_named(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_more_columns_than_a_plan_has_are_refused() -> None:
    book = Book()
    book.sheet("กว้าง").cell(1, 400, "ไกล")
    assert "คอลัมน์" in refusal(book.content())
    with pytest.raises(Unparsed):
        parse_commas(b"," * 400, name="กว้าง")


def test_more_cells_than_a_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thamthan.reading.plans.workbook.MOST_CELLS", 20)
    with pytest.raises(Unparsed, match="แบ่งไฟล์"):
        parse_workbook(good())


def test_a_row_far_down_costs_no_more_than_one_below() -> None:
    book = Book()
    sheet = book.sheet("ผ.02")
    row = head(sheet, 1)
    put(sheet, row, *project(1, "โครงการหนึ่ง", [100000] * 5))
    put(sheet, 1_048_576, "ปลายแผ่น")
    content = book.content()
    xml = part_of(content, SHEET)
    merged = xml.replace("</mergeCells>", '<mergeCell ref="K20:T1048575"/></mergeCells>')
    assert merged != xml
    reading = read_plan(rewritten(content, {SHEET: merged.encode()}, {}), name="แผน.xlsx")
    assert [fate.kind for fate in reading.sheets[0].rows][-1] == "refused"
    assert len(reading.lines) == 1


WORDS = [
    "ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", "เทศบัญญัติ", "2566", "2567", "รวม", "หน่วยงาน",
    "แผนงานการศึกษา", "ยุทธศาสตร์ที่ 1", "โครงการถนน", "1", "2", "-", "500,000", "ผ.02/1", "(1)",
    "ย้ายไปแผนงานอื่น",
    "แก้ไข ครั้งที่ 1/2567", "หน่วย : พันบาท", '"', "ข้อความเดิม", "รวม 2 โครงการ", "ประเภท", "อำเภอ",
]  # fmt: skip
PLACES = st.tuples(st.integers(1, 14), st.integers(1, 9))
CELLS = st.builds(
    Cell,
    st.sampled_from(WORDS) | st.text(max_size=8),
    st.none() | st.decimals(-(10**6), 10**9, places=2),
    st.frozensets(st.sampled_from(["formula", "unsaved", "fault", "day", "struck"]), max_size=2),
)
AREAS = st.builds(
    lambda place, high, wide: Area(*place, place[0] + high, place[1] + wide),
    PLACES,
    st.integers(0, 4),
    st.integers(1, 4),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=300)
@given(
    st.dictionaries(PLACES, CELLS, max_size=60),
    st.lists(AREAS, max_size=5),
    st.lists(st.builds(Box, st.sampled_from(WORDS), AREAS), max_size=3),
    st.booleans(),
)
def test_any_grid_whatever_is_read_and_every_row_accounted_for(
    cells: dict[tuple[int, int], Cell], merged: list[Area], boxes: list[Box], begins: bool
) -> None:
    if begins:
        heading = ["ที่", "โครงการ", "เป้าหมาย", "งบประมาณ 2566", "งบประมาณ 2567", "หน่วยงาน"]
        cells = {(row + 1, column): cell for (row, column), cell in cells.items()}
        cells |= {(1, column): Cell(words) for column, words in enumerate(heading, start=1)}
    grid = Grid("แผ่น", cells, tuple(merged), tuple(boxes))
    assert grid_from_json(grid_to_json(grid)) == grid
    sheet = read_sheet(grid)
    assert [fate.row for fate in sheet.rows] == list(grid.rows)
    told = [row for line in sheet.lines for row in line.rows]
    assert sorted(told) == [fate.row for fate in sheet.rows if fate.kind == "understood"]
