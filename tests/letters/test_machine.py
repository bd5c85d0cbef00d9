"""A worker may die while it reads: what it left is read again, and what kills workers is not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import (
    IncomingFile,
    read_letter,
    receive_letter,
    requeue_stuck_readings,
    requeue_waiting_readings,
)
from thamthan.letters.models import Letter, Reading
from thamthan.letters.rules import LetterState, ReadingState

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(world: World) -> Reading:
    """A reading that a worker had begun when it was killed, a quarter of an hour ago."""
    letter = receive_letter(
        [IncomingFile(name="letter.txt", content=paper().encode())],
        by=world.clerk,
        received_at=datetime(2026, 3, 3, 2, 0, tzinfo=UTC),
    )
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.ARRIVED, subject="")
    Reading.objects.filter(letter=letter).update(
        state=ReadingState.RUNNING,
        result=None,
        changed_at=timezone.now() - timedelta(minutes=15),
    )
    return Reading.objects.get(letter=letter)


def test_what_a_killed_worker_left_is_read_again(world: World, reading: Reading) -> None:
    assert requeue_stuck_readings(by=world.system, now=timezone.now()) == 1
    reading.refresh_from_db()
    assert reading.state == ReadingState.DONE
    letter = Letter.objects.get(pk=reading.letter_id)
    assert (letter.state, letter.number) == (LetterState.TO_CONFIRM, "พบ 0618/701")


def test_what_is_being_read_now_is_left_alone(world: World, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(changed_at=timezone.now())
    assert requeue_stuck_readings(by=world.system, now=timezone.now()) == 0
    reading.refresh_from_db()
    assert reading.state == ReadingState.RUNNING


def test_what_killed_three_workers_is_given_to_a_person(world: World, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(attempts=3)
    assert requeue_stuck_readings(by=world.system, now=timezone.now()) == 0
    reading.refresh_from_db()
    assert reading.state == ReadingState.FAILED
    assert "พิมพ์เอง" in reading.message
    assert Letter.objects.get(pk=reading.letter_id).state == LetterState.TO_CONFIRM


def test_a_reading_is_done_once_however_often_it_is_asked(world: World, reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.QUEUED)
    read_letter(reading.pk, by=world.system)
    reading.refresh_from_db()
    attempts = reading.attempts
    read_letter(reading.pk, by=world.system)
    reading.refresh_from_db()
    assert reading.attempts == attempts


def test_a_late_machine_does_not_overwrite_what_a_person_confirmed(
    world: World, reading: Reading
) -> None:
    Letter.objects.filter(pk=reading.letter_id).update(
        state=LetterState.SET_ASIDE, subject="คนพิมพ์ไว้"
    )
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.QUEUED)
    read_letter(reading.pk, by=world.system)
    letter = Letter.objects.get(pk=reading.letter_id)
    assert (letter.state, letter.subject) == (LetterState.SET_ASIDE, "คนพิมพ์ไว้")


def test_a_scan_that_waited_is_read_when_pictures_can_be_read(
    world: World, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    Letter.objects.filter(pk=reading.letter_id).update(state=LetterState.TO_CONFIRM)
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.WAITING)
    monkeypatch.setattr("thamthan.letters.actions.receiving.can_read_pictures", lambda: False)
    assert requeue_waiting_readings(by=world.system, now=timezone.now()) == 0
    monkeypatch.setattr("thamthan.letters.actions.receiving.can_read_pictures", lambda: True)
    assert requeue_waiting_readings(by=world.system, now=timezone.now()) == 1
    letter = Letter.objects.get(pk=reading.letter_id)
    assert letter.number == "พบ 0618/701"


def test_a_scan_that_a_person_typed_in_is_not_read_over_it(
    world: World, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    Letter.objects.filter(pk=reading.letter_id).update(
        state=LetterState.SET_ASIDE, subject="คนพิมพ์ไว้"
    )
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.WAITING)
    monkeypatch.setattr("thamthan.letters.actions.receiving.can_read_pictures", lambda: True)
    assert requeue_waiting_readings(by=world.system, now=timezone.now()) == 0
    assert Letter.objects.get(pk=reading.letter_id).subject == "คนพิมพ์ไว้"
