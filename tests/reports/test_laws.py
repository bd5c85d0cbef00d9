"""Laws of what goes up: whoever sends what in whatever order, every total is its parts' own."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.directives.orders import passed_on
from tests.reports.reports import clerk_of, nil, report_of, sure_of
from tests.reports.test_workbooks import changed
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Obligation
from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.actions import (
    Given,
    accept_reports,
    load_report_form,
    merge_workbook,
    open_due_rounds,
    open_rounds,
    return_report,
    save_answers,
    submit_report,
)
from thamthan.reports.models import Figure, Question, Report, Round
from thamthan.reports.queries import (
    houses_table,
    missing_reports,
    report_workbook,
    reported,
    told_sum,
    totals_from_figures,
    totals_of,
)
from thamthan.reports.rules import AnswerStanding, Sum, sum_of

pytestmark = pytest.mark.django_db
THINKING = settings(max_examples=20, suppress_health_check=list(HealthCheck))
FORM = """
code = "laws"
version = 1
name = "แบบทดลอง"
is_default = true
"""
KINDS = {"people": ("number", "sum"), "baht": ("money", "sum"), "most": ("number", "max")}
KINDS |= {"share": ("share", "share")}
for _key, (_kind, _adding) in KINDS.items():
    FORM += f"""
[[question]]
key = "{_key}"
text = "{_key}"
kind = "{_kind}"
unit = "หน่วย"
over_places = "{_adding}"
over_periods = "latest"
is_required = false
"""

MILLI = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 10**15))


@st.composite
def answer(draw: st.DrawFn, key: str) -> Given:
    """A number, no figure, not applicable, or nothing at all."""
    standing = draw(st.sampled_from([AnswerStanding.GIVEN, *AnswerStanding]))
    if standing != AnswerStanding.GIVEN:
        return Given(standing, 0)
    value = draw(MILLI)
    of = draw(st.integers(value, 10**15)) if key == "share" else None
    return Given(standing, 0, value, of)


ANSWERS = st.fixed_dictionaries({key: answer(key) for key in KINDS})
Answers = Mapping[str, Given]


def part_of(one: Given) -> Sum:
    """What one answer is of a total."""
    if one.standing == AnswerStanding.GIVEN:
        value = one.value_milli or 0
        return Sum(given=1, sum_milli=value, of_milli=one.of_milli or 0, most_milli=value)
    return Sum(
        none=one.standing == AnswerStanding.NONE,
        not_applicable=one.standing == AnswerStanding.NOT_APPLICABLE,
    )


@dataclass
class Ground:
    """One order of the province in five houses' hands; the district may have passed it on."""

    world: World
    round_: Round
    houses: list[Organisation]
    questions: dict[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        self.questions = {one.key: one for one in self.round_.questions.all()}

    def judge_of(self, house: Organisation) -> Post:
        by_district = report_of(self.round_, house).giver == self.world.ban_lat
        return self.world.district_officer if by_district else self.world.governor_officer

    def save(self, house: Organisation, answers: Answers) -> Report:
        report = report_of(self.round_, house)
        seen = dict(report.answers.values_list("question__key", "version"))
        mine = {
            key: Given(one.standing, seen.get(key, 0), one.value_milli, one.of_milli)
            for key, one in answers.items()
        }
        saved, conflicts = save_answers(report, mine, by=clerk_of(house))
        assert not conflicts
        return saved

    def send(self, house: Organisation, answers: Answers) -> None:
        saved, by = self.save(house, answers), clerk_of(house)
        submit_report(
            saved, by=by, seen_version=saved.version, press=uuid4(), sure_of=sure_of(saved, by)
        )

    def check(self, by: Post, accepted: Sequence[Answers]) -> None:
        """The totals that this post sees are the sums of these answers, and of nothing else."""
        wanted = {
            question.pk: sum_of(part_of(one[key]) for one in accepted)
            for key, question in self.questions.items()
        }
        wanted = {key: one for key, one in wanted.items() if one.answered}
        assert totals_of(by, self.round_) == wanted
        assert totals_from_figures(by, self.round_) == wanted


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[object]:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def ground(world: World) -> Ground:
    load_report_form(FORM.encode(), by=world.system)
    upper, _ = passed_on(world, [world.nong_kapu])
    houses = [
        world.nong_kapu,
        *Organisation.objects.filter(path__startswith=world.ban_lat.path, level="lao")
        .exclude(pk=world.nong_kapu.pk)
        .order_by("pk")[:4],
    ]
    for house in houses:
        clerk_of(house)
    cascade_order(upper, houses[1:], by=world.governor_officer)
    # Opened before the district passes it on, so that both consolidate in it.
    (round_,) = open_rounds(upper, by=world.governor_officer)
    open_due_rounds(by=world.system)
    # Of what repeats no task moves with a report: who gave the task does not matter here.
    Obligation.objects.filter(pk=round_.obligation_id).update(due_rule="FREQ=YEARLY")
    return Ground(world, round_, houses)


SAID = st.one_of(st.none(), st.just("nil"), ANSWERS, ANSWERS)


@THINKING
@given(said=st.lists(SAID, min_size=5, max_size=5), lot=st.randoms(use_true_random=False))
def test_totals_are_the_same_in_any_order_and_by_any_grouping_of_levels(
    ground: Ground, said: list[Answers | str | None], lot: random.Random
) -> None:
    """Who is missing is in none of them: neither as a number nor as nought."""
    world, round_ = ground.world, ground.round_
    with transaction.atomic():
        # The first is the district's always; of the others any, as it passed them on or did not.
        through = [True, *(lot.random() < 0.5 for _ in ground.houses[1:])]
        passed = Report.objects.filter(
            round=round_,
            organisation__in=[
                one for one, is_so in zip(ground.houses, through, strict=True) if is_so
            ],
        )
        passed.update(giver=world.ban_lat)
        told = dict(zip(ground.houses, said, strict=True))
        came = [house for house, one in told.items() if one is not None]
        for house in came:
            one = told[house]
            if isinstance(one, str):
                nil(report_of(round_, house), clerk_of(house))
            else:
                assert one is not None
                ground.send(house, one)
        lot.shuffle(came)
        at = lot.randint(0, len(came))
        for batch in (came[:at], came[at:]):
            for judge in (world.governor_officer, world.district_officer):
                mine = [report_of(round_, one) for one in batch if ground.judge_of(one) == judge]
                if mine:
                    accept_reports(mine, by=judge)
        numbers = {house: one for house, one in told.items() if isinstance(one, Mapping)}
        ground.check(world.governor_officer, list(numbers.values()))
        given_on = {house for house, is_so in zip(told, through, strict=True) if is_so}
        ground.check(
            world.district_officer, [one for house, one in numbers.items() if house in given_on]
        )
        check_missing(ground, [house for house, one in told.items() if one is None])
        transaction.set_rollback(True)


def check_missing(ground: Ground, missing: list[Organisation]) -> None:
    by, round_ = ground.world.governor_officer, ground.round_
    now = timezone.now()
    # The district has a report of its own to make, which nobody here makes.
    without = {ground.world.ban_lat, *missing}
    came = reported(by, round_, now=now)
    assert came.owed - came.sent == len(without)
    assert {one.organisation for one in missing_reports(by, round_)} == without
    totals = totals_of(by, round_)
    for question in ground.questions.values():
        total = totals.get(question.pk, Sum())
        if not total.given:
            assert total.value_milli(question.over_places) is None
            assert told_sum(by, question, total) == "ไม่มีตัวเลข"
    _, rows = houses_table(by, round_, now=now)
    for row in rows:
        if row[1] in {house.name for house in without}:
            assert not any(cell != "" for cell in row[3:]), row


DEEDS = ["send", "send", "nil", "accept", "accept", "return"]
DEED = st.tuples(st.integers(0, 2), st.sampled_from(DEEDS), ANSWERS)


@THINKING
@given(deeds=st.lists(DEED, min_size=4, max_size=14))
def test_sending_again_changes_exactly_its_own_part(
    ground: Ground, deeds: list[tuple[int, str, Answers]]
) -> None:
    sent: dict[int, Answers] = {}
    accepted: dict[int, Answers] = {}
    nothing = {key: Given(AnswerStanding.BLANK, 0) for key in KINDS}
    with transaction.atomic():
        for at, deed, answers in deeds:
            house = ground.houses[at]
            others = figures_of_others(ground, house)
            try:
                if deed == "send":
                    ground.send(house, answers)
                    sent[at] = answers
                elif deed == "nil":
                    nil(report_of(ground.round_, house), clerk_of(house))
                    sent[at] = nothing
                elif deed == "accept":
                    accept_reports([report_of(ground.round_, house)], by=ground.judge_of(house))
                    accepted[at] = sent[at]
                else:
                    return_report(
                        report_of(ground.round_, house), by=ground.judge_of(house), note="ตรวจยอด"
                    )
            except Refused as refused:
                # Nothing to judge yet, or accepted already: and nothing has moved.
                assert refused.code in {"wrong_report_state", "report_accepted"}, refused.code
            assert figures_of_others(ground, house) == others
            ground.check(ground.world.governor_officer, list(accepted.values()))
        transaction.set_rollback(True)


def figures_of_others(ground: Ground, house: Organisation) -> list[tuple[object, ...]]:
    rows = Figure.objects.filter(question__round=ground.round_).exclude(report__organisation=house)
    return sorted(
        rows.values_list("report", "question__key", "standing", "value_milli", "of_milli", "number")
    )


EDITS = st.dictionaries(st.sampled_from(sorted(KINDS)), st.integers(0, 3), max_size=4)


def number(key: str, value: int, seen: int) -> Given:
    of = 10_000 if key == "share" else None
    return Given(AnswerStanding.GIVEN, seen, value * 1000, of)


@THINKING
@given(there=EDITS, one=EDITS, other=EDITS, lot=st.randoms(use_true_random=False))
def test_two_copies_edited_without_a_line_merge_and_nothing_is_lost(
    ground: Ground,
    there: dict[str, int],
    one: dict[str, int],
    other: dict[str, int],
    lot: random.Random,
) -> None:
    """However the pieces of both arrive, and some of them twice."""
    house, by = ground.houses[0], clerk_of(ground.houses[0])
    with transaction.atomic():
        if there:
            ground.save(house, {key: number(key, value, 0) for key, value in there.items()})
        report = report_of(ground.round_, house)
        seen = dict(report.answers.values_list("question__key", "version"))
        pieces = [(whose, key) for whose, edits in ((0, one), (1, other)) for key in edits]
        pieces += [piece for piece in pieces if lot.random() < 0.3]
        lot.shuffle(pieces)
        stands = dict(there)
        written: set[str] = set()
        for whose, key in pieces:
            value = (one, other)[whose][key]
            mine = {key: number(key, value, seen.get(key, 0))}
            _, conflicts = save_answers(report, mine, by=by)
            if stands.get(key) == value:
                assert not conflicts
            elif key in written:
                # Both words are there: what stands, and what was brought.
                (conflict,) = conflicts
                assert conflict.theirs.value_milli == stands[key] * 1000
                assert conflict.yours.value_milli == value * 1000
            else:
                assert not conflicts
                stands[key] = value
                written.add(key)
        assert kept(report) == stands
        transaction.set_rollback(True)


def kept(report: Report) -> dict[str, int]:
    rows = report.answers.filter(standing=AnswerStanding.GIVEN)
    return {
        key: milli // 1000
        for key, milli in rows.values_list("question__key", "value_milli")
        if milli is not None
    }


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(there=EDITS, one=EDITS, other=EDITS)
def test_two_workbooks_filled_without_a_line_merge_and_nothing_is_lost(
    ground: Ground, there: dict[str, int], one: dict[str, int], other: dict[str, int]
) -> None:
    house, by = ground.houses[0], clerk_of(ground.houses[0])
    with transaction.atomic():
        if there:
            ground.save(house, {key: number(key, value, 0) for key, value in there.items()})
        report = report_of(ground.round_, house)
        form = report_workbook(by, report)
        first = merge_workbook("a.xlsx", filled(form, one), by=by)
        second = merge_workbook("b.xlsx", filled(form, other), by=ground.world.district_officer)
        both = {
            key for key in one.keys() & other.keys()
            if one[key] != other[key] and there.get(key) not in {one[key], other[key]}
        }  # fmt: skip
        assert (first.conflicts, first.problems, second.problems) == ((), {}, {})
        assert {each.question.key for each in second.conflicts} == both
        mended = {key: value for key, value in other.items() if there.get(key) != value}
        assert kept(report) == there | mended | {
            key: value for key, value in one.items() if there.get(key) != value
        }
        transaction.set_rollback(True)


def filled(form: bytes, edits: dict[str, int]) -> bytes:
    def change(sheet: Worksheet, rows: dict[str, int]) -> None:
        for key, value in edits.items():
            sheet.cell(rows[key], 2).value = value
            if key == "share":
                sheet.cell(rows[key], 3).value = 10

    return changed(form, change)
