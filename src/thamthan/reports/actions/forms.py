"""แบบรายงาน: forms of the list are loaded; what an order asks becomes the questions of a round."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import transaction

from thamthan.directives.models import Directive, Indicator
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.models import FormQuestion, Question, ReportForm, Round
from thamthan.reports.rules import Adding, Each, Fill, QuestionKind

_FORM = {"code": str, "version": int, "name": str}
_CHOICES = {
    "kind": QuestionKind,
    "fill": Fill,
    "each": Each,
    "over_places": Adding,
    "over_periods": Adding,
}
_PLAIN = ("key", "heading", "text", "guidance", "unit")
MOST_KEY = 60


def load_shipped_forms(*, by: Post) -> int:
    """แบบรายงานที่มากับระบบ, each once; how many are new."""
    folder = files("thamthan") / "data" / "report_forms"
    contents = [each.read_bytes() for each in folder.iterdir() if each.name.endswith(".toml")]
    return sum(load_report_form(content, by=by) is not None for content in contents)


@transaction.atomic
def load_report_form(content: bytes, *, by: Post) -> ReportForm | None:
    """นำเข้าแบบรายงาน of one file; none where this version is there already, which never changes."""
    if not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่นำเข้าบัญชีของทางราชการ", code="not_allowed", status=403)
    told = _told(content)
    code, version = str(told["code"]), int(told["version"])
    if ReportForm.objects.filter(organisation=None, code=code, version=version).exists():
        return None
    if told.get("is_default"):
        ReportForm.objects.filter(organisation=None, is_default=True).update(is_default=False)
    form = ReportForm.objects.create(
        code=code,
        version=version,
        name=str(told["name"]),
        words=str(told.get("words", "")),
        source=str(told.get("source", "")),
        is_checked=bool(told.get("is_checked", False)),
        is_default=bool(told.get("is_default", False)),
    )
    FormQuestion.objects.bulk_create(
        _question(form, position, one) for position, one in enumerate(told["question"], start=1)
    )
    record(Verb.FORMS_LOADED, form, by=by, code=code, version=version)
    return form


def _told(content: bytes) -> dict[str, Any]:
    try:
        told = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(f"อ่านไฟล์ไม่ได้: {problem}") from problem
    for name, kind in _FORM.items():
        if not isinstance(told.get(name), kind):
            raise _wrong(f"ไม่มี “{name}” หรือเป็นชนิดที่ไม่ถูก")
    if not isinstance(told.get("question"), list) or not told["question"]:
        raise _wrong("ไม่มีคำถามในแบบ")
    return told


def _question(form: ReportForm, position: int, told: dict[str, Any]) -> FormQuestion:
    key = str(told.get("key", ""))
    if not key or not told.get("text"):
        raise _wrong(f"คำถามที่ {position} ไม่มี key หรือ text")
    row = FormQuestion(
        form=form,
        position=position,
        is_required=bool(told.get("is_required", True)),
        indicator_code=str(told.get("indicator", "")),
        least_milli=told.get("least_milli"),
        most_milli=told.get("most_milli"),
        columns=told.get("columns", []),
    )
    for name in _PLAIN:
        setattr(row, name, str(told.get(name, "")))
    for name, choices in _CHOICES.items():
        value = told.get(name, getattr(row, name))
        if value not in choices.values:
            raise _wrong(f"คำถาม “{key}”: “{name}” เป็น “{value}” ไม่ได้")
        setattr(row, name, value)
    return row


def _wrong(words: str) -> Refused:
    return Refused(f"แบบรายงานไม่ถูกต้อง – {words}", code="wrong_form", status=400)


@dataclass(frozen=True, slots=True)
class _About:
    """What one question of a form is asked about."""

    key: str
    heading: str
    directive: Directive | None = None
    indicator: Indicator | None = None


def lay_questions(round_: Round, clauses: Sequence[Directive]) -> list[Question]:
    """Save the questions of a round: the form's, each once, or once for every clause it asks about.

    Clause by clause, so that what is asked of one clause stands together; what is asked once comes
    last, as reports end with obstacles and suggestions.
    """
    parents = {clause.parent_id for clause in clauses}
    kinds = {
        Each.PILLAR: [clause for clause in clauses if clause.parent_id is None],
        Each.LEAF: [clause for clause in clauses if clause.pk not in parents],
    }
    asked = list(round_.form.questions.all())
    rows: list[Question] = []
    for clause in clauses:
        about = _About(f"c{clause.pk}", f"{clause.number} {clause.text}", clause)
        for question in asked:
            if clause in kinds.get(Each(question.each), ()):
                rows.append(_row(round_, question, about))
            elif question.each == Each.INDICATOR:
                rows += [_row(round_, question, each) for each in _indicators(clause, about)]
    once = [question for question in asked if question.each == Each.ONCE]
    known = Indicator.objects.filter(code__in=[one.indicator_code for one in once]).order_by(
        "from_on"
    )
    indicators = {indicator.code: indicator for indicator in known}
    rows += [
        _row(round_, one, _About("", one.heading, None, indicators.get(one.indicator_code)))
        for one in once
    ]
    seen: set[str] = set()
    kept = [row for row in rows if not (row.key in seen or seen.add(row.key))]  # type: ignore[func-returns-value]
    for position, row in enumerate(kept, start=1):
        row.position = position
    return Question.objects.bulk_create(kept)


def _indicators(clause: Directive, about: _About) -> Iterator[_About]:
    for indicator in clause.indicators.all():
        # Asked once in a round, whichever clauses name it.
        yield _About(f"i{indicator.code}", about.heading, clause, indicator)


def _row(round_: Round, question: FormQuestion, about: _About) -> Question:
    row = Question(round=round_, directive=about.directive, indicator=about.indicator)
    for name in (*_PLAIN, *_CHOICES, "is_required", "least_milli", "most_milli", "columns"):
        if name != "each":
            setattr(row, name, getattr(question, name))
    row.key = (f"{about.key}-{question.key}" if about.key else question.key)[:MOST_KEY]
    row.heading = about.heading[:300]
    indicator = about.indicator
    if indicator is not None:
        row.text, row.unit = indicator.name, indicator.unit
        row.guidance = indicator.method
        if indicator.measure == "ratio":
            row.kind, row.over_places, row.over_periods = (
                QuestionKind.SHARE,
                Adding.SHARE,
                Adding.SHARE,
            )
        elif indicator.measure == "baht":
            row.kind = QuestionKind.MONEY
    return row
