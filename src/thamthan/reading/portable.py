"""The text layer of a PDF, letter by letter; runs only in the child process (see `child`)."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from math import pi
from statistics import median
from time import process_time

import pypdfium2
from pypdfium2 import raw

from thamthan.reading.model import PageSize
from thamthan.reading.parsed import (
    Box,
    ParsedFile,
    ParsedPage,
    Progress,
    Unparsed,
    told_pages,
)
from thamthan.reading.trust import fault_of, is_short
from thamthan.reading.typeset import Glyph, is_mark, letter_width, set_lines

# A letter with its annexes has some dozens of pages, and a full page some 3,000 characters.
MOST_PAGES = 300
MOST_ON_PAGE = 30_000
MOST_IN_ALL = 600_000
# Seconds of computing: after the first no further page is begun; one page may take the second.
ENOUGH = 10.0
ONE_PAGE = 8.0

_INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
# Radians; a page fed askew stays below, a watermark across the page does not.
_UPRIGHT = 0.1
_REPEATED_WITHIN = 4
_MOST_PICTURES = 500

_NO_PAGES = "ไม่มีหน้าเอกสารที่เปิดได้อยู่เลย กรุณาขอไฟล์ใหม่"
_UNOPENED = {
    # Whole, and yet not opened: there is no page in it.
    raw.FPDF_ERR_SUCCESS: _NO_PAGES,
    raw.FPDF_ERR_PASSWORD: "ถูกใส่รหัสผ่าน จึงเปิดอ่านไม่ได้ กรุณาขอฉบับที่ไม่มีรหัสผ่าน",
    raw.FPDF_ERR_SECURITY: "ถูกเข้ารหัสด้วยวิธีที่เปิดอ่านไม่ได้ กรุณาขอฉบับที่ไม่ได้เข้ารหัส",
}
_DAMAGED = "ชำรุดหรือมาไม่ครบ จึงเปิดอ่านไม่ได้ กรุณาขอไฟล์ใหม่"

_DAMAGED_PAGE = "ชำรุด จึงเปิดไม่ได้"
BEYOND = "อยู่เกินจำนวนหน้าที่อ่านให้ได้ในคราวเดียว"

_CUT_SHORT = "ท้ายไฟล์ PDF ขาดหาย ข้อความอาจมาไม่ครบ"
# Mail gateways and signing programs leave something behind the end.
_END_WITHIN = 4096

# One character as the library tells it, before those of one stroke are put together.
_Told = tuple[str, float, float, Box, int]


def parse_pdf(content: bytes, progress: Progress | None = None) -> ParsedFile:
    """แยก PDF: the text of each page that can be trusted, with the place of every letter.

    Invisible text, as scanners lay it under their pictures, is a machine's guess and counts as
    none. Where the first page has no text to trust the whole file waits; of later pages that have
    none, that are damaged, or that are more than can be read, a note says so. Raises `Unparsed`.
    """
    document = open_pdf(content)
    # The library mends a file that ends too early, and says nothing of what is missing.
    is_whole = b"%%EOF" in content[-_END_WITHIN:]
    try:
        parsed = _parsed(document, progress or Progress())
    finally:
        document.close()
    return parsed if is_whole else replace(parsed, notes=(*parsed.notes, _CUT_SHORT))


def open_pdf(content: bytes) -> pypdfium2.PdfDocument:
    """เปิด PDF: the document, or `Unparsed` with the reason."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        code = getattr(fault, "err_code", None)
        raise Unparsed(_UNOPENED.get(code, _DAMAGED)) from fault


def _parsed(document: pypdfium2.PdfDocument, progress: Progress) -> ParsedFile:
    count, begun = len(document), process_time()
    if count == 0:
        raise Unparsed(_NO_PAGES)
    pages: list[ParsedPage] = []
    unread: list[tuple[int, str]] = []
    length, waits = 0, False
    for number in range(1, min(count, MOST_PAGES) + 1):
        if process_time() - begun > ENOUGH or length > MOST_IN_ALL:
            break
        so_far = ParsedFile(tuple(pages), notes_on(unread, beyond=(number, count)), waits)
        progress.begins(so_far, seconds=ONE_PAGE)
        page, fault, may_wait = _page_or_fault(document, number)
        length += len(page.text)
        if fault:
            if number == 1:
                raise Unparsed(fault, waits=may_wait)
            unread.append((number, fault))
            waits |= may_wait
        pages.append(page)
    return ParsedFile(tuple(pages), notes_on(unread, beyond=(len(pages) + 1, count)), waits)


