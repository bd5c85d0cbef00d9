"""ความเดิม: what the running text only tells – what was asked earlier, or of others, and why."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from thamthan.reading.layout import Layout
from thamthan.reading.paragraphs import Paragraphs
from thamthan.reading.signs import OFFICE

_FAR = 4000
_TOLD = re.compile(r"^[ \t]*(?:ตามที่|ตามหนังสือ|อนุสนธิ|สืบเนื่องจาก)", re.MULTILINE)
_THAT_WAS = re.compile(r"(?<!ดัง)(?<!เช่น)(?<!เท่า)นั้น(?=\s|\Z)|\n[ \t]*\n")
# The parts of a memo that tell what was, before the part that says what is wanted.
_PART_TOLD = re.compile(
    r"^[ \t]*(?:(?:ข้อ\s?)?\d{1,2}\s?[.)]?\s*)?"
    r"(?:เรื่องเดิม|ต้นเรื่อง|ความเป็นมา|ข้อเท็จจริง|ข้อกฎหมาย|ข้อระเบียบ)",
    re.MULTILINE,
)
_PART_WANTED = re.compile(
    r"^[ \t]*(?:(?:ข้อ\s?)?\d{1,2}\s?[.)]?\s*)?(?:ข้อ(?:พิจารณา|เสนอ|คิดเห็น)|ความเห็น|การพิจารณา|จึง)",
    re.MULTILINE,
)
# "จากเดิมภายในวันที่ ๕ เป็นภายในวันที่ ๒๐": up to the word that brings in what holds now.
_FORMER = re.compile(
    r"(?:จากเดิม|จากก[ำา]หนดเดิม|เดิมก[ำา]หนด|จากที่ก[ำา]หนดไว้เดิม|ซึ่งเดิม|จาก(?=(?:ภายใน)?วันที่))[^\n]{0,120}?(?=เป็น|ออกไป|ขยาย|ไปจนถึง|\n|\Z)"
)
_OTHERS = re.compile(
    rf"{OFFICE}[^\n]{{0,60}}?(?:(?<!ขอ)แจ้งว่า|ได้แจ้ง|(?<!ขอ)แจ้งให้|มีหนังสือ|มีบันทึก|ได้ขอ|ได้สั่งการ|มีข้อสั่งการ)|ได้รับแจ้งจาก|มีหนังสือ(?:แจ้ง|ขอ|สั่งการ|ถึง|ด่วน|ที่)"
)
_OURSELVES = re.compile(r"จึง\s?(?:ใคร่)?(?:ขอ|ให้|เรียน|แจ้ง|ก[ำา]หนด)|ในการนี้|ดังนั้น|บัดนี้")
# "ทั้งนี้ อบต.… ยินดี…ทุกเดือน": the sender binds itself, and asks nothing.
_OWN_PROMISE = re.compile(
    rf"(?:ทั้งนี้|โดย|และ|ซึ่ง)\s?{OFFICE}[^\n]{{0,80}}?(?:ยินดี|ขอรับรอง(?:ว่า)?|รับรองว่า|จะ(?:เป็นผู้|ได้|รับผิดชอบ|ส่ง|แจ้ง|ด[ำา]เนินการ))"
)
_PURPOSE = re.compile(r"(?P<letter>มา\s?)?เพื่อ")
_ASKS_AFTER = re.compile(r"จึง|ขอให้|ขอความ|โปรด|ให้ท่าน|\sให้\s?(?:รายงาน|แจ้ง|จัดส่ง|ส่ง|ด[ำา]เนิน)")
_PURPOSE_LENGTH = 160

Stretches = tuple[tuple[int, int], ...]


def is_within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the stretches, which come in order."""
    which = bisect_right(stretches, (place, 1 << 62)) - 1
    return which >= 0 and stretches[which][0] <= place < stretches[which][1]


def told_before(layout: Layout) -> Stretches:
    """ความเดิม: the stretches "ตามที่ … นั้น" that tell what was asked earlier, and ask nothing now.

    So does the old day where a new one takes its place ("จากเดิม … เป็น …").
    """
    text = layout.sheet.text
    start, end = layout.body
    told: list[tuple[int, int]] = []
    closed: re.Match[str] | None = None
    for opened in _TOLD.finditer(text, start, end):
        if told and opened.start() < told[-1][1]:
            continue
        if closed is None or closed.start() < opened.end():
            closed = _THAT_WAS.search(text, opened.end(), end)
        if closed is None:
            break
        if closed.group() == "นั้น" and closed.end() - opened.end() < _FAR:
            told.append((opened.start(), closed.end()))
    for opened in _PART_TOLD.finditer(text, start, end):
        wanted = _PART_WANTED.search(text, opened.end(), end)
        if wanted and not any(is_within(opened.start(), [one]) for one in told):
            told = [one for one in told if not opened.start() <= one[0] < wanted.start()]
            told.append((opened.start(), wanted.start()))
    told.sort()
    former = [found.span() for found in _FORMER.finditer(text, start, end)]
    both = sorted([*told, *(one for one in former if not is_within(one[0], told))])
    return tuple(both)


def promised(layout: Layout, paragraphs: Paragraphs) -> Stretches:
    """คำรับรองของผู้ส่ง: the stretches in which the sender says what it will itself do."""
    text = layout.sheet.text
    start, end = layout.body
    found: list[tuple[int, int]] = []
    for one in _OWN_PROMISE.finditer(text, start, end):
        if not found or one.start() >= found[-1][1]:
            found.append((one.start(), max(paragraphs.next_after(one.start(), end), one.end())))
    return tuple(found)


def told_of_others(layout: Layout, paragraphs: Paragraphs) -> Stretches:
    """เรื่องที่ได้รับแจ้ง: "กระทรวงแจ้งว่า … ขอให้ …" up to where the sender itself begins to ask."""
    text = layout.sheet.text
    start, end = layout.body
    told: list[tuple[int, int]] = []
    for found in _OTHERS.finditer(text, start, end):
        if told and found.start() < told[-1][1]:
            continue
        stop = paragraphs.next_after(found.start(), end)
        turn = _OURSELVES.search(text, found.end(), stop)
        told.append((found.start(), turn.start() if turn else max(stop, found.end())))
    return tuple(told)


def is_purpose(text: str, place: int, *, since: int) -> bool:
    """Whether the words before a place tell what something is for ("เพื่อให้ … โดยเร็ว")."""
    before = text[max(since, place - _PURPOSE_LENGTH) : place].split("\n\n")[-1]
    openings = [found for found in _PURPOSE.finditer(before) if not found["letter"]]
    return bool(openings) and _ASKS_AFTER.search(before, openings[-1].end()) is None
