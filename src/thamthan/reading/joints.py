"""คำที่ตัดข้ามบรรทัด: Thai runs on without spaces, so that a line may end within a word."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from thamthan.thai.dates import MONTHS, WEEKDAYS

Stretch = tuple[int, int]

_JOINT = re.compile(r"(?<=[ก-๎])[ \t]{0,200}\n[ \t]{0,200}(?=[ก-๎])")
# The words of which deadlines are made, as far as a line may end within them; where two such words
# meet, white space between them is nothing new.
_SAID = re.findall(
    r"\S+",
    """
ภายใน ภายหลัง ก่อน ก่อนวัน ของ วัน วันที่ วันทำการ วันทําการ วันหยุด วันสิ้น วันครบ วันลง วันได้รับ วันแรก วันสุดท้าย
วันเริ่ม วันนี้ วันถัดไป วันนับ เดือนนับ ปีนับ สิ้นเดือน สิ้นปี สิ้นสุด สิ้นไตรมาส ต้นเดือน กลางเดือน ปลายเดือน ครึ่งเดือน ครึ่งปี
ครึ่งแรก ครึ่งหลัง ของเดือน ของปี ของทุก ทุกเดือน ทุกวัน ทุกปี ทุกสัปดาห์ ทุกไตรมาส ทุกสิ้น ทุกครั้ง เดือนละ ปีละ
สัปดาห์ละ ไตรมาสละ ดังกล่าว ข้างต้น กำหนด กําหนด กำหนดเวลา กําหนดเวลา ระยะเวลา ห้วงเวลา ช่วงเวลา ที่กำหนด ที่กําหนด
กำหนดไว้ กำหนดการ กำหนดส่ง กำหนดเสร็จ ครบกำหนด ครบกําหนด นับแต่ นับจาก นับถัด นับถัดจาก นับตั้งแต่ นับต่อจาก
ถัดจาก แต่วัน จากวัน ตั้งแต่ หลังจาก ได้รับ รับหนังสือ รับแจ้ง รับทราบ หนังสือ ไตรมาส ไตรมาสที่ ปีงบประมาณ ปีปฏิทิน
สัปดาห์ สัปดาห์ที่ อาทิตย์ เดือน เวลา นาฬิกา เที่ยงวัน เที่ยงคืน อย่างช้า อย่างช้าที่สุด ไม่เกิน ไม่ช้ากว่า ไม่น้อยกว่า
ให้แล้วเสร็จ หมดเขต ขีดเส้นตาย โดยเร็ว โดยด่วน โดยพลัน โดยเร็วที่สุด ทันที จนถึง ระหว่าง ระหว่างวันที่ ขยายเวลา
ขยายระยะเวลา ออกไป เป็นต้นไป ชั่วโมง พุทธศักราช ลงนาม
""",
)
_NUMBERS = re.findall(r"\S+", "หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ ยี่ เอ็ด ร้อย พัน")
_UNITS = ("วัน", "สัปดาห์", "เดือน", "ปี", "ชั่วโมง")
_WORDS = (
    *_SAID,
    *_NUMBERS,
    *MONTHS,
    *WEEKDAYS,
    *(f"วัน{day.removeprefix('วัน')}" for day in WEEKDAYS),
)
_HANGS = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆ")


def _halves() -> dict[str, tuple[tuple[str, str], ...]]:
    """Each way to break one of the words, by the two signs between which it is broken."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for word in _WORDS:
        for at in range(1, len(word)):
            if word[at] not in _HANGS:
                found[word[at - 1 : at + 1]].add((word[:at], word[at:]))
    for one in _NUMBERS:
        for other in (*_NUMBERS, *_UNITS):
            found[one[-1] + other[0]].add((one, other))
    return {signs: tuple(halves) for signs, halves in found.items()}


_HALVES = _halves()


def joints_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Stretch]:
    """รอยต่อบรรทัด: the white space round each end of a line that stands within a word of those
    of which deadlines are made. It does not know paragraphs.
    """
    for found in _JOINT.finditer(text, start, len(text) if end is None else end):
        before, behind = found.span()
        if any(
            text.endswith(left, 0, before) and text.startswith(right, behind)
            for left, right in _HALVES.get(text[before - 1] + text[behind], ())
        ):
            yield before, behind


class Joined:
    """ข้อความที่ต่อบรรทัดแล้ว: a text without these stretches, whose places lead back to it."""

    def __init__(self, text: str, joints: Sequence[Stretch]) -> None:
        parts: list[str] = []
        self._starts: list[int] = [0]
        self._origins: list[int] = [0]
        self._at: list[int] = []
        done = at = 0
        for start, end in joints:
            parts.append(text[done:start])
            at += start - done
            self._at.append(at)
            self._starts.append(at)
            self._origins.append(end)
            done = end
        parts.append(text[done:])
        self.text = "".join(parts)

    def origin(self, place: int) -> int:
        """Where a sign of the joined text stands in the other."""
        which = bisect_right(self._starts, place) - 1
        return self._origins[which] + place - self._starts[which]

    def runs_across(self, start: int, end: int) -> bool:
        """Whether a stretch of the joined text runs across the end of a line."""
        which = bisect_left(self._at, start + 1)
        return which < len(self._at) and self._at[which] < end
