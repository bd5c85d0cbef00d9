from fractions import Fraction

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.reports import accepted, clerk_of, nil, opened, report_of, told
from tests.world import World
from thamthan.directives.models import Indicator
from thamthan.directives.rules import Better, Measure
from thamthan.letters.queries import local_governments_below
from thamthan.organisations.models import Organisation
from thamthan.organisations.rules import Level
from thamthan.projects.models import Residents
from thamthan.reports.actions.rounds import give_reports
from thamthan.reports.models import Question, Round
from thamthan.reports.queries import StandingOut, standing_out
from thamthan.reports.rules import (
    Adding,
    Comparing,
    Sum,
    amount_of,
    better_of,
    changes_of,
    ends_of,
    far_from_others,
    of_plan,
    per_head,
    quartiles_of,
)

AMOUNTS = st.dictionaries(
    st.integers(1, 40), st.integers(0, 10_000).map(Fraction), min_size=0, max_size=20
)


@given(AMOUNTS)
def test_the_ends_name_everyone_who_shares_them_and_nobody_else(amounts) -> None:  # type: ignore[no-untyped-def]
    ends = ends_of(amounts)
    if len(amounts) < 3 or len(set(amounts.values())) == 1:
        assert ends is None
        return
    assert ends is not None
    assert {key for key, one in amounts.items() if one == max(amounts.values())} == set(
        ends.highest
    )
    assert {key for key, one in amounts.items() if one == min(amounts.values())} == set(ends.lowest)
    assert not set(ends.highest) & set(ends.lowest)
    assert ends.of == len(amounts)


@given(AMOUNTS, st.integers(1, 1000), st.randoms(use_true_random=False))
def test_what_is_far_is_so_in_any_unit_and_in_any_order(amounts, times, random) -> None:  # type: ignore[no-untyped-def]
    found = far_from_others(amounts, are_shares=False)
    keys = list(amounts)
    random.shuffle(keys)
    again = far_from_others({key: amounts[key] * times for key in keys}, are_shares=False)
    assert [one.key for one in again] == [one.key for one in found]
    # The middle half is never far.
    assert len(found) <= len(amounts) / 2 + 1
    for one in found:
        assert not one.low <= one.amount <= one.high
        assert one.others == len(amounts) - 1 >= 5
        others = [amount for key, amount in amounts.items() if key != one.key]
        assert (one.low, one.middle, one.high) == quartiles_of([each * 1 for each in others])


@given(AMOUNTS, AMOUNTS)
def test_nobody_changed_who_gave_no_number_in_one_of_both(now, before) -> None:  # type: ignore[no-untyped-def]
    found = changes_of(now, before)
    assert {one.key for one in found} <= now.keys() & before.keys()
    assert all(one.by == now[one.key] - before[one.key] != 0 for one in found)
    sizes = [abs(one.by) for one in found]
    assert sizes == sorted(sizes, reverse=True)


@given(st.lists(st.integers(0, 500).map(Fraction), min_size=1, max_size=30))
def test_quartiles_are_amounts_that_somebody_gave(amounts: list[Fraction]) -> None:
    first, middle, third = quartiles_of(amounts)
    assert {first, middle, third} <= set(amounts)
    assert first <= middle <= third


def test_without_a_number_nothing_is_compared() -> None:
    for way in Comparing:
        assert amount_of(Sum(none=1), Adding.SUM, way) is None
    assert amount_of(Sum(given=1, sum_milli=5, of_milli=0), Adding.SHARE, Comparing.SHARE) is None
    assert per_head(Sum(given=1, sum_milli=5000), None) is None
    assert per_head(Sum(given=1, sum_milli=5000), 2000) == Fraction(5, 2)
    # Not the same houses: what one spent is not held against what another was granted.
    spent, granted = Sum(given=1, sum_milli=5), Sum(given=2, sum_milli=50)
    assert of_plan(spent, granted) is None
    assert of_plan(spent, Sum(given=1, sum_milli=50)) == Fraction(1, 10)


def test_an_area_is_compared_by_the_mean_of_those_that_gave_a_number() -> None:
    few, many = Sum(given=1, none=9, sum_milli=8000), Sum(given=4, sum_milli=12_000)
    assert amount_of(few, Adding.SUM, Comparing.MEAN) == 8
    assert amount_of(many, Adding.SUM, Comparing.MEAN) == 3
    # What is only listed has no mean.
    assert amount_of(many, Adding.LIST, Comparing.MEAN) is None
    assert amount_of(few, Adding.LIST, Comparing.AMOUNT) == 8


@pytest.fixture
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


PEOPLE = [80, 90, 100, 110, 120, 130, 9000]


@pytest.fixture
def houses(world: World) -> list[Organisation]:
    return list(local_governments_below(world.district_officer))[:9]


@pytest.fixture
def round_(world: World, houses: list[Organisation], _in_march: object) -> Round:
    """Nine houses: seven told a number, one nil, one is missing; the last of seven is far away."""
    made = opened(world, houses)
    for house, people in zip(houses, PEOPLE, strict=False):
        told(
            report_of(made, house),
            {"people": people * 1000, "approved": 200_000_000, "paid": people * 1_000_000},
            texts={"obstacles": f"งบประมาณโอนล่าช้า\nเรื่องของ {house.code}"},
        )
    nil(report_of(made, houses[7]), clerk_of(houses[7]))
    accepted(made, world.district_officer, *houses[:8])
    return made


def look(world: World, round_: Round) -> StandingOut:
    return standing_out(world.district_officer, round_, now=timezone.now())


def people_of(round_: Round) -> Question:
    found = round_.questions.filter(fill="people").first()
    assert found is not None
    return found


