"""The templates that the product ships, and a draft that answers a letter, before anybody types."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from thamthan.letters.models import Letter
from thamthan.letters.rules import (
    DraftEnclosure,
    DraftParts,
    DraftReference,
    with_fitting_opening,
)
from thamthan.reading.model import Ask, LetterReading
from thamthan.thai.correspondence import LetterKind, Secrecy
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze

_OWN_NAME = "{หน่วยงาน}"
_ACTS_FOR = re.compile(
    r"(?:ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการแทน|รักษาการในตำแหน่ง|ปฏิบัติหน้าที่(?:แทน)?)\s*"
)


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """แบบร่างที่เลือกได้: shipped (“result”) or the office's own (“own-12”)."""

    key: str
    name: str
    hint: str
    parts: DraftParts


@cache
def shipped_templates() -> tuple[TemplateChoice, ...]:
    """แบบร่างที่มากับระบบ, in the order of their file."""
    text = (files("thamthan") / "data" / "letter_templates.toml").read_text(encoding="utf-8")
    return tuple(_choice(row) for row in tomllib.loads(text)["template"])


def _choice(row: dict[str, Any]) -> TemplateChoice:
    parts = DraftParts(
        kind=LetterKind(row["kind"]),
        subject=row["subject"],
        body=row["body"].strip(),
        enclosures=tuple(DraftEnclosure(**one) for one in row.get("enclosures", [])),
    )
    return TemplateChoice(row["key"], row["name"], row["hint"], parts)


def with_own_name(parts: DraftParts, name: str) -> DraftParts:
    """ใส่ชื่อหน่วยงานของตน wherever a template leaves it open."""
    return replace(
        parts,
        subject=parts.subject.replace(_OWN_NAME, name),
        body=parts.body.replace(_OWN_NAME, name),
    )


def answering(
    parts: DraftParts, letter: Letter, reading: LetterReading | None, *, own_name: str
) -> DraftParts:
    """ร่างที่ตอบหนังสือ: the subject goes on, the letter is referred to, its signer is written to."""
    agency = squeeze(letter.sender)
    reference = DraftReference(
        agency=agency,
        number=letter.number,
        dated=format_date(letter.dated_on) if letter.dated_on else "",
    )
    addressee = _head_of(reading.position.value if reading and reading.position else "") or agency
    body = parts.body or _first_words(letter, reading, own_name=own_name)
    answer = replace(
        parts,
        # A matter that goes on keeps its subject (§1.3).
        subject=letter.subject or parts.subject,
        addressee=addressee,
        references=(reference,),
        body=body,
        secrecy=Secrecy(letter.secrecy),
    )
    return with_fitting_opening(answer)


def _head_of(position: str) -> str:
    """The post that is answered: of whoever signed for another, the other's."""
    words = squeeze(position)
    acts_for = _ACTS_FOR.split(words)
    return acts_for[-1].strip() or words


def _first_words(letter: Letter, reading: LetterReading | None, *, own_name: str) -> str:
    asks = {one.ask for one in reading.obligations} if reading else set()
    agency = squeeze(letter.sender) or "หน่วยงานของท่าน"
    begun = f"ตามหนังสือที่อ้างถึง {agency}แจ้งเรื่อง{letter.subject} นั้น"
    if Ask.PROPOSE in asks:
        told = f"{own_name}ขอเสนอแผนงานหรือโครงการ ดังนี้\n\n๑. ……"
    elif asks & {Ask.REPORT, Ask.ACT}:
        told = f"{own_name}ได้ดำเนินการแล้ว ขอรายงานผล ดังนี้\n\n๑. ……"
    else:
        told = f"{own_name}ได้รับทราบแล้ว"
    return f"{begun}\n\n{told}\n\nจึงเรียนมาเพื่อโปรดทราบ"
