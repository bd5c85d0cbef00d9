"""/orders/{id}/report-forms: in which form an order is reported, chosen with its burden beside."""

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Field, Router, Schema

from thamthan.api.kinds import Key
from thamthan.api.problems import PROBLEMS
from thamthan.api.report_forms import BurdenOut
from thamthan.api.tokens import ApiRequest
from thamthan.directives.queries import order_for
from thamthan.reports.actions import choose_form
from thamthan.reports.queries import (
    asked_report,
    asked_reports,
    choosable_forms,
    form_for,
    report_burdens,
)
from thamthan.reports.rules import Rhythm, fits_rhythm

if TYPE_CHECKING:
    from thamthan.directives.models import Order
    from thamthan.reports.queries import AskedReport

router = Router(tags=["report-forms"])


class AskedReportOut(Schema):
    """สิ่งที่เรื่องหนึ่งขอให้รายงาน, and the form of the rounds that open from now on."""

    obligation: int
    order: int = Field(description="the first order of the chain, which asks")
    text: str
    by_way_of: str
    due_on: date | None
    due_rule: str = Field(description="RRULE; empty where it is asked once")
    form: int | None
    form_name: str
    is_chosen: bool = Field(description="else the usual form of the list")
    chosen_by: str
    rounds: int = Field(description="that are open, and keep their questions")
    may_choose: bool


class AskedReportsOut(Schema):
    items: list[AskedReportOut]


class ChoiceOut(Schema):
    """แบบที่เลือกได้ with what it costs those who fill it in."""

    form: int
    name: str
    version: int
    is_own: bool
    is_checked: bool
    rhythm: Rhythm
    fits_rhythm: bool = Field(description="whether its words speak of the periods that are asked")
    burden: BurdenOut


class ChoicesOut(AskedReportOut):
    choices: list[ChoiceOut]


class ChoiceIn(Schema):
    form: int = Field(ge=1, le=2**63 - 1)


@router.get("/orders/{order_id}/report-forms", response={200: AskedReportsOut, **PROBLEMS})
def list_asked(request: ApiRequest, order_id: Key) -> AskedReportsOut:
    """สิ่งที่เรื่องนี้ขอให้รายงาน, each with its form."""
    asked = asked_reports(request.auth, order_for(request.auth, order_id))
    return AskedReportsOut(items=[AskedReportOut(**_told(one)) for one in asked])


@router.get(
    "/orders/{order_id}/report-forms/{obligation_id}", response={200: ChoicesOut, **PROBLEMS}
)
def get_choices(request: ApiRequest, order_id: Key, obligation_id: Key) -> ChoicesOut:
    """รายงานด้วยแบบใด: every form that may be used here, with its burden."""
    return _choices(request, order_for(request.auth, order_id), obligation_id)


@router.put(
    "/orders/{order_id}/report-forms/{obligation_id}", response={200: ChoicesOut, **PROBLEMS}
)
def put_choice(
    request: ApiRequest, order_id: Key, obligation_id: Key, body: ChoiceIn
) -> ChoicesOut:
    """เลือกแบบ, by the house whose order it is first; open rounds keep their questions."""
    post, order = request.auth, order_for(request.auth, order_id)
    asked = asked_report(post, order, obligation_id)
    choose_form(asked.obligation, form_for(post, body.form), by=post)
    return _choices(request, order, obligation_id)


def _choices(request: ApiRequest, order: "Order", obligation_id: int) -> ChoicesOut:
    post = request.auth
    asked = asked_report(post, order, obligation_id)
    forms = choosable_forms(post, asked)
    burdens = report_burdens(post, asked, forms)
    return ChoicesOut(
        **_told(asked),
        choices=[
            ChoiceOut(
                form=form.pk,
                name=form.name,
                version=form.version,
                is_own=form.organisation_id is not None,
                is_checked=form.is_checked,
                rhythm=Rhythm(form.rhythm),
                fits_rhythm=fits_rhythm(form.rhythm, asked.obligation.due_rule),
                burden=BurdenOut.of(burdens[form.pk]),
            )
            for form in forms
        ],
    )


def _told(asked: "AskedReport") -> dict[str, Any]:
    row = asked.obligation
    return {
        "obligation": row.pk,
        "order": asked.order.pk,
        "text": row.text,
        "by_way_of": row.by_way_of,
        "due_on": row.due_on,
        "due_rule": row.due_rule,
        "form": asked.form.pk if asked.form is not None else None,
        "form_name": asked.form.name if asked.form is not None else "",
        "is_chosen": asked.is_chosen,
        "chosen_by": asked.chosen_words,
        "rounds": asked.rounds,
        "may_choose": asked.may_choose,
    }
