"""The letters on the demo's desk, dated round today, received and registered by its clerk."""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    finish_letter,
    open_register,
    read_letter,
    receive_letter,
)
from thamthan.letters.queries import letters_seen_by, readings_of, registers_of, working_calendar
from thamthan.letters.rules import Direction
from thamthan.organisations.queries import system_post_of
from thamthan.thai.dates import MONTHS, be_year, format_date
from thamthan.thai.digits import to_thai

if TYPE_CHECKING:
    from thamthan.organisations.models import Post

FOLDER = files("thamthan") / "data" / "demo_letters"
FIRST_NUMBER = 614


def seed_letters(clerk: "Post", *, today: date) -> int:
    """Put the demo's letters on this clerk's desk once; gives how many were added."""
    if not registers_of(clerk).exists():
        open_register(
            by=clerk,
            direction=Direction.RECEIVED,
            first_year=today.year,
            first_number=FIRST_NUMBER,
        )
    if letters_seen_by(clerk).exists():
        return 0
    told = tomllib.loads((FOLDER / "letters.toml").read_text(encoding="utf-8"))["letter"]
    for line in sorted(told, key=lambda line: int(line["received"])):
        _seed(line, clerk, today)
    return len(told)


def _seed(line: dict[str, object], clerk: "Post", today: date) -> None:
    calendar = working_calendar(today)

    def day(name: str) -> date:
        # Offices write, receive and expect on working days.
        wanted = today + timedelta(days=int(str(line[name])))
        if wanted < today:
            return calendar.previous_working_day(wanted)
        return wanted if name == "received" else calendar.next_working_day(wanted)

    received = datetime.combine(day("received"), time(9, 12), timezone.get_default_timezone())
    received = min(received, timezone.now())
    name = str(line["file"])
    text = (FOLDER / name).read_text(encoding="utf-8")
    dated = day("dated")
    following = MONTHS[today.month % 12]
    year = be_year(today) + (today.month == 12)
    text = text.format(
        number=to_thai(str(480 + dated.toordinal() % 97)),
        dated=to_thai(format_date(dated)),
        referred=to_thai(format_date(dated - timedelta(days=9))),
        due=to_thai(format_date(day("due"))),
        next_month=f"{following} พ.ศ. {to_thai(str(year))}",
    )
    letter = receive_letter(
        [IncomingFile(name=name, content=text.encode())], by=clerk, received_at=received
    )
    read_letter(letter.readings.get().pk, by=system_post_of(clerk.organisation.code))
    if line["end"] == "waiting":
        return
    letter.refresh_from_db()
    reading = readings_of(clerk, letter).reading
    if reading is None:
        return
    letter = confirm_reading(
        letter, reading, by=clerk, seen_version=letter.version, received_at=received
    )
    if line["end"] == "finished":
        finish_letter(letter, by=clerk, seen_version=letter.version)
