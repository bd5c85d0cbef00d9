"""How letters belong together, when a reference names one of them for certain, and days between."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise

from django.db import models

from thamthan.thai.text import fold


class LinkKind(models.TextChoices):
    """ความเกี่ยวข้องกับหนังสือฉบับก่อน."""

    REFERS = "refers", "อ้างถึง"
    ANSWERS = "answers", "ตอบ"
    REPLACES = "replaces", "แทน/ยกเลิก"
    PASSES_ON = "passes_on", "ส่งต่อ"


class Standing(IntEnum):
    """ระดับของผู้ออกหนังสือ, from the top of the picture to its foot."""

    MINISTRY = 0
    DEPARTMENT = 1
    PROVINCE = 2
    DISTRICT = 3
    LAO = 4
    UNKNOWN = 5

    @property
    def label(self) -> str:
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.MINISTRY: "กระทรวง",
    Standing.DEPARTMENT: "กรม",
    Standing.PROVINCE: "จังหวัด",
    Standing.DISTRICT: "อำเภอ",
    Standing.LAO: "อปท.",
    Standing.UNKNOWN: "หน่วยงานอื่น",
}
# In this order: an อบจ. has "จังหวัด" in its name, a district office may stand in a province's.
_SIGNS: tuple[tuple[Standing, tuple[str, ...]], ...] = (
    (Standing.LAO, ("องค์การบริหารส่วน", "เทศบาล", "อบต.", "อบจ.", "ทต.", "ทม.", "ทน.", "เมืองพัทยา")),
    (Standing.DISTRICT, ("อำเภอ",)),
    (Standing.PROVINCE, ("จังหวัด",)),
    (Standing.DEPARTMENT, ("กรม", "สำนักงานปลัด", "สำนักงานคณะกรรมการ")),
    (Standing.MINISTRY, ("กระทรวง", "สำนักนายกรัฐมนตรี")),
)


def standing_of(agency: str) -> Standing:
    """ระดับของหน่วยงาน by its name as a letter writes it; unknown where the name does not say."""
    words = fold(agency).replace("กรุงเทพ", "").replace("กรมการปกครองจังหวัด", "จังหวัด")
    if words.startswith("กระทรวง"):
        return Standing.MINISTRY
    return next(
        (level for level, signs in _SIGNS if any(sign in words for sign in signs)), Standing.UNKNOWN
    )


@dataclass(frozen=True, slots=True)
class Named:
    """หนังสือตามที่ถูกเอ่ยถึง: the agency, number and date by which a letter names another."""

    agency: str
    number_key: str
    dated_on: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """ฉบับที่อาจเป็น: what of a letter in the registry is compared with what was named."""

    sender: str
    number_key: str
    dated_on: date | None
    is_confirmed: bool


def why_not_certain(named: Named, candidate: Candidate) -> str | None:
    """เหตุที่ยังไม่แน่ว่าเป็นฉบับที่อ้างถึง; None where number and date agree and nothing is open.

    “ว” was left out of both numbers before (saraban.md §1.5). A number without the letters of its
    office is every office's, so that the sender must agree, too.
    """
    if not named.number_key or named.number_key != candidate.number_key:
        return "เลขที่ไม่ตรงกัน"
    if named.dated_on is None or candidate.dated_on is None:
        return "เลขที่ตรงกัน แต่ไม่มีวันที่ให้เทียบ"
    if named.dated_on != candidate.dated_on:
        return "เลขที่ตรงกัน แต่วันที่ไม่ตรง"
    if not candidate.is_confirmed:
        return "เลขที่และวันที่ตรงกัน แต่ฉบับนั้นยังไม่มีคนยืนยัน"
    if not "ก" <= named.number_key[0] <= "ฮ" and not _is_same_office(
        named.agency, candidate.sender
    ):
        return "เลขที่และวันที่ตรงกัน แต่เลขที่ไม่มีรหัสหน่วยงาน"
    return None


def _is_same_office(one: str, other: str) -> bool:
    one, other = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    return bool(one and other) and (one in other or other in one)


@dataclass(frozen=True, slots=True)
class Event:
    """เหตุการณ์ในเรื่องหนึ่ง: a letter was written by an office, or came to ours."""

    on: date
    office: str
    is_arrival: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """ช่วงที่เรื่องอยู่กับหน่วยงานหนึ่ง: from one event of a matter to the next."""

    office: str
    since: date
    until: date
    is_on_the_way: bool

    @property
    def days(self) -> int:
        return (self.until - self.since).days


def rests(events: list[Event]) -> list[Rest]:
    """วันที่เรื่องอยู่แต่ละโต๊ะ: what lies between two events was with the office that acted next.

    Up to an arrival the letter was on its way. Events need not be in order; of one day, letters
    come before arrivals.
    """
    ordered = sorted(events, key=lambda event: (event.on, event.is_arrival))
    return [
        Rest(office=after.office, since=before.on, until=after.on, is_on_the_way=after.is_arrival)
        for before, after in pairwise(ordered)
    ]
