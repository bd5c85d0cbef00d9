"""The process apart in which a photograph is looked at, or made small: bytes in, facts or dots out.

What it makes small holds nothing that the camera wrote: no place, no time, no name.
"""

import io
import json
import sys
from typing import Any

from thamthan.errors import Refused
from thamthan.reading.photographs import (
    opened_photograph,
    photograph_to_json,
    read_photograph,
    upright,
    with_heif,
)
from thamthan.records.drawing import DAMAGED, TOO_LARGE, on_white, set_limits

_QUALITY = 72


def main() -> None:
    """ดูภาพ: `0` reads the photograph; another number makes it so many dots on its longer side."""
    side = int(sys.argv[1])
    _load()
    set_limits()
    content = sys.stdin.buffer.read()
    head: dict[str, Any] = {}
    dots = b""
    try:
        if side:
            head["media_type"], dots = "image/webp", _small(content, side)
        else:
            head["photograph"] = photograph_to_json(read_photograph(content))
    except Refused as refused:
        head = {"why": refused.message, "code": refused.code}
    except MemoryError:
        head = {"why": TOO_LARGE, "code": "photograph_too_large"}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + dots)


def _load() -> None:
    # Before memory is limited: libraries reserve more than they use.
    from PIL import Image

    with_heif()
    Image.init()


def _small(content: bytes, side: int) -> bytes:
    image, _ = opened_photograph(content)
    try:
        image.draft("RGB", (side * 2, side * 2))
        made = upright(image)
        made.thumbnail((side, side), reducing_gap=2.0)
        plain = on_white(made)
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise Refused(DAMAGED, code="photograph_damaged", status=422) from fault
    packed = io.BytesIO()
    # Said aloud, so that no default of the library ever lets a place out.
    plain.save(packed, "WEBP", quality=_QUALITY, method=2, exif=b"", xmp=b"")
    return packed.getvalue()


if __name__ == "__main__":
    main()
