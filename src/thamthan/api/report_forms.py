"""/report-forms: the shelf of a house, one form with questions and burden, and its making."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from thamthan.api.kinds import Key, Number, Words, moment_told, number_told
from thamthan.api.paging import PageWanted, page_of_lines
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.reports.actions import (
    FormHead,
    end_form,
    keep_form,
    make_form,
    make_next_version,
    offer_form_again,
)
from thamthan.reports.queries import (
    form_burden,
    form_for,
    form_questions,
    form_shelf,
    form_use,
    offices_known,
)
from thamthan.reports.rules import (
    Adding,
    Burden,
    ColumnKind,
    Each,
    Fill,
    QuestionKind,
    Rhythm,
    TableColumn,
    columns_of,
    shipped_minutes,
)

if TYPE_CHECKING:
    from thamthan.reports.models import FormQuestion, ReportForm

router = Router(tags=["report-forms"])


class FormHeadOut(Schema):
    """แบบรายงานหนึ่งฉบับ as the shelf has it."""

    id: int
    ref: str
    code: str
    version: int
    name: str
    rhythm: Rhythm
    is_own: bool = Field(description="made by the token's house; else it comes with the list")
    is_default: bool
    is_checked: bool = Field(description="read beside its original")
    ended_at: datetime | None


class FormRowOut(FormHeadOut):
    """แบบหนึ่ง in its newest version."""

    questions: int
    is_used: bool
    older: list[int] = Field(description="ids of the versions before, the newest first")


class FormsOut(Schema):
    items: list[FormRowOut]
    count: int
    page: int
    page_size: int


class ColumnOut(Schema):
    """สดมภ์ของตาราง."""

    key: str
    text: str
    kind: ColumnKind
    unit: str
    is_summed: bool

    @classmethod
    def of(cls, one: TableColumn) -> Self:
        return cls(
            key=one.key, text=one.text, kind=one.kind, unit=one.unit, is_summed=one.is_summed
        )


class AskedOut(Schema):
    """คำถามหนึ่งข้อ: what is asked, and how its answers are added up."""

    key: str
    heading: str
    text: str
    guidance: str
    kind: QuestionKind
    unit: str
    is_required: bool
    fill: Fill
    over_places: Adding
    over_periods: Adding
    least: Number
    most: Number
    columns: list[ColumnOut]


class FormQuestionOut(AskedOut):
    id: int
    each: Each
    indicator_code: str
    known_of: int | None = Field(
        description="offices of which the system knows it; null where it fills nothing"
    )


class BurdenOut(Schema):
    """ภาระของแบบ in minutes; by stated assumptions, not measured."""

    offices: int
    answers: int = Field(description="asked of one office")
    fillable: int = Field(description="of these the system can know")
    least: int = Field(description="of an office of which everything is known")
    most: int = Field(description="of one of which nothing is known")
    each: int
    total: int = Field(description="of all offices, with what is known of them")
    source: str

    @classmethod
    def of(cls, burden: Burden) -> Self:
        return cls(
            offices=burden.offices,
            answers=burden.answers,
            fillable=burden.fillable,
            least=burden.least,
            most=burden.most,
            each=burden.each,
            total=burden.total,
            source=shipped_minutes().source,
        )


class FormOut(FormHeadOut):
    """แบบหนึ่งฉบับ with its questions and its burden; `revision` goes back with a change."""

    words: str
    source: str
    revision: int
    made_at: datetime
    rounds: int = Field(description="that opened with it, of any house")
    matters: int = Field(description="for which it is chosen")
    newer: int | None = Field(description="id of a newer version")
    may_change: bool
    questions: list[FormQuestionOut]
    burden: BurdenOut


class BurdenWanted(Schema):
    """For how many the burden is reckoned: the offices below, and one clause, if left out."""

    offices: int | None = Field(None, ge=0, le=100_000)
    pillars: int = Field(1, ge=0, le=200)
    leaves: int = Field(1, ge=0, le=200)
    indicators: int = Field(1, ge=0, le=200)


class FormHeadIn(Schema):
    """หัวของแบบ."""

    name: Words = Field(min_length=1, max_length=300)
    words: Words = Field("", max_length=5000, description="to whoever fills it in")
    source: Words = Field("", max_length=5000)
    rhythm: Rhythm = Rhythm.ANY

    def head(self) -> FormHead:
        return FormHead(self.name, self.words, self.source, self.rhythm)


class FormIn(FormHeadIn):
    """แบบใหม่, of nothing or with the questions of another; the same `press` again is one form."""

    press: UUID
    copy_of: int | None = Field(None, ge=1, le=2**63 - 1)


class FormChangeIn(FormHeadIn):
    seen_revision: int = Field(ge=0)


@router.get("/report-forms", response={200: FormsOut, **PROBLEMS})
def list_forms(request: ApiRequest, wanted: Query[PageWanted]) -> FormsOut:
    """แบบรายงานที่เห็น, the house's own first, each in its newest version."""
    shelf, told = page_of_lines(form_shelf(request.auth), wanted)
    return FormsOut(
        items=[
            FormRowOut(
                **_head(one.form),
                questions=one.questions,
                is_used=one.is_used,
                older=[each.pk for each in one.older],
            )
            for one in shelf
        ],
        **told,
    )


