"""A letter put together as a Word file, piece by piece in the order of its form."""

from io import BytesIO
from typing import TYPE_CHECKING

from docx.shared import Cm

from thamthan.thai.correspondence import LetterKind
from thamthan.writing.figures import thai_figures
from thamthan.writing.letters import OutgoingLetter, Paragraph
from thamthan.writing.tables import Table
from thamthan.writing.word import (
    RED,
    add_page_number,
    add_tab,
    add_words,
    float_picture,
    new_document,
    repeat_heading,
    set_columns,
    set_out,
    set_widths,
    share_out,
)
from thamthan.writing.wording import (
    Entry,
    cell_words,
    day_in_words,
    enclosures_in_words,
    memo_office,
    number_in_words,
    paragraph_words,
    references_in_words,
    secrecy_in_words,
    urgency_in_words,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Centimetres and points of the forms, as in forms/*.typ.
_TEXT_WIDTH, _MIDDLE, _INDENT, _STEP = 16.0, 7.5, 2.5, 0.75
_BLOCK_GAP = 6.0
_EMBLEM_TOP, _EMBLEM, _MEMO_EMBLEM = 1.5, 3.0, 1.5
# From the top of the text to the line of ที่, which stands on the garuda's feet.
_HEAD_ROOM, _MEMO_HEAD_ROOM = 71.0, 42.0
_OFFICE_WIDTH = 6.8
_URGENT_SIZE, _HEADING_SIZE, _LABEL_SIZE = 32.0, 29.0, 20.0
_SIGN_LINES = 3
_STAMP_ROOM = 91.0
_QUANTITY_AT = 13.2
# A rough mean of the width of a letter, to centre the name under the closing.
_LETTER_WIDTH = 0.21


def letter_in_word(letter: OutgoingLetter, emblem: bytes | None) -> bytes:
    """The letter as DOCX; what it may not hold was refused before."""
    document = new_document()
    document.core_properties.title = letter.subject
    document.core_properties.author = letter.agency
    _marks(document, secrecy_in_words(letter.secrecy))
    head = _memo_head if letter.kind is LetterKind.MEMO else _head
    head(document, letter, emblem)
    _lists(document, letter)
    for found in letter.body:
        if isinstance(found, Table):
            _table(document, found)
        else:
            _paragraph(document, found)
    if letter.kind is LetterKind.STAMPED:
        _stamp_room(document, letter)
    else:
        _signature(document, letter)
    _foot(document, letter)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _marks(document: "WordDocument", secrecy: str) -> None:
    section = document.sections[0]
    if secrecy:
        for part in (section.first_page_header, section.header):
            found = set_out(part.paragraphs[0], side="center", height=30)
            add_words(found, secrecy, size=_URGENT_SIZE, bold=True, colour=RED)
        for foot in (section.first_page_footer, section.footer):
            found = set_out(foot.paragraphs[0], side="center", height=34)
            add_words(found, secrecy, size=_URGENT_SIZE, bold=True, colour=RED)
    header = section.header
    number = header.add_paragraph() if secrecy else header.paragraphs[0]
    add_page_number(set_out(number, side="center"))
    header.add_paragraph()


def _head(document: "WordDocument", letter: OutgoingLetter, emblem: bytes | None) -> None:
    """The garuda, ที่ on its feet, the office on the right, the day in the middle."""
    top = set_out(document.add_paragraph(), height=_HEAD_ROOM)
    urgency = urgency_in_words(letter.urgency)
    if urgency:
        add_words(top, urgency, size=_URGENT_SIZE, bold=True, colour=RED)
    if emblem:
        float_picture(top, emblem, height=_EMBLEM, top=_EMBLEM_TOP, left=None)
    number = f"ที่ {number_in_words(letter.number)}"
    if letter.kind is LetterKind.STAMPED:
        add_words(document.add_paragraph(), number)
        return
    row = document.add_table(rows=1, cols=2)
    set_columns(row, [Cm(_TEXT_WIDTH - _OFFICE_WIDTH), Cm(_OFFICE_WIDTH)])
    add_words(row.cell(0, 0).paragraphs[0], number)
    office = [thai_figures(line) for line in (letter.agency, *letter.agency_address) if line]
    for at, line in enumerate(office):
        cell = row.cell(0, 1)
        add_words(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), line)
    day = set_out(document.add_paragraph(), left=_MIDDLE, before=_BLOCK_GAP)
    add_words(day, day_in_words(letter.dated_on))
    _labelled(document, "เรื่อง", [Entry("", thai_figures(letter.subject))])


def _memo_head(document: "WordDocument", letter: OutgoingLetter, emblem: bytes | None) -> None:
    top = set_out(document.add_paragraph(), side="center", height=_MEMO_HEAD_ROOM)
    add_words(top, "บันทึกข้อความ", size=_HEADING_SIZE, bold=True)
    urgency = urgency_in_words(letter.urgency)
    if urgency:
        add_words(top, f"   {urgency}", size=_URGENT_SIZE, bold=True, colour=RED)
    if emblem:
        float_picture(top, emblem, height=_MEMO_EMBLEM, top=_EMBLEM_TOP, left=3)
    office = " ".join(thai_figures(part) for part in memo_office(letter))
    rows = (
        (("ส่วนราชการ", office),),
        (("ที่", number_in_words(letter.number)), ("วันที่", day_in_words(letter.dated_on))),
        (("เรื่อง", thai_figures(letter.subject)),),
    )
    for row in rows:
        found = document.add_paragraph()
        for at, (label, words) in enumerate(row, 1):
            add_words(found, f"{label}  ", size=_LABEL_SIZE, bold=True)
            add_words(found, f"{words}\t")
            add_tab(found, _TEXT_WIDTH * at / len(row), right=at == len(row), dots=True)


def _lists(document: "WordDocument", letter: OutgoingLetter) -> None:
    opening = "ถึง" if letter.kind is LetterKind.STAMPED else letter.opening
    _labelled(document, opening, [Entry("", thai_figures(letter.addressee))])
    if letter.references:
        _labelled(document, "อ้างถึง", references_in_words(letter.references))
    if letter.enclosures:
        _labelled(document, "สิ่งที่ส่งมาด้วย", enclosures_in_words(letter.enclosures))


def _labelled(
    document: "WordDocument", label: str, entries: "list[Entry] | tuple[Entry, ...]"
) -> None:
    room = max(1.2, 0.3 + _LETTER_WIDTH * len(label))
    for at, entry in enumerate(entries):
        found = document.add_paragraph()
        set_out(found, left=room, first=-room, before=0 if at else _BLOCK_GAP)
        add_tab(found, room)
        words = " ".join(part for part in (entry.label, entry.words) if part)
        add_words(found, f"{'' if at else label}\t{words}")
        if entry.quantity:
            add_tab(found, _QUANTITY_AT)
            add_words(found, f"\t{entry.quantity}")


def _paragraph(document: "WordDocument", paragraph: Paragraph) -> None:
    label, words = paragraph_words(paragraph)
    first = _INDENT + max(0, paragraph.depth - 1) * _STEP
    found = set_out(document.add_paragraph(), side="thaiDistribute", first=first, before=_BLOCK_GAP)
    add_words(found, f"{label} {words}" if label else words)


def _table(document: "WordDocument", table: Table) -> None:
    for words, bold in ((table.title, True), (table.subtitle, False)):
        if words:
            add_words(
                set_out(document.add_paragraph(), side="center"), thai_figures(words), bold=bold
            )
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    widths = share_out([column.share for column in table.columns], _TEXT_WIDTH)
    set_columns(grid, widths)
    heading = grid.rows[0]
    for cell, column in zip(heading.cells, table.columns, strict=True):
        add_words(set_out(cell.paragraphs[0], side="center"), column.heading, bold=True)
    repeat_heading(heading)
    for values in table.rows:
        cells = list(grid.add_row().cells)
        set_widths(cells, widths)
        for cell, column, value in zip(cells, table.columns, values, strict=True):
            add_words(set_out(cell.paragraphs[0], side=column.align), cell_words(value))
    if table.foot:
        add_words(document.add_paragraph(), thai_figures(table.foot))


def _signature(document: "WordDocument", letter: OutgoingLetter) -> None:
    """คำลงท้าย, room to sign, name and position centred under it; kept together on a page."""
    closing = "" if letter.kind is LetterKind.MEMO else letter.closing
    if closing:
        found = set_out(document.add_paragraph(), left=_MIDDLE, before=2 * _BLOCK_GAP, keep=True)
        add_words(found, closing)
    for _ in range(_SIGN_LINES):
        add_words(set_out(document.add_paragraph(), keep=True), "")
    axis = _MIDDLE + _LETTER_WIDTH * len(letter.closing or "ขอแสดงความนับถือ") / 2
    left = max(0.0, 2 * axis - _TEXT_WIDTH)
    lines = [f"({letter.signatory})"] if letter.signatory else []
    lines += [thai_figures(line) for line in letter.position]
    for at, line in enumerate(lines, 1):
        found = set_out(document.add_paragraph(), side="center", left=left, keep=at < len(lines))
        add_words(found, line)


def _stamp_room(document: "WordDocument", letter: OutgoingLetter) -> None:
    for words, before in (
        (thai_figures(letter.agency), 2 * _BLOCK_GAP),
        (day_in_words(letter.dated_on), _STAMP_ROOM),
    ):
        found = document.add_paragraph()
        set_out(found, side="center", left=_MIDDLE - 1, before=before, keep=bool(words))
        add_words(found, words)


def _foot(document: "WordDocument", letter: OutgoingLetter) -> None:
    is_memo = letter.kind is LetterKind.MEMO
    lines = [] if is_memo else [letter.owner_unit, *letter.contacts]
    lines = [thai_figures(line) for line in lines if line]
    if lines:
        document.add_paragraph()
    for line in lines:
        add_words(document.add_paragraph(), line)
    if letter.copies_to:
        copies = [Entry("", thai_figures(line)) for line in letter.copies_to]
        _labelled(document, "สำเนาส่ง", copies)
