"""รายงานของหน่วยงานหนึ่งเป็นเอกสาร: its facts, of a version that was sent or of one's own draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.queries import head_of
from thamthan.projects.queries.papers import place_above
from thamthan.reports.models import Proposal, Question, Report, SentReport
from thamthan.reports.queries.doors import is_own_report, report_for
from thamthan.reports.queries.filling_in import form_lines
from thamthan.reports.queries.paper_photos import evidence_named, photos_of_report
from thamthan.reports.queries.paper_words import (
    ANSWERED_NOTHING,
    answer_words,
    asked_clauses,
    asked_once,
    letter_of_report,
    lines_of,
    moment_words,
    period_words,
    rows_table,
)
from thamthan.reports.queries.review import sent_version
from thamthan.reports.rules import COUNTED, AnswerStanding, ProposalState, QuestionKind
from thamthan.thai.text import squeeze
from thamthan.writing import Column, Table
from thamthan.writing.report_facts import (
    ReportAnnex,
    ReportClause,
    ReportPaper,
    ReportPart,
    ReportSection,
    ReportSignature,
    ReportText,
)

TITLE, DRAFT = "รายงานผลการดำเนินงาน", "ร่าง"
_FROM_FILE = " (จากไฟล์"
_SHOWN_OF_HASH = 16
_FIGURES = (Column("รายการ", 50), Column("ผล", 34, "right"), Column("หน่วยนับ", 16))


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a report goes on paper: its answers, who stands for it, how final it is."""

    answers: Mapping[str, Mapping[str, Any]]
    nil_why: str | None
    reporter: ReportSignature
    when: str
    standing: str
    foot: str
    mark: str = ""
    agreed: ReportSignature | None = None


def report_paper(
    post: Post, report: Report, *, now: datetime, number: int | None = None
) -> ReportPaper:
    """รายงานที่ส่งแล้วเป็นเอกสาร: the last version or that number, as it was sent and as nothing else.

    For the house itself and for whoever above sees its reports; what was not sent does not exist.
    """
    seen = report_for(post, report.pk)
    version = sent_version(post, seen, number)
    is_accepted = version.number == seen.accepted_number
    return _paper(post, seen, _sent(seen, version, is_accepted=is_accepted, now=now), now=now)


def draft_paper(post: Post, report: Report, *, now: datetime) -> ReportPaper:
    """ร่างรายงานของหน่วยงานตนเป็นเอกสาร, marked so on every page; nobody else prints it."""
    own = report_for(post, report.pk)
    if not is_own_report(post, own):
        raise NotFound("ไม่พบรายงานนี้")
    answers = {
        line.question.key: {
            "standing": line.standing,
            "value_milli": line.value_milli,
            "of_milli": line.of_milli,
            "text": line.text,
            "rows": line.rows,
        }
        for line in form_lines(post, own)
    }
    told = _Told(
        answers,
        None,
        _signature("ผู้รายงาน", post),
        "",
        f"ร่าง ยังไม่ได้ส่ง ข้อมูล ณ วันที่ {moment_words(now)}",
        f"{own.organisation.name} ร่าง ณ วันที่ {moment_words(now)}",
        DRAFT,
    )
    return _paper(post, own, told, now=now)


def _sent(report: Report, version: SentReport, *, is_accepted: bool, now: datetime) -> _Told:
    words = f"{moment_words(version.sent_at)} ฉบับที่ {version.number}"
    if report.due_at is not None and version.number == 1:
        words += " ทันกำหนด" if version.sent_at <= report.due_at else " หลังกำหนด"
    return _Told(
        version.content["answers"],
        version.content.get("why", "") if version.is_nil else None,
        _reporter(version),
        words,
        "" if is_accepted else f"ส่งแล้ว ยังไม่รับรอง ข้อมูล ณ วันที่ {moment_words(now)}",
        f"{report.organisation.name} ฉบับที่ {version.number} "
        f"ลายนิ้วมือ {version.sha256[:_SHOWN_OF_HASH]}",
        agreed=_agreed_in(version),
    )


def _reporter(version: SentReport) -> ReportSignature:
    """Who prepared it, or sent it where nobody had to agree; of a file whoever signed below it."""
    if _FROM_FILE in version.sent_words:
        return ReportSignature("ผู้รายงาน", version.sent_words.split(_FROM_FILE)[0])
    post = version.sent_by
    if version.agreed_words:
        proposed = Proposal.objects.filter(
            report=version.report_id, state=ProposalState.AGREED, decided_at__lte=version.sent_at
        ).order_by("-decided_at")
        post = next((one.proposed_by for one in proposed[:1]), post)
    return _signature("ผู้รายงาน", post)


def _agreed_in(version: SentReport) -> ReportSignature | None:
    """Who agreed to this version, or in whose name it was sent; none where neither was said."""
    if version.agreed_words:
        return _signature("ผู้เห็นชอบ", version.sent_by)
    return ReportSignature("ผู้เห็นชอบ", "", version.on_behalf) if version.on_behalf else None


