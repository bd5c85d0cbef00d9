"""Writing a project: every section with its prompt, saved as one goes, nothing typed ever lost."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thamthan.errors import NotFound, Refused
from thamthan.letters.queries import divisions_of
from thamthan.projects.actions import answer_clauses, reword_project
from thamthan.projects.queries import (
    answerable_clauses,
    clause_choices,
    indicators_suggested,
    own_plan_rows,
    own_projects,
    project_sheet,
    template_of,
)
from thamthan.projects.rules import SECTIONS, PlanStanding
from thamthan.projects.rules.standing import STANDINGS
from thamthan.thai.dates import FiscalYear, format_date
from thamthan.web.clause_form import keys, shown_name
from thamthan.web.doors import PostRequest, acting, is_fragment
from thamthan.web.project_frame import project_page
from thamthan.web.project_map import map_of
from thamthan.web.project_new import check_works
from thamthan.web.project_rows import PARTS, SPARE
from thamthan.web.templatetags.project_tags import THREE
from thamthan.web.typed import Typed, whole_typed

if TYPE_CHECKING:
    from datetime import date

    from thamthan.projects.models import Project
    from thamthan.projects.queries import ProjectSheet

_MOST_LINE, _MOST_WORDS = 300, 20_000
_ROUTINE_SECTIONS = frozenset({"targets", "method", "place_words", "responsible"})


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """หัวข้อหนึ่งบนหน้าเขียน: its heading, its questions, and what stands in it."""

    field: str
    heading: str
    ask: str
    is_required: bool
    value: str
    most: int
    is_short: bool


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: PostRequest, pk: int) -> HttpResponse:
    """เขียนโครงการ; sent without a script, it is saved all the same."""
    project = _own(request, pk)
    if request.method != "POST":
        return writing_page(request, project)
    try:
        saved = _save(request, project)
    except Refused as refused:
        if refused.status not in {400, 409}:
            raise
        return writing_page(request, project, refused=refused, typed=request.POST, part="words")
    messages.success(request, f"บันทึกแล้ว ครั้งที่ {saved.version}")
    return redirect("project-writing", pk=pk)


@acting
@require_POST
def save(request: PostRequest, pk: int) -> HttpResponse:
    """บันทึกเองระหว่างพิมพ์: the words, told in a few."""
    project = _own(request, pk)
    try:
        saved = _save(request, project)
    except Refused as refused:
        return _refused(request, project, refused)
    return _saved(request, saved)


@acting
@require_POST
def part(request: PostRequest, pk: int, part: str) -> HttpResponse:
    """บันทึกส่วนหนึ่ง: ขั้นตอน กลุ่มเป้าหมาย หน่วยงานสนับสนุน ความเสี่ยง สถานที่ ข้อสั่งการ."""
    project = _own(request, pk)
    version = _version(request)
    try:
        if part == "answers":
            wanted = keys(request.POST, "clause")
            clauses = list(answerable_clauses(request.post).filter(pk__in=wanted))
            if len(clauses) != len(set(wanted)):
                raise Refused("ตอบได้เฉพาะข้อสั่งการที่หน่วยงานนี้รับไว้", code="foreign_clause", status=400)
            answer_clauses(project, clauses, by=request.post, seen_version=version)
        elif part in PARTS:
            PARTS[part](project, request.POST, request.post, version)
        else:
            raise NotFound("ไม่มีส่วนนี้ของโครงการ")
    except Refused as refused:
        if is_fragment(request) and refused.status in {400, 409}:
            return _refused(request, project, refused)
        if refused.status not in {400, 409}:
            raise
        return writing_page(request, project, refused=refused, typed=request.POST, part=part)
    if is_fragment(request):
        return _saved(request, _own(request, pk))
    messages.success(request, "บันทึกแล้ว")
    return redirect(f"{reverse('project-writing', args=(pk,))}#{part}")


def writing_page(
    request: PostRequest,
    project: "Project",
    *,
    refused: Refused | None = None,
    typed: QueryDict | None = None,
    part: str = "",
) -> HttpResponse:
    """The page; what was typed and refused stands in it again."""
    post = request.post
    sheet = project_sheet(post, project)
    template = template_of(project)
    given = typed if part == "words" else None
    values = _values(project, given)
    sections = [
        WrittenSection(
            field=section.field,
            heading=section.heading,
            ask=(template.asks.get(section.field) if template else None) or section.ask,
            is_required=section.is_required,
            value=values[section.field],
            most=_MOST_LINE if section.field == "responsible" else _MOST_WORDS,
            is_short=section.field == "responsible",
        )
        for section in SECTIONS
    ]
    is_routine = project.standing == PlanStanding.ROUTINE
    this_year = FiscalYear.containing(timezone.localdate()).be
    return project_page(
        request,
        project,
        "projects/writing.html",
        here="project-writing",
        status=refused.status if refused is not None else 200,
        sheet=sheet,
        values=values,
        sections=[one for one in sections if not is_routine or one.field in _ROUTINE_SECTIONS],
        more_sections=[
            one for one in sections if is_routine and one.field not in _ROUTINE_SECTIONS
        ],
        is_routine=is_routine,
        standings=STANDINGS,
        units=divisions_of(post),
        years=sorted({project.be_year, *range(this_year - 1, this_year + 5)}),
        plan_rows=list(own_plan_rows(post).order_by("position", "pk")[:300]),
        clauses=clause_choices(post, project),
        indicators=indicators_suggested(post, template),
        map=map_of(post, sheet),
        rows=_rows(sheet, typed if part in PARTS else None, part),
        three=THREE,
        open_parts={one.part for one in sheet.lacking} | {part},
        refused=refused,
    )


def _own(request: PostRequest, pk: int) -> "Project":
    """A project of one's own house; another's has no writing page."""
    check_works(request)
    found = own_projects(request.post).filter(pk=pk).select_related("plan_row").first()
    if found is None:
        raise NotFound("ไม่พบโครงการนี้ในหน่วยงานของท่าน")
    return found


def _save(request: PostRequest, project: "Project") -> "Project":
    given = request.POST
    typed = Typed(given, near=timezone.localdate())
    changed: dict[str, Any] = {}
    if "name" in given:
        changed["name"] = typed.words("name")
    if "year" in given:
        changed["be_year"] = typed.count("year") or 0
    if "standing" in given:
        changed["standing"] = given["standing"]
    for name, column in (("begins", "begins_on"), ("ends", "ends_on")):
        if name in given:
            changed[column] = typed.day(name)
    if "unit" in given:
        units = divisions_of(request.post)
        changed["unit"] = next((one for one in units if one.code == given["unit"]), None)
    if "row" in given:
        rows = own_plan_rows(request.post)
        wanted = typed.count("row")
        changed["plan_row"] = rows.filter(pk=wanted).first() if wanted else None
    if "ordinance_words" in given:
        changed["ordinance_words"] = typed.words("ordinance_words")
    changed["sections"] = {
        section.field: _text(given, section.field) for section in SECTIONS if section.field in given
    }
    if typed.problems:
        raise Refused(next(iter(typed.problems.values())), code="wrong_field", status=400)
    return reword_project(project, by=request.post, seen_version=_version(request), **changed)


def _text(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def _version(request: PostRequest) -> int:
    text = request.POST.get("version", "")
    return whole_typed(text, most=9) or 0


def _saved(request: PostRequest, project: "Project") -> JsonResponse:
    sheet = project_sheet(request.post, project)
    return JsonResponse(
        {
            "version": project.version,
            "at": f"{timezone.localtime():%H.%M}",
            "steps": [line.step.pk for line in sheet.steps],
            "lacking": render_to_string("projects/parts/lacking.html", {"sheet": sheet}),
        }
    )


def _refused(request: PostRequest, project: "Project", refused: Refused) -> JsonResponse:
    said: dict[str, Any] = {"message": refused.message, "code": refused.code}
    if refused.code == "changed_meanwhile":
        said["version"] = _own(request, project.pk).version
    return JsonResponse(said, status=refused.status)


def _values(project: "Project", typed: QueryDict | None) -> dict[str, str]:
    """What stands in the fields of the words: as kept, or as typed."""
    kept = {
        "name": project.name,
        "year": str(project.be_year),
        "standing": project.standing,
        "unit": project.unit.code if project.unit else "",
        "row": str(project.plan_row_id or ""),
        "ordinance_words": project.ordinance_words,
        "begins": _day(project.begins_on),
        "ends": _day(project.ends_on),
        **{section.field: getattr(project, section.field) for section in SECTIONS},
    }
    if typed is None:
        return kept
    return {name: typed.get(name, value) for name, value in kept.items()}


def _day(day: "date | None") -> str:
    return format_date(day, style="short") if day else ""


def _rows(
    sheet: "ProjectSheet", typed: QueryDict | None, part: str
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each part as its fields show them, and empty ones to write in."""
    kept: dict[str, list[dict[str, Any]]] = {
        "steps": [
            {
                "pk": line.step.pk,
                "name": line.step.name,
                "begins": _day(line.step.begins_on),
                "ends": _day(line.step.ends_on),
                "milestone": line.step.is_milestone,
                "weight": line.step.weight,
                "done": line.step.done_on,
            }
            for line in sheet.steps
        ],
        "groups": [
            {"name": one.name, "unit": one.unit, "planned": one.planned, "reached": one.reached}
            for one in sheet.groups
        ],
        "supporters": [
            {
                "name": shown_name(one.organisation, one.name),
                "gives": one.gives,
                "worth": "" if one.worth_satang is None else _baht(one.worth_satang),
            }
            for one in sheet.supporters
        ],
        "risks": [
            {
                "what": one.what,
                "likelihood": one.likelihood,
                "effect": one.effect,
                "answer": one.answer,
            }
            for one in sheet.risks
        ],
        "places": [
            {
                "name": one.name,
                "kind": one.kind,
                "village": one.village_number,
                "latitude": _degrees(one.latitude_e6),
                "longitude": _degrees(one.longitude_e6),
                "corners": "\n".join(f"{y:.6f}, {x:.6f}" for x, y in one.outline or ()),
            }
            for one in sheet.places
        ],
    }
    if typed is not None:
        kept[part] = _typed_rows(typed)
    empty: dict[str, dict[str, Any]] = {
        "steps": {"weight": 1},
        "groups": {"unit": "คน"},
        "supporters": {},
        "risks": {"likelihood": 2, "effect": 2},
        "places": {"kind": "point"},
    }
    return {name: [*rows, *[empty[name]] * SPARE] for name, rows in kept.items()}


def _typed_rows(typed: QueryDict) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for key, value in typed.items():
        name, _, number = key.rpartition("-")
        if name and number.isascii() and number.isdigit() and len(number) < 4:
            found.setdefault(int(number), {})[name] = value
    return [found[number] for number in sorted(found)]


def _degrees(millionths: int | None) -> str:
    return "" if millionths is None else f"{millionths / 1e6:.6f}"


def _baht(satang: int) -> str:
    baht, rest = divmod(satang, 100)
    return f"{baht:,}.{rest:02d}" if rest else f"{baht:,}"
