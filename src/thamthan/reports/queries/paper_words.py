"""Words of reports on paper: which clause asks what; answers and totals as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from thamthan.directives.queries import letter_of, own_handing_of
from thamthan.organisations.models import Post
from thamthan.projects.queries.papers import letter_words
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Question, Report, Round
from thamthan.reports.rules import COUNTED, AnswerStanding, ColumnKind, QuestionKind, Sum
from thamthan.thai.dates import format_date
from thamthan.thai.digits import baht_figures
from thamthan.thai.text import squeeze
from thamthan.writing import Cell, Column, Table

ANSWERED_NOTHING = "ไม่ได้ตอบ"
IN_ALL = "ตัวเลขในภาพรวม"
_MILLI_OF_SATANG = 10


@dataclass(frozen=True, slots=True)
class AskedClause:
    """ข้อหนึ่งของแบบ: its number and words, and the questions about it, in their order."""

    number: str
    words: str
    questions: tuple[Question, ...]

    @property
    def heading(self) -> str:
        return f"{self.number} {self.words}".strip()


def asked_clauses(questions: Sequence[Question]) -> list[AskedClause]:
    """ข้อสั่งการที่แบบถาม: the questions that stand under a heading, heading by heading."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        if question.heading:
            groups.setdefault(question.heading, []).append(question)
    found = []
    for heading, group in groups.items():
        clause = group[0].directive
        number = f"ข้อ {clause.number}" if clause is not None and clause.number else ""
        words = squeeze(clause.text if clause is not None else heading)
        found.append(AskedClause(number, words, tuple(group)))
    return found


def asked_once(questions: Sequence[Question]) -> list[tuple[str, tuple[Question, ...]]]:
    """คำถามที่ถามครั้งเดียว: those that are counted together, every other by its own words."""
    once = [one for one in questions if not one.heading]
    counted = tuple(one for one in once if one.kind in COUNTED)
    others = [one for one in once if one.kind not in COUNTED and one.kind != QuestionKind.EVIDENCE]
    return [
        *([(IN_ALL, counted)] if counted else []),
        *((squeeze(one.text), (one,)) for one in others),
    ]


