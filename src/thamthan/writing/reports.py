"""รายงานผลการดำเนินงาน on paper, of one house or of many together: PDF to print, Word to mend."""

import unicodedata
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from thamthan.errors import Refused
from thamthan.thai.text import repair
from thamthan.writing.figures import thai_figures
from thamthan.writing.fonts import face, letters_of
from thamthan.writing.pdf import table_facts
from thamthan.writing.report_facts import (
    ReportAnnex,
    ReportClause,
    ReportItems,
    ReportPaper,
    ReportPart,
    ReportPhoto,
    ReportSection,
)
from thamthan.writing.tables import Table
from thamthan.writing.typesetting import typeset
from thamthan.writing.wording import check_table

Told = TypeVar("Told")

MOST_PHOTOS = 40
_MOST_CELLS = 60_000
_ANNEX_LETTERS = "กขคงจฉชซญฎฐฑณดต"


def write_report(paper: ReportPaper) -> bytes:
    """พิมพ์รายงาน as PDF/A-3b on A4: digits Thai, headings as bookmarks, heads of tables repeated.

    What the face has no letter for (a smiling face out of a telephone) is left out: the words of
    fifteen houses must not fail at one sign. Refuses more than one file holds, and photographs
    that cannot be drawn. The same facts give the same bytes.
    """
    shown = printable(paper)
    _check(shown)
    photos: dict[str, bytes] = {}
    data = _facts_of(shown, photos)
    return typeset("report", data, title=_title(shown), author=shown.house, passing=photos)


def write_report_docx(paper: ReportPaper) -> bytes:
    """เขียนรายงานเป็น DOCX: the same, with headings that Word knows, to be changed by hand.

    Refuses what `write_report` refuses.
    """
    from thamthan.writing.report_word import report_in_word

    shown = printable(paper)
    _check(shown)
    return report_in_word(shown, title=_title(shown))


def annex_heading(at: int, annex: ReportAnnex) -> str:
    """ภาคผนวก ก, ข, ค … and its name."""
    return f"ภาคผนวก {_ANNEX_LETTERS[at % len(_ANNEX_LETTERS)]} {annex.heading}"


def _title(paper: ReportPaper) -> str:
    return f"{paper.title} {paper.subject}"[:255]


def _check(paper: ReportPaper) -> None:
    tables = [table for annex in paper.annexes for table in annex.tables]
    for section in paper.sections:
        parts = [*section.parts, *(part for one in section.clauses for part in one.parts)]
        tables += [part for part in parts if isinstance(part, Table)]
    for table in tables:
        check_table(table, most_cells=_MOST_CELLS)
    photos = sum(len(row) for one in paper.annexes for group in one.photos for row in group.rows)
    if (
        photos > MOST_PHOTOS
        or sum(len(one.columns) * len(one.rows) for one in tables) > _MOST_CELLS
    ):
        raise Refused("รายงานนี้ยาวเกินกว่าจะพิมพ์ในไฟล์เดียว", code="too_long", status=422)


def printable(value: Told) -> Told:
    """ตัวอักษรที่พิมพ์ได้: the same facts without what the face in use cannot show."""
    known = letters_of(face())

    def shown(found: Any) -> Any:
        if isinstance(found, str):
            return _shown(found, known)
        if isinstance(found, tuple):
            return tuple(map(shown, found))
        if is_dataclass(found) and not isinstance(found, type):
            return type(found)(
                **{one.name: shown(getattr(found, one.name)) for one in fields(found)}
            )
        return found

    made: Told = shown(value)
    return made


def _shown(text: str, known: frozenset[int]) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for letter in repair(text):
        if ord(letter) in known or letter in "\n\t \u00a0":
            kept.append(letter)
        elif unicodedata.category(letter).startswith("L"):
            # A letter of another script was a word: that one is missing is seen.
            kept.append("?")
    return "".join(kept)


def _facts_of(paper: ReportPaper, photos: dict[str, bytes]) -> dict[str, Any]:
    """The report under the names by which forms/report.typ asks for it."""
    return {
        "title": thai_figures(paper.title),
        "subject": thai_figures(paper.subject),
        "house": thai_figures(paper.house),
        "mark": paper.mark,
        "standing": thai_figures(paper.standing),
        "foot": thai_figures(paper.foot),
        "about": [[label, thai_figures(words)] for label, words in paper.about],
        "sections": _sections(paper),
        "signatures": [
            {"label": one.label, "lines": [thai_figures(line) for line in one.lines]}
            for one in paper.signatures
        ],
        "judged": thai_figures(paper.judged),
        "annexes": [_annex(at, one, photos) for at, one in enumerate(paper.annexes)],
    }


def _sections(paper: ReportPaper) -> list[dict[str, Any]]:
    """All of them; the last part knows that it is, so that nobody signs an empty page."""
    told = [_section(at, one) for at, one in enumerate(paper.sections, 1)]
    for section in told[-1:]:
        last = section["clauses"][-1] if section["clauses"] else section
        for part in last["parts"][-1:]:
            part["last"] = True
    return told


def _section(at: int, section: ReportSection) -> dict[str, Any]:
    return {
        "heading": thai_figures(f"{at}. {section.heading}"),
        "parts": [_part(part) for part in section.parts],
        "clauses": [_clause(one) for one in section.clauses],
    }


def _clause(clause: ReportClause) -> dict[str, Any]:
    return {
        "heading": thai_figures(f"{clause.number} {clause.words}".strip()),
        "parts": [_part(part) for part in clause.parts],
    }


def _part(part: ReportPart) -> dict[str, Any]:
    if isinstance(part, Table):
        return {"kind": "table", **table_facts(part)}
    if isinstance(part, ReportItems):
        return {
            "kind": "items",
            "label": thai_figures(part.label),
            "items": [
                {"text": thai_figures(one.text), "said_by": thai_figures(one.said_by)}
                for one in part.items
            ],
            "more": thai_figures(part.more),
            "last": False,
        }
    return {
        "kind": "text",
        "label": thai_figures(part.label),
        "paragraphs": [thai_figures(one) for one in part.paragraphs],
        "faint": part.is_faint,
        "last": False,
    }


def _annex(at: int, annex: ReportAnnex, photos: dict[str, bytes]) -> dict[str, Any]:
    return {
        "heading": thai_figures(annex_heading(at, annex)),
        "words": thai_figures(annex.words),
        "tables": [table_facts(one) for one in annex.tables],
        "photos": [
            {
                "heading": thai_figures(group.heading),
                "rows": [[_photo(one, photos) for one in row] for row in group.rows],
            }
            for group in annex.photos
        ],
    }


def _photo(photo: ReportPhoto, photos: dict[str, bytes]) -> dict[str, Any]:
    name = f"photo-{len(photos) + 1}"
    photos[name] = photo.content
    return {
        "name": name,
        "stage": thai_figures(photo.stage),
        "caption": thai_figures(photo.caption),
        "taken": thai_figures(photo.taken),
    }
