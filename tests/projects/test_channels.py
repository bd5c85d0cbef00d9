"""Which channels fit a project, why, what is missing, and when money may come at the earliest."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thamthan
from thamthan.organisations.rules import LaoKind
from thamthan.projects.rules import (
    ChannelFacts,
    Condition,
    Fit,
    MoneyRule,
    PlanStanding,
    ProjectFacts,
    Shape,
    Verdict,
    Work,
    best_of,
    channel_of,
    channels_that_fit,
    likely_works,
    papers_asked,
    read_channels,
)
from thamthan.thai.dates import FiscalYear

FILE = Path(thamthan.__file__).parent / "data" / "channels.toml"
CHANNELS = [channel_of(row) for row in read_channels(FILE.read_bytes())]
TODAY = date(2026, 3, 20)
PAPERS = sorted({paper.code for channel in CHANNELS for paper in channel.papers})

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))
facts_given = st.builds(
    ProjectFacts,
    lao_kind=st.sampled_from([*LaoKind, None]),
    standing=st.sampled_from(PlanStanding),
    works=st.frozensets(st.sampled_from(Work), max_size=3),
    shapes=st.frozensets(st.sampled_from(Shape)),
    answers=st.dictionaries(st.sampled_from(Condition), st.booleans()),
    papers=st.frozensets(st.sampled_from(PAPERS), max_size=8),
    needed_satang=st.none() | st.integers(1, 10**13),
    needed_on=st.none() | days,
)
VERDICTS = list(Verdict)


def about(**told: Any) -> ProjectFacts:
    given: dict[str, Any] = {"lao_kind": LaoKind.SAO, "standing": PlanStanding.PLAN}
    return ProjectFacts(**given | told)


def fit_of(code: str, facts: ProjectFacts, *, today: date = TODAY) -> Fit:
    return next(
        fit for fit in channels_that_fit(facts, CHANNELS, today) if fit.channel.code == code
    )


def said(fit: Fit) -> str:
    return " ".join([*fit.reasons, *fit.against, *(one.words for one in fit.missing)])


@pytest.mark.parametrize(
    ("code", "told", "verdict", "words"),
    [
        ("ordinance", {"standing": PlanStanding.ORDINANCE}, Verdict.FITS, "มีรายการในข้อบัญญัติแล้ว"),
        ("ordinance", {}, Verdict.DOES_NOT, "ที่อยู่ในข้อบัญญัติแล้วเท่านั้น"),
        ("next-ordinance", {}, Verdict.FITS, "ยื่นได้ถึง 15 ส.ค. 2569"),
        ("next-ordinance", {"standing": PlanStanding.NONE}, Verdict.FITS_IF, "เพิ่มโครงการในแผน"),
        ("next-ordinance", {"standing": PlanStanding.ROUTINE}, Verdict.DOES_NOT, "งานประจำ"),
        ("routine", {"standing": PlanStanding.ROUTINE}, Verdict.FITS, "งานประจำ"),
        ("environment-fund", {"works": {Work.WASTE}}, Verdict.FITS_IF, "ในระดับจังหวัด"),
        ("environment-fund", {"works": {Work.GREEN}}, Verdict.FITS_IF, "ต้องถามก่อน"),
        ("environment-fund", {"works": {Work.SAFETY}}, Verdict.DOES_NOT, "รับเฉพาะงานด้าน"),
        ("health-fund", {"works": {Work.HEALTH}}, Verdict.FITS, "สุขภาพ"),
        (
            "health-fund",
            {"works": {Work.HEALTH}, "shapes": {Shape.CONSTRUCTION}},
            Verdict.FITS_IF,
            "ยังไม่แน่ว่าใช้กับการก่อสร้าง",
        ),
        (
            "housing-repair",
            {"works": {Work.HOUSING}, "shapes": {Shape.ACTIVITY}},
            Verdict.DOES_NOT,
            "ใช้กับการจัดกิจกรรม",
        ),
        ("specific-grant", {"works": {Work.EDUCATION}}, Verdict.FITS_IF, "ยังไม่แน่ว่า"),
        ("pao-grant", {"lao_kind": LaoKind.PAO}, Verdict.DOES_NOT, "ผู้มีสิทธิ"),
        ("pao-grant", {"lao_kind": None}, Verdict.DOES_NOT, "องค์กรปกครองส่วนท้องถิ่น"),
        ("power-fund", {"answers": {Condition.POWER_AREA: False}}, Verdict.DOES_NOT, "รอบโรงไฟฟ้า"),
        ("special-round", {}, Verdict.DOES_NOT, "ไม่มีรอบที่ทราบว่าเปิดอยู่"),
        ("energy-fund", {"works": {Work.ENERGY}}, Verdict.FITS_IF, "รอประกาศ"),
    ],
)
def test_the_verdict_and_its_reason_are_said(
    code: str, told: dict[str, Any], verdict: Verdict, words: str
) -> None:
    fit = fit_of(code, about(**told))
    assert (fit.verdict, words in said(fit)) == (verdict, True), said(fit)


def test_the_environment_money_goes_through_the_province_first() -> None:
    told = {"works": {Work.WASTEWATER}}
    step = Condition.PROVINCE_ENVIRONMENT_PLAN
    waiting = fit_of("environment-fund", about(**told, answers={step: False}))
    assert "ต้องทำก่อน" in said(waiting)
    there = fit_of("environment-fund", about(**told, answers={step: True}))
    assert len(there.missing) == len(waiting.missing) - 1
    assert len(there.papers) == 14


def test_the_share_of_ones_own_is_told_in_baht() -> None:
    told = said(fit_of("energy-fund", about(works={Work.ENERGY}, needed_satang=10_000_101)))
    # Half of 100,001.01 baht, and never less than the half.
    assert "50,001 บาท" in told


def test_a_ceiling_for_each_house_is_no_ceiling_of_the_project() -> None:
    fit = fit_of("housing-repair", about(works={Work.HOUSING}, needed_satang=50_000_000))
    assert "40,000 บาทต่อหลัง" in " ".join(fit.reasons)


@pytest.mark.parametrize(
    ("code", "today", "money_on"),
    [
        # Draft ordinances go to the council by 15 August: later, the money is of the year after.
        ("next-ordinance", date(2026, 3, 20), date(2026, 10, 1)),
        ("next-ordinance", date(2026, 8, 15), date(2026, 10, 1)),
        ("next-ordinance", date(2026, 8, 16), date(2027, 10, 1)),
        ("next-ordinance", date(2026, 11, 29), date(2027, 10, 1)),
        # Asked about nine months ahead: a proposal of March is not paid from next October's money.
        ("specific-grant", date(2026, 3, 20), date(2027, 10, 1)),
        ("specific-grant", date(2026, 1, 2), date(2026, 10, 1)),
        ("province", date(2026, 9, 30), date(2026, 10, 1)),
        ("province", date(2026, 10, 1), date(2027, 10, 1)),
        ("ordinance", date(2026, 3, 20), date(2026, 3, 20)),
        ("loan", date(2026, 3, 20), None),
    ],
)
def test_money_is_never_promised_too_early(code: str, today: date, money_on: date | None) -> None:
    assert fit_of(code, about(), today=today).money_on == money_on


def test_money_that_comes_after_the_work_begins_is_said() -> None:
    fit = fit_of("next-ordinance", about(needed_on=date(2026, 4, 1)))
    assert fit.verdict == Verdict.FITS_IF
    assert "ต้องเลื่อนวันเริ่ม" in said(fit)
    assert fit_of("next-ordinance", about(needed_on=date(2026, 10, 1))).verdict == Verdict.FITS


def test_a_park_that_stands_in_no_plan_has_three_ways_and_not_all_of_ones_own() -> None:
    park = about(standing=PlanStanding.NONE, works={Work.GREEN}, shapes={Shape.CONSTRUCTION})
    best = best_of(channels_that_fit(park, CHANNELS, TODAY))
    assert len(best) == 3
    assert {fit.channel.code for fit in best} >= {"new-item", "next-ordinance"}
    assert len({fit.channel.group for fit in best}) > 1
    assert all(fit.missing and fit.doubt for fit in best)


def test_what_is_there_for_this_very_work_is_among_the_first() -> None:
    for work, code in (
        (Work.WASTEWATER, "environment-fund"),
        (Work.HEALTH, "health-fund"),
        (Work.ENERGY, "energy-fund"),
        (Work.HOUSING, "housing-repair"),
    ):
        fits = channels_that_fit(about(works={work}), CHANNELS, TODAY)
        assert code in {fit.channel.code for fit in best_of(fits)}, work


def test_papers_go_with_what_the_money_buys() -> None:
    channel = next(one for one in CHANNELS if one.code == "next-ordinance")
    codes = {paper.code for paper in papers_asked(channel, {Shape.ACTIVITY})}
    assert "estimate" not in codes
    assert "estimate" in {paper.code for paper in papers_asked(channel, {Shape.CONSTRUCTION})}
    assert "estimate" in {paper.code for paper in papers_asked(channel, ())}


def test_likely_kinds_of_work_are_a_suggestion_from_the_words() -> None:
    assert Work.GREEN in likely_works("ปรับปรุงสวนสาธารณะหมู่ที่ 3")
    assert Work.WASTEWATER in likely_works("ติดตั้งบ่อดักไขมันครัวเรือน")
    assert likely_works("ประชุมประจำเดือน") == frozenset()


@given(facts_given, days)
def test_every_channel_has_its_verdict_and_each_verdict_its_words(
    facts: ProjectFacts, today: date
) -> None:
    fits = channels_that_fit(facts, CHANNELS, today)
    assert sorted(fit.channel.code for fit in fits) == sorted(one.code for one in CHANNELS)
    for fit in fits:
        assert bool(fit.against) == (fit.verdict == Verdict.DOES_NOT)
        assert fit.verdict != Verdict.FITS or not fit.missing
        assert fit.verdict != Verdict.FITS_IF or fit.missing
        assert fit.channel.is_verified == (not fit.doubt)
        assert fit.money_words


@given(facts_given, days, st.permutations(CHANNELS))
def test_the_order_of_the_file_is_of_no_account(
    facts: ProjectFacts, today: date, shuffled: list[ChannelFacts]
) -> None:
    assert channels_that_fit(facts, shuffled, today) == channels_that_fit(facts, CHANNELS, today)


@given(facts_given, days, st.sampled_from(PAPERS))
def test_a_paper_more_never_makes_a_channel_fit_less(
    facts: ProjectFacts, today: date, paper: str
) -> None:
    more = with_changed(facts, papers=facts.papers | {paper})
    for before, after in paired(facts, more, today):
        assert (after.verdict, after.missing) == (before.verdict, before.missing)
        assert set(after.papers) <= set(before.papers)
        assert after.order <= before.order


@given(facts_given, days, st.sampled_from(Condition))
def test_a_yes_never_makes_a_channel_fit_less_and_a_no_never_more(
    facts: ProjectFacts, today: date, fact: Condition
) -> None:
    rest = {one: told for one, told in facts.answers.items() if one != fact}
    no, unsaid, yes = (
        with_changed(facts, answers=rest | told) for told in ({fact: False}, {}, {fact: True})
    )
    for worse, better in ((no, unsaid), (unsaid, yes)):
        for low, high in paired(worse, better, today):
            assert VERDICTS.index(high.verdict) <= VERDICTS.index(low.verdict)
            assert len(high.missing) <= len(low.missing) or low.verdict == Verdict.DOES_NOT


@given(facts_given, days)
def test_a_project_in_its_plan_fits_no_less_than_one_that_is_not(
    facts: ProjectFacts, today: date
) -> None:
    outside = with_changed(facts, standing=PlanStanding.NONE)
    inside = with_changed(facts, standing=PlanStanding.PLAN)
    for before, after in paired(outside, inside, today):
        assert VERDICTS.index(after.verdict) <= VERDICTS.index(before.verdict)


@given(st.sampled_from(CHANNELS), days, st.integers(0, 800))
def test_who_asks_later_is_not_paid_sooner(channel: ChannelFacts, today: date, later: int) -> None:
    first = channel.earliest_money(today)
    then = channel.earliest_money(today + timedelta(days=later))
    if first is None or then is None:
        assert first is then
        return
    assert today <= first <= then
    if channel.money == MoneyRule.FISCAL_YEAR:
        assert first == FiscalYear.containing(first).first_on
        assert first > today


@given(facts_given, days, st.integers(1, 6))
def test_the_best_are_those_that_fit_in_their_order(
    facts: ProjectFacts, today: date, count: int
) -> None:
    fits = channels_that_fit(facts, CHANNELS, today)
    best = best_of(fits, count=count)
    fitting = [fit for fit in fits if fit.verdict != Verdict.DOES_NOT]
    assert len(best) == min(count, len(fitting))
    assert all(one.order < other.order for one, other in pairwise(best))
    # The very first is never left out.
    assert best[:1] == fitting[:1]


def with_changed(facts: ProjectFacts, **changed: Any) -> ProjectFacts:
    kept = {
        name: getattr(facts, name)
        for name in ProjectFacts.__dataclass_fields__
        if name not in changed
    }
    return ProjectFacts(**kept | changed)


def paired(one: ProjectFacts, other: ProjectFacts, today: date) -> list[tuple[Fit, Fit]]:
    by_code = {fit.channel.code: fit for fit in channels_that_fit(other, CHANNELS, today)}
    return [(fit, by_code[fit.channel.code]) for fit in channels_that_fit(one, CHANNELS, today)]
