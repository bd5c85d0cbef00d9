"""Reports on paper from what was sent: nobody above prints a draft, a closed sum stays closed."""

from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from tests.projects.evidence import attached, photo, under_way
from tests.reports.reports import answered, nil, opened, report_of, sent
from tests.world import World
from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.projects.actions import answer_clauses, judge_evidence, move_project
from thamthan.projects.models import Evidence, Project
from thamthan.projects.rules import EvidenceKind, EvidenceState, ProjectState
from thamthan.records.queries import content_of
from thamthan.reports.actions import (
    accept_reports,
    close_consolidation,
    draft_round_letter,
    fill_report,
    return_report,
)
from thamthan.reports.models import Question, Report, Round
from thamthan.reports.queries import draft_paper, report_paper, round_paper
from thamthan.reports.queries.paper_photos import best_rows, side_by_side
from thamthan.reports.queries.paper_words import rows_table
from thamthan.writing import Table
from thamthan.writing.pages import page_texts
from thamthan.writing.report_facts import ReportItems, ReportPaper
from thamthan.writing.reports import write_report, write_report_docx

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


def of(post: Post, report: Report, **more: int) -> ReportPaper:
    return report_paper(post, report, now=timezone.now(), **more)


def together(post: Post, round_: Round) -> ReportPaper:
    return round_paper(post, round_, now=timezone.now())


def words_of(paper: ReportPaper) -> str:
    """Every word of it, as it stands before it is set."""
    return repr(paper)


def rows_of(paper: ReportPaper) -> list[tuple[object, ...]]:
    return [row for annex in paper.annexes for table in annex.tables for row in table.rows]


def pictured(world: World, round_: Round) -> Project:
    """A project of Nong Kapu that answers the first pillar, with a pair of adequate pictures."""
    project = under_way(world.clerk, name="ลานกีฬาหมู่ที่ 3")
    answer_clauses(project, [round_.root.directives.filter(parent=None)[0]], by=world.clerk)
    move_project(project, ProjectState.UNDER_WAY, by=world.clerk)
    for seed, kind in ((1, EvidenceKind.BEFORE), (2, EvidenceKind.AFTER), (3, EvidenceKind.DURING)):
        one = attached(project, world.officer, photo(seed), kind, caption=f"ภาพที่ {seed}")
        if kind != EvidenceKind.DURING:
            judge_evidence(one, is_adequate=True, by=world.clerk)
    return project


