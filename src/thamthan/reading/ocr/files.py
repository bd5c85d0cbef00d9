"""Scanned PDFs and pictures become pages; runs only in the child process (see `child`)."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from thamthan.reading.model import PageSize
from thamthan.reading.parsed import ParsedFile, ParsedPage, Unparsed

if TYPE_CHECKING:
    from thamthan.reading.ocr.page import RecognisedPage

# Enough for the best scans; finer ones are made coarser before anything else is done.
DPI = 200
MOST_DOTS = 120_000_000
MOST_PAGES = 20
# Seconds after which no further page is begun, so that what was read is not lost.
ENOUGH = 150.0

_DAMAGED = "ชำรุดหรือมาไม่ครบ จึงเปิดเป็นภาพไม่ได้ กรุณาส่งไฟล์ใหม่"
_TOO_LARGE = "เป็นภาพที่ใหญ่เกินกว่าจะอ่านได้ กรุณาย่อภาพแล้วส่งใหม่"


def parse_scan(content: bytes) -> ParsedFile:
    """อ่าน PDF ที่เป็นภาพ: pages with a text layer to trust keep it, the others are recognised.

    Raises `Unparsed` for what is no PDF; a page that cannot be read is left empty, with a note.
    """
    import pypdfium2

    from thamthan.reading.portable import open_pdf, page_of

    document = open_pdf(content)
    try:
        return _collected(_pdf_pages(document, page_of, pypdfium2.PdfiumError))
    finally:
        document.close()


def parse_picture(content: bytes) -> ParsedFile:
    """อ่านภาพ: every page of a picture file, the right way up as its camera says."""
    return _collected(_picture_pages(content))


def warm_up() -> None:
    """เตรียมเครื่องอ่าน: loads the libraries while memory is not yet limited."""
    import pypdfium2  # noqa: F401

    from thamthan.reading.ocr import page  # noqa: F401


_Found = tuple[ParsedPage, str, tuple[str, ...]]


def _collected(found: Iterator[_Found]) -> ParsedFile:
    pages: list[ParsedPage] = []
    unread: list[tuple[int, str]] = []
    notes: list[str] = []
    for number, (page, fault, told) in enumerate(found, start=1):
        pages.append(page)
        if fault:
            unread.append((number, fault))
        notes += [f"หน้า {number} {note}" for note in told]
    if not any(page.text for page in pages):
        why = unread[0][1] if unread else "ไม่มีข้อความที่อ่านได้"
        raise Unparsed(why, waits=True)
    for fault, group in groupby(unread, key=lambda one: one[1]):
        notes.append(
            f"หน้า {', '.join(str(number) for number, _ in group)} {fault} เครื่องจึงยังไม่ได้อ่าน"
        )
    return ParsedFile(tuple(pages), tuple(notes))


def _pdf_pages(document: Any, page_of: Any, failure: type[Exception]) -> Iterator[_Found]:
    import numpy as np

    from thamthan.reading.ocr.page import recognise

    begun, done = time.monotonic(), 0
    for number in range(1, len(document) + 1):
        parsed, fault = page_of(document, number)
        if not fault:
            yield parsed, "", ()
            continue
        if done >= MOST_PAGES or time.monotonic() - begun > ENOUGH:
            yield parsed, "เป็นภาพและอยู่เกินจำนวนหน้าที่อ่านให้ได้ในคราวเดียว", ()
            continue
        done += 1
        page = document[number - 1]
        try:
            wide, high = page.get_size()
            scale = min(DPI / 72, 3600 / max(wide, high, 1.0))
            picture = np.array(page.render(scale=scale).to_pil().convert("RGB"))
        except failure:
            yield parsed, "เปิดเป็นภาพไม่ได้", ()
            continue
        finally:
            page.close()
        found, fault, notes = _found(recognise(picture, dpi=72 * scale))
        yield replace(found, size=parsed.size), fault, notes


def _picture_pages(content: bytes) -> Iterator[_Found]:
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    from thamthan.reading.ocr.page import recognise

    # The size is looked at before a single dot is opened.
    Image.MAX_IMAGE_PIXELS = None
    _know_heic()
    begun = time.monotonic()
    try:
        with Image.open(io.BytesIO(content)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if frame.width * frame.height > MOST_DOTS:
                    raise Unparsed(_TOO_LARGE)
                if number >= MOST_PAGES or time.monotonic() - begun > ENOUGH:
                    yield ParsedPage(""), "อยู่เกินจำนวนหน้าที่อ่านให้ได้ในคราวเดียว", ()
                    return
                frame.draft("RGB", (3600, 3600))
                upright = ImageOps.exif_transpose(frame)
                dpi = _dpi(frame.info.get("dpi"), upright.width / max(frame.width, 1))
                picture = np.array(_on_white(upright))
                yield _found(recognise(picture, dpi=dpi))
                if image.format not in ("TIFF",):
                    return
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise Unparsed(_DAMAGED) from fault


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


def _found(read: "RecognisedPage") -> _Found:
    size = PageSize(round(read.width, 1), round(read.height, 1))
    if not read.text.strip():
        return (
            ParsedPage("", size=size, marks=read.marks),
            "เป็นภาพที่ไม่มีข้อความพิมพ์ให้อ่าน",
            (),
        )
    places = [(at, at + 1, *box) for at, box in enumerate(read.boxes) if box is not None]
    notes = ("อ่านจากภาพ กรุณาเทียบกับต้นฉบับ", *read.notes)
    page = ParsedPage(
        read.text, tuple(places), read.certainty, read.doubted, size=size, marks=read.marks
    )
    return page, "", notes