def _page_or_fault(document: pypdfium2.PdfDocument, number: int) -> tuple[ParsedPage, str, bool]:
    """A page, why its text is not taken, and whether its picture may still tell."""
    try:
        page, fault = page_of(document, number)
    except pypdfium2.PdfiumError as broken:
        if number == 1:
            raise Unparsed(_DAMAGED) from broken
        return ParsedPage(""), _DAMAGED_PAGE, False
    except Unparsed as refused:
        return ParsedPage(""), refused.why, refused.waits
    return page, fault, bool(fault)


def page_of(document: pypdfium2.PdfDocument, number: int) -> tuple[ParsedPage, str]:
    """A page, and why its text is not taken; an empty sheet behind the first has no fault.

    Raises `PdfiumError` where it is damaged, `Unparsed` where it holds more than any page.
    """
    page = document[number - 1]
    try:
        glyphs, hidden = _glyphs(page)
        parsed = set_lines(glyphs)
        if parsed.text:
            on_picture = is_short(parsed.text) and _is_picture(page)
            fault = fault_of(parsed.text, is_first=number == 1, on_picture=on_picture)
        elif hidden:
            fault = "มีแต่ข้อความซ่อนที่เครื่องสแกนเดาไว้ใต้ภาพ"
        else:
            empty = number > 1 and raw.FPDFPage_CountObjects(page) == 0
            fault = "" if empty else "มีแต่ภาพ ไม่มีข้อความ"
        size = PageSize(*(round(side, 1) for side in page.get_size()))
        return replace(ParsedPage("") if fault else parsed, size=size), fault
    finally:
        page.close()


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture fills more than half of the page, as a scan does."""
    width, height = page.get_size()
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    for picture in islice(pictures, _MOST_PICTURES):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > width * height / 2:
            return True
    return False


def notes_on(
    unread: Sequence[tuple[int, str]], *, beyond: tuple[int, int] = (1, 0)
) -> tuple[str, ...]:
    """หมายเหตุ: which pages were not read and why; `beyond` are the first and last not even begun.

    A file may claim two thousand million pages, which nobody counts up.
    """
    notes = [
        f"หน้า {told_pages(number for number, _ in pages)} {fault} เครื่องจึงยังไม่ได้อ่าน"
        for fault, pages in groupby(unread, key=lambda one: one[1])
    ]
    first, last = beyond
    if first <= last:
        numbers = str(first) if first == last else f"{first:,}–{last:,}"
        notes.append(f"หน้า {numbers} {BEYOND} เครื่องจึงยังไม่ได้อ่าน กรุณาแยกหนังสือออกจากเอกสารแนบ")
    return tuple(notes)


def _glyphs(page: pypdfium2.PdfPage) -> tuple[list[Glyph], bool]:
    """What is drawn upright on a page; and whether there is text that nobody sees."""
    layer = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(layer)
        if count > MOST_ON_PAGE:
            raise Unparsed("มีข้อความในหน้าเดียวมากผิดปกติ จึงไม่อ่าน")
        return _joined(_told(page, layer, max(count, 0)))
    finally:
        layer.close()


def _told(
    page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, count: int
) -> Iterator[_Told | None]:
    """Each character with its origin, box and object; None for one that is not seen."""
    turn = raw.FPDFPage_GetRotation(page)
    paper = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, paper)
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    manners: dict[int, tuple[bool, bool]] = {}
    for index in range(count):
        drawn = raw.FPDFText_GetTextObject(layer, index)
        if not drawn:
            # A space or line end that the library made up: nobody drew it.
            continue
        which = ctypes.addressof(drawn.contents)
        if which not in manners:
            angle = raw.FPDFText_GetCharAngle(layer, index) + turn * pi / 2
            manners[which] = (
                raw.FPDFTextObj_GetTextRenderMode(drawn) not in _INVISIBLE,
                abs((angle + pi) % (2 * pi) - pi) <= _UPRIGHT,
            )
        is_visible, is_upright = manners[which]
        letter = _letter(raw.FPDFText_GetUnicode(layer, index))
        if not letter or not is_upright:
            continue
        if not is_visible:
            yield None
            continue
        raw.FPDFText_GetCharOrigin(layer, index, x, y)
        raw.FPDFText_GetLooseCharBox(layer, index, box)
        ends = [
            _seen_at(turn, paper, across, up)
            for across, up in ((box.left, box.bottom), (box.right, box.top))
        ]
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(*ends, strict=True))
        origin = _seen_at(turn, paper, x.value, y.value)
        yield letter, *origin, (left, top, right, bottom), which


def _letter(code: int) -> str:
    """A hyphen at the end of a line is told as 2, a sign whose meaning the file lacks as 0."""
    if code == 2:
        return "-"
    if code in (9, 10, 13, 0x85, 0x2028, 0x2029):
        return " "
    if 0 < code < 32:
        return ""
    known = code and not (0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code >= 0xFFFE)
    return chr(code) if known else "\ufffd"


def _seen_at(turn: int, paper: raw.FS_RECTF, x: float, y: float) -> tuple[float, float]:
    """From the file's own measure to points from the top left of the page as it is shown."""
    if turn == 1:
        return y - paper.bottom, x - paper.left
    if turn == 2:
        return paper.right - x, y - paper.bottom
    if turn == 3:
        return paper.top - y, paper.right - x
    return x - paper.left, paper.top - y


