"""The process apart in which a stamp is laid on a copy of a file: bytes come in, a PDF goes out.

Knows no framework and no setting, as `drawing` does. Standard input: one line of JSON (`kind`,
`page`, `left`, `top` in shares of the page as it is shown, `stamp` the length of the stamp's PDF),
then the stamp, then the file. Standard output: one line of JSON, then the PDF.
"""

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

from thamthan.records.drawing import (
    DAMAGED,
    LOCKED,
    MOST_DOTS,
    TOO_LARGE,
    Undrawn,
    frames,
    on_white,
    opened_picture,
    set_limits,
)

# The longer side of a picture's page in points: A4, as the page shows it.
LONG_SIDE = 842.0
MOST_SIDE = 3508
QUALITY = 85


@dataclass(frozen=True, slots=True)
class Frame:
    """กรอบของหน้า: the box that is shown, in the page's own measure, and how it is turned."""

    left: float
    bottom: float
    wide: float
    high: float
    turned: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as the reader sees them."""
        return (self.high, self.wide) if self.turned in (90, 270) else (self.wide, self.high)

    def place(
        self, left: float, top: float, wide: float, high: float
    ) -> tuple[float, float, float, float]:
        """A box given from the upper left of what is shown, as lower left and upper right."""
        right, foot = left + wide, top + high
        corners = {
            0: (left, self.high - foot, right, self.high - top),
            90: (top, left, foot, right),
            180: (self.wide - right, top, self.wide - left, foot),
            270: (self.wide - foot, self.high - right, self.wide - top, self.high - left),
        }[self.turned]
        x, y, far_x, far_y = corners
        return (x + self.left, y + self.bottom, far_x + self.left, far_y + self.bottom)


def main() -> None:
    """วางตราบนสำเนา."""
    import pikepdf  # noqa: F401 – loaded before memory is limited
    from PIL import Image, ImageOps  # noqa: F401

    set_limits()
    head = json.loads(sys.stdin.buffer.readline())
    stamp = sys.stdin.buffer.read(int(head["stamp"]))
    content = sys.stdin.buffer.read()
    told: dict[str, Any] = {}
    made = b""
    try:
        if head["kind"] == "picture":
            content = picture_as_pdf(content)
        made = overlaid(content, stamp, page=int(head["page"]), left=head["left"], top=head["top"])
    except Undrawn as fault:
        told = {"why": fault.why}
    except MemoryError:
        told = {"why": TOO_LARGE}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)


def overlaid(content: bytes, stamp: bytes, *, page: int, left: float, top: float) -> bytes:
    """สำเนาที่ประทับตรา: a new PDF; the stamp keeps its size and stays within the page."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as copy, pikepdf.open(io.BytesIO(stamp)) as seal:
            if not 1 <= page <= len(copy.pages):
                raise Undrawn
            under, over = copy.pages[page - 1], seal.pages[0]
            frame = frame_of(under)
            box = [float(side) for side in over.mediabox]
            room_wide, room_high = frame.shown
            wide, high = min(box[2] - box[0], room_wide), min(box[3] - box[1], room_high)
            at_left = min(max(left, 0.0) * room_wide, room_wide - wide)
            at_top = min(max(top, 0.0) * room_high, room_high - high)
            where = frame.place(at_left, at_top, wide, high)
            under.add_overlay(over, pikepdf.Rectangle(*where))
            made = io.BytesIO()
            copy.save(made, deterministic_id=True)
            return made.getvalue()
    except pikepdf.PasswordError as fault:
        raise Undrawn(LOCKED) from fault
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as fault:
        raise Undrawn(DAMAGED) from fault


def frame_of(page: Any) -> Frame:
    """The box of a page that viewers show, and by how many degrees they turn it."""
    media = _sides(page.mediabox)
    crop = _sides(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = media
    node, turned = page.obj, None
    for _ in range(50):
        if node is None or turned is not None:
            break
        turned, node = node.get("/Rotate"), node.get("/Parent")
    return Frame(left, bottom, right - left, top - bottom, int(turned or 0) % 360 // 90 * 90)


def _sides(box: Any) -> tuple[float, float, float, float]:
    x, y, far_x, far_y = (float(side) for side in box)
    return min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y)


def picture_as_pdf(content: bytes) -> bytes:
    """ภาพเป็น PDF: a page for each, the right way up, as long as A4 is."""
    import pikepdf
    from PIL import ImageOps

    with opened_picture(content) as image, pikepdf.new() as book:
        for _ in frames(image):
            if image.width * image.height > MOST_DOTS:
                raise Undrawn(TOO_LARGE)
            try:
                upright = on_white(ImageOps.exif_transpose(image))
                upright.thumbnail((MOST_SIDE, MOST_SIDE))
                packed = io.BytesIO()
                upright.save(packed, "JPEG", quality=QUALITY)
            except (OSError, SyntaxError, ValueError) as fault:
                raise Undrawn(DAMAGED) from fault
            _add_page(book, packed.getvalue(), upright)
        if not book.pages:
            raise Undrawn(DAMAGED)
        made = io.BytesIO()
        book.save(made, deterministic_id=True)
        return made.getvalue()


def _add_page(book: Any, jpeg: bytes, image: Any) -> None:
    from pikepdf import Array, Dictionary, Name, Stream

    scale = LONG_SIDE / max(image.size)
    wide, high = image.width * scale, image.height * scale
    picture = Stream(
        book,
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )
    book.add_blank_page(page_size=(wide, high))
    page = book.pages[-1]
    page.obj.MediaBox = Array([0, 0, wide, high])
    page.obj.Resources = Dictionary(XObject=Dictionary(Picture=picture))
    page.obj.Contents = Stream(book, f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Picture Do Q".encode())


if __name__ == "__main__":
    main()
