"""Totals for the public: by whoever asked first, closed or marked, few people never told."""

import csv
import io
import json
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.reports import accepted, nil, opened, report_of, sent
from tests.reports.test_shared import both, joined, people_of
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Letter
from thamthan.records.models import HistoryEntry
from thamthan.records.rules import Verb
from thamthan.reports.actions import (
    Given,
    accept_reports,
    close_consolidation,
    publish_round,
    save_answers,
    submit_report,
    unpublish_round,
)
from thamthan.reports.models import Publication, Round
from thamthan.reports.queries import public_content, published_round, round_paper, totals_of
from thamthan.reports.queries.open_figures import open_figures, open_figures_table
from thamthan.reports.rules import AnswerStanding, Sum, counts_persons, covered
from thamthan.thai.correspondence import Secrecy
from thamthan.writing import write_table

needs_rows = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def round_(world: World) -> Round:
    """Two reported and were accepted, one of them nil; one is missing."""
    made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    sent(report_of(made, world.nong_kapu), world.clerk, 1_250_500)
    nil(report_of(made, world.tha_sen), world.tha_sen_clerk)
    both = [report_of(made, house) for house in (world.nong_kapu, world.tha_sen)]
    accept_reports(both, by=world.district_officer)
    return made


def figures_of(made: Publication) -> dict[str, dict[str, object]]:
    return {one["key"]: one for clause in made.content["clauses"] for one in clause["figures"]}


@needs_rows
def test_only_whoever_asked_first_publishes_and_only_what_is_closed_or_marked(
    world: World, round_: Round
) -> None:
    for stranger in (world.clerk, world.governor_officer):
        with pytest.raises(NotFound):
            publish_round(round_, by=stranger, is_provisional=True)
    with pytest.raises(Refused) as refused:
        publish_round(round_, by=world.district_officer)
    assert refused.value.code == "not_closed"
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    assert (made.is_public, made.is_closed) == (True, False)
    close_consolidation(round_, by=world.district_officer)
    again = publish_round(round_, by=world.district_officer)
    assert (again.ref, again.is_closed) == (made.ref, True)
    assert published_round(None, made.ref) == made
    verbs = HistoryEntry.objects.filter(verb=Verb.ROUND_SHOWN, row_id=round_.pk)
    assert [entry.facts["is_closed"] for entry in verbs] == [False, True]


@needs_rows
def test_nothing_accepted_is_nothing_to_publish(world: World) -> None:
    made = opened(world, [world.nong_kapu])
    with pytest.raises(Refused) as refused:
        publish_round(made, by=world.district_officer, is_provisional=True)
    assert refused.value.code == "nothing_accepted"
    assert not Publication.objects.exists()


@needs_rows
def test_what_is_taken_back_does_not_exist_and_keeps_its_address(
    world: World, round_: Round
) -> None:
    assert unpublish_round(round_, by=world.district_officer) is None
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    unpublish_round(round_, by=world.district_officer)
    with pytest.raises(NotFound):
        published_round(None, made.ref)
    with pytest.raises(NotFound):
        published_round(None, uuid4())
    again = publish_round(round_, by=world.district_officer, is_provisional=True)
    assert published_round(None, made.ref).pk == again.pk
    facts = HistoryEntry.objects.filter(verb=Verb.ROUND_SHOWN).values_list("facts", flat=True)
    assert [one["is_public"] for one in facts] == [True, False, True]


@needs_rows
def test_a_secret_order_is_never_published_and_falls_silent_where_it_was(
    world: World, round_: Round
) -> None:
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    Letter.objects.filter(pk=round_.root.letter_id).update(secrecy=Secrecy.SECRET)
    with pytest.raises(NotFound):
        published_round(None, made.ref)
    with pytest.raises(Refused) as refused:
        publish_round(round_, by=world.district_officer, is_provisional=True)
    assert refused.value.status in {403, 404}


@needs_rows
def test_the_public_totals_are_those_of_the_page_per_organisation_and_stay_as_published(
    world: World, round_: Round
) -> None:
    totals = totals_of(world.district_officer, round_)
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    for question in round_.questions.filter(kind__in=["number", "money"]):
        figure = figures_of(made)[question.key]
        if question.unit in {"คน", "ครัวเรือน"}:
            continue
        total = totals.get(question.pk, Sum())
        assert figure["value_milli"] == total.value_milli(question.over_places)
        parts = figure["organisations"].values()  # type: ignore[attr-defined]
        assert sum(one["value_milli"] for one in parts) == (figure["value_milli"] or 0)
    assert [one["code"] for one in made.content["missing"]] == [world.ban_lat_municipality.code]
    before = published_round(None, made.ref).content
    sent(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk, 9_000)
    accept_reports([report_of(round_, world.ban_lat_municipality)], by=world.district_officer)
    assert published_round(None, made.ref).content == before


