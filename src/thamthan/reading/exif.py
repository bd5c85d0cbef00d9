"""What a camera wrote into a picture: when it was taken, where, and what does not fit together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction
from typing import Any


class CameraDoubt(StrEnum):
    """ข้อสงสัยจากกล้อง: what a camera's own words leave open."""

    NO_TIME = "no_time"
    NO_POSITION = "no_position"
    ZONE_ASSUMED = "zone_assumed"
    BUDDHIST_YEAR = "buddhist_year"
    TIME_OF_EDIT = "time_of_edit"
    CLOCK_UNSET = "clock_unset"
    CLOCK_DISAGREES = "clock_disagrees"
    POSITION_UNCLEAR = "position_unclear"
    OUTSIDE_THAILAND = "outside_thailand"
    EDITED = "edited"

    @property
    def words(self) -> str:
        """The doubt as a sentence."""
        return _WORDS[self]


_WORDS = {
    CameraDoubt.NO_TIME: "ภาพไม่ได้บอกเวลาที่ถ่าย",
    CameraDoubt.NO_POSITION: "ภาพไม่ได้บอกพิกัดที่ถ่าย",
    CameraDoubt.ZONE_ASSUMED: "กล้องไม่ได้บอกเขตเวลา จึงถือเป็นเวลาประเทศไทย",
    CameraDoubt.BUDDHIST_YEAR: "กล้องเขียนปีเป็น พ.ศ. จึงแปลงเป็น ค.ศ. ให้แล้ว",
    CameraDoubt.TIME_OF_EDIT: "ภาพบอกเพียงเวลาที่บันทึกไฟล์ อาจไม่ใช่เวลาที่ถ่าย",
    CameraDoubt.CLOCK_UNSET: "นาฬิกากล้องน่าจะยังไม่ได้ตั้ง",
    CameraDoubt.CLOCK_DISAGREES: "เวลาในกล้องไม่ตรงกับเวลาจากดาวเทียม",
    CameraDoubt.POSITION_UNCLEAR: "พิกัดในภาพไม่ครบหรือเป็นไปไม่ได้ จึงไม่ใช้",
    CameraDoubt.OUTSIDE_THAILAND: "พิกัดในภาพอยู่นอกประเทศไทย",
    CameraDoubt.EDITED: "ภาพผ่านโปรแกรมแต่งภาพ",
}


@dataclass(frozen=True, slots=True)
class Position:
    """พิกัด: north and east in millionths of a degree; south and west are below zero.

    `within_m` is how far off the camera itself thought it might be, where it said.
    """

    latitude_micro: int
    longitude_micro: int
    within_m: int | None = None


@dataclass(frozen=True, slots=True)
class CameraWords:
    """คำของกล้อง: when and where, as far as it is to be had, and what is doubtful of it."""

    taken_at: datetime | None
    position: Position | None
    doubts: tuple[CameraDoubt, ...]


# Thailand has had no other since 1920.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

# The numbers of the tags, as CIPA DC-008 (Exif 2.32) gives them.
ORIENTATION = 0x0112
CAMERA_TAGS = 0x8769
PLACE_TAGS = 0x8825
_SOFTWARE = 0x0131
_TIMES = (
    # The time, the offset that belongs to it, and whether it is the time of taking.
    (0x9003, 0x9011, True),
    (0x9004, 0x9012, True),
    (0x0132, 0x9010, False),
)
_NORTH_OR_SOUTH, _LATITUDE, _EAST_OR_WEST, _LONGITUDE = 1, 2, 3, 4
_CLOCK_OF_SATELLITES, _STATUS, _DAY_OF_SATELLITES, _FAR_OFF = 7, 9, 29, 31

_WRITTEN = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_EDITORS = re.compile(
    r"photoshop|lightroom|snapseed|gimp|picsart|canva|meitu|facetune|pixlr|affinity", re.I
)
_MICRO = 1_000_000
# A little wider than the land, so that no island is left out.
_SOUTH, _NORTH, _WEST, _EAST = 5_500_000, 20_600_000, 97_200_000, 105_800_000
# Telephones with good cameras are younger; older days are those of clocks never set.
_FIRST_YEAR = 2005
_MOST_APART = timedelta(hours=2)

Tags = Mapping[int, Any]


def read_camera_words(tags: Tags, camera: Tags, place: Tags) -> CameraWords:
    """อ่านคำของกล้อง from the three tables of tags. Whatever stands in them, it raises nothing."""
    doubts: list[CameraDoubt] = []
    taken_at = _time(tags, camera, doubts)
    position = _position(place, doubts)
    satellites = _time_of_satellites(place)
    if taken_at and satellites and abs(taken_at - satellites) > _MOST_APART:
        doubts.append(CameraDoubt.CLOCK_DISAGREES)
    if _EDITORS.search(_text(tags.get(_SOFTWARE))):
        doubts.append(CameraDoubt.EDITED)
    return CameraWords(taken_at, position, tuple(doubts))


