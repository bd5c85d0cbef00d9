"""Drafts as a post sees them, its office's letterhead and templates, the picture of the paper."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from thamthan.errors import NotFound
from thamthan.letters.models import (
    Draft,
    DraftFile,
    DraftVersion,
    Letterhead,
    LetterTemplate,
    Step,
)
from thamthan.letters.queries.draft_lists import drafts_seen_by
from thamthan.letters.queries.endorsements import (
    StepLine,
    may_skip,
    recallable,
    routing_line,
)
from thamthan.letters.queries.registers import registers_of
from thamthan.letters.queries.waiting import held_steps
from thamthan.letters.rules import (
    AgencyBlock,
    Direction,
    DraftParts,
    DraftState,
    StepState,
    outgoing_letter,
    parts_from_json,
)
from thamthan.letters.stationery import TemplateChoice, shipped_templates
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.records.queries import content_of
from thamthan.writing import write_letter

OPEN_DRAFTS = (DraftState.DRAFTING, DraftState.IN_CHAIN, DraftState.SIGNED)


@dataclass(frozen=True, slots=True)
class Stationery:
    """หัวหนังสือของหน่วยงาน: the words, and the emblem's picture if the office has put one in."""

    block: AgencyBlock
    emblem: bytes | None
    is_set: bool


def draft_for(post: Post, pk: int) -> Draft:
    """ร่างหนึ่งฉบับ; one that this post may not see does not exist for it."""
    try:
        return drafts_seen_by(post).select_related("letter", "docx").get(pk=pk)
    except Draft.DoesNotExist:
        raise NotFound("ไม่พบร่างหนังสือนี้") from None


def parts_of(post: Post, draft: Draft) -> DraftParts:
    """ส่วนต่าง ๆ ของร่าง, as they were saved last."""
    return parts_from_json(draft_for(post, draft.pk).parts)


def versions_of(post: Post, draft: Draft) -> QuerySet[DraftVersion]:
    """ทุกครั้งที่บันทึก, the newest first."""
    return draft_for(post, draft.pk).versions.select_related("made_by__person")


def version_for(post: Post, draft: Draft, number: int) -> DraftVersion:
    """ร่างครั้งหนึ่ง."""
    found = versions_of(post, draft).filter(number=number).first()
    if found is None:
        raise NotFound("ไม่พบร่างครั้งนี้")
    return found


def draft_files(post: Post, draft: Draft) -> QuerySet[DraftFile]:
    """ไฟล์แนบของร่าง, in their order."""
    return draft_for(post, draft.pk).files.select_related("file")


def draft_steps(post: Post, draft: Draft, *, now: datetime) -> list[StepLine]:
    """เส้นทางของร่าง: every step of the last time that it was put up."""
    routing = draft_for(post, draft.pk).routings.select_related("chain").last()
    return list(routing_line(routing, now).steps) if routing is not None else []


def draft_step_held(post: Post, draft: Draft, *, now: datetime) -> Step | None:
    """ขั้นของร่างที่รอตำแหน่งนี้อยู่; None where it waits for another."""
    held = held_steps(post, now=now)
    return next((step for step in held if step.routing.draft_id == draft.pk), None)


def draft_step_to_skip(post: Post, draft: Draft) -> Step | None:
    """ขั้นของร่างที่ตำแหน่งนี้ข้ามได้: that at which it waits, where `may_skip` says so."""
    waiting = Step.objects.filter(
        routing__draft=draft_for(post, draft.pk), state=StepState.WAITING
    ).select_related("routing__draft", "routing__chain", "opened_by__endorsement")
    return next((step for step in waiting if may_skip(post, step)), None)


def draft_step_to_recall(post: Post, draft: Draft, *, now: datetime) -> Step | None:
    """ขั้นของตนในร่างนี้ที่ยังดึงกลับได้."""
    return recallable(post, Q(routing__draft=draft_for(post, draft.pk)), now=now)


def drafts_waiting_for(post: Post, *, now: datetime) -> list[Draft]:
    """ร่างที่รอตำแหน่งนี้เกษียนหรือลงนาม, that which lay longest first."""
    held = (step.routing.draft_id for step in held_steps(post, now=now))
    keys = [key for key in held if key is not None]
    found = {draft.pk: draft for draft in drafts_seen_by(post).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def drafts_answering(post: Post, letter_pk: int) -> QuerySet[Draft]:
    """ร่างที่ตอบหนังสือฉบับนี้, without those dropped."""
    return drafts_seen_by(post).filter(answers=letter_pk).exclude(state=DraftState.DROPPED)


def stationery_of(post: Post) -> Stationery:
    """หัวหนังสือของหน่วยงาน; until the office sets it, its name alone stands there."""
    house = Organisation.objects.get(path=post.organisation.house_path)
    head = Letterhead.objects.filter(organisation=house).select_related("emblem").first()
    is_division = post.organisation.level == Level.DIVISION
    unit = post.organisation.name if is_division else (head.owner_unit if head else "")
    block = AgencyBlock(
        agency=head.agency if head else house.name,
        address=tuple(head.address.splitlines()) if head else (),
        contacts=tuple(head.contacts.splitlines()) if head else (),
        owner_unit=unit,
        number_prefix=_number_prefix(post, house),
    )
    emblem = content_of(head.emblem) if head and head.emblem else None
    return Stationery(block=block, emblem=emblem, is_set=head is not None)


def _number_prefix(post: Post, house: Organisation) -> str:
    register = registers_of(post).filter(direction=Direction.SENT).first()
    code = getattr(register, "code", "") if register is not None else ""
    return str(code or house.agency_code)


def letterhead_of(post: Post) -> Letterhead | None:
    """หัวหนังสือที่ตั้งไว้, or None."""
    return Letterhead.objects.filter(organisation__path=post.organisation.house_path).first()


def templates_for(post: Post) -> list[TemplateChoice]:
    """แบบร่างที่ใช้ได้: the office's own first, then those that come with the product."""
    own = LetterTemplate.objects.filter(
        organisation__path=post.organisation.house_path, closed_at=None
    )
    mine = [
        TemplateChoice(f"own-{row.pk}", row.name, "ของหน่วยงาน", parts_from_json(row.parts))
        for row in own
    ]
    return [*mine, *shipped_templates()]


def paper_of(
    post: Post,
    parts: DraftParts,
    *,
    number: str = "",
    dated_on: date | None = None,
    watermark: str = "ร่าง",
) -> bytes:
    """ร่างบนกระดาษ (PDF) as it would go out now, with “ร่าง” across it. Keeps nothing."""
    stationery = stationery_of(post)
    letter = outgoing_letter(parts, stationery.block, number=number, dated_on=dated_on)
    return write_letter(letter, emblem=stationery.emblem, watermark=watermark)
