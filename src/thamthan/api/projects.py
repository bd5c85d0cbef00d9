"""/projects: what a house does about its orders; listed, read, begun, worded and moved on."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema, Status

from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.errors import Refused
from thamthan.letters.queries import divisions_of
from thamthan.projects.actions import move_project, reword_project, set_steps, start_project
from thamthan.projects.queries import (
    ProjectsWanted,
    Whose,
    answerable_clauses,
    project_for,
    project_lines,
    project_sheet,
    projects_listed,
)
from thamthan.projects.rows import Start, StepRow
from thamthan.projects.rules import PlaceKind, PlanStanding, ProjectState

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation, Post
    from thamthan.projects.models import Project
    from thamthan.projects.queries import ProjectLine

router = Router(tags=["projects"])
ProjectId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
MOST_CLAUSES = 100
MOST_STEPS = 60


class SectionsIn(Schema):
    """เนื้อหาแต่ละหัวข้อ; what is left out stays as it is."""

    rationale: str | None = None
    objectives: str | None = None
    targets: str | None = None
    method: str | None = None
    place_words: str | None = None
    responsible: str | None = None
    evaluation: str | None = None
    expected_results: str | None = None

    def given(self) -> dict[str, str]:
        return {name: text for name, text in self.dict().items() if text is not None}


class SectionsOut(Schema):
    rationale: str
    objectives: str
    targets: str
    method: str
    place_words: str
    responsible: str
    evaluation: str
    expected_results: str


class ProjectRowOut(Schema):
    """โครงการหนึ่งแถว; money in satang, and late as the list has it."""

    id: int
    ref: str
    organisation: str
    unit: str = Field(description="code of the division; empty where none is named")
    be_year: int
    name: str
    state: ProjectState
    standing: PlanStanding
    begins_on: date | None
    ends_on: date | None
    is_late: bool
    is_unfunded: bool
    planned_satang: int
    approved_satang: int
    paid_satang: int
    clauses: list[int] = Field(description="keys of the clauses that it answers")
    version: int


class ProjectPage(Schema):
    items: list[ProjectRowOut]
    count: int
    page: int
    page_size: int


class StepOut(Schema):
    id: int
    name: str
    begins_on: date | None
    ends_on: date | None
    is_milestone: bool
    is_late: bool
    done_on: date | None


class PlaceOut(Schema):
    """สถานที่; degrees as whole millionths, corners as [longitude, latitude]."""

    kind: PlaceKind
    name: str
    village_number: int | None
    latitude_e6: int | None
    longitude_e6: int | None
    outline: list[list[float]] | None


class GroupOut(Schema):
    name: str
    unit: str
    planned: int | None
    reached: int | None


class ProjectOut(ProjectRowOut):
    """โครงการหนึ่งโครงการ with its sections, steps, groups and places, and what is missing."""

    sections: SectionsOut
    steps: list[StepOut]
    groups: list[GroupOut]
    places: list[PlaceOut]
    lacking: list[str]
    made_at: datetime


class ProjectsAsked(PageWanted):
    """What to look for; every condition that is given must hold."""

    of: Whose = Whose.OWN
    be_year: int | None = Field(None, ge=2400, le=2800)
    state: ProjectState | None = None
    standing: PlanStanding | None = None
    q: str = Field("", max_length=200)
    order_id: int | None = Field(None, ge=1, le=2**63 - 1)
    clause_id: int | None = Field(None, ge=1, le=2**63 - 1)
    is_late: bool = False
    is_unfunded: bool = False


class StepIn(Schema):
    id: int | None = Field(None, ge=1, le=2**63 - 1, description="of a step that stands already")
    name: str = Field(min_length=1, max_length=500)
    begins_on: date | None = None
    ends_on: date | None = None
    is_milestone: bool = False


class ProjectIn(Schema):
    """โครงการใหม่: a draft of the token's own house."""

    name: str = Field(min_length=1, max_length=500)
    be_year: int = Field(ge=2400, le=2800)
    standing: PlanStanding = PlanStanding.NONE
    unit: str = Field("", max_length=20, description="code of one of the house's divisions")
    begins_on: date | None = None
    ends_on: date | None = None
    sections: SectionsIn = SectionsIn()
    clauses: list[Key] = Field(default=[], max_length=MOST_CLAUSES)
    steps: list[StepIn] = Field(default=[], max_length=MOST_STEPS)


class ProjectChange(Schema):
    """What changes; `version` is that which was seen (else 409 changed_meanwhile)."""

    version: int = Field(ge=1)
    name: str | None = Field(None, min_length=1, max_length=500)
    standing: PlanStanding | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    sections: SectionsIn = SectionsIn()
    steps: list[StepIn] | None = Field(None, max_length=MOST_STEPS)


class ProjectMove(Schema):
    """เปลี่ยนสถานะ; giving up wants a reason."""

    to: ProjectState
    why: str = Field("", max_length=2000)


