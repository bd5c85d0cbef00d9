"""หัวหนังสือ: finds the labelled fields above the running text, in whatever order they come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from thamthan.reading.parts import LABELS, MANY_LINES, Block, Part
from thamthan.reading.sheet import Cell, Line
from thamthan.reading.signs import (
    AM,
    BLANK_FILL,
    MESSAGE,
    MONTH_YEAR,
    OFFICE_LINE,
    OPENER,
    PAGE_MARK,
    SECRECY,
    SPEED_LABEL,
    URGENCY,
)
from thamthan.reading.stamp import is_tick_box
from thamthan.thai.correspondence import LetterNumber, find_letter_number
from thamthan.thai.dates import WrittenDate, parse_date

_LOOKED_AT = 160
# More lines than these no field has, but for the entries of a numbered list.
MOST_LINES = 24
_BULLET = re.compile(r"[\s\-*•>|#]*")
_NUMBER = re.compile(r"(?:เลข)?ที่?\s*[*:\uff1a]*\s*")
_HEADING = re.compile(
    rf"(?:บันทึก\s?ข้อความ|ค{AM}สั่ง|ประกาศ|ระเบียบ|ข้อบังคับ|หนังสือรับรอง|รายงานการประชุม"
    rf"|แถลงการณ์|ข่าว(?:ประชาสัมพันธ์|แจก|(?:ส{AM}นัก|กรม|กระทรวง|จังหวัด|อ{AM}เภอ|เทศบาล|องค์การ|มหาวิทยาลัย|โรง)))"
)
_FROM = re.compile(r"จาก(?:[ \t]{2,}|\s*[:\uff1a]\s*)")
# In the forces a memo is put up to a unit, and addressed to no one.
_PUT_UP = re.compile(r"เสนอ[ \t]+(?=[ก-๎])")
_ENTRY = re.compile(
    r"(?:^|(?<=\s))[(]?(?P<dotted>\d{1,2})\s?[.)](?!\d)|^\s*(?P<bare>\d{1,2})[ \t]+(?=[ก-๎])"
)
# บันทึกข้อความ may stand beside a stamp; so far down the letter it is looked for.
_MEMO = re.compile(r"บันทึก\s?ข้อความ")
_MEMO_LINES = 12
_REMARK = re.compile(r"\([^()\d][^()]*\)")
_SPLIT_DIGITS = re.compile(r"(?<=\d)[ ](?=\d(?!\d))")
_QUANTITY_LAST = re.compile(rf"(?:จ{AM}นวน\s*)?\d+\s*(?:ชุด|ฉบับ|แผ่น|เล่ม|หน้า|ราย|รายการ|แฟ้ม)\s*\Z")


@dataclass(slots=True)
class Head:
    """All that stands above the running text."""

    blocks: dict[Part, Block] = field(default_factory=dict)
    dates: list[Cell] = field(default_factory=list)
    around: list[Cell] = field(default_factory=list)
    beside: list[Cell] = field(default_factory=list)
    heading: Cell | None = None
    message: Cell | None = None
    urgency: Cell | None = None
    secrecy: Cell | None = None
    body_line: int = 0

    @property
    def opening(self) -> str | None:
        """คำขึ้นต้น, as the label of the addressee."""
        addressed = self.blocks.get(Part.TO)
        return addressed.label if addressed else None


def read_head(lines: Sequence[Line], *, taken: frozenset[Cell]) -> Head:
    """ส่วนหัว: walks down the lines until the running text begins.

    1. Lines and cells of receipt stamps are passed over.
    2. A label opens a field; the lines below it belong to it while they look like its own.
    3. What is no field and stands before the addressee may be the sender, the date, the urgency.
    4. The first line behind the addressee that belongs to nothing is the running text.
    """
    reader = _HeadReader(lines[:_LOOKED_AT], taken)
    reader.read()
    return reader.head


class _HeadReader:
    def __init__(self, lines: Sequence[Line], taken: frozenset[Cell]) -> None:
        self.lines = lines
        self.head = Head()
        self._cells = {
            line.at: [cell for cell in line.cells if cell not in taken] for line in lines
        }
        self._is_memo = any("บันทึก" in line.text for line in lines[:_LOOKED_AT])
        self._labels = {line.at: self._label(line) for line in lines}
        self._current: Part | None = None
        self._gap = 0
        self._complete = False
        self._has_blank_number = False
        self._take_memo_heading()

    def _take_memo_heading(self) -> None:
        """A memo's heading that shares its line with a stamp's words, which may open it."""
        for line in self.lines[:_MEMO_LINES]:
            cells = self._cells[line.at]
            found = next((cell for cell in cells if _MEMO.fullmatch(cell.text.strip())), None)
            if found is not None and len(cells) > 1:
                self.head.heading = found
                self._cells[line.at] = [cell for cell in cells if cell is not found]
                self._labels[line.at] = self._label(line)
                return

    def read(self) -> None:
        for line in self.lines:
            cells = self._cells[line.at]
            words = " ".join(cell.text for cell in cells)
            if is_tick_box(line) or (not cells and not line.blank):
                continue
            if BLANK_FILL.match(words):
                self._gap += 1
                continue
            if self._take_label(line) or self._take_lone(line, cells, words):
                self._gap = 0
                continue
            if self._continues(line, words):
                self._extend(cells)
            elif self._is_body(line, words):
                self.head.body_line = line.at
                return
            else:
                self._current = None
                self.head.around += cells
            self._gap = 0
        self.head.body_line = self.lines[-1].at + 1 if self.lines else 0

    def _label(self, line: Line) -> tuple[Part, re.Match[str] | None, int, str] | None:
        """The label with which a line opens: its part, and where in the view its value begins."""
        cells = self._cells[line.at]
        if not cells:
            return None
        words = line.text[: cells[-1].end - line.start]
        bullet = _BULLET.match(words, cells[0].start - line.start)
        at = bullet.end() if bullet else 0
        for mark in (SECRECY, URGENCY):
            found = mark.match(words, at)
            if found and words[found.end() :].strip():
                at = found.end() + len(words[found.end() :]) - len(words[found.end() :].lstrip())
        for part, pattern in LABELS:
            found = pattern.match(words, at)
            if found and not (part is Part.DATE and len(words) > 90):
                return part, found, line.start + found.end(), found.group().strip(" \t*:\uff1a")
        found = _FROM.match(words, at)
        if found and self._goes_to(line):
            return Part.OFFICE, found, line.start + found.end(), "จาก"
        found = _PUT_UP.match(words, at)
        if found and self._is_memo:
            return Part.TO, found, line.start + found.end(), "เสนอ"
        found = _NUMBER.match(words, at)
        if found and _opens_number(words[found.end() :]):
            return Part.NUMBER, found, line.start + found.end(), "ที่"
        return None

    def _goes_to(self, line: Line) -> bool:
        """Whether "ถึง" or "เรียน" follows, so that "จาก" names the one who sends."""
        ahead = [one for one in self.lines[line.at + 1 : line.at + 5] if not one.blank]
        return any(re.match(r"\s*(?:ถึง|เรียน)\s", one.text) for one in ahead[:2])

    def _take_label(self, line: Line) -> bool:
        label = self._labels[line.at]
        if label is None:
            return False
        part, found, start, word = label
        # "ที่ …" and "วันที่ …" may open a line in the middle of a reference or an enclosure.
        inner = part in (Part.NUMBER, Part.DATE) and self._current in (
            Part.REFERENCES,
            Part.ENCLOSURES,
        )
        rest = line.text[start - line.start :]
        if part is Part.NUMBER and self._has_blank_number and number_behind(rest):
            # A torn "วันที่" of a stamp stood for the number's label.
            del self.head.blocks[Part.NUMBER]
        if (inner and not self._gap) or (part in self.head.blocks and part is not Part.SUBJECT):
            return False
        if part in self.head.blocks and Part.TO in self.head.blocks:
            return False
        end = self._cells[line.at][-1].end
        if found is not None:
            self._take_marks(line.start, line.text[: found.start()])
        if part is Part.NUMBER:
            self._take_number(line, start, end)
        else:
            self.head.blocks[part] = Block(label=word, parts=((min(start, end), end),))
        self._current = part
        self._complete = False
        return True

    def _take_number(self, line: Line, start: int, end: int) -> None:
        """Divides the line of the number: the number, a memo's date, the sender on the right."""
        words = line.text[start - line.start : end - line.start]
        number = number_behind(words)
        stop = number[1] if number else 0
        date = re.search(r"วันที่?\s*[:\uff1a.]*", words)
        if date and (stop <= date.start() or not stop):
            self.head.blocks[Part.DATE] = Block("วันที่", ((start + date.end(), end),))
            words = words[: date.start()]
        elif stop:
            rest = words[stop:]
            cells = [c for c in self._cells[line.at] if c.end > start + stop and rest.strip()]
            self.head.beside += [_cut(c, start + stop) for c in cells]
            words = words[:stop]
        self.head.blocks[Part.NUMBER] = Block("ที่", ((start, start + len(words)),))
        self._has_blank_number = re.search(r"\w", words) is None

    def _take_marks(self, start: int, words: str) -> None:
        for name, mark in (("urgency", URGENCY), ("secrecy", SECRECY)):
            found = mark.search(words)
            if found and getattr(self.head, name) is None:
                cell = Cell(start + found.start(), start + found.end(), found.group())
                setattr(self.head, name, cell)

    def _take_lone(self, line: Line, cells: list[Cell], words: str) -> bool:
        """Takes a line that stands for itself: urgency, heading, date."""
        taken = False
        bare = words.strip(' -*•()[]“”"')
        bare = SPEED_LABEL.sub("", bare, count=1) if SPEED_LABEL.match(bare) else bare
        if self.head.message is None and Part.TO not in self.head.blocks and MESSAGE.match(bare):
            self.head.message = cells[0]
        for mark in (URGENCY, SECRECY):
            found = mark.search(bare)
            if found and (len(bare) - len(found.group()) <= 4 or _HEADING.search(bare)):
                self._take_marks(line.start, line.text)
                taken = True
        heading = _HEADING.search(bare)
        first = heading is not None and (taken or heading.start() == 0)
        if first and self.head.heading is None and not self._current and len(bare) < 90:
            self.head.heading = next((c for c in cells if _HEADING.search(c.text)), cells[0])
            taken = True
        if not taken and not (
            self._current in (Part.REFERENCES, Part.ENCLOSURES) and not self._gap
        ):
            whole = Cell(cells[0].start, cells[-1].end, words)
            dates = [cell for cell in cells if is_date(cell.text)]
            if is_date(words) or (dates and len(dates) == len(cells)):
                dates = [whole] if is_date(words) else dates
                self.head.dates += dates
                self._current = None
                taken = True
            elif dates and Part.TO not in self.head.blocks:
                self.head.dates += dates
                self.head.around += [cell for cell in cells if cell not in dates]
                taken = True
        return taken

    def _continues(self, line: Line, words: str) -> bool:
        current = self._current
        if current is None or current not in MANY_LINES or PAGE_MARK.match(words):
            return False
        block = self.head.blocks[current]
        numbered = re.match(r"[(]?\d{1,2}\s?[.)]", words)
        if (len(block.parts) >= MOST_LINES and not numbered) or OPENER.match(words):
            return False
        if self._gap:
            return self._continues_over_gap(line, words, current)
        if current is Part.SUBJECT:
            opens = numbered is not None and OPENER.match(words, numbered.end()) is not None
            return len(block.parts) < 5 and not opens
        if current is Part.TO:
            return self._continues_addressee(line, words, block)
        if current is Part.OFFICE:
            return Part.NUMBER not in self.head.blocks and len(block.parts) < 3
        if numbered:
            return self._is_next_entry(words, block)
        last = self.lines[line.at - 1].text
        deep = line.indent >= 10
        return deep if _QUANTITY_LAST.search(last) else len(words) < 130

    def _is_next_entry(self, words: str, block: Block) -> bool:
        """Whether a number goes on with the list; a new "1. ตามที่…" begins the running text."""
        number = re.match(r"[(]?(\d{1,2})\s?[.)](?!\d)\s*", words)
        if number is None:
            return True
        if OPENER.match(words, number.end()):
            return False
        last = 0
        for part in block.parts:
            for mark in _ENTRY.finditer(_REMARK.sub("", self._words_of(part))):
                last += int(mark["dotted"] or mark["bare"]) == last + 1
        return int(number.group(1)) == last + 1

    def _continues_over_gap(self, line: Line, words: str, current: Part) -> bool:
        if current in (Part.REFERENCES, Part.ENCLOSURES, Part.TO):
            numbered = re.match(r"[(]?(\d{1,2})\s?[.)]", words)
            block = self.head.blocks[current]
            first = re.match(r"\s*[(]?1\s?[.)]", self._words_of(block.parts[0]))
            return bool(numbered and first and int(numbered.group(1)) == self._count(block) + 1)
        if current is Part.SUBJECT and self._gap == 1 and not OFFICE_LINE.match(words):
            ahead = [self._labels.get(line.at + n) for n in range(1, 4)]
            if any(label and label[0] is Part.TO for label in ahead):
                block = self.head.blocks[current]
                self.head.blocks[current] = Block(block.label, block.parts, sure=False)
                return True
        return False

    def _continues_addressee(self, line: Line, words: str, block: Block) -> bool:
        last = self._words_of(block.parts[-1]).rstrip()
        if not last:
            return True
        if re.match(r"[(]?\d{1,2}\s?[.)]", words):
            return not self._complete and self._is_next_entry(words, block)
        if last.endswith(("/", ",", "และ", "-", "หรือ")):
            return not self._complete
        # A further line at the depth of the first addressee's own words.
        depth = block.parts[0][0] - self.lines[self._line_of(block.parts[0][0])].start
        return len(words) < 70 and depth > 4 and abs(line.indent - depth) <= 3

    def _count(self, block: Block) -> int:
        numbered = [re.match(r"\s*[(]?\d{1,2}\s?[.)]", self._words_of(p)) for p in block.parts]
        return sum(1 for found in numbered if found)

    def _words_of(self, part: tuple[int, int]) -> str:
        line = self.lines[self._line_of(part[0])]
        return line.text[part[0] - line.start : part[1] - line.start]

    def _line_of(self, place: int) -> int:
        return next(n for n, line in enumerate(self.lines) if line.end >= place)

    def _extend(self, cells: list[Cell]) -> None:
        if self._current is not None:
            block = self.head.blocks[self._current]
            parts = (*block.parts, (cells[0].start, cells[-1].end))
            self.head.blocks[self._current] = Block(block.label, parts, sure=block.sure)

    def _is_body(self, line: Line, words: str) -> bool:
        """Whether the running text begins: the addressee has been named and no field follows."""
        seen = self.head.blocks
        if Part.TO in seen or Part.SUBJECT in seen or OPENER.match(words):
            return not self._field_ahead(line, words)
        return bool(len(words) > 60 and not self._field_ahead(line, words))

    def _field_ahead(self, line: Line, words: str) -> bool:
        """Whether a field of the head still comes, with nothing like running text before it."""
        if OPENER.match(words) and Part.TO in self.head.blocks:
            return False
        left = 12 if Part.TO not in self.head.blocks else 6
        for ahead in self.lines[line.at + 1 : line.at + 40]:
            if ahead.blank:
                continue
            label = self._labels[ahead.at]
            if label and label[0] not in self.head.blocks and label[0] is not Part.DATE:
                return True
            if OPENER.match(ahead.text.strip()) and Part.TO in self.head.blocks:
                return False
            left -= 1
            if not left:
                return False
        return False


