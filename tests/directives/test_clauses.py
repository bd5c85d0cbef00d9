"""The clauses of a letter are worked over: nothing of the letter is lost, two overwrite nothing."""

from collections.abc import Callable
from datetime import date, time

import pytest

from tests.directives.orders import issued
from tests.world import World
from thamthan.directives.actions import (
    Asked,
    ByNoDay,
    ByOwnDay,
    ByReading,
    ByReceipt,
    Named,
    Worded,
    add_directive,
    adopt_order,
    drop_directive,
    drop_obligation,
    keep_obligation,
    merge_directives,
    restore_directive,
    restore_obligation,
    reword_directive,
    split_directive,
)
from thamthan.directives.actions import begin_order as begun
from thamthan.directives.models import Directive, Obligation, Order
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.reading.model import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world: World) -> Order:
    return begun(issued(world.district_officer, world.district_chief), by=world.district_officer)


def version(order: Order) -> int:
    return Order.objects.get(pk=order.pk).version


def living(order: Order) -> list[Directive]:
    return list(order.directives.filter(dropped_at=None))


def clause(order: Order, number: str) -> Directive:
    return order.directives.get(number=number)


def worded(row: Directive, text: str) -> Worded:
    return Worded(number=row.number, text=text)


def acts(row: Directive) -> list[Obligation]:
    return list(row.obligations.filter(dropped_at=None, ask="act"))


def test_the_words_of_the_letter_stay_beside_what_is_reworded(world: World, order: Order) -> None:
    row = clause(order, "1.1")
    words, span = row.words, row.span
    lead = Named("กรมการพัฒนาชุมชน")
    own = Named(world.nong_kapu.name, world.nong_kapu)
    given = Worded("1.1", "ลดรายจ่ายของทุกครัวเรือน", lead=lead, supporters=(own, own))
    reword_directive(row, given, by=world.district_officer, seen_version=version(order))
    row.refresh_from_db()
    assert (row.text, row.words, row.span) == ("ลดรายจ่ายของทุกครัวเรือน", words, span)
    assert (row.lead, row.lead_name) == (None, "กรมการพัฒนาชุมชน")
    assert [one.organisation for one in row.supporters.all()] == [world.nong_kapu]
    assert [one.text for one in acts(row)] == [row.text]


def test_two_at_once_overwrite_nothing(world: World, order: Order) -> None:
    row, seen = clause(order, "1.1"), version(order)
    reword_directive(row, worded(row, "ของคนแรก"), by=world.district_officer, seen_version=seen)
    with pytest.raises(Refused) as refused:
        reword_directive(row, worded(row, "ของคนหลัง"), by=world.district_chief, seen_version=seen)
    assert refused.value.code == "changed_meanwhile"
    row.refresh_from_db()
    assert row.text == "ของคนแรก"
    reword_directive(
        row, worded(row, "ของคนหลัง"), by=world.district_chief, seen_version=version(order)
    )
    row.refresh_from_db()
    assert row.text == "ของคนหลัง"


def test_a_split_clause_keeps_the_words_and_what_is_asked_of_each_part(
    world: World, order: Order
) -> None:
    row = living(order)[-1]
    whole, count = row.words, len(living(order))
    half = len(row.text) // 2
    parts = [row.text[:half], row.text[half:], "และแจ้งผู้ใหญ่บ้าน"]
    made = split_directive(row, parts, by=world.district_officer, seen_version=version(order))
    assert len(living(order)) == count + 2
    assert [one.number for one in made] == [row.number, f"{row.number}/1", f"{row.number}/2"]
    assert living(order)[-3:] == made
    assert all(one.words and one.words in whole for one in made)
    assert made[0].words == made[2].words == whole
    assert all([one.text for one in acts(part)] == [part.text] for part in made)


