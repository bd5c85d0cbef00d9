"""Facts in, document out: letters, memos, books and slips in the official forms. No framework."""

from thamthan.writing.breaking import use_names
from thamthan.writing.charts import (
    Bar,
    BarChart,
    Chart,
    LineChart,
    StateChart,
    StateRow,
    by_value,
    heights_of,
    is_low,
    scale_of,
    shares_of,
    shortened,
    stretches_of,
    tone_of,
    write_chart,
)
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
    "Bar",
    "BarChart",
    "Cell",
    "Chart",
    "Column",
    "EnclosureLine",
    "LineChart",
    "OutgoingLetter",
    "Paragraph",
    "ReferenceLine",
    "RoutingSlip",
    "SlipEntry",
    "StateChart",
    "StateRow",
    "Table",
    "by_value",
    "heights_of",
    "is_low",
    "scale_of",
    "shares_of",
    "shortened",
    "stretches_of",
    "tone_of",
    "typeset",
    "use_fonts",
    "use_names",
    "write_chart",
    "write_letter",
    "write_letter_docx",
    "write_rows",
    "write_slip",
    "write_table",
]
