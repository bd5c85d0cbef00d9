"""แบบเสนอโครงการ as data: which sections a form has, and which facts fill each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from thamthan.errors import NotFound
from thamthan.writing.proposal_facts import Signer

STANDARD = "standard"
_FORMS = Path(__file__).resolve().parent.parent / "data" / "proposal_forms.toml"


@dataclass(frozen=True, slots=True)
class FormSection:
    """หัวข้อหนึ่ง: what it needs, and what it also tells where that is known."""

    heading: str
    needs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return (*self.needs, *self.also)


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """แบบหนึ่งแบบ: its sections in order, who signs it, and how far it was checked (`mark`)."""

    code: str
    name: str
    title: str
    preface: str
    keeps_empty: bool
    signers: tuple[Signer, ...]
    sections: tuple[FormSection, ...]
    asks: Mapping[str, str]
    source: str
    mark: str


@lru_cache(maxsize=1)
def proposal_forms() -> tuple[ProposalForm, ...]:
    """แบบทั้งหมดที่มากับระบบ, the full proposal first."""
    told = tomllib.loads(_FORMS.read_text(encoding="utf-8"))
    return tuple(_form(row) for row in told["form"])


def proposal_form(code: str) -> ProposalForm:
    """The form of this code; refuses one that there is not."""
    for form in proposal_forms():
        if form.code == code:
            return form
    raise NotFound("ไม่มีแบบเสนอโครงการนี้ ให้เลือกแบบจากรายการ")


def _form(row: dict[str, Any]) -> ProposalForm:
    return ProposalForm(
        code=row["code"],
        name=row["name"],
        title=row["title"],
        preface=row.get("preface", ""),
        keeps_empty=row.get("keeps_empty", False),
        signers=tuple(Signer(code) for code in row["signers"]),
        sections=tuple(
            FormSection(
                section["heading"], tuple(section.get("needs", ())), tuple(section.get("also", ()))
            )
            for section in row["section"]
        ),
        asks=MappingProxyType({ask["key"]: ask["words"] for ask in row.get("ask", ())}),
        source=row["source"],
        mark=row["mark"],
    )
