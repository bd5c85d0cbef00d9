"""The forms of correspondence: kinds of letter, speed, secrecy, numbers, openings, closings."""

import re
from dataclasses import dataclass
from enum import StrEnum

from thamthan.thai.digits import to_arabic
from thamthan.thai.text import repair, squeeze


class Urgency(StrEnum):
    """ชั้นความเร็ว."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    MOST_URGENT = "most_urgent"

    @property
    def label(self) -> str:
        return _URGENCY_LABELS[self]


class Secrecy(StrEnum):
    """ชั้นความลับ."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 – a class of secrecy, no password
    TOP_SECRET = "top_secret"  # noqa: S105

    @property
    def label(self) -> str:
        return _SECRECY_LABELS[self]


class LetterKind(StrEnum):
    """ชนิดของหนังสือ (ข้อ 10 ระเบียบสารบรรณ)."""

    EXTERNAL = "external"
    MEMO = "memo"
    STAMPED = "stamped"
    ORDER = "order"
    NOTICE = "notice"
    EVIDENCE = "evidence"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_URGENCY_LABELS = {
    Urgency.NORMAL: "ปกติ",
    Urgency.URGENT: "ด่วน",
    Urgency.VERY_URGENT: "ด่วนมาก",
    Urgency.MOST_URGENT: "ด่วนที่สุด",
}
_SECRECY_LABELS = {
    Secrecy.OPEN: "ปกติ",
    Secrecy.CONFIDENTIAL: "ลับ",
    Secrecy.SECRET: "ลับมาก",
    Secrecy.TOP_SECRET: "ลับที่สุด",
}
_KIND_LABELS = {
    LetterKind.EXTERNAL: "หนังสือภายนอก",
    LetterKind.MEMO: "บันทึกข้อความ",
    LetterKind.STAMPED: "หนังสือประทับตรา",
    LetterKind.ORDER: "หนังสือสั่งการ",
    LetterKind.NOTICE: "หนังสือประชาสัมพันธ์",
    LetterKind.EVIDENCE: "หนังสือที่เจ้าหน้าที่ทำขึ้นหรือรับไว้เป็นหลักฐาน",
    LetterKind.OTHER: "อื่น ๆ",
}


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """ที่: the sender's number of a letter, พบ 0017.2/ว 16407, in Arabic digits.

    `letters` is empty for an order that has only a number and a year (คำสั่งที่ 12/2569);
    `running` is empty where the number is not yet given, and may end in a year (52/2562).
    """

    letters: str
    code: str
    circular: bool
    running: str

    @property
    def agency_code(self) -> str:
        return f"{self.letters} {self.code}".strip()

    def __str__(self) -> str:
        if not self.agency_code:
            return self.running
        circular = "ว " if self.circular else ""
        return f"{self.agency_code}/{circular}{self.running}".rstrip()

    def key(self) -> str:
        """What two spellings of one number share; "ว" is left out, because offices leave it out."""
        code = self.code.strip(".")
        head = re.sub(r"[\s.]", "", self.letters) + code
        return f"{head}/{self.running}" if head else self.running


# Every repetition is bounded, so that no text, however long or odd, takes more than linear time.
_GAP = r"[ \t]{0,6}"
_DIGIT = r"[0-9๐-๙]"
_BUDDHIST_YEAR = rf"(?:25|๒๕){_DIGIT}{{2}}"
_SAID = r"ท(?:ี่|่ี)"
_MONTH = (
    r"(?:มกราคม|กุมภา|มีนาคม|เมษายน|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
    r"|เ?[มกพสตธ][ีิ]?\.?[ \t]?[คพย]\.?(?![ก-๎]))"
)
# A day is no running number: in "นว 0004/   1 มีนาคม 2555" the number is not yet given.
_NO_DAY = rf"(?!{_DIGIT}|{_GAP}{_MONTH}|{_GAP}/{_GAP}{_DIGIT}{{1,2}}{_GAP}/)"
# A committee's minutes have a point in the running part: นม 0037.2/203.15.
_RUNNING = rf"{_DIGIT}{{1,8}}(?:\.{_DIGIT}{{1,3}})?(?:{_GAP}/{_GAP}{_BUDDHIST_YEAR})?{_NO_DAY}"
_LETTERS = r"(?:(?:[ก-ฮ]\.){2,3}|[ก-ฮ]{2,4}(?:\.(?:[ก-ฮ]{1,4}\.)?)?)"
_COMMITTEE = r"\([ \t]?[ก-ฮ][ก-ฮ.]{0,6}[ \t]?\)"
_CODE = rf"{_DIGIT}{{1,6}}(?:{_GAP}\.{_GAP}{_DIGIT}{{1,4}}){{0,4}}(?:\({_DIGIT}{{1,3}}\))?\.?"
# A state enterprise names its branch before the running part: มท 5301.5/พบ.1234.
_UNIT = rf"(?:[ก-ฮ]{{2,5}}\.[ \t]?(?={_DIGIT}))"
_CIRCULAR = r"\(?ว\)?\.?(?![ก-๎])"

