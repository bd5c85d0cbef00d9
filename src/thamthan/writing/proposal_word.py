"""แบบเสนอโครงการ as a Word file, piece by piece in the order of the form."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from thamthan.writing.figures import thai_figures
from thamthan.writing.proposal_facts import Signature
from thamthan.writing.proposal_parts import (
    MONTH_NAMES,
    Blank,
    Calendar,
    Composed,
    Part,
    Section,
    Words,
    signature_lines,
)
from thamthan.writing.tables import Table
from thamthan.writing.word import (
    add_page_number,
    add_tab,
    add_words,
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
    from docx.table import _Cell

# Centimetres and points, as in forms/proposal.typ.
_TEXT_WIDTH, _INDENT, _HANG = 16.0, 2.5, 0.35
_BLOCK_GAP = 6.0
_HEADING_SIZE, _TABLE_SIZE, _SMALL_SIZE = 18.0, 14.0, 11.0
_NUMBER, _MONTH, _RESPONSIBLE = 0.75, 0.62, 2.3
_BAR = "5F5F5F"
_SIGN_WIDTH, _SIGN_GAP = 7.7, 14.0
# So many signs of three dots fill a line behind ความเห็น, and the line below.
_OPINION, _OPINION_BELOW = 18, 24
_FEW_ROWS = 12


def proposal_in_word(told: Composed, *, title: str, author: str) -> bytes:
    """The filled form as DOCX; what it may not hold was refused before."""
    document = new_document()
    document.core_properties.title = title[:255]
    document.core_properties.author = author[:255]
    header = document.sections[0].header
    add_page_number(set_out(header.paragraphs[0], side="center"))
    header.add_paragraph()
    for at, line in enumerate(told.heads):
        size = _HEADING_SIZE if at == 0 else 16.0
        add_words(
            set_out(document.add_paragraph(), side="center"),
            thai_figures(line),
            size=size,
            bold=True,
        )
    if told.preface:
        _paragraph(document, Words(told.preface))
    for section in told.sections:
        _section(document, section)
    _signatures(document, told.signatures)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _section(document: "WordDocument", section: Section) -> None:
    parts = list(section.parts)
    heading = document.add_paragraph()
    beside = isinstance(parts[0], Words) and parts[0].beside
    set_out(heading, before=2 * _BLOCK_GAP, keep=not beside)
    add_words(heading, f"{thai_figures(section.number)} {section.heading}", bold=True)
    first = parts[0]
    if isinstance(first, Words) and first.beside:
        add_words(heading, f"   {thai_figures(first.text)}")
        parts = parts[1:]
    for part in parts:
        _part(document, part)


def _part(document: "WordDocument", part: Part) -> None:
    if isinstance(part, Words):
        _paragraph(document, part)
    elif isinstance(part, Blank):
        _blank(document, part)
    elif isinstance(part, Table):
        _table(document, part)
    else:
        _calendar(document, part)


def _paragraph(document: "WordDocument", words: Words) -> None:
    found = set_out(
        document.add_paragraph(),
        side="thaiDistribute",
        first=_INDENT,
        before=_BLOCK_GAP,
        keep=words.strong,
    )
    text = f"{words.label} {words.text}" if words.label else words.text
    add_words(found, thai_figures(text), bold=words.strong)


def _blank(document: "WordDocument", blank: Blank) -> None:
    for at in range(blank.lines):
        label = thai_figures(blank.label) if at == 0 else ""
        found = set_out(document.add_paragraph(), first=_INDENT if label else 0, before=_BLOCK_GAP)
        add_tab(found, _TEXT_WIDTH, right=True, dots=True)
        add_words(found, f"{label} \t" if label else "\t")


def _table(document: "WordDocument", table: Table) -> None:
    _gap(document)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    narrow_cells(grid, twips=57)
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _cell(cell, column.heading, side="center", bold=True)
    repeat_heading(grid.rows[0])
    for values in table.rows:
        row = grid.add_row()
        is_total = not values[0]
        for cell, column, value in zip(row.cells, table.columns, values, strict=True):
            _cell(cell, cell_words(value), side=column.align, bold=is_total)
        keep_row_whole(row)
    set_columns(grid, share_out([column.share for column in table.columns], _TEXT_WIDTH))
    _keep_together(grid)
    _gap(document)


def _calendar(document: "WordDocument", calendar: Calendar) -> None:
    """ปฏิทิน: filled cells are the bars; the months stand in words beside each name as well."""
    by = calendar.names_responsible
    if calendar.has_milestones:
        legend = set_out(document.add_paragraph(), side="right", before=_BLOCK_GAP, keep=True)
        add_words(legend, "◆ หมายถึง กำหนดตรวจผลของงาน", size=_SMALL_SIZE)
    else:
        _gap(document)
    columns = 2 + len(MONTH_NAMES) + by
    grid = document.add_table(rows=2, cols=columns, style="Table Grid")
    narrow_cells(grid, twips=30)
    set_columns(grid, _calendar_widths(by=by))
    _calendar_heading(grid, calendar, by=by)
    for row in calendar.rows:
        made = grid.add_row()
        cells = list(made.cells)
        _cell(cells[0], thai_figures(row.number), side="center")
        _cell(cells[1], thai_figures(row.name))
        when = set_out(cells[1].add_paragraph())
        add_words(when, thai_figures(row.when) or "(ยังไม่ระบุเดือน)", size=_SMALL_SIZE)
        for at, is_on in enumerate(row.months):
            mark = "◆" if row.milestone_at == at else ""
            _cell(cells[2 + at], mark, side="center", size=_SMALL_SIZE, colour="FFFFFF")
            if is_on:
                _fill(cells[2 + at])
        if by:
            _cell(cells[-1], thai_figures(row.responsible))
        for cell, width in zip(cells, _calendar_widths(by=by), strict=True):
            cell.width = width
        keep_row_whole(made)
    _keep_together(grid)
    _gap(document)


def _calendar_heading(grid: Any, calendar: Calendar, *, by: bool) -> None:
    top, below = grid.rows[0].cells, grid.rows[1].cells
    for at, name in enumerate(MONTH_NAMES):
        _cell(below[2 + at], name, side="center", size=_SMALL_SIZE)
    single = [(0, "ที่"), (1, "กิจกรรม/ขั้นตอน"), *([(len(top) - 1, "ผู้รับผิดชอบ")] if by else [])]
    for at, words in single:
        _cell(top[at].merge(below[at]), words, side="center", bold=True)
    before, year = (thai_figures(f"พ.ศ. {be}") for be in (calendar.year - 1, calendar.year))
    _cell(top[2].merge(top[4]), before, side="center", bold=True, size=_SMALL_SIZE)
    _cell(top[5].merge(top[13]), year, side="center", bold=True)
    repeat_heading(grid.rows[0])
    repeat_heading(grid.rows[1])


def _calendar_widths(*, by: bool) -> list[Length]:
    rest = _TEXT_WIDTH - _NUMBER - 12 * _MONTH - (_RESPONSIBLE if by else 0)
    return [
        Cm(width) for width in (_NUMBER, rest, *(_MONTH,) * 12, *((_RESPONSIBLE,) if by else ()))
    ]


def _cell(
    cell: "_Cell",
    words: str,
    *,
    side: Any = "left",
    bold: bool = False,
    size: float = _TABLE_SIZE,
    colour: str | None = None,
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    add_words(set_out(cell.paragraphs[0], side=side), words, size=size, bold=bold, colour=colour)


def _fill(cell: "_Cell") -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _BAR)):
        shade.set(qn(f"w:{name}"), value)
    properties = cell._tc.get_or_add_tcPr()
    # Before the vertical alignment, as the format wants it.
    properties.insert_element_before(shade, "w:noWrap", "w:tcMar", "w:vAlign", "w:hideMark")


def _keep_together(grid: Any) -> None:
    """A small table stands on one page: each row keeps with the next."""
    rows = list(grid.rows)
    if len(rows) <= _FEW_ROWS:
        for row in rows[:-1]:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def _gap(document: "WordDocument") -> None:
    """A little room before and behind a table, which has none of its own."""
    add_words(set_out(document.add_paragraph(), height=_BLOCK_GAP, keep=True), "", size=4)


def _signatures(document: "WordDocument", signatures: Sequence[Signature]) -> None:
    """ช่องลงนาม two by two, kept on one page with the last words that are signed."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    _gap(document)
    grid = document.add_table(rows=0, cols=2)
    for at in range(0, len(signatures), 2):
        row = grid.add_row()
        keep_row_whole(row)
        is_last = at + 2 >= len(signatures)
        for cell, one in zip(row.cells, signatures[at : at + 2], strict=False):
            _signature(cell, one, keep=not is_last)
    set_columns(grid, share_out([1, 1], _TEXT_WIDTH))


def _signature(cell: "_Cell", one: Signature, *, keep: bool) -> None:
    lines: list[tuple[str, Any]] = []
    if one.signer.gives_opinion:
        # Some programs draw no dots to a tab with nothing behind it.
        lines += [(f"ความเห็น {'…' * _OPINION}", "left"), ("…" * _OPINION_BELOW, "left")]
    lines += [("", "left"), (f"ลงชื่อ \t {one.signer.label}", "left")]
    lines += [(line, "center") for line in signature_lines(one)]
    found = cell.paragraphs[0]
    for at, (words, side) in enumerate(lines):
        found = found if at == 0 else cell.add_paragraph()
        set_out(found, side=side, keep=keep, before=0 if at else _SIGN_GAP)
        if words.startswith("ลงชื่อ"):
            add_tab(found, _SIGN_WIDTH - _label_room(one.signer.label), dots=True)
        add_words(found, words)


def _label_room(label: str) -> float:
    """About as wide as the words behind the dotted line are, in centimetres."""
    return 0.55 + 0.21 * len(label)
