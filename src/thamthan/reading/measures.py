"""มาตรการ: cuts the running prose of one ordered item into the measures that it names."""

import re
from bisect import bisect_right

from thamthan.reading.deeds import BARE_DEED, DEED, PROPOSE, REPORT

# Words that join one measure to the next and say so themselves.
_JOINTS = r"ควบคู่(?:กับ|ไปกับ)|รวมถึง|รวมทั้ง|ตลอดจน|พร้อมทั้ง|อีกทั้ง|นอกจากนี้|ทั้งนี้\s?ให้"

_DONE = (
    r"(?:เท่าเทียม(?:กัน)?|ทั่วถึง|ยั่งยืน|เป็นระบบ|ต่อเนื่อง|เป็นรูปธรรม|มีประสิทธิภาพ|ร่วมกัน|เหมาะสม|ถูกต้อง|เข้มแข็ง)"
)
_DEEDS = r"(?:ส่งเสริม|สร้าง|แก้ไข|ป้องกัน|จัด|พัฒนา|บริหาร|ดูแล|ฟื้นฟู|ยกระดับ|สนับสนุน|เพิ่ม|ปรับปรุง|ช่วยเหลือ)"

_VERB = rf"(?:{DEED}|{PROPOSE}|{REPORT})"
_BEGIN = re.compile(
    rf"โดย(?:ขอ)?(?:ให้(?!ความ|สามารถ|ได้)|(?=ให้ความ))\s?|ดังนี้\s|ได้แก่\s|(?:\A\s*|\s)(?:ขอ)?ให้\s?(?={_VERB})"
)
_CUT = re.compile(
    rf"(?P<joint>{_JOINTS})"
    rf"|(?P<verb>(?<=\s){_VERB})"
    rf"|(?P<after>(?<=\s)การ(?={_DEEDS}))"
    rf"|(?P<glued>(?<=[ก-๎])การ(?={_DEEDS}))"
    r"|(?P<last>\s?และการ(?=[ก-ฮเแโใไ]))"
    rf"|(?P<again>\s?และ(?P<thing>มาตรการ|มาตรฐาน|การ)?(?P<twin>{_VERB}))"
)
_JOINT = re.compile(rf"\s*(?:(?:{_JOINTS})|และ)\s*")
_QUOTES = re.compile(r"“[^”]{0,200}”|\"[^\"]{0,200}\"|‘[^’]{0,200}’|\([^()]{0,200}\)")
# A purpose runs to the next space: "เพื่อป้องกันอุบัติเหตุและส่งเสริมการท่องเที่ยว" is one.
_PURPOSE = re.compile(r"(?:เพื่อ|ให้เกิด|สามารถ)\S*\Z")
_DONE_LAST = re.compile(rf"{_DONE}\s*\Z")
# What "และ" with a verb goes on from begins with a verb itself, and is no thing.
_STARTS = re.compile(rf"\s*(?:{_JOINTS}|และ)?\s*(?:ขอ)?(?:ให้)?\s?{_VERB}")
# Words behind a space may be another measure whose verb is not known.
_MAY_BE_MORE = re.compile(
    r"(?<=[ก-๎])\s+(?!และ|หรือ|โดย|เพื่อ|ที่|ซึ่ง|ให้|ใน|ตาม|จาก|ของ|กับ|ครั้ง|แห่ง|คน|ทุก|ตลอด|อย่าง|ร่วม|ได้แก่|เช่น|ภายใน|ก่อน)"
    r"[ก-ฮเแโใไ]"
)
# Behind these a verb says what was done to the word before, and begins nothing.
_HOLDS_ON = ("ระบบ", "และ", "หรือ", "การ", "ด้าน", "ความ", "ให้", "เพื่อ", "ที่", "ได้", "ไม่", "ผู้", "เช่น")
_LEAST = 8
_LOOKED_AT = 600
_SURE = 0.85
_JUDGED = 0.7


def cut_measures(text: str) -> list[tuple[int, int, float]]:
    """แยกมาตรการ: stretches of the text with how sure each cut is; none when it is all one measure.

    1. What stands before "โดยให้", or "ให้" with a verb, is the name of the item, no measure.
    2. A joining word (ควบคู่กับ, รวมถึง …), a new verb after a space, or "การ" with a deed begins one.
    3. "และการ…" ends a row of nouns in "การ…"; "และ" with a verb begins one where the verb before
       it has its own object, and no purpose is being told.
    4. Nothing is cut within quotation marks or brackets, and nothing shorter than a word or two.
    """
    begin = _BEGIN.search(text)
    start = begin.end() if begin and begin.start() < len(text) * 0.6 else 0
    quotes = [(q.start(), q.end()) for q in _QUOTES.finditer(text)]
    opened = [q[0] for q in quotes]
    cuts: list[tuple[int, float]] = [(start, _SURE if begin else _JUDGED)]
    nouns = False
    for found in _CUT.finditer(text, start):
        at = found.start()
        which = bisect_right(opened, at) - 1
        if which >= 0 and at < quotes[which][1]:
            continue
        since = cuts[-1][0]
        said = text[max(since, at - _LOOKED_AT) : at]
        opens = _STARTS.match(text, since, at) is not None
        if len(said.strip()) < _LEAST or not _is_cut(found, said, nouns=nouns, opens=opens):
            continue
        nouns = found.lastgroup in ("after", "glued", "last") or (
            nouns and found.lastgroup == "again"
        )
        cuts.append((at, _SURE if found["joint"] else _JUDGED))
    if len(cuts) < 2:
        return []
    ends = [at for at, _ in cuts[1:]] + [len(text)]
    stretches = [(_behind_joint(text, at), end) for (at, _), end in zip(cuts, ends, strict=True)]
    return [
        (start, end, _JUDGED if _MAY_BE_MORE.search(text, start, end) else sure)
        for (start, end), (_, sure) in zip(stretches, cuts, strict=True)
    ]


def _behind_joint(text: str, at: int) -> int:
    """A measure's own words begin behind the word that joins it to the one before."""
    joint = _JOINT.match(text, at)
    return joint.end() if joint else at


def _is_cut(found: re.Match[str], said: str, *, nouns: bool, opens: bool) -> bool:
    if found["glued"]:
        return _DONE_LAST.search(said[-40:]) is not None
    if found["last"]:
        return nouns
    if found["again"]:
        return found["twin"] in said or (
            not found["thing"]
            and opens
            and BARE_DEED.search(said[-30:]) is None
            and _PURPOSE.search(said[-120:]) is None
        )
    if found["verb"]:
        # "การจัดการระบบ บริหารจัดการน้ำเสีย" says one thing twice, with a space by chance.
        return not said.rstrip().endswith(_HOLDS_ON)
    return not said.rstrip().endswith(("ด้าน", "และ", "หรือ", "ใน", "แนวทาง", "ผ่าน"))
