"""Reports for the tests: the district's order in the hands of its houses, and its round opened."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.resources import files
from uuid import uuid4

from django.utils import timezone

from tests.directives.orders import cascaded
from tests.world import World
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.organisations.rules import Role
from thamthan.reports.actions import (
    FormHead,
    Given,
    accept_reports,
    keep_question,
    load_report_form,
    make_form,
    open_rounds,
    save_answers,
    submit_nil_report,
    submit_report,
)
from thamthan.reports.models import Question, Report, ReportForm, Round, SentReport
from thamthan.reports.queries import form_lines
from thamthan.reports.rules import Adding, AnswerStanding, AskedFor, QuestionKind

TEXT = AskedFor("", "ผลในเดือนนี้", QuestionKind.TEXT, Adding.TEXT, Adding.LATEST)
COUNTED = AskedFor("", "จุดทิ้งขยะที่ปิดแล้ว", QuestionKind.NUMBER, Adding.SUM, Adding.LATEST, unit="จุด")
FORM = files("thamthan") / "data/report_forms/district_default.toml"


def opened(world: World, to: Sequence[Organisation] = ()) -> Round:
    """The round of the district's order, in the list's default form."""
    load_report_form(FORM.read_bytes(), by=world.system)
    (made,) = open_rounds(cascaded(world, to), by=world.district_officer)
    return made


def made(by: Post, *asks: AskedFor, name: str = "แบบติดตามขยะ") -> ReportForm:
    """A form of this post's house, with these questions."""
    form = make_form(FormHead(name), by=by, submission=uuid4())
    for ask in asks:
        keep_question(form, ask, by=by, seen_revision=form.revision)
        form.refresh_from_db()
    return form


def report_of(round_: Round, organisation: Organisation) -> Report:
    return Report.objects.select_related("organisation", "giver", "round").get(
        round=round_, organisation=organisation
    )


def given(question: Question, milli: int = 1000, *, seen: int = 0) -> Given:
    """An answer that fits the question."""
    if question.kind == QuestionKind.SHARE:
        return Given(AnswerStanding.GIVEN, seen, milli, 2 * milli)
    if question.kind in {QuestionKind.NUMBER, QuestionKind.MONEY}:
        return Given(AnswerStanding.GIVEN, seen, milli)
    return Given(AnswerStanding.GIVEN, seen, text="ทำแล้ว เห็นผล")


def answered(report: Report, by: Post, milli: int = 1000) -> Report:
    """Every question that must be answered is, with this number for those that are counted."""
    versions = dict(report.answers.values_list("question_id", "version"))
    answers = {
        question.key: given(question, milli, seen=versions.get(question.pk, 0))
        for question in report.round.questions.filter(is_required=True)
    }
    saved, conflicts = save_answers(report, answers, by=by)
    assert not conflicts
    return saved


def sent(report: Report, by: Post, milli: int = 1000) -> SentReport:
    """The report answered and sent."""
    saved = answered(report, by, milli)
    return submit_report(
        saved, by=by, seen_version=saved.version, press=uuid4(), sure_of=sure_of(saved, by)
    )


def sure_of(report: Report, by: Post) -> list[str]:
    """The keys of all that looks wrong about its numbers, as they are shown."""
    return [doubt.key for line in form_lines(by, report) for doubt, _ in line.doubts]


def nil(report: Report, by: Post) -> SentReport:
    """A report of nothing, with its reason."""
    return submit_nil_report(
        report, by=by, seen_version=report.version, press=uuid4(), why="ไม่มีพื้นที่"
    )


def clerk_of(organisation: Organisation) -> Post:
    """Somebody who answers for a house in which the small world knows nobody."""
    login = f"clerk-{organisation.code}"
    there = Post.objects.filter(person__login=login).first()
    return there or Post.objects.create(
        person=Person.objects.create(login=login, name=f"ธุรการ {organisation.code}"),
        organisation=organisation,
        role=Role.CLERK,
        title="เจ้าพนักงานธุรการ",
        from_on=timezone.localdate() - timedelta(1),
    )


def told(
    report: Report, numbers: Mapping[str, int], *, texts: Mapping[str, str] | None = None
) -> SentReport:
    """The report sent with these numbers (in thousandths) by the end of the question's key."""
    by = clerk_of(report.organisation)
    saved = answered(report, by)
    answers = {}
    for question in report.round.questions.all():
        ending = question.key.split("-", 1)[-1] if "-" in question.key else question.key
        answer = saved.answers.filter(question=question).first()
        seen = answer.version if answer is not None else 0
        if ending in numbers:
            answers[question.key] = Given(AnswerStanding.GIVEN, seen, numbers[ending])
        elif texts and ending in texts:
            answers[question.key] = Given(AnswerStanding.GIVEN, seen, text=texts[ending])
    saved, conflicts = save_answers(saved, answers, by=by)
    assert not conflicts
    return submit_report(
        saved, by=by, seen_version=saved.version, press=uuid4(), sure_of=sure_of(saved, by)
    )


def accepted(round_: Round, by: Post, *organisations: Organisation) -> None:
    """The reports of these houses, as they were sent, stand in the totals."""
    accept_reports([report_of(round_, one) for one in organisations], by=by)
