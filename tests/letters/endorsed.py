"""Letters on their way, for the tests of endorsing: registered ones, and the steps they wait at."""

from datetime import UTC, datetime

from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    open_register,
    put_up_letter,
    receive_letter,
)
from thamthan.letters.models import Letter, Register, Step
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import Direction, StepState
from thamthan.thai.correspondence import Secrecy

ARRIVED = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def registered_letter(
    world: World, *, number: str = "พบ ๐๖๑๘/๗๐๑", secrecy: Secrecy = Secrecy.OPEN
) -> Letter:
    """A letter of อบต.หนองกะปุ that has its receipt number."""
    if not Register.objects.filter(organisation=world.nong_kapu).exists():
        open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    file = IncomingFile(name="letter.txt", content=paper(number=number).encode())
    letter = receive_letter([file], by=world.clerk, received_at=ARRIVED)
    letter.refresh_from_db()
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    letter = confirm_reading(
        letter, reading, by=world.clerk, seen_version=letter.version, received_at=ARRIVED
    )
    if secrecy != Secrecy.OPEN:
        Letter.objects.filter(pk=letter.pk).update(secrecy=secrecy)
        letter.refresh_from_db()
    return letter


def put_up(world: World, letter: Letter | None = None) -> Letter:
    letter = letter or registered_letter(world)
    put_up_letter(letter, by=world.clerk, opinion="เพื่อโปรดพิจารณา")
    return letter


def waiting_steps(letter: Letter) -> list[Step]:
    return list(Step.objects.filter(routing__letter=letter, state=StepState.WAITING))


def waiting_step(letter: Letter) -> Step:
    (step,) = waiting_steps(letter)
    return step