def test_what_stands_behind_a_split_clause_stays_behind_it(world: World, order: Order) -> None:
    behind = [row.pk for row in living(order)][1:]
    first = living(order)[0]
    parts = [first.text, "ส่วนที่แยกออก"]
    made = split_directive(first, parts, by=world.district_officer, seen_version=version(order))
    below = order.directives.filter(parent=first).count()
    keys = [row.pk for row in living(order)]
    assert keys == [first.pk, *behind[:below], made[1].pk, *behind[below:]]


def test_a_split_without_a_place_is_refused(world: World, order: Order) -> None:
    row = clause(order, "1.1")
    with pytest.raises(Refused) as refused:
        split_directive(
            row, [row.text, " "], by=world.district_officer, seen_version=version(order)
        )
    assert refused.value.code == "nothing_to_split"
    assert split_directive(
        row, [row.text, "อีกส่วน"], by=world.district_officer, seen_version=version(order)
    )


def test_two_neighbours_become_one_and_come_apart_again(world: World, order: Order) -> None:
    one, other = clause(order, "1.1"), clause(order, "1.2")
    texts, count = (one.text, other.text), len(living(order))
    merge_directives(one, other, by=world.district_officer, seen_version=version(order))
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.text == " ".join(texts)
    assert list(one.merged.all()) == [other]
    assert other.words
    assert len(living(order)) == count - 1
    assert [each.text for each in acts(one)] == [one.text]
    assert not acts(other)
    restore_directive(other, by=world.district_officer, seen_version=version(order))
    assert len(living(order)) == count
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.text, other.text) == texts
    assert len(acts(one)) == len(acts(other)) == 1


def test_only_neighbours_of_one_rank_are_merged(world: World, order: Order) -> None:
    pairs = [("1.1", "2.1"), ("1.2", "1.1"), ("1", "1.1"), ("1", "2")]
    for one, other in pairs:
        with pytest.raises(Refused):
            merge_directives(
                clause(order, one),
                clause(order, other),
                by=world.district_officer,
                seen_version=version(order),
            )
    first, second = clause(order, "1.1"), clause(order, "1.2")
    merge_directives(first, second, by=world.district_officer, seen_version=version(order))


def test_a_dropped_pillar_takes_all_below_it_along_and_back(world: World, order: Order) -> None:
    before = [(row.pk, row.position) for row in living(order)]
    asked = order.obligations.filter(dropped_at=None).count()
    first = clause(order, "1.1")
    drop_directive(first, by=world.district_officer, seen_version=version(order))
    pillar = clause(order, "1")
    drop_directive(pillar, by=world.district_officer, seen_version=version(order))
    assert not any(row.number.startswith("1") for row in living(order))
    with pytest.raises(Refused) as refused:
        restore_directive(first, by=world.district_officer, seen_version=version(order))
    assert refused.value.code == "parent_dropped"
    restore_directive(pillar, by=world.district_officer, seen_version=version(order))
    # What was dropped by itself before stays out until it is taken back by itself.
    assert first not in living(order)
    restore_directive(first, by=world.district_officer, seen_version=version(order))
    assert [(row.pk, row.position) for row in living(order)] == before
    assert order.obligations.filter(dropped_at=None).count() == asked


def test_a_clause_is_added_after_another_below_one_or_at_the_end(
    world: World, order: Order
) -> None:
    by = world.district_officer
    after = add_directive(
        order, "แทรก", by=by, seen_version=version(order), after=clause(order, "1.1")
    )
    below = add_directive(
        order, "ต่อท้าย", by=by, seen_version=version(order), parent=clause(order, "1")
    )
    end = add_directive(order, "ข้อใหม่", by=by, seen_version=version(order))
    numbers = [row.number for row in living(order)]
    assert numbers[numbers.index("1.1") + 1] == after.number == "1.1/1"
    assert numbers[numbers.index("2") - 1] == below.number
    assert numbers[-1] == end.number == "3"
    assert not end.words
    assert len(acts(end)) == 1


