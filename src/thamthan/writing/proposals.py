"""แบบเสนอโครงการ: the same project in whatever form a council, a fund or a province wants it."""

from typing import Any

from thamthan.errors import Refused
from thamthan.writing.figures import thai_figures
from thamthan.writing.pages import page_texts
from thamthan.writing.pdf import table_facts
from thamthan.writing.proposal_facts import ProposalFacts
from thamthan.writing.proposal_forms import STANDARD, ProposalForm, proposal_form
from thamthan.writing.proposal_parts import (
    MONTH_NAMES,
    Blank,
    Calendar,
    Composed,
    Missing,
    Part,
    Section,
    Words,
    signature_lines,
)
from thamthan.writing.proposal_sections import composed
from thamthan.writing.tables import Table
from thamthan.writing.typesetting import check_letters, typeset

_SIGNING = "ลงชื่อ"
_MOST_LINES = 4_000


def still_missing(facts: ProposalFacts, *, form: str = STANDARD) -> tuple[Missing, ...]:
    """สิ่งที่ยังขาด: what this form needs and the project does not tell, in the form's order."""
    return composed(facts, proposal_form(form)).missing


def write_proposal(facts: ProposalFacts, *, form: str = STANDARD) -> bytes:
    """พิมพ์แบบเสนอโครงการ as PDF/A-3b on A4, digits Thai, money in figures and in words.

    What the form needs and nobody has told stands as dotted lines to fill in; `still_missing`
    names it. The signatures never stand on a page alone. Refuses characters that cannot be
    printed, and more lines than one file holds.
    """
    chosen = proposal_form(form)
    told = _checked(composed(facts, chosen))
    data = _facts_of(told)
    pdf = _set(data, chosen, facts)
    if _ends_alone(pdf):
        # What goes before the signatures begins on a new page with them.
        data["sections"][-1]["begins_page"] = True
        pdf = _set(data, chosen, facts)
    return pdf


def write_proposal_docx(facts: ProposalFacts, *, form: str = STANDARD) -> bytes:
    """เขียนแบบเสนอโครงการเป็น DOCX: the same, to be changed by hand in Word or LibreOffice.

    Refuses what `write_proposal` refuses.
    """
    from thamthan.writing.proposal_word import proposal_in_word

    chosen = proposal_form(form)
    told = _checked(composed(facts, chosen))
    for words in _all_words(_facts_of(told)):
        check_letters(words)
    return proposal_in_word(told, title=facts.name or chosen.title, author=facts.house)


def _set(data: dict[str, Any], form: ProposalForm, facts: ProposalFacts) -> bytes:
    return typeset("proposal", data, title=facts.name or form.title, author=facts.house)


def _ends_alone(pdf: bytes) -> bool:
    """Whether the last page holds the signatures and nothing that they sign."""
    *before, last = page_texts(pdf)
    words = "".join(last.split()).lstrip("-๐๑๒๓๔๕๖๗๘๙\ufffe(")
    return bool(before) and words.startswith(_SIGNING)


def _checked(told: Composed) -> Composed:
    lines = sum(_lines(part) for section in told.sections for part in section.parts)
    if lines > _MOST_LINES:
        raise Refused("โครงการนี้มีรายการมากเกินกว่าจะพิมพ์ในแบบเดียว", code="too_long", status=422)
    return told


def _lines(part: Part) -> int:
    return len(part.rows) if isinstance(part, Table | Calendar) else 1


def _facts_of(told: Composed) -> dict[str, Any]:
    """The filled form under the names by which forms/proposal.typ asks for it."""
    return {
        "heads": [thai_figures(line) for line in told.heads],
        "preface": thai_figures(told.preface),
        "sections": [_section(section) for section in told.sections],
        "months": list(MONTH_NAMES),
        "signatures": [
            {
                "label": one.signer.label,
                "opinion": one.signer.gives_opinion,
                "lines": list(signature_lines(one)),
            }
            for one in told.signatures
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": thai_figures(section.number),
        "heading": section.heading,
        "parts": [_part(part) for part in section.parts],
        "begins_page": False,
    }


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Table):
        return {"kind": "table", **table_facts(part)}
    if isinstance(part, Blank):
        return {"kind": "blank", "label": thai_figures(part.label), "lines": part.lines}
    if isinstance(part, Words):
        return {
            "kind": "beside" if part.beside else "words",
            "label": thai_figures(part.label),
            "text": thai_figures(part.text),
            "strong": part.strong,
        }
    return {
        "kind": "calendar",
        "year": thai_figures(str(part.year)),
        "year_before": thai_figures(str(part.year - 1)),
        "names_responsible": part.names_responsible,
        "has_milestones": part.has_milestones,
        "rows": [
            {
                "number": thai_figures(row.number),
                "name": thai_figures(row.name),
                "when": thai_figures(row.when),
                "responsible": thai_figures(row.responsible),
                "months": list(row.months),
                "milestone": -1 if row.milestone_at is None else row.milestone_at,
            }
            for row in part.rows
        ],
    }


def _all_words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [words for one in value for words in _all_words(one)] if isinstance(value, list) else []
