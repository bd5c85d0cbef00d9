"""Who is written to, and the opening and closing that their rank asks for (saraban.md §1.10)."""

import re

from thamthan.thai.correspondence import OPENINGS, Opening
from thamthan.thai.text import repair, squeeze

_ORDINARY, _HIGH, _MONK, _SENIOR_MONK, _HIGHEST_MONK, _PATRIARCH = OPENINGS

# The offices whose holders are written to with กราบเรียน; a deputy or a secretary is not.
_HIGH_OFFICES = (
    "ประธานองคมนตรี",
    "นายกรัฐมนตรี",
    "ประธานรัฐสภา",
    "ประธานสภาผู้แทนราษฎร",
    "ประธานวุฒิสภา",
    "ประธานศาลฎีกา",
    "รัฐบุรุษ",
    "ประธานศาลรัฐธรรมนูญ",
    "ประธานศาลปกครองสูงสุด",
    "ประธานกรรมการการเลือกตั้ง",
    "ประธานกรรมการสิทธิมนุษยชนแห่งชาติ",
    "ประธานกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
    "ประธานกรรมการตรวจเงินแผ่นดิน",
    "ประธานผู้ตรวจการแผ่นดิน",
    "ผู้ตรวจการแผ่นดิน",
)
_ROYAL = re.compile(
    r"พระบาทสมเด็จ|สมเด็จพระเจ้า|สมเด็จพระบรม|สมเด็จพระนาง|สมเด็จพระกนิษฐา|สมเด็จพระเทพรัตน"
    r"|สมเด็จเจ้าฟ้า|พระเจ้าวรวงศ์|พระเจ้าบรมวงศ์|พระวรวงศ์|พระองค์|หม่อมเจ้า|เจ้าฟ้า"
)
_OF_THE_HIGHEST = re.compile(r"สมเด็จพระ|สมเด็จพุฒ|พระพรหม|พระธรรมวโรดม|พระวิสุทธิ")
# Titles of พระราชาคณะ begin with these; พระครู and พระมหา do not.
_SENIOR = re.compile(r"พระ(?:ธรรม|เทพ|ราช|ศรี|วิ|สุธี|เมธี|ปริยัติ|โสภณ|พิศาล|กิตติ|รัตน)[ก-๎]{3}")
_MONASTIC = re.compile(
    r"พระ(?:ครู|มหา|อธิการ|อาจารย์|ภิกษุ|ปลัด|สมุห์|ใบฎีกา)?\s?[ก-๎]|เจ้าอาวาส|เจ้าคณะ|รองเจ้าอาวาส"
)


def openings_for(addressee: str) -> tuple[Opening, ...]:
    """คำขึ้นต้นและคำลงท้ายที่เหมาะกับผู้รับ, the likeliest first; none where a person must be asked.

    For members of the royal family nothing is proposed: the regulation has a table of its own.
    Of a monk's title alone the rank is not always certain, so the others follow the first.
    """
    words = squeeze(repair(addressee))
    if not words:
        return (_ORDINARY,)
    if words.startswith("สมเด็จพระสังฆราช"):
        return (_PATRIARCH,)
    if _ROYAL.match(words):
        return ()
    bare = words.replace("คณะกรรมการ", "กรรมการ")
    if any(re.match(rf"{office}(?![ก-๎])", bare) for office in _HIGH_OFFICES):
        return (_HIGH,)
    monks = (_MONK, _SENIOR_MONK, _HIGHEST_MONK)
    for pattern, first in (
        (_OF_THE_HIGHEST, _HIGHEST_MONK),
        (_SENIOR, _SENIOR_MONK),
        (_MONASTIC, _MONK),
    ):
        if pattern.match(words):
            return (first, *(one for one in monks if one is not first))
    return (_ORDINARY,)


def opening_problem(addressee: str, opening: str, closing: str) -> str | None:
    """คำขึ้นต้นและคำลงท้ายเข้ากับผู้รับหรือไม่: a sentence where they do not, else None."""
    proposed = openings_for(addressee)
    begun, ended = squeeze(repair(opening)), squeeze(repair(closing))
    known = {pair.opening for pair in OPENINGS}
    fitting = [pair.closing for pair in OPENINGS if pair.opening == begun]
    if not proposed:
        return "ผู้รับเป็นพระบรมวงศานุวงศ์ โปรดตรวจคำขึ้นต้นและคำลงท้ายกับภาคผนวก 2 ของระเบียบสารบรรณ"
    if begun not in known:
        return f"ไม่รู้จักคำขึ้นต้น “{begun}” ผู้รับนี้ใช้ “{proposed[0].opening}”"
    if begun not in {pair.opening for pair in proposed}:
        return f"ผู้รับนี้ใช้คำขึ้นต้น “{proposed[0].opening}” ไม่ใช่ “{begun}”"
    if ended not in fitting:
        return f"คำขึ้นต้น “{begun}” คู่กับคำลงท้าย “{proposed[0].closing}” ไม่ใช่ “{ended}”"
    return None
