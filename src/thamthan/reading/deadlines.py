"""กำหนดเวลา: finds what a text says of when things are due, and settles what days it can mean.

Each class of words has its own module: `deadline_days`, `deadline_periods`, `deadline_counts` and
`deadline_repeats`. Whether a deadline is asked of the reader or belongs to an older letter that is
only told about, this module does not know.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thamthan.reading import deadline_counts, deadline_days, deadline_periods, deadline_repeats
from thamthan.reading.deadline_words import (
    Case,
    G,
    Pattern,
    Words,
    is_likely,
    pattern,
    plain_day,
    reading,
    settled,
)
from thamthan.reading.joints import Joined, Stretch, joints_in
from thamthan.reading.model import Deadline, DeadlineReading, Span
from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.dates import WEEKDAYS, find_dates, format_date

_LONGEST_WORDS = 2000


def _urgent(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    why = "เป็นคำเร่ง ไม่ได้กำหนดวัน"
    return [settled("urgent", [reading(None, None, why)])]


def _undated(found: re.Match[str], words: Words, case: Case) -> Sequence[Deadline]:
    return [settled("undated", [reading(None, None, "หนังสือไม่ได้บอกวัน")])]


_VAGUE: tuple[Pattern, ...] = (
    pattern(
        # "สามารถดำเนินการได้ทันที" tells what can be done, and asks no haste.
        r"(?<!ได้)(?:(?<!ได้)ใน|โดย)?ทันที(?![่-๋])(?:(?:ที่|เมื่อ)(?:ได้รับ(?:หนังสือ|แจ้ง|เรื่อง)(?:ฉบับ)?(?:นี้|นั้น)?)?)?"
        r"|โดย(?:เร็ว(?:ที่สุด)?|ด่วน(?:ที่สุด)?|พลัน|เร่งด่วน|(?:มิ|ไม่)ชักช้า)|ในโอกาสแรก|เร็วกว่าปกติ(?:\s?เท่าที่จะทำได้)?",
        _urgent,
    ),
    pattern(
        rf"(?:ภายใน|ตาม|ตรงตาม|ทันตาม){G}(?:ช่วง|ห้วง)?(?:ระยะ)?(?:กำหนด)?เวลา{G}(?:ที่)?(?:ได้)?กำหนด(?:ไว้)?"
        rf"|ภายใน{G}กำหนด(?:เวลา|การ)?(?:ดังกล่าว|ข้างต้น|ที่แจ้ง)?(?![ก-๎])|ภายในเวลาอันควร|ในโอกาสต่อไป",
        _undated,
    ),
)
# Words that name no time at all; only where they are asked for.
_BARE: tuple[Pattern, ...] = (pattern(r"ต่อไป(?!นี้|ด้วย)(?=[\s.]|\Z)", _undated),)

_PATTERNS: tuple[Pattern, ...] = (
    *deadline_days.PATTERNS,
    *deadline_periods.PATTERNS,
    *deadline_counts.PATTERNS,
    *deadline_repeats.PATTERNS,
    *_VAGUE,
)


def find_deadlines(
    text: str,
    *,
    page: int = 1,
    offset: int = 0,
    dated_on: date | None = None,
    arrived: date | None = None,
    calendar: WorkingCalendar | None = None,
    year_hint: int | None = None,
    bare: bool = False,
    joints: Sequence[Stretch] = (),
) -> list[Deadline]:
    """กำหนดเวลาในข้อความ, in the order of the text, each with its words and its place.

    1. Days, months and times of the text are picked out; a year left out is the one that puts the
       day on or after the letter's own, else `year_hint` (Christian era), else a year of the text.
    2. Every class of words is looked for; where two overlap, the one that begins first and then
       the longer one holds. A day without a word that sets a deadline is none.
    3. Each is settled against the letter's day, its arrival and the calendar: all honest readings,
       the chosen one first. Nothing rolls over a holiday unless the letter says so.

    `bare` adds words that name no time at all, such as ต่อไป. At the `joints` a line ends, and may
    end within a word ("ภายในวัน" and "ที่ 28 …"): what runs across one is found, too.
    """
    case, words = _prepared(text, dated_on, arrived, calendar, year_hint)
    patterns = (*_PATTERNS, *_BARE) if bare else _PATTERNS
    matches = _matches(words, patterns, loose=False)
    if joints:
        matches += _across(text, joints, patterns, near=words.near)
    found: list[Deadline] = []
    for one, deadlines in _without_overlaps(matches, case, patterns):
        for deadline in deadlines:
            rolled = _rolled(deadline, one.words, one.match_end, case)
            span = Span(page=page, start=offset + one.start, end=offset + one.end)
            found.append(replace(rolled, text=text[one.start : one.end], span=span))
    return found


def resolve_deadline(
    words: str,
    *,
    dated_on: date | None = None,
    arrived: date | None = None,
    calendar: WorkingCalendar | None = None,
) -> Deadline:
    """กำหนดเวลาที่พิมพ์เอง: the words are known to be one deadline; ภายใน and its like may be missing.

    Words that name no time come back as `undated`.
    """
    shown = words[:_LONGEST_WORDS]
    # Taken from a letter, the words may have been broken at the end of a line.
    shown = Joined(shown, list(joints_in(shown))).text
    case, prepared = _prepared(shown, dated_on, arrived, calendar, None)
    found: list[tuple[bool, bool, int, int, int, Deadline]] = []
    for loose in (False, True):
        for start, end, deadlines in _taken(prepared, case, _PATTERNS, loose=loose):
            vague = deadlines[0].kind in ("undated", "urgent")
            found.append((vague, loose, start, end, len(found), deadlines[0]))
    settled_one: Deadline | None = None
    if found:
        # Words that say they are a deadline go before words that may be one, unless the latter
        # hold them: "ตั้งแต่ … จนถึง …" is more than "จนถึง …".
        _, _, start, end, _, settled_one = min(found)
        wider = [one for one in found if not one[0] and one[2] <= start and end < one[3]]
        wider += [one for one in found if not one[0] and one[2] < start and end <= one[3]]
        if wider:
            _, _, _, end, _, settled_one = min(wider)
        settled_one = _rolled(settled_one, prepared, end, case)
    if settled_one is None:
        settled_one = settled("undated", [reading(None, None, "หนังสือไม่ได้บอกวัน")])
    return replace(settled_one, text=words, span=Span(page=1, start=0, end=len(words)))


def _prepared(
    text: str,
    dated_on: date | None,
    arrived: date | None,
    calendar: WorkingCalendar | None,
    year_hint: int | None,
) -> tuple[Case, Words]:
    dated_on, arrived = plain_day(dated_on), plain_day(arrived)
    near = dated_on or arrived
    if near is None and year_hint is not None and is_likely(year_hint):
        near = date(year_hint, 1, 1)
    words = Words(text, near=near)
    return Case(dated_on, arrived, calendar, words.near), words


@dataclass(frozen=True, slots=True)
class _Match:
    """A pattern's match in its words, and where that stands in the text that was given."""

    start: int
    end: int
    order: int
    match: re.Match[str]
    words: Words

    @property
    def match_end(self) -> int:
        return self.match.start() + len(self.match.group().rstrip())


