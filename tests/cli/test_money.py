"""`thamthan money check` says that every total is the sum of its rows, or which is not."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.projects.money import allotted, committed, kept
from tests.projects.projects import approved
from tests.world import World
from thamthan.projects.models import BudgetLine

pytestmark = pytest.mark.django_db


def test_a_total_that_is_not_the_sum_of_its_rows_is_told(world: World) -> None:
    line = kept(world.clerk, 500_000)
    committed(allotted(approved(world.clerk), line, 300_000, by=world.clerk), 1000, by=world.clerk)
    out = StringIO()
    call_command("money", "check", stdout=out)
    assert "ยอดเงินตรงทุกรายการ" in out.getvalue()
    BudgetLine.objects.filter(pk=line.pk).update(allotted_satang=1)
    with pytest.raises(SystemExit) as ended:
        call_command("money", "check", stdout=out)
    assert ended.value.code == 1
    assert "เก็บไว้ 0.01 แต่รวมได้ 300,000.00" in out.getvalue()
