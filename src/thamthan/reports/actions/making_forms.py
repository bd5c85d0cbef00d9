"""ทำแบบรายงาน: a house makes forms of its own, question by question; one in use never changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.asks import asked_by, question_row
from thamthan.reports.models import FormChoice, FormQuestion, ReportForm, Round
from thamthan.reports.rules import AskedFor, Rhythm, check_asked, check_keys, free_key
from thamthan.thai.text import squeeze

_MOST_NAME = 300
_MOST_WORDS = 5000


@dataclass(frozen=True, slots=True)
class FormHead:
    """หัวของแบบ: its name, what it tells whoever fills it in, where it comes from, how often."""

    name: str
    words: str = ""
    source: str = ""
    rhythm: Rhythm = Rhythm.ANY


@transaction.atomic
def make_form(
    head: FormHead, *, by: Post, submission: UUID, copied: ReportForm | None = None
) -> ReportForm:
    """ทำแบบใหม่ของหน่วยงาน, of nothing or with the questions of another; the same press, once.

    A copy is a form of its own: what becomes of the other changes nothing in it.
    """
    house = _maker(by)
    _check_head(head)
    there = ReportForm.objects.filter(ref=submission, organisation=house).first()
    if there is not None:
        return there
    if copied is not None and not _is_seen(copied, house):
        raise Refused("แบบรายงานนี้เป็นของหน่วยงานอื่น", code="foreign_form", status=403)
    # One after the other: two new forms of a house do not get the same code.
    Organisation.objects.select_for_update(no_key=True).get(pk=house.pk)
    taken = set(ReportForm.objects.filter(organisation=house).values_list("code", flat=True))
    number = next(at for at in range(1, len(taken) + 2) if f"own-{at}" not in taken)
    form = _new(house, head, by=by, code=f"own-{number}", ref=submission)
    if copied is not None:
        _copy_questions(copied, form)
    record(Verb.FORM_KEPT, form, by=by, code=form.code, version=form.version)
    return form


@transaction.atomic
def make_next_version(form: ReportForm, *, by: Post) -> ReportForm:
    """ทำฉบับถัดไป of a form of one's own, with its questions; rounds in the older stay in it.

    Where a newer one is being made already, that one.
    """
    house = _maker(by)
    _check_own(form, house)
    Organisation.objects.select_for_update(no_key=True).get(pk=house.pk)
    versions = ReportForm.objects.filter(organisation=house, code=form.code)
    newest = versions.order_by("-version")[0]
    if newest.version > form.version and not _is_used(newest):
        return newest
    last = versions.aggregate(last=Max("version"))["last"]
    head = FormHead(form.name, form.words, form.source, Rhythm(form.rhythm))
    made = _new(house, head, by=by, code=form.code, version=last + 1)
    _copy_questions(form, made)
    record(Verb.FORM_KEPT, made, by=by, code=made.code, version=made.version)
    return made


def _new(
    house: Organisation,
    head: FormHead,
    *,
    by: Post,
    code: str,
    version: int = 1,
    ref: UUID | None = None,
) -> ReportForm:
    form = ReportForm(
        organisation=house,
        code=code,
        version=version,
        made_by=by,
        name=squeeze(head.name),
        words=head.words.strip(),
        source=head.source.strip(),
        rhythm=head.rhythm,
    )
    if ref is not None:
        form.ref = ref
    form.save()
    return form


def _copy_questions(of: ReportForm, to: ReportForm) -> None:
    FormQuestion.objects.bulk_create(
        question_row(to, position, asked_by(row))
        for position, row in enumerate(of.questions.all(), start=1)
    )


@transaction.atomic
def keep_form(form: ReportForm, head: FormHead, *, by: Post, seen_revision: int) -> ReportForm:
    """แก้ชื่อและคำชี้แจงของแบบที่ยังไม่ใช้."""
    locked = _open_form(form, by=by, seen_revision=seen_revision)
    _check_head(head)
    locked.name, locked.rhythm = squeeze(head.name), head.rhythm
    locked.words, locked.source = head.words.strip(), head.source.strip()
    return _changed(locked, by=by, what="head")


@transaction.atomic
def keep_question(
    form: ReportForm,
    ask: AskedFor,
    *,
    by: Post,
    seen_revision: int,
    question: FormQuestion | None = None,
) -> FormQuestion:
    """บันทึกคำถามหนึ่งข้อ, new (at the end) or changed; without a key it gets the next free one."""
    locked = _open_form(form, by=by, seen_revision=seen_revision)
    rows = list(locked.questions.all())
    mine = _row_of(rows, question) if question is not None else None
    others = [row for row in rows if mine is None or row.pk != mine.pk]
    key = ask.key or (mine.key if mine is not None else free_key(row.key for row in others))
    kept = replace(ask, key=key)
    check_asked(kept)
    # As it will stand among the others: a key asked twice would be one answer to two questions.
    check_keys([*(row.key for row in others), kept.key])
    position = mine.position if mine is not None else len(rows) + 1
    row = question_row(locked, position, kept, row=mine)
    row.save()
    _changed(locked, by=by, what="question", key=kept.key)
    return row


@transaction.atomic
def move_question(
    question: FormQuestion, *, by: Post, seen_revision: int, is_up: bool
) -> ReportForm:
    """เลื่อนคำถามขึ้นหรือลงหนึ่งข้อ; the first does not move up, nor the last down."""
    locked = _open_form(question.form, by=by, seen_revision=seen_revision)
    rows = list(locked.questions.all())
    at = rows.index(_row_of(rows, question))
    to = at - 1 if is_up else at + 1
    if not 0 <= to < len(rows):
        return locked
    rows[at], rows[to] = rows[to], rows[at]
    _number(rows)
    return _changed(locked, by=by, what="order")


@transaction.atomic
def drop_question(question: FormQuestion, *, by: Post, seen_revision: int) -> ReportForm:
    """เอาคำถามออกจากแบบที่ยังไม่ใช้."""
    locked = _open_form(question.form, by=by, seen_revision=seen_revision)
    rows = list(locked.questions.all())
    gone = _row_of(rows, question)
    _number([row for row in rows if row.pk != gone.pk])
    gone.delete()
    return _changed(locked, by=by, what="dropped", key=gone.key)


@transaction.atomic
def end_form(form: ReportForm, *, by: Post) -> ReportForm:
    """เลิกใช้แบบ: it is offered no more; orders for which it was chosen keep it."""
    return _set_ended(form, by=by, is_ended=True)


@transaction.atomic
def offer_form_again(form: ReportForm, *, by: Post) -> ReportForm:
    """กลับมาใช้แบบที่เลิกใช้แล้ว."""
    return _set_ended(form, by=by, is_ended=False)


def _set_ended(form: ReportForm, *, by: Post, is_ended: bool) -> ReportForm:
    _check_own(form, _maker(by))
    locked = ReportForm.objects.select_for_update().get(pk=form.pk)
    if (locked.ended_at is not None) != is_ended:
        locked.ended_at = timezone.now() if is_ended else None
        locked.save(update_fields=["ended_at"])
        record(
            Verb.FORM_ENDED if is_ended else Verb.FORM_KEPT,
            locked,
            by=by,
            code=locked.code,
            version=locked.version,
        )
    return locked


def _maker(by: Post) -> Organisation:
    if not by.has_duty(Duty.ORDER):
        raise Refused(
            "ผู้ทำแบบรายงานคือผู้มีหน้าที่สั่งการและพิจารณาผลของหน่วยงาน", code="not_allowed", status=403
        )
    return house_of(by)


def _is_seen(form: ReportForm, house: Organisation) -> bool:
    return form.organisation_id in {None, house.pk}


def _check_own(form: ReportForm, house: Organisation) -> None:
    if form.organisation_id is None:
        raise Refused("แบบที่มากับระบบแก้ไม่ได้ ทำสำเนาเป็นแบบของหน่วยงานแล้วแก้สำเนาได้", code="shipped_form")
    if form.organisation_id != house.pk:
        raise Refused("แบบรายงานนี้เป็นของหน่วยงานอื่น", code="foreign_form", status=403)


def _is_used(form: ReportForm) -> bool:
    return Round.objects.filter(form=form).exists() or FormChoice.objects.filter(form=form).exists()


def _open_form(form: ReportForm, *, by: Post, seen_revision: int) -> ReportForm:
    """A form of one's own that nothing uses, as this post saw it; locked, also against its use."""
    _check_own(form, _maker(by))
    # With its key: whoever chooses it waits till the change stands, or the change is refused.
    locked = ReportForm.objects.select_for_update().get(pk=form.pk)
    if _is_used(locked):
        raise Refused("แบบนี้ใช้อยู่ จึงแก้ไม่ได้ ทำฉบับถัดไปแล้วแก้ฉบับนั้น", code="form_in_use")
    if locked.ended_at is not None:
        raise Refused("แบบนี้เลิกใช้แล้ว กลับมาใช้ก่อนจึงแก้ได้", code="form_ended")
    if locked.revision != seen_revision:
        raise Refused("มีผู้แก้แบบนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ยังไม่ได้บันทึกของท่าน", code="changed_meanwhile")
    return locked


def _changed(form: ReportForm, *, by: Post, what: str, key: str = "") -> ReportForm:
    form.revision += 1
    form.save()
    record(Verb.FORM_KEPT, form, by=by, code=form.code, version=form.version, what=what, key=key)
    return form


def _row_of(rows: Sequence[FormQuestion], question: FormQuestion) -> FormQuestion:
    found = next((row for row in rows if row.pk == question.pk), None)
    if found is None:
        raise Refused("คำถามนี้เอาออกไปแล้ว", code="question_gone")
    return found


def _number(rows: Iterable[FormQuestion]) -> None:
    moved = []
    for position, row in enumerate(rows, start=1):
        row.position = position
        moved.append(row)
    FormQuestion.objects.bulk_update(moved, ["position"])


def _check_head(head: FormHead) -> None:
    if not squeeze(head.name):
        raise Refused("โปรดตั้งชื่อแบบรายงาน", code="no_name", status=400, field="name")
    if len(head.name) > _MOST_NAME or max(len(head.words), len(head.source)) > _MOST_WORDS:
        raise Refused("ชื่อหรือคำชี้แจงยาวเกินไป", code="too_long", status=400, field="name")
