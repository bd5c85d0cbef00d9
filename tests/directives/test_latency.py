"""How long a matter lay at each desk: of one order, of a house, and what letters on paper tell."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from statistics import median_low
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.directives.orders import adopted, cascaded, in_hands_of
from tests.directives.test_passing_on import issued_of, province_order
from tests.letters.drafts import open_books
from tests.papers import paper
from tests.world import World
from thamthan.directives.actions import cascade_order, pass_on_order
from thamthan.directives.models import Handing
from thamthan.directives.queries import latency_of, latency_of_house
from thamthan.directives.rules import Figure, figure_of
from thamthan.errors import NotFound
from thamthan.letters.actions import IncomingFile, confirm_reading, read_letter, receive_letter
from thamthan.letters.queries import letter_for, local_governments_below, readings_of

BANGKOK = ZoneInfo("Asia/Bangkok")


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=BANGKOK)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=50))
def test_the_middle_is_a_number_of_days_that_somebody_took(days: list[int]) -> None:
    assert figure_of(Counter(days)) == Figure(
        n=len(days), total=sum(days), median=median_low(days), longest=max(days)
    )
    assert figure_of({}) == Figure()


@pytest.fixture
def travelled(world: World) -> Iterator[Handing]:
    """Written on the 2nd; with the districts on the 3rd, with those of one on the 9th."""
    with time_machine.travel(at(3), tick=False):
        order = province_order(world, on=date(2026, 3, 2))
        cascade_order(order, [world.ban_lat, world.mueang], by=world.governor_officer)
    with time_machine.travel(at(9), tick=False):
        handing = in_hands_of(order, world.ban_lat)
        open_books(world.district_officer)
        passed = pass_on_order(handing, by=world.district_officer, own_days={})
        issued_of(passed, world, on=date(2026, 3, 9))
        below = list(local_governments_below(world.district_officer))
        cascade_order(passed, below, by=world.district_officer)
    Handing.objects.filter(organisation=world.nong_kapu).update(acknowledged_at=at(11))
    Handing.objects.filter(organisation=world.tha_sen).update(acknowledged_at=at(13))
    with time_machine.travel(at(20)):
        yield handing


@pytest.mark.django_db
def test_each_level_has_its_days(world: World, travelled: Handing) -> None:
    told = latency_of(world.governor_officer, travelled.root)
    by_label = {one.label: one for one in told.stays}
    assert list(by_label) == ["จังหวัด", "อำเภอ", "อปท."]
    assert by_label["จังหวัด"].held.median == 1
    # One district handed it on after six days, the other has it still.
    assert (by_label["อำเภอ"].held, by_label["อำเภอ"].waiting.longest) == (Figure(1, 6, 6, 6), 17)
    assert by_label["อำเภอ"].words == "เรื่องค้างอยู่ที่อำเภอ 6 วัน"
    assert by_label["อปท."].held == Figure(n=2, total=6, median=2, longest=4)
    assert by_label["อปท."].waiting.n == 13
    # Written on the 2nd, with the local governments on the 9th.
    assert (told.started_on, told.days_to_end) == (date(2026, 3, 2), 7)


@pytest.mark.django_db
def test_a_house_sees_its_own_part_alone(world: World, travelled: Handing) -> None:
    told = latency_of(world.district_officer, travelled.root)
    assert next(one for one in told.stays if one.label == "อำเภอ").waiting.n == 0
    with pytest.raises(NotFound):
        latency_of(world.neighbour_clerk, travelled.root)


@pytest.mark.django_db
def test_all_orders_of_a_house_are_summed(world: World, travelled: Handing) -> None:
    with time_machine.travel(at(20)):
        cascaded(world, [world.nong_kapu, world.tha_sen])
        told = latency_of_house(world.district_officer)
    assert len(told.lines) == 2
    by_label = {one.label: one for one in told.stays}
    # Six days with the province's order, seven with its own (written on the 13th).
    assert by_label["อำเภอ"].held == Figure(n=2, total=13, median=6, longest=7)
    assert by_label["อปท."].waiting.n == 15
    assert told.to_end.n == 2
    assert latency_of_house(world.neighbour_clerk).lines == ()


@pytest.mark.django_db
def test_letters_on_paper_tell_the_days_before(world: World) -> None:
    text = paper(subject="การจัดการขยะ").replace(
        "เรียน ", "อ้างถึง หนังสือจังหวัดเพชรบุรี ที่ พบ ๐๐๑๗.๒/ว ๑๖๔๐๗ ลงวันที่ ๒๓ พฤศจิกายน ๒๕๖๘\n\nเรียน ", 1
    )
    with time_machine.travel(at(20)):
        open_books(world.clerk, code="พบ 72401")
        letter = receive_letter(
            [IncomingFile(name="ก.txt", content=text.encode())], by=world.clerk, received_at=at(20)
        )
        read_letter(letter.readings.get().pk, by=world.system)
        letter = letter_for(world.clerk, letter.pk)
        reading = readings_of(world.clerk, letter).reading
        assert reading is not None
        assert reading.dated_on is not None
        registered = confirm_reading(
            letter, reading, by=world.clerk, seen_version=letter.version, received_at=at(20)
        )
        order = adopted(registered, world.clerk)
        told = latency_of(world.clerk, order)
    written = reading.dated_on.value
    assert told.started_on == date(2025, 11, 23)
    assert [(one.label, one.held.total) for one in told.before] == [
        ("อำเภอ", (written - date(2025, 11, 23)).days),
        ("ระหว่างทาง", (date(2026, 3, 20) - written).days),
    ]
    assert told.days_to_end == (date(2026, 3, 20) - date(2025, 11, 23)).days
