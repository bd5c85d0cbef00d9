"""Facts in, document out: letters, memos, books and slips in the official forms. No framework."""

from thamthan.writing.breaking import use_names
from thamthan.writing.docx import write_letter_docx
from thamthan.writing.fonts import use_fonts
from thamthan.writing.letters import EnclosureLine, OutgoingLetter, Paragraph, ReferenceLine
from thamthan.writing.pdf import write_letter
from thamthan.writing.slips import RoutingSlip, SlipEntry, write_slip
from thamthan.writing.tables import Align, Cell, Column, Table
from thamthan.writing.tabular import write_rows, write_table
from thamthan.writing.typesetting import Attachment, typeset

__all__ = [
    "Align",
    "Attachment",
    "Cell",
    "Column",
    "EnclosureLine",
    "OutgoingLetter",
    "Paragraph",
    "ReferenceLine",
    "RoutingSlip",
    "SlipEntry",
    "Table",
    "typeset",
    "use_fonts",
    "use_names",
    "write_letter",
    "write_letter_docx",
    "write_rows",
    "write_slip",
    "write_table",
]
