"""/report-forms/{id}/questions: kept, moved, taken out; and the form as it will be met."""

from ninja import Field, Query, Router, Schema, Status

from thamthan.api.kinds import Key, Number, Words
from thamthan.api.problems import PROBLEMS
from thamthan.api.report_forms import AskedOut, FormOut, asked_told, form_told
from thamthan.api.tokens import ApiRequest
from thamthan.directives.queries import order_for
from thamthan.projects.rules import milli_of
from thamthan.reports.actions import drop_question, keep_question, move_question
from thamthan.reports.queries import form_for, previewed_questions, question_for
from thamthan.reports.rules import (
    FILLS,
    PERIODS,
    PLACES,
    Adding,
    AskedFor,
    ColumnKind,
    Each,
    Fill,
    QuestionKind,
    TableColumn,
)

router = Router(tags=["report-forms"])


class ColumnIn(Schema):
    """สดมภ์ของตาราง."""

    key: str = Field(pattern="^[a-z0-9][a-z0-9-]{0,39}$")
    text: Words = Field(min_length=1, max_length=120)
    kind: ColumnKind = ColumnKind.TEXT
    unit: Words = Field("", max_length=60)
    is_summed: bool = False


class QuestionIn(Schema):
    """คำถามหนึ่งข้อ: what is left out is as usual for its kind; without a key it gets a free one."""

    seen_revision: int = Field(ge=0)
    kind: QuestionKind
    text: Words = Field(min_length=1, max_length=2000)
    key: Words = Field("", max_length=40)
    heading: Words = Field("", max_length=300)
    guidance: Words = Field("", max_length=2000)
    unit: Words = Field("", max_length=60)
    is_required: bool = True
    fill: Fill | None = None
    each: Each = Each.ONCE
    over_places: Adding | None = None
    over_periods: Adding | None = None
    indicator_code: Words = Field("", max_length=10)
    least: Number
    most: Number
    columns: list[ColumnIn] = Field(default_factory=list, max_length=20)

    def asked(self) -> AskedFor:
        return AskedFor(
            key=self.key,
            text=self.text.strip(),
            kind=self.kind,
            heading=self.heading.strip(),
            guidance=self.guidance.strip(),
            unit=self.unit.strip(),
            is_required=self.is_required,
            fill=self.fill or FILLS[self.kind][0],
            each=self.each,
            over_places=self.over_places or PLACES[self.kind][0],
            over_periods=self.over_periods or PERIODS[self.kind][0],
            indicator_code=self.indicator_code,
            least_milli=milli_of(self.least or ""),
            most_milli=milli_of(self.most or ""),
            columns=tuple(
                TableColumn(
                    one.key, one.text.strip(), one.kind, one.unit.strip(), is_summed=one.is_summed
                )
                for one in self.columns
            ),
        )


class MoveIn(Schema):
    seen_revision: int = Field(ge=0)
    is_up: bool


class SeenRevision(Schema):
    seen_revision: int = Field(ge=0, le=2**31 - 1)


class PreviewWanted(Schema):
    order_id: int | None = Field(
        None, ge=1, le=2**63 - 1, description="laid for this order's clauses; else for one clause"
    )


class PreviewOut(Schema):
    """แบบอย่างที่ผู้รายงานจะเห็น."""

    items: list[AskedOut]


@router.post("/report-forms/{form_id}/questions", response={201: FormOut, **PROBLEMS})
def post_question(request: ApiRequest, form_id: Key, body: QuestionIn) -> Status[FormOut]:
    """เพิ่มคำถาม at the end of a form that is not in use."""
    form = form_for(request.auth, form_id)
    keep_question(form, body.asked(), by=request.auth, seen_revision=body.seen_revision)
    return Status(201, form_told(request, form_id))


@router.put("/report-forms/{form_id}/questions/{question_id}", response={200: FormOut, **PROBLEMS})
def put_question(request: ApiRequest, form_id: Key, question_id: Key, body: QuestionIn) -> FormOut:
    """แก้คำถามหนึ่งข้อ: all of it as it is given here; the key stays where none is given."""
    form = form_for(request.auth, form_id)
    question = question_for(request.auth, form, question_id)
    keep_question(
        form, body.asked(), by=request.auth, seen_revision=body.seen_revision, question=question
    )
    return form_told(request, form_id)


@router.post(
    "/report-forms/{form_id}/questions/{question_id}/move", response={200: FormOut, **PROBLEMS}
)
def post_move(request: ApiRequest, form_id: Key, question_id: Key, body: MoveIn) -> FormOut:
    """เลื่อนคำถามขึ้นหรือลงหนึ่งข้อ."""
    question = question_for(request.auth, form_for(request.auth, form_id), question_id)
    move_question(question, by=request.auth, seen_revision=body.seen_revision, is_up=body.is_up)
    return form_told(request, form_id)


@router.delete(
    "/report-forms/{form_id}/questions/{question_id}", response={200: FormOut, **PROBLEMS}
)
def delete_question(
    request: ApiRequest, form_id: Key, question_id: Key, seen: Query[SeenRevision]
) -> FormOut:
    """เอาคำถามออกจากแบบที่ยังไม่ใช้."""
    question = question_for(request.auth, form_for(request.auth, form_id), question_id)
    drop_question(question, by=request.auth, seen_revision=seen.seen_revision)
    return form_told(request, form_id)


@router.get("/report-forms/{form_id}/preview", response={200: PreviewOut, **PROBLEMS})
def get_preview(request: ApiRequest, form_id: Key, wanted: Query[PreviewWanted]) -> PreviewOut:
    """อย่างที่ผู้รายงานจะเห็น; nothing of it is kept."""
    form = form_for(request.auth, form_id)
    order = order_for(request.auth, wanted.order_id) if wanted.order_id is not None else None
    rows = previewed_questions(request.auth, form, order=order)
    return PreviewOut(items=[AskedOut(**asked_told(row)) for row in rows])
