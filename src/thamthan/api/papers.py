"""/projects/{id}/papers: what each form of a project lacks, its costs, the letter of a request."""

from typing import TYPE_CHECKING

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from thamthan.api.kinds import Key
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.projects.actions import CostWords, draft_request_letter, set_costs
from thamthan.projects.queries import form_lines, project_for, request_for

if TYPE_CHECKING:
    from thamthan.projects.models import Project

router = Router(tags=["papers"])


class MissingOut(Schema):
    """สิ่งที่แบบยังขาด: under which heading, which fact, in words."""

    heading: str
    fact: str
    words: str


class FormOut(Schema):
    """แบบเสนอโครงการหนึ่งแบบ."""

    code: str
    name: str
    source: str
    is_verified: bool = Field(description="whether its sections were read on a form in use")
    missing: list[MissingOut]


class CostOut(Schema):
    """รายการค่าใช้จ่าย; null is not known yet."""

    name: str
    reckoning: str
    satang: int | None


class PapersOut(Schema):
    """เอกสารของโครงการ: its forms and its costs; `version` is the project's."""

    forms: list[FormOut]
    costs: list[CostOut]
    version: int


class CostIn(Schema):
    name: str = Field(max_length=500)
    reckoning: str = Field("", max_length=300)
    satang: int | None = Field(None, ge=0, le=10**15)


class CostsIn(Schema):
    costs: list[CostIn] = Field(max_length=100)
    version: int = Field(ge=0)


class LetterDraftOut(Schema):
    """ร่างหนังสือนำส่ง."""

    draft_id: int
    subject: str


@router.get("/projects/{project_id}/papers", response={200: PapersOut, **PROBLEMS})
def get_papers(request: ApiRequest, project_id: Key) -> PapersOut:
    """เอกสารของโครงการ: every form with what is missing in it."""
    return _told(request, project_for(request.auth, project_id))


@router.put("/projects/{project_id}/costs", response={200: PapersOut, **PROBLEMS})
def put_costs(request: ApiRequest, project_id: Key, given: CostsIn) -> PapersOut:
    """กำหนดรายการค่าใช้จ่าย: exactly these, in this order."""
    costs = [CostWords(one.name, one.satang, one.reckoning) for one in given.costs]
    project = project_for(request.auth, project_id)
    set_costs(project, costs, by=request.auth, seen_version=given.version)
    return _told(request, project_for(request.auth, project_id))


@router.post("/funding-requests/{request_id}/letter", response={201: LetterDraftOut, **PROBLEMS})
def draft_letter(request: ApiRequest, request_id: Key) -> Status[LetterDraftOut]:
    """ร่างหนังสือนำส่งคำขอ; the one that there is already comes back."""
    draft = draft_request_letter(request_for(request.auth, request_id), by=request.auth)
    return Status(201, LetterDraftOut(draft_id=draft.pk, subject=draft.subject))


def _told(request: ApiRequest, project: "Project") -> PapersOut:
    lines = form_lines(request.auth, project, today=timezone.localdate())
    return PapersOut(
        forms=[
            FormOut(
                code=line.form.code,
                name=line.form.name,
                source=line.form.source,
                is_verified=line.form.mark == "S",
                missing=[
                    MissingOut(heading=one.heading, fact=one.fact, words=one.words)
                    for one in line.missing
                ],
            )
            for line in lines
        ],
        costs=[
            CostOut(name=one.name, reckoning=one.reckoning, satang=one.satang)
            for one in project.costs.all()
        ],
        version=project.version,
    )
