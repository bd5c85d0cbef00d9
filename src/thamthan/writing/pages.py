"""Pages of a paper of our own making as pictures, quick enough to be seen while it is written."""

import io
import struct
import zlib
from threading import Lock
from typing import Any

# The library that draws is not made for several threads at once.
_ONE_AT_A_TIME = Lock()
MOST_PAGES = 30


def page_pictures(pdf: bytes, *, width: int = 820) -> list[bytes]:
    """ภาพของทุกหน้า (PNG) of a PDF that this program wrote itself; none from outside comes here."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_drawn(document[at], width) for at in range(min(len(document), MOST_PAGES))]
        finally:
            document.close()


def _drawn(page: Any, width: int) -> bytes:
    bitmap = page.render(scale=width / max(page.get_width(), 1.0), rev_byteorder=True)
    wide, high, channels = bitmap.width, bitmap.height, bitmap.n_channels
    dots = bytes(bitmap.buffer)
    try:
        from PIL import Image
    except ImportError:
        return _png(dots, wide, high, channels, bitmap.stride)
    mode = {1: "L", 3: "RGB", 4: "RGBX"}[channels]
    image = Image.frombytes(mode, (wide, high), dots, "raw", mode, bitmap.stride)
    stream = io.BytesIO()
    # A page of print has few colours; a third of the weight, and nobody sees it.
    image.convert("RGB").quantize(24, method=Image.Quantize.FASTOCTREE).save(stream, "PNG")
    return stream.getvalue()


def _png(dots: bytes, wide: int, high: int, channels: int, stride: int) -> bytes:
    kept = min(channels, 3)
    rows = []
    for at in range(0, stride * high, stride):
        row = dots[at : at + wide * channels]
        if channels == 4:
            row = b"".join(row[one : one + 3] for one in range(0, len(row), 4))
        rows.append(b"\x00" + row)
    head = struct.pack(">IIBBBBB", wide, high, 8, 0 if kept == 1 else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
