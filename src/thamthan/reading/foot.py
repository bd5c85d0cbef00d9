"""ท้ายหนังสือ: finds where the running text ends, who signed, and which unit may be asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from thamthan.reading.head import is_date
from thamthan.reading.sheet import Cell, Line
from thamthan.reading.signed_names import name_in, names_in
from thamthan.reading.signed_place import Places
from thamthan.reading.signs import (
    BLANK_FILL,
    CATCHWORD,
    CLOSING,
    FAX,
    OFFICE_LINE,
    PAGE_MARK,
    PURPOSE,
    TELEPHONE,
    TITLE,
)
from thamthan.thai.dates import MONTH_PATTERN

_LOOKED_AT = 60
_SAME_COLUMN = 8
_GIVEN_ON = re.compile(r"(?:สั่ง|ประกาศ|ให้ไว้)\s{0,9}ณ\s{0,9}(?:วันที่)?\s*")
_NOT_A_POSITION = re.compile(
    r"(?:[-–•*(\[]|โทร|แฟกซ์|[Ff]ax|[Tt]el|ผู้ประสาน|ผู้รับผิดชอบ|ลงชื่อ|เรียน|ความ(?:เห็น|คิดเห็น)|ทราบ|อนุ(?:มัติ|ญาต)|เห็น(?:ชอบ|ควร)"
    r"|เลข(?:ที่)?รับ|รับที่|วันที่|เวลา|E-?mail|[Ee]-?mail|ไปรษณีย์|http|www|สำเนา|หมายเหตุ|\.{3}|…|_{3}|“|\"|/)"
)
_RANK = re.compile(
    r"(?:ว่าที่\s?)?(?:(?:ร้อย|พัน|พล|สิบ|จ่าสิบ|จ่า|นาวา(?:อากาศ)?|เรือ(?:อากาศ)?)(?:ต[ำา]รวจ)?(?:เรือ)?(?:ตรี|โท|เอก)|ดาบต[ำา]รวจ"
    r"|(?:ร|พ|พล|ส|จ|จ\.ส|น|ด)\.(?:ต\.)?(?:ต|ท|อ)\.(?:[ตทอ]\.)?(?:ร\.น\.)?|ม\.(?:ร\.ว|ล)\.|หม่อม(?:หลวง|ราชวงศ์))\s?(?:หญิง)?"
)
_CALLED = re.compile(r"[.: \t]*\d")
_TASK = re.compile(r"[ก-๎][ก-๎ฯ/ ]{5,60}")
# A date that a stamp has put under the position, its year perhaps torn.
_STAMPED_DATE = re.compile(rf"[-–.…\s]*\d[\d\s]{{0,4}}{MONTH_PATTERN}")
_ACTING = re.compile(r"(?:แทน|ทำหน้าที่|ปฏิบัติหน้าที่|ในตำแหน่ง)\s*\Z")


@dataclass(slots=True)
class Foot:
    """All that stands below the running text; places are stretches of the view."""

    body_end: int = 0
    closing: Cell | None = None
    purpose: tuple[int, int] | None = None
    dates: list[Cell] = field(default_factory=list)
    names: list[Cell] = field(default_factory=list)
    rank: Cell | None = None
    sure_of_name: bool = True
    in_columns: bool = False
    position: list[Cell] = field(default_factory=list)
    owner: list[Cell] = field(default_factory=list)
    telephone: Cell | None = None
    sender: Cell | None = None


def read_foot(
    lines: Sequence[Line],
    *,
    body_line: int,
    stamped: bool,
    taken: frozenset[Cell],
    places: Places,
) -> Foot:
    """ส่วนท้าย: walks from the running text to the end of the letter.

    1. The text ends at the closing words, else behind "จึงเรียนมา…", else at the first signed name.
    2. The first name behind that is the signer's; later ones belong to those who endorse, and so
       do those in the margin, off to the side, far below, or behind a stamped date.
    3. The lines under the name are the position, until a blank line or something that is none.
    4. The owner's unit stands above the telephone.
    """
    foot = Foot()
    start = _end_of_text(lines, body_line, foot, taken if stamped else None, places)
    zone = [line for line in lines[start : start + _LOOKED_AT] if not _is_taken(line, taken)]
    if not stamped:
        _read_name(zone, foot, lines, places)
    below = _below_signature(zone, foot)
    _read_unit(below, foot)
    if stamped:
        foot.sender = _sender_above_date(zone, foot)
    return foot


def _is_taken(line: Line, taken: frozenset[Cell]) -> bool:
    cells = line.cells
    return bool(cells) and all(cell in taken for cell in cells)


def _end_of_text(
    lines: Sequence[Line],
    body_line: int,
    foot: Foot,
    taken: frozenset[Cell] | None,
    places: Places,
) -> int:
    """The first line behind the running text; notes closing and purpose on the way."""
    purpose: int | None = None
    signed: int | None = None
    for line in lines[body_line:]:
        words = line.text.strip()
        if not words:
            continue
        closing = CLOSING.match(words) if len(words) < 60 else None
        if closing:
            at = line.start + line.indent
            foot.closing = Cell(at, at + closing.end(), closing.group())
            foot.body_end = line.start
            if purpose is not None and purpose < line.at:
                foot.purpose = (lines[purpose].start, line.start)
            return line.at + 1
        if PURPOSE.match(words.lstrip("-• ")) and not CATCHWORD.match(words) and not signed:
            purpose = line.at
        if signed is None and names_in(line) and not places.is_in_margin(line, lines):
            signed = line.at
            if purpose is not None:
                break
        given = _GIVEN_ON.match(words)
        if given and len(words) < 80:
            at = line.start + line.indent + given.end()
            foot.dates.append(Cell(at, line.end, line.text[at - line.start :]))
            foot.body_end = line.start
            return line.at + 1
    if purpose is not None:
        return _end_of_purpose(lines, purpose, foot, stamped=taken is not None)
    if taken is not None:
        return _end_of_stamped(lines, body_line, foot, taken)
    at = signed if signed is not None else len(lines)
    foot.body_end = lines[at].start if at < len(lines) else lines[-1].end if lines else 0
    return at


def _end_of_purpose(lines: Sequence[Line], purpose: int, foot: Foot, *, stamped: bool) -> int:
    last = purpose
    for line in lines[purpose + 1 : purpose + 40]:
        words = line.text.strip()
        if not words and last == purpose:
            break
        listed = re.match(r"[(]?\d{1,2}\s?[.)]", words)
        if not words or names_in(line) or words.startswith(("ลงชื่อ", "(ลงชื่อ")):
            break
        # The sender over the date, where nothing but the line says that the text is over.
        if stamped and any(is_date(one.text) for one in lines[line.at : line.at + 2]):
            break
        if not listed and line.indent > 30 and lines[purpose].indent < 24 and len(words) < 40:
            break
        last = line.at
    foot.body_end = lines[last].end
    foot.purpose = (lines[purpose].start, lines[last].end)
    return last + 1


def _end_of_stamped(
    lines: Sequence[Line], body_line: int, foot: Foot, taken: frozenset[Cell]
) -> int:
    """A stamped letter ends with the sender's name over the date."""
    for line in reversed(lines[max(body_line, len(lines) - _LOOKED_AT) :]):
        if is_date(line.text) and not _is_taken(line, taken):
            above = line.at - 1
            while above > body_line and lines[above].blank:
                above -= 1
            start = above if len(lines[above].text.strip()) < 70 else line.at
            start = _first_of_name(lines, start, body_line)
            foot.body_end = lines[start].start
            return start
    foot.body_end = lines[-1].end if lines else 0
    return len(lines)


