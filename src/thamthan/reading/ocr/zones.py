"""Where on a page a hand writes into the print: behind the number's slash, before the month."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.lines import Strip
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.writing import ReadStrip
from thamthan.thai.dates import MONTHS
from thamthan.thai.digits import to_arabic

# How far a hand reaches over and under the line, and how far a number runs, in consonants.
ABOVE = 2.0
BELOW = 0.9
_LONGEST = {"number": 13.0, "dated_on": 7.0, "receipt.number": 8.0}
_LONGEST_ELSE = 9.0
_HEAD = 0.42
_SURE = 0.85

_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:เลข)?ที?่?|[A-Za-z]{1,2})[^\d\s/]{1,8}\d[\d.,]{2,10}/?"
    r"|^[ก-ฮ]{2,4}\.?\d[\d.,]{2,10}/?"
)
_PRINTED_CIRCULAR = re.compile("ว(?!ัน|ล)")
_DAY_LABEL = re.compile("วันที?่?")
_YEAR = re.compile(r"(?:พ\.?ศ\.?)?2[45]\d\d\W{0,3}$")
_ORDERED = re.compile(r"\W{0,3}(?:สั่ง|ประกาศ|ให้ไว้)?\s?ณ$")
_MONTH = re.compile("|".join(MONTHS))
_TORN_MONTH = re.compile(r"[ก-์]*(?:[าุ]คม|ายน|พันธ์?)(?=(?:พ\.?ศ\.?)?2[45]\d\d\W{0,3}$)")
_RECEIPT = (
    ("receipt.number", re.compile(r"เลข(?:ที่?)?รับ(?:ที่?)?|ทะเบียนรับ|รับที่|รับเลขที่")),
    ("receipt.received_on", _DAY_LABEL),
    ("receipt.time", re.compile(r"เวลา")),
)
# A receipt's date and time stand beside or below its number, so many consonants away at most.
_STAMP_WIDE, _STAMP_HIGH = 30.0, 9.0


@dataclass(frozen=True, slots=True)
class Zone:
    """ที่ที่มือเขียน: the field that is written there, the place, and what print says of it.

    Month 0 is one whose first letters were not read; `circular` says that a ว stands before it.
    `frame` is the stamp it stands in: what the letter itself has there is not the stamp's.
    """

    field: str
    box: Box
    size: float
    foot: float
    month: int | None = None
    year: int | None = None
    circular: bool = False
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A letter of a row on the page, with the strip that it stands in."""

    text: str
    left: float
    right: float
    sure: bool
    strip: Strip


@dataclass(frozen=True, slots=True)
class _Row:
    letters: tuple[_Seen, ...]

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


def find_zones(read: Sequence[ReadStrip], worked: Worked) -> list[Zone]:
    """หาที่เขียน: the zones of the head and of the receipt stamps, by the print beside them."""
    rows = _rows(read)
    head = [row for row in rows if _top(row) < _HEAD * worked.grey.shape[0]]
    zones = [zone for row in head[:] if (zone := _number_zone(row))][:1]
    dated = [zone for row in (*head, *rows) if (zone := _date_zone(row))]
    return [*zones, *dated[:1], *_receipt_zones(rows)]


def _rows(read: Sequence[ReadStrip]) -> list[_Row]:
    by_row: dict[tuple[int | None, int], list[ReadStrip]] = {}
    for one in read:
        if one.letters:
            by_row.setdefault((one.strip.frame, one.strip.row), []).append(one)
    rows = []
    for strips in by_row.values():
        strips.sort(key=lambda one: one.strip.left)
        rows.append(_Row(tuple(_seen(strips))))
    return sorted(rows, key=_top)


def _seen(strips: Sequence[ReadStrip]) -> Iterator[_Seen]:
    for one in strips:
        for letter in one.letters:
            yield from (_of(letter, part, one.strip) for part in to_arabic(letter.text))


def _of(letter: Letter, text: str, strip: Strip) -> _Seen:
    left, right = strip.left + letter.left, strip.left + letter.right
    return _Seen(text, left, right, letter.certainty >= _SURE, strip)


def _top(row: _Row) -> float:
    return row.letters[0].strip.box.top


def _number_zone(row: _Row) -> Zone | None:
    """Behind the slash of the office's code, which opens its line."""
    found = _NUMBER.match(row.text)
    if found is None or found.end() > 24 or "/" not in row.text[: found.end() + 3]:
        return None
    last = row.letters[found.end() - 1]
    left = _behind_slash(row, found.end())
    right = _next_print(row, found.end(), "number", left)
    # A ว that was read tells a circular, whoever wrote it; what is asked for stands behind it.
    circular = _PRINTED_CIRCULAR.match(row.text, found.end()) is not None
    circular = circular and row.letters[found.end()].sure
    if circular:
        left = max(left, row.letters[found.end()].right)
    zone = _zone("number", last.strip, left, right)
    return replace(zone, circular=circular) if zone else None


def _behind_slash(row: _Row, end: int) -> float:
    """Where the slash ends: it is the first ink behind the code's last digit, if it is that slim.

    The digits lie where their ink is; the slash lies where the recogniser thinks it to be.
    """
    at = max(at for at in range(end) if row.letters[at].text.isdigit())
    digit, strip = row.letters[at], row.letters[at].strip
    behind = [part for part in strip.parts if part.box.left >= digit.right - 0.1 * strip.size]
    slashes = [part for part in behind if part.box.high > 0.8 * strip.size]
    if slashes and slashes[0].box.left < digit.right + strip.size:
        slash = slashes[0].box
        if slash.wide < 0.9 * strip.size:
            return float(slash.right)
        return slash.left + 0.45 * strip.size
    return digit.right + 0.2 * strip.size