_NUMBER = re.compile(
    rf"(?:(?P<said>{_SAID}){_GAP}|(?<![ก-๎.]))"
    rf"(?P<letters>{_LETTERS}(?:{_GAP}{_COMMITTEE})?){_GAP}(?P<code>{_CODE}){_GAP}/"
    rf"(?:{_GAP}(?P<circular>{_CIRCULAR}))?"
    # In a paragraph the line may break before the running part; its date follows it there.
    rf"(?:{_GAP}(?P<running>{_UNIT}?{_RUNNING})"
    rf"|{_GAP}\n{_GAP}(?P<wrapped>{_RUNNING})(?=\s{{0,4}}ลงวันที่))?"
)
_ORDER_NUMBER = re.compile(
    rf"(?<![ก-๎]){_SAID}{_GAP}(?P<running>{_DIGIT}{{1,5}}{_GAP}/{_GAP}{_BUDDHIST_YEAR}){_NO_DAY}"
)
# Words and era names of consonants alone, which may stand before a number and a stroke.
_NO_LETTERS = frozenset(["คน", "งบ", "บท", "ผล", "กรม", "ถนน", "รถ", "พ.ศ.", "ค.ศ.", "พศ", "พศ."])


def find_letter_number(text: str) -> tuple[int, int, LetterNumber] | None:
    """ที่: the first letter number in the text, and where it stands, without the word ที่.

    Takes every spelling of the digits, the spaces and the ว; does not check that such an office
    exists.
    """
    number = next((found for found in _NUMBER.finditer(text) if _is_plausible(found)), None)
    order = _ORDER_NUMBER.search(text, 0, number.start() if number else len(text))
    if order:
        return *order.span("running"), LetterNumber("", "", False, _bare(order["running"]))
    if number is None:
        return None
    running = number["running"] or number["wrapped"] or ""
    return (
        number.start("letters"),
        number.end(),
        LetterNumber(
            letters=re.sub(r"(?<=[^(])\(", " (", _bare(number["letters"])),
            code=_bare(number["code"]),
            circular=number["circular"] is not None,
            running=_bare(running),
        ),
    )


def parse_letter_number(text: str) -> LetterNumber | None:
    """ที่: the letter number that the whole text is, with or without the word ที่."""
    words = re.sub(rf"^{_SAID}", "", squeeze(repair(text))).strip()
    found = find_letter_number(f"ที่ {words}")
    if found is None or words[found[1] - len("ที่ ") :].strip(" ."):
        return None
    return found[2] if found[0] == len("ที่ ") else None


def _is_plausible(found: re.Match[str]) -> bool:
    """Without the word ที่ before it, only a code of three digits or more is taken for one."""
    if found["letters"] in _NO_LETTERS:
        return False
    return found["said"] is not None or len(_bare(found["code"])) >= 3


def _bare(words: str) -> str:
    return to_arabic("".join(words.split()))


@dataclass(frozen=True, slots=True)
class Opening:
    """คำขึ้นต้น and the คำลงท้าย that goes with it, by the rank of who is written to."""

    opening: str
    closing: str
    addressee: str


