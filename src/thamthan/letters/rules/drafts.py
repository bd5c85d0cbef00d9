"""Drafts: their parts as typed, their states, and how they become the letter on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db import models

from thamthan.letters.rules.moves import check_next
from thamthan.reading.jsonform import from_plain, to_plain
from thamthan.thai.addressees import opening_problem
from thamthan.thai.correspondence import (
    LetterKind,
    Secrecy,
    Urgency,
    closing_for,
    openings_for,
    parse_letter_number,
)
from thamthan.thai.dates import parse_date
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze
from thamthan.writing.bodytext import parse_body
from thamthan.writing.letters import EnclosureLine, OutgoingLetter, Paragraph, ReferenceLine
from thamthan.writing.tables import Table

WRITTEN_KINDS = (LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED)
MOST_BODY = 100_000
# Stands where a part is still to be written, so that the paper can be seen from the first word on.
TO_BE_WRITTEN = "………………"


class DraftState(models.TextChoices):
    """สถานะของร่าง: who signs is frozen once it is signed; a number is given once."""

    DRAFTING = "drafting", "กำลังร่าง"
    IN_CHAIN = "in_chain", "เสนอตามลำดับ"
    SIGNED = "signed", "ลงนามแล้ว รอออกเลข"
    ISSUED = "issued", "ออกเลขแล้ว"
    DROPPED = "dropped", "ยกเลิกร่าง"


_NEXT: dict[DraftState, set[DraftState]] = {
    DraftState.DRAFTING: {DraftState.IN_CHAIN, DraftState.SIGNED, DraftState.DROPPED},
    # Sent back by someone on the way, or called back by whoever wrote it.
    DraftState.IN_CHAIN: {DraftState.DRAFTING, DraftState.SIGNED},
    DraftState.SIGNED: {DraftState.DRAFTING, DraftState.ISSUED},
    DraftState.ISSUED: set(),
    DraftState.DROPPED: {DraftState.DRAFTING},
}


def check_draft_move(state: str, to: DraftState) -> None:
    check_next(_NEXT, DraftState(state), to, words="ร่างนี้อยู่ใน", code="wrong_draft_state")


@dataclass(frozen=True, slots=True)
class DraftReference:
    """อ้างถึง as typed."""

    agency: str = ""
    number: str = ""
    dated: str = ""
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class DraftEnclosure:
    """สิ่งที่ส่งมาด้วย as typed."""

    name: str = ""
    quantity: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DraftParts:
    """ร่างหนังสือ: everything that its writer typed, as it was typed; nothing is mended unasked."""

    kind: LetterKind = LetterKind.EXTERNAL
    subject: str = ""
    opening: str = "เรียน"
    addressee: str = ""
    body: str = ""
    closing: str = "ขอแสดงความนับถือ"
    signatory: str = ""
    position: str = ""
    owner_unit: str = ""
    contacts: str = ""
    references: tuple[DraftReference, ...] = ()
    enclosures: tuple[DraftEnclosure, ...] = ()
    copies_to: str = ""
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.OPEN
    is_circular: bool = False

    def to_json(self) -> dict[str, Any]:
        return cast("dict[str, Any]", to_plain(self))


def parts_from_json(given: object) -> DraftParts:
    """ร่างจาก JSON, as `DraftParts.to_json` made it."""
    return from_plain(DraftParts, given, check=lambda _: None)


@dataclass(frozen=True, slots=True)
class AgencyBlock:
    """ส่วนหัวของหน่วยงาน: what stands on every letter of an office."""

    agency: str
    address: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    owner_unit: str = ""
    number_prefix: str = ""


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """สิ่งที่ต้องแก้หรือควรดูในร่าง; one that stops must be mended before the draft goes on."""

    field: str
    words: str
    stops: bool


def problems_of(parts: DraftParts) -> list[DraftProblem]:
    """สิ่งที่ยังขาดหรือไม่เข้ากันในร่าง, those that stop it first."""
    found = [
        DraftProblem(name, words, stops=True)
        for name, value, words in (
            ("subject", parts.subject, "ยังไม่มีเรื่อง"),
            ("addressee", parts.addressee, "ยังไม่มีผู้รับ"),
            ("body", parts.body, "ยังไม่มีเนื้อความ"),
            ("signatory", parts.signatory, "ยังไม่มีผู้ลงนาม"),
        )
        if not value.strip()
    ]
    found += _reference_problems(parts.references)
    for at, enclosure in enumerate(parts.enclosures):
        if enclosure.quantity.strip() and _count(enclosure.quantity) is None:
            words = f"จำนวนของสิ่งที่ส่งมาด้วย “{enclosure.quantity}” ไม่ใช่จำนวนเต็ม"
            found.append(DraftProblem(f"enclosures-{at}-quantity", words, stops=True))
    if parts.kind == LetterKind.EXTERNAL and parts.addressee.strip():
        mismatch = opening_problem(parts.addressee, parts.opening, parts.closing)
        if mismatch is not None:
            # The paper is not printed with a closing that no opening goes with.
            fitting = closing_for(squeeze(parts.opening))
            stops = bool(fitting) and squeeze(parts.closing) not in fitting
            found.append(DraftProblem("opening", mismatch, stops=stops))
    if len(parts.subject) > 200:
        found.append(DraftProblem("subject", "เรื่องยาวเกิน 200 ตัวอักษร ควรสั้นลง", stops=False))
    return sorted(found, key=lambda problem: not problem.stops)


def _reference_problems(references: Sequence[DraftReference]) -> list[DraftProblem]:
    found = []
    for at, reference in enumerate(references):
        if reference.dated.strip() and _day(reference.dated) is None:
            words = f"อ่านวันที่ของหนังสือที่อ้างถึง “{reference.dated}” ไม่ได้ พิมพ์อย่างนี้ได้: 15 มี.ค. 2569"
            found.append(DraftProblem(f"references-{at}-dated", words, stops=True))
        if reference.number.strip() and parse_letter_number(reference.number) is None:
            words = f"เลขที่ของหนังสือที่อ้างถึง “{reference.number}” ไม่เหมือนเลขที่หนังสือ โปรดตรวจ"
            found.append(DraftProblem(f"references-{at}-number", words, stops=False))
        missing = [
            words
            for value, words in (
                (reference.agency, "หน่วยงาน"),
                (reference.number, "เลขที่"),
                (reference.dated, "วันที่"),
            )
            if not value.strip()
        ]
        if 0 < len(missing) < 3:
            words = f"หนังสือที่อ้างถึงข้อ {at + 1} ยังไม่มี{' '.join(missing)}"
            found.append(DraftProblem(f"references-{at}-agency", words, stops=False))
    return found


def outgoing_letter(
    parts: DraftParts, block: AgencyBlock, *, number: str = "", dated_on: date | None = None
) -> OutgoingLetter:
    """หนังสือออกจากร่าง; what is not written yet is shown as dots, so that a draft can be seen."""
    contacts = _lines(parts.contacts) or block.contacts
    return OutgoingLetter(
        kind=parts.kind,
        agency=block.agency or TO_BE_WRITTEN,
        agency_address=block.address,
        subject=squeeze(parts.subject) or TO_BE_WRITTEN,
        addressee=squeeze(parts.addressee) or TO_BE_WRITTEN,
        body=tuple(map(_shown, parse_body(parts.body))) or (Paragraph(TO_BE_WRITTEN),),
        number=number or f"{block.number_prefix}/",
        dated_on=dated_on,
        opening=squeeze(parts.opening),
        closing=squeeze(parts.closing),
        references=tuple(
            ReferenceLine(
                squeeze(one.agency), to_arabic(squeeze(one.number)), _day(one.dated), one.urgency
            )
            for one in parts.references
            if one.agency.strip() or one.number.strip()
        ),
        enclosures=tuple(
            EnclosureLine(squeeze(one.name), _count(one.quantity), squeeze(one.unit))
            for one in parts.enclosures
            if one.name.strip()
        ),
        signatory=_in_brackets(parts.signatory),
        position=_lines(parts.position),
        owner_unit=squeeze(parts.owner_unit) or block.owner_unit,
        contacts=contacts,
        copies_to=_lines(parts.copies_to),
        urgency=parts.urgency,
        secrecy=parts.secrecy,
    )


def with_fitting_opening(parts: DraftParts) -> DraftParts:
    """เสนอคำขึ้นต้นและคำลงท้าย that fit the addressee; left as they are where nobody can tell."""
    opening, closing = openings_for(parts.addressee)
    return replace(parts, opening=opening, closing=closing) if opening else parts


def _shown(part: Paragraph | Table) -> Paragraph | Table:
    """An item whose words are still to come."""
    if isinstance(part, Table) or part.text:
        return part
    return replace(part, text=TO_BE_WRITTEN)


def _in_brackets(name: str) -> str:
    return squeeze(name).strip("()").strip()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(squeeze, text.splitlines()) if line)


def _day(text: str) -> date | None:
    written = parse_date(squeeze(text))
    return None if written is None else written.value


def _count(text: str) -> int | None:
    digits = to_arabic(squeeze(text)).replace(",", "")
    if not (digits.isascii() and digits.isdigit() and 0 < len(digits) <= 9):
        return None
    return int(digits)
