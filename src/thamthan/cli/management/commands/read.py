"""`thamthan read FILE`: reads one letter and tells what it says; works without a database too.

`thamthan read FOLDER --out DIR` reads every letter of a folder.
"""

import json
import os
import sys
from argparse import ArgumentParser
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from thamthan.cli.batch import read_folder
from thamthan.cli.crew import Order
from thamthan.cli.demo import shipped_organisations
from thamthan.cli.showing import lines_of
from thamthan.cli.speaking import SpeakingCommand, content_of_file, moment_from
from thamthan.errors import NotFound, Refused
from thamthan.organisations.queries import known_organisations, system_post_of
from thamthan.reading import Document, Known, read
from thamthan.reading.model import to_json
from thamthan.reading.ocr.language import is_available
from thamthan.thai.calendars import thai_calendar

FIRST_YEAR = 2000
YEARS_AHEAD = 5


class Command(SpeakingCommand):
    """อ่านหนังสือหนึ่งฉบับ."""

    help = "Reads a letter and shows each field, its words, where they stand, and what is doubtful."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the letter, or a folder; - reads the standard input")
        parser.add_argument("--json", action="store_true", help="print the reading as JSON")
        parser.add_argument("--received", help='when it came: "2569-03-20 14:00" or ISO 8601')
        parser.add_argument("--out", help="of a folder: where the readings go, one JSON a letter")
        parser.add_argument("--jobs", type=int, help="of a folder: how many are read side by side")

    def handle(
        self,
        *args: Any,
        file: str,
        json: bool,
        received: str | None,
        out: str | None,
        jobs: int | None,
        **options: Any,
    ) -> None:
        arrived = timezone.localtime(moment_from(received)) if received else None
        if file != "-" and Path(file).is_dir():
            self._read_folder(file, arrived, out, jobs)
            return
        if out is not None or jobs is not None:
            raise Refused(
                f"“{file}” ไม่ใช่โฟลเดอร์ --out และ --jobs ใช้เมื่ออ่านทั้งโฟลเดอร์",
                code="no_folder",
                status=400,
            )
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

    def _read_folder(
        self, folder: str, arrived: datetime | None, out: str | None, jobs: int | None
    ) -> None:
        if out is None:
            raise Refused(
                f"เปิดไฟล์ “{folder}” ไม่ได้: เป็นโฟลเดอร์ ถ้าจะอ่านทุกฉบับในนั้น ให้บอกที่เก็บผลด้วย --out",
                code="no_file",
                status=400,
            )
        if jobs is not None and jobs < 1:
            raise Refused("--jobs ต้องเป็นจำนวนตั้งแต่ 1 ขึ้นไป", code="bad_jobs", status=400)
        order = Order(
            out=Path(out),
            reader="",
            known=_known(),
            years=(FIRST_YEAR, _last_year(arrived)),
            arrived=arrived,
            most_bytes=settings.MAX_FILE_BYTES,
        )
        ended = read_folder(
            Path(folder),
            replace(order, reader=_reader(order)),
            jobs=jobs or os.cpu_count() or 1,
            # What colours errors red is not for a bar that is drawn anew.
            told=getattr(self.stderr, "_out", sys.stderr),
            out=getattr(self.stdout, "_out", sys.stdout),
        )
        if ended:
            sys.exit(ended)


def _reader(order: Order) -> str:
    """All that a reading depends on besides its letter: where it changes, all are read anew."""
    try:
        program = version("thamthan")
    except PackageNotFoundError:
        program = ""
    whole = (program, is_available(), order.arrived, order.years, sorted(order.known.names))
    return sha256(repr(whole).encode()).hexdigest()[:16]


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
