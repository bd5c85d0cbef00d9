"""The money of one project: four amounts side by side, its sources, and what is done with them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import (
    allot_money,
    change_plan,
    commit_money,
    move_allotment,
    pay_money,
    plan_money,
    release_money,
    take_money_back,
)
from thamthan.projects.queries import (
    budget_line_for,
    channels_of_today,
    is_own,
    lines_to_allot,
    money_of,
    own_allotment_for,
    own_commitment_for,
    project_for,
)
from thamthan.projects.rules import in_baht, next_money_step
from thamthan.web.doors import PostRequest, acting
from thamthan.web.money_forms import Posted, confirming
from thamthan.web.money_page import Choices, MoneyPage, bar_of
from thamthan.web.project_frame import project_page

if TYPE_CHECKING:
    from thamthan.projects.models import FundingChannel, Project

MOST_LINES = 300


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_money(request: PostRequest, pk: int) -> HttpResponse:
    """เงินของโครงการ; what is refused leaves what was typed on the page."""
    project = project_for(request.post, pk)
    if request.method != "POST":
        return show_money(request, project)
    if not is_own(request.post, project):
        raise Refused("โครงการนี้เป็นของหน่วยงานอื่น", code="foreign_project", status=403)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Refused("ไม่รู้จักสิ่งที่เลือกทำ", code="unknown_deed", status=400)
    values = request.POST.dict()
    try:
        words = deed(request, project, Posted(values))
    except Refused as refused:
        if refused.status in {403, 404}:
            raise
        return show_money(request, project, typed=values, refused=refused)
    messages.success(request, words)
    return redirect("project-money", pk=pk)


def show_money(
    request: PostRequest,
    project: "Project",
    *,
    typed: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """หน้าเงินของโครงการ, with what was typed and why it was not kept."""
    post = request.post
    money = money_of(post, project)
    own = is_own(post, project)
    may_work = own and post.has_duty(Duty.ANSWER_ORDERS)
    may_decide = own and post.has_duty(Duty.ORDER)
    has_hoped = any(source.is_hoped for source in money.sources)
    step = next_money_step(money.amounts, state=project.state, has_hoped=has_hoped)
    choices = Choices()
    if may_work:
        lines = tuple(lines_to_allot(post, project)[:MOST_LINES]) if may_decide else ()
        choices = Choices(lines=lines, channels=tuple(channels_of_today(post)))
    page = MoneyPage(
        project, money, choices, step=step, may_work=may_work, may_decide=may_decide,
        typed=typed or {}, refused=refused,
    )  # fmt: skip
    context: dict[str, Any] = {
        "money": money,
        "amounts": money.amounts,
        "bar": bar_of(money.amounts),
        "page": page,
        "refused": refused,
        "confirming": confirming(refused, typed) if refused and typed else None,
    }
    status = 200 if refused is None else refused.status
    return project_page(
        request, project, "money/money.html", here="project-money", status=status, **context
    )


def _plan(request: PostRequest, project: "Project", form: Posted) -> str:
    row = plan_money(
        project,
        form.amount(),
        by=request.post,
        source_words=form.words("source"),
        channel=_channel(request, form),
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"เพิ่มแหล่งเงินที่คาดไว้แล้ว {in_baht(row.planned_satang)}"


def _channel(request: PostRequest, form: Posted) -> "FundingChannel | None":
    key = form.key("channel")
    return channels_of_today(request.post).filter(pk=key).first() if key is not None else None


def _change(request: PostRequest, project: "Project", form: Posted) -> str:
    row = own_allotment_for(request.post, form.key("key") or 0)
    source = form.words("source") if "source" in form.values else None
    left = change_plan(
        row,
        form.amount(),
        by=request.post,
        source_words=source,
        seen_satang=form.satang("seen"),
        sure_of=form.sure_of(),
    )
    return (
        "เอาแหล่งเงินนี้ออกแล้ว"
        if left is None
        else f"แก้เงินตามแผนแล้ว เป็น {in_baht(left.planned_satang)}"
    )


def _allot(request: PostRequest, project: "Project", form: Posted) -> str:
    key = form.key("line")
    if key is None:
        raise Refused("โปรดเลือกรายการงบประมาณ", code="no_line", status=400, field="line")
    hoped = form.key("hoped")
    row = allot_money(
        project,
        budget_line_for(request.post, key),
        form.amount(),
        by=request.post,
        hoped=own_allotment_for(request.post, hoped) if hoped is not None else None,
        seen_satang=form.satang("seen"),
        sure_of=form.sure_of(),
    )
    return f"โครงการใช้เงินจากรายการนี้ได้ {in_baht(row.approved_satang)}"


def _move(request: PostRequest, project: "Project", form: Posted) -> str:
    key = form.key("line")
    if key is None:
        raise Refused("โปรดเลือกรายการที่จะย้ายไป", code="no_line", status=400, field="line")
    amount = form.amount()
    move_allotment(
        own_allotment_for(request.post, form.key("key") or 0),
        budget_line_for(request.post, key),
        amount,
        by=request.post,
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"ย้ายเงินแล้ว {in_baht(amount.satang)}"


def _commit(request: PostRequest, project: "Project", form: Posted) -> str:
    row = own_allotment_for(request.post, form.key("key") or 0)
    made = commit_money(
        row,
        form.amount(),
        by=request.post,
        on=form.day(),
        words=form.words("words"),
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"ก่อหนี้ผูกพันแล้ว {in_baht(made.amount_satang)}"


def _release(request: PostRequest, project: "Project", form: Posted) -> str:
    amount = form.amount()
    release_money(
        own_commitment_for(request.post, form.key("key") or 0),
        amount,
        by=request.post,
        why=form.words("words"),
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"คืนเงินผูกพันแล้ว {in_baht(amount.satang)}"


def _pay(request: PostRequest, project: "Project", form: Posted) -> str:
    made = pay_money(
        own_commitment_for(request.post, form.key("key") or 0),
        form.amount(),
        by=request.post,
        on=form.day(),
        words=form.words("words"),
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"บันทึกการเบิกจ่ายแล้ว {in_baht(made.amount_satang)}"


def _back(request: PostRequest, project: "Project", form: Posted) -> str:
    made = take_money_back(
        own_commitment_for(request.post, form.key("key") or 0),
        form.amount(),
        by=request.post,
        on=form.day(),
        words=form.words("words"),
        press=form.press(),
        sure_of=form.sure_of(),
    )
    return f"บันทึกรับเงินคืนแล้ว {in_baht(-made.amount_satang)}"


_DEEDS: dict[str, Callable[[PostRequest, "Project", Posted], str]] = {
    "plan": _plan,
    "change": _change,
    "allot": _allot,
    "move": _move,
    "commit": _commit,
    "release": _release,
    "pay": _pay,
    "back": _back,
}
