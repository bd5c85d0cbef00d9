"""The pictures that offices give: what may be drawn, and what is refused before it is tried."""

from io import BytesIO
from typing import Literal

from thamthan.errors import Refused

Kind = Literal["png", "jpg", "svg"]

_LARGEST = 8 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_STARTS: tuple[tuple[bytes, Kind], ...] = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


def picture_kind(content: bytes) -> Kind:
    """ชนิดของภาพ: of a PNG, JPEG or SVG that can be drawn; all else is refused."""
    if len(content) > _LARGEST:
        raise _refused("ไฟล์ภาพตราใหญ่เกิน 8 MB ให้ย่อภาพก่อน")
    kind = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if kind is not None:
        _check_pixels(content)
        return kind
    if b"<svg" in content[:4096]:
        return "svg"
    raise _refused("ไฟล์ภาพตราต้องเป็น PNG, JPEG หรือ SVG ให้แปลงไฟล์ก่อน")


def _check_pixels(content: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _refused("ภาพตรามีจุดภาพมากเกินไป ให้ย่อภาพก่อน")
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise _refused("เปิดไฟล์ภาพตราไม่ได้ ไฟล์อาจเสียหาย ให้ใช้ไฟล์อื่น") from fault


def _refused(message: str) -> Refused:
    return Refused(message, code="bad_picture", status=422)
