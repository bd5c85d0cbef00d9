"""ตารางของทุกหน่วยงาน: every accepted row with its house, and what the columns come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Question, Report, Round, SentReport
from thamthan.reports.queries.doors import reports_seen_by, round_for
from thamthan.reports.rules import (
    AnswerStanding,
    ColumnKind,
    ColumnSum,
    QuestionKind,
    TableCell,
    TableColumn,
    TableRow,
    cell_words,
    column_heading,
    column_sums,
    columns_of,
    is_counted,
    rows_of,
)
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class HouseRows:
    """แถวของหน่วยงานหนึ่ง, of the version of its report that was accepted."""

    report: Report
    rows: list[TableRow]


@dataclass(frozen=True, slots=True)
class TableTold:
    """ตารางหนึ่งของรอบ over all houses: how many rows of how many houses, and the sums."""

    question: Question
    houses: int
    rows: int
    sums: list[ColumnSum]


def house_rows(post: Post, round_: Round, question: Question) -> Iterator[HouseRows]:
    """ตารางที่รับรองแล้วของทุกหน่วยงานใต้สังกัด, house by house; those without a row are left out."""
    round_for(post, round_.pk)
    house = post.organisation.house_path
    reports = {
        each.pk: each
        for each in reports_seen_by(post)
        .filter(round=round_, accepted_number__isnull=False)
        .exclude(organisation__path=house)
    }
    versions = SentReport.objects.filter(report__in=reports, is_nil=False).order_by(
        "report__organisation__sort_key", "report_id"
    )
    for version in versions.iterator(200):
        report = reports[version.report_id]
        told = version.content["answers"].get(question.key, {})
        if version.number != report.accepted_number:
            continue
        if told.get("standing") == AnswerStanding.GIVEN and told.get("rows"):
            yield HouseRows(report, rows_of(told["rows"]))


def table_told(post: Post, round_: Round, question: Question) -> TableTold:
    """ยอดของตารางหนึ่ง: rows, houses, and the sum of each column that the form adds up."""
    tables = [one.rows for one in house_rows(post, round_, question)]
    return TableTold(
        question,
        len(tables),
        sum(map(len, tables)),
        column_sums(columns_of(question.columns), tables),
    )


def table_questions(post: Post, round_: Round) -> list[Question]:
    """คำถามที่เป็นตารางของรอบ, in the order of the form."""
    return [one for one in round_.questions.all() if one.kind == QuestionKind.TABLE]


def sum_words(post: Post, one: ColumnSum) -> str:
    """ยอดรวมของสดมภ์เป็นคำ, with how many gave a number."""
    if not one.given:
        return "ไม่มีตัวเลข"
    unit = one.column.unit or ("บาท" if one.column.kind == ColumnKind.MONEY else "")
    number = f"{in_digits(one.sum_milli)} {unit}".strip()
    return f"{number} (จาก {one.given:,} แถวที่มีตัวเลข {one.houses:,} แห่ง)"


def rows_table(
    post: Post, round_: Round, question: Question, *, now: datetime
) -> tuple[Table, Iterator[tuple[Cell, ...]]]:
    """ตารางแนบ: every row with its house's name; below it the sums. Rows are made as asked for."""
    columns = columns_of(question.columns)
    told = table_told(post, round_, question)
    foot = " · ".join(f"รวม{one.column.text} {sum_words(post, one)}" for one in told.sums)
    table = Table(
        title=squeeze(question.text),
        subtitle=f"{house_of(post).name} {told.rows:,} แถวจาก {told.houses:,} แห่งที่รับรองแล้ว"
        f" ข้อมูล ณ วันที่ {format_date(now.date())}",
        columns=(
            Column("ลำดับ", 5, "right"),
            Column("หน่วยงาน", 20),
            *(
                Column(column_heading(one), 14, "right" if is_counted(one) else "left")
                for one in columns
            ),
        ),
        rows=(),
        foot=foot,
    )
    return table, _rows(post, round_, question, columns)


def _rows(
    post: Post, round_: Round, question: Question, columns: tuple[TableColumn, ...]
) -> Iterator[tuple[Cell, ...]]:
    at = 0
    for house in house_rows(post, round_, question):
        for row in house.rows:
            at += 1
            cells = (_cell(column, row.cells.get(column.key)) for column in columns)
            yield (at, house.report.organisation.name, *cells)


def _cell(column: TableColumn, cell: TableCell | None) -> Cell:
    """A number as a number, a day in words, nothing where nothing was told."""
    if isinstance(cell, int):
        whole, rest = divmod(cell, 1000)
        return Decimal(cell) / 1000 if rest or column.kind == ColumnKind.MONEY else whole
    if cell is not None and column.kind == ColumnKind.DATE:
        return format_date(date.fromisoformat(cell), style="short")
    return cell_words(column, cell)
