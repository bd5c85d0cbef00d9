"""A letter as PDF/A-3, in the form of its kind, with its facts embedded."""

import re
from collections.abc import Iterator
from typing import Any

from thamthan.thai.correspondence import LetterKind
from thamthan.writing.egif import letter_as_xml
from thamthan.writing.figures import thai_figures
from thamthan.writing.layer import cleaned
from thamthan.writing.letters import OutgoingLetter, Paragraph
from thamthan.writing.tables import Table
from thamthan.writing.typesetting import Attachment, typeset
from thamthan.writing.wording import (
    cell_words,
    check_writable,
    day_in_words,
    enclosures_in_words,
    memo_office,
    number_in_words,
    paragraph_words,
    references_in_words,
    secrecy_in_words,
    urgency_in_words,
)

_ATTACHED = "ข้อมูลของหนังสือฉบับนี้ (TH e-GIF)"
_FEW_LINES = 180
_A_FEW = 12
_FORMS = {
    LetterKind.EXTERNAL: "external",
    LetterKind.MEMO: "memo",
    LetterKind.STAMPED: "stamped",
}


def write_letter(
    letter: OutgoingLetter, *, emblem: bytes | None = None, watermark: str = ""
) -> bytes:
    """พิมพ์หนังสือ: the letter as PDF/A-3b, with its facts as letter.xml inside.

    `emblem` is the office's own picture of the garuda (PNG, JPEG, SVG); without one its place
    stays empty. `watermark` stands faintly across every page. Refuses what has no form, a letter
    without agency, addressee, subject or text, a closing that does not fit the opening, and
    characters that cannot be printed. The same letter gives the same bytes.
    """
    check_writable(letter)
    data = letter_facts(letter, watermark=watermark)
    pdf = cleaned(_set(letter, data, emblem))
    pages = _count(pdf)
    if pages == 1:
        return pdf
    last = _last_page(pdf, data)
    # As a clerk would: a little less room for the signature, where that saves a page. It can where
    # the last page holds only what goes together: else the page before is full of running text.
    if last.startswith(tuple(_endings(letter, data))):
        tight = _set(letter, {**data, "tight": True}, emblem)
        if _count(tight) < pages:
            return cleaned(tight)
    if last.startswith((_close(letter.closing), _close(f"({letter.signatory}"))):
        # The signature stands alone on its page; the last paragraph goes with it.
        data["body"][-1]["keep"] = True
        return cleaned(_set(letter, data, emblem))
    return pdf


def _count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _last_page(pdf: bytes, data: dict[str, Any]) -> str:
    """The letters of the last page, without what stands on every page and its number."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        text = _close(document[len(document) - 1].get_textpage().get_text_range())
    finally:
        document.close()
    for behind in (data["watermark"], data["secrecy"], data["secrecy"]):
        text = text.removeprefix(_close(behind))
    return re.sub(r"\A-[๐-๙]+[-\ufffe]", "", text)


def _endings(letter: OutgoingLetter, data: dict[str, Any]) -> Iterator[str]:
    """How that begins which goes to the next page as a whole, or stands behind it."""
    for part in data["body"]:
        if part.get("keep"):
            yield _close(f"{part['label']}{part['text']}")[:_A_FEW]
    names = (letter.signatory and f"({letter.signatory}", *data["position"], *data["foot"])
    # The room for the stamp stands under the agency.
    ends = data["agency"] if letter.kind is LetterKind.STAMPED else letter.closing
    yield from (_close(words)[:_A_FEW] for words in (ends, *names, "สำเนาส่ง") if _close(words))


def _close(words: str) -> str:
    """Without white space, of which a reader of pages finds more or less than was written."""
    return re.sub(r"\s", "", words)


def _set(letter: OutgoingLetter, data: dict[str, Any], emblem: bytes | None) -> bytes:
    return typeset(
        _FORMS[letter.kind],
        data,
        title=letter.subject,
        author=letter.agency,
        pictures={"emblem": emblem} if emblem else {},
        attachments=[Attachment("letter.xml", letter_as_xml(letter), _ATTACHED)],
        dated_on=letter.dated_on,
        is_trial=True,
    )


def letter_facts(letter: OutgoingLetter, *, watermark: str) -> dict[str, Any]:
    """The facts under the names by which the forms ask for them."""
    references = references_in_words(letter.references)
    enclosures = enclosures_in_words(letter.enclosures)
    is_memo = letter.kind is LetterKind.MEMO
    office = memo_office(letter) if is_memo else (letter.agency, *letter.agency_address)
    foot = () if is_memo else (letter.owner_unit, *letter.contacts)
    return {
        "number": number_in_words(letter.number),
        "office": [thai_figures(line) for line in office if line],
        "agency": thai_figures(letter.agency),
        "day": day_in_words(letter.dated_on),
        "urgency": urgency_in_words(letter.urgency),
        "secrecy": secrecy_in_words(letter.secrecy),
        "watermark": watermark,
        "subject": thai_figures(letter.subject),
        "opening": letter.opening,
        "addressee": thai_figures(letter.addressee),
        "references": [{"label": line.label, "body": line.words} for line in references],
        "enclosures": [
            {"label": line.label, "name": line.words, "quantity": line.quantity}
            for line in enclosures
        ],
        "body": [
            _body(found, keep=at >= len(letter.body) - 2) for at, found in enumerate(letter.body)
        ],
        "closing": letter.closing,
        "signatory": letter.signatory,
        "position": [thai_figures(line) for line in letter.position],
        "foot": [thai_figures(line) for line in foot if line],
        "copies": [thai_figures(line) for line in letter.copies_to],
    }


def table_facts(table: Table) -> dict[str, Any]:
    """A table under the names by which the forms ask for it."""
    return {
        "title": thai_figures(table.title),
        "subtitle": thai_figures(table.subtitle),
        "columns": [
            {"heading": column.heading, "share": column.share, "align": column.align}
            for column in table.columns
        ],
        "rows": [[cell_words(cell) for cell in row] for row in table.rows],
        "foot": thai_figures(table.foot),
    }


def _body(found: Paragraph | Table, *, keep: bool) -> dict[str, Any]:
    if isinstance(found, Table):
        return {"kind": "table", **table_facts(found)}
    label, words = paragraph_words(found)
    # A few lines go with what follows; more would leave half a page empty.
    keep = keep and len(words) < _FEW_LINES
    return {"kind": "paragraph", "label": label, "text": words, "depth": found.depth, "keep": keep}
