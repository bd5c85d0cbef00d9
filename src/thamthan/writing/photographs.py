"""Photographs for paper: as many dots as print shows, in a form that PDF and Word both take."""

from io import BytesIO

from thamthan.errors import Refused

# 7.7 centimetres at 300 dots to the inch; more makes the file heavy and nothing clearer.
MOST_DOTS = 920
_QUALITY = 74


def photograph_for_paper(content: bytes) -> bytes:
    """ภาพสำหรับพิมพ์: JPEG of at most `MOST_DOTS` on its longer side, without a word of the camera.

    Of a picture that this program made small itself; none from outside comes here. Refuses what
    cannot be drawn.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=["WEBP", "PNG", "JPEG"]) as given:
            picture = given.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise Refused("เปิดไฟล์ภาพไม่ได้ ไฟล์อาจเสียหาย", code="bad_picture", status=422) from fault
    picture.thumbnail((MOST_DOTS, MOST_DOTS), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, dpi=(300, 300))
    return out.getvalue()