def _first_of_name(lines: Sequence[Line], at: int, body_line: int) -> int:
    """The name of an office may fill two lines, of which only the first begins as offices do."""
    if OFFICE_LINE.match(lines[at].text.strip()) or at - 1 <= body_line:
        return at
    above = lines[at - 1]
    beside = abs(above.indent - lines[at].indent) <= _SAME_COLUMN
    return at - 1 if beside and OFFICE_LINE.match(above.text.strip()) else at


def _read_name(zone: Sequence[Line], foot: Foot, lines: Sequence[Line], places: Places) -> None:
    """Takes the first name that may be the signer's, and the lines of the position under it."""
    unit_passed = False
    ended = _line_of_end(lines, foot)
    for place, line in enumerate(zone):
        words = line.text.strip()
        if TELEPHONE.match(words) or words.startswith("เรียน"):
            return
        if ended is not None and is_date(words):
            # Who signs is stamped with the day, under the post; the next name is another's.
            return
        names = names_in(line)
        name = names[0] if names else None
        if name is not None and not (
            places.is_under(line, ended, is_closing=foot.closing is not None)
            and not places.is_in_margin(line, lines)
        ):
            continue
        if len(names) > 1:
            foot.sure_of_name = False
            foot.in_columns = True
        if name is not None:
            bracketed = "(" in line.text or ")" in line.text
            below = zone[place + 1 : place + 4]
            repeated = not bracketed and any("(" in n.text and name_in(n) for n in below)
            if repeated:
                continue
            foot.names.append(name)
            foot.rank = _rank_over(zone[:place])
            foot.sure_of_name = foot.sure_of_name and bracketed and not unit_passed
            _read_position(zone[place + 1 :], foot)
            return
        unit_passed = unit_passed or bool(OFFICE_LINE.match(words))


