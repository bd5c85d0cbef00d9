"""The marks that amendments of a plan leave: in a cell, behind the name, in a box over the row."""

import re

from thamthan.reading.plans.model import Amendment, AmendmentKind
from thamthan.thai.digits import to_arabic

_ROUND = (
    r"(?:\s*ครั้งที่\s*(?P<round>[0-9]{1,3})(?:\s*/\s*|\s+(?:พ\.?ศ\.?\s*)?|\s*ปี\s*)"
    r"(?P<year>25[0-9]{2}|[5-9][0-9])?)"
)
_PLAN = r"(?:แผน(?:พัฒนา)?(?:ท้องถิ่น)?\s*)?"
_KINDS: tuple[tuple[AmendmentKind, str], ...] = (
    (
        "coordinated",
        r"(?:ไป|ส่ง|ให้ไป)?\s*ประสาน(?:แผน(?:พัฒนา)?)?\s*(?:แบบ\s*)?(?:ผ\.?\s*)?0?2/2[^\n)]*",
    ),
    ("moved", r"ย้าย(?:โครงการ)?\s*(?:ไป|จาก|มาจาก|แผนงาน|ยุทธศาสตร์|ลำดับ)[^\n)]*"),
    ("duplicate", r"(?:โครงการ)?ซ้ำ(?:ซ้อน)?\s*(?:กับ)?\s*(?:โครงการ)?\s*(?:ลำดับ|ที่\s*[0-9])[^\n)]*"),
    ("merged", r"รวม(?:โครงการ)?(?:อยู่)?(?:เข้า)?กับ\s*(?:โครงการ)?\s*(?:ลำดับ|ที่\s*[0-9])[^\n)]*"),
    ("cancelled", r"(?:ขอ)?ยกเลิก(?:โครงการ)?[^\n)]*"),
    ("changed", rf"(?:ขอ)?เปลี่ยนแปลง{_PLAN}"),
    ("amended", rf"(?:ขอ)?แก้ไข(?:เปลี่ยนแปลง|เพิ่มเติม)?{_PLAN}"),
    ("added", rf"(?:ขอ)?เพิ่มเติม{_PLAN}|เพิ่มโครงการ(?:ใหม่)?"),
)
_ROUNDED = frozenset({"changed", "amended", "added"})
# With its round, or as a whole line, or alone in brackets, such a word is a mark; in the middle of
# a sentence it is what the project is about: โครงการแก้ไขปัญหายาเสพติด.
_MARKS = tuple(
    (kind, re.compile(rf"\(?(?P<words>(?:{words}){_ROUND})\)?"))
    if kind in _ROUNDED
    else (kind, re.compile(rf"\(?(?P<words>{words})\)?"))
    for kind, words in _KINDS
)
_ALONE = tuple(
    (
        kind,
        re.compile(
            rf"(?:^|\n)\s*\(?(?P<words>{words}){_ROUND}?\s*\)?\s*(?=\n|$)|\((?P<inside>{words})\s*\)"
        ),
    )
    for kind, words in _KINDS
    if kind in _ROUNDED
)
# In a note or a box a word by itself is a mark already; แก้ไขแบบแปลน is none.
_BARE = tuple(
    (kind, re.compile(rf"\(?(?P<words>{words})(?:{_ROUND}|(?=[\s),.]|$))\s*\)?"))
    if kind in _ROUNDED
    else (kind, re.compile(rf"\(?(?P<words>{words})\s*\)?"))
    for kind, words in _KINDS
)
# Project names that speak of such things are no marks of them.
_STRICT_KINDS = frozenset({"cancelled", "moved"})


def find_amendments(text: str, *, cell: str, in_note: bool) -> tuple[tuple[Amendment, ...], str]:
    """หาร่องรอยการแก้แผน: the marks in a text, and the text without them.

    `in_note`: the text is a note, where a bare word is a mark; elsewhere the word needs its round,
    brackets or a line of its own.
    """
    plain = to_arabic(text)
    found: list[tuple[int, int, Amendment]] = []
    for kind, pattern in (*_BARE,) if in_note else (*_MARKS, *_ALONE):
        for hit in pattern.finditer(plain):
            start, end = hit.span()
            taken = any(start < other_end and other < end for other, other_end, _ in found)
            if taken or (not in_note and kind in _STRICT_KINDS and not _stands_apart(plain, start)):
                continue
            groups = hit.groupdict()
            words = " ".join((groups.get("words") or groups.get("inside") or hit[0]).split())
            number, year = groups.get("round"), groups.get("year")
            found.append(
                (
                    start,
                    end,
                    Amendment(
                        kind,
                        _as_written(text, hit) or words,
                        cell,
                        int(number) if number else None,
                        _year(year),
                    ),
                )
            )
    found.sort(key=lambda one: one[0])
    rest, at = "", 0
    for start, end, _ in found:
        rest, at = rest + text[at:start], end
    rest += text[at:]
    lines = (" ".join(line.split()) for line in rest.split("\n"))
    return tuple(one for _, _, one in found), "\n".join(line for line in lines if line)


def _as_written(text: str, hit: re.Match[str]) -> str:
    return " ".join(text[hit.start() : hit.end()].strip(" ()\n").split())


def _stands_apart(text: str, start: int) -> bool:
    """At the beginning of a line or in brackets."""
    before = text[:start].rstrip(" ")
    return text[start : start + 1] == "(" or not before or before.endswith(("\n", "("))


def _year(words: str | None) -> int | None:
    if not words:
        return None
    year = int(words)
    return year if year > 100 else 2500 + year
