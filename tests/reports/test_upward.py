from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from tests.reports.reports import nil, opened, report_of, sent
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.rules import parts_from_json
from thamthan.reports.actions import accept_reports, close_consolidation, draft_round_letter
from thamthan.reports.content import hash_of
from thamthan.reports.models import Round
from thamthan.reports.queries import houses_table, line_words, told_of_round, totals_table
from thamthan.reports.queries.telling import gathered
from thamthan.writing import write_rows, write_table

pytestmark = pytest.mark.django_db


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


def test_the_letter_upward_cites_what_asked_and_names_who_is_missing(
    world: World, round_: Round
) -> None:
    press = uuid4()
    draft = draft_round_letter(round_, by=world.district_officer, submission=press)
    parts = parts_from_json(draft.parts)
    assert [one.number for one in parts.references] == ["พบ 0017.2/ว 1640"]
    assert "รายงานแล้ว ๒ จาก ๓ แห่ง" in parts.body
    assert "ทต.บ้านลาด" in parts.body
    assert "๑,๒๕๐.๕ บาท" in parts.body
    assert draft_round_letter(round_, by=world.district_officer, submission=press) == draft


def test_nothing_accepted_is_nothing_to_report(world: World) -> None:
    made = opened(world, [world.nong_kapu])
    with pytest.raises(Refused) as refused:
        draft_round_letter(made, by=world.district_officer)
    assert refused.value.code == "nothing_accepted"
    with pytest.raises(Refused):
        draft_round_letter(made, by=world.clerk)


def test_the_tables_hold_the_same_figures_and_leave_the_missing_empty(
    world: World, round_: Round
) -> None:
    now = timezone.now()
    table = totals_table(world.district_officer, round_, now=now)
    assert "ยังไม่รายงาน 1 แห่ง: ทต.บ้านลาด" in table.foot
    assert any(row[2] == "1,250.5 บาท" and row[3] == "1 จาก 3" for row in table.rows)
    assert write_table(table, form="pdf").startswith(b"%PDF")
    houses, rows = houses_table(world.district_officer, round_, now=now)
    book = load_workbook(BytesIO(b"".join(write_rows(houses, rows, form="xlsx"))))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    paid = [row for row in cells if row[1] == world.nong_kapu.name]
    # Money is a number that a workbook adds, to the satang.
    assert 1250.5 in paid[0]
    missing = next(row for row in cells if row[1] == world.ban_lat_municipality.name)
    assert missing[2] == "ยังไม่ส่ง"
    assert not any(missing[4:])


def test_line_has_room_for_who_is_missing(world: World, round_: Round) -> None:
    words = line_words(world.district_officer, round_, now=timezone.now())
    assert len(words) <= 900
    assert "รายงานแล้ว 2 จาก 3 แห่ง" in words
    assert words.endswith("ยังไม่รายงาน 1 แห่ง: ทต.บ้านลาด")


def test_every_sentence_keeps_who_said_it(world: World, round_: Round) -> None:
    question = round_.questions.filter(kind="text", is_required=True)[0]
    (sentence,) = told_of_round(world.district_officer, round_, [question])[question.pk]
    assert (sentence.text, sentence.organisations) == ("ทำแล้ว เห็นผล", (world.nong_kapu,))


def test_alike_sentences_become_one_and_never_those_with_other_numbers(
    world: World, round_: Round
) -> None:
    one, other = report_of(round_, world.nong_kapu), report_of(round_, world.tha_sen)
    same = gathered([(one, "จัดอบรมกลุ่มอาชีพ 50 คน"), (other, "จัดอบรมกลุ่มอาชีพ  ๕๐ คน")])
    assert [len(sentence.reports) for sentence in same] == [2]
    apart = gathered([(one, "จัดอบรมกลุ่มอาชีพ 50 คน"), (other, "จัดอบรมกลุ่มอาชีพ 80 คน")])
    assert [len(sentence.reports) for sentence in apart] == [1, 1]


def test_a_closed_total_can_be_computed_again_and_does_not_move(
    world: World, round_: Round
) -> None:
    closed = close_consolidation(round_, by=world.district_officer)
    assert hash_of(closed.content) == closed.sha256
    assert closed.content["versions"] == {world.nong_kapu.code: 1, world.tha_sen.code: 1}
    sent(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk, 9000)
    accept_reports([report_of(round_, world.ban_lat_municipality)], by=world.district_officer)
    again = close_consolidation(round_, by=world.district_officer)
    assert (again.content, again.sha256) == (closed.content, closed.sha256)
    with pytest.raises(Refused):
        close_consolidation(round_, by=world.clerk)
