"""The addresses of reports and rounds, and what they name in the world."""

from typing import Any

from tests.reports.reports import TEXT, made, nil, opened, report_of
from tests.reports.tables import with_table
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.reports.actions import accept_reports, propose_report, publish_round, set_agreement
from thamthan.reports.models import Report, Round
from thamthan.reports.rules import Agrees

_OF_DISTRICT: dict[str, Any] = {
    "wrong_post": "district_administrator", "right_post": "district_officer",
}  # fmt: skip

ROWS = [
    Row("reports", TO_LOG_IN, OPEN, 403, OPEN),
    Row("report", TO_LOG_IN, 404, 404, OPEN),
    Row("report-answers", TO_LOG_IN, 404, 404, OPEN, posts=True),
    Row("report-files", TO_LOG_IN, OPEN, 403, OPEN),
    Row("report-file", TO_LOG_IN, 404, 404, OPEN),
    # Each house sets for itself who agrees.
    Row("report-agreement", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("report-proposal", TO_LOG_IN, 404, 404, OPEN),
    # What was sent is printed by whoever sees it; a draft by its own house alone.
    Row("report-paper", TO_LOG_IN, 404, 404, OPEN),
    Row("report-draft", TO_LOG_IN, 404, 404, OPEN),
    Row("round-paper", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("rounds", TO_LOG_IN, OPEN, 403, OPEN),
    # The house that reports does not see what the others reported.
    Row("round", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-question", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-rows", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-rows-table", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-question-chart", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-acceptance", TO_LOG_IN, 404, 404, 400, posts=True, **_OF_DISTRICT),
    Row("round-closing", TO_LOG_IN, 404, 404, 302, posts=True, **_OF_DISTRICT),
    Row("round-letter", TO_LOG_IN, 404, 404, 409, posts=True, **_OF_DISTRICT),
    Row("round-outstanding", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-shared", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-figures", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-figures-file", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("round-table", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-forms", TO_LOG_IN, OPEN, 403, OPEN),
    # The list's own form is seen by every house; one that a house made, by that house alone.
    Row("report-form", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-form-new", TO_LOG_IN, OPEN, 403, OPEN, **_OF_DISTRICT),
    Row("report-form-change", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-form-deed", TO_LOG_IN, 404, 404, 400, posts=True, **_OF_DISTRICT),
    Row("report-form-preview", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-form-question-new", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-form-question", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("report-form-choice", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    # Whoever asked first publishes; what is published is for everyone.
    Row("round-public", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
    Row("public-round", OPEN, OPEN, OPEN, OPEN),
    Row("public-round-figures", OPEN, OPEN, OPEN, OPEN),
    Row("report-review", TO_LOG_IN, 404, 404, OPEN, **_OF_DISTRICT),
]

_OF_ALL = {
    "reports", "rounds", "report-files", "report-forms", "report-form-new", "report-agreement",
}  # fmt: skip
_PAPERS = {"report-paper", "report-draft", "round-paper"}


def keys_of_reports(name: str, world: World) -> dict[str, Any]:
    """The round of the district's order, and the report of Nong Kapu, which was sent."""
    if name in _OF_ALL or not any(row.name == name for row in ROWS):
        return {}
    if name.startswith("report-form") and name != "report-form-choice":
        form = made(world.district_officer, TEXT)
        key = {"question_pk": form.questions.all()[0].pk} if name == "report-form-question" else {}
        return {"pk": form.pk} | key
    round_ = Round.objects.first() or opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    if not Report.objects.filter(sent_number__gt=0).exists():
        nil(report, world.clerk)
    if name == "report-form-choice":
        return {"pk": round_.root_id, "obligation_pk": round_.obligation_id}
    if name == "report-proposal":
        set_agreement(Agrees.EXECUTIVE, by=world.clerk)
        seen = Report.objects.get(pk=report.pk).version
        propose_report(report, by=world.clerk, seen_version=seen, nil_why="ไม่มีพื้นที่")
    if name.startswith("public-round"):
        accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
        shown = publish_round(round_, by=world.district_officer, is_provisional=True)
        return {"ref": shown.ref} | ({"form": "csv"} if name.endswith("figures") else {})
    kind = {"kind": "pdf"} if name in _PAPERS else {}
    if name.startswith("report"):
        return {"pk": report.pk} | kind
    if name in {"round-table", "round-figures-file"}:
        return {"pk": round_.pk, "form": "csv"}
    if name.startswith("round-rows"):
        table = round_.questions.filter(kind="table").first() or with_table(report)
        keys = {"pk": round_.pk, "question_pk": table.pk}
        return keys | ({"form": "xlsx"} if name.endswith("table") else {})
    question = round_.questions.filter(kind="number")[0]
    more: dict[str, Any] = {"question_pk": question.pk} if name.startswith("round-question") else {}
    chart = {"chart": "places", "form": "svg"} if name.endswith("-chart") else {}
    return {"pk": round_.pk} | kind | more | chart
