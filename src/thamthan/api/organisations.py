"""/organisations and /me: the tree, which is public, and who the token stands for."""

from datetime import date
from typing import TYPE_CHECKING

from ninja import Field, Query, Router, Schema

from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.organisations.queries import organisation_for, organisations_seen_by
from thamthan.organisations.rules import Acting, LaoKind, Level, Role

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation

router = Router(tags=["organisations"])


class OrganisationOut(Schema):
    """หน่วยงาน: one node of the tree, as it is today."""

    ref: str
    code: str
    name: str
    short_name: str
    english_name: str
    level: Level
    lao_kind: LaoKind | None
    path: str
    agency_code: str
    closed_on: date | None


class OrganisationDetail(OrganisationOut):
    """หน่วยงาน, with its neighbours in the tree and in time."""

    parent: str | None
    succeeded_by: str | None


class OrganisationPage(Schema):
    items: list[OrganisationOut]
    count: int
    page: int
    page_size: int


class OrganisationsWanted(PageWanted):
    """What to look for: a level, and words in the name, the short name or the code."""

    level: Level | None = None
    text: str = Field("", max_length=200)


class Me(Schema):
    """ตำแหน่งของกุญแจนี้."""

    person: str
    title: str
    role: Role
    is_acting: bool
    acting: Acting | None
    organisation: OrganisationOut


@router.get("/organisations", response={200: OrganisationPage, **PROBLEMS})
def list_organisations(request: ApiRequest, wanted: Query[OrganisationsWanted]) -> OrganisationPage:
    """รายชื่อหน่วยงาน ตามลำดับในต้นไม้."""
    level = wanted.level.value if wanted.level else ""
    rows = organisations_seen_by(request.auth, text=wanted.text, level=level).order_by("path")
    found, told = page_of(rows, wanted)
    return OrganisationPage(items=[_line(row) for row in found], **told)


@router.get("/organisations/{code}", response={200: OrganisationDetail, **PROBLEMS})
def get_organisation(request: ApiRequest, code: str) -> OrganisationDetail:
    """หน่วยงานหนึ่งตามรหัส."""
    row = organisation_for(request.auth, code)
    return OrganisationDetail(
        **_line(row).dict(),
        parent=row.parent.code if row.parent else None,
        succeeded_by=row.succeeded_by.code if row.succeeded_by else None,
    )


@router.get("/me", response={200: Me, **PROBLEMS}, tags=["me"])
def get_me(request: ApiRequest) -> Me:
    """ตำแหน่งที่กุญแจนี้ใช้ทำแทน."""
    post = request.auth
    return Me(
        person=post.person.name if post.person else "",
        title=post.title,
        role=Role(post.role),
        is_acting=post.is_acting,
        acting=Acting(post.acting) if post.acting else None,
        organisation=_line(post.organisation),
    )


def _line(row: "Organisation") -> OrganisationOut:
    return OrganisationOut(
        ref=str(row.ref),
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        english_name=row.english_name,
        level=Level(row.level),
        lao_kind=LaoKind(row.lao_kind) if row.lao_kind else None,
        path=row.path,
        agency_code=row.agency_code,
        closed_on=row.closed_on,
    )