def _next_print(row: _Row, start: int, field: str, left: float) -> float:
    """Where the next print begins that surely is print: four sure Thai letters in a row."""
    size = row.letters[start - 1].strip.size
    most = left + _LONGEST.get(field, _LONGEST_ELSE) * size
    own = row.letters[start - 1].strip
    for at in range(start, len(row.letters)):
        run = row.letters[at : at + 4]
        apart = row.letters[at].strip is not own or row.letters[at].left > left + 2 * size
        if len(run) == 4 and apart and all(x.sure and "ก" <= x.text <= "๎" for x in run):
            return min(most, _gap_near(run[0].strip, run[0].left, reach=1.2))
    return most


def _date_zone(row: _Row) -> Zone | None:
    """Before a month that a year follows, at the end of a line that says nothing but the date."""
    year = _YEAR.search(row.text)
    if year is None:
        return None
    torn = None
    months = [m for m in _MONTH.finditer(row.text) if 0 <= year.start() - m.end() <= 2]
    month = months[-1] if months else None
    if month is None:
        torn = _TORN_MONTH.search(row.text)
    start = month or torn
    if start is None:
        return None
    labels = list(_DAY_LABEL.finditer(row.text, 0, start.start()))
    label = labels[-1] if labels else None
    if not _stands_alone(row, label.start() if label else start.start()):
        return None
    if label and start.start() - label.start() > 14:
        return None
    first = row.letters[start.start()]
    opens = start.start() == 0 or row.letters[start.start() - 1].strip is not first.strip
    edge = float(first.strip.box.left)
    right = edge if opens else _gap_near(first.strip, first.left, reach=1.5)
    size = first.strip.size
    left = right - _LONGEST["dated_on"] * size
    if label:
        behind = row.letters[label.end() - 1]
        left = max(left, _gap_near(behind.strip, behind.right, reach=0.6))
    figures = re.search(r"2[45]\d\d", year.group())
    return _zone(
        "dated_on",
        first.strip,
        left,
        right,
        # Of a torn month the first letters stand in the zone, too; the gap behind the day is wide.
        month=MONTHS.index(month.group()) + 1 if month else 0,
        year=int(figures.group()) - 543 if figures else None,
    )


def _stands_alone(row: _Row, at: int) -> bool:
    """Whether a date that begins here is no part of a sentence: only a day may stand before it."""
    strip = row.letters[at].strip
    before = "".join(letter.text for letter in row.letters[:at] if letter.strip is strip)
    return (
        len(before) <= 4
        or _NUMBER.match(row.text) is not None
        or _ORDERED.match(before) is not None
    )


def _receipt_zones(rows: Sequence[_Row]) -> Iterator[Zone]:
    """Behind เลขรับ, and behind วันที่ and เวลา that stand near it."""
    for row in rows:
        number = _RECEIPT[0][1].search(row.text)
        if number is None:
            continue
        at = row.letters[number.start()]
        near = [
            other
            for other in rows
            if other is row or 0 < _top(other) - _top(row) < _STAMP_HIGH * at.strip.size
        ]
        for other in near:
            yield from _labelled(other, at)


def _labelled(row: _Row, number: _Seen) -> Iterator[Zone]:
    labels = []
    for field, label in _RECEIPT:
        for found in label.finditer(row.text):
            first = row.letters[found.start()]
            away = first.left - number.left
            if -6 * number.strip.size < away < _STAMP_WIDE * number.strip.size:
                labels.append((found.start(), found.end(), field))
                break
    labels.sort()
    for which, (_, end, field) in enumerate(labels):
        last = row.letters[end - 1]
        left = last.right + 0.2 * last.strip.size
        right = left + _LONGEST.get(field, _LONGEST_ELSE) * last.strip.size
        if which + 1 < len(labels):
            beside = row.letters[labels[which + 1][0]]
            right = min(right, _gap_near(beside.strip, beside.left, reach=1.5))
        zone = _zone(field, last.strip, left, right)
        if zone is not None:
            yield zone


def _gap_near(strip: Strip, x: float, *, reach: float) -> float:
    """The middle of the widest gap in the ink near a place: letters are told a little beside it."""
    reach *= strip.size
    best, widest = x, 0.12 * strip.size
    end: float | None = None
    for part in strip.parts:
        gap = part.box.left - end if end is not None else 0.0
        if end is not None and gap > widest and end - reach < x < part.box.left + reach:
            best, widest = min(max(x, end), float(part.box.left)), gap
        end = part.box.right if end is None else max(end, part.box.right)
    return best


def _zone(
    field: str,
    strip: Strip,
    left: float,
    right: float,
    *,
    month: int | None = None,
    year: int | None = None,
) -> Zone | None:
    if right - left < 0.5 * strip.size:
        return None
    along = (left - strip.box.left) / max(strip.box.wide, 1)
    foot = strip.feet[0] + (strip.feet[1] - strip.feet[0]) * min(max(along, 0.0), 1.0)
    box = Box(
        round(left),
        round(foot - ABOVE * strip.size),
        round(right),
        round(foot + BELOW * strip.size),
    )
    return Zone(field, box, strip.size, foot, month, year, frame=strip.frame)
