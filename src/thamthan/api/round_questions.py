"""/rounds/{id}/questions and /tables: where a total comes from, and the rows of all houses."""

from typing import TYPE_CHECKING, Annotated

from ninja import Field, Path, Query, Router, Schema

from thamthan.api.kinds import Key, Number, Words, number_told
from thamthan.api.paging import PageWanted, page_of_lines
from thamthan.api.problems import PROBLEMS
from thamthan.api.report_forms import ColumnOut
from thamthan.api.tokens import ApiRequest
from thamthan.errors import NotFound
from thamthan.reports.queries import (
    counted_questions,
    house_rows,
    organisation_in_round,
    round_for,
    shown_places,
    table_questions,
    table_told,
)
from thamthan.reports.rules import Adding, QuestionKind, cell_words, columns_of

if TYPE_CHECKING:
    from thamthan.reports.models import Question, Round
    from thamthan.reports.queries import Shown

router = Router(tags=["rounds"])
QuestionKey = Annotated[str, Path(max_length=60, description="as the totals name it")]


class PartOut(Schema):
    """ยอดของแห่งหนึ่ง; null where it gave no number, and `words` say why."""

    organisation: str = Field(description="code; an area's goes into `area` to look further")
    name: str
    report: int | None = Field(description="of a house; an area has none")
    number: int | None = Field(description="the version that stands in the total")
    value: Number
    of: Number = Field(description="of a share: the other of its two parts")
    given: int
    owed: int
    words: str


class PartsOut(Schema):
    """ยอดหนึ่งมาจากที่ใด: one level down, those without a number too."""

    key: str
    heading: str
    text: str
    kind: QuestionKind
    unit: str
    method: Adding
    items: list[PartOut]
    count: int
    page: int
    page_size: int


class PartsWanted(PageWanted):
    area: Words = Field("", max_length=20, description="code; from this area down")


class ColumnSumOut(Schema):
    """ยอดรวมของสดมภ์; an empty cell is no nought."""

    column: str
    sum: Number
    given: int = Field(description="rows that gave a number")
    houses: int


class TableOut(Schema):
    """ตารางหนึ่งของรอบ over all houses."""

    key: str
    heading: str
    text: str
    columns: list[ColumnOut]
    houses: int
    rows: int
    sums: list[ColumnSumOut]


class TablesOut(Schema):
    items: list[TableOut]


class HouseRowOut(Schema):
    """แถวหนึ่งที่รับรองแล้ว, and whose it is."""

    organisation: str = Field(description="code")
    name: str
    report: int
    cells: dict[str, str]


class HouseRowsOut(Schema):
    items: list[HouseRowOut]
    count: int
    page: int
    page_size: int


@router.get("/rounds/{round_id}/questions/{key}", response={200: PartsOut, **PROBLEMS})
def get_parts(
    request: ApiRequest, round_id: Key, key: QuestionKey, wanted: Query[PartsWanted]
) -> PartsOut:
    """ยอดนี้มาจากที่ใด: from the total one level down, and on to the report of each house."""
    post, row = request.auth, round_for(request.auth, round_id)
    question = _named(counted_questions(post, row), key)
    area = organisation_in_round(post, row, wanted.area) if wanted.area else None
    rows, told = page_of_lines(shown_places(post, row, question, area=area), wanted)
    return PartsOut(
        key=question.key,
        heading=question.heading,
        text=question.text,
        kind=QuestionKind(question.kind),
        unit=question.unit,
        method=Adding(question.over_places),
        items=[_part(question, one) for one in rows],
        **told,
    )


@router.get("/rounds/{round_id}/tables", response={200: TablesOut, **PROBLEMS})
def list_tables(request: ApiRequest, round_id: Key) -> TablesOut:
    """ตารางของรอบ, each with the sums of its columns."""
    row = round_for(request.auth, round_id)
    tables = table_questions(request.auth, row)
    return TablesOut(items=[_table(request, row, one) for one in tables])


@router.get("/rounds/{round_id}/tables/{key}", response={200: HouseRowsOut, **PROBLEMS})
def list_rows(
    request: ApiRequest, round_id: Key, key: QuestionKey, wanted: Query[PageWanted]
) -> HouseRowsOut:
    """ทุกแถวของตารางจากทุกหน่วยงาน, house by house."""
    post, row = request.auth, round_for(request.auth, round_id)
    question = _named(table_questions(post, row), key)
    columns = columns_of(question.columns)
    every = [(one.report, each) for one in house_rows(post, row, question) for each in one.rows]
    lines, told = page_of_lines(every, wanted)
    return HouseRowsOut(
        items=[
            HouseRowOut(
                organisation=report.organisation.code,
                name=report.organisation.name,
                report=report.pk,
                cells={one.key: cell_words(one, each.cells.get(one.key)) for one in columns},
            )
            for report, each in lines
        ],
        **told,
    )


def _named(questions: "list[Question]", key: str) -> "Question":
    found = next((one for one in questions if one.key == key), None)
    if found is None:
        raise NotFound("ไม่พบคำถามนี้ในรอบรายงาน")
    return found


def _part(question: "Question", one: "Shown") -> PartOut:
    value = int(one.value * 1000) if one.value is not None else None
    of = None
    if question.kind == QuestionKind.SHARE and one.part.given:
        # A share is told by its parts, as in the totals.
        value, of = one.part.sum_milli, one.part.of_milli
    return PartOut(
        organisation=one.organisation.code,
        name=one.name,
        report=one.report.pk if one.report is not None else None,
        number=one.number,
        value=number_told(value),
        of=number_told(of),
        given=one.part.given,
        owed=one.owed,
        words=one.words,
    )


def _table(request: ApiRequest, row: "Round", question: "Question") -> TableOut:
    told = table_told(request.auth, row, question)
    return TableOut(
        key=question.key,
        heading=question.heading,
        text=question.text,
        columns=[ColumnOut.of(one) for one in columns_of(question.columns)],
        houses=told.houses,
        rows=told.rows,
        sums=[
            ColumnSumOut(
                column=one.column.key,
                sum=number_told(one.sum_milli) if one.given else None,
                given=one.given,
                houses=one.houses,
            )
            for one in told.sums
        ],
    )
