"""/projects/…/evidence: photographs, papers and links of the token's house, attached and judged."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from thamthan.api.kinds import Key, moment_told
from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS, Problem, upload_cut_short
from thamthan.api.tokens import ApiRequest
from thamthan.errors import Refused
from thamthan.projects.actions import attach_evidence, attach_link, judge_evidence
from thamthan.projects.queries import evidence_for, evidence_of, project_for, told_doubts
from thamthan.projects.rules import EvidenceKind, EvidenceState

if TYPE_CHECKING:
    from thamthan.projects.models import Evidence

router = Router(tags=["evidence"])


class DoubtOut(Schema):
    """ข้อสังเกต: what whoever judges should look at, in words that this token may read."""

    code: str
    words: str
    is_mild: bool = Field(description="says only what is not known")


class EvidenceOut(Schema):
    """หลักฐานหนึ่งชิ้น; its position is millionths of a degree, as the camera said."""

    id: int
    ref: str
    project_id: int
    kind: EvidenceKind
    state: EvidenceState
    caption: str
    file_name: str
    url: str
    sha256: str
    size: int | None
    taken_at: datetime | None
    latitude_e6: int | None
    longitude_e6: int | None
    made_at: datetime
    judged_at: datetime | None
    judged_words: str
    doubts: list[DoubtOut]


class EvidencePage(Schema):
    items: list[EvidenceOut]
    count: int
    page: int
    page_size: int


class EvidenceWanted(PageWanted):
    """What to look for; every condition that is given must hold."""

    kind: EvidenceKind | None = None
    state: EvidenceState | None = None


class EvidenceIn(Schema):
    """หลักฐานที่แนบ: a kind with a file, or a link with its address."""

    kind: EvidenceKind
    caption: str = ""
    url: str = Field("", description="for a link alone")


class VerdictIn(Schema):
    """ผลการตรวจ: adequate, or sent back with a note."""

    is_adequate: bool
    note: str = Field("", description="needed where it is sent back")


@router.get("/projects/{project_id}/evidence", response={200: EvidencePage, **PROBLEMS})
def list_evidence(
    request: ApiRequest, project_id: Key, wanted: Query[EvidenceWanted]
) -> EvidencePage:
    """หลักฐานของโครงการที่ไม่ได้ถอน, in the order they were attached."""
    rows = evidence_of(request.auth, project_for(request.auth, project_id))
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    found, told = page_of(rows, wanted)
    return EvidencePage(items=_told(request, found), **told)


@router.post(
    "/projects/{project_id}/evidence",
    response={201: EvidenceOut, **PROBLEMS, 413: Problem},
)
def attach(
    request: ApiRequest,
    project_id: Key,
    given: Form[EvidenceIn],
    file: File[UploadedFile | None] = None,
) -> Any:
    """แนบหลักฐาน; the same file or link again gives the same evidence."""
    cut_short = upload_cut_short(request)
    if cut_short is not None:
        raise cut_short
    project = project_for(request.auth, project_id)
    if given.kind == EvidenceKind.LINK:
        row = attach_link(project, given.url, by=request.auth, caption=given.caption)
    elif file is None:
        raise Refused("ยังไม่ได้ส่งไฟล์มา", code="no_file", status=400)
    else:
        row = attach_evidence(
            project,
            given.kind,
            file.read(),
            by=request.auth,
            name=file.name or "",
            caption=given.caption,
        )
    return Status(201, _one(request, row.pk))


@router.get("/evidence/{evidence_id}", response={200: EvidenceOut, **PROBLEMS})
def one_piece(request: ApiRequest, evidence_id: Key) -> EvidenceOut:
    """หลักฐานหนึ่งชิ้น."""
    return _one(request, evidence_id)


@router.post("/evidence/{evidence_id}/verdict", response={200: EvidenceOut, **PROBLEMS})
def judge(request: ApiRequest, evidence_id: Key, verdict: VerdictIn) -> EvidenceOut:
    """ตรวจหลักฐาน, by someone other than whoever attached it; the same verdict again is one."""
    row = evidence_for(request.auth, evidence_id)
    judge_evidence(row, is_adequate=verdict.is_adequate, by=request.auth, note=verdict.note)
    return _one(request, evidence_id)


def _one(request: ApiRequest, pk: int) -> EvidenceOut:
    return _told(request, [evidence_for(request.auth, pk)])[0]


def _told(request: ApiRequest, rows: "list[Evidence]") -> list[EvidenceOut]:
    doubts = told_doubts(request.auth, rows)
    return [
        EvidenceOut(
            id=row.pk,
            ref=str(row.ref),
            project_id=row.project_id,
            kind=EvidenceKind(row.kind),
            state=EvidenceState(row.state),
            caption=row.caption,
            file_name=row.file_name,
            url=row.url,
            sha256=row.file.sha256 if row.file else "",
            size=row.file.size if row.file else None,
            taken_at=moment_told(row.taken_at),
            latitude_e6=row.latitude_e6,
            longitude_e6=row.longitude_e6,
            made_at=timezone.localtime(row.made_at),
            judged_at=moment_told(row.judged_at),
            judged_words=row.judged_words,
            doubts=[
                DoubtOut(code=doubt.code, words=doubt.words, is_mild=doubt.is_mild)
                for doubt in doubts[row.pk]
            ],
        )
        for row in rows
    ]
