"""ภาพถ่าย: how large a photograph is, when and where it was taken, and how it is known again."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from thamthan.errors import Refused
from thamthan.reading.exif import (
    CAMERA_TAGS,
    ORIENTATION,
    PLACE_TAGS,
    CameraDoubt,
    CameraWords,
    Position,
    read_camera_words,
)
from thamthan.reading.kinds import AVIF, HEIC, JPEG, PNG, WEBP, kind_of
from thamthan.reading.picture_marks import marks_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_DOTS = 120_000_000
LEAST_SIDE = 64
# Enough for the marks, and quick to come to.
_LOOKED_AT = 512

# What telephones and cameras make, as the library calls it; a picture for both eyes is a JPEG to
# all who do not know better. Other kinds run programs, hold documents, or come from no camera.
_FORMATS = {
    JPEG: ("JPEG", "MPO"),
    PNG: ("PNG",),
    WEBP: ("WEBP",),
    HEIC: ("HEIF",),
    AVIF: ("AVIF",),
}

_NONE = "ไฟล์นี้ไม่ใช่ภาพถ่าย แนบได้เฉพาะ JPEG, PNG, WebP หรือ HEIC"
_NOT_HERE = "เครื่องแม่ข่ายนี้เปิดภาพ {label} ไม่ได้ โปรดตั้งกล้องให้ถ่ายเป็น JPEG หรือแปลงก่อนส่ง"
_DAMAGED = "ภาพชำรุดหรือมาไม่ครบ โปรดเลือกภาพเดิมแล้วส่งอีกครั้ง"
_TOO_LARGE = "ภาพใหญ่เกินกว่าจะเปิดได้ โปรดย่อภาพก่อนส่ง"
_TOO_SMALL = f"ภาพเล็กเกินไป (ด้านละไม่ถึง {LEAST_SIDE} จุด) โปรดส่งภาพจากกล้องโดยตรง"


@dataclass(frozen=True, slots=True)
class Photograph:
    """ภาพถ่าย: what is known of it without knowing anything else. Sizes are as it is looked at.

    `marks` are empty for a blank or a regular pattern, which is like every other one.
    """

    media_type: str
    wide: int
    high: int
    taken_at: datetime | None
    position: Position | None
    doubts: tuple[CameraDoubt, ...]
    marks: tuple[int, ...]


def read_photograph(content: bytes) -> Photograph:
    """อ่านภาพถ่าย: its size, its camera's words, its marks.

    Opens the whole picture: whoever is given bytes by strangers calls it in a process apart.
    Raises `Refused` for what is no photograph, is damaged, too large or too small.
    """
    image, media_type = opened_photograph(content)
    words, orientation = _camera_words(image)
    wide, high = image.size
    if orientation >= 5:
        wide, high = high, wide
    try:
        marks = _marks(image, orientation)
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as fault:
        raise _refused("photograph_damaged", _DAMAGED) from fault
    return Photograph(media_type, wide, high, words.taken_at, words.position, words.doubts, marks)


def opened_photograph(content: bytes) -> "tuple[Image, str]":
    """A photograph whose head was looked at, and no dot of it; and its media type."""
    from PIL import Image

    with_heif()
    kind = kind_of(content)
    formats = _FORMATS.get(kind, ()) if kind else ()
    if kind is None or not formats:
        raise _refused("not_photograph", _NONE)
    if not set(Image.registered_extensions().values()).intersection(formats):
        raise _refused("not_photograph", _NOT_HERE.format(label=kind.label.removeprefix("ภาพ ")))
    # The size is looked at here, before a single dot is opened.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(io.BytesIO(content), formats=formats)
    except Exception as fault:
        # The library's parsers fall in many ways over what was made to hurt them.
        raise _refused("photograph_damaged", _DAMAGED) from fault
    if image.width * image.height > MOST_DOTS:
        raise _refused("photograph_too_large", _TOO_LARGE)
    if min(image.size) < LEAST_SIDE:
        raise _refused("photograph_too_small", _TOO_SMALL)
    return image, kind.media_type


def with_heif() -> None:
    """HEIC as well, where the package for it is installed."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return
    register_heif_opener()


def upright(image: "Image") -> "Image":
    """The picture as its camera says that it is to be looked at."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except OSError:
        raise
    except Exception:
        # Its words are broken, not its dots.
        return image


def _camera_words(image: "Image") -> tuple[CameraWords, int]:
    try:
        tags = image.getexif()
        orientation = tags.get(ORIENTATION, 1)
        words = read_camera_words(
            dict(tags), dict(tags.get_ifd(CAMERA_TAGS)), dict(tags.get_ifd(PLACE_TAGS))
        )
    except Exception:
        # The library falls over broken tags in many ways; the picture is as good as ever.
        nothing: dict[int, Any] = {}
        return read_camera_words(nothing, nothing, nothing), 1
    is_known = isinstance(orientation, int) and 1 <= orientation <= 8
    return words, orientation if is_known else 1


def _marks(image: "Image", orientation: int) -> tuple[int, ...]:
    # A draft of a JPEG is opened at a part of its size, in a part of the time.
    image.draft("L", (_LOOKED_AT * 2, _LOOKED_AT * 2))
    image.load()
    small = image.convert("RGB") if image.mode not in ("L", "RGB") else image
    small = small.convert("L")
    small.thumbnail((_LOOKED_AT, _LOOKED_AT), reducing_gap=2.0)
    turn = _TURNS.get(orientation)
    if turn is not None:
        from PIL.Image import Transpose

        small = small.transpose(Transpose(turn))
    return marks_of(small)


# How the library turns what a camera says lies: by the number of the orientation.
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def photograph_to_json(photograph: Photograph) -> dict[str, Any]:
    """The photograph in words of JSON: for the way out of a process apart."""
    position = photograph.position
    return {
        "media_type": photograph.media_type,
        "size": [photograph.wide, photograph.high],
        "taken_at": photograph.taken_at.isoformat() if photograph.taken_at else None,
        "position": position
        and [position.latitude_micro, position.longitude_micro, position.within_m],
        "doubts": [doubt.value for doubt in photograph.doubts],
        "marks": list(photograph.marks),
    }


def photograph_from_json(told: dict[str, Any]) -> Photograph:
    """The photograph again, from what `photograph_to_json` made of it."""
    return Photograph(
        media_type=str(told["media_type"]),
        wide=int(told["size"][0]),
        high=int(told["size"][1]),
        taken_at=datetime.fromisoformat(told["taken_at"]) if told["taken_at"] else None,
        position=Position(*told["position"]) if told["position"] else None,
        doubts=tuple(CameraDoubt(doubt) for doubt in told["doubts"]),
        marks=tuple(int(mark) for mark in told["marks"]),
    )


def _refused(code: str, message: str) -> Refused:
    return Refused(message, code=code, status=422)
