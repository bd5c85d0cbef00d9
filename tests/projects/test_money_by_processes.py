"""A line of the budget spent by sixteen writers in four processes: never more than it has."""

from pathlib import Path

import pytest

from tests.installations import own_installation
from tests.letters.test_receipt_numbers import SEED, begin

# The database of the processes is made here, on the server that the run is on.
pytestmark = pytest.mark.database

ORGANISATION = "6760607"
PROCESSES, THREADS, DEEDS = 4, 4, 6
# A safety limit only: a machine may be busy.
LONG = 1800
MONEY = """
from tests.projects.money import kept
from tests.projects.projects import approved
from thamthan.organisations.actions import ensure_system_post
from thamthan.organisations.models import Organisation
from thamthan.organisations.queries import system_post_of
ensure_system_post(Organisation.objects.get(parent=None))
post = system_post_of("6760607")
kept(post, 20_000)
for number in range(8):
    approved(post, name=f"โครงการที่ {number}")
"""
ASK = """
from django.db.models import Sum
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Disbursement
line = BudgetLine.objects.get()
print(line.approved_satang, line.allotted_satang,
    Allotment.objects.aggregate(it=Sum("approved_satang"))["it"],
    Allotment.objects.aggregate(it=Sum("committed_satang"))["it"],
    Commitment.objects.aggregate(it=Sum("amount_satang"))["it"],
    Disbursement.objects.aggregate(it=Sum("amount_satang"))["it"],
    Disbursement.objects.count())
"""


def test_sixteen_writers_in_four_processes_never_overspend_a_line(tmp_path: Path) -> None:
    with own_installation(tmp_path) as house:
        house.shell(SEED)
        house.shell(MONEY)
        writers = [
            house.started(
                "-m", "tests.projects.spending_process",
                ORGANISATION, str(THREADS), str(DEEDS), str(seed),
            )
            for seed in range(PROCESSES)
        ]  # fmt: skip
        begin(*writers)
        done = 0
        for writer in writers:
            told, _ = writer.communicate(timeout=LONG)
            assert writer.returncode == 0
            done += int(told)
        answer = [int(word) for word in house.shell(ASK).split()]
        checked = house.run("-m", "thamthan", "money", "check")
    approved, allotted, given, committed, bound, paid, payments = answer
    assert "ยอดเงินตรงทุกรายการ" in checked
    assert done == payments > 0
    assert paid == payments * 100 <= committed == bound <= given == allotted <= approved
