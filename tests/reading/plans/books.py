"""Workbooks of plans as offices keep them, made by code: sheets, merges, boxes, saved formulas."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

YEARS = (2566, 2567, 2568, 2569, 2570)
NEXT_YEARS = (2571, 2572, 2573, 2574, 2575)
# What a test expects of an amount that nobody can tell.
UNREAD = "?"
Said = int | float | str | None

_DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
_SHAPE = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{at}" name="TextBox {at}"/><xdr:cNvSpPr txBox="1"/>'
    "</xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/>{lines}</xdr:txBody></xdr:sp>"
)
_TWO = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>{top}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{right}</xdr:col>"
    "<xdr:colOff>9</xdr:colOff><xdr:row>{bottom}</xdr:row><xdr:rowOff>9</xdr:rowOff></xdr:to>"
    "{shape}<xdr:clientData/></xdr:twoCellAnchor>"
)
_ONE = (
    "<xdr:oneCellAnchor><xdr:from><xdr:col>{left}</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>{top}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="1200000" cy="200000"/>{shape}<xdr:clientData/></xdr:oneCellAnchor>'
)


@dataclass
class Floating:
    """A text box over the rows from `top` to `bottom`, counted from 1."""

    text: str
    top: int
    bottom: int
    in_group: bool = False
    one_cell: bool = False


@dataclass
class Book:
    """A workbook in the making."""

    made: Workbook = field(default_factory=Workbook)
    floating: dict[int, list[Floating]] = field(default_factory=dict)
    saved: dict[tuple[int, str], str] = field(default_factory=dict)

    def sheet(self, name: str) -> Worksheet:
        first = self.made.worksheets[0]
        if first.title == "Sheet" and first.max_row == 1 and first["A1"].value is None:
            first.title = name
            return first
        return self.made.create_sheet(name)

    def float_over(self, sheet: Worksheet, box: Floating) -> None:
        self.floating.setdefault(self.made.worksheets.index(sheet), []).append(box)

    def save_result(self, sheet: Worksheet, cell: str, value: str) -> None:
        """Puts the result beside a formula, as Excel does and openpyxl does not."""
        self.saved[self.made.worksheets.index(sheet), cell] = value

    def content(self) -> bytes:
        out = io.BytesIO()
        self.made.save(out)
        return _with_results(_with_boxes(out.getvalue(), self.floating), self.saved)


def rewritten(content: bytes, changes: dict[str, bytes | None], more: dict[str, bytes]) -> bytes:
    """The same archive with some parts changed and some added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for entry in given.infolist():
            changed = changes.get(entry.filename, given.read(entry))
            if changed is not None:
                made.writestr(entry.filename, changed, zipfile.ZIP_DEFLATED)
        for name, part in more.items():
            made.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def _with_boxes(content: bytes, floating: dict[int, list[Floating]]) -> bytes:
    for sheet, boxes in floating.items():
        number = sheet + 1
        part = f"xl/worksheets/sheet{number}.xml"
        rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        relation = (
            '<Relationship Id="rIdBox" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships/drawing" Target="../drawings/boxes{number}.xml"/>'
        )
        empty = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            "</Relationships>"
        )
        known = part_of(content, rels)
        head, end, tail = (known or empty).partition("</Relationships>")
        xml = part_of(content, part)
        drawing = (
            '<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            ' r:id="rIdBox"/>'
        )
        place = xml.find("<legacyDrawing")
        place = place if place >= 0 else xml.index("</worksheet>")
        changed = {part: (xml[:place] + drawing + xml[place:]).encode()}
        more = {f"xl/drawings/boxes{number}.xml": _drawn(boxes).encode()}
        whole = (head + relation + end + tail).encode()
        if known:
            changed[rels] = whole
        else:
            more[rels] = whole
        content = rewritten(content, dict(changed), more)
    return content


def _drawn(boxes: Sequence[Floating]) -> str:
    drawn = ""
    for at, box in enumerate(boxes, start=2):
        lines = "".join(
            f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in box.text.split("\n")
        )
        shape = _SHAPE.format(at=at, lines=lines)
        if box.in_group:
            shape = f"<xdr:grpSp><xdr:nvGrpSpPr/>{shape}</xdr:grpSp>"
        form = _ONE if box.one_cell else _TWO
        drawn += form.format(left=1, right=6, top=box.top - 1, bottom=box.bottom - 1, shape=shape)
    return _DRAWING.format(drawn)


def _with_results(content: bytes, saved: dict[tuple[int, str], str]) -> bytes:
    for (sheet, cell), value in saved.items():
        part = f"xl/worksheets/sheet{sheet + 1}.xml"
        xml = part_of(content, part)
        pattern = re.compile(rf'(<c r="{cell}"[^>]*>)(<f>.*?</f>)<v\s*/?>(?:</v>)?')
        assert pattern.search(xml), cell
        content = rewritten(
            content, {part: pattern.sub(rf"\g<1>\g<2><v>{value}</v>", xml).encode()}, {}
        )
    return content


# Shapes of tables


def put(sheet: Worksheet, row: int, *values: Any, left: int = 1) -> int:
    """Writes values side by side, None leaving a cell out; gives the next row."""
    for column, value in enumerate(values, start=left):
        if value is not None:
            sheet.cell(row, column, value)
    return row + 1


def head(
    sheet: Worksheet,
    row: int,
    *,
    years: Sequence[Any] = YEARS,
    kpi: bool = True,
    ordinance: bool = False,
    merged: bool = True,
    unit: str = "(บาท)",
    more: Sequence[str] = (),
) -> int:
    """The heading of two rows; gives the row below it."""
    before = ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย\n(ผลผลิตของโครงการ)"]
    groups = [f"งบประมาณ {unit}".strip()] + (["เทศบัญญัติ"] if ordinance else [])
    after = [*(["ตัวชี้วัด\n(KPI)"] if kpi else []), "ผลที่คาดว่าจะได้รับ", "หน่วยงานรับผิดชอบหลัก", *more]
    column = 1
    for words in before:
        sheet.cell(row, column, words)
        if merged:
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column
            )
        column += 1
    for group in groups:
        sheet.cell(row, column, group)
        if merged:
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=column, end_column=column + len(years) - 1
            )
        for year in years:
            sheet.cell(row + 1, column, year)
            column += 1
    for words in after:
        sheet.cell(row, column, words)
        if merged:
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column
            )
        column += 1
    return row + 2


def project(
    number: Any, name: str, amounts: Sequence[Said], *, kpi: bool = True, more: Any = ()
) -> list[Any]:
    """The cells of one project in the order of `head`; five years or ten."""
    goals = ["จำนวนครัวเรือน 120 ครัวเรือน"] if kpi else []
    return [
        number,
        name,
        "เพื่อให้ประชาชนได้รับบริการที่ดี",
        "1 แห่ง",
        *amounts,
        *goals,
        "ประชาชนมีคุณภาพชีวิตดีขึ้น",
        "กองช่าง",
        *more,
    ]
