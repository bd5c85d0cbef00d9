"""The letter the product began with: thirteen measures, two policies, a day read three ways."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from thamthan.directives.actions import (
    adopt_order,
    begin_order,
    load_policies,
    put_under_policies,
)
from thamthan.directives.listed import shipped_policies
from thamthan.directives.models import Assignment
from thamthan.directives.queries import clauses_of, policies_suggested
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    open_register,
    read_letter,
    receive_letter,
)
from thamthan.letters.models import Reading
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import Direction

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

ARRIVED = datetime(2026, 3, 20, 14, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


def test_the_seed_letter_becomes_fifteen_tasks(world: World, shared: Path) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614)
    content = (shared / "letters" / "seed" / "letter.txt").read_bytes()
    file = IncomingFile(name="letter.txt", content=content)
    letter = receive_letter([file], by=world.clerk, received_at=ARRIVED)
    read_letter(Reading.objects.get(letter=letter).pk, by=world.system)
    letter.refresh_from_db()
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    letter = confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version, received_at=ARRIVED
    )
    order = begin_order(letter, by=world.clerk)

    clauses = clauses_of(world.clerk, order)
    assert [line.directive.number for line in clauses.lines if line.depth == 0] == ["1", "2"]
    assert len([line for line in clauses.lines if line.depth == 1]) == 13
    assert all(line.is_as_written for line in clauses.lines)
    asks = {one.ask: one for one in clauses.whole}
    assert set(asks) == {"propose", "report"}
    assert len(asks["report"].readings) == 3
    assert clauses.first_due == asks["report"]

    called = policies_suggested(world.clerk, clauses, text="", today=ARRIVED.date())
    assert [one.policy.code for one in called] == ["action-5", "moi-plan-2569"]
    put_under_policies(
        order, [one.policy for one in called], by=world.clerk, seen_version=order.version
    )
    order.refresh_from_db()
    clauses = clauses_of(world.clerk, order)
    assert len(clauses.shared) == 2
    assert not policies_suggested(world.clerk, clauses, text="", today=ARRIVED.date())

    adopt_order(order, by=world.clerk, seen_version=order.version)
    tasks = Assignment.objects.filter(root=order, organisation=world.nong_kapu)
    assert tasks.count() == len(clauses.asked) == 15
