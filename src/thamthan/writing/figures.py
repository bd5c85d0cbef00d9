"""Digits of a letter: Thai ones, but within foreign names and addresses."""

import re

from thamthan.thai.digits import to_thai

# What is counted stands behind its number: "OTOP 5 แห่ง" counts, "Action 5" is a name.
_COUNTED = (
    "แห่ง|เส้น|สาย|หลัง|บ่อ|ต้น|ดวง|จุด|ลำ|ใบ|ม้วน|กล่อง|ขวด|คู่|ทีม|ชุมชน|ร้าน|คน|ราย|ชุด|ฉบับ|แผ่น|เล่ม|หน้า|ครั้ง|วัน|สัปดาห์|เดือน|ปี|ชั่วโมง|นาที|โครงการ|กิจกรรม|กลุ่ม"
    "|ครัวเรือน|หลังคาเรือน|หมู่บ้าน|ตำบล|อำเภอ|จังหวัด|บาท|ล้าน|แสน|หมื่น|พัน|ร้อย|เครื่อง|คัน|ตัว|รายการ"
    "|ข้อ|ด้าน|ประเภท|ผลิตภัณฑ์|กิโลเมตร|เมตร|กม|ตร|ไร่|ตัน|กิโลกรัม|ลิตร|รุ่น|ระยะ|เปอร์เซ็นต์|%"
)
_FOREIGN = re.compile(
    r"(?:https?://|www\.)[^\s฀-๿]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    # A number written to a Latin word, on either side: COVID-19, 5G, A4, ISO9001.
    r"|[0-9]*[A-Za-z][A-Za-z0-9]*(?:[-–./:&+][A-Za-z0-9]+)*"
    # A number behind one, after a space: Action 5, ISO 9001:2015, Windows 11, Thailand 4.0.
    rf"(?: (?:[0-9]+(?:[.:/-][0-9]+)*)(?![0-9]|\.[0-9]|,[0-9]| ?(?:{_COUNTED})))?"
)
_DIGIT = re.compile(r"[0-9]")


def thai_figures(text: str) -> str:
    """เลขไทยในหนังสือ: 2569 is ๒๕๖๙; what belongs to a foreign name (Action 5) stays.

    Character for character. What the writer typed in Thai digits stays as it is.
    """
    if not _DIGIT.search(text):
        return text
    parts: list[str] = []
    at = 0
    for found in _FOREIGN.finditer(text):
        parts += [to_thai(text[at : found.start()]), found.group()]
        at = found.end()
    return "".join([*parts, to_thai(text[at:])])
