"""A copy of a file in which covered places are gone: pictures of its pages in a bare PDF.

As a program it is the process apart that draws; the first line that comes in is JSON.
"""

import io
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thamthan.records.drawing import (
    MOST_PAGES,
    TOO_LARGE,
    Undrawn,
    draw_pdf,
    draw_picture,
    pdf_sizes,
    picture_sizes,
    set_limits,
)

if TYPE_CHECKING:
    from thamthan.records.models import StoredFile

_QUALITY = 80
# A little more than was drawn, so that no edge of a letter shows.
_MARGIN = 2
_BLACK = (0, 0, 0)


def redacted(file: "StoredFile", boxes: Sequence[Sequence[float]]) -> bytes:
    """สำเนาปิดทับเป็น PDF: boxes are page, left, top, right, bottom in parts of the page."""
    from thamthan.errors import Refused
    from thamthan.records.pictures import can_draw, drawn_apart
    from thamthan.records.queries import content_of

    if not can_draw(file):
        raise Refused(
            "ไฟล์ชนิดนี้ปิดทับไม่ได้ ทำได้กับ PDF และภาพ โปรดแปลงเป็น PDF ก่อน",
            code="not_drawn",
            status=422,
        )
    kind = "pdf" if file.media_type == "application/pdf" else "picture"
    asked = json.dumps({"kind": kind, "boxes": [list(box) for box in boxes]}).encode()
    head, content = drawn_apart("redaction", given=asked + b"\n" + content_of(file))
    if head.get("why") or not content:
        raise Refused(
            f"{head.get('why') or 'ทำสำเนาไม่ได้'} ยังไม่ได้ทำสำเนา", code="undrawn", status=422
        )
    return content


def main() -> None:
    """วาดทุกหน้าเป็นภาพแล้วปิดทับ."""
    import pikepdf  # noqa: F401
    import pypdfium2  # noqa: F401
    from PIL import Image, ImageDraw  # noqa: F401

    set_limits()
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    head: dict[str, Any] = {}
    made = b""
    try:
        made = _made(content, asked)
    except Undrawn as fault:
        head = {"why": fault.why or "ไม่พบหน้าที่จะปิดทับ"}
    except MemoryError:
        head = {"why": TOO_LARGE}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + made)


def _made(content: bytes, asked: dict[str, Any]) -> bytes:
    import pikepdf

    is_pdf = asked["kind"] == "pdf"
    sizes = list(pdf_sizes(content) if is_pdf else picture_sizes(content))
    if not sizes or len(sizes) >= MOST_PAGES:
        raise Undrawn("ไฟล์มีหน้ามากเกินไป โปรดแบ่งไฟล์")
    if max(int(box[0]) for box in asked["boxes"]) > len(sizes):
        raise Undrawn
    draw = draw_pdf if is_pdf else draw_picture
    made = pikepdf.new()
    for number, (wide, high) in enumerate(sizes, start=1):
        _, picture = draw(content, number)
        boxes = [box[1:] for box in asked["boxes"] if int(box[0]) == number]
        _add_page(made, _covered(picture, boxes), wide, high)
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()


def _covered(picture: bytes, boxes: list[list[float]]) -> Any:
    """The picture with its places painted over, dots and all, and nothing else taken along."""
    from PIL import Image, ImageDraw

    with Image.open(io.BytesIO(picture)) as opened:
        image = Image.new("RGB", opened.size, "white")
        image.paste(opened.convert("RGB"))
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        corners = (
            left * image.width - _MARGIN,
            top * image.height - _MARGIN,
            right * image.width + _MARGIN,
            bottom * image.height + _MARGIN,
        )
        pen.rectangle(corners, fill=_BLACK)
    return image


def _add_page(made: Any, image: Any, wide: float, high: float) -> None:
    import pikepdf

    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=_QUALITY)
    stream = made.make_stream(packed.getvalue())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.width, image.height
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    stream.Filter = pikepdf.Name.DCTDecode
    page = made.add_blank_page(page_size=(wide, high))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=stream))
    page.Contents = made.make_stream(f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Page Do Q".encode())


if __name__ == "__main__":
    main()
