"""Days that count from each receiver's own receipt, and words that fit into a line of a list."""

from datetime import date, timedelta

from thamthan.thai.calendars import WorkingCalendar
from thamthan.thai.dates import add_months
from thamthan.thai.text import squeeze

MOST_LAST_WORD = 300


def counted_day(
    start: date, amount: int, unit: str, *, working_days: bool, calendar: WorkingCalendar
) -> date | None:
    """วันครบกำหนดที่นับจากวันรับ; the first day is out (มาตรา 193/3 ป.พ.พ.).

    A last day on which offices are closed stays, as reading leaves it where the letter does not
    say otherwise. None where the calendar has no such day.
    """
    try:
        if working_days:
            return calendar.add_working_days(start, amount)
        if unit == "month":
            return add_months(start, amount)
        if unit == "year":
            return add_months(start, amount * 12)
        return start + timedelta(days=amount * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):
        return None


def last_word(label: str, text: str) -> str:
    """ความล่าสุด for a line of a list: “หารือ: …”, cut where it is too long."""
    words = squeeze(f"{label}: {text}" if text.strip() else label)
    return words if len(words) <= MOST_LAST_WORD else words[: MOST_LAST_WORD - 1] + "…"