OPENINGS = (
    Opening("เรียน", "ขอแสดงความนับถือ", "บุคคลทั่วไป ข้าราชการ และผู้ดำรงตำแหน่งอื่น"),
    Opening("กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง", "ประมุขขององค์กรตามรัฐธรรมนูญ"),
    Opening("นมัสการ", "ขอนมัสการด้วยความเคารพ", "พระภิกษุทั่วไป"),
    Opening("นมัสการ", "ขอนมัสการด้วยความเคารพอย่างสูง", "พระราชาคณะ"),
    Opening("นมัสการ", "ขอนมัสการด้วยความเคารพอย่างยิ่ง", "สมเด็จพระราชาคณะ"),
    Opening("กราบทูล", "ควรมิควรแล้วแต่จะโปรด", "สมเด็จพระสังฆราช"),
)


def closing_for(opening: str) -> tuple[str, ...]:
    """คำลงท้าย: the closings that fit an opening; none where it takes none or is not known."""
    words = squeeze(repair(opening))
    return tuple(pair.closing for pair in OPENINGS if pair.opening == words)


_LIKE_PEOPLE, _HEADS, _MONKS, _CHAPTER, _HIGH_CHAPTER, _PATRIARCH = OPENINGS
# ผู้ดำรงตำแหน่งที่ใช้ กราบเรียน; a deputy, a secretary or a former holder of the post is none.
_HEADS_OF_STATE = re.compile(
    r"(?:ประธานองคมนตรี|นายกรัฐมนตรี|ประธานรัฐสภา|ประธานสภาผู้แทนราษฎร|ประธานวุฒิสภา|ประธานศาลฎีกา"
    r"|รัฐบุรุษ|ประธานศาลรัฐธรรมนูญ|ประธานศาลปกครองสูงสุด|ประธาน(?:คณะ)?กรรมการการเลือกตั้ง"
    r"|ประธาน(?:คณะ)?กรรมการสิทธิมนุษยชนแห่งชาติ|ประธาน(?:คณะ)?กรรมการตรวจเงินแผ่นดิน"
    r"|ประธาน(?:คณะ)?กรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ|(?:ประธาน)?ผู้ตรวจการแผ่นดิน"
    r"|ประธาน ?(?:กกต|กสม|ป\.ป\.ช|คตง)\.?)(?![ก-๎])"
)
_ROYAL = re.compile(
    r"(?:พระบาทสมเด็จ|สมเด็จพระ(?:เจ้า|นาง|บรม|ราชินี|เทพ|กนิษฐา|อัยกา)|สมเด็จเจ้าฟ้า"
    r"|พระ(?:เจ้า|วรวงศ์เธอ|องค์เจ้า|ราชวงศ์|เจ้าวรวงศ์เธอ)|หม่อมเจ้า|ทูลกระหม่อม|เจ้าฟ้า)"
)
_PATRIARCH_WORDS = re.compile(r"(?:เจ้าพระคุณ ?)?สมเด็จพระ(?:อริยวงศาคตญาณ|สังฆราช)")
_CHAPTER_WORDS = re.compile(r"พระ(?:เดชพระคุณ ?พระ)?(?:ราช|เทพ|ธรรม)[ก-๎]{4}")
_MONK_WORDS = re.compile(
    r"(?:พระ(?:ครู|มหา|อธิการ|ปลัด|สมุห์|ใบฎีกา|ภิกษุ|อาจารย์|ราชาคณะ| )|เจ้าอาวาส|เจ้าคณะ|รองเจ้าคณะ"
    r"|หลวง(?:พ่อ|ปู่|ตา)|สามเณร)"
)


def openings_for(addressee: str) -> tuple[str, str]:
    """คำขึ้นต้นและคำลงท้าย: the pair that fits the addressee (ภาคผนวก 2 ระเบียบสารบรรณ).

    For the royal family, whose words have a table of their own, both are empty: a person must
    say. Goes by the words alone; does not know who holds which rank.
    """
    words = squeeze(repair(addressee)).removeprefix("ฯพณฯ").strip()
    if _PATRIARCH_WORDS.match(words):
        found = _PATRIARCH
    elif _ROYAL.match(words):
        return "", ""
    elif words.startswith(("สมเด็จพระ", "เจ้าประคุณสมเด็จ", "พระพรหม")):
        found = _HIGH_CHAPTER
    elif words.startswith("พระราชาคณะ") or _CHAPTER_WORDS.match(words):
        found = _CHAPTER
    elif _MONK_WORDS.match(words):
        found = _MONKS
    elif _HEADS_OF_STATE.match(words):
        found = _HEADS
    else:
        found = _LIKE_PEOPLE
    return found.opening, found.closing
