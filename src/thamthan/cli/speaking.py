"""What commands share: refusals as one sentence with exit code 2, and dates as people type."""

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.thai.dates import from_be
from thamthan.thai.digits import to_arabic

# No Christian year of a letter reaches this, and no Buddhist year falls below it.
FIRST_BUDDHIST_YEAR = 2400
REFUSED = 2

_MOMENT = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"[ T](?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)


class SpeakingCommand(BaseCommand):
    """A command that tells a refusal as its Thai sentence on the error stream, exit code 2."""

    # A command that reads one letter must not fail over a setting that it does not use.
    requires_system_checks = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            self.stderr.write(refusal.message)
        except (OperationalError, ProgrammingError) as problem:
            if options.get("traceback"):
                raise
            self.stderr.write(
                f"ฐานข้อมูลยังไม่พร้อมหรือดิสก์เต็ม ตรวจพื้นที่ดิสก์ แล้วสั่ง thamthan prepare"
                f" / The database is not ready or the disk is full: {problem}"
            )
        sys.exit(REFUSED)


def moment_from(words: str) -> datetime:
    """วันเวลา as typed: 2569-03-20 14:00 or ISO 8601, Thai digits too; Bangkok time if unsaid."""
    found = _MOMENT.fullmatch(to_arabic(words.strip()))
    try:
        if found is None:
            raise ValueError(words)
        year, month, day = (int(found[part]) for part in ("year", "month", "day"))
        on = from_be(year, month, day) if year >= FIRST_BUDDHIST_YEAR else None
        on_words = on.isoformat() if on else f"{year:04}-{month:02}-{day:02}"
        clock = f"{int(found['hour']):02}:{found['minute']}:{found['second'] or '00'}"
        moment = datetime.fromisoformat(f"{on_words}T{clock}{found['offset'] or ''}")
    except ValueError:
        raise Refused(
            f"วันเวลา “{words}” อ่านไม่ได้ โปรดพิมพ์แบบ 2569-03-20 14:00", code="bad_moment", status=400
        ) from None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def content_of_file(name: str) -> bytes:
    """The bytes of a named file, or of the standard input for `-`; no more than may be uploaded."""
    most = settings.MAX_FILE_BYTES
    try:
        if name == "-":
            content = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(most + 1)
    except OSError as problem:
        raise Refused(
            f"เปิดไฟล์ “{name}” ไม่ได้: {_why(problem)}", code="no_file", status=400
        ) from None
    if len(content) > most:
        raise Refused(
            f"ไฟล์ “{name}” ใหญ่เกิน {most // 1024 // 1024} MB", code="file_too_large", status=413
        )
    return content


def _why(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "ไม่มีไฟล์นี้"
    if isinstance(problem, IsADirectoryError):
        return "เป็นโฟลเดอร์ ไม่ใช่ไฟล์"
    if isinstance(problem, PermissionError):
        return "ไม่มีสิทธิ์อ่าน"
    return problem.strerror or "อ่านไม่สำเร็จ"
