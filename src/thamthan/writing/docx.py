"""A letter as DOCX."""

import io

from docx import Document

from thamthan.writing.letters import OutgoingLetter, Paragraph


def write_letter_docx(letter: OutgoingLetter, *, emblem: bytes | None = None) -> bytes:
    """พิมพ์หนังสือเป็น Word."""
    document = Document()
    for part in letter.body:
        if isinstance(part, Paragraph):
            document.add_paragraph(part.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
