"""ตารางแนบ: totals question by question, and who reported what; the words that fit into LINE."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Figure, Question, Report, Round
from thamthan.reports.queries.doors import reports_seen_by
from thamthan.reports.queries.overviews import Overview, overview_of
from thamthan.reports.queries.totals import (
    Reported,
    missing_reports,
    reported,
    totals_of,
)
from thamthan.reports.rules import (
    COUNTED,
    AnswerStanding,
    QuestionKind,
    ReportState,
    Sum,
)
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing import Cell, Column, Table

MOST_NAMED = 20
# What a group chat shows without “read more”.
MOST_LINE = 900


def counted_questions(post: Post, round_: Round) -> list[Question]:
    """คำถามที่มีตัวเลขของรอบ, in the order of the form."""
    return [one for one in round_.questions.all() if one.kind in COUNTED]


def told_sum(post: Post, question: Question, total: Sum) -> str:
    """ยอดรวมเป็นคำ: 1,234.5 บาท; a share with both its parts; that nobody gave a number."""
    if not total.given:
        return "ไม่มีตัวเลข"
    if question.kind == QuestionKind.SHARE:
        share = total.per_ten_thousand
        parts = f"{in_digits(total.sum_milli)} จาก {in_digits(total.of_milli)} {question.unit}"
        told = parts if share is None else f"ร้อยละ {share / 100:.2f} ({parts})"
        return told + _less_words(question, total)
    value = total.value_milli(question.over_places)
    if value is None:
        # Numbers that are only listed come to no one number, whoever gave them.
        return "ดูรายแห่ง"
    return f"{in_digits(value)} {question.unit}".strip() + _less_words(question, total)


def _less_words(question: Question, total: Sum) -> str:
    """That something was taken out, and how much: an event that two claimed."""
    if not total.less_milli:
        return ""
    return f" (หักซ้ำแล้ว {in_digits(total.less_milli)} {question.unit}".rstrip() + ")"


def totals_table(post: Post, round_: Round, *, now: datetime) -> Table:
    """ตารางยอดรวม: every counted question with its total, how many gave it, and who is missing."""
    totals = totals_of(post, round_)
    came = reported(post, round_, now=now)
    rows: list[tuple[Cell, ...]] = [
        (
            squeeze(question.heading),
            question.text,
            told_sum(post, question, totals.get(question.pk, Sum())),
            f"{totals.get(question.pk, Sum()).given} จาก {came.owed}",
        )
        for question in counted_questions(post, round_)
    ]
    return Table(
        title=f"สรุปผลการดำเนินงาน {squeeze(round_.root.title)}",
        subtitle=f"{house_of(post).name} {came.words} ข้อมูล ณ วันที่ {format_date(now.date())}",
        columns=(
            Column("ด้าน/ข้อสั่งการ", 30),
            Column("รายการ", 26),
            Column("รวม", 26, "right"),
            Column("แห่งที่มีตัวเลข", 14, "right"),
        ),
        rows=tuple(rows),
        foot=missing_words(post, round_, came),
    )


def missing_words(
    post: Post, round_: Round, came: Reported, *, missing: Iterable[Report] | None = None
) -> str:
    """“ยังไม่รายงาน 1 แห่ง: …”, with names as far as they go; empty where all reported."""
    left = came.owed - came.sent
    if not left:
        return ""
    first = missing_reports(post, round_)[: MOST_NAMED + 1] if missing is None else missing
    names = [each.organisation.short_name for each in islice(first, MOST_NAMED + 1)]
    more = " และแห่งอื่น" if len(names) > MOST_NAMED else ""
    return f"ยังไม่รายงาน {left:,} แห่ง: {' '.join(names[:MOST_NAMED])}{more}"


def houses_table(
    post: Post, round_: Round, *, now: datetime
) -> tuple[Table, Iterator[tuple[Cell, ...]]]:
    """ตารางรายหน่วยงาน: a row for every house below, with its state and each accepted figure.

    Numbers are numbers; what was not reported stays empty, and is no nought. The rows are made as
    they are asked for.
    """
    questions = counted_questions(post, round_)
    columns = (
        Column("ลำดับ", 7, "right"),
        Column("หน่วยงาน", 38),
        Column("สถานะ", 20),
        Column("ส่งเมื่อ", 16),
        *(Column(_heading(one), 19, "right") for one in questions),
    )
    table = Table(
        title=f"ผลการดำเนินงานรายหน่วยงาน {squeeze(round_.root.title)}",
        subtitle=f"{house_of(post).name} ข้อมูล ณ วันที่ {format_date(now.date())}",
        columns=columns,
        rows=(),
    )
    return table, _house_rows(post, round_, questions)


def _heading(question: Question) -> str:
    number = squeeze(question.heading).split(" ", 1)[0]
    unit = f" ({question.unit})" if question.unit else ""
    return squeeze(f"{number} {question.text}{unit}")


def _house_rows(post: Post, round_: Round, questions: list[Question]) -> Iterator[tuple[Cell, ...]]:
    house = house_of(post)
    reports = list(
        reports_seen_by(post)
        .filter(round=round_)
        .exclude(organisation=house)
        .order_by("organisation__path")
    )
    for start in range(0, len(reports), 500):
        part = reports[start : start + 500]
        figures: dict[tuple[int, int], Figure] = {
            (each.report_id, each.question_id): each
            for each in Figure.objects.filter(report__in=part)
        }
        for at, report in enumerate(part, start=start + 1):
            yield (
                at,
                report.organisation.name,
                _state(report),
                format_date(report.sent_at.date(), style="short") if report.sent_at else "",
                *(_cell(figures.get((report.pk, one.pk)), one) for one in questions),
            )


def _state(report: Report) -> str:
    if report.is_nil and report.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}:
        return f"{ReportState(report.state).label} (ไม่มีผล)"
    return str(ReportState(report.state).label)


def _cell(figure: Figure | None, question: Question) -> Cell:
    if figure is None:
        return ""
    if figure.standing != AnswerStanding.GIVEN or figure.value_milli is None:
        return str(AnswerStanding(figure.standing).label)
    if question.kind == QuestionKind.SHARE:
        return f"{in_digits(figure.value_milli)}/{in_digits(figure.of_milli or 0)}"
    if question.kind == QuestionKind.MONEY and figure.value_milli % 10 == 0:
        return (Decimal(figure.value_milli) / 1000).quantize(Decimal("0.01"))
    whole, rest = divmod(figure.value_milli, 1000)
    return whole if not rest else in_digits(figure.value_milli)


def line_words(
    post: Post, round_: Round, *, now: datetime, overview: Overview | None = None
) -> str:
    """ข้อความสำหรับกลุ่มไลน์: who reported, what it comes to, who is missing; short enough for one.

    From the overview, where it was asked for already; the round came through its door.
    """
    told = overview or overview_of(post, round_, now=now)
    totals, came = told.totals, told.came
    lines = [squeeze(round_.root.title)[:120], came.words]
    for question in counted_questions(post, round_):
        total = totals.get(question.pk)
        if total is not None and total.given:
            number = squeeze(question.heading).split(" ", 1)[0]
            lines.append(f"• {number} {question.text} {told_sum(post, question, total)}")
    missing = missing_words(post, round_, came, missing=told.missing)
    kept: list[str] = []
    room = MOST_LINE - len(missing)
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > room:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join([*kept, missing] if missing else kept)
