from fractions import Fraction

import pytest
import time_machine
from django.utils import timezone

from tests.directives.orders import passed_on
from tests.reports.reports import FORM, accepted, nil, opened, report_of, sent, told
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.organisations.models import Organisation
from thamthan.reports.actions import load_report_form, open_rounds, return_report
from thamthan.reports.actions.rounds import give_reports
from thamthan.reports.models import Question, Round
from thamthan.reports.queries import (
    question_chart,
    reporting_figures,
    rounds_chart,
    shown_places,
)
from thamthan.reports.rules import Timely

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def round_(world: World) -> Round:
    made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    told(report_of(made, world.nong_kapu), {"people": 1_250_500})
    accepted(made, world.district_officer, world.nong_kapu)
    return made


def people_of(round_: Round) -> Question:
    found = round_.questions.filter(fill="people").first()
    assert found is not None
    return found


def words(world: World, round_: Round) -> dict[str, str]:
    rows = shown_places(world.district_officer, round_, people_of(round_))
    return {row.organisation.short_name: row.words for row in rows}


def test_every_house_that_owes_is_drawn_and_says_why_it_has_no_number(
    world: World, round_: Round
) -> None:
    assert words(world, round_) == {
        "ทต.บ้านลาด": "ยังไม่รายงาน",
        "อบต.ท่าเสน": "ยังไม่รายงาน",
        "อบต.หนองกะปุ": "1,250.5",
    }
    sent(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    nil(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk)
    accepted(round_, world.district_officer, world.ban_lat_municipality)
    found = words(world, round_)
    assert (found["อบต.ท่าเสน"], found["ทต.บ้านลาด"]) == ("รอพิจารณา", "ไม่มีผล")
    return_report(report_of(round_, world.tha_sen), by=world.district_officer, note="ตรวจใหม่")
    assert words(world, round_)["อบต.ท่าเสน"] == "ส่งกลับให้แก้"


def test_the_title_says_the_total_and_who_has_the_most(world: World, round_: Round) -> None:
    told(report_of(round_, world.tha_sen), {"people": 40_000})
    accepted(round_, world.district_officer, world.tha_sen)
    question = people_of(round_)
    rows = shown_places(world.district_officer, round_, question)
    chart = question_chart(world.district_officer, round_, question, rows, now=timezone.now())
    assert chart.title == "ผู้รับประโยชน์ 1,290.5 คน มากที่สุดที่อบต.หนองกะปุ 1,250.5 คน"
    assert "มีตัวเลข 2 จาก 3 แห่ง" in chart.subtitle
    assert [bar.value for bar in chart.bars] == [None, Fraction(40), Fraction(2501, 2)]


def again(round_: Round, number: int, houses: list[Organisation], world: World) -> Round:
    """The same asked once more."""
    later = Round.objects.create(
        root=round_.root, obligation=round_.obligation, organisation=round_.organisation,
        form=round_.form, number=number, due_on=round_.due_on,
    )  # fmt: skip
    for question in round_.questions.all():
        question.pk, question.round, question._state.adding = None, later, True
        question.save()
    give_reports(later)
    for house in houses:
        told(report_of(later, house), {"people": number * 1_000_000})
    if houses:
        accepted(later, world.district_officer, *houses)
    return later


def test_a_line_over_the_rounds_breaks_where_nobody_reported(world: World, round_: Round) -> None:
    post, question = world.district_officer, people_of(round_)
    assert rounds_chart(post, round_, question) is None
    again(round_, 2, [], world)
    third = again(round_, 3, [world.nong_kapu, world.tha_sen], world)
    chart = rounds_chart(post, third, people_of(third))
    assert chart is not None
    assert [(point.label, point.value) for point in chart.points] == [
        ("งวดที่ 1", Fraction(2501, 2)),
        ("งวดที่ 2", None),
        ("งวดที่ 3", Fraction(6000)),
    ]
    assert chart.title == "ผู้รับประโยชน์เพิ่มขึ้น จาก 1,250.5 คน ในงวดที่ 1 เป็น 6,000 คน ในงวดที่ 3"


def test_a_province_sees_its_districts_and_whoever_reports_to_it_itself(world: World) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    upper, _ = passed_on(world, [world.nong_kapu, world.ban_lat_municipality])
    cascade_order(upper, [world.tha_sen], by=world.governor_officer)
    (made,) = open_rounds(upper, by=world.governor_officer)
    told(report_of(made, world.nong_kapu), {"people": 850_000})
    accepted(made, world.district_officer, world.nong_kapu)
    post, question = world.governor_officer, people_of(made)
    rows = shown_places(post, made, question)
    assert {row.label: (row.words, row.part.given, row.owed) for row in rows} == {
        "อ.บ้านลาด": ("850", 1, 2),
        "อ.บ้านลาด (รายงานเอง)": ("ยังไม่รายงาน", 0, 1),
        "อบต.ท่าเสน": ("ยังไม่รายงาน", 0, 1),
    }
    # Of one district from above: its houses, as it sees them itself.
    inside = shown_places(post, made, question, area=world.ban_lat)
    assert [(row.label, row.words) for row in inside] == [
        ("ทต.บ้านลาด", "ยังไม่รายงาน"),
        ("อบต.หนองกะปุ", "850"),
    ]
    found = reporting_figures(post, made, now=timezone.now())
    assert (found.whole.owed, found.whole.came) == (4, 1)
    assert {line.name: line.timely.owed for line in found.levels} == {
        "อำเภอ": 1,
        "องค์กรปกครองส่วนท้องถิ่น": 3,
    }
    assert sum((line.timely for line in found.places), Timely()) == found.whole
