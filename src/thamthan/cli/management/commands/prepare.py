"""`thamthan prepare`: tables, demo and static files, each brought up to date where it lacks."""

from typing import Any

from thamthan.cli.preparing import prepare
from thamthan.cli.speaking import SpeakingCommand


class Command(SpeakingCommand):
    """เตรียมระบบ ก่อนเปิดใช้หรือหลังติดตั้งรุ่นใหม่."""

    help = "Brings tables and static files up to date; seeds the demo into a new database."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout)
