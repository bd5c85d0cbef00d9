"""What kind of thing a clause asks, and of which office the answer is awaited."""

import re

from thamthan.reading.deeds import DEED, INFORM, NO_DEED, PROPOSE, REPORT
from thamthan.reading.model import Ask
from thamthan.reading.signs import AM, OFFICE, POST

_LOOKED_AT = 700
# "พิจารณา", "ประสาน", "มอบหมาย", "เร่งรัด" and "ดำเนินการ" before another verb only lend it weight.
_LENT = (
    rf"มอบหมาย|(?:เร่งรัด|ด{AM}เนินการ)"
    rf"(?=\s?(?:แจ้ง|ส่ง|จัดส่ง|รายงาน|กรอก|ตอบ|ยืนยัน|เสนอ|จัดท{AM}|ส{AM}รวจ|ตรวจ))"
)
_VERB = re.compile(
    rf"{NO_DEED}(?:(?P<lent>{_LENT})|(?P<inform>{INFORM})|(?P<propose>{PROPOSE})"
    rf"|(?P<report>{REPORT})"
    # Within a name ("ศูนย์พัฒนา…") there is no deed; one stands where words may begin.
    rf"|(?:(?<=\s)|(?<=ท่าน)|(?<=ให้)|(?<=มือ)|(?<=พิจารณา)|(?<=และ)|(?<=กัน)|\A)(?P<act>{DEED}))"
)
# "จัดทำและส่ง…": of two verbs with one object the second says what is awaited.
_AND_ANSWER = re.compile(rf"และ{REPORT}")
# To tell others that they are to do something is more than to make it known.
_DONE_BY_THEM = re.compile(rf"ด{AM}เนินการ(?=\s|\Z|ตาม|ใน)|ปฏิบัติ(?!งาน|การ|ราชการ)|เข้าร่วม|เข้าประชุม")
_ANSWER = re.compile(rf"{NO_DEED}{REPORT}")
_TO = re.compile(
    rf"(?:ให้|(?<!ติด)ต่อ|ถึง|ไปยัง|มายัง|ไปที่|มาที่|เสนอ)\s{{0,60}}"
    rf"(?P<to>(?:{OFFICE}|{POST})(?:\S|\n[ \t]{{0,60}}(?=[ก-๎])){{0,80}}?)"
    r"(?=[ \t]|\n(?![ \t]{0,60}[ก-๎])"
    r"|ภายใน|ทราบ|ต่อไป|ก่อน|โดย|เพื่อ|ทุก|พิจารณา|ทาง|รวบรวม|ตามแบบ|จ[ำา]นวน|\Z)"
    r"|(?:รายงาน|ส่ง|แจ้ง)\s(?P<short>[ก-ฮ.]{2,12})\s+(?=ภายใน|ก่อน|ทุก)"
    rf"|(?:รายงาน|ส่ง|แจ้ง)\s?(?P<direct>(?:อ{AM}เภอ|จังหวัด|กรม|กระทรวง|ส{AM}นักงาน)\S{{0,60}}?)"
    r"(?=[ \t\n]|ภายใน|ทราบ|ต่อไป|ก่อน|โดย|ทุก|\Z)"
)
# "สำนักงาน กทช.": the letters that say which office.
_WHICH = re.compile(r"[ \t]+([ก-ฮ][ก-ฮ.]{0,10}\.?)(?![ก-๎])")
_PLAIN = re.compile(
    rf"ด{AM}เนินการ|ถือปฏิบัติ|พิจารณา|อนุมัติ|อนุญาต|เห็นชอบ|สั่งการ|ลงนาม|อนุเคราะห์|ร่วมมือ|ปฏิบัติ|สนับสนุน"
)
_LAST_WORD = re.compile(r"(?:เพื่อ)?(?:โปรด)?\s*(?:ทราบ|อ่าน)|ประชาสัมพันธ์|เผยแพร่|แจ้ง")


def ask_of(words: str, *, has_deadline: bool) -> tuple[Ask, bool]:
    """สิ่งที่ขอ by the first verb of a clause, and whether that is beyond doubt.

    An answer that is due on a day counts before the deed that leads to it; that and a clause whose
    first verb is not known, though it speaks of an answer later, are judgements.
    """
    words = words[:_LOOKED_AT]
    first = next((found for found in _VERB.finditer(words) if not found["lent"]), None)
    answers = _ANSWER.search(words) is not None
    if first is None:
        return (Ask.REPORT, False) if has_deadline and answers else (Ask.ACT, not answers)
    if first["propose"]:
        return Ask.PROPOSE, True
    if first["report"] or _AND_ANSWER.match(words, first.end()):
        return Ask.REPORT, True
    if has_deadline and _ANSWER.search(words, first.end()):
        return Ask.REPORT, False
    passes_on = first["inform"] and not _DONE_BY_THEM.search(words, first.end())
    return (Ask.INFORM if passes_on else Ask.ACT), True


def ask_of_purpose(words: str) -> Ask:
    """สิ่งที่ขอในภาคสรุป: approval and consent are deeds of the one who is asked (act), for
    `propose` is what an office puts up to another; to comply (ถือปฏิบัติ) is a deed too.

    Of several words the one that asks most holds: "เพื่อทราบและถือปฏิบัติ" asks a deed.
    """
    if _PLAIN.search(words):
        return Ask.ACT
    if _LAST_WORD.search(words):
        return Ask.INFORM
    return ask_of(words, has_deadline=False)[0]


def recipient(words: str) -> str | None:
    """ผู้รับรายงาน: the office to which the answer goes, behind the verb that asks for it."""
    verb = next(
        (v for v in _VERB.finditer(words[:_LOOKED_AT]) if v["report"] or v["propose"]), None
    )
    found = _TO.search(words, verb.start() if verb else 0)
    if found is None:
        return None
    said: str = found["to"] or found["short"] or found["direct"]
    which = _WHICH.match(words, found.end()) if said.endswith(("สำนักงาน", "สานักงาน")) else None
    joined = "".join(part.strip(" \t") for part in said.split("\n"))
    return f"{joined} {which[1]}" if which else joined