def _matches(words: Words, patterns: Sequence[Pattern], *, loose: bool) -> list[_Match]:
    found: list[_Match] = []
    for order, one in enumerate(patterns):
        expression = one.loose if loose else one.strict
        if expression is None:
            continue
        for match in expression.finditer(words.signs):
            if match.end() > match.start():
                end = match.start() + len(match.group().rstrip())
                found.append(_Match(match.start(), end, order, match, words))
    return found


def _across(
    text: str, joints: Sequence[Stretch], patterns: Sequence[Pattern], *, near: date | None
) -> list[_Match]:
    """What the patterns find across the ends of lines; all else they find without this."""
    joined = Joined(text, joints)
    words = Words(joined.text, near=near)
    return [
        replace(one, start=joined.origin(one.start), end=joined.origin(one.end - 1) + 1)
        for one in _matches(words, patterns, loose=False)
        if joined.runs_across(one.start, one.end)
    ]


def _taken(
    words: Words, case: Case, patterns: Sequence[Pattern], *, loose: bool
) -> Iterator[tuple[int, int, Sequence[Deadline]]]:
    """What the patterns find, without overlaps, in the order of the text."""
    matches = _matches(words, patterns, loose=loose)
    for one, deadlines in _without_overlaps(matches, case, patterns):
        yield one.start, one.end, deadlines


def _without_overlaps(
    matches: Sequence[_Match], case: Case, patterns: Sequence[Pattern]
) -> Iterator[tuple[_Match, Sequence[Deadline]]]:
    """Of matches that overlap the one that begins first, and then the longer one."""
    done = 0
    for one in sorted(matches, key=lambda one: (one.start, -one.end, one.order)):
        if one.start < done:
            continue
        deadlines = patterns[one.order].resolve(one.match, one.words, case)
        if deadlines:
            done = one.end
            yield one, deadlines


