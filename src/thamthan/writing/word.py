"""The pieces of a Word file in Thai: runs, paragraphs, tables and fields that Word leaves as is."""

from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Length, Pt

from thamthan.thai.text import repair

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FACE = "TH SarabunPSK"
SIZE = 16.0
RED = "C00000"
Side = Literal["left", "center", "right", "both", "thaiDistribute"]

# In the order in which the format wants them.
_FACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def new_document() -> "WordDocument":
    """เอกสาร A4: margins of a letter, TH Sarabun 16 pt for Thai and for Latin letters alike."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
    section.header_distance, section.footer_distance = Cm(1.25), Cm(0.6)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    _dress(style.element.get_or_add_rPr(), SIZE, bold=False, colour=None)
    # The template's theme would take the place of our face.
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")) if defaults is not None else ():
        fonts.attrib.clear()
        for name in _FACES:
            fonts.set(qn(name), FACE)
    return document


def add_heading(
    document: "WordDocument",
    words: str,
    *,
    level: int,
    size: float = SIZE,
    side: Side = "left",
    before: float = 0,
) -> "Paragraph":
    """หัวเรื่อง in a style that Word lists (ชื่อเรื่อง 0, หัวเรื่อง 1 …), black and in our face."""
    heading = document.add_paragraph(style="Title" if level == 0 else f"Heading {level}")
    style: Any = heading.style
    _dress(style.element.get_or_add_rPr(), size, bold=True, colour="000000")
    properties = style.element.get_or_add_pPr()
    for lined in properties.findall(qn("w:pBdr")):
        properties.remove(lined)
    style.paragraph_format.space_after = Pt(0)
    set_out(heading, side=side, before=before, keep=True)
    add_words(heading, words, size=size, bold=True)
    return heading


def frame_paragraph(paragraph: "Paragraph") -> None:
    """A thin line round the paragraph."""
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "3"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        frame.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        frame, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def add_words(
    paragraph: "Paragraph",
    words: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    colour: str | None = None,
) -> "Run":
    """Adds a run of Thai or Latin letters, of one face and size in both scripts."""
    run = paragraph.add_run(repair(words))
    _dress(run._element.get_or_add_rPr(), size, bold=bold, colour=colour)
    return run


def _dress(properties: Any, size: float, *, bold: bool, colour: str | None) -> None:
    for child in list(properties):
        properties.remove(child)
    fonts = OxmlElement("w:rFonts")
    for name in _FACES:
        fonts.set(qn(name), FACE)
    properties.append(fonts)
    if bold:
        properties.append(OxmlElement("w:b"))
        properties.append(OxmlElement("w:bCs"))
    if colour:
        properties.append(_valued("w:color", colour))
    properties.append(_valued("w:sz", str(round(size * 2))))
    properties.append(_valued("w:szCs", str(round(size * 2))))
    properties.append(OxmlElement("w:cs"))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    properties.append(language)


def _valued(name: str, value: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element


def set_out(
    paragraph: "Paragraph",
    *,
    side: Side = "left",
    left: float = 0,
    first: float = 0,
    before: float = 0,
    height: float | None = None,
    keep: bool = False,
) -> "Paragraph":
    """Where a paragraph stands: indents in centimetres, room before and line height in points."""
    properties = paragraph.paragraph_format
    properties.left_indent = Cm(left)
    properties.first_line_indent = Cm(first)
    properties.space_before = Pt(before)
    properties.keep_with_next = keep
    properties.widow_control = True
    if height is not None:
        properties.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        properties.line_spacing = Pt(height)
    wanted = paragraph._p.get_or_add_pPr()
    for found in wanted.findall(qn("w:jc")):
        wanted.remove(found)
    align = _valued("w:jc", side)
    wanted._insert_jc(align)
    return paragraph


def add_tab(paragraph: "Paragraph", at: float, *, right: bool = False, dots: bool = False) -> None:
    """A stop for the next tab, in centimetres from the margin; dots lead to it where asked."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Cm(at),
        WD_TAB_ALIGNMENT.RIGHT if right else WD_TAB_ALIGNMENT.LEFT,
        WD_TAB_LEADER.DOTS if dots else WD_TAB_LEADER.SPACES,
    )


def add_page_number(paragraph: "Paragraph") -> None:
    """- ๒ -: a field that counts pages in Thai digits."""
    add_words(paragraph, "- ")
    for kind, words in (
        ("begin", ""),
        ("", " PAGE \\* ThaiArabic "),
        ("separate", ""),
        ("", "๒"),
        ("end", ""),
    ):
        run = add_words(paragraph, "")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif words.startswith(" "):
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = words
            run._element.append(told)
        else:
            run.text = words
    add_words(paragraph, " -")


def float_picture(
    paragraph: "Paragraph", content: bytes, *, height: float, top: float, left: float | None
) -> None:
    """A picture at a fixed place of the page, in centimetres; in the middle without `left`."""
    run = paragraph.add_run()
    inline = run.add_picture(BytesIO(content), height=Cm(height))._inline
    across = (
        "<wp:align>center</wp:align>"
        if left is None
        else f"<wp:posOffset>{Cm(left)}</wp:posOffset>"
    )
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page">{across}</wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{Cm(top)}</wp:posOffset>'
        "</wp:positionV></wp:anchor>"
    )
    parts = {child.tag: child for child in inline}
    anchor.append(parts[qn("wp:extent")])
    anchor.append(OxmlElement("wp:wrapNone"))
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        if qn(name) in parts:
            anchor.append(parts[qn(name)])
    inline.getparent().replace(inline, anchor)


def set_widths(cells: "list[_Cell]", widths: list[Length]) -> None:
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width


def set_columns(table: "Table", widths: list[Length]) -> None:
    """Word goes by the cells, LibreOffice by the table's grid: both are told the same."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        set_widths(list(row.cells), widths)


def repeat_heading(row: Any) -> None:
    """The row stands again at the top of each page that the table goes on to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def share_out(shares: list[float], width: float) -> list[Length]:
    total = sum(shares)
    return [Emu(int(Cm(width) * share / total)) for share in shares]


def keep_row_whole(row: Any) -> None:
    """The row does not break over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def narrow_cells(grid: Any, *, twips: int) -> None:
    """Room between a cell's words and its sides, so that the table ends where the text does."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook")
