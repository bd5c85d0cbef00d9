"""What a person types, understood or refused in words beside the field; nothing typed is lost."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from uuid import UUID

from thamthan.thai.dates import format_date, parse_date
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze

HALF_A_YEAR = timedelta(days=183)
_TIME = re.compile(r"(\d{1,2})(?:\s*[.:]\s*(\d{2}))?(?:\s*(?:น\.?|นาฬิกา))?")


def whole_typed(text: str, *, most: int = 18) -> int | None:
    """A whole number in either digits, or the key of a row; None for anything else."""
    given = to_arabic(text)
    return int(given) if given.isascii() and given.isdigit() and len(given) <= most else None


def press_typed(text: str) -> UUID | None:
    """ครั้งที่กด: which press of a button a form is; None where the form lost it."""
    try:
        return UUID(text)
    except ValueError:
        return None


class Typed:
    """The fields of one form as typed, and what is wrong with them, by their names."""

    def __init__(self, values: Mapping[str, str], *, near: date | None) -> None:
        self.values = values
        self.problems: dict[str, str] = {}
        self._near = near

    def words(self, name: str) -> str:
        """One line: white space folded."""
        return squeeze(self.values.get(name, "").replace("\x00", ""))

    def lines(self, name: str) -> list[str]:
        """One entry a line, empty lines left out."""
        given = self.values.get(name, "").replace("\x00", "")
        return [line for line in (squeeze(part) for part in given.splitlines()) if line]

    def is_ticked(self, name: str) -> bool:
        return bool(self.values.get(name))

    def day(self, name: str, *, is_ahead: bool = False) -> date | None:
        """15 มี.ค. 69, 15/3/2569, วันที่ ๑๕ มีนาคม ๒๕๖๙ …; None when left empty or refused.

        Without a year it is taken for a day round `near`, or on or after it where it lies ahead.
        """
        given = self.words(name)
        if not given:
            return None
        near = self._near if is_ahead or self._near is None else self._near - HALF_A_YEAR
        written = parse_date(given, near=near)
        if written is None:
            self.problems[name] = f"อ่าน “{given}” เป็นวันที่ไม่ได้ พิมพ์อย่างนี้ได้: 15 มี.ค. 69 หรือ 15/3/2569"
            return None
        # The weekday may be wrong and the day still right; everything else must be mended.
        if written.value is None:
            self.problems[name] = f"{written.problem or 'วันที่นี้ไม่ครบ'} โปรดแก้วันที่"
            return None
        if not 1957 <= written.value.year <= 2157:
            self.problems[name] = f"อ่านได้เป็น {format_date(written.value)} ซึ่งไม่น่าใช่ โปรดตรวจปี พ.ศ."
            return None
        return written.value

    def clock(self, name: str) -> time | None:
        """14.00, 14:00 น.; None when left empty or refused."""
        given = to_arabic(self.words(name))
        if not given:
            return None
        found = _TIME.fullmatch(given)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            self.problems[name] = f"อ่าน “{self.words(name)}” เป็นเวลาไม่ได้ พิมพ์อย่างนี้ได้: 14.30"
            return None
        return time(hour, minute)

    def count(self, name: str) -> int | None:
        """A whole number in either digits; None when left empty or refused."""
        given = to_arabic(self.words(name)).replace(",", "")
        if not given:
            return None
        if not (given.isascii() and given.isdigit() and len(given) <= 9):
            self.problems[name] = f"“{self.words(name)}” ไม่ใช่จำนวนเต็ม"
            return None
        return int(given)
