"""แบบที่กรอก: every question of one's own report, as it stands or as the system knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.rules import Doubt
from thamthan.reports.doubting import Told, doubts_in
from thamthan.reports.knowing import Known, key_of, known_for
from thamthan.reports.models import Answer, Question, Report, Round, SentReport
from thamthan.reports.queries.doors import is_own_report, report_for
from thamthan.reports.rules import LISTED, AnswerStanding


@dataclass(frozen=True, slots=True)
class FormLine:
    """คำถามหนึ่งข้อ with its answer, what is known of it, and what was answered the period before.

    `doubts` are what looks wrong about its number, each with whether a person is sure of it.
    """

    question: Question
    standing: str
    value_milli: int | None = None
    of_milli: int | None = None
    text: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    is_typed: bool = False
    note: str = ""
    version: int = 0
    before: Answer | None = None
    left_out: list[int] = field(default_factory=list)
    doubts: list[tuple[Doubt, bool]] = field(default_factory=list)

    @property
    def listed(self) -> list[tuple[int, dict[str, Any], bool]]:
        """รายการที่ระบบทำ: each with its key, and whether it is left out of the report."""
        return [(key_of(row), row, key_of(row) in self.left_out) for row in self.known.rows]

    @property
    def differs(self) -> bool:
        """Whether a person wrote something else than the system knows."""
        told = (self.value_milli, self.text) != (self.known.value_milli, self.known.text)
        return self.is_typed and not self.known.is_nothing and told


def form_lines(post: Post, report: Report) -> list[FormLine]:
    """ทุกข้อของรายงานของหน่วยงานตน: typed answers as they are, the others as known this minute."""
    own = report_for(post, report.pk)
    if not is_own_report(post, own):
        raise NotFound("ไม่พบรายงานนี้")
    questions = list(own.round.questions.select_related("indicator", "directive"))
    known = known_for(own, questions)
    answers = {each.question_id: each for each in Answer.objects.filter(report=own)}
    before = _before(own)
    lines = [
        _line(
            question,
            answers.get(question.pk),
            known.get(question.pk, Known()),
            before.get(question.key),
        )
        for question in questions
    ]
    return _with_doubts(own, lines, answers)


def _with_doubts(
    report: Report, lines: list[FormLine], answers: Mapping[int, Answer]
) -> list[FormLine]:
    told = {
        line.question.pk: Told(
            line.value_milli, line.of_milli, line.known.value_milli if line.is_typed else None
        )
        for line in lines
        if line.value_milli is not None
    }
    doubts = doubts_in(report, told, [line.question for line in lines])
    sure = {
        pk: {str(one["key"]) for one in answers[pk].warned} if pk in answers else set()
        for pk in doubts
    }
    return [
        replace(
            line,
            doubts=[
                (one, one.key in sure[line.question.pk]) for one in doubts.get(line.question.pk, ())
            ],
        )
        for line in lines
    ]


def _line(
    question: Question, answer: Answer | None, known: Known, before: Answer | None
) -> FormLine:
    if question.kind in LISTED:
        return _list_line(question, answer, known, before)
    if answer is not None and answer.is_typed:
        return FormLine(
            question,
            answer.standing,
            answer.value_milli,
            answer.of_milli,
            answer.text,
            list(answer.rows),
            known,
            True,
            answer.note,
            answer.version,
            before,
        )
    standing = AnswerStanding.BLANK if known.is_nothing else AnswerStanding.GIVEN
    return FormLine(
        question,
        standing,
        known.value_milli,
        known.of_milli,
        known.text,
        known.rows,
        known,
        note=answer.note if answer is not None else "",
        version=answer.version if answer is not None else 0,
        before=before,
    )


def _list_line(
    question: Question, answer: Answer | None, known: Known, before: Answer | None
) -> FormLine:
    """A list is always as known this minute; a person's are the ticks and the note."""
    left_out = list(answer.left_out) if answer is not None else []
    text = answer.text if answer is not None else ""
    rows = known.without(left_out).rows
    return FormLine(
        question,
        AnswerStanding.GIVEN if rows or text else AnswerStanding.BLANK,
        text=text,
        rows=rows,
        known=known,
        is_typed=answer is not None and answer.is_typed,
        note=answer.note if answer is not None else "",
        version=answer.version if answer is not None else 0,
        before=before,
        left_out=left_out,
    )


def _before(report: Report) -> dict[str, Answer]:
    """What this house answered in the round before of the same order, by question."""
    earlier = (
        Round.objects.filter(obligation=report.round.obligation_id, number__lt=report.round.number)
        .order_by("-number")
        .first()
    )
    if earlier is None:
        return {}
    rows = Answer.objects.filter(
        report__round=earlier, report__organisation=report.organisation_id
    ).select_related("question")
    return {each.question.key: each for each in rows}


def versions_of(post: Post, report: Report) -> list[SentReport]:
    """ทุกฉบับที่ส่งของรายงานที่เห็น, the last first."""
    return list(SentReport.objects.filter(report=report_for(post, report.pk)).order_by("-number"))