_ROLL = re.compile(
    rf"(?:หาก|ถ้า|กรณี|เดือนใด|วันใด|ซึ่ง)[^\n]{{0,50}}?(?:ตรงกับ|เป็น|ตรง)(?:วัน)?{G}วัน(?:หยุด|เสาร์|อาทิตย์)[^\n]{{0,50}}?"
    r"(?P<to>วันท(?:ำ|ํา|า)การก่อน|ก่อนวันหยุด|วันท(?:ำ|ํา|า)การสุดท้ายก่อน|วันท(?:ำ|ํา|า)การ|วันจันทร์|วันถัดไป)"
)


def _rolled(deadline: Deadline, words: Words, end: int, case: Case) -> Deadline:
    """เลื่อนเมื่อตรงกับวันหยุด: only where the letter says so behind it; else a word of warning."""
    if deadline.kind in ("urgent", "undated"):
        return deadline
    clause = _ROLL.search(words.plain, end, end + 200)
    if clause is None:
        return _warned(deadline, case)
    back = "ก่อน" in clause["to"]
    rule = "วันทำการก่อนหน้า" if back else "วันทำการถัดไป"
    readings = []
    for one in deadline.readings:
        closes = one.closes
        if closes is not None and is_likely(closes.year):
            calendar = case.working(closes)
            step = calendar.previous_working_day if back else calendar.next_working_day
            closes = step(closes)
        why = f"{one.reason} และหนังสือให้เลื่อนเป็น{rule}เมื่อตรงกับวันหยุด"
        readings.append(DeadlineReading(one.opens, closes, why))
    first = readings[0]
    return replace(
        deadline,
        opens=first.opens,
        closes=first.closes,
        reason=first.reason,
        readings=tuple(readings),
    )


def _warned(deadline: Deadline, case: Case) -> Deadline:
    """A last day on which offices are closed stays as written, but the reason says so."""
    closes = deadline.closes
    if closes is None or not is_likely(closes.year) or deadline.rule == "RRULE:FREQ=DAILY":
        return deadline
    calendar = case.working(closes)
    if calendar.is_working_day(closes):
        return deadline
    name = calendar.holiday_name(closes) or WEEKDAYS[closes.weekday()]
    why = f"{deadline.reason} วันสุดท้ายตรงกับ{name} ซึ่งหนังสือไม่ได้ให้เลื่อน"
    first, *others = deadline.readings
    return replace(deadline, reason=why, readings=(replace(first, reason=why), *others))


@dataclass(frozen=True, slots=True)
class DeadlineProblem:
    """Why a person must look at a deadline, in one Thai sentence."""

    code: str
    message: str


def problems_of(deadline: Deadline, *, dated_on: date | None = None) -> tuple[DeadlineProblem, ...]:
    """ข้อสงสัยของกำหนดเวลา: what its own words leave open or get wrong.

    That it is already past, or close, is not looked at here: time goes on, the words stay.
    """
    near = plain_day(dated_on)
    found = [
        DeadlineProblem(
            "deadline_no_such_day" if written.value is None else "deadline_day_disagrees",
            f"กำหนดเวลา “{_short(deadline.text)}”: {written.problem}",
        )
        for written in find_dates(deadline.text, near=near)
        if written.problem and written.problem != "ไม่ได้เขียนปี"
    ]
    if deadline.opens and deadline.closes and deadline.closes < deadline.opens:
        days = f"{format_date(deadline.closes)} อยู่ก่อน {format_date(deadline.opens)}"
        found.append(DeadlineProblem("deadline_window_reversed", f"วันสุดท้ายอยู่ก่อนวันเริ่ม: {days}"))
    if deadline.kind == "relative" and deadline.after is None:
        message = f"“{_short(deadline.text)}” ไม่ได้บอกว่าเริ่มนับจากวันใด"
        found.append(DeadlineProblem("deadline_start_unsaid", message))
    dated = deadline.kind in ("date", "window")
    if dated and deadline.closes is None and not found:
        message = f"หาวันของกำหนดเวลา “{_short(deadline.text)}” ไม่ได้"
        found.append(DeadlineProblem("deadline_unresolved", message))
    return tuple(found)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else words[:79] + "…"
