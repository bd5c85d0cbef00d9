"""`thamthan read FILE`: reads one letter and tells what it says; works without a database too."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from thamthan.cli.demo import shipped_organisations
from thamthan.cli.showing import lines_of
from thamthan.cli.speaking import SpeakingCommand, content_of_file, moment_from
from thamthan.errors import NotFound
from thamthan.organisations.queries import known_organisations, system_post_of
from thamthan.reading import Document, Known, read
from thamthan.reading.model import to_json
from thamthan.thai.calendars import thai_calendar

FIRST_YEAR = 2000
YEARS_AHEAD = 5


class Command(SpeakingCommand):
    """อ่านหนังสือหนึ่งฉบับ."""

    help = "Reads a letter and shows each field, its words, where they stand, and what is doubtful."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the letter; - reads the standard input")
        parser.add_argument("--json", action="store_true", help="print the reading as JSON")
        parser.add_argument("--received", help='when it came: "2569-03-20 14:00" or ISO 8601')

    def handle(
        self, *args: Any, file: str, json: bool, received: str | None, **options: Any
    ) -> None:
        arrived = timezone.localtime(moment_from(received)) if received else None
        name = "" if file == "-" else file
        reading = read(
            Document(content=content_of_file(file), name=name),
            arrived=arrived,
            calendar=thai_calendar(FIRST_YEAR, _last_year(arrived)),
            known=_known(),
        )
        if json:
            self.stdout.write(_as_json(to_json(reading)))
        else:
            self.stdout.write("\n".join(lines_of(reading)))


def _known() -> Known:
    """The organisations that a misread name is compared with: this installation's, or ours."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        # Asking would make an empty database, which reading a letter has no business with.
        return Known(organisations=shipped_organisations())
    try:
        names = known_organisations(system_post_of()).organisations
    except (DatabaseError, NotFound):
        # Not set up yet: the few that the product ships are better than none.
        names = shipped_organisations()
    # Whoever reads a file at a terminal may hold any office's letter: no own name.
    return Known(organisations=names)


def _last_year(arrived: datetime | None) -> int:
    return max(timezone.localdate().year, arrived.year if arrived else 0) + YEARS_AHEAD


def _as_json(reading: dict[str, Any]) -> str:
    return json.dumps(reading, ensure_ascii=False, indent=2)
