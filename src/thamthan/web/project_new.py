"""A new project: from a clause, a row of the plan, last year's, a template, or from nothing."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import Refused
from thamthan.letters.queries import divisions_of, house_of
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import start_project
from thamthan.projects.listed import shipped_templates, template_named
from thamthan.projects.queries import (
    nearest_projects,
    own_plan_rows,
    own_projects,
    start_as_before,
    start_from_clause,
    start_from_plan_row,
    templates_for,
    with_template,
)
from thamthan.projects.rows import Start
from thamthan.projects.rules import MOST_YEARS_AHEAD, PlanStanding
from thamthan.projects.rules.standing import STANDINGS
from thamthan.thai.dates import FiscalYear
from thamthan.thai.text import fold
from thamthan.web.doors import PostRequest, acting
from thamthan.web.typed import whole_typed

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.projects.models import PlanRow, Project

SOURCES = ("clause", "row", "copy", "template")
MOST_CHOICES = 8


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: PostRequest) -> HttpResponse:
    """เริ่มโครงการ: where it comes from, its name and year, where it stands in the plan."""
    check_works(request)
    given = request.POST if request.method == "POST" else request.GET
    start = _start(request.post, given)
    refused = None
    if request.method == "POST":
        start = _typed(request.post, start, given)
        try:
            project = start_project(start, by=request.post)
        except Refused as problem:
            if problem.status not in {400, 409}:
                raise
            refused = problem
        else:
            messages.success(request, "เริ่มโครงการแล้ว เขียนต่อได้เลย ระบบบันทึกให้เองเมื่อหยุดพิมพ์")
            return redirect("project-writing", pk=project.pk)
    return render(
        request, "projects/new.html", _shown(request, start, given, refused), status=_of(refused)
    )


@acting
@require_safe
def near(request: PostRequest) -> HttpResponse:
    """โครงการใกล้เคียง to a name that is being typed."""
    check_works(request)
    name = request.GET.get("name", "").replace("\x00", "")[:500]
    return render(
        request,
        "projects/parts/near.html",
        {"near": nearest_projects(request.post, name), "near_asked": name},
    )


def check_works(request: PostRequest) -> None:
    if not request.post.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ทำโครงการ", code="not_allowed", status=403)


def _of(refused: Refused | None) -> int:
    return refused.status if refused is not None else 200


def _start(post: "Post", given: QueryDict) -> Start:
    """What is known of it already, by where it comes from."""
    today = timezone.localdate()
    this_year = FiscalYear.containing(today).be
    year = whole_typed(given.get("year", "")) or this_year
    clause, row, copy = (whole_typed(given.get(name, "")) for name in SOURCES[:3])
    if clause is not None:
        start = start_from_clause(post, clause, today=today)
    elif row is not None:
        start = start_from_plan_row(post, row, today=today)
    elif copy is not None:
        start = start_as_before(post, copy, be_year=year)
    else:
        start = Start(be_year=year)
    key = given.get("template", "")
    template = template_named(key)
    if template is not None and key != start.template:
        clean = replace(start, be_year=year if this_year - 1 <= year else this_year)
        worded = with_template(clean, template, house=house_of(post).name, today=today)
        start = replace(worded, clauses=start.clauses) if copy is None and row is None else start
    elif key == "none" and copy is None and row is None:
        # Nothing of a template: the words of the clause alone.
        reason = start.sections.get("rationale", "").split("\n\n")[0]
        named = start.clauses[0].text[:200] if start.clauses else ""
        start = Start(be_year=start.be_year, clauses=start.clauses, name=named,
                      sections={"rationale": reason} if start.clauses else {})  # fmt: skip
    standing = given.get("standing", "")
    if standing in PlanStanding.values and copy is None and row is None:
        start = replace(start, standing=standing)
    return start


def _typed(post: "Post", start: Start, given: QueryDict) -> Start:
    """The same with the name, the year and the standing that a person gave."""
    unit = next((one for one in divisions_of(post) if one.code == given.get("unit")), None)
    return replace(
        start,
        name=given.get("name", "").replace("\x00", ""),
        be_year=whole_typed(given.get("year", "")) or start.be_year,
        standing=given.get("standing", ""),
        unit=unit or start.unit,
    )


def _shown(
    request: PostRequest, start: Start, given: QueryDict, refused: Refused | None
) -> dict[str, Any]:
    post = request.post
    name = given.get("name", start.name).replace("\x00", "")[:500]
    this_year = FiscalYear.containing(timezone.localdate()).be
    clause = start.clauses[0] if start.clauses and start.copied_from is None else None
    source = next((one for one in SOURCES if given.get(one)), "")
    asked = given.get("find", "").replace("\x00", "")[:100]
    return {
        "start": start,
        "name": name,
        "clause": clause,
        "source": source,
        "sources": {one: given.get(one, "") for one in SOURCES},
        "fitting": templates_for(clause) if clause is not None else (),
        "pillars": _pillars(),
        "template": template_named(start.template) if start.template else None,
        "near": nearest_projects(post, name) if name else [],
        "near_asked": name,
        "years": list(range(this_year - 1, min(this_year + 5, this_year + MOST_YEARS_AHEAD) + 1)),
        "standings": STANDINGS,
        "units": divisions_of(post),
        "unit_code": given.get("unit") or (start.unit.code if start.unit else _own_unit(post)),
        "find": asked,
        "rows": _rows(post, asked) if not source else [],
        "before": _before(post, asked) if not source else [],
        "this_year": this_year,
        "refused": refused,
    }


def _pillars() -> list[tuple[str, list[Any]]]:
    names = {"1": "เศรษฐกิจฐานรากและการท่องเที่ยว", "2": "คุณภาพชีวิตและสิ่งแวดล้อม"}
    return [
        (words, [one for one in shipped_templates() if one.pillar == pillar])
        for pillar, words in names.items()
    ]


def _rows(post: "Post", text: str) -> "list[PlanRow]":
    rows = own_plan_rows(post).order_by("-plan__be_from", "position", "pk")
    if text:
        rows = rows.filter(name__icontains=text)
    return list(rows[:MOST_CHOICES])


def _before(post: "Post", text: str) -> "list[Project]":
    rows = own_projects(post).order_by("-be_year", "-pk")
    if text:
        rows = rows.filter(folded__contains=fold(text))
    return list(rows[:MOST_CHOICES])


def _own_unit(post: "Post") -> str:
    own = post.organisation
    return own.code if own.path != own.house_path else ""
