"""เอกสารของโครงการ: its forms as files, what each still lacks, what it costs, what forms ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import uuid6
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.actions import (
    CostWords,
    answer_form,
    draft_request_letter,
    set_costs,
)
from thamthan.projects.queries import (
    form_lines,
    is_own,
    plan_for,
    plan_tables,
    project_as_plan_row,
    project_for,
    proposal_facts,
    request_for,
    requests_to_write,
)
from thamthan.projects.rules import LIVE_STATES, PlanForm
from thamthan.projects.rules.satang import baht, read_baht
from thamthan.thai.digits import baht_in_words
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import KINDS
from thamthan.web.letters import seen_version
from thamthan.web.project_frame import project_page
from thamthan.web.typed import Typed
from thamthan.writing.plan_layout import PlanTable
from thamthan.writing.plan_tables import write_plan_docx, write_plan_xlsx
from thamthan.writing.proposal_forms import ProposalForm, proposal_form, proposal_forms
from thamthan.writing.proposals import write_proposal, write_proposal_docx

if TYPE_CHECKING:
    from thamthan.projects.models import Project
    from thamthan.projects.queries import FormLine
    from thamthan.writing.proposal_parts import Missing

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {"pdf": KINDS["pdf"], "docx": _WORD, "xlsx": KINDS["xlsx"]}
_EMPTY_ROWS = 2
# Where a fact is written: the page, and the place on it. Costs and asks are written on this page.
_WRITTEN: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("name", "office", "fiscal_year", "plan", "period"), ("project-writing", "facts")
    ),
    "rationale": ("project-writing", "rationale"),
    "objectives": ("project-writing", "objectives"),
    "output": ("project-writing", "targets"),
    "targets": ("project-writing", "groups"),
    "steps": ("project-writing", "steps"),
    "places": ("project-writing", "place_words"),
    "answers": ("project-writing", "answers"),
    "supporters": ("project-writing", "supporters"),
    "risks": ("project-writing", "risks"),
    "evaluation": ("project-writing", "evaluation"),
    "results": ("project-writing", "expected_results"),
    "responsible": ("project-writing", "responsible"),
    "sources": ("project-money", ""),
    "indicators": ("project-results", ""),
    "asked": ("project-funding", ""),
}


@dataclass(frozen=True, slots=True)
class MissingLine:
    """สิ่งที่ยังขาด, and the address where it is written."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """แบบหนึ่งแบบในหน้า: its files, and what is missing in it."""

    form: ProposalForm
    missing: tuple[MissingLine, ...]
    is_checked: bool


@dataclass(slots=True)
class CostRow:
    """รายการค่าใช้จ่ายในหน้า, as typed, and what is wrong with it."""

    name: str = ""
    reckoning: str = ""
    amount: str = ""
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.reckoning or self.amount)


@dataclass(frozen=True, slots=True)
class AskLine:
    """ข้อที่แบบถาม, and its answer so far."""

    key: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskGroup:
    """ข้อถามของแบบหนึ่งแบบ; open where it was answered, or a request goes by this form."""

    name: str
    asks: tuple[AskLine, ...]
    is_open: bool


@dataclass(slots=True)
class _Given:
    """What a person typed and was refused, to be shown again."""

    costs: list[CostRow] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None


@acting
@require_safe
def papers(request: PostRequest, pk: int) -> HttpResponse:
    """เอกสารของโครงการ."""
    return _page(request, project_for(request.post, pk), _Given())


def _page(
    request: PostRequest, project: "Project", given: _Given, *, status: int = 200
) -> HttpResponse:
    lines = form_lines(request.post, project, today=timezone.localdate())
    stated = [cost.satang for cost in project.costs.all() if cost.satang is not None]
    own = is_own(request.post, project)
    requests = requests_to_write(request.post, project) if own else []
    may_write = own and request.post.has_duty(Duty.ANSWER_ORDERS) and project.state in LIVE_STATES
    return project_page(
        request,
        project,
        "papers/papers.html",
        here="project-papers",
        status=status,
        lines=[_line(project, line) for line in lines],
        first=_line(project, lines[0]),
        costs=given.costs or _cost_rows(project, blank=may_write),
        total=baht(sum(stated)) if stated else "",
        total_words=baht_in_words(sum(stated)) if stated else "",
        asks=_asks(project, given, {line.form_code for line in requests}),
        may_write=may_write,
        requests=requests,
        refused=given.refused,
        submission=str(uuid6.uuid7()),
    )


def _line(project: "Project", line: "FormLine") -> PaperLine:
    return PaperLine(
        line.form,
        tuple(
            MissingLine(missing.words, _written_at(project, line.form, missing))
            for missing in line.missing
        ),
        line.form.mark == "S",
    )


def _written_at(project: "Project", form: ProposalForm, missing: "Missing") -> str:
    if missing.fact == "costs":
        return "#costs"
    if missing.fact in form.asks:
        return f"#f-{missing.fact}"
    page, place = _WRITTEN[missing.fact]
    address = reverse(page, args=[project.pk])
    return f"{address}#{place}" if place else address


def _cost_rows(project: "Project", *, blank: bool) -> list[CostRow]:
    rows = [
        CostRow(cost.name, cost.reckoning, "" if cost.satang is None else baht(cost.satang))
        for cost in project.costs.all()
    ]
    return rows + [CostRow() for _ in range(_EMPTY_ROWS if blank else 0)]


def _asks(project: "Project", given: _Given, used: Collection[str]) -> list[AskGroup]:
    """What each form alone asks; the forms that are `used` stand open."""
    answered = {one.key: one.words for one in project.form_answers.all()} | dict(given.answers)
    return [
        AskGroup(
            form.name,
            tuple(AskLine(key, words, answered.get(key, "")) for key, words in form.asks.items()),
            form.code in used or any(answered.get(key) for key in form.asks),
        )
        for form in proposal_forms()
        if form.asks
    ]


@acting
@require_POST
def costs(request: PostRequest, pk: int) -> HttpResponse:
    """บันทึกรายการค่าใช้จ่าย; rows that say nothing are left out."""
    project = project_for(request.post, pk)
    rows = _typed_rows(request)
    words = [_cost_words(row) for row in rows if not row.is_empty]
    if any(row.problem for row in rows):
        refused = Refused("ยังไม่ได้บันทึก โปรดแก้จำนวนเงินที่อ่านไม่ได้", code="unread_amount", status=422)
        return _page(request, project, _Given(costs=rows, refused=refused), status=422)
    try:
        set_costs(project, words, by=request.post, seen_version=seen_version(request))
    except Refused as refused:
        if refused.status == 403:
            raise
        return _page(request, project, _Given(costs=rows, refused=refused), status=refused.status)
    messages.success(request, "บันทึกรายการค่าใช้จ่ายแล้ว")
    return redirect(f"{reverse('project-papers', args=[pk])}#costs")


def _typed_rows(request: PostRequest) -> list[CostRow]:
    names, reckonings, amounts = (
        request.POST.getlist(name) for name in ("name", "reckoning", "amount")
    )
    typed = zip(names, reckonings, amounts, strict=False)
    clean = (tuple(one.replace("\x00", "").strip() for one in row) for row in typed)
    return [CostRow(*row) for row in clean]


def _cost_words(row: CostRow) -> CostWords:
    satang = None
    if row.amount:
        try:
            satang = read_baht(row.amount).satang
        except Refused as refused:
            row.problem = refused.message
    return CostWords(row.name, satang, row.reckoning)


@acting
@require_POST
def asks(request: PostRequest, pk: int) -> HttpResponse:
    """บันทึกคำตอบของข้อที่แบบถาม."""
    project = project_for(request.post, pk)
    typed = Typed(request.POST.dict(), near=None)
    known = {key for form in proposal_forms() for key in form.asks}
    answers = {key: "\n".join(typed.lines(key)) for key in known if key in request.POST}
    try:
        answer_form(project, answers, by=request.post, seen_version=seen_version(request))
    except Refused as refused:
        if refused.status == 403:
            raise
        return _page(
            request, project, _Given(answers=answers, refused=refused), status=refused.status
        )
    messages.success(request, "บันทึกคำตอบแล้ว")
    return redirect(f"{reverse('project-papers', args=[pk])}#asks")


@acting
@require_safe
def proposal(request: PostRequest, pk: int, form: str, kind: str) -> HttpResponse:
    """แบบเสนอโครงการเป็นไฟล์; with `?request=` as it goes to the channel of that request."""
    project = project_for(request.post, pk)
    chosen = proposal_form(form)
    asked = request.GET.get("request", "")
    funding = None
    if asked:
        funding = request_for(request.post, int(asked) if asked.isdecimal() else 0)
        if funding.project_id != project.pk:
            raise NotFound("คำขอนี้เป็นของโครงการอื่น")
    facts = proposal_facts(request.post, project, today=timezone.localdate(), request=funding)
    if kind == "pdf":
        content = write_proposal(facts, form=form)
    elif kind == "docx":
        content = write_proposal_docx(facts, form=form)
    else:
        raise NotFound("ไม่มีไฟล์ชนิดนี้")
    return _file(content, f"{chosen.title} {project.name}", kind)


@acting
@require_safe
def plan_row(request: PostRequest, pk: int, kind: str) -> HttpResponse:
    """แถวในแผนของโครงการ as workbook or Word file."""
    project = project_for(request.post, pk)
    table = project_as_plan_row(request.post, project)
    return _file(_plan_file((table,), kind), f"{table.form.mark} {project.name}", kind)


@acting
@require_safe
def plan_rows(request: PostRequest, pk: int, kind: str) -> HttpResponse:
    """แผนพัฒนาเป็นไฟล์ in its own layout; `?form=` for some of its tables alone."""
    plan = plan_for(request.post, pk)
    forms = [form for form in request.GET.getlist("form") if form in PlanForm.values]
    tables = plan_tables(request.post, plan, forms=forms)
    return _file(_plan_file(tables, kind), str(plan), kind)


def _plan_file(tables: tuple[PlanTable, ...], kind: str) -> bytes:
    if kind == "xlsx":
        return write_plan_xlsx(tables)
    if kind == "docx":
        return write_plan_docx(tables)
    raise NotFound("ไม่มีไฟล์ชนิดนี้")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_KINDS[kind])
    response["Content-Disposition"] = (
        content_disposition_header(kind != "pdf", f"{name[:120]}.{kind}") or "attachment"
    )
    return response


@acting
@require_POST
def request_letter(request: PostRequest, pk: int) -> HttpResponse:
    """ร่างหนังสือนำส่งคำขอ, with the proposal and the papers given so far."""
    funding = request_for(request.post, pk)
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        submission = None
    draft = draft_request_letter(funding, by=request.post, submission=submission)
    return redirect("draft", pk=draft.pk)
