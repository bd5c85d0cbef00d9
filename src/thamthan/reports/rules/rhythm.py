"""How often a form is meant to be filled in, and whether that fits how often an order asks."""

from django.db import models


class Rhythm(models.TextChoices):
    """รอบของแบบ: what the wording of a form speaks of."""

    ANY = "any", "ไม่กำหนด"
    DAILY = "daily", "รายวัน"
    WEEKLY = "weekly", "รายสัปดาห์"
    MONTHLY = "monthly", "รายเดือน"
    QUARTERLY = "quarterly", "รายไตรมาส"
    HALF_YEARLY = "half_yearly", "รายครึ่งปี"
    YEARLY = "yearly", "รายปี"


# By how many months lie between two times.
_OF_MONTHS = {
    1: Rhythm.MONTHLY,
    3: Rhythm.QUARTERLY,
    6: Rhythm.HALF_YEARLY,
    12: Rhythm.YEARLY,
}
_WORKING_DAYS = 5


def rhythm_of(rule: str) -> Rhythm | None:
    """รอบของกฎการทำซ้ำ (RRULE); None of what is asked once, and of what has no name here."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    interval = parts.get("INTERVAL", "1")
    every = int(interval) if interval.isascii() and interval.isdigit() else 0
    match parts.get("FREQ"):
        case "DAILY":
            return {1: Rhythm.DAILY, 7: Rhythm.WEEKLY}.get(every)
        case "WEEKLY" if every == 1:
            days = len(parts.get("BYDAY", "").split(","))
            return Rhythm.DAILY if days >= _WORKING_DAYS else Rhythm.WEEKLY
        case "MONTHLY" | "YEARLY" as often:
            named = len([one for one in parts.get("BYMONTH", "").split(",") if one])
            if named:
                return _OF_MONTHS.get(12 // named) if 12 % named == 0 and every == 1 else None
            return _OF_MONTHS.get(every * (12 if often == "YEARLY" else 1))
    return None


def fits_rhythm(rhythm: str, rule: str) -> bool:
    """Whether a form of this rhythm speaks of the periods that the rule asks for."""
    return rhythm == Rhythm.ANY or rhythm_of(rule) == rhythm