def test_the_house_prints_its_draft_and_nobody_above_does(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = answered(report_of(round_, world.nong_kapu), world.clerk, 7_000)
    paper = draft_paper(world.clerk, report, now=timezone.now())
    assert paper.mark == "ร่าง"
    assert "ร่าง ยังไม่ได้ส่ง" in paper.standing
    assert "ทำแล้ว เห็นผล" in words_of(paper)
    for other in (world.district_officer, world.tha_sen_clerk):
        with pytest.raises(NotFound):
            draft_paper(other, report, now=timezone.now())
    with pytest.raises(NotFound):
        of(world.district_officer, report)


def test_above_it_is_printed_as_it_was_sent_and_no_word_written_since(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk, 7_000)
    answered(report_of(round_, world.nong_kapu), world.clerk, 9_000)
    paper = of(world.district_officer, report)
    told = words_of(paper)
    assert "'7'" in told
    assert "'9'" not in told
    assert (paper.mark, paper.judged) == ("", "")
    assert "ยังไม่รับรอง" in paper.standing
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    paper = of(world.district_officer, report)
    assert paper.standing == ""
    assert "รับรองแล้ว เมื่อวันที่ 20 มีนาคม 2569" in paper.judged


def test_each_version_is_printed_by_its_number(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk, 7_000)
    return_report(report, by=world.district_officer, note="ตรวจอีกครั้ง")
    sent(report_of(round_, world.nong_kapu), world.clerk, 9_000)
    assert "'7'" in words_of(of(world.clerk, report, number=1))
    assert "'9'" in words_of(of(world.clerk, report))
    with pytest.raises(NotFound):
        of(world.clerk, report, number=3)


def test_it_says_by_which_letter_it_was_asked_and_who_reports(world: World, round_: Round) -> None:
    paper = of(world.clerk, report_of(round_, world.nong_kapu))
    about = dict(paper.about)
    assert about["ตามหนังสือ"].startswith("หนังสือ")
    assert "20 มีนาคม 2569 เวลา 09.00 น. ฉบับที่ 1" in about["ส่งเมื่อ"]
    assert world.clerk.person is not None
    assert world.executive.person is not None
    names = [one.name for one in paper.signatures]
    assert names == [world.clerk.person.name, world.executive.person.name]
    assert len(paper.sections[0].clauses) == round_.root.directives.filter(parent=None).count()


def test_a_report_of_nothing_is_printed_with_its_reason_alone(world: World, round_: Round) -> None:
    paper = of(world.district_officer, report_of(round_, world.tha_sen))
    assert [section.heading for section in paper.sections] == ["ไม่มีผลการดำเนินงานในงวดนี้"]
    assert "ไม่มีพื้นที่" in words_of(paper)
    assert write_report(paper).startswith(b"%PDF")


def test_the_report_over_many_names_who_is_missing_and_who_said_what(
    world: World, round_: Round
) -> None:
    paper = together(world.district_officer, round_)
    about = dict(paper.about)
    assert about["หน่วยงาน"].startswith("รายงานแล้ว 2 จาก 3 แห่ง รับรองแล้ว 2 แห่ง ไม่มีผล 1 แห่ง")
    assert about["ยังไม่รายงาน"] == "1 แห่ง: ทต.บ้านลาด"
    assert "ข้อมูลยังไม่ปิดยอด ณ วันที่ 20 มีนาคม 2569" in paper.standing
    clause = paper.sections[0].clauses[0]
    (sums,) = [part for part in clause.parts if isinstance(part, Table)]
    assert ("งบประมาณที่ได้รับอนุมัติ", "1,250.50", "บาท", "1 จาก 3") in sums.rows
    (said,) = [part for part in clause.parts if isinstance(part, ReportItems)]
    assert [(one.text, one.said_by) for one in said.items] == [
        ("ทำแล้ว เห็นผล", world.nong_kapu.short_name)
    ]
    states = {row[1]: row[2] for row in rows_of(paper) if row[0]}
    assert states == {
        world.nong_kapu.name: "รับรองแล้ว",
        world.tha_sen.name: "ไม่มีผล",
        world.ban_lat_municipality.name: "ยังไม่รายงาน",
    }
    missing = [row for row in rows_of(paper) if row[1] == world.ban_lat_municipality.name]
    assert not any(cell for row in missing for cell in row[3:])


def test_what_is_closed_is_printed_as_it_was_closed(world: World, round_: Round) -> None:
    close_consolidation(round_, by=world.district_officer)
    before = together(world.district_officer, round_)
    assert before.standing.startswith("ปิดยอดเมื่อวันที่ 20 มีนาคม 2569")
    sent(report_of(round_, world.ban_lat_municipality), world.ban_lat_clerk, 9_000)
    accept_reports([report_of(round_, world.ban_lat_municipality)], by=world.district_officer)
    return_report(report_of(round_, world.nong_kapu), by=world.district_officer, note="แก้")
    sent(report_of(round_, world.nong_kapu), world.clerk, 8_888)
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    after = together(world.district_officer, round_)
    assert (after.sections, rows_of(after)) == (before.sections, rows_of(before))
    assert dict(after.about)["ยังไม่รายงาน"] == "1 แห่ง: ทต.บ้านลาด"
    assert write_report(after).startswith(b"%PDF")


def test_photographs_are_adequate_ones_of_the_report_before_beside_after(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    project = pictured(world, round_)
    report = report_of(round_, world.nong_kapu)
    fill_report(report, by=world.clerk)
    sent(report_of(round_, world.nong_kapu), world.clerk)
    paper = of(world.district_officer, report)
    (annex,) = paper.annexes
    (group,) = annex.photos
    (row,) = group.rows
    assert [one.stage for one in row] == ["ก่อนดำเนินการ", "หลังดำเนินการ"]
    assert row[0].caption == "ภาพที่ 1"
    assert "ถ่ายเมื่อ 10 มีนาคม 2569 เวลา 09.15 น. ที่สวนสาธารณะหมู่ที่ 3" in row[0].taken
    assert "13.04" not in words_of(paper)
    # A picture taken back since goes out of the paper, too.
    Evidence.objects.filter(project=project).update(state=EvidenceState.WITHDRAWN)
    assert of(world.district_officer, report).annexes == ()


def test_the_report_over_many_shows_the_best_pictures_of_a_clause_with_the_houses_name(
    world: World,
) -> None:
    round_ = opened(world, [world.nong_kapu])
    pictured(world, round_)
    report = report_of(round_, world.nong_kapu)
    fill_report(report, by=world.clerk)
    sent(report_of(round_, world.nong_kapu), world.clerk)
    assert not [annex for annex in together(world.district_officer, round_).annexes if annex.photos]
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    paper = together(world.district_officer, round_)
    (group,) = [group for annex in paper.annexes for group in annex.photos]
    first = round_.root.directives.filter(parent=None)[0]
    assert group.heading.startswith(f"ข้อ {first.number}")
    assert [one.caption.startswith(world.nong_kapu.name) for one in group.rows[0]] == [True, True]
    for content in (write_report(paper), write_report_docx(paper)):
        assert len(content) < 2_000_000


def test_a_table_is_printed_in_the_columns_of_its_form_with_its_sums() -> None:
    columns = [
        {"key": "work", "text": "งานหรือกิจกรรม", "kind": "text"},
        {"key": "on", "text": "วันที่", "kind": "date"},
        {"key": "money", "text": "งบประมาณ", "kind": "money", "unit": "บาท", "sum": True},
    ]
    question = Question(text="งานที่ทำ", kind="table", columns=columns)
    rows = [
        {"row": "a", "cells": {"work": "อบรม", "on": "2026-03-15", "money": 1_250_500}},
        {"row": "b", "cells": {"work": "ประชุม"}},
    ]
    table = rows_table(question, rows)
    assert [column.heading for column in table.columns] == [
        "ที่", "งานหรือกิจกรรม", "วันที่", "งบประมาณ (บาท)",
    ]  # fmt: skip
    assert table.rows == (
        (1, "อบรม", "15 มี.ค. 2569", "1,250.50"),
        (2, "ประชุม", "", ""),
        ("", "รวม", "", "1,250.50"),
    )
    projects = Question(text="โครงการ", kind="projects", columns=[])
    listed = rows_table(projects, [{"project": 1, "name": "ตลาดชุมชน", "state": "เสร็จสิ้น"}])
    assert listed.rows == ((1, "ตลาดชุมชน", "เสร็จสิ้น"),)


def test_a_pair_stands_before_single_pictures_and_no_house_twice_while_others_wait(
    world: World,
) -> None:
    def made(pk: int, project: Project, kind: EvidenceKind) -> Evidence:
        return Evidence(pk=pk, project=project, kind=kind, caption="ภาพ", made_by=world.officer)

    here, near = under_way(world.clerk), under_way(world.clerk, name="ตลาดน้ำ")
    there = under_way(world.tha_sen_clerk, name="ตลาดชุมชน")
    pictures = [
        made(1, here, EvidenceKind.BEFORE),
        made(2, here, EvidenceKind.AFTER),
        made(3, near, EvidenceKind.BEFORE),
        made(4, near, EvidenceKind.AFTER),
        made(5, there, EvidenceKind.DURING),
    ]
    assert [[one.pk for one in row] for row in best_rows(pictures)] == [[1, 2], [5]]
    assert [[one.pk for one in row] for row in side_by_side(pictures[:3])] == [[1, 2], [3]]


def test_the_letter_upward_carries_the_report_as_its_file_once(world: World, round_: Round) -> None:
    press = uuid4()
    draft = draft_round_letter(round_, by=world.district_officer, submission=press)
    (file,) = draft.files.all()
    assert file.name == "รายงานสรุปผลการดำเนินงานในภาพรวม.pdf"
    text = "".join("".join(page_texts(content_of(file.file))).split())
    assert "รายงานแล้ว๒จาก๓แห่ง" in text
    again = draft_round_letter(round_, by=world.district_officer, submission=press)
    assert (again.pk, again.files.count()) == (draft.pk, 1)
    assert "รายงานสรุปผลการดำเนินงานในภาพรวม" in str(draft.parts)
    assert BytesIO(content_of(file.file)).read(4) == b"%PDF"
