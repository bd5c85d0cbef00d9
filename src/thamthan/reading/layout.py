"""โครงของหนังสือ: the pages become stamp, head, running text and foot, and the kind of letter."""

import re
from dataclasses import dataclass

from thamthan.reading.foot import Foot, read_foot
from thamthan.reading.head import Head, read_head
from thamthan.reading.parts import Block, Part
from thamthan.reading.sheet import Cell, Sheet
from thamthan.reading.signed_place import Places
from thamthan.reading.signs import AM
from thamthan.reading.stamp import Stamp, find_stamps
from thamthan.thai.correspondence import LetterKind

_STAMPED_AT_ENDS = 160
_ORDER = re.compile(rf"(?:ค{AM}สั่ง|ระเบียบ|ข้อบังคับ)")
_NOTICE = re.compile(r"(?:ประกาศ|แถลงการณ์|ข่าว)")
_EVIDENCE = re.compile(r"(?:หนังสือรับรอง|รายงานการประชุม)")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one letter as places of its sheet; nothing is read yet."""

    sheet: Sheet
    kind: LetterKind
    kind_is_sure: bool
    stamps: tuple[Stamp, ...]
    head: Head
    foot: Foot
    body: tuple[int, int]

    def block(self, part: Part) -> Block | None:
        return self.head.blocks.get(part)


def lay_out(sheet: Sheet) -> Layout:
    """จัดโครง: divides a sheet, from the stamps inwards; every text has a layout."""
    lines = sheet.lines
    ends = (
        lines
        if len(lines) <= 2 * _STAMPED_AT_ENDS
        else [*lines[:_STAMPED_AT_ENDS], *lines[-_STAMPED_AT_ENDS:]]
    )
    stamps = tuple(find_stamps(ends))
    taken = frozenset(cell for stamp in stamps for cell in stamp.cells)
    head = read_head(lines, taken=taken | _names_over(stamps))
    kind, sure = _kind_of(head)
    stamped = kind is LetterKind.STAMPED or (kind is LetterKind.NOTICE and _is_news(head))
    foot = read_foot(
        lines,
        body_line=head.body_line,
        stamped=stamped,
        taken=taken,
        places=Places(sheet.span),
    )
    start = lines[head.body_line].start if head.body_line < len(lines) else len(sheet.text)
    return Layout(sheet, kind, sure, stamps, head, foot, (start, max(foot.body_end, start)))


def _is_news(head: Head) -> bool:
    """แถลงการณ์ and ข่าว end with the office that gives them over the date (แบบที่ 8 และ 9)."""
    return head.heading is not None and head.heading.text.lstrip().startswith(("ข่าว", "แถลง"))


def _names_over(stamps: tuple[Stamp, ...]) -> frozenset[Cell]:
    return frozenset(s.organisation for s in stamps if s.organisation)


def _kind_of(head: Head) -> tuple[LetterKind, bool]:
    """The kind by its heading, else by the words before the addressee."""
    words = "".join(head.heading.text.split()) if head.heading else ""
    addressed = head.blocks.get(Part.TO)
    if "บันทึกข้อความ" in words:
        return LetterKind.MEMO, True
    if not addressed and words:
        for pattern, kind in (
            (_ORDER, LetterKind.ORDER),
            (_NOTICE, LetterKind.NOTICE),
            (_EVIDENCE, LetterKind.EVIDENCE),
        ):
            if pattern.match(words):
                return kind, True
    if head.message and addressed:
        return LetterKind.OTHER, True
    if addressed and addressed.label == "ถึง":
        return LetterKind.STAMPED, True
    if Part.OFFICE in head.blocks and addressed:
        return LetterKind.MEMO, False
    if addressed:
        return LetterKind.EXTERNAL, Part.NUMBER in head.blocks or Part.SUBJECT in head.blocks
    if Part.SUBJECT in head.blocks and Part.NUMBER in head.blocks:
        return LetterKind.EXTERNAL, False
    return LetterKind.OTHER, False