def _line_of_end(lines: Sequence[Line], foot: Foot) -> Line | None:
    """The line of the closing words, else the last one that says what the letter is for."""
    if foot.closing is None and foot.purpose is None:
        return None
    at = foot.closing.start if foot.closing else foot.purpose[1] - 1 if foot.purpose else 0
    return next((line for line in reversed(lines) if line.start <= at and not line.blank), None)


def _rank_over(above: Sequence[Line]) -> Cell | None:
    """A rank that stands by itself on the line of the signature, over the name in brackets."""
    for line in reversed(above[-4:]):
        words = line.text.strip(" .…_")
        if words:
            start = line.start + line.text.index(words)
            # "น.อ." ends in a dot of its own.
            dotted = _RANK.match(line.text, start - line.start)
            if dotted and not line.text[dotted.end() :].strip(" .…_"):
                return Cell(start, line.start + dotted.end(), dotted.group())
            return None
    return None


def _read_position(below: Sequence[Line], foot: Foot) -> None:
    blank = 0
    for place, line in enumerate(below):
        words = line.text.strip()
        if not words:
            blank += 1
            acting = bool(foot.position and _ACTING.search(foot.position[-1].text))
            if blank > 2 or (foot.position and not acting):
                return
            continue
        if _NOT_A_POSITION.match(words) or is_date(words) or BLANK_FILL.match(words):
            return
        if _STAMPED_DATE.match(words):
            return
        if name_in(line) or PAGE_MARK.match(words) or len(foot.position) >= 5:
            return
        if OFFICE_LINE.match(words) and (
            (blank and not foot.position) or (foot.position and _is_unit(below, place))
        ):
            return
        if foot.in_columns:
            # Two sign side by side: only the left one's words are taken, and nothing is promised.
            foot.position.append(line.cells[0])
            continue
        label = re.match(r"ตำแหน่ง\s*[:\uff1a]?\s*", words)
        words = words[label.end() :] if label else words
        end = line.start + len(line.text.rstrip())
        foot.position.append(Cell(end - len(words), end, words))
        blank = 0


def _is_unit(below: Sequence[Line], place: int) -> bool:
    """Whether an office's name under a position is the unit to ask, not a part of the position."""
    above, line = below[place - 1], below[place]
    if _ACTING.search(above.text) and not above.blank:
        return False
    if above.indent - line.indent >= 15:
        return True
    for ahead in below[place + 1 : place + 4]:
        if TELEPHONE.match(ahead.text.strip()):
            return True
        if ahead.blank or not OFFICE_LINE.match(ahead.text.strip()):
            return False
    return False


