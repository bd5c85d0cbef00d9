"""`thamthan search rebuild`: the index of words made true again; nothing where it is true."""

from argparse import ArgumentParser
from typing import Any

from thamthan.cli.speaking import SpeakingCommand
from thamthan.letters.actions import rebuild_search
from thamthan.organisations.queries import system_post_of


class Command(SpeakingCommand):
    """สร้างดัชนีค้นหาใหม่ หลังย้ายฐานข้อมูลหรือกู้คืน."""

    help = "Puts into the index of words what is missing there, and takes out what is not so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument("--whole", action="store_true", help="put everything in anew")

    def handle(self, *args: Any, what: str, whole: bool, **options: Any) -> None:
        count = rebuild_search(by=system_post_of(), is_whole=whole)
        self.stdout.write(
            f"ปรับดัชนีค้นหา {count} ฉบับ / {count} letters indexed anew"
            if count
            else "ดัชนีค้นหาตรงอยู่แล้ว / the index is true"
        )
