"""A report is sent: whole, once for a press, and what was typed stays whatever is refused."""

from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from tests.reports.reports import answered, given, nil, opened, report_of, sent, sure_of
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.errors import Refused
from thamthan.reports.actions import (
    save_and_submit,
    submit_report,
)
from thamthan.reports.models import SentReport
from thamthan.reports.queries import (
    reported,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def test_nothing_is_sent_that_is_not_complete_and_a_press_sends_once(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    with pytest.raises(Refused) as refused:
        submit_report(report, by=world.clerk, seen_version=report.version, press=uuid4())
    assert refused.value.code == "not_complete"
    saved = answered(report, world.clerk)
    press = uuid4()
    sure = sure_of(saved, world.clerk)
    first, again = (
        submit_report(saved, by=world.clerk, seen_version=saved.version, press=press, sure_of=sure)
        for _ in range(2)
    )
    assert first == again
    assert SentReport.objects.count() == 1
    task = Assignment.objects.get(pk=report.assignment_id)
    assert task.state == "answered"


def test_what_is_typed_and_sent_by_one_press_stays_where_sending_is_refused(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    required = list(round_.questions.filter(is_required=True))
    first, rest = required[0], required[1:]
    with pytest.raises(Refused) as refused:
        save_and_submit(report, {first.key: given(first)}, by=world.clerk, press=uuid4())
    assert refused.value.code == "not_complete"
    assert report.answers.get(question=first).is_typed
    # Another has changed it since: nothing is sent, and both words are there.
    other = replace(given(first, 2000), text="อีกคนเขียน")
    sent, (conflict,) = save_and_submit(
        report, {first.key: other, **{one.key: given(one) for one in rest}},
        by=world.officer, press=uuid4(),
    )  # fmt: skip
    assert (sent, conflict.question) == (None, first)
    with pytest.raises(Refused):
        save_and_submit(report, {}, by=world.tha_sen_clerk, press=uuid4())
    assert not SentReport.objects.exists()
    report.refresh_from_db()
    press, sure = uuid4(), sure_of(report, world.clerk)
    for _ in range(2):
        sent, conflicts = save_and_submit(report, {}, by=world.clerk, press=press, sure_of=sure)
        assert (sent, conflicts) == (SentReport.objects.get(), [])
    assert sent.content["answers"].keys() >= {one.key for one in required}


def test_what_was_sent_as_nothing_stays_so_until_something_is_sent(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    nil(report_of(round_, world.nong_kapu), world.clerk)
    report = answered(report_of(round_, world.nong_kapu), world.clerk)

    def nils() -> int:
        return reported(world.district_officer, round_, now=timezone.now()).nil

    assert nils() == 1
    sent(report, world.clerk)
    assert nils() == 0