@pytest.mark.django_db
def test_the_house_far_from_the_others_is_told_with_the_reason(
    world: World, round_: Round, houses: list[Organisation]
) -> None:
    flags = [one for one in look(world, round_).flags if one.question == people_of(round_)]
    assert [one.organisation for one in flags] == [houses[6]]
    assert flags[0].report == report_of(round_, houses[6])
    assert flags[0].words == ("9,000 คน สูงกว่าที่อื่นมาก อีก 6 แห่ง ครึ่งหนึ่งอยู่ระหว่าง 90 คน ถึง 110 คน")


@pytest.mark.django_db
def test_who_did_not_report_is_never_the_lowest(
    world: World, round_: Round, houses: list[Organisation]
) -> None:
    lines = [one for one in look(world, round_).ends if one.question == people_of(round_)]
    (line,) = lines
    assert line.way == Comparing.AMOUNT
    assert [place.organisation for place in line.lowest.places] == [houses[0]]
    assert (line.lowest.words, line.highest.words, line.of) == ("80 คน", "9,000 คน", 7)


@pytest.mark.django_db
def test_money_is_compared_by_what_was_granted_and_people_by_those_who_live_there(
    world: World, round_: Round, houses: list[Organisation]
) -> None:
    for house, people in zip(houses[:3], (1000, 3000, 5000), strict=True):
        Residents.objects.create(
            organisation=house, as_of="2026-01-01", people=people, households=500,
            source="ทะเบียนราษฎร", made_by=clerk_of(house),
        )  # fmt: skip
    found = look(world, round_).ends
    paid = next(one for one in found if one.way == Comparing.OF_PLAN)
    # More than was granted is praised nowhere.
    assert paid.better == ""
    assert (paid.highest.words, paid.lowest.words) == ("ร้อยละ 4500.00", "ร้อยละ 40.00")
    heads = next(one for one in found if one.way == Comparing.PER_HEAD)
    # Of the three whose residents are known; the others are not guessed.
    assert heads.of == 3
    assert heads.highest.places[0].organisation == houses[0]
    assert heads.highest.words == "80 คน ต่อประชากร 1,000 คน"


@pytest.mark.parametrize("better", Better.values)
@pytest.mark.django_db
def test_the_best_end_is_where_the_indicator_says_and_never_the_mere_size(
    world: World, round_: Round, houses: list[Organisation], better: str
) -> None:
    indicator = Indicator.objects.create(
        code="T1", name="ผู้มีงานทำ", measure=Measure.PEOPLE, unit="คน", level=Level.LAO, better=better
    )
    round_.questions.filter(fill="people").update(indicator=indicator)
    for house, people in zip(houses[:3], (1000, 3000, 5000), strict=True):
        Residents.objects.create(
            organisation=house, as_of="2026-01-01", people=people, households=500,
            source="ทะเบียนราษฎร", made_by=clerk_of(house),
        )  # fmt: skip
    found = look(world, round_)
    line = next(one for one in found.judged if one.question == people_of(round_))
    assert line.way == Comparing.PER_HEAD
    many, few = houses[0], houses[2]
    best, worst = (many, few) if better == Better.MORE else (few, many)
    assert [one.organisation for one in line.best.places] == [best]
    assert [one.organisation for one in line.worst.places] == [worst]
    # By the bare number the larger house stands higher, and nobody is called better for it.
    assert Comparing.AMOUNT in {one.way for one in found.ends}
    assert not [one for one in found.ends if one.better]


def test_whoever_is_furthest_with_the_money_granted_is_the_best_up_to_all_of_it() -> None:
    assert better_of(Comparing.OF_PLAN, "", most=Fraction(1)) == Better.MORE
    assert better_of(Comparing.OF_PLAN, "", most=Fraction(11, 10)) == ""
    assert better_of(Comparing.SHARE, Better.LESS, most=Fraction(1)) == Better.LESS
    assert better_of(Comparing.AMOUNT, Better.MORE, most=Fraction(5)) == ""
    assert better_of(Comparing.MEAN, Better.MORE, most=Fraction(5)) == ""


@pytest.mark.django_db
def test_what_many_wrote_is_told_once_with_all_their_names(
    world: World, round_: Round, houses: list[Organisation]
) -> None:
    (repeated,) = look(world, round_).repeated
    assert repeated.question.key == "obstacles"
    (sentence,) = repeated.sentences
    assert sentence.text == "งบประมาณโอนล่าช้า"
    assert set(sentence.organisations) == set(houses[:7])


@pytest.mark.django_db
def test_what_changed_since_the_round_before_is_told_of_those_in_both(
    world: World, round_: Round, houses: list[Organisation]
) -> None:
    later = Round.objects.create(
        root=round_.root, obligation=round_.obligation, organisation=round_.organisation,
        form=round_.form, number=2, due_on=round_.due_on,
    )  # fmt: skip
    assert look(world, round_).before is None
    for question in round_.questions.all():
        question.pk, question.round, question._state.adding = None, later, True
        question.save()
    give_reports(later)
    for house, people in ((houses[0], 400), (houses[1], 95), (houses[8], 500)):
        told(report_of(later, house), {"people": people * 1000})
    accepted(later, world.district_officer, houses[0], houses[1], houses[8])
    found = look(world, later)
    assert found.before == round_
    people = [one for one in found.changes if one.question.fill == "people"]
    assert people[0].organisation == houses[0]
    assert people[0].words == "จาก 80 คน เป็น 400 คน (เพิ่มขึ้น 320 คน)"
    # The ninth gave no number before: it changed nothing.
    assert houses[8] not in {one.organisation for one in found.changes}
