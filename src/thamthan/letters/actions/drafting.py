"""Drafts are begun, saved, signed, given up; nothing that was saved is ever lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.receiving import IncomingFile
from thamthan.letters.models import Draft, DraftFile, DraftVersion, Letter
from thamthan.letters.queries import draft_step_held, readings_of, stationery_of
from thamthan.letters.rules import (
    DraftParts,
    DraftState,
    check_draft_move,
    parts_from_json,
    problems_of,
)
from thamthan.letters.rules.drafts import MOST_BODY
from thamthan.letters.stationery import answering, with_own_name
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.reading.pages import Document, check_acceptable
from thamthan.records.actions import record, store_file
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

MOST_DRAFT_FILES = 20
# A person who saved this recently is likely still writing.
STILL_WRITING = timedelta(minutes=3)


class ChangedMeanwhile(Refused):
    """Another person saved this draft in between: nothing of theirs is overwritten."""

    def __init__(self, draft: Draft) -> None:
        name = draft.changed_by.person.name if draft.changed_by.person else "ระบบ"
        super().__init__(
            f"{name} บันทึกร่างนี้ไปแล้วเมื่อ {timezone.localtime(draft.changed_at):%H.%M} น. "
            f"(ครั้งที่ {draft.version}) จึงยังไม่ได้บันทึกของท่าน ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้",
            code="changed_meanwhile",
            version=draft.version,
        )


@transaction.atomic
def start_draft(
    parts: DraftParts, *, by: Post, answers: Letter | None = None, submission: UUID | None = None
) -> Draft:
    """เริ่มร่าง, from given parts (a template's), or as the answer to a letter of this house.

    The same `submission` again gives the same draft (a button pressed twice).
    """
    check_writes(by)
    house = Organisation.objects.get(path=by.organisation.house_path)
    if submission is not None:
        there = Draft.objects.filter(ref=submission, organisation=house).first()
        if there is not None:
            return there
    if answers is not None:
        if answers.organisation_id != house.pk:
            raise Refused("หนังสือนี้เป็นของหน่วยงานอื่น", code="foreign_letter", status=400)
        reading = readings_of(by, answers).reading
        parts = answering(parts, answers, reading, own_name=house.name)
    block = stationery_of(by).block
    parts = with_own_name(parts, house.name)
    parts = replace(parts, owner_unit=parts.owner_unit or block.owner_unit)
    draft = Draft(organisation=house, answers=answers, made_by=by, changed_by=by)
    if submission is not None:
        draft.ref = submission
    fill_draft(draft, parts)
    draft.save()
    keep_version(draft, by=by)
    record(Verb.DRAFT_STARTED, draft, by=by, answers=answers.pk if answers else None)
    return draft


@transaction.atomic
def save_draft(
    draft: Draft,
    parts: DraftParts,
    *,
    by: Post,
    seen_version: int,
    save_ref: UUID | None = None,
) -> Draft:
    """บันทึกร่าง: a new version; those before stay. The same parts again make none.

    Refuses where another saved in between. A saving whose answer was lost on the way may be sent
    again with its `save_ref`, and is the same saving.
    """
    check_writes(by)
    locked = locked_draft(draft)
    if save_ref is not None and locked.versions.filter(save_ref=save_ref, made_by=by).exists():
        return locked
    if locked.version != seen_version:
        raise ChangedMeanwhile(locked)
    if not _may_change(locked, by):
        raise Refused(
            f"ร่างนี้อยู่ในสถานะ “{locked.get_state_display()}” แก้ไขไม่ได้ หากต้องแก้ให้ดึงกลับมาร่างก่อน",
            code="wrong_draft_state",
        )
    if len(parts.body) > MOST_BODY:
        raise Refused("เนื้อความยาวเกินไป โปรดแนบเป็นไฟล์แทน", code="body_too_long", status=413)
    if parts_from_json(locked.parts) == parts:
        return locked
    fill_draft(locked, parts)
    locked.version += 1
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.save()
    keep_version(locked, by=by, save_ref=save_ref)
    return locked


@transaction.atomic
def move_draft(
    draft: Draft, to: DraftState, *, by: Post, seen_version: int, note: str = ""
) -> Draft:
    """ยกเลิกร่าง นำกลับมา หรือกลับไปแก้หลังลงนาม; what was signed is then no longer signed."""
    check_writes(by)
    if to not in {DraftState.DRAFTING, DraftState.DROPPED}:
        raise Refused("เปลี่ยนสถานะนี้ที่นี่ไม่ได้", code="wrong_draft_state", status=400)
    locked = locked_draft(draft)
    if locked.version != seen_version:
        raise ChangedMeanwhile(locked)
    check_draft_move(locked.state, to)
    if locked.state == DraftState.IN_CHAIN:
        raise Refused("ร่างนี้กำลังเสนออยู่ ดึงกลับได้ที่เส้นทางการเสนอ", code="under_way")
    was = locked.state
    locked.state = to
    locked.signed_by, locked.signed_words, locked.signed_at = None, "", None
    locked.version += 1
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.save()
    keep_version(locked, by=by)
    record(Verb.DRAFT_MOVED, locked, by=by, note=note.strip(), before=was, after=to.value)
    return locked


@transaction.atomic
def attach_to_draft(draft: Draft, files: Sequence[IncomingFile], *, by: Post) -> list[DraftFile]:
    """แนบไฟล์: enclosures that go out with the letter."""
    check_writes(by)
    locked = locked_draft(draft)
    _check_drafting(locked, by)
    there = list(locked.files.order_by("position"))
    if len(there) + len(files) > MOST_DRAFT_FILES:
        raise Refused(f"แนบได้ไม่เกิน {MOST_DRAFT_FILES} ไฟล์", code="too_many_files", status=400)
    first = there[-1].position + 1 if there else 1
    rows = []
    for position, file in enumerate(files, start=first):
        check_acceptable(Document(content=file.content, name=file.name))
        stored = store_file(file.content, by=by)
        name = file.name[:255] or "สิ่งที่ส่งมาด้วย"
        rows.append(DraftFile(draft=locked, file=stored, name=name, position=position))
    DraftFile.objects.bulk_create(rows)
    record(Verb.DRAFT_FILES, locked, by=by, added=[row.name for row in rows])
    return rows


@transaction.atomic
def detach_from_draft(draft: Draft, position: int, *, by: Post) -> None:
    """เอาไฟล์แนบออก: from the draft; the stored file itself stays."""
    check_writes(by)
    locked = locked_draft(draft)
    _check_drafting(locked, by)
    row = locked.files.filter(position=position).first()
    if row is not None:
        row.delete()
        record(Verb.DRAFT_FILES, locked, by=by, removed=[row.name])


def _may_change(draft: Draft, by: Post) -> bool:
    """Whoever has it on their desk may mend it: while drafted, any; on its way, who holds it."""
    if draft.state != DraftState.IN_CHAIN:
        return draft.state == DraftState.DRAFTING
    return draft_step_held(by, draft, now=timezone.now()) is not None


def _check_drafting(draft: Draft, by: Post) -> None:
    if not _may_change(draft, by):
        raise Refused("ร่างนี้ไม่ได้อยู่ระหว่างร่าง เปลี่ยนไฟล์แนบไม่ได้", code="wrong_draft_state")


def check_writes(by: Post) -> None:
    if not by.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่เกี่ยวกับหนังสือ", code="not_allowed", status=403)


def refuse_unfinished(parts: DraftParts) -> None:
    stopping = [problem for problem in problems_of(parts) if problem.stops]
    if stopping:
        words = " · ".join(problem.words for problem in stopping)
        raise Refused(f"ร่างยังไม่ครบ: {words}", code="unfinished", status=400)


def locked_draft(draft: Draft) -> Draft:
    # Alone, without what hangs on it: PostgreSQL joins a row that somebody else just changed with
    # what hung on it before, and so finds nothing.
    Draft.objects.select_for_update().get(pk=draft.pk)
    return Draft.objects.select_related("organisation", "changed_by__person", "answers").get(
        pk=draft.pk
    )


def fill_draft(draft: Draft, parts: DraftParts) -> None:
    draft.parts = parts.to_json()
    draft.subject = squeeze(parts.subject)
    draft.secrecy = parts.secrecy


def keep_version(draft: Draft, *, by: Post, save_ref: UUID | None = None) -> None:
    DraftVersion(
        draft=draft, number=draft.version, parts=draft.parts, save_ref=save_ref, made_by=by
    ).save()