@needs_rows
def test_a_closed_round_is_published_as_it_was_closed(world: World, round_: Round) -> None:
    closed = close_consolidation(round_, by=world.district_officer)
    sent(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk, 9_000)
    accept_reports([report_of(round_, world.ban_lat_municipality)], by=world.district_officer)
    made = publish_round(round_, by=world.district_officer)
    assert (made.content["owed"], made.content["accepted"]) == (3, 2)
    assert made.content["closed_sha256"] == closed.sha256
    places = {code for one in figures_of(made).values() for code in one["organisations"]}  # type: ignore[attr-defined]
    assert places == {str(world.nong_kapu.pk)}


@needs_rows
def test_words_go_along_only_where_chosen_and_names_are_covered(world: World) -> None:
    made = opened(world, [world.nong_kapu])
    report = report_of(made, world.nong_kapu)
    sent(report, world.clerk, 5_000)
    told = made.questions.filter(kind="text", is_required=True)[0]
    version = report.answers.get(question=told).version
    words = Given(AnswerStanding.GIVEN, version, text="ช่วยนายสมชาย ใจดี โทร 081-234-5678 แล้ว")
    saved, _ = save_answers(report_of(made, world.nong_kapu), {told.key: words}, by=world.clerk)
    submit_report(saved, by=world.clerk, seen_version=saved.version, press=uuid4())
    accept_reports([report_of(made, world.nong_kapu)], by=world.district_officer)
    plain = publish_round(made, by=world.district_officer, is_provisional=True)
    assert "ช่วย" not in json.dumps(plain.content, ensure_ascii=False)
    chosen = publish_round(made, by=world.district_officer, is_provisional=True, has_words=True)
    told_all = json.dumps(chosen.content, ensure_ascii=False)
    assert "ช่วย[ไม่เผยแพร่]" in told_all
    assert "สมชาย" not in told_all
    assert "081" not in told_all
    assert world.clerk.person is not None
    assert world.clerk.person.name not in told_all


def answered_people(world: World, round_: Round, people: dict[str, int]) -> None:
    """So many people reached, by each of these houses, and its report accepted."""
    question = round_.questions.filter(unit="คน")[0]
    for name, count in people.items():
        report = report_of(round_, getattr(world, name))
        by = {"nong_kapu": world.clerk, "tha_sen": world.tha_sen_clerk}.get(
            name, world.ban_lat_clerk
        )
        one = Given(AnswerStanding.GIVEN, 0, count * 1000)
        save_answers(report, {question.key: one}, by=by)
        sent(report_of(round_, getattr(world, name)), by, 50_000)
        accept_reports([report_of(round_, getattr(world, name))], by=world.district_officer)


@needs_rows
def test_few_people_are_nowhere_in_what_is_published(world: World) -> None:
    made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    answered_people(world, made, {"nong_kapu": 2, "tha_sen": 40, "ban_lat_municipality": 700})
    published = publish_round(made, by=world.district_officer, is_provisional=True)
    question = made.questions.filter(unit="คน")[0]
    figure = figures_of(published)[question.key]
    assert figure["value_milli"] == 742_000
    shown = {
        pk: one["value_milli"]
        for pk, one in figure["organisations"].items()  # type: ignore[attr-defined]
    }
    # The next smallest goes with it: whoever subtracts finds the sum of two.
    assert shown == {
        str(world.nong_kapu.pk): None,
        str(world.tha_sen.pk): None,
        str(world.ban_lat_municipality.pk): 700_000,
    }
    told = open_figures(None, published)
    covered_there = [
        one
        for found in told["figures"]
        if found["key"] == question.key
        for one in found["organisations"]
        if one["is_covered"]
    ]
    assert [one["value"] for one in covered_there] == [None, None]


