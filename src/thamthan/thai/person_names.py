"""ชื่อบุคคลในข้อความ: names of persons, with a title or without, told by lists of Thai names."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pythainlp.tokenize import Tokenizer

# Titles of persons; words of posts and offices begin with some of them too.
_POSTS = "ก|อำเภอ|ทะเบียน|ช่าง|จ้าง|หน้า|ตรวจ|ด่าน|ท้าย|กอง|ประกัน|สถานี|เรือ"
_TITLE = (
    r"(?:นางสาว|น\.ส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|แพทย์หญิง|ดร\.|ว่าที่ร้อย(?:ตรี|โท|เอก)|"
    rf"นาย(?!{_POSTS})|นาง(?!รำ|ฟ้า|งาม))"
)
_WORD = r"[ก-ฮเ-ไ][ก-๎]{1,30}"
_TITLED = re.compile(rf"{_TITLE}\s?{_WORD}\s{{1,3}}{_WORD}")
# Before a given name these leave no doubt that a person is meant.
_CALLED = frozenset(
    [
        "คุณ",
        "ลุง",
        "ป้า",
        "น้า",
        "อา",
        "ตา",
        "ยาย",
        "ปู่",
        "ย่า",
        "พี่",
        "น้อง",
        "ครู",
        "อาจารย์",
        "หมอ",
        "ช่าง",
        "กำนัน",
        "ผู้ใหญ่",
        "ผู้ใหญ่บ้าน",
        "สจ.",
        "อสม.",
        "หลวงพ่อ",
        "พระ",
        "นาย",
        "นาง",
        "นางสาว",
        "ผู้ประสานงาน",
        "ผู้รับผิดชอบ",
        "ผู้ดูแล",
        "ผู้ติดต่อ",
        "ติดต่อ",
        "วิทยากร",
        "ผู้บริจาค",
        "ประธาน",
        "เหรัญญิก",
        "เจ้าของที่ดิน",
        "เจ้าของบ้าน",
        "ผู้ใจบุญ",
        "ชื่อ",
    ]
)
# Behind these a name is that of a place.
_PLACES = frozenset(
    [
        "บ้าน",
        "หมู่บ้าน",
        "วัด",
        "ตำบล",
        "ต.",
        "อำเภอ",
        "อ.",
        "จังหวัด",
        "จ.",
        "ถนน",
        "ซอย",
        "ตรอก",
        "คลอง",
        "สะพาน",
        "โรงเรียน",
        "ตลาด",
        "สวน",
        "ชุมชน",
        "หนอง",
        "เขา",
        "ท่า",
        "สาย",
        "แยก",
        "สถานี",
        "ศาลา",
        "หาด",
        "เกาะ",
        "บึง",
        "อ่าง",
        "ฝาย",
        "โครงการ",
        "กลุ่ม",
        "มูลนิธิ",
        "บริษัท",
        "ห้าง",
        "ร้าน",
        "ปี",
    ]
)
_SHORTEST, _LONGEST_FAMILY = 3, 16
_ALONE = re.compile(r"(?m)^[ \t]*([ก-๎]{3,30}) {1,2}([ก-๎]{3,30})[ \t]*$")
_THAI = re.compile(r"[ก-๎]")


class _Lists(NamedTuple):
    tokenizer: "Tokenizer"
    given: frozenset[str]
    families: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    # Half a second and only where something is shown to everybody.
    from pythainlp.corpus.common import (
        provinces,
        thai_family_names,
        thai_female_names,
        thai_male_names,
        thai_words,
    )
    from pythainlp.tokenize import Tokenizer

    given = frozenset(
        one for one in thai_female_names() | thai_male_names() if len(one) >= _SHORTEST
    )
    families = frozenset(one for one in thai_family_names() if len(one) >= _SHORTEST)
    words = frozenset(thai_words())
    known: set[str] = {*given, *families, *words, *map(str, provinces()), *_CALLED, *_PLACES}
    return _Lists(Tokenizer(known, engine="newmm"), given, families, words)


def person_names(text: str) -> list[tuple[int, int]]:
    """ที่ของชื่อบุคคลในข้อความ: from which letter to which, in their order, none twice.

    A title before two words; else a given name of the lists with a family name behind it, or
    after a word that calls a person; and a given name that is no other word, unless it is that of
    a place. Does not know every name there is, and takes some words for one.
    """
    found = [one.span() for one in _TITLED.finditer(text)]
    if _THAI.search(text):
        found += _untitled(text)
    told: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if told and start < told[-1][1]:
            told[-1] = told[-1][0], max(told[-1][1], end)
        else:
            told.append((start, end))
    return told


def _untitled(text: str) -> Iterator[tuple[int, int]]:
    known = _lists()
    for line in _ALONE.finditer(text):
        # Two words that fill a line: a name, unless the second is a word of every day.
        if line[1] in known.given and line[2] not in known.words:
            yield line.span(1)[0], line.span(2)[1]
    tokens = known.tokenizer.word_tokenize(text)
    starts = list(accumulate(map(len, tokens), initial=0))
    if starts[-1] != len(text):
        return
    for at, token in enumerate(tokens):
        if token not in known.given:
            continue
        before = _words_before(tokens, at)
        is_of_place = bool(_PLACES & set(before[:1] if before[:1] != ["นาย"] else before[:2]))
        if is_of_place and tokens[at - 1].strip():
            continue
        is_sure = token not in known.words or bool(_CALLED & set(before[:1]))
        family = _family(tokens, at, known, is_sure=is_sure)
        # A place that stands off its name: two names in a row are a person's all the same.
        if is_of_place and (family is None or tokens[at + 2] not in known.families):
            continue
        if family is not None:
            yield starts[at], starts[family + 1]
        elif is_sure:
            yield starts[at], starts[at + 1]


def _words_before(tokens: list[str], at: int) -> list[str]:
    """The words before a token, the nearest first; white space and colons left out."""
    return [token for token in reversed(tokens[max(at - 4, 0) : at]) if token.strip(" \t:")]


def _family(tokens: list[str], at: int, known: _Lists, *, is_sure: bool) -> int | None:
    """The last token of the family name behind a given one; None where none is.

    Behind what is surely a given name whatever stands behind one space: the whole of it up to the
    next space, or its first two words where more was written on.
    """
    behind = at + 2
    if behind >= len(tokens) or tokens[at + 1].strip(" ") or len(tokens[at + 1]) > _SHORTEST:
        return None
    word = tokens[behind]
    if not _THAI.match(word) or word in _PLACES:
        return None
    if word in known.families and (is_sure or word not in known.words):
        # Two plain words side by side are mostly two words.
        return behind
    if not is_sure:
        return None
    last, length = behind, len(word)
    while last + 1 < len(tokens) and _THAI.match(tokens[last + 1]):
        last += 1
        length += len(tokens[last])
    return last if length <= _LONGEST_FAMILY else min(behind + 1, last)
