"""มาตรการ: cuts the running prose of one ordered item into the measures that it names."""

import re
from bisect import bisect_right

# Words that join one measure to the next and say so themselves.
_JOINTS = r"ควบคู่(?:กับ|ไปกับ)|รวมถึง|รวมทั้ง|ตลอดจน|พร้อมทั้ง|อีกทั้ง|นอกจากนี้|ทั้งนี้\s?ให้"

# Verbs with which a new measure begins after a space. Verbs that tell the wished effect
# ("สร้างรายได้", "กระจายผลประโยชน์") are left out: the effect belongs to the measure before it.
_VERBS = (
    r"(?:เร่ง(?:รัด|ขับเคลื่อน|ด[ำา]เนินการ)|ผลักดัน|ส่งเสริม|สนับสนุน|ขับเคลื่อน|ยกระดับ|ปรับปรุง|ป้องกัน|ปราบปราม|ฟื้นฟู|พัฒนา"
    r"|จัด(?:ให้มี|ท[ำา]|ตั้ง|ระเบียบ|กิจกรรม|เตรียม)|รณรงค์|เฝ้าระวัง|ประชาสัมพันธ์|บริหารจัดการ|ส[ำา]รวจ|ติดตาม|ตรวจสอบ|ก[ำา]กับดูแล"
    r"|ขยาย(?:ผล|โอกาส|ช่องทาง)|เสริมสร้าง|สร้าง(?:ความ|เครือข่าย|อาชีพ|การรับรู้)|แก้ไข|ดูแล|เพิ่ม(?:ช่องทาง|ประสิทธิภาพ|ศักยภาพ|พื้นที่|โอกาส|มูลค่า))"
)
_DONE = (
    r"(?:เท่าเทียม(?:กัน)?|ทั่วถึง|ยั่งยืน|เป็นระบบ|ต่อเนื่อง|เป็นรูปธรรม|มีประสิทธิภาพ|ร่วมกัน|เหมาะสม|ถูกต้อง|เข้มแข็ง)"
)
_DEEDS = r"(?:ส่งเสริม|สร้าง|แก้ไข|ป้องกัน|จัด|พัฒนา|บริหาร|ดูแล|ฟื้นฟู|ยกระดับ|สนับสนุน|เพิ่ม|ปรับปรุง|ช่วยเหลือ)"

_BEGIN = re.compile(r"โดย(?:ขอ)?(?:ให้(?!ความ|สามารถ|ได้)|(?=ให้ความ))\s?|ดังนี้\s|ได้แก่\s")
_CUT = re.compile(
    rf"(?P<joint>{_JOINTS})"
    rf"|(?P<verb>(?<=\s){_VERBS})"
    rf"|(?P<after>(?<=\s)การ(?={_DEEDS}))"
    rf"|(?P<glued>(?<=[ก-๎])การ(?={_DEEDS}))"
    r"|(?P<last>\s?และการ(?=[ก-ฮเแโใไ]))"
    rf"|(?P<again>\s?และ(?:มาตรการ|มาตรฐาน|การ)?(?P<twin>{_VERBS}))"
)
_JOINT = re.compile(rf"\s*(?:(?:{_JOINTS})|และ)\s*")
_QUOTES = re.compile(r"“[^”]{0,200}”|\"[^\"]{0,200}\"|‘[^’]{0,200}’|\([^()]{0,200}\)")
_DONE_LAST = re.compile(rf"{_DONE}\s*\Z")
_LEAST = 8
_SURE = 0.85
_JUDGED = 0.7


def cut_measures(text: str) -> list[tuple[int, int, float]]:
    """แยกมาตรการ: stretches of the text with how sure each cut is; none when it is all one measure.

    1. What stands before "โดยให้" is the name of the item, no measure.
    2. A joining word (ควบคู่กับ, รวมถึง …), a new verb after a space, or "การ" with a deed begins one.
    3. "และการ…" ends a row of nouns in "การ…"; "และ" with a verb said before is its twin.
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
        said = text[cuts[-1][0] : at]
        if len(said.strip()) < _LEAST or not _is_cut(found, said, nouns=nouns):
            continue
        nouns = found.lastgroup in ("after", "glued", "last") or (
            nouns and found.lastgroup == "again"
        )
        cuts.append((at, _SURE if found["joint"] else _JUDGED))
    if len(cuts) < 2:
        return []
    ends = [at for at, _ in cuts[1:]] + [len(text)]
    return [
        (_behind_joint(text, at), end, sure) for (at, sure), end in zip(cuts, ends, strict=True)
    ]


def _behind_joint(text: str, at: int) -> int:
    """A measure's own words begin behind the word that joins it to the one before."""
    joint = _JOINT.match(text, at)
    return joint.end() if joint else at


def _is_cut(found: re.Match[str], said: str, *, nouns: bool) -> bool:
    if found["glued"]:
        return _DONE_LAST.search(said[-40:]) is not None
    if found["last"]:
        return nouns
    if found["again"]:
        return found["twin"] in said
    if found["verb"]:
        # "การจัดการระบบ บริหารจัดการน้ำเสีย" says one thing twice, with a space by chance.
        return not said.rstrip().endswith(("ระบบ", "และ", "หรือ", "การ", "ด้าน", "ความ", "ให้"))
    return not said.rstrip().endswith(("ด้าน", "และ", "หรือ", "ใน", "แนวทาง", "ผ่าน"))
