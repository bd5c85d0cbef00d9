"""Laying down: the questions of a form become those of a round, clause by clause of its order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thamthan.directives.models import Directive, Indicator
from thamthan.reports.models import FormQuestion, Question, Round
from thamthan.reports.rules import Adding, Each, QuestionKind

MOST_KEY = 60
# What a round's question takes over from the form's as it is.
_TAKEN = (
    "key",
    "heading",
    "text",
    "guidance",
    "unit",
    "kind",
    "fill",
    "over_places",
    "over_periods",
    "is_required",
    "least_milli",
    "most_milli",
    "columns",
)


@dataclass(frozen=True, slots=True)
class _About:
    """What one question of a form is asked about."""

    key: str
    heading: str
    directive: Directive | None = None
    indicator: Indicator | None = None


def lay_questions(round_: Round, clauses: Sequence[Directive]) -> list[Question]:
    """Save the questions of a round, as its form has them now."""
    rows = laid_questions(list(round_.form.questions.all()), clauses)
    for row in rows:
        row.round = round_
    return Question.objects.bulk_create(rows)


def laid_questions(asked: Sequence[FormQuestion], clauses: Sequence[Directive]) -> list[Question]:
    """The questions of a form, each once, or once for every clause it asks about; not saved.

    Clause by clause, so that what is asked of one clause stands together; what is asked once comes
    last, as reports end with obstacles and suggestions.
    """
    parents = {clause.parent_id for clause in clauses}
    kinds = {
        Each.PILLAR: [clause for clause in clauses if clause.parent_id is None],
        Each.LEAF: [clause for clause in clauses if clause.pk not in parents],
    }
    rows: list[Question] = []
    for clause in clauses:
        about = _About(f"c{clause.pk}", f"{clause.number} {clause.text}", clause)
        for question in asked:
            if clause in kinds.get(Each(question.each), ()):
                rows.append(_row(question, about))
            elif question.each == Each.INDICATOR:
                rows += [_row(question, each) for each in _indicators(clause, about)]
    once = [question for question in asked if question.each == Each.ONCE]
    known = Indicator.objects.filter(code__in=[one.indicator_code for one in once]).order_by(
        "from_on"
    )
    indicators = {indicator.code: indicator for indicator in known}
    rows += [
        _row(one, _About("", one.heading, None, indicators.get(one.indicator_code))) for one in once
    ]
    seen: set[str] = set()
    kept = [row for row in rows if not (row.key in seen or seen.add(row.key))]  # type: ignore[func-returns-value]
    for position, row in enumerate(kept, start=1):
        row.position = position
    return kept


def sample_questions(asked: Sequence[FormQuestion]) -> list[Question]:
    """The questions as they stand for an order of one clause with one indicator; not saved."""
    clause = _About("c", "1 (ข้อสั่งการข้อหนึ่งของหนังสือ)")
    counted = Indicator(code="", name="(ตัวชี้วัดของข้อสั่งการ)", unit="หน่วยนับ", measure="count")
    of_clause, once = [], []
    for question in asked:
        if question.each == Each.ONCE:
            once.append(_row(question, _About("", question.heading)))
        elif question.each == Each.INDICATOR:
            of_clause.append(_row(question, _About("i", clause.heading, None, counted)))
        else:
            of_clause.append(_row(question, clause))
    rows = [*of_clause, *once]
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


def _indicators(clause: Directive, about: _About) -> Iterator[_About]:
    for indicator in clause.indicators.all():
        # Asked once in a round, whichever clauses name it.
        yield _About(f"i{indicator.code}", about.heading, clause, indicator)


def _row(question: FormQuestion, about: _About) -> Question:
    row = Question(directive=about.directive, indicator=about.indicator)
    for name in _TAKEN:
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
            row.least_milli = row.most_milli = None
        elif indicator.measure == "baht":
            row.kind = QuestionKind.MONEY
    return row
