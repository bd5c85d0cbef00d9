"""Scanned PDFs and pictures become pages; runs only in the child process (see `child`)."""

import io
import struct
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any, Protocol

from thamthan.limits import TookTooLong, within
from thamthan.reading.model import PageSize
from thamthan.reading.parsed import ParsedFile, ParsedPage, Progress, Unparsed
from thamthan.reading.portable import BEYOND, notes_on, open_pdf, page_of

if TYPE_CHECKING:
    from thamthan.reading.ocr.page import RecognisedPage

# Enough for the best scans; finer ones are made coarser before anything else is done.
DPI = 200
MOST_ALONG = 3600
MOST_DOTS = 120_000_000
MOST_PAGES = 20
MOST_PAGES_IN_FILE = 300
_MOST_COUNTED = 1_000_000
# Seconds of computing after which no further page is begun, so that what was read is not lost.
ENOUGH = 150.0
# The same for a file of more pages than are counted: a book, in front of which a letter may stand.
ENOUGH_OF_A_BOOK = 12.0
# Seconds of computing. A page of print takes about two, on a slow machine six; where one takes the
# first number, its file is no letter, and no further page of it is begun. What does not heed it,
# the second ends. With all that comes before, a file that hurts is refused within half a minute.
ONE_PAGE = 15.0
ONE_PAGE_AT_MOST = 18.0

# Other formats that the library knows run programs, or hold whole documents.
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "HEIF", "AVIF")

_DAMAGED = "ชำรุดหรือมาไม่ครบ จึงเปิดเป็นภาพไม่ได้ กรุณาส่งไฟล์ใหม่"
_DAMAGED_PAGE = "ชำรุด จึงเปิดเป็นภาพไม่ได้"
_TOO_LARGE = "เป็นภาพที่ใหญ่เกินกว่าจะอ่านได้ กรุณาย่อภาพแล้วส่งใหม่"
_TOO_SLOW = "เป็นภาพที่ใช้เวลาอ่านนานผิดปกติ จึงหยุดอ่าน"
_TOO_HARD = "เป็นภาพที่ทำให้เครื่องอ่านหยุดกลางคัน"


def parse_scan(content: bytes, progress: Progress | None = None) -> ParsedFile:
    """อ่าน PDF ที่เป็นภาพ: pages with a text layer to trust keep it, the others are recognised.

    Raises `Unparsed` for what is no PDF; a page that cannot be read is left empty, with a note.
    """
    document = open_pdf(content)
    try:
        return _collected(_PdfPages(document), progress or Progress())
    finally:
        document.close()


def parse_picture(content: bytes, progress: Progress | None = None) -> ParsedFile:
    """อ่านภาพ: every page of a picture file, the right way up as its camera says."""
    return _collected(_PicturePages(content), progress or Progress())


def warm_up() -> None:
    """เตรียมเครื่องอ่าน: loads the libraries while memory is not yet limited.

    One page is read on one core, so that letters read side by side do not take turns on it; and
    threads would not live on in the copies of a process that is kept.
    """
    import cv2
    import pypdfium2  # noqa: F401

    from thamthan.reading.ocr import page  # noqa: F401

    cv2.setNumThreads(1)


# A page, why it was not read, and what a person should know of it.
_Found = tuple[ParsedPage, str, tuple[str, ...]]


class _Picture(Protocol):
    """A picture that is not opened before it is asked for its dots; `why` it is looked at."""

    why: str

    def dots(self) -> tuple[Any, float | None]:
        """The dots, and how many stand on an inch; raises whatever its library raises."""


class _Source(Protocol):
    """The pages of a file; `page` gives one that needs no recognising, or its picture."""

    count: int

    def page(self, number: int) -> "_Found | _Picture": ...


def _collected(source: _Source, progress: Progress) -> ParsedFile:
    pages: list[ParsedPage] = []
    unread: list[tuple[int, str]] = []
    told: list[str] = []
    begun, looked_at = time.process_time(), 0
    enough = ENOUGH if source.count <= MOST_PAGES_IN_FILE else ENOUGH_OF_A_BOOK
    for number in range(1, min(source.count, MOST_PAGES_IN_FILE) + 1):
        if time.process_time() - begun > enough or any(fault == _TOO_SLOW for _, fault in unread):
            break
        beyond = notes_on(unread, beyond=(number, source.count))
        so_far = ParsedFile(tuple(pages), (*told, *beyond))
        progress.begins(so_far, seconds=ONE_PAGE_AT_MOST)
        found = source.page(number)
        if not isinstance(found, tuple):
            looked_at += 1
            is_beyond = looked_at > MOST_PAGES
            found = (ParsedPage(""), BEYOND, ()) if is_beyond else _recognised(found)
        page, fault, notes = found
        pages.append(page)
        if fault:
            unread.append((number, fault))
        told += [f"หน้า {number} {note}" for note in notes]
    if not any(page.text for page in pages):
        why = unread[0][1] if unread else "ไม่มีข้อความที่อ่านได้"
        raise Unparsed(why, waits=why != _DAMAGED)
    beyond = notes_on(unread, beyond=(len(pages) + 1, source.count))
    return ParsedFile(tuple(pages), (*told, *beyond))


