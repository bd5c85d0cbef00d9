"""The process apart in which a page becomes a picture: bytes come in, one picture or sizes go out.

Knows no framework and no setting: a hostile file meets nothing here that is worth having.
"""

import io
import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any

DPI = 200
# The longer side of a page of paper at that fineness, with a margin; a poster gets no finer.
MOST_SIDE = 2400
MOST_DOTS = 120_000_000
MOST_PAGES = 300
MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 20
QUALITY = 62

DAMAGED = "ไฟล์ชำรุดหรือมาไม่ครบ จึงเปิดเป็นภาพไม่ได้"
LOCKED = "ไฟล์ถูกใส่รหัสผ่าน จึงเปิดเป็นภาพไม่ได้"
TOO_LARGE = "ภาพใหญ่เกินกว่าจะเปิดให้ดูได้"


class Undrawn(Exception):
    """วาดไม่ได้: why, as a Thai sentence; without one, where there is no such page."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


def main() -> None:
    """วาดหน้า: `pdf` or `picture`, then the number of a page, or 0 for the sizes of all."""
    kind, number = sys.argv[1], int(sys.argv[2])
    sizes, draw = _library(kind)
    _set_limits()
    content = sys.stdin.buffer.read()
    head: dict[str, Any] = {}
    picture = b""
    try:
        if number:
            head["media_type"], picture = draw(content, number)
        else:
            head["sizes"] = [[round(side, 2) for side in size] for size in sizes(content)]
    except Undrawn as fault:
        head = {"why": fault.why}
    except MemoryError:
        head = {"why": TOO_LARGE}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + picture)


_Sizes = Callable[[bytes], Iterator[tuple[float, float]]]
_Draw = Callable[[bytes, int], tuple[str, bytes]]


def _library(kind: str) -> tuple[_Sizes, _Draw]:
    # Loaded before memory is limited: libraries reserve more than they use.
    if kind == "pdf":
        import pypdfium2  # noqa: F401

        return pdf_sizes, draw_pdf
    from PIL import Image, ImageOps  # noqa: F401

    return picture_sizes, draw_picture


def pdf_sizes(content: bytes) -> Iterator[tuple[float, float]]:
    """ขนาดหน้า of a PDF, in points, as the pages are shown."""
    document = _opened_pdf(content)
    for number in range(min(len(document), MOST_PAGES)):
        yield document.get_page_size(number)


def draw_pdf(content: bytes, number: int) -> tuple[str, bytes]:
    """วาดหน้าของ PDF on white, at 200 dots to the inch."""
    import pypdfium2

    document = _opened_pdf(content)
    if not 1 <= number <= min(len(document), MOST_PAGES):
        raise Undrawn
    try:
        page = document[number - 1]
        scale = min(DPI / 72, MOST_SIDE / max(*page.get_size(), 1.0))
        bitmap = page.render(scale=scale, rev_byteorder=True)
    except pypdfium2.PdfiumError as fault:
        raise Undrawn(DAMAGED) from fault
    wide, high = bitmap.width, bitmap.height
    step = wide * bitmap.n_channels
    dots = bytes(bitmap.buffer)
    rows = [dots[at : at + step] for at in range(0, bitmap.stride * high, bitmap.stride)]
    try:
        from PIL import Image
    except ImportError:
        return "image/png", _png(rows, wide, bitmap.n_channels)
    mode = {1: "L", 3: "RGB", 4: "RGBX"}[bitmap.n_channels]
    return _packed(Image.frombytes(mode, (wide, high), b"".join(rows)).convert("RGB"))


def _opened_pdf(content: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Undrawn(LOCKED if locked else DAMAGED) from fault


def picture_sizes(content: bytes) -> Iterator[tuple[float, float]]:
    """ขนาดของภาพ, page by page: its shape alone, as nobody knows how many dots make a point."""
    with _opened_picture(content) as image:
        for _ in _frames(image):
            wide, high = image.size
            # As a camera says: from 5 on, the picture lies on its side.
            lies = image.getexif().get(0x0112, 1) >= 5
            wide, high = (high, wide) if lies else (wide, high)
            most = max(wide, high, 1)
            yield wide * 842 / most, high * 842 / most


def draw_picture(content: bytes, number: int) -> tuple[str, bytes]:
    """วาดภาพ the right way up as its camera says, on white."""
    from PIL import ImageOps

    with _opened_picture(content) as image:
        for at in _frames(image):
            if at != number:
                continue
            if image.width * image.height > MOST_DOTS:
                raise Undrawn(TOO_LARGE)
            try:
                image.draft("RGB", (MOST_SIDE, MOST_SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((MOST_SIDE, MOST_SIDE))
                return _packed(_on_white(upright))
            except (OSError, SyntaxError, ValueError) as fault:
                raise Undrawn(DAMAGED) from fault
    raise Undrawn


def _opened_picture(content: bytes) -> Any:
    from PIL import Image

    # The size is looked at before a single dot is opened.
    Image.MAX_IMAGE_PIXELS = None
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        pass
    else:
        register_heif_opener()
    try:
        return Image.open(io.BytesIO(content))
    except (OSError, SyntaxError, ValueError) as fault:
        raise Undrawn(DAMAGED) from fault


def _frames(image: Any) -> Iterator[int]:
    """The pages of a TIFF one after the other; of anything else, moving or not, the first."""
    count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    for number in range(1, min(count, MOST_PAGES) + 1):
        try:
            image.seek(number - 1)
        except (EOFError, OSError, ValueError):
            return
        yield number


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.mode in ("I;16", "I", "F"):
        low, high = image.getextrema()
        span = max(float(high) - float(low), 1.0)
        return image.point(lambda dot: (dot - low) * 255 / span).convert("L").convert("RGB")
    return image.convert("RGB")


def _packed(image: Any) -> tuple[str, bytes]:
    packed = io.BytesIO()
    image.save(packed, "WEBP", quality=QUALITY, method=2)
    return "image/webp", packed.getvalue()


def _png(rows: list[bytes], wide: int, channels: int) -> bytes:
    """A PNG made by hand, for machines without the packages that read pictures."""
    colours = {1: 0, 3: 2, 4: 6}[channels]
    dots = zlib.compress(b"".join(b"\x00" + row for row in rows), 6)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, len(rows), 8, colours, 0, 0, 0)),
        (b"IDAT", dots),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def _set_limits() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the time that the parent gives must do.
        return
    for which, most in (
        ("RLIMIT_AS", MOST_MEMORY),
        ("RLIMIT_CPU", MOST_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        try:
            limit = getattr(resource, which)
            _, hard = resource.getrlimit(limit)
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            resource.setrlimit(limit, (most, most))
        except (AttributeError, ValueError, OSError):
            # macOS knows some of them by name only.
            continue


if __name__ == "__main__":
    main()
