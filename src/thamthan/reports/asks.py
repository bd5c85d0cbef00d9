"""A question between its two shapes: what is asked (rules), and the row of a form."""

from thamthan.reports.models import FormQuestion, ReportForm
from thamthan.reports.rules import Adding, AskedFor, Each, Fill, QuestionKind, columns_told


def question_row(
    form: ReportForm, position: int, ask: AskedFor, *, row: FormQuestion | None = None
) -> FormQuestion:
    """The row for what is asked, new or changed; not saved, and not checked here."""
    made = row if row is not None else FormQuestion(form=form)
    made.position = position
    made.key, made.text, made.heading = ask.key, ask.text, ask.heading
    made.guidance, made.unit, made.kind = ask.guidance, ask.unit, ask.kind
    if ask.kind == QuestionKind.MONEY and not ask.unit:
        made.unit = "บาท"
    made.is_required, made.fill, made.each = ask.is_required, ask.fill, ask.each
    made.over_places, made.over_periods = ask.over_places, ask.over_periods
    made.indicator_code = ask.indicator_code
    made.least_milli, made.most_milli = ask.least_milli, ask.most_milli
    made.columns = [one.as_json() for one in ask.columns]
    return made


def asked_by(row: FormQuestion) -> AskedFor:
    """What a row of a form asks."""
    return AskedFor(
        key=row.key,
        text=row.text,
        kind=QuestionKind(row.kind),
        over_places=Adding(row.over_places),
        over_periods=Adding(row.over_periods),
        heading=row.heading,
        guidance=row.guidance,
        unit=row.unit,
        is_required=row.is_required,
        fill=Fill(row.fill),
        each=Each(row.each),
        indicator_code=row.indicator_code,
        least_milli=row.least_milli,
        most_milli=row.most_milli,
        columns=columns_told(row.columns),
    )