def _recognised(picture: _Picture) -> _Found:
    """What stands on the picture; whatever it does, the pages before it are not lost."""
    from thamthan.reading.ocr.page import recognise

    try:
        with within(ONE_PAGE):
            try:
                dots, dpi = picture.dots()
            except Unparsed as refused:
                return ParsedPage(""), refused.why, ()
            except (MemoryError, Exception):
                # A library meets a broken picture with whatever the broken part happens to raise.
                return ParsedPage(""), _DAMAGED_PAGE, ()
            return _found(recognise(dots, dpi=dpi), picture.why)
    except TookTooLong:
        return ParsedPage(""), _TOO_SLOW, ()
    except (MemoryError, Exception):
        sys.stderr.write(traceback.format_exc(limit=-3))
        return ParsedPage(""), _TOO_HARD, ()


class _PdfPages:
    """The pages of a PDF."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.count = len(document)

    def page(self, number: int) -> "_Found | _Picture":
        import pypdfium2

        try:
            parsed, fault = page_of(self._document, number)
        except pypdfium2.PdfiumError:
            return ParsedPage(""), _DAMAGED_PAGE, ()
        except Unparsed as refused:
            return ParsedPage(""), refused.why, ()
        return _PdfPicture(self._document, number, fault) if fault else (parsed, "", ())


class _PdfPicture:
    """A page of a PDF as it is seen."""

    def __init__(self, document: Any, number: int, why: str) -> None:
        self._document, self._number, self.why = document, number, why

    def dots(self) -> tuple[Any, float | None]:
        import numpy as np

        page = self._document[self._number - 1]
        try:
            wide, high = page.get_size()
            scale = min(DPI / 72, MOST_ALONG / max(wide, high, 1.0))
            return np.array(page.render(scale=scale).to_pil().convert("RGB")), 72 * scale
        finally:
            page.close()


class _PicturePages:
    """The pages of a picture file; but for TIFF the first picture is the page."""

    def __init__(self, content: bytes) -> None:
        from PIL import Image

        # The size is looked at before a single dot is opened.
        Image.MAX_IMAGE_PIXELS = None
        _know_heic()
        try:
            self._image = Image.open(io.BytesIO(content), formats=_FORMATS)
            self.count = _tiff_pages(content) if self._image.format == "TIFF" else 1
        except (MemoryError, Exception) as fault:
            raise Unparsed(_DAMAGED) from fault

    def page(self, number: int) -> _Picture:
        return _Frame(self._image, number)


def _tiff_pages(content: bytes) -> int:
    """How many pages a TIFF has: its directories, each of which tells where the next one stands.

    Only their places are looked at, so that a broken page behind whole ones counts, and a
    directory that leads back to itself is the end.
    """
    order = "<" if content[:2] == b"II" else ">"
    is_big = content[2:4] in (b"+\x00", b"\x00+")
    number, entry, link = ("Q", 20, "Q") if is_big else ("H", 12, "I")
    first = 8 if is_big else 4
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(order + link, content, first)
        while at and at not in seen and len(seen) < _MOST_COUNTED:
            (entries,) = struct.unpack_from(order + number, content, at)
            seen.add(at)
            behind = at + struct.calcsize(order + number) + entries * entry
            (at,) = struct.unpack_from(order + link, content, behind)
    except (struct.error, OverflowError):
        pass
    return max(len(seen), 1)


class _Frame:
    """A picture of a picture file."""

    why = ""

    def __init__(self, image: Any, number: int) -> None:
        self._image, self._number = image, number

    def dots(self) -> tuple[Any, float | None]:
        import numpy as np
        from PIL import ImageOps

        frame = self._image
        frame.seek(self._number - 1)
        if frame.width * frame.height > MOST_DOTS:
            raise Unparsed(_TOO_LARGE)
        most = max(*frame.size, 1)
        frame.draft("RGB", (MOST_ALONG, MOST_ALONG))
        upright = ImageOps.exif_transpose(frame)
        # Opened coarser, it has fewer dots on an inch; turned, it has as many.
        dpi = _dpi(frame.info.get("dpi"), max(upright.size) / most)
        return np.array(_on_white(upright)), dpi


def _know_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return
    register_heif_opener()


def _on_white(image: Any) -> Any:
    """The picture in colours, with white paper where it is transparent."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    if image.mode in ("I;16", "I", "F"):
        import numpy as np

        dots = np.asarray(image, dtype=np.float64)
        most = max(float(dots.max(initial=1)), 1.0)
        return Image.fromarray((dots / most * 255).astype(np.uint8)).convert("RGB")
    return image.convert("RGB")


def _dpi(told: Any, part: float) -> float | None:
    """The dots per inch, where a scanner has told them; cameras tell anything."""
    try:
        dpi = float(told[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return dpi * min(part, 1.0) if 100 <= dpi <= 1200 else None


def _found(read: "RecognisedPage", why: str) -> _Found:
    size = PageSize(round(read.width, 1), round(read.height, 1))
    if not read.text.strip():
        return (
            ParsedPage("", size=size, marks=read.marks),
            "เป็นภาพที่ไม่มีข้อความพิมพ์ให้อ่าน",
            (),
        )
    places = [(at, at + 1, *box) for at, box in enumerate(read.boxes) if box is not None]
    because = f"{why} จึง" if why else ""
    notes = (f"{because}อ่านจากภาพ กรุณาเทียบกับต้นฉบับ", *read.notes)
    page = ParsedPage(
        read.text, tuple(places), read.certainty, read.doubted, size=size, marks=read.marks
    )
    return page, "", notes
