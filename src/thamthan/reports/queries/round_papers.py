"""รายงานสรุปผลในภาพรวม: totals, who said what, who is missing, a table of every house, pictures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from thamthan.directives.models import Directive
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.models import Evidence, ProjectAnswer
from thamthan.projects.queries import adequate_pictures, head_of
from thamthan.projects.queries.papers import place_above
from thamthan.reports.models import Question, Report, Round
from thamthan.reports.queries.doors import round_for
from thamthan.reports.queries.paper_photos import (
    MOST_LOOKED_AT,
    evidence_named,
    photos_of_clauses,
)
from thamthan.reports.queries.paper_words import (
    AskedClause,
    asked_clauses,
    asked_once,
    cell_of,
    less_words,
    letter_of_round,
    moment_words,
    period_words,
    sum_words,
)
from thamthan.reports.queries.stands import (
    Stand,
    missing_houses,
    reports_below,
    stand_of,
    told_versions,
)
from thamthan.reports.queries.telling import sentences_in
from thamthan.reports.rules import COUNTED, AnswerStanding, QuestionKind, ReportState, Sum
from thamthan.thai.text import squeeze
from thamthan.writing import Cell, Column, Table
from thamthan.writing.report_facts import (
    ReportAnnex,
    ReportClause,
    ReportItem,
    ReportItems,
    ReportPaper,
    ReportPart,
    ReportSection,
    ReportSignature,
)

TITLE = "รายงานสรุปผลการดำเนินงานในภาพรวม"
# Beyond so many houses each district prints its own, and the workbook holds them all.
MOST_PRINTED = 400
MOST_SENTENCES, MOST_SAID_BY, MOST_NAMED = 12, 6, 100
# So many figures of a clause stand side by side on paper that lies on its side.
_MOST_COLUMNS = 6
_SUMS = (
    Column("รายการ", 38),
    Column("ผลรวม", 34, "right"),
    Column("หน่วยนับ", 14),
    Column("มีตัวเลข (แห่ง)", 14, "center"),
)
_NOT_NOUGHT = "หน่วยงานที่ไม่มีผลหรือยังไม่รายงานไม่นับเป็นศูนย์"
_Answers = Mapping[int, Mapping[str, Mapping[str, Any]]]


def round_paper(post: Post, round_: Round, *, now: datetime) -> ReportPaper:
    """รายงานสรุปผลของหน่วยงานนี้ในรอบนี้, of accepted versions alone; closed or so far.

    Where many hundreds report, tables and words of each house stand in the papers of the levels
    between; totals are whole in any case.
    """
    row = round_for(post, round_.pk)
    stand = stand_of(post, row, now=now)
    house = house_of(post)
    questions = list(row.questions.select_related("directive", "indicator"))
    reports = list(reports_below(post, row)) if stand.owed <= MOST_PRINTED else []
    answers: dict[int, Mapping[str, Mapping[str, Any]]] = {}
    nil: set[int] = set()
    for pk, version in told_versions(post, stand) if reports else ():
        answers[pk] = {} if version.is_nil else version.content["answers"]
        if version.is_nil:
            nil.add(pk)
    by_key = {report.pk: report for report in reports}
    told = {pk: found for pk, found in answers.items() if pk in by_key}
    is_closed = stand.closed_at is not None
    return ReportPaper(
        title=TITLE,
        subject=squeeze(row.root.title),
        house=f"{house.name} {place_above(post, house)}".strip(),
        about=tuple(_about(post, row, stand, reports, len(nil))),
        sections=tuple(_sections(questions, stand, told, by_key)),
        signatures=_signatures(post, now),
        annexes=tuple(_annexes(post, row, questions, stand, told, reports, nil)),
        standing=_standing(stand, now),
        foot=f"{house.name} "
        + (
            f"ยอดที่ปิดแล้ว ลายนิ้วมือ {stand.sha256[:16]}"
            if is_closed
            else f"ยอดรวม ณ วันที่ {moment_words(now)}"
        ),
    )


def _standing(stand: Stand, now: datetime) -> str:
    if stand.closed_at is None:
        return f"ข้อมูลยังไม่ปิดยอด ณ วันที่ {moment_words(now)}"
    return f"ปิดยอดเมื่อวันที่ {moment_words(stand.closed_at)}"


def _about(
    post: Post, row: Round, stand: Stand, reports: Sequence[Report], nil: int
) -> Iterator[tuple[str, str]]:
    letter, period = letter_of_round(post, row), period_words(row)
    if letter:
        yield "ตามหนังสือ", letter
    if period:
        yield "งวด", period
    came = [stand.came_words, f"รับรองแล้ว {stand.accepted:,} แห่ง"]
    if nil:
        came.append(f"ไม่มีผล {nil:,} แห่ง")
    late = sum(
        one.first_sent_at is not None and one.due_at is not None and one.first_sent_at > one.due_at
        for one in reports
    )
    if late:
        came.append(f"ส่งช้า {late:,} แห่ง")
    yield "หน่วยงาน", " ".join(came)
    missing = missing_houses(post, stand)
    if missing:
        names = " ".join(one.short_name for one in missing[:MOST_NAMED])
        more = " และแห่งอื่น" if len(missing) > MOST_NAMED else ""
        yield "ยังไม่รายงาน", f"{len(missing):,} แห่ง: {names}{more}"
    if stand.closed_words:
        yield "ผู้ปิดยอด", stand.closed_words


def _sections(
    questions: Sequence[Question],
    stand: Stand,
    told: _Answers,
    reports: Mapping[int, Report],
) -> Iterator[ReportSection]:
    def parts(asked: Sequence[Question], *, is_headed: bool = False) -> tuple[ReportPart, ...]:
        return tuple(_parts(asked, stand, told, reports, is_headed=is_headed))

    clauses = tuple(
        ReportClause(one.number, one.words, parts(one.questions))
        for one in asked_clauses(questions)
    )
    if clauses:
        yield ReportSection("ผลการดำเนินงานตามข้อสั่งการ", (), clauses)
    for heading, asked in asked_once(questions):
        found = parts(asked, is_headed=True)
        if found:
            yield ReportSection(heading, found)


def _parts(
    questions: Sequence[Question],
    stand: Stand,
    told: _Answers,
    reports: Mapping[int, Report],
    *,
    is_headed: bool,
) -> Iterator[ReportPart]:
    """The figures of a clause first, then what the houses said of it."""
    counted = [question for question in questions if question.kind in COUNTED]
    if counted:
        yield _sums(counted, stand)
    for question in questions:
        if question.kind == QuestionKind.TEXT:
            found = _said(question, told, reports, is_headed=is_headed)
            if found is not None:
                yield found


def _sums(questions: Sequence[Question], stand: Stand) -> Table:
    rows: list[tuple[Cell, ...]] = []
    notes = []
    for question in questions:
        total = stand.totals.get(question.pk, Sum())
        name = squeeze(question.text)
        rows.append(
            (name, sum_words(question, total), question.unit, f"{total.given:,} จาก {stand.owed:,}")
        )
        for words, count in (("ไม่มีข้อมูล", total.none), ("ไม่เกี่ยวข้อง", total.not_applicable)):
            if count:
                notes.append(f"{name}: {words} {count:,} แห่ง")
        if total.less_milli:
            notes.append(f"{name}: {less_words(question, total)}")
    return Table("", "", _SUMS, tuple(rows), foot=" · ".join([*notes, _NOT_NOUGHT]))


def _said(
    question: Question, told: _Answers, reports: Mapping[int, Report], *, is_headed: bool
) -> ReportItems | None:
    texts = [
        (reports[pk], str(answers[question.key]["text"]))
        for pk, answers in told.items()
        if answers.get(question.key, {}).get("standing") == AnswerStanding.GIVEN
    ]
    sentences = sentences_in(texts)
    if not sentences:
        return None
    items = tuple(
        ReportItem(one.text, _names([report.organisation.short_name for report in one.reports]))
        for one in sentences[:MOST_SENTENCES]
    )
    left = len(sentences) - len(items)
    more = f"และอีก {left:,} ประโยค อยู่ในรายงานของแต่ละหน่วยงาน" if left else ""
    return ReportItems("" if is_headed else squeeze(question.text), items, more)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_SAID_BY])
    left = len(names) - MOST_SAID_BY
    return f"{shown} และอีก {left} แห่ง" if left > 0 else shown


def _signatures(post: Post, now: datetime) -> tuple[ReportSignature, ...]:
    """Who prints it, and the head of the house that day."""
    name = post.person.name if post.person is not None else ""
    head = head_of(post, house_of(post), today=timezone.localtime(now).date())
    agreed = ReportSignature("ผู้รับรอง")
    if head is not None and head.person is not None:
        agreed = ReportSignature("ผู้รับรอง", head.person.name, head.full_title)
    return ReportSignature("ผู้รายงาน", name, post.full_title), agreed


def _annexes(
    post: Post,
    row: Round,
    questions: Sequence[Question],
    stand: Stand,
    told: _Answers,
    reports: Sequence[Report],
    nil: set[int],
) -> Iterator[ReportAnnex]:
    clauses = asked_clauses(questions)
    groups = [(one.heading, one.questions) for one in clauses]
    groups += [(heading, asked) for heading, asked in asked_once(questions)]
    tables = tuple(
        table
        for heading, asked in groups
        for table in _house_tables(heading, asked, stand, told, reports, nil)
    )
    if tables and reports:
        words = f"รวมจากรายงานที่รับรองแล้ว ช่องว่างคือไม่มีตัวเลข {_NOT_NOUGHT}"
        if any(one.less_milli for one in stand.totals.values()):
            words += " ยอดรวมหักงานเดียวกันที่สองหน่วยงานรายงานออกแล้ว"
        yield ReportAnnex("ผลการดำเนินงานรายหน่วยงาน", words, tables=tables)
    photos = photos_of_clauses(post, _pictures(post, row, clauses, questions, told))
    if photos:
        yield ReportAnnex("ภาพถ่ายการดำเนินงาน", photos=photos)


def _house_tables(
    heading: str,
    asked: Sequence[Question],
    stand: Stand,
    told: _Answers,
    reports: Sequence[Report],
    nil: set[int],
) -> Iterator[Table]:
    counted = [question for question in asked if question.kind in COUNTED]
    for start in range(0, len(counted), _MOST_COLUMNS):
        part = counted[start : start + _MOST_COLUMNS]
        columns = (
            Column("ที่", 4, "center"),
            Column("หน่วยงาน", 28),
            Column("สถานะ", 11),
            *(Column(_heading(one), 57 / max(4, len(part)), "right") for one in part),
        )
        rows: list[tuple[Cell, ...]] = []
        for at, report in enumerate(reports, start=1):
            answers = told.get(report.pk, {})
            cells = (cell_of(one, answers.get(one.key, {})) for one in part)
            rows.append((str(at), report.organisation.name, _state(report, stand, nil), *cells))
        sums = (_sum_cell(one, stand.totals.get(one.pk, Sum())) for one in part)
        rows.append(("", "รวม", f"{stand.accepted:,} แห่ง", *sums))
        yield Table(heading if start == 0 else f"{heading} (ต่อ)", "", columns, tuple(rows))


def _heading(question: Question) -> str:
    return squeeze(f"{question.text} ({question.unit})" if question.unit else question.text)


def _state(report: Report, stand: Stand, nil: set[int]) -> str:
    if report.pk in stand.numbers:
        return "ไม่มีผล" if report.pk in nil else "รับรองแล้ว"
    if report.pk in stand.missing:
        is_back = stand.closed_at is None and report.state == ReportState.RETURNED
        return "ส่งกลับให้แก้ไข" if is_back else "ยังไม่รายงาน"
    return "ยังไม่รับรอง"


def _sum_cell(question: Question, total: Sum) -> str:
    if not total.given:
        return ""
    told = {
        "standing": AnswerStanding.GIVEN,
        "value_milli": total.value_milli(question.over_places),
        "of_milli": total.of_milli,
    }
    return cell_of(question, told) if told["value_milli"] is not None else ""


def _pictures(
    post: Post,
    row: Round,
    clauses: Sequence[AskedClause],
    questions: Sequence[Question],
    told: _Answers,
) -> list[tuple[str, list[Evidence]]]:
    """Pictures that accepted reports name, under the clause that their project answers."""
    keys = [key for answers in told.values() for key in evidence_named(questions, answers)]
    pictures = adequate_pictures(post, keys[:MOST_LOOKED_AT]) if keys else []
    if not pictures:
        return []
    at = {
        question.directive_id: place
        for place, one in enumerate(clauses)
        for question in one.questions
        if question.directive_id is not None
    }
    above = dict(Directive.objects.filter(order=row.root_id).values_list("pk", "parent_id"))
    of_project: dict[int, int] = {}
    answered = ProjectAnswer.objects.filter(
        root=row.root_id, project__in={one.project_id for one in pictures}
    )
    for project, clause in answered.order_by("pk").values_list("project", "directive"):
        wanted: int | None = clause
        while wanted is not None and wanted not in at:
            wanted = above.get(wanted)
        if wanted is not None:
            of_project.setdefault(project, at[wanted])
    found: dict[int, list[Evidence]] = defaultdict(list)
    for one in pictures:
        found[of_project.get(one.project_id, len(clauses))].append(one)
    headings = [*(one.heading for one in clauses), "ภาพอื่น"]
    return [(_short(headings[place]), found[place]) for place in sorted(found)]


def _short(heading: str) -> str:
    return heading if len(heading) <= 160 else f"{heading[:160].rstrip()}…"