def number_words(question: Question, milli: int) -> str:
    """ตัวเลขบนกระดาษ: money with its satang, everything else as it was measured."""
    if question.kind == QuestionKind.MONEY and milli % _MILLI_OF_SATANG == 0:
        return baht_figures(milli // _MILLI_OF_SATANG)
    return in_digits(milli)


def answer_words(question: Question, told: Mapping[str, Any]) -> str:
    """คำตอบที่เป็นตัวเลข in words: a share by both its parts; what is no number says why."""
    standing, value = told.get("standing", AnswerStanding.BLANK), told.get("value_milli")
    if standing == AnswerStanding.BLANK:
        return ANSWERED_NOTHING
    if standing != AnswerStanding.GIVEN or value is None:
        return str(AnswerStanding(standing).label)
    if question.kind == QuestionKind.SHARE:
        whole = told.get("of_milli") or 0
        return sum_words(question, Sum(given=1, sum_milli=value, of_milli=whole))
    return number_words(question, value)


def sum_words(question: Question, total: Sum) -> str:
    """ยอดรวมบนกระดาษ, without its unit."""
    if not total.given:
        return "ไม่มีตัวเลข"
    if question.kind == QuestionKind.SHARE:
        parts = f"{in_digits(total.sum_milli)} จาก {in_digits(total.of_milli)}"
        share = total.per_ten_thousand
        return parts if share is None else f"ร้อยละ {share / 100:.2f} ({parts})"
    value = total.value_milli(question.over_places)
    return number_words(question, value) if value is not None else "ไม่มีตัวเลข"


def less_words(question: Question, total: Sum) -> str:
    """ที่หักเพราะนับซ้ำ: what was taken out of the sum already; nothing where nothing was."""
    if not total.less_milli:
        return ""
    return f"หักที่นับซ้ำแล้ว {number_words(question, total.less_milli)} {question.unit}".strip()


def cell_of(question: Question, told: Mapping[str, Any]) -> str:
    """คำตอบในช่องตารางรายหน่วยงาน; nothing where nothing was answered."""
    if told.get("standing", AnswerStanding.BLANK) == AnswerStanding.BLANK:
        return ""
    if question.kind == QuestionKind.SHARE and told.get("value_milli") is not None:
        return f"{in_digits(told['value_milli'])}/{in_digits(told.get('of_milli') or 0)}"
    return answer_words(question, told)


def rows_table(question: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
    """คำตอบที่เป็นตารางหรือรายการ, in the columns of the question, or of what a list holds.

    Columns that the form sums have their sum below, of the cells that hold a number.
    """
    asked = [_column(one) for one in question.columns] or [
        one for one in _LIST_COLUMNS if any(row.get(one.key) for row in rows)
    ]
    cells = [row.get("cells", row) for row in rows]
    body: list[tuple[Cell, ...]] = [
        (at, *(_cell_words(one, row.get(one.key)) for one in asked))
        for at, row in enumerate(cells, start=1)
    ]
    if any(one.is_summed for one in asked):
        sums = [_column_sum(one, cells) for one in asked]
        # What is no number stands first, and says what the row is.
        sums[0] = sums[0] or "รวม"
        body.append(("", *sums))
    columns = [
        Column(one.heading, one.share, "right" if one.is_number else "left") for one in asked
    ]
    number = Column("ที่", 0.08 * sum(one.share for one in asked), "center")
    return Table(squeeze(question.text), "", (number, *columns), tuple(body))


@dataclass(frozen=True, slots=True)
class _ListColumn:
    """สดมภ์หนึ่งบนกระดาษ, and how much room it wants beside the others."""

    key: str
    heading: str
    kind: str = ColumnKind.TEXT
    share: float = 20
    is_summed: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in {ColumnKind.NUMBER, ColumnKind.MONEY}


# What lists that the system fills hold.
_LIST_COLUMNS = (
    _ListColumn("name", "โครงการ/รายการ", share=44),
    _ListColumn("told", "รายละเอียด", share=36),
    _ListColumn("state", "สถานะ", share=17),
)


def _column(told: Mapping[str, Any]) -> _ListColumn:
    kind, words = told.get("kind", ColumnKind.TEXT), squeeze(str(told["text"]))
    unit = told.get("unit") or ("บาท" if kind == ColumnKind.MONEY else "")
    heading = f"{words} ({unit})" if unit and unit not in words else words
    share = {ColumnKind.TEXT: 22, ColumnKind.MONEY: 16}.get(kind, 13)
    return _ListColumn(str(told["key"]), heading, kind, share, bool(told.get("sum")))


def _cell_words(column: _ListColumn, cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if column.is_number and isinstance(cell, int):
        is_money = column.kind == ColumnKind.MONEY and cell % _MILLI_OF_SATANG == 0
        return baht_figures(cell // _MILLI_OF_SATANG) if is_money else in_digits(cell)
    if column.kind == ColumnKind.DATE:
        return format_date(date.fromisoformat(cell), style="short")
    return squeeze(str(cell))


def _column_sum(column: _ListColumn, rows: Sequence[Mapping[str, Any]]) -> str:
    given = [row[column.key] for row in rows if isinstance(row.get(column.key), int)]
    return _cell_words(column, sum(given)) if column.is_summed and given else ""


def lines_of(text: str) -> tuple[str, ...]:
    """ย่อหน้าของข้อความ, without empty ones."""
    return tuple(words for line in text.splitlines() if (words := squeeze(line)))


def moment_words(at: datetime) -> str:
    """20 มีนาคม 2569 เวลา 15.42 น., in Thailand."""
    here = timezone.localtime(at)
    return f"{format_date(here.date())} เวลา {here:%H.%M} น."


def period_words(round_: Round) -> str:
    """งวดของรอบ, and the days between which results count."""
    name = round_.name or (f"งวดที่ {round_.number}" if round_.number > 1 else "")
    days = ""
    if round_.from_on and round_.until_on:
        days = f"{format_date(round_.from_on)} ถึง {format_date(round_.until_on)}"
    elif round_.until_on:
        days = f"ถึง {format_date(round_.until_on)}"
    return f"{name} {days}".strip()


def letter_of_report(post: Post, report: Report) -> str:
    """หนังสือที่ให้รายงาน, by which the house got the matter, as whoever asks knows it."""
    letter = letter_of(post, report.handing)
    return letter_words(letter) if letter is not None else ""


def letter_of_round(post: Post, round_: Round) -> str:
    """หนังสือที่ให้รายงาน, as it came to the house that consolidates, or as it gave it itself."""
    handing = own_handing_of(post, round_.root)
    if handing is not None:
        letter = letter_of(post, handing)
        return letter_words(letter) if letter is not None else ""
    letter = round_.root.letter or round_.root.sent
    if letter is None or letter.organisation.path != post.organisation.house_path:
        return ""
    return letter_words(letter)
