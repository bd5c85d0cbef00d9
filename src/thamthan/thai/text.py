"""Thai text as keyboards, PDFs and scanners give it, made comparable, searchable and sortable."""

import re
import unicodedata
from functools import lru_cache

from thamthan.thai.digits import to_arabic

# Old Windows fonts drew shifted marks from the private use area; PDFs made with them still hold
# those code points. U+02F8 is what one PDF writer leaves of a nikhahit.
_SHIFTED = {
    0xF700: "ฐ", 0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื",
    0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋", 0xF709: "์",
    0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์",
    0xF70F: "ญ", 0xF710: "ั", 0xF711: "ํ", 0xF712: "็",
    0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์",
    0xF718: "ุ", 0xF719: "ู", 0xF71A: "ฺ", 0x02F8: "ํ",
}  # fmt: skip
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_GLYPHS: dict[int, str | None] = {**_SHIFTED, **_UNSEEN}

# The order in which the marks of one consonant are kept: vowels, then the tone, then the rest,
# with the nikhahit last so that it stands beside the า with which it makes ำ.
_MARKS = "ฺุูัิีึื็่้๊๋์๎ํ"
_RUN = re.compile(rf"([ \t]{{0,4}})([{_MARKS}ำ](?:[ \t]{{0,4}}[{_MARKS}ำ])*)")
_SPLIT_AM = re.compile(r"ํ[ \t]{0,4}า")

_CLUSTER = re.compile(r"[เแโใไ]?[ก-ฮ][ัิีึืฺุู็่้๊๋์ํ]*[ะาำๅ]?|[A-Za-z]+|[0-9๐-๙]+|\S")
_LEADING_VOWEL = re.compile(r"([เแโใไ])([ก-ฮ])")
_SECOND_RATE = frozenset("็่้๊๋์ํ๎ฺ")


def repair(text: str) -> str:
    """ซ่อมข้อความ: what a reader sees the same is written the same; may change the length.

    1. Shifted glyphs become letters; unseen characters go; the rest is composed (NFC).
    2. เเ becomes แ.
    3. The marks of a consonant are put in order, each once, and the white space before them goes.
    4. ํ and า become ำ, and marks behind a ำ go before it.
    """
    text = unicodedata.normalize("NFC", text.translate(_GLYPHS)).replace("เเ", "แ")
    text = _RUN.sub(_ordered, text)
    return _RUN.sub(_ordered, _SPLIT_AM.sub("ำ", text))


def _ordered(run: re.Match[str]) -> str:
    before = run.string[run.start() - 1] if run.start() else ""
    lead = "" if "ก" <= before <= "๎" else run.group(1)
    return lead + _in_order(run.group(2))


# Thai writes a few dozen of them, over and over; what is longer or stranger may be forgotten.
@lru_cache(maxsize=1024)
def _in_order(run: str) -> str:
    found = set(run)
    am = "ำ" in found
    marks = [mark for mark in _MARKS if mark in found and not (am and mark == "ํ")]
    return "".join(marks) + ("ำ" if am else "")


def fold(text: str) -> str:
    """ข้อความสำหรับค้น: two spellings of the same words give the same text."""
    # Once more after squeezing: a line end between a consonant and its mark is now a space.
    return squeeze(to_arabic(repair(squeeze(repair(text)))).lower())


def squeeze(text: str) -> str:
    """White space becomes single spaces, and none at the ends."""
    return " ".join(text.split())


def clusters(text: str) -> list[str]:
    """กลุ่มอักขระ: the smallest pieces to search for, a consonant with all that hangs on it.

    Neither repairs nor folds: who compares clusters folds both sides first.
    """
    return _CLUSTER.findall(text)


def sort_key(name: str) -> str:
    """ลำดับพจนานุกรม: กา แกง ไก่ ขา เขา; comparing two keys as plain text gives the order.

    A leading vowel counts after its consonant; tone marks count only when all else is equal.
    """
    letters = _LEADING_VOWEL.sub(r"\2\1", fold(name))
    first: list[str] = []
    second: list[str] = []
    for letter in letters:
        if letter in _SECOND_RATE:
            second.append(letter)
        else:
            first.append(letter)
            second.append("\x01")
    return "".join(first) + "\x01" + "".join(second).rstrip("\x01")
