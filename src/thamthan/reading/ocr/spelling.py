"""Words that every letter has get back what a scan has made of their marks and letters."""

import re
from collections.abc import Iterator
from functools import cache

from thamthan.thai.clusters import LOOK_ALIKES
from thamthan.thai.dates import MONTHS

_LABELS = (
    "บันทึกข้อความ",
    "ส่วนราชการ",
    "เรื่อง",
    "เรียน",
    "อ้างถึง",
    "สิ่งที่ส่งมาด้วย",
    "วันที่",
    "ที่",
    "ด่วนที่สุด",
    "ด่วนมาก",
    "ขอแสดงความนับถือ",
    "จึงเรียนมาเพื่อ",
    "โทรศัพท์",
)
# In a word this long that stands alone, letters taken for one another cannot mislead.
_LONG = 5
# The colon before an address may be taken for a letter; one that stands alone is none.
_MAIL = re.compile(r"E-mail ?([r;!il])(?= [a-z0-9][a-z0-9._-]*@)")
_MARKS = "ัิีึืฺุู็่้๊๋์"
_ANY_MARKS = f"[{_MARKS}]*"
_BELOW = set("ุู")
# A vowel above never stands before sara am: ทำ was printed where ที่ำ is read.
_MADE = re.compile("ท[ิีึื]่?ำ")
# What counts a deadline in working days.
_WORKING_DAY = re.compile(f"วันท{_ANY_MARKS}[ำา]การ")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for word in _LABELS:
        # A label opens its line or its column, and is followed by room or by what it names; a vowel
        # would be of its last letter: วันทำการ is no วันที่.
        loose = _loose(word)
        behind = r"(?=\s|$|[:(])" if len(word) < 4 else "(?![ะาำ])"
        found.append((word, re.compile(rf"(?:^|(?<=\s)){loose}{behind}", re.M)))
    for month in MONTHS:
        found.append((month, re.compile(rf"(?<![ก-ฮ]){_loose(month)}(?=[\s0-9๐-๙])")))
    return tuple(found)


def _loose(word: str) -> str:
    bare = [letter for letter in word if letter not in _MARKS]
    is_long = len(bare) >= _LONG
    # In large print letters stand so far apart that one may seem a word by itself.
    between = _ANY_MARKS + (" ?" if is_long else "")
    signs = between.join(_alike(one) if is_long else re.escape(one) for one in bare)
    return signs + _ANY_MARKS


def _alike(letter: str) -> str:
    return next((f"[{group}]" for group in LOOK_ALIKES if letter in group), re.escape(letter))


def respelt(text: str) -> Iterator[tuple[int, int, str]]:
    """คำที่เครื่องหมายหาย: where a word of every letter stands without its marks, and the word itself.

    In short words only marks are put right, never letters; so that no other word becomes one of
    these. In long ones a letter may be one that looks alike, or stand off: "ต่วนที่สุ ด" is no word.
    """
    for word, pattern in _patterns():
        for found in pattern.finditer(text):
            # A mark below is taken for none above: "วันทุกวัน" says every day.
            if found.group() != word and not _BELOW & set(found.group()) - set(word):
                yield found.start(), found.end(), word
    for found in _WORKING_DAY.finditer(text):
        if found.group() != "วันทำการ":
            yield found.start(), found.end(), "วันทำการ"
    for found in _MADE.finditer(text):
        yield found.start(), found.end(), "ทำ"
    for found in _MAIL.finditer(text):
        yield found.start(1), found.end(1), ":"
