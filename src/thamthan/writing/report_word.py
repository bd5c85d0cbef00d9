"""รายงานผลการดำเนินงาน as a Word file: headings that Word knows, tables whose heads repeat."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Emu

from thamthan.writing.figures import thai_figures
from thamthan.writing.report_facts import (
    ReportAnnex,
    ReportItems,
    ReportPaper,
    ReportPart,
    ReportPhoto,
    ReportPhotos,
    ReportSection,
    ReportSignature,
    ReportText,
)
from thamthan.writing.reports import annex_heading
from thamthan.writing.tables import Table
from thamthan.writing.word import (
    RED,
    add_heading,
    add_page_number,
    add_tab,
    add_words,
    frame_paragraph,
    keep_row_whole,
    narrow_cells,
    new_document,
    repeat_heading,
    set_columns,
    set_out,
    share_out,
)
from thamthan.writing.wording import cell_words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.table import _Cell

# Centimetres and points, as in forms/report.typ.
_TEXT_WIDTH, _WIDE, _INDENT, _STEP = 16.0, 25.7, 2.5, 0.75
_ABOUT_WIDTH, _SIDE = 3.4, 2.0
_GAP = 6.0
_TITLE_SIZE, _TABLE_SIZE, _SIDE_SIZE, _SMALL_SIZE = 20.0, 14.0, 13.0, 12.0
_FAINT, _GREY = "505050", "464646"
_FEW_ROWS = 18
_SIGN_WIDTH, _SIGN_GAP = 7.7, 26.0
_PHOTO_WIDTH, _PHOTO_HEIGHT, _ALONE_WIDTH, _ALONE_HEIGHT = 7.6, 5.8, 11.0, 8.0
# Three rows never share a page, however short their captions are.
_ROW_HEIGHT = 9.4


def report_in_word(paper: ReportPaper, *, title: str) -> bytes:
    """The report as DOCX; what it may not hold was refused before."""
    document = new_document()
    document.core_properties.title = title
    document.core_properties.author = paper.house[:255]
    _edges(document.sections[0], paper)
    _head(document, paper)
    for at, section in enumerate(paper.sections, 1):
        _section(document, at, section)
    if paper.signatures:
        _signatures(document, paper)
    is_side = False
    for at, annex in enumerate(paper.annexes):
        wants_side = bool(annex.tables)
        _new_pages(document, is_side=wants_side, was_side=is_side)
        is_side = wants_side
        _annex(document, at, annex)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _edges(section: "Section", paper: ReportPaper) -> None:
    """Above each page that it is a draft, below it whose report this is, and the page's number."""
    section.different_first_page_header_footer = False
    section.top_margin = Cm(2)
    mark = set_out(section.header.paragraphs[0], side="right")
    if paper.mark:
        add_words(mark, paper.mark, bold=True, colour=RED)
    foot = set_out(section.footer.paragraphs[0])
    add_words(foot, thai_figures(paper.foot), size=_SMALL_SIZE, colour=_FAINT)
    add_page_number(set_out(section.footer.add_paragraph(), side="center"))


def _head(document: "WordDocument", paper: ReportPaper) -> None:
    add_heading(document, thai_figures(paper.title), level=0, size=_TITLE_SIZE, side="center")
    for words, bold in ((paper.subject, True), (paper.house, False)):
        if words:
            line = set_out(document.add_paragraph(), side="center")
            add_words(line, thai_figures(words), bold=bold)
    if paper.standing:
        framed = set_out(document.add_paragraph(), side="center", before=_GAP)
        frame_paragraph(framed)
        add_words(framed, thai_figures(paper.standing), bold=True)
    if not paper.about:
        return
    _gap(document)
    grid = document.add_table(rows=0, cols=2)
    narrow_cells(grid, twips=0)
    for label, words in paper.about:
        row = grid.add_row()
        add_words(set_out(row.cells[0].paragraphs[0]), label, bold=True)
        add_words(set_out(row.cells[1].paragraphs[0]), thai_figures(words))
        keep_row_whole(row)
    set_columns(grid, share_out([_ABOUT_WIDTH, _TEXT_WIDTH - _ABOUT_WIDTH], _TEXT_WIDTH))


def _section(document: "WordDocument", at: int, section: ReportSection) -> None:
    add_heading(document, thai_figures(f"{at}. {section.heading}"), level=1, before=2 * _GAP)
    _parts(document, section.parts)
    for clause in section.clauses:
        words = thai_figures(f"{clause.number} {clause.words}".strip())
        add_heading(document, words, level=2, before=1.5 * _GAP)
        _parts(document, clause.parts)


def _parts(document: "WordDocument", parts: Sequence[ReportPart]) -> None:
    for part in parts:
        if isinstance(part, Table):
            _table(document, part, width=_TEXT_WIDTH)
        elif isinstance(part, ReportItems):
            _items(document, part)
        else:
            _text(document, part)


def _label(document: "WordDocument", words: str) -> None:
    if words:
        line = set_out(document.add_paragraph(), before=_GAP, keep=True)
        add_words(line, thai_figures(words), bold=True)


def _text(document: "WordDocument", part: ReportText) -> None:
    _label(document, part.label)
    for words in part.paragraphs:
        line = set_out(document.add_paragraph(), side="thaiDistribute", first=_INDENT)
        add_words(line, thai_figures(words), colour=_GREY if part.is_faint else None)


