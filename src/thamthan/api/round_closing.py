"""/rounds/{id}/closing, /publication, /letter: what becomes of a total once it is there."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from thamthan.api.kinds import Key, moment_told
from thamthan.api.papers import LetterDraftOut
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.reports.actions import (
    close_consolidation,
    draft_round_letter,
    publish_round,
    unpublish_round,
)
from thamthan.reports.queries import (
    consolidation_of,
    public_content,
    publication_of,
    round_for,
    round_to_publish,
)

if TYPE_CHECKING:
    from thamthan.reports.models import Consolidation, Publication

router = Router(tags=["rounds"])


class ClosingOut(Schema):
    """การปิดยอดรวมของหน่วยงาน; null where it is not closed."""

    closed_at: datetime | None
    closed_by: str
    sha256: str = Field(description="of what was closed; anybody can compute it again")


class PublicationOut(Schema):
    """การเผยแพร่ของรอบ; without a `ref` nothing was published yet. The address stays for good."""

    is_public: bool
    ref: str | None
    address: str | None = Field(description="path of the page for citizens, while it is public")
    is_closed: bool = Field(description="of the closed total; else marked as provisional")
    has_words: bool
    sha256: str
    published_at: datetime | None
    published_by: str
    withdrawn_at: datetime | None


class PreviewOut(PublicationOut):
    """การเผยแพร่ with what citizens would read if it were published now."""

    content: dict[str, Any]


class PreviewWanted(Schema):
    has_words: bool = Field(False, description="with what the houses told")


class PublicationIn(Schema):
    """เผยแพร่: what is not closed only where that is said."""

    is_provisional: bool = False
    has_words: bool = False


class LetterIn(Schema):
    press: UUID = Field(description="the same again gives the same draft")


@router.get("/rounds/{round_id}/closing", response={200: ClosingOut, **PROBLEMS})
def get_closing(request: ApiRequest, round_id: Key) -> ClosingOut:
    """การปิดยอดรวมของหน่วยงานนี้ในรอบนี้."""
    return _closing(consolidation_of(request.auth, round_for(request.auth, round_id)))


@router.post("/rounds/{round_id}/closing", response={200: ClosingOut, **PROBLEMS})
def post_closing(request: ApiRequest, round_id: Key) -> ClosingOut:
    """ปิดยอดรวม; closed again, the first closing stays."""
    return _closing(close_consolidation(round_for(request.auth, round_id), by=request.auth))


@router.get("/rounds/{round_id}/publication", response={200: PreviewOut, **PROBLEMS})
def get_publication(request: ApiRequest, round_id: Key, wanted: Query[PreviewWanted]) -> PreviewOut:
    """การเผยแพร่, and what would be read if it were published now; for whoever may publish."""
    post, row = request.auth, round_to_publish(request.auth, round_id)
    content = public_content(post, row, now=timezone.now(), has_words=wanted.has_words)
    return PreviewOut(**_told(publication_of(post, row)), content=content)


@router.put("/rounds/{round_id}/publication", response={200: PublicationOut, **PROBLEMS})
def put_publication(request: ApiRequest, round_id: Key, body: PublicationIn) -> PublicationOut:
    """เผยแพร่ยอดรวม as it stands now, at an address that stays."""
    made = publish_round(
        round_to_publish(request.auth, round_id),
        by=request.auth,
        is_provisional=body.is_provisional,
        has_words=body.has_words,
    )
    return PublicationOut(**_told(made))


@router.delete("/rounds/{round_id}/publication", response={200: PublicationOut, **PROBLEMS})
def delete_publication(request: ApiRequest, round_id: Key) -> PublicationOut:
    """เลิกเผยแพร่: gone at once here; who kept a copy keeps it."""
    made = unpublish_round(round_to_publish(request.auth, round_id), by=request.auth)
    return PublicationOut(**_told(made))


@router.post("/rounds/{round_id}/letter", response={201: LetterDraftOut, **PROBLEMS})
def post_letter(request: ApiRequest, round_id: Key, body: LetterIn) -> Status[LetterDraftOut]:
    """ร่างหนังสือรายงานผลในภาพรวม, with the report over all as its file."""
    row = round_for(request.auth, round_id)
    draft = draft_round_letter(row, by=request.auth, submission=body.press)
    return Status(201, LetterDraftOut(draft_id=draft.pk, subject=draft.subject))


def _closing(row: "Consolidation | None") -> ClosingOut:
    if row is None or row.closed_at is None:
        return ClosingOut(closed_at=None, closed_by="", sha256="")
    return ClosingOut(
        closed_at=timezone.localtime(row.closed_at), closed_by=row.closed_words, sha256=row.sha256
    )


def _told(made: "Publication | None") -> dict[str, Any]:
    is_public = made is not None and made.is_public
    return {
        "is_public": is_public,
        "ref": str(made.ref) if made else None,
        "address": reverse("public-round", args=[made.ref]) if made and is_public else None,
        "is_closed": made is not None and made.is_closed,
        "has_words": made is not None and made.has_words,
        "sha256": made.sha256 if made else "",
        "published_at": moment_told(made.published_at) if made else None,
        "published_by": made.published_words if made else "",
        "withdrawn_at": moment_told(made.withdrawn_at) if made else None,
    }