@router.get("/report-forms/{form_id}", response={200: FormOut, **PROBLEMS})
def get_form(request: ApiRequest, form_id: Key, wanted: Query[BurdenWanted]) -> FormOut:
    """แบบหนึ่งฉบับ: its questions, whether it is in use, what filling it in costs."""
    return form_told(request, form_id, wanted)


@router.post("/report-forms", response={201: FormOut, **PROBLEMS})
def post_form(request: ApiRequest, body: FormIn) -> Status[FormOut]:
    """ทำแบบใหม่ของหน่วยงาน."""
    copied = form_for(request.auth, body.copy_of) if body.copy_of is not None else None
    made = make_form(body.head(), by=request.auth, submission=body.press, copied=copied)
    return Status(201, form_told(request, made.pk))


@router.put("/report-forms/{form_id}", response={200: FormOut, **PROBLEMS})
def put_form(request: ApiRequest, form_id: Key, body: FormChangeIn) -> FormOut:
    """แก้ชื่อและคำชี้แจงของแบบที่ยังไม่ใช้."""
    form = form_for(request.auth, form_id)
    keep_form(form, body.head(), by=request.auth, seen_revision=body.seen_revision)
    return form_told(request, form_id)


@router.post("/report-forms/{form_id}/next-version", response={201: FormOut, **PROBLEMS})
def post_next_version(request: ApiRequest, form_id: Key) -> Status[FormOut]:
    """ทำฉบับถัดไป; where a newer one is being made already, that one."""
    made = make_next_version(form_for(request.auth, form_id), by=request.auth)
    return Status(201, form_told(request, made.pk))


@router.put("/report-forms/{form_id}/ending", response={200: FormOut, **PROBLEMS})
def put_ending(request: ApiRequest, form_id: Key) -> FormOut:
    """เลิกใช้แบบ; matters for which it was chosen keep it."""
    end_form(form_for(request.auth, form_id), by=request.auth)
    return form_told(request, form_id)


@router.delete("/report-forms/{form_id}/ending", response={200: FormOut, **PROBLEMS})
def delete_ending(request: ApiRequest, form_id: Key) -> FormOut:
    """กลับมาใช้แบบที่เลิกใช้แล้ว."""
    offer_form_again(form_for(request.auth, form_id), by=request.auth)
    return form_told(request, form_id)


def form_told(request: ApiRequest, form_id: int, wanted: BurdenWanted | None = None) -> FormOut:
    """แบบหนึ่งฉบับ as it stands now."""
    post, form = request.auth, form_for(request.auth, form_id)
    questions, use = form_questions(post, form), form_use(post, form)
    known = offices_known(post, questions)
    counts = (wanted or BurdenWanted.model_validate({})).model_dump()
    return FormOut(
        **_head(form),
        words=form.words,
        source=form.source,
        revision=form.revision,
        made_at=timezone.localtime(form.made_at),
        rounds=use.rounds,
        matters=use.matters,
        newer=use.newer.pk if use.newer is not None else None,
        may_change=use.may_change,
        questions=[_question(one, known.get(Fill(one.fill))) for one in questions],
        burden=BurdenOut.of(form_burden(post, form, known=known, **counts)),
    )


def _head(form: "ReportForm") -> dict[str, Any]:
    return {
        "id": form.pk,
        "ref": str(form.ref),
        "code": form.code,
        "version": form.version,
        "name": form.name,
        "rhythm": Rhythm(form.rhythm),
        "is_own": form.organisation_id is not None,
        "is_default": form.is_default,
        "is_checked": form.is_checked,
        "ended_at": moment_told(form.ended_at),
    }


def asked_told(row: Any) -> dict[str, Any]:
    """What a question asks: of a form, or as it would stand in a round."""
    return {
        "key": row.key,
        "heading": row.heading,
        "text": row.text,
        "guidance": row.guidance,
        "kind": QuestionKind(row.kind),
        "unit": row.unit,
        "is_required": row.is_required,
        "fill": Fill(row.fill),
        "over_places": Adding(row.over_places),
        "over_periods": Adding(row.over_periods),
        "least": number_told(row.least_milli),
        "most": number_told(row.most_milli),
        "columns": [ColumnOut.of(one) for one in columns_of(row.columns)],
    }


def _question(row: "FormQuestion", known_of: int | None) -> FormQuestionOut:
    return FormQuestionOut(
        **asked_told(row),
        id=row.pk,
        each=Each(row.each),
        indicator_code=row.indicator_code,
        known_of=known_of,
    )