def _time(tags: Tags, camera: Tags, doubts: list[CameraDoubt]) -> datetime | None:
    for tag, offset_tag, is_of_taking in _TIMES:
        written = _text(camera.get(tag) or tags.get(tag))
        local, is_buddhist = _written_time(written)
        if local is None:
            continue
        zone = _zone(_text(camera.get(offset_tag) or tags.get(offset_tag)))
        if not is_of_taking:
            doubts.append(CameraDoubt.TIME_OF_EDIT)
        if is_buddhist:
            doubts.append(CameraDoubt.BUDDHIST_YEAR)
        if zone is None:
            doubts.append(CameraDoubt.ZONE_ASSUMED)
        is_first_hour = (local.month, local.day, local.hour) == (1, 1, 0)
        if local.year < _FIRST_YEAR or is_first_hour:
            doubts.append(CameraDoubt.CLOCK_UNSET)
        return local.replace(tzinfo=zone or BANGKOK)
    doubts.append(CameraDoubt.NO_TIME)
    return None


def _written_time(written: str) -> tuple[datetime | None, bool]:
    found = _WRITTEN.match(written)
    if found is None:
        return None, False
    year, *rest = map(int, found.groups())
    # A telephone set to Thai may write the Buddhist year where the Christian one belongs.
    is_buddhist = 2400 <= year <= 2700
    try:
        local = datetime(year - 543 * is_buddhist, *rest)  # type: ignore[arg-type]  # noqa: DTZ001 – the zone comes after
    except ValueError:
        return None, False
    # Nothing was photographed before; and days at the edges of what is known break arithmetic.
    return (local, is_buddhist) if 1826 <= local.year <= 2400 else (None, False)


def _zone(written: str) -> timezone | None:
    found = _OFFSET.match(written)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes > 14 * 60 or int(found[3]) > 59:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _time_of_satellites(place: Tags) -> datetime | None:
    day = re.match(r"(\d{4})[:/-](\d\d)[:/-](\d\d)", _text(place.get(_DAY_OF_SATELLITES)))
    clock = _three(place.get(_CLOCK_OF_SATELLITES))
    if day is None or clock is None:
        return None
    try:
        begin = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
        return begin + timedelta(seconds=float(seconds))
    except (ValueError, OverflowError):
        return None


def _position(place: Tags, doubts: list[CameraDoubt]) -> Position | None:
    if not (place.get(_LATITUDE) or place.get(_LONGITUDE)):
        doubts.append(CameraDoubt.NO_POSITION)
        return None
    latitude = _degrees(place.get(_LATITUDE), _text(place.get(_NORTH_OR_SOUTH)), "NS", most=90)
    longitude = _degrees(place.get(_LONGITUDE), _text(place.get(_EAST_OR_WEST)), "EW", most=180)
    is_void = _text(place.get(_STATUS)).upper() == "V"
    # Nought and nought is what is written where nothing was known.
    if latitude is None or longitude is None or is_void or (latitude, longitude) == (0, 0):
        doubts.append(CameraDoubt.POSITION_UNCLEAR)
        return None
    if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
        doubts.append(CameraDoubt.OUTSIDE_THAILAND)
    far_off = _number(place.get(_FAR_OFF))
    is_told = far_off is not None and 0 < far_off <= 1_000_000
    return Position(latitude, longitude, round(far_off) if is_told and far_off else None)


def _degrees(value: object, side: str, sides: str, *, most: int) -> int | None:
    parts = _three(value)
    if parts is None or side.upper()[:1] not in tuple(sides):
        return None
    degrees, minutes, seconds = parts
    if minutes >= 60 or seconds >= 60:
        return None
    micro = round((degrees + minutes / 60 + seconds / 3600) * _MICRO)
    if micro > most * _MICRO:
        return None
    return -micro if side.upper()[:1] == sides[1] else micro


def _three(value: object) -> tuple[Fraction, Fraction, Fraction] | None:
    if not isinstance(value, tuple | list) or len(value) != 3:
        return None
    parts = [_number(part) for part in value]
    if any(part is None or part < 0 for part in parts):
        return None
    return tuple(parts)  # type: ignore[return-value]  # three, and none of them missing


def _number(value: Any) -> Fraction | None:
    """A number as it was written, without loss; None for what is none."""
    try:
        if hasattr(value, "numerator") and hasattr(value, "denominator"):
            return Fraction(int(value.numerator), int(value.denominator))
        return Fraction(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip(" \x00") if isinstance(value, str) else ""
