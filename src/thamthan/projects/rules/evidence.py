"""What does not fit about a photograph: where and when it was taken, whether it was seen before.

A doubt is kept as a code with its facts, never as words: who reads it decides what may be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, hypot, radians
from typing import Any

from django.db import models

from thamthan.projects.rules.states import EvidenceKind
from thamthan.reading.exif import BANGKOK, CameraDoubt
from thamthan.thai.dates import BuddhistYear, FiscalYear, format_date

PICTURES = (EvidenceKind.BEFORE, EvidenceKind.DURING, EvidenceKind.AFTER)
# As far from a point as a phone held at its edge may be; a village is larger than its point.
FAR_FROM_POINT_M = 1000
FAR_FROM_VILLAGE_M = 3000
FAR_FROM_AREA_M = 500
# A picture of how it was before may well be older than the project, but not by years.
OLDEST_BEFORE = timedelta(days=365)
LATEST_AFTER = timedelta(days=365)
_METRES_PER_DEGREE = 111_320
_E6 = 1_000_000


class EvidenceDoubt(models.TextChoices):
    """ข้อสังเกตของหลักฐาน: what whoever judges it must look at. The later ones are mild."""

    FAR = "far", "ถ่ายห่างจากสถานที่ของโครงการ"
    TOO_EARLY = "too_early", "ถ่ายก่อนโครงการเริ่ม"
    TOO_LATE = "too_late", "ถ่ายหลังโครงการสิ้นสุด"
    STALE = "stale", "เก่ากว่าโครงการมาก"
    FUTURE = "future", "เวลาที่ถ่ายยังมาไม่ถึง"
    SAME = "same", "ภาพเดียวกันในอีกโครงการ"
    LIKE = "like", "ภาพแทบเหมือนกันในอีกโครงการ"
    REPEATED = "repeated", "ภาพเดียวกันในโครงการนี้"
    CAMERA = "camera", "คำของกล้อง"
    NO_PLACE = "no_place", "โครงการยังไม่มีพิกัดให้เทียบ"


# Of the camera's doubts, those that say nothing bad of the picture.
_MILD = frozenset(
    {
        CameraDoubt.NO_TIME,
        CameraDoubt.NO_POSITION,
        CameraDoubt.ZONE_ASSUMED,
        CameraDoubt.BUDDHIST_YEAR,
        CameraDoubt.TIME_OF_EDIT,
    }
)
Doubt = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """ที่หนึ่งของโครงการ: a point, or the ring of an area, in millionths of a degree."""

    name: str
    latitude_e6: int | None
    longitude_e6: int | None
    # Pairs of longitude and latitude in degrees, as GeoJSON has them.
    ring: Sequence[Sequence[float]] = ()
    is_village: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """เวลาของโครงการ: its first and last day, its own or those of its fiscal year."""

    begins_on: date
    ends_on: date
    is_own: bool


def span_of(begins_on: date | None, ends_on: date | None, *, be_year: int) -> Span:
    """ช่วงเวลาของโครงการ; where a day is missing, that of the fiscal year stands for it."""
    year = FiscalYear(BuddhistYear(be_year))
    return Span(
        begins_on or year.first_on,
        ends_on or max(year.last_on, begins_on or year.last_on),
        begins_on is not None,
    )


def metres_between(latitude: int, longitude: int, other_latitude: int, other_longitude: int) -> int:
    """ระยะทางเป็นเมตร: on a plane laid upon the globe between the two; good to some thousandths."""
    across = (longitude - other_longitude) * cos(radians((latitude + other_latitude) / 2 / _E6))
    return round(hypot(latitude - other_latitude, across) / _E6 * _METRES_PER_DEGREE)


def nearest_spot(spots: Iterable[Spot], latitude: int, longitude: int) -> tuple[Spot, int] | None:
    """สถานที่ของโครงการที่ใกล้ที่สุด, and how many metres from it; None where none has a place."""
    found = [
        (spot, metres)
        for spot in spots
        if (metres := _metres_to(spot, latitude, longitude)) is not None
    ]
    return min(found, key=lambda one: one[1] - _allowed(one[0]), default=None)


def _allowed(spot: Spot) -> int:
    if spot.ring:
        return FAR_FROM_AREA_M
    return FAR_FROM_VILLAGE_M if spot.is_village else FAR_FROM_POINT_M


def _metres_to(spot: Spot, latitude: int, longitude: int) -> int | None:
    if len(spot.ring) >= 3:
        return _metres_to_ring(spot.ring, latitude, longitude)
    if spot.latitude_e6 is None or spot.longitude_e6 is None:
        return None
    return metres_between(latitude, longitude, spot.latitude_e6, spot.longitude_e6)


def _metres_to_ring(ring: Sequence[Sequence[float]], latitude: int, longitude: int) -> int:
    """Nought inside; outside how far the nearest edge is, on a plane round the point."""
    shrunk = cos(radians(latitude / _E6)) * _METRES_PER_DEGREE
    corners = [
        ((corner[0] - longitude / _E6) * shrunk, (corner[1] - latitude / _E6) * _METRES_PER_DEGREE)
        for corner in ring
    ]
    is_inside, nearest = False, float("inf")
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay > 0) != (by > 0) and ax + (0 - ay) * (bx - ax) / (by - ay) > 0:
            is_inside = not is_inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        part = (
            0.0 if not length else min(1.0, max(0.0, -(ax * (bx - ax) + ay * (by - ay)) / length))
        )
        nearest = min(nearest, hypot(ax + part * (bx - ax), ay + part * (by - ay)))
    return 0 if is_inside else round(nearest)


def doubts_of_place(
    spots: Sequence[Spot], latitude: int | None, longitude: int | None, *, within_m: int | None
) -> list[Doubt]:
    """ข้อสังเกตเรื่องสถานที่."""
    if latitude is None or longitude is None:
        return []
    near = nearest_spot(spots, latitude, longitude)
    if near is None:
        return [{"code": EvidenceDoubt.NO_PLACE.value}]
    spot, metres = near
    if metres <= _allowed(spot) + min(within_m or 0, 5000):
        return []
    return [{"code": EvidenceDoubt.FAR.value, "metres": metres, "place": spot.name[:200]}]


def doubts_of_time(
    kind: str, taken_at: datetime | None, span: Span, *, now: datetime
) -> list[Doubt]:
    """ข้อสังเกตเรื่องเวลา: against the days of the project, by what the picture is said to show."""
    if taken_at is None:
        return []
    if taken_at > now + timedelta(days=1):
        return [{"code": EvidenceDoubt.FUTURE.value}]
    day = taken_at.astimezone(BANGKOK).date()
    facts = {"begins_on": span.begins_on.isoformat(), "ends_on": span.ends_on.isoformat()}
    if kind == EvidenceKind.BEFORE:
        if day < span.begins_on - OLDEST_BEFORE:
            return [{"code": EvidenceDoubt.STALE.value, **facts}]
        # Of how it was before: a picture from the middle of the work shows something else.
        late = span.is_own and day > span.begins_on + timedelta(days=7)
        return [{"code": EvidenceDoubt.TOO_LATE.value, "of": "begin", **facts}] if late else []
    if day < span.begins_on:
        return [{"code": EvidenceDoubt.TOO_EARLY.value, **facts}]
    latest = span.ends_on + (LATEST_AFTER if kind == EvidenceKind.AFTER else timedelta(days=30))
    return [{"code": EvidenceDoubt.TOO_LATE.value, "of": "end", **facts}] if day > latest else []


def doubts_of_camera(doubts: Iterable[CameraDoubt]) -> list[Doubt]:
    """ข้อสังเกตจากคำของกล้อง."""
    return [{"code": EvidenceDoubt.CAMERA.value, "camera": doubt.value} for doubt in doubts]


def is_mild(doubt: Mapping[str, Any]) -> bool:
    """Whether the doubt says only what is not known, and nothing bad."""
    if doubt.get("code") == EvidenceDoubt.CAMERA:
        return doubt.get("camera") in _MILD
    return doubt.get("code") == EvidenceDoubt.NO_PLACE


def words_of_doubt(doubt: Mapping[str, Any], *, other: str = "") -> str:
    """ข้อสังเกตเป็นประโยค; `other` names the project the same picture stands in, as far as one may."""
    code = doubt.get("code")
    if code == EvidenceDoubt.FAR:
        return f"ถ่ายห่างจาก “{doubt['place']}” ประมาณ {told_distance(int(doubt['metres']))}"
    if code == EvidenceDoubt.CAMERA:
        return CameraDoubt(doubt["camera"]).words
    if code == EvidenceDoubt.SAME:
        return f"เป็นภาพเดียวกับภาพ{other}"
    if code == EvidenceDoubt.LIKE:
        return f"แทบเหมือนกับภาพ{other} อาจย่อ ตัดขอบ หรือส่งต่อมา"
    if code == EvidenceDoubt.REPEATED:
        return f"แทบเหมือนกับอีกภาพ{other}"
    if code == EvidenceDoubt.TOO_EARLY:
        return f"ถ่ายก่อนโครงการเริ่ม ({_told_day(doubt['begins_on'])})"
    if code == EvidenceDoubt.TOO_LATE and doubt.get("of") == "begin":
        return f"เป็นภาพก่อนทำ แต่ถ่ายหลังโครงการเริ่มแล้ว ({_told_day(doubt['begins_on'])})"
    if code == EvidenceDoubt.TOO_LATE:
        return f"ถ่ายหลังโครงการสิ้นสุดไปนานแล้ว ({_told_day(doubt['ends_on'])})"
    if code == EvidenceDoubt.STALE:
        return f"ถ่ายก่อนโครงการเริ่มเกินหนึ่งปี ({_told_day(doubt['begins_on'])})"
    return f"{EvidenceDoubt(code).label}" if code in EvidenceDoubt.values else "มีข้อสังเกต"


def told_distance(metres: int) -> str:
    """ระยะทางเป็นคำ: no finer than a telephone knows it."""
    if metres < 1000:
        return f"{max(50, round(metres, -1))} เมตร"
    if metres < 10_000:
        return f"{metres / 1000:.1f} กม."
    return f"{round(metres / 1000):,} กม."


def _told_day(written: str) -> str:
    return format_date(date.fromisoformat(written), style="short")


# The marks of pictures in four parts, each a mixture of slow and quick waves.
PARTS = 4
_PART_BITS = 16


def parts_of(mark: int) -> tuple[int, int, int, int]:
    """สี่ส่วนของรอย: every fourth bit. Of 7 bits that differ, one part has at most one."""
    parts = [0] * PARTS
    for at in range(PARTS * _PART_BITS):
        parts[at % PARTS] |= (mark >> at & 1) << at // PARTS
    return parts[0], parts[1], parts[2], parts[3]


def near_parts(part: int) -> set[int]:
    """A part as it is, and with any one bit turned."""
    return {part, *(part ^ 1 << at for at in range(_PART_BITS))}


def signed(mark: int) -> int:
    """A mark as a database keeps 64 bits."""
    return mark - (1 << 64) if mark >> 63 else mark


def unsigned(kept: int) -> int:
    """The mark again."""
    return kept & (1 << 64) - 1
