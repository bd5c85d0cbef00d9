"""The process apart that draws a watermark over a picture or over every page of a PDF.

Knows no framework and no setting. The first line that comes in is JSON: the kind, the words, and
the files of letters to draw them with; the rest are the bytes.
"""

import io
import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from thamthan.records.drawing import DAMAGED, LOCKED, MOST_SIDE, TOO_LARGE, Undrawn, set_limits

# What machines have, where the product's own letters are not at hand.
_ELSEWHERE = (
    "/usr/share/fonts/truetype/tlwg/Garuda.ttf",
    "C:/Windows/Fonts/tahoma.ttf",
    "/System/Library/Fonts/Supplemental/Ayuthaya.ttf",
)
_THAI = range(0x0E00, 0x0E80)
_SHADE = 95
_COLOUR = (160, 0, 0)
_TILT = 28


def main() -> None:
    """ใส่ลายน้ำ: `pdf` or `picture`; what comes out is of the same kind."""
    import pikepdf  # noqa: F401
    from PIL import Image, ImageDraw, ImageFont  # noqa: F401

    set_limits()
    line = sys.stdin.buffer.readline()
    content = sys.stdin.buffer.read()
    asked: dict[str, Any] = json.loads(line)
    head: dict[str, Any] = {}
    marked = b""
    try:
        if asked["kind"] == "pdf":
            head["media_type"], marked = "application/pdf", _marked_pdf(content, asked)
        else:
            head["media_type"], marked = "image/webp", _marked_picture(content, asked)
    except Undrawn as fault:
        head = {"why": fault.why}
    except MemoryError:
        head = {"why": TOO_LARGE}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + marked)


def _marked_picture(content: bytes, asked: dict[str, Any]) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content)) as opened:
            image = ImageOps.exif_transpose(opened)
            image.thumbnail((MOST_SIDE, MOST_SIDE))
            image = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as fault:
        raise Undrawn(DAMAGED) from fault
    marked = Image.alpha_composite(image, _mark(image.width, image.height, asked))
    packed = io.BytesIO()
    marked.convert("RGB").save(packed, "WEBP", quality=62, method=2)
    return packed.getvalue()


def _marked_pdf(content: bytes, asked: dict[str, Any]) -> bytes:
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as fault:
        raise Undrawn(LOCKED) from fault
    except pikepdf.PdfError as fault:
        raise Undrawn(DAMAGED) from fault
    drawn: dict[tuple[int, int], Any] = {}
    for page in document.pages:
        left, low, right, high = (float(side) for side in page.mediabox)
        wide, tall = abs(right - left), abs(high - low)
        if wide < 1 or tall < 1:
            raise Undrawn(DAMAGED)
        size = (round(wide), round(tall))
        if size not in drawn:
            drawn[size] = document.make_indirect(_stamp(document, *size, asked))
        name = page.add_resource(drawn[size], pikepdf.Name.XObject)
        place = f"q {wide:.2f} 0 0 {tall:.2f} {min(left, right):.2f} {min(low, high):.2f} cm"
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"Q\n{place} {name} Do Q\n".encode())
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _stamp(document: Any, wide: int, high: int, asked: dict[str, Any]) -> Any:
    """The watermark of a page of that size as a picture that lets the page through."""
    import pikepdf

    # A hundred dots to the inch are enough for large letters.
    scale = min(100 / 72, MOST_SIDE / max(wide, high))
    mark = _mark(max(1, round(wide * scale)), max(1, round(high * scale)), asked)
    shade = document.make_stream(mark.getchannel("A").tobytes())
    picture = document.make_stream(bytes(_COLOUR) * (mark.width * mark.height))
    for stream, space in ((shade, "/DeviceGray"), (picture, "/DeviceRGB")):
        stream.Type = pikepdf.Name.XObject
        stream.Subtype = pikepdf.Name.Image
        stream.Width, stream.Height = mark.width, mark.height
        stream.BitsPerComponent = 8
        stream.ColorSpace = pikepdf.Name(space)
    picture.SMask = document.make_indirect(shade)
    return picture


def _mark(wide: int, high: int, asked: dict[str, Any]) -> Any:
    """The words again and again across a sheet of that size, slanting, nothing between them."""
    from PIL import Image, ImageDraw

    size = max(12, round(min(wide, high) / 34))
    fonts = _fonts(asked["fonts"], size)
    lines = [str(line) for line in asked["lines"]]
    long = max(sum(font.getlength(run) for run, font in _runs(line, fonts)) for line in lines)
    step = round(size * 1.6)
    side = round((wide**2 + high**2) ** 0.5) + step
    sheet = Image.new("RGBA", (side, side), (*_COLOUR, 0))
    pen = ImageDraw.Draw(sheet)
    block = step * (len(lines) + 4)
    for row, top in enumerate(range(0, side, block)):
        shift = round(long * 0.6) if row % 2 else 0
        for start in range(-shift, side, round(long) + size * 5):
            for number, line in enumerate(lines):
                at = float(start)
                for run, font in _runs(line, fonts):
                    pen.text((at, top + number * step), run, font=font, fill=(*_COLOUR, _SHADE))
                    at += font.getlength(run)
    turned = sheet.rotate(_TILT, resample=Image.Resampling.BILINEAR)
    left, top = (side - wide) // 2, (side - high) // 2
    return turned.crop((left, top, left + wide, top + high))


def _fonts(paths: list[str], size: int) -> tuple[Any, Any]:
    """Letters for Thai and for everything else."""
    from PIL import ImageFont

    own = [Path(path) for path in paths]
    if len(own) == 2 and all(path.is_file() for path in own):
        return ImageFont.truetype(own[0], size), ImageFont.truetype(own[1], size)
    for path in _ELSEWHERE:
        if Path(path).is_file():
            font = ImageFont.truetype(path, size)
            return font, font
    raise Undrawn("เครื่องนี้ไม่มีแบบอักษรไทยสำหรับลายน้ำ โปรดแจ้งผู้ดูแลระบบ")


def _runs(line: str, fonts: tuple[Any, Any]) -> list[tuple[str, Any]]:
    return [
        ("".join(run), fonts[0] if is_thai else fonts[1])
        for is_thai, run in groupby(line, key=lambda sign: ord(sign) in _THAI)
    ]


if __name__ == "__main__":
    main()