def _below_signature(zone: Sequence[Line], foot: Foot) -> Sequence[Line]:
    last = foot.position[-1].end if foot.position else foot.names[-1].end if foot.names else -1
    return [line for line in zone if line.start > last]


def _read_unit(below: Sequence[Line], foot: Foot) -> None:
    """The unit that owns the matter, above its telephone; between may stand others."""
    for place, line in enumerate(below):
        words = line.text.strip()
        called = TELEPHONE.match(words)
        if called is None and OFFICE_LINE.match(words):
            # "อำเภอ…   โทร 081…": the last line of the unit may hold the telephone too.
            called = next(
                (one for one in TELEPHONE.finditer(words) if _CALLED.match(words, one.end())), None
            )
        if called is None or not re.search(r"\d", words[called.end() :]):
            continue
        start = line.start + line.indent + called.end()
        fax = FAX.search(line.text, start - line.start)
        end = line.start + fax.start() if fax else line.end
        foot.telephone = Cell(start, end, line.text[start - line.start : end - line.start])
        foot.owner = _unit_above(below[:place])
        before = words[: called.start()].rstrip()
        if before:
            at = line.start + line.indent
            foot.owner.append(Cell(at, at + len(before), before))
        return
    for place, line in enumerate(below):
        if is_date(line.text):
            foot.owner = _unit_above(below[place + 1 : place + 4])
            return
    foot.owner = _unit_above(below[:8]) if foot.closing else []


def _unit_above(lines: Sequence[Line]) -> list[Cell]:
    """The first run of lines that name offices, read upwards from the telephone."""
    runs: list[list[Cell]] = [[]]
    for line in reversed(lines):
        words = line.text.strip()
        if not words:
            if runs[-1]:
                runs.append([])
            continue
        if not runs[-1] and len(runs) == 1 and _is_task(lines, line, words):
            runs[-1].insert(
                0, Cell(line.start + line.indent, line.start + len(line.text.rstrip()), words)
            )
            continue
        if not OFFICE_LINE.match(words) or len(words) > 110 or name_in(line):
            if len(runs[-1]) == 1 and not OFFICE_LINE.match(runs[-1][0].text):
                runs[-1].clear()
            if runs[-1] or not re.match(r"(?:ผู้ประสาน|ผู้รับผิดชอบ)", words):
                break
            continue
        start = line.start + line.indent
        runs[-1].insert(0, Cell(start, line.start + len(line.text.rstrip()), words))
    runs = [run for run in runs if run]
    return runs[-1] if runs else []


def _is_task(lines: Sequence[Line], line: Line, words: str) -> bool:
    """A line straight over the telephone may name the task, under the unit that has it."""
    place = next(n for n, one in enumerate(lines) if one is line)
    above = lines[place - 1].text.strip() if place else ""
    return (
        OFFICE_LINE.match(above) is not None
        and not OFFICE_LINE.match(words)
        and _TASK.fullmatch(words) is not None
        and not re.match(TITLE, words)
        and abs(lines[place - 1].indent - line.indent) <= _SAME_COLUMN
    )


def _sender_above_date(zone: Sequence[Line], foot: Foot) -> Cell | None:
    """Under a stamped letter the office that sends it stands over the date."""
    for place, line in enumerate(zone):
        if is_date(line.text):
            start = line.start + line.indent
            foot.dates.append(Cell(start, line.start + len(line.text.rstrip()), line.text.strip()))
            filled = [above for above in zone[:place] if not above.blank]
            if not filled:
                return None
            first = _first_of_name(filled, len(filled) - 1, -1)
            start = filled[first].start + filled[first].indent
            end = filled[-1].start + len(filled[-1].text.rstrip())
            words = "\n".join(one.text.strip() for one in filled[first:])
            return Cell(start, end, words)
    return None
