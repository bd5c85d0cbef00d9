"""ย่อหน้า: where the paragraphs of the running text begin, however its lines were set."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from thamthan.reading.labels import label_of
from thamthan.reading.sheet import Line, Sheet
from thamthan.reading.signs import CATCHWORD, OFFICE, PAGE_MARK

# With these a line begins a paragraph even where neither a gap nor an indent shows it.
_OPENS = re.compile(r"จึง(?:ใคร่|ขอ|เรียน|แจ้ง|ส่ง|ให้)|ในการนี้|ทั้งนี้|บัดนี้|อนึ่ง|ขอแสดง|ดังนั้น|ตามที่|ตามหนังสือ")
# The sender begins to speak for itself: "อำเภอ… พิจารณาแล้ว", "จังหวัด… จึงขอให้".
SENDER_SPEAKS = re.compile(
    rf"{OFFICE}\S{{0,60}}?[ \t]?(?<!โดย)(?:พิจารณาแล้ว|จึง(?:ขอ|ใคร่|ให้|ก[ำา]หนด|แจ้ง)"
    r"|ใคร่ขอ|ขอ(?:ให้|ความ|เรียน|แจ้ง)|เห็นว่า|เห็นควร|หวัง(?:ว่า|เป็น))"
)
# A word that is never the first of a paragraph, so that a short line before it proves nothing.
_RUNS_ON = re.compile(
    r"[\d(),.;:a-zA-Z\"”’/]|และ|หรือ|ภายใน|ของ|ที่|ใน(?!การนี้)|เพื่อ(?!ให้|เป็นการ)|โดย(?!ให้)|ซึ่ง|ให้|จ[ำา]นวน"
    r"|ตาม(?!ที่|หนังสือ)|กับ|แก่|จาก|ถึง(?!\s)|พ\.\s?ศ|ทราบ|ต่อไป|ไป|มา|เป็น|ได้|แล้ว|ณ|จนถึง|ตั้งแต่|ระหว่าง"
    r"|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
)
_INDENT = 4
_SHORT = 0.6
_NARROWEST = 45


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The places of the view at which a paragraph or an entry of a list begins, in order."""

    starts: tuple[int, ...]

    def opens_at(self, place: int) -> bool:
        which = bisect_right(self.starts, place) - 1
        return which >= 0 and self.starts[which] == place

    def next_after(self, place: int, end: int) -> int:
        """Where the paragraph that holds a place ends, at most at `end`."""
        which = bisect_right(self.starts, place)
        return min(self.starts[which], end) if which < len(self.starts) else end


def lines_of(sheet: Sheet, body: tuple[int, int]) -> Sequence[Line]:
    """The lines of the running text."""
    first, last = sheet.line_at(body[0]), sheet.line_at(body[1])
    return [line for line in sheet.lines[first : last + 1] if line.start < body[1]]


def is_page_turn(words: str) -> bool:
    """A page number or a catchword, which divides pages and no sentences."""
    # White space at the edges would be shared out in every way by what these begin and end with.
    words = words.strip()
    return bool(PAGE_MARK.match(words) or CATCHWORD.match(words))


def find_paragraphs(sheet: Sheet, body: tuple[int, int]) -> Paragraphs:
    """แบ่งย่อหน้า: a line begins a paragraph for any one of these reasons, and else runs on.

    1. It is an entry of a list, or opens with words that always begin a paragraph.
    2. A blank line stands before it, and no turn of the page.
    3. It is indented where lines that run on are not, and does not hang under a label.
    4. The line before broke off early, and this one does not begin with a word that runs on.
    """
    lines = lines_of(sheet, body)
    filled = [line for line in lines if not line.blank and not is_page_turn(line.text)]
    margin = min((line.indent for line in filled), default=0)
    width = max((len(line.text.rstrip()) for line in filled), default=0)
    starts: list[int] = []
    before: Line | None = None
    opened = gap = turned = False
    for line in lines:
        if line.blank:
            gap = True
            continue
        if is_page_turn(line.text.strip()):
            turned = True
            continue
        turned = turned or (gap and before is not None and _is_new_page(sheet, before, line))
        words = line.text.strip()
        labelled = label_of(line) is not None
        opens = (
            before is None
            or labelled
            or bool(_OPENS.match(words) or SENDER_SPEAKS.match(words))
            or (gap and not turned)
            or _is_indented(line, before, margin, opened=opened)
            or (
                width >= _NARROWEST
                and not turned
                and len(before.text.rstrip()) < _SHORT * width
                and not _RUNS_ON.match(words)
            )
        )
        if opens:
            starts.append(line.start)
        before, opened, gap, turned = line, opens, False, False
    return Paragraphs(tuple(starts))


def _is_new_page(sheet: Sheet, before: Line, line: Line) -> bool:
    if len(sheet.pages) < 2:
        return False
    last, first = (sheet.span(one.start + one.indent, one.end) for one in (before, line))
    return last.page != first.page


def _is_indented(line: Line, before: Line, margin: int, *, opened: bool) -> bool:
    if line.indent < margin + _INDENT:
        return False
    if opened:
        # What hangs under the words of an entry stands further in than the entry itself.
        return line.indent <= before.indent
    return line.indent > before.indent + 2
