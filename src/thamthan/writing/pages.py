"""Pages of a paper of our own making as pictures, quick enough to be seen while it is written."""

import io
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
    from PIL import Image

    bitmap = page.render(scale=width / max(page.get_width(), 1.0), rev_byteorder=True)
    wide, high, channels = bitmap.width, bitmap.height, bitmap.n_channels
    dots = bytes(bitmap.buffer)
    mode = {1: "L", 3: "RGB", 4: "RGBX"}[channels]
    image = Image.frombytes(mode, (wide, high), dots, "raw", mode, bitmap.stride)
    stream = io.BytesIO()
    # A page of print has few colours; a third of the weight, and nobody sees it.
    image.convert("RGB").quantize(24, method=Image.Quantize.FASTOCTREE).save(stream, "PNG")
    return stream.getvalue()


def page_texts(pdf: bytes) -> list[str]:
    """ข้อความของแต่ละหน้า of a PDF that this program wrote itself, as its text layer tells it."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [document[at].get_textpage().get_text_range() for at in range(len(document))]
        finally:
            document.close()
