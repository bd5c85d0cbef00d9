"""`thamthan money check`: the kept totals of money recomputed from their rows, and compared."""

import sys
from argparse import ArgumentParser
from typing import Any

from thamthan.cli.speaking import SpeakingCommand
from thamthan.organisations.queries import system_post_of
from thamthan.projects.queries import wrong_totals
from thamthan.projects.rules import baht

WRONG = 1
_NAMES = {
    "projects.budgetline": "รายการงบประมาณ",
    "projects.allotment": "เงินของโครงการ",
    "projects.commitment": "การก่อหนี้ผูกพัน",
}


class Command(SpeakingCommand):
    """ตรวจยอดเงิน: tells every total that is not the sum of its rows; changes nothing."""

    help = "Recomputes what is allotted, bound and paid; exit code 1 where a total differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        count = 0
        for wrong in wrong_totals(system_post_of()):
            count += 1
            self.stdout.write(
                f"{_NAMES[wrong.row_kind]} {wrong.row_pk} {wrong.field}:"
                f" เก็บไว้ {baht(wrong.kept)} แต่รวมได้ {baht(wrong.summed)}"
            )
        if count:
            self.stdout.write(f"ยอดไม่ตรง {count} รายการ / {count} totals differ")
            sys.exit(WRONG)
        self.stdout.write("ยอดเงินตรงทุกรายการ / every total is the sum of its rows")
