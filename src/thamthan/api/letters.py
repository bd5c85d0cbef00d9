"""/letters: the registry of the token's house; secret letters do not exist for programs."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Path, Query, Router, Schema, Status, UploadedFile

from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS, Problem, upload_cut_short
from thamthan.api.tokens import ApiRequest
from thamthan.errors import NotFound
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.letters.queries import files_of, letter_for, letters_seen_by, readings_of
from thamthan.letters.rules import Direction, LetterState
from thamthan.reading.model import to_json
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency

if TYPE_CHECKING:
    from thamthan.letters.models import Letter

router = Router(tags=["letters"])
LetterId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class LetterOut(Schema):
    """หนังสือหนึ่งฉบับ as the registry lists it; until it is registered, as the machine read it."""

    id: int
    ref: str
    organisation: str
    direction: Direction
    state: LetterState
    kind: LetterKind | None
    number: str
    dated_on: date | None
    sender: str
    addressee: str
    subject: str
    urgency: Urgency
    due_on: date | None
    due_time: time | None
    doubt_count: int
    receipt_year: int | None = Field(description="calendar year, Christian era")
    receipt_number: int | None
    received_at: datetime
    entered_at: datetime


class ReferenceOut(Schema):
    """อ้างถึง."""

    agency: str
    number: str
    dated_on: date | None
    words: str


class EnclosureOut(Schema):
    """สิ่งที่ส่งมาด้วย."""

    name: str
    quantity: int | None
    unit: str


class FileOut(Schema):
    """ไฟล์ต้นฉบับ: what it is; the bytes are not given out here."""

    position: int
    name: str
    media_type: str
    size: int
    sha256: str


class LetterDetail(LetterOut):
    """หนังสือหนึ่งฉบับ with what it refers to, what came with it, and its files."""

    references: list[ReferenceOut]
    enclosures: list[EnclosureOut]
    files: list[FileOut]


class LetterPage(Schema):
    items: list[LetterOut]
    count: int
    page: int
    page_size: int


class LettersWanted(PageWanted):
    """What to look for; every condition that is given must hold."""

    state: LetterState | None = None
    receipt_year: int | None = Field(None, ge=1957, le=2400, description="Christian era")
    receipt_number: int | None = Field(None, ge=1, le=999_999)
    received_from: date | None = None
    due_until: date | None = None


class LetterIn(Schema):
    """หนังสือที่ส่งเข้า: when it came, and a number of the sender's own that makes it safe to repeat."""

    received_at: datetime | None = Field(None, description="now, if left out")
    submission: UUID | None = Field(None, description="the same again gives the same letter")


class LetterReceived(Schema):
    id: int
    ref: str
    state: LetterState


@router.get("/letters", response={200: LetterPage, **PROBLEMS})
def list_letters(request: ApiRequest, wanted: Query[LettersWanted]) -> LetterPage:
    """หนังสือของหน่วยงาน, the newest arrival first."""
    rows = _open_letters(request)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.receipt_year is not None:
        rows = rows.filter(receipt_year=wanted.receipt_year)
    if wanted.receipt_number is not None:
        rows = rows.filter(receipt_number=wanted.receipt_number)
    if wanted.received_from is not None:
        rows = rows.filter(received_at__gte=_start_of(wanted.received_from))
    if wanted.due_until is not None:
        rows = rows.filter(due_on__lte=wanted.due_until)
    found, told = page_of(rows.order_by("-received_at", "-pk"), wanted)
    return LetterPage(items=[LetterOut(**_line(letter)) for letter in found], **told)


@router.post("/letters", response={201: LetterReceived, **PROBLEMS, 413: Problem, 507: Problem})
def post_letter(
    request: ApiRequest,
    response: HttpResponse,
    files: File[list[UploadedFile]],
    given: Form[LetterIn],
) -> Status[LetterReceived]:
    """รับหนังสือเข้า: the letter first, then its enclosures; a clerk confirms it on the page."""
    cut_short = upload_cut_short(request)
    if cut_short is not None:
        raise cut_short
    received_at = given.received_at or timezone.now()
    if timezone.is_naive(received_at):
        received_at = timezone.make_aware(received_at)
    letter = receive_letter(
        [IncomingFile(name=file.name or "", content=file.read()) for file in files],
        by=request.auth,
        received_at=received_at,
        submission=given.submission,
    )
    response["Location"] = f"{request.path}/{letter.pk}"
    state = LetterState(letter.state)
    return Status(201, LetterReceived(id=letter.pk, ref=str(letter.ref), state=state))


@router.get("/letters/{letter_id}", response={200: LetterDetail, **PROBLEMS})
def get_letter(request: ApiRequest, letter_id: LetterId) -> LetterDetail:
    """หนังสือหนึ่งฉบับ."""
    letter = _open_letter(request, letter_id)
    return LetterDetail(
        **_line(letter),
        references=[
            ReferenceOut(
                agency=reference.agency,
                number=reference.number,
                dated_on=reference.dated_on,
                words=reference.words,
            )
            for reference in letter.references.all()
        ],
        enclosures=[
            EnclosureOut(name=enclosure.name, quantity=enclosure.quantity, unit=enclosure.unit)
            for enclosure in letter.enclosures.all()
        ],
        files=[
            FileOut(
                position=row.position,
                name=row.name,
                media_type=row.file.media_type,
                size=row.file.size,
                sha256=row.file.sha256,
            )
            for row in files_of(request.auth, letter)
        ],
    )


@router.get("/letters/{letter_id}/reading", response={200: dict[str, Any], **PROBLEMS})
def get_reading(request: ApiRequest, letter_id: LetterId) -> dict[str, Any]:
    """ผลการอ่าน: what a person confirmed, and before that what the machine read."""
    reading = readings_of(request.auth, _open_letter(request, letter_id)).reading
    if reading is None:
        raise NotFound("หนังสือนี้ยังไม่มีผลการอ่าน", code="no_reading")
    return to_json(reading)


def _open_letters(request: ApiRequest) -> "QuerySet[Letter]":
    # Secret letters stay out of the API, whoever the token stands for.
    return letters_seen_by(request.auth).filter(secrecy=Secrecy.OPEN)


def _open_letter(request: ApiRequest, pk: int) -> "Letter":
    letter = letter_for(request.auth, pk)
    if letter.is_secret:
        raise NotFound("ไม่พบหนังสือนี้")
    return letter


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _line(letter: "Letter") -> dict[str, Any]:
    return {
        "id": letter.pk,
        "ref": str(letter.ref),
        "organisation": letter.organisation.code,
        "direction": Direction(letter.direction),
        "state": LetterState(letter.state),
        "kind": LetterKind(letter.kind) if letter.kind else None,
        "number": letter.number,
        "dated_on": letter.dated_on,
        "sender": letter.sender,
        "addressee": letter.addressee,
        "subject": letter.subject,
        "urgency": Urgency(letter.urgency),
        "due_on": letter.due_on,
        "due_time": letter.due_time,
        "doubt_count": letter.doubt_count,
        "receipt_year": letter.receipt_year,
        "receipt_number": letter.receipt_number,
        "received_at": timezone.localtime(letter.received_at),
        "entered_at": timezone.localtime(letter.entered_at),
    }