def is_date(words: str) -> bool:
    """Whether the words are a date and nothing else, its day perhaps left blank."""
    words = words.strip(" -().")
    return (
        bool(words)
        and len(words) < 60
        and (MONTH_YEAR.match(words) is not None or date_written(words) is not None)
    )


def date_written(words: str) -> WrittenDate | None:
    """The date that the words are, even where a hand or a stamp set its digits apart."""
    words = words.strip(" \t.…_-()[]")
    return parse_date(words) or parse_date(_SPLIT_DIGITS.sub("", words))


def number_behind(words: str) -> tuple[int, int, LetterNumber] | None:
    """The letter number with which the words behind "ที่" begin, and where among them it stands."""
    said = "ที่ "
    found = find_letter_number(said + words[:120])
    if found is None or not 0 <= found[0] - len(said) <= 14:
        return None
    return found[0] - len(said), found[1] - len(said), found[2]


def _opens_number(rest: str) -> bool:
    """Whether what follows "ที่" is a letter number, or a place left blank for one."""
    if number_behind(rest):
        return True
    blank = re.match(r"[\s.…_\-/]*", rest)
    left = rest[blank.end() :] if blank else rest
    return not left or (len(rest) - len(left) >= 3 and re.match(r"วันที่?", left) is not None)


def _cut(cell: Cell, start: int) -> Cell:
    if cell.start >= start:
        return cell
    words = cell.text[start - cell.start :]
    lead = len(words) - len(words.lstrip())
    return Cell(start + lead, cell.end, words.lstrip())