def _items(document: "WordDocument", part: ReportItems) -> None:
    _label(document, part.label)
    for one in part.items:
        line = set_out(document.add_paragraph(), left=_STEP + 0.45, first=-0.45)
        add_words(line, f"– {thai_figures(one.text)}")
        if one.said_by:
            add_words(line, f" ({thai_figures(one.said_by)})", colour=_GREY)
    if part.more:
        line = set_out(document.add_paragraph(), left=_STEP)
        add_words(line, thai_figures(part.more), colour=_GREY)


def _table(document: "WordDocument", table: Table, *, width: float) -> None:
    if table.title:
        _label(document, table.title)
    else:
        _gap(document)
    size = _SIDE_SIZE if width > _TEXT_WIDTH else _TABLE_SIZE
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    narrow_cells(grid, twips=57)
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _cell(cell, column.heading, size=size, side="center", bold=True)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    repeat_heading(grid.rows[0])
    keep_row_whole(grid.rows[0])
    for values in table.rows:
        row = grid.add_row()
        is_total = not values[0]
        for cell, column, value in zip(row.cells, table.columns, values, strict=True):
            _cell(cell, cell_words(value), size=size, side=column.align, bold=is_total)
        keep_row_whole(row)
    set_columns(grid, share_out([column.share for column in table.columns], width))
    if len(table.rows) <= _FEW_ROWS:
        _keep_rows_together(grid)
    if table.foot:
        line = set_out(document.add_paragraph())
        add_words(line, thai_figures(table.foot), size=_SMALL_SIZE)
    _gap(document, keep=False)


def _keep_rows_together(grid: Any) -> None:
    for row in list(grid.rows)[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _cell(cell: "_Cell", words: str, *, size: float, side: Any, bold: bool = False) -> None:
    add_words(set_out(cell.paragraphs[0], side=side), words, size=size, bold=bold)


def _gap(document: "WordDocument", *, keep: bool = True) -> None:
    add_words(set_out(document.add_paragraph(), height=_GAP, keep=keep), "", size=4)


def _signatures(document: "WordDocument", paper: ReportPaper) -> None:
    """ช่องลงนาม side by side, kept with the last words that are signed."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    grid = document.add_table(rows=0, cols=2)
    for at in range(0, len(paper.signatures), 2):
        row = grid.add_row()
        keep_row_whole(row)
        for cell, one in zip(row.cells, paper.signatures[at : at + 2], strict=False):
            _signature(cell, one, keep=bool(paper.judged))
    set_columns(grid, share_out([1, 1], _TEXT_WIDTH))
    if paper.judged:
        line = set_out(document.add_paragraph(), side="center", before=_GAP)
        add_words(line, thai_figures(paper.judged), size=_TABLE_SIZE)


def _signature(cell: "_Cell", one: ReportSignature, *, keep: bool) -> None:
    line = set_out(cell.paragraphs[0], before=_SIGN_GAP, keep=keep)
    add_tab(line, _SIGN_WIDTH - 0.55 - 0.21 * len(one.label), dots=True)
    add_words(line, f"ลงชื่อ \t {one.label}")
    for words in one.lines:
        add_words(set_out(cell.add_paragraph(), side="center", keep=keep), thai_figures(words))


def _new_pages(document: "WordDocument", *, is_side: bool, was_side: bool) -> None:
    """An annex begins on a page of its own, lying on its side where it holds tables."""
    if not is_side and not was_side:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    if is_side:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(_SIDE)
    else:
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)


def _annex(document: "WordDocument", at: int, annex: ReportAnnex) -> None:
    add_heading(document, thai_figures(annex_heading(at, annex)), level=1)
    if annex.words:
        line = set_out(document.add_paragraph(), keep=True)
        add_words(line, thai_figures(annex.words), size=_TABLE_SIZE)
    for table in annex.tables:
        _table(document, table, width=_WIDE)
    for group in annex.photos:
        _photos(document, group)


def _photos(document: "WordDocument", group: ReportPhotos) -> None:
    add_heading(document, thai_figures(group.heading), level=2, before=_GAP)
    for photos in group.rows:
        grid = document.add_table(rows=1, cols=len(photos))
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        narrow_cells(grid, twips=57)
        keep_row_whole(grid.rows[0])
        grid.rows[0].height = Cm(_ROW_HEIGHT)
        is_alone = len(photos) == 1
        for cell, one in zip(grid.rows[0].cells, photos, strict=True):
            _photo(cell, one, is_alone=is_alone)
        width = _ALONE_WIDTH + 1 if is_alone else _TEXT_WIDTH
        set_columns(grid, share_out([1.0] * len(photos), width))
        _gap(document, keep=False)


def _photo(cell: "_Cell", one: ReportPhoto, *, is_alone: bool) -> None:
    across, high = (_ALONE_WIDTH, _ALONE_HEIGHT) if is_alone else (_PHOTO_WIDTH, _PHOTO_HEIGHT)
    line = set_out(cell.paragraphs[0], side="center", keep=True)
    picture = line.add_run().add_picture(BytesIO(one.content), width=Cm(across))
    # What is higher than its place is made as high as that.
    if picture.height > Cm(high):
        picture.width, picture.height = (
            Emu(int(picture.width * Cm(high) / picture.height)),
            Cm(high),
        )
    _describe(picture, one)
    for words, size, bold, colour in (
        (one.stage, _TABLE_SIZE, True, None),
        (one.caption, _TABLE_SIZE, False, None),
        (one.taken, _SMALL_SIZE, False, _GREY),
    ):
        if words:
            below = set_out(cell.add_paragraph(), side="center")
            add_words(below, thai_figures(words), size=size, bold=bold, colour=colour)


def _describe(picture: Any, one: ReportPhoto) -> None:
    """What a reader who does not see the picture is told."""
    picture._inline.docPr.set("descr", f"{one.stage} {one.caption}".strip())