def test_every_honest_reading_of_a_deadline_can_be_chosen(world: World, order: Order) -> None:
    by = world.district_officer
    row = order.obligations.get(ask="report")
    words, readings = row.due_words, row.readings
    choices: list[tuple[ByReading | ByOwnDay | ByReceipt | ByNoDay, date | None, str]] = [
        (ByOwnDay(date(2026, 3, 25), time(16, 30)), date(2026, 3, 25), ""),
        (ByReceipt(15, "day", working_days=True), None, "receipt"),
        (ByNoDay(), None, ""),
    ]
    if readings:
        choices.append((ByReading(0), date.fromisoformat(readings[0]["closes"]), ""))
    for due, on, counts in choices:
        keep_obligation(
            order,
            Asked(Ask.REPORT, row.text, to="อำเภอ", by_way_of="แบบรายงาน", due=due),
            by=by,
            seen_version=version(order),
            obligation=row,
        )
        row.refresh_from_db()
        assert (row.due_on, row.counts_from) == (on, counts)
        assert (row.due_words, row.readings) == (words, readings)
    assert (row.to, row.by_way_of) == ("อำเภอ", "แบบรายงาน")


def test_what_is_asked_is_added_dropped_and_taken_back(world: World, order: Order) -> None:
    by = world.district_officer
    given = Asked(Ask.REPORT, "รายงานภาพถ่าย", due=ByOwnDay(date(2026, 3, 25)))
    row = keep_obligation(
        order, given, by=by, seen_version=version(order), directive=clause(order, "1.1")
    )
    assert row.directive == clause(order, "1.1")
    drop_obligation(row, by=by, seen_version=version(order))
    row.refresh_from_db()
    assert row.dropped_at
    restore_obligation(row, by=by, seen_version=version(order))
    drop_directive(clause(order, "1.1"), by=by, seen_version=version(order))
    with pytest.raises(Refused):
        restore_obligation(row, by=by, seen_version=version(order))


@pytest.mark.parametrize("due", [ByReading(99), ByReceipt(0), ByReceipt(5, "eon")])
def test_a_deadline_that_nobody_offers_is_refused(
    world: World, order: Order, due: ByReading | ByReceipt
) -> None:
    row = order.obligations.get(ask="report")
    with pytest.raises(Refused):
        keep_obligation(
            order,
            Asked(Ask.REPORT, row.text, due=due),
            by=world.district_officer,
            seen_version=version(order),
            obligation=row,
        )
    row.refresh_from_db()
    assert row.due_on == date(2026, 3, 27)


Deed = Callable[[Order, Post], object]
DEEDS: dict[str, Deed] = {
    "reword": lambda order, by: reword_directive(
        clause(order, "1.1"), Worded("1.1", "ใหม่"), by=by, seen_version=version(order)
    ),
    "split": lambda order, by: split_directive(
        clause(order, "1.1"), ["ก", "ข"], by=by, seen_version=version(order)
    ),
    "merge": lambda order, by: merge_directives(
        clause(order, "1.1"), clause(order, "1.2"), by=by, seen_version=version(order)
    ),
    "add": lambda order, by: add_directive(order, "ใหม่", by=by, seen_version=version(order)),
    "drop": lambda order, by: drop_directive(
        clause(order, "1.1"), by=by, seen_version=version(order)
    ),
    "ask": lambda order, by: keep_obligation(
        order, Asked(Ask.INFORM, "เพื่อทราบ"), by=by, seen_version=version(order)
    ),
    "drop what is asked": lambda order, by: drop_obligation(
        order.obligations.get(ask="report"), by=by, seen_version=version(order)
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_only_the_house_changes_its_clauses_and_only_before_they_are_taken_up(
    world: World, order: Order, deed: Deed
) -> None:
    for stranger in (world.governor_officer, world.clerk, world.district_administrator):
        with pytest.raises(Refused):
            deed(order, stranger)
    deed(order, world.district_officer)
    adopt_order(order, by=world.district_officer, seen_version=version(order))
    assert Order.objects.get(pk=order.pk).state == OrderState.ADOPTED
    with pytest.raises(Refused) as refused:
        deed(order, world.district_officer)
    assert refused.value.code == "adopted_already"
