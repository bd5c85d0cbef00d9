"""แหล่งเงินของโครงการ: the few channels to look at first, why, and what the choice rests on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.errors import NotFound, Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import FundingTold, open_request, tell_funding_facts
from thamthan.projects.queries import (
    Said,
    channel_fits,
    channel_for,
    funding_facts,
    is_own,
    project_for,
    requests_of,
)
from thamthan.projects.rules import (
    LIVE_STATES,
    Condition,
    Shape,
    Verdict,
    Work,
    baht,
    best_of,
    read_baht,
)
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.letters import seen_version
from thamthan.web.project_frame import project_page

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import QueryDict

    from thamthan.projects.models import Project
    from thamthan.projects.queries import ChannelFit

_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Question:
    """คำถามหนึ่งข้อ: yes, no, or not known yet."""

    name: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class FactsForm:
    """แบบบอกข้อเท็จจริง, as it was said or typed."""

    works: tuple[tuple[str, str, bool], ...]
    shapes: tuple[tuple[str, str, bool], ...]
    questions: tuple[Question, ...]
    needed: str
    problem: str = ""

    @property
    def has_answers(self) -> bool:
        return any(one.value for one in self.questions)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def project_funding(request: PostRequest, pk: int) -> HttpResponse:
    """แหล่งเงินที่เหมาะกับโครงการ; posted, what the choice rests on is said anew."""
    project = _own_project(request, pk)
    refused = None
    if request.method == "POST":
        try:
            tell_funding_facts(
                project, _told(request.POST), by=request.post, seen_version=seen_version(request)
            )
        except Refused as problem:
            if problem.status in {403, 404}:
                raise
            refused = problem
        else:
            messages.success(request, "บันทึกแล้ว แหล่งเงินเรียงใหม่ตามที่บอก")
            return redirect("project-funding", pk=pk)
    return _page(request, project, refused)


def _page(request: PostRequest, project: "Project", refused: Refused | None) -> HttpResponse:
    said = funding_facts(request.post, project)
    lines = channel_fits(request.post, project, said=said)
    by_code = {one.fit.channel.code: one for one in lines}
    best = [by_code[fit.channel.code] for fit in best_of([one.fit for one in lines])]
    rest = [one for one in lines if one not in best and one.fit.verdict != Verdict.DOES_NOT]
    against = [one for one in lines if one.fit.verdict == Verdict.DOES_NOT]
    # Only what some channel that may still come into question asks is asked of a person.
    open_lines = [one for one in lines if one not in against]
    return project_page(
        request,
        project,
        "funding/project.html",
        here="project-funding",
        status=200 if refused is None else 422,
        best=best,
        rest=rest,
        against=against,
        said=said,
        guessed=[work.label for work in Work if work in said.facts.works],
        form=_form(request.POST if refused is not None else None, said, open_lines, refused),
        requests=requests_of(request.post, project),
        may_act=bool(request.post.has_duty(Duty.ANSWER_ORDERS)) and project.state in LIVE_STATES,
        needed_on=format_date(project.begins_on, style="short") if project.begins_on else "",
        today=timezone.localdate(),
    )


@acting
@require_POST
def project_funding_request(request: PostRequest, pk: int) -> HttpResponse:
    """เริ่มคำขอ by one channel; where it was begun already, that one is shown."""
    project = _own_project(request, pk)
    channel = channel_for(request.post, request.POST.get("channel", "")[:40])
    try:
        row = open_request(project, channel, by=request.post)
    except Refused as refused:
        there = refused.facts.get("request")
        if not isinstance(there, int):
            raise
        messages.info(request, refused.message)
        return redirect("funding-request", pk=there)
    messages.success(request, f"เริ่มคำขอ {channel.name} แล้ว")
    return redirect("funding-request", pk=row.pk)


def _own_project(request: PostRequest, pk: int) -> "Project":
    project = project_for(request.post, pk)
    if not is_own(request.post, project):
        raise NotFound("ไม่พบโครงการนี้")
    return project


def _told(posted: "QueryDict") -> FundingTold:
    needed = posted.get("needed", "").strip()
    said = {one: _ANSWERS.get(str(posted.get(f"is-{one}", ""))) for one in Condition.values}
    return FundingTold(
        works=posted.getlist("work"),
        shapes=posted.getlist("shape"),
        answers={one: yes for one, yes in said.items() if yes is not None},
        needed_satang=read_baht(needed).satang if needed else None,
    )


def _form(
    typed: "QueryDict | None",
    said: Said,
    lines: "Sequence[ChannelFit]",
    refused: Refused | None,
) -> FactsForm:
    facts = said.facts
    asked = {one.fact for line in lines for one in line.fit.channel.conditions}
    works: Collection[str] = typed.getlist("work") if typed is not None else facts.works
    shapes: Collection[str] = typed.getlist("shape") if typed is not None else facts.shapes
    needed = baht(facts.needed_satang) if facts.needed_satang is not None else ""
    return FactsForm(
        works=tuple((one.value, one.label, one.value in works) for one in Work),
        shapes=tuple((one.value, one.label, one.value in shapes) for one in Shape),
        questions=tuple(
            Question(one.value, one.label, _answer(one, typed, said))
            for one in Condition
            if one in asked or one in facts.answers
        ),
        needed=typed.get("needed", "") if typed is not None else needed,
        problem=refused.message if refused is not None else "",
    )


def _answer(fact: Condition, typed: "QueryDict | None", said: Said) -> str:
    if typed is not None:
        return typed.get(f"is-{fact.value}", "")
    return {True: "yes", False: "no", None: ""}[said.facts.answers.get(fact)]
