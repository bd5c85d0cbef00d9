"""Whether the text layer of a page can be taken for what the page says."""

import re

_THAI = re.compile(r"[ก-๎]")
_MARK = re.compile(r"[ัิีึืฺุู็่้๊๋์ํ๎]")
_DANGLING = re.compile(r"(?<![ก-ฮัิีึืฺุู็่้๊๋์ํ๎])[ัิีึืฺุู็่้๊๋์ํ๎ะาำ]|[เแโใไ](?![ก-ฮ])")
# Glyphs without a meaning, and what a Thai font of 8 bits looks like when taken for Latin-1.
_JUNK = re.compile(
    r"[\ue000-\uf8ff\ufffd\x80-\x9f\u00a1-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u02af\u2c60-\u2c7f]"
    r"|\(cid:\d+\)"
)
# Words that no letter does without. As a share of the Thai letters, not of words: no dictionary.
_WORDS = re.compile(
    r"การ|ที่|และ|ใน|ของ|ให้|เป็น|ได้|มี|จาก|นี้|ตาม|โดย|เพื่อ|ด้วย|ว่า|ความ|ผู้|วัน|เรียน|เรื่อง|หนังสือ"
    r"|จังหวัด|อำเภอ|ตำบล|ลง|ถึง|ส่ง|กับ|หรือ|ไม่|แล้ว|ดัง|งาน|ราชการ"
)

# Measured on forty letters of thirty offices; beside each the worst that a good one shows, and
# the mildest of what was spoilt on purpose. Between them stands the threshold.
MOST_JUNK = 0.02  # 0.000; Thai taken for Latin-1: 0.95
MOST_DANGLING = 0.01  # 0.002; letters in the wrong order: 0.05
LEAST_MARKS = 0.08  # 0.155; a font without a meaning for its marks: 0
LEAST_WORDS = 0.12  # 0.206; without its marks 0.108, other letters than drawn 0
LEAST_THAI = 0.1  # 0.267, a form full of dotted lines; Thai drawn as Latin signs: 0

# Fewer letters than this say nothing about their kind, and are no letter's first page.
FEW = 60
# A scan may carry a stamp or a signature line set by a machine; a letter is longer than those.
FEW_ON_PICTURE = 300


def is_short(text: str) -> bool:
    """Whether it matters for the trust in a text that it stands on a picture."""
    return len(_THAI.findall(text)) < FEW_ON_PICTURE


def fault_of(text: str, *, is_first: bool, on_picture: bool) -> str:
    """เหตุที่ไม่เชื่อ: why a repaired text layer is not what the page says; empty where it is.

    Tells broken letters, not wrong ones: a layer that says another thing in good Thai passes. A
    later page may be a table of figures, or in English; the first is a letter or nothing.
    """
    shown = "".join(text.split())
    letters = len(_THAI.findall(text))
    if len(_JUNK.findall(shown)) > MOST_JUNK * len(shown):
        return "มีข้อความที่อักษรเพี้ยน เพราะแบบอักษรในไฟล์ไม่บอกความหมาย"
    if on_picture and is_short(text):
        return "เป็นภาพสแกนที่มีข้อความเพียงบางส่วน"
    if is_first and letters < FEW:
        return "มีข้อความภาษาไทยน้อยเกินกว่าจะเป็นหนังสือ"
    if is_first and letters < LEAST_THAI * len(shown):
        return "มีข้อความที่ไม่ใช่ภาษาไทยเกือบทั้งหน้า"
    if letters < FEW:
        return ""
    if len(_DANGLING.findall(text)) > MOST_DANGLING * letters:
        return "มีข้อความที่สระและวรรณยุกต์อยู่ผิดที่"
    if len(_MARK.findall(text)) < LEAST_MARKS * letters:
        return "มีข้อความที่สระและวรรณยุกต์หายไป"
    if sum(map(len, _WORDS.findall(text))) < LEAST_WORDS * letters:
        return "มีข้อความที่ไม่เป็นคำ"
    return ""


def share_of_words(text: str) -> float:
    """ส่วนที่เป็นคำ: how much of the Thai letters is words that no letter does without, from 0 to 1."""
    letters = len(_THAI.findall(text))
    return sum(map(len, _WORDS.findall(text))) / letters if letters else 0.0