@router.get("/projects", response={200: ProjectPage, **PROBLEMS})
def list_projects(request: ApiRequest, asked: Query[ProjectsAsked]) -> ProjectPage:
    """โครงการของหน่วยงาน หรือของหน่วยงานในสังกัด, the newest fiscal year first."""
    wanted = ProjectsWanted(
        whose=asked.of,
        be_year=asked.be_year,
        state=asked.state,
        standing=asked.standing,
        text=asked.q,
        order=asked.order_id,
        clause=asked.clause_id,
        is_late=asked.is_late,
        is_unfunded=asked.is_unfunded,
    )
    today = timezone.localdate()
    found, told = page_of(projects_listed(request.auth, wanted, today=today), asked)
    lines = project_lines(request.auth, found, today=today)
    return ProjectPage(items=[ProjectRowOut(**_row(line)) for line in lines], **told)


@router.get("/projects/{project_id}", response={200: ProjectOut, **PROBLEMS})
def read_project(request: ApiRequest, project_id: ProjectId) -> ProjectOut:
    """โครงการหนึ่งโครงการ."""
    return _whole(request.auth, project_for(request.auth, project_id))


@router.post("/projects", response={201: ProjectOut, **PROBLEMS})
def begin_project(request: ApiRequest, given: ProjectIn) -> Status[ProjectOut]:
    """เริ่มโครงการ."""
    post = request.auth
    clauses = tuple(answerable_clauses(post).filter(pk__in=given.clauses))
    if len(clauses) != len(set(given.clauses)):
        raise Refused("ตอบได้เฉพาะข้อสั่งการที่หน่วยงานนี้รับไว้", code="foreign_clause", status=400)
    project = start_project(
        Start(
            name=given.name,
            be_year=given.be_year,
            standing=given.standing,
            unit=_unit(post, given.unit),
            begins_on=given.begins_on,
            ends_on=given.ends_on,
            sections=given.sections.given(),
            clauses=clauses,
            steps=_steps(given.steps),
        ),
        by=post,
    )
    return Status(201, _whole(post, project_for(post, project.pk)))


@router.patch("/projects/{project_id}", response={200: ProjectOut, **PROBLEMS})
def change_project(request: ApiRequest, project_id: ProjectId, given: ProjectChange) -> ProjectOut:
    """แก้ไขโครงการ: what is left out stays; the steps, where given, are exactly these."""
    post = request.auth
    project = project_for(post, project_id)
    kept = given.dict(exclude_unset=True)
    changed = {
        name: kept[name] for name in ("name", "standing", "begins_on", "ends_on") if name in kept
    }
    worded = reword_project(
        project, by=post, seen_version=given.version, sections=given.sections.given(), **changed
    )
    if given.steps is not None:
        set_steps(worded, _steps(given.steps), by=post, seen_version=worded.version)
    return _whole(post, project_for(post, project_id))


@router.post("/projects/{project_id}/move", response={200: ProjectOut, **PROBLEMS})
def move(request: ApiRequest, project_id: ProjectId, given: ProjectMove) -> ProjectOut:
    """อนุมัติ เริ่ม แล้วเสร็จ ทำต่อ หรือยกเลิก; sent again, it changes nothing."""
    post = request.auth
    move_project(project_for(post, project_id), given.to, by=post, why=given.why)
    return _whole(post, project_for(post, project_id))


def _unit(post: "Post", code: str) -> "Organisation | None":
    if not code:
        return None
    found = next((one for one in divisions_of(post) if one.code == code), None)
    if found is None:
        raise Refused("กองเจ้าของโครงการต้องเป็นกองของหน่วยงานนี้", code="foreign_unit", status=400)
    return found


def _steps(given: list[StepIn]) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            name=one.name,
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            is_milestone=one.is_milestone,
            pk=one.id,
        )
        for one in given
    )


def _row(line: "ProjectLine") -> dict[str, Any]:
    project = line.project
    return {
        "id": project.pk,
        "ref": str(project.ref),
        "organisation": project.organisation.code,
        "unit": project.unit.code if project.unit is not None else "",
        "be_year": project.be_year,
        "name": project.name,
        "state": ProjectState(project.state),
        "standing": PlanStanding(project.standing),
        "begins_on": project.begins_on,
        "ends_on": project.ends_on,
        "is_late": bool(line.late_by),
        "is_unfunded": line.is_unfunded,
        "planned_satang": line.planned,
        "approved_satang": line.approved,
        "paid_satang": line.paid,
        "clauses": [clause.pk for clause in line.clauses],
        "version": project.version,
    }


def _whole(post: "Post", project: "Project") -> ProjectOut:
    (line,) = project_lines(post, [project], today=timezone.localdate())
    sheet = project_sheet(post, project)
    return ProjectOut(
        **_row(line),
        sections=SectionsOut(**{name: getattr(project, name) for name in SectionsOut.model_fields}),
        steps=[
            StepOut(
                id=one.step.pk,
                name=one.step.name,
                begins_on=one.step.begins_on,
                ends_on=one.step.ends_on,
                is_milestone=one.step.is_milestone,
                is_late=one.is_late,
                done_on=one.step.done_on,
            )
            for one in sheet.steps
        ],
        groups=[
            GroupOut(name=one.name, unit=one.unit, planned=one.planned, reached=one.reached)
            for one in sheet.groups
        ],
        places=[
            PlaceOut(
                kind=PlaceKind(one.kind),
                name=one.name,
                village_number=one.village_number,
                latitude_e6=one.latitude_e6,
                longitude_e6=one.longitude_e6,
                outline=one.outline,
            )
            for one in sheet.places
        ],
        lacking=[one.words for one in sheet.lacking],
        made_at=timezone.localtime(project.made_at),
    )
