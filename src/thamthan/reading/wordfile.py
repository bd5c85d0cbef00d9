"""The words of a DOCX file, in the order in which they stand; runs only in the child process."""

import io
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header

from thamthan.reading.numbering import Numbering
from thamthan.reading.packing import DAMAGED, check_packing
from thamthan.reading.parsed import ParsedFile, ParsedPage, Unparsed

MOST_IN_ALL = 600_000
# Tables within tables within tables; what goes deeper is no letter.
MOST_DEEP = 12

_BETWEEN_COLUMNS = 4
# A cell of running text is as wide as its longest line; blanks beyond this tell nothing.
_WIDEST = 120
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# Deleted words, field codes, the second telling of a text box, words set to be hidden.
_PASSED_OVER = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:delText"),
    qn("w:pPr"),
    qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_P, _TBL, _R, _T, _BR = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:t"), qn("w:br")
_TR, _TC, _BOX = qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
_VAL, _TYPE = qn("w:val"), qn("w:type")


def parse_docx(content: bytes) -> ParsedFile:
    """แยก DOCX: paragraphs, tables, text boxes, the first header and footer; a page per page break.

    Numbers that Word counts by itself are written out. Pictures, macros, embedded files and links
    are left alone; nothing is fetched. Raises `Unparsed`.
    """
    check_packing(content)
    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_story(document))
    except (MemoryError, Unparsed):
        raise
    except Exception as fault:
        # The library meets a broken file with whatever the broken part happens to raise.
        raise Unparsed(DAMAGED) from fault
    if len(text) > MOST_IN_ALL:
        raise Unparsed("มีข้อความมากเกินกว่าจะเป็นหนังสือฉบับเดียว กรุณาแยกหนังสือออกจากเอกสารแนบ")
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    if not any(page.strip() for page in pages):
        raise Unparsed("ไม่มีข้อความอยู่เลย อาจมีแต่ภาพ", waits=True)
    return ParsedFile(tuple(ParsedPage(page) for page in pages))


def _story(document: Document) -> Iterator[str]:
    above: list[str] = []
    below: list[str] = []
    for section in document.sections:
        first = section.different_first_page_header_footer
        above = _edge(section.first_page_header if first else section.header)
        below = _edge(section.first_page_footer if first else section.footer)
        break
    yield from above
    yield from _lines(document.element.body, Numbering.of(document), 0)
    yield from below


def _edge(edge: _Header | _Footer) -> list[str]:
    """The lines of a header or footer; an empty one adds none."""
    if edge.is_linked_to_previous:
        return []
    found = list(_lines(edge._element, Numbering(), 0))
    return found if any(line.strip() for line in found) else []


def _lines(parent: BaseOxmlElement, numbering: Numbering, depth: int) -> Iterator[str]:
    """The lines of the paragraphs and tables right inside an element, in their order."""
    if depth > MOST_DEEP:
        return
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child, numbering, depth)
        elif child.tag == _TBL:
            yield from _table(child, numbering, depth + 1)
        elif child.tag not in _PASSED_OVER and isinstance(child.tag, str):
            # Content controls and kept revisions only wrap paragraphs.
            yield from _lines(child, numbering, depth + 1)


def _paragraph(paragraph: BaseOxmlElement, numbering: Numbering, depth: int) -> list[str]:
    boxes: list[BaseOxmlElement] = []
    words = "".join(_words(paragraph, boxes, 0))
    breaks = paragraph.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
    lead = "\f" if breaks is not None and breaks.get(_VAL) not in ("0", "false") else ""
    found = (lead + numbering.label(paragraph) + words).split("\n")
    # What hangs in a text box was set beside its anchor, above what follows.
    for box in boxes:
        found += _lines(box, numbering, depth + 1)
    return found


def _words(parent: BaseOxmlElement, boxes: list[BaseOxmlElement], depth: int) -> Iterator[str]:
    if depth > 4 * MOST_DEEP:
        return
    for child in parent:
        tag = child.tag
        if tag in _PASSED_OVER or not isinstance(tag, str):
            continue
        if tag == _T:
            yield (child.text or "").replace("\n", " ")
        elif tag == _BR:
            yield "\f" if child.get(_TYPE) == "page" else "\n"
        elif tag == _BOX:
            boxes.append(child)
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag != _R or not _is_hidden(child):
            yield from _words(child, boxes, depth + 1)


def _is_hidden(run: BaseOxmlElement) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(_VAL) not in ("0", "false")


def _table(table: BaseOxmlElement, numbering: Numbering, depth: int) -> Iterator[str]:
    """Rows as lines in which every column begins at the same place, as they are seen."""
    rows = [
        [_cell(cell, numbering, depth) for cell in _within(row, _TC)] for row in _within(table, _TR)
    ]
    columns = max(map(len, rows), default=0)
    widths = [
        max((_width(line) for row in rows if at < len(row) for line in row[at]), default=0)
        for at in range(columns)
    ]
    for row in rows:
        for line in zip_longest(*row, fillvalue=""):
            yield _in_columns(line, widths)


def _cell(cell: BaseOxmlElement, numbering: Numbering, depth: int) -> list[str]:
    found = list(_lines(cell, numbering, depth))
    # Behind a table within a table Word always keeps an empty paragraph.
    while len(found) > 1 and not found[-1].strip():
        found.pop()
    return found


def _within(parent: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _within(child, tag)


def _in_columns(cells: Iterable[str], widths: list[int]) -> str:
    line, owed = "", 0
    for cell, width in zip(cells, widths, strict=False):
        words = cell.strip("\n")
        if words.strip():
            line += " " * owed + words
            owed = 0
        else:
            words = ""
        owed += min(max(width - _width(words), 0), _WIDEST) + _BETWEEN_COLUMNS
    return line


def _width(line: str) -> int:
    """How many columns a line fills: marks over and under letters fill none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in line)