def _joined(told: Iterator[_Told | None]) -> tuple[list[Glyph], bool]:
    """Strokes that stand for several letters at once are opened to the width that they have.

    A program may say of one stroke what letters it stands for (“ActualText”). The library then
    gives all of them at the stroke's origin, and again for each mark that was set with care: what
    hangs back over the same letters is such an echo and is left out.
    """
    strokes: list[list[_Told]] = []
    hidden = False
    for one in told:
        if one is None:
            hidden = True
        elif strokes and strokes[-1][0][1:3] == one[1:3] and strokes[-1][0][4] == one[4]:
            strokes[-1].append(one)
        else:
            strokes.append([one])
    single = [_glyph(stroke[0]) for stroke in strokes if len(stroke) == 1]
    unit = letter_width(single)
    widths = _widths(single)
    glyphs: list[Glyph] = []
    lately: list[tuple[str, float]] = []
    for stroke in strokes:
        if len(stroke) == 1:
            glyphs.append(_glyph(stroke[0]))
            lately.append(("", 0.0))
            continue
        words = "".join(letter for letter, *_ in stroke)
        at = stroke[0][1]
        overhangs = min(box[0] for _, _, _, box, _ in stroke) < at - 0.05 * unit
        if overhangs and any(
            words == earlier and at <= right + 0.6 * unit
            for earlier, right in lately[-_REPEATED_WITHIN:]
        ):
            continue
        opened = _opened(stroke, widths, unit)
        glyphs += opened
        lately.append((words, opened[-1].right))
    return glyphs, hidden


def _glyph(told: _Told) -> Glyph:
    letter, left, baseline, box, _ = told
    # The box, and not the origin, where a program moves the pen after the letter.
    return Glyph(letter, min(max(left, box[0]), box[2]), box[2], baseline, box)


def _widths(glyphs: Sequence[Glyph]) -> dict[str, float]:
    by_letter: dict[str, list[float]] = {}
    for glyph in glyphs:
        by_letter.setdefault(glyph.text, []).append(glyph.right - glyph.left)
    return {letter: median(found) for letter, found in by_letter.items()}


def _opened(stroke: Sequence[_Told], widths: dict[str, float], unit: float) -> list[Glyph]:
    left, baseline = stroke[0][1:3]
    top = min(box[1] for _, _, _, box, _ in stroke)
    bottom = max(box[3] for _, _, _, box, _ in stroke)
    glyphs: list[Glyph] = []
    for letter, *_ in stroke:
        hanging = is_mark(letter)
        width = 0.0 if hanging else widths.get("า" if letter == "ำ" else letter, unit)
        if hanging and glyphs:
            box = glyphs[-1].box
        else:
            box = (left, min(top, baseline - 1.1 * unit), left + width, max(bottom, baseline))
        glyphs.append(Glyph(letter, box[0], box[2], baseline, box))
        left += width
    return glyphs