def _signature(label: str, post: Post) -> ReportSignature:
    return ReportSignature(label, post.person.name if post.person else "", post.full_title)


def _paper(post: Post, report: Report, told: _Told, *, now: datetime) -> ReportPaper:
    questions = list(report.round.questions.select_related("directive", "indicator"))
    house = report.organisation
    is_nil = told.nil_why is not None
    sections = _nil(told.nil_why or "") if is_nil else _sections(questions, told.answers)
    return ReportPaper(
        title=TITLE,
        subject=squeeze(report.round.root.title),
        house=f"{house.name} {place_above(post, house)}".strip(),
        about=_about(post, report, told),
        sections=sections,
        signatures=(
            told.reporter,
            told.agreed or _head(post, report, timezone.localtime(now).date()),
        ),
        judged="" if told.standing else _judged(report),
        annexes=() if is_nil else _annexes(post, questions, told.answers),
        mark=told.mark,
        standing=told.standing,
        foot=told.foot,
    )


def _about(post: Post, report: Report, told: _Told) -> tuple[tuple[str, str], ...]:
    lines = (
        ("ตามหนังสือ", letter_of_report(post, report)),
        ("รายงานต่อ", report.giver.name),
        ("งวด", period_words(report.round)),
        ("กำหนดส่ง", moment_words(report.due_at) if report.due_at else ""),
        ("ส่งเมื่อ", told.when),
    )
    return tuple((label, words) for label, words in lines if words)


def _nil(why: str) -> tuple[ReportSection, ...]:
    return (ReportSection("ไม่มีผลการดำเนินงานในงวดนี้", (ReportText(lines_of(why), "เหตุที่ไม่มีผล"),)),)


def _sections(
    questions: Sequence[Question], answers: Mapping[str, Mapping[str, Any]]
) -> tuple[ReportSection, ...]:
    clauses = tuple(
        ReportClause(one.number, one.words, _parts(one.questions, answers))
        for one in asked_clauses(questions)
    )
    once = tuple(
        ReportSection(heading, _parts(asked, answers, is_headed=True))
        for heading, asked in asked_once(questions)
    )
    return (*((ReportSection("ผลการดำเนินงานตามข้อสั่งการ", (), clauses),) if clauses else ()), *once)


def _parts(
    questions: Sequence[Question],
    answers: Mapping[str, Mapping[str, Any]],
    *,
    is_headed: bool = False,
) -> tuple[ReportPart, ...]:
    """Words and lists where they were asked, the figures of a clause together behind them."""
    parts = [
        part
        for question in questions
        if question.kind not in COUNTED and question.kind != QuestionKind.EVIDENCE
        for part in _part(question, answers.get(question.key, {}), is_headed=is_headed)
    ]
    counted = [question for question in questions if question.kind in COUNTED]
    if counted:
        rows = tuple(
            (squeeze(one.text), answer_words(one, answers.get(one.key, {})), one.unit)
            for one in counted
        )
        parts.append(Table("", "", _FIGURES, rows))
    return tuple(parts)


def _part(
    question: Question, told: Mapping[str, Any], *, is_headed: bool
) -> tuple[ReportPart, ...]:
    label = "" if is_headed else squeeze(question.text)
    standing = told.get("standing", AnswerStanding.BLANK)
    if standing == AnswerStanding.BLANK:
        # What need not be answered and was not, is nothing; what must be, is still lacking.
        words = ANSWERED_NOTHING if question.is_required else "ไม่มี"
        return (ReportText((words,), label, is_faint=True),)
    if standing != AnswerStanding.GIVEN:
        return (ReportText((str(AnswerStanding(standing).label),), label, is_faint=True),)
    if question.kind == QuestionKind.TEXT:
        return (ReportText(lines_of(told.get("text", "")), label),)
    rows, note = told.get("rows", []), lines_of(told.get("text", ""))
    if not rows:
        return (ReportText(note or ("ไม่มีรายการ",), label, is_faint=not note),)
    table = rows_table(question, rows)
    return (table, ReportText(note, "หมายเหตุ")) if note else (table,)


def _annexes(
    post: Post, questions: Sequence[Question], answers: Mapping[str, Mapping[str, Any]]
) -> tuple[ReportAnnex, ...]:
    photos, left_out = photos_of_report(post, evidence_named(questions, answers))
    if not photos:
        return ()
    return (ReportAnnex("ภาพถ่ายการดำเนินงาน", left_out, photos=photos),)


def _head(post: Post, report: Report, today: date) -> ReportSignature:
    """The executive of that day, where nobody was named."""
    head = head_of(post, report.organisation, today=today)
    return ReportSignature("ผู้เห็นชอบ") if head is None else _signature("ผู้เห็นชอบ", head)


def _judged(report: Report) -> str:
    if report.accepted_at is None:
        return ""
    return (
        f"{report.giver.name}รับรองแล้ว เมื่อวันที่ {moment_words(report.accepted_at)} "
        f"โดย {report.accepted_words}"
    )