@needs_rows
def test_open_figures_tells_whose_it_is_as_of_when_and_how_it_was_added(
    world: World, round_: Round
) -> None:
    made = publish_round(round_, by=world.district_officer, is_provisional=True)
    about = open_figures(None, made)["metadata"]
    assert about["is_provisional"] is True
    assert about["publisher"] == {"code": world.ban_lat.code, "name": world.ban_lat.name}
    assert datetime.fromisoformat(about["as_of"]) == timezone.now()
    assert "CC BY" in about["licence"]
    assert [one["name"] for one in about["organisations_missing"]] == [
        world.ban_lat_municipality.name
    ]
    methods = {one["method_words"] for one in open_figures(None, made)["figures"]}
    assert "รวมกัน" in methods
    content = write_table(open_figures_table(None, made), form="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    money = [row for row in rows if row["หน่วยนับ"] == "บาท" and row["ค่า"]]
    assert {(row["รหัสหน่วยงาน"], row["ค่า"]) for row in money} == {
        ("", "1250.5"), (world.nong_kapu.code, "1250.5"),
    }  # fmt: skip
    assert {row["สถานะยอด"] for row in rows} == {"ข้อมูลเบื้องต้น ยังไม่ปิดยอด"}


@needs_rows
def test_a_province_publishes_by_district(world: World, round_: Round) -> None:
    # Of the district's own round the houses stand each by itself.
    content = public_content(world.district_officer, round_, now=timezone.now(), has_words=False)
    assert {one["code"] for one in content["organisations"]} == {
        world.nong_kapu.code, world.tha_sen.code, world.ban_lat_municipality.code,
    }  # fmt: skip
    assert sum(one["owed"] for one in content["organisations"]) == content["owed"]


@needs_rows
def test_what_two_houses_told_is_printed_and_published_once_and_says_so(world: World) -> None:
    made = opened(world, [world.nong_kapu, world.tha_sen])
    both(world, made)
    accepted(made, world.district_officer, world.nong_kapu, world.tha_sen)
    joined(world, made, world.district_officer)
    published = publish_round(made, by=world.district_officer, is_provisional=True)
    figure = figures_of(published)[people_of(made).key]
    assert (figure["value_milli"], figure["less_milli"]) == (950_000, 300_000)
    told = {one["key"]: one for one in open_figures(None, published)["figures"]}
    assert told[people_of(made).key]["total"]["counted_twice"] == 300
    paper = repr(round_paper(world.district_officer, made, now=timezone.now()))
    assert "หักที่นับซ้ำแล้ว 300 คน" in paper
    assert "ยอดรวมหักงานเดียวกันที่สองหน่วยงานรายงานออกแล้ว" in paper


@pytest.mark.parametrize("unit", ["คน", "ราย", "ครัวเรือน", "คน-วัน"])
def test_units_of_people_are_known(unit: str) -> None:
    assert counts_persons(unit)


@pytest.mark.parametrize("unit", ["บาท", "โครงการ", "รายการ", "แห่ง", ""])
def test_units_of_things_are_no_people(unit: str) -> None:
    assert not counts_persons(unit)


def _sum(count: int) -> Sum:
    return Sum(given=1, sum_milli=count * 1000, most_milli=count * 1000)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(1, 6))
def test_no_subtraction_finds_a_small_number(counts: list[int], least: int) -> None:
    cells = {at: _sum(count) for at, count in enumerate(counts)}
    total = _sum(sum(counts))
    hidden = covered(cells, total, least=least, is_share=False, is_added=True)
    small = {at for at, count in enumerate(counts) if 0 < count < least}
    assert small <= hidden.places
    if 0 < sum(counts) < least:
        assert hidden.is_total
    if small and not hidden.is_total:
        # What is left over when everything shown is taken away is the sum of several.
        assert len(hidden.places) > 1
        assert hidden.places - small or len(small) > 1
    if not small:
        assert not hidden.places


@given(st.lists(st.integers(3, 99), min_size=1, max_size=8))
def test_what_is_not_small_is_shown_whole(counts: list[int]) -> None:
    cells = {at: _sum(count) for at, count in enumerate(counts)}
    hidden = covered(cells, _sum(sum(counts)), least=3, is_share=False, is_added=True)
    assert not hidden.places
    assert not hidden.is_total


def test_of_a_share_those_who_are_left_are_few_too() -> None:
    all_but_one = Sum(given=1, sum_milli=99_000, of_milli=100_000)
    half = Sum(given=1, sum_milli=50_000, of_milli=100_000)
    hidden = covered(
        {1: all_but_one, 2: half}, all_but_one + half, least=3, is_share=True, is_added=True
    )
    assert hidden.places == {1, 2}
