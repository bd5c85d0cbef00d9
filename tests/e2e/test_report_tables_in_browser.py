"""A table of a report typed and pasted on a line that breaks, at the desk and on the phone."""

from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import IN_BROWSER, SIZES, come_in, log_in
from tests.projects.projects import proposed
from tests.reports.reports import answered, opened, report_of
from tests.reports.tables import roads, with_table
from tests.world import World
from thamthan.directives.models import Directive
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.rules import ProjectState
from thamthan.reports.actions import Given, accept_reports, save_answers, set_agreement
from thamthan.reports.models import Question, Report
from thamthan.reports.rules import Agrees, AnswerStanding, RowEdit, rows_of

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = IN_BROWSER

PASTE = """([box, text]) => {
  const given = new DataTransfer();
  given.setData("text/plain", text);
  const kind = { clipboardData: given, bubbles: true, cancelable: true };
  box.dispatchEvent(new ClipboardEvent("paste", kind));
}"""


def paste(page: Any, cell: Any, text: str) -> None:
    """As from a spreadsheet: cells apart by tabs, rows by lines."""
    page.evaluate(PASTE, [cell.element_handle(), text])


def cell(page: Any, row: int, column: str) -> Any:
    return page.locator("[data-row]").nth(row).locator(f'[data-cell="{column}"]')


@pytest.mark.parametrize("size", SIZES)
def test_a_table_is_typed_pasted_and_kept_without_a_line(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    with_table(report)
    answered(report, world.officer, 300_000)
    page, eyes = come_in(browser, live_server, "somjai", size)
    address = f"{live_server.url}/reports/{report.pk}/"
    page.goto(address)
    said = page.locator("[data-saved]")
    cell(page, 0, "road").fill("ถนนสายบ้านหนองกะปุ–บ้านไร่โคก")
    cell(page, 0, "cost").fill("๔๙๕,๐๐๐")
    playwright.expect(said).to_contain_text("บันทึกแล้ว")
    assert [one["cost"] for one in roads(report).values()] == [495_000_000]
    page.context.set_offline(True)
    page.get_by_role("button", name="เพิ่มแถว").click()
    paste(
        page,
        cell(page, 1, "road"),
        "ถนนสายกลาง\t350\t1,250,000.50\t15 ก.พ. 69\nซอยวัดใหม่\tราวร้อยเมตร\t80000\t\n",
    )
    playwright.expect(said).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    # Closed without a line, and opened again: it is all there, and goes.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    playwright.expect(page.locator("[data-cell-wrong]")).to_contain_text("ไม่ใช่ตัวเลข")
    playwright.expect(said).to_contain_text("ยังไม่ได้บันทึก 1 ช่อง")
    assert sorted(one["road"] for one in roads(report).values()) == [
        "ถนนสายกลาง", "ถนนสายบ้านหนองกะปุ–บ้านไร่โคก",
    ]  # fmt: skip
    page.locator('[data-key="roads"]').scroll_into_view_if_needed()
    eyes.look("r7-report-table", whole=True)
    wrong = page.locator('[data-cell="length"][aria-invalid="true"]')
    wrong.fill("100")
    playwright.expect(page.locator("[data-cell-wrong]")).to_have_count(0)
    playwright.expect(said).not_to_contain_text("ยังไม่ได้บันทึก")
    page.get_by_role("button", name="ส่งรายงาน").click()
    page.wait_for_url("**/reports/")
    district, district_eyes = come_in(browser, live_server, "phonthip", size)
    district.goto(f"{live_server.url}/reports/{report.pk}/review/")
    playwright.expect(district.locator("main")).to_contain_text("ซอยวัดใหม่")
    district_eyes.look("r8-review-table", whole=True)
    complaints = eyes.complaints + district_eyes.complaints
    assert not [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_two_who_write_one_row_without_a_line_see_both_and_the_rest_is_merged(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    with_table(report)
    first = {"road": "สายใน", "cost": 5_000_000}
    rows = (RowEdit("aaaa", "", first), RowEdit("bbbb", "", {"road": "สายนอก"}))
    save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 0, edits=rows)}, by=world.clerk)
    seen = {row.key: row.mark for row in rows_of(report.answers.get(question__key="roads").rows)}
    page, _ = come_in(browser, live_server, "somjai", "desk")
    page.goto(f"{live_server.url}/reports/{report.pk}/")
    page.context.set_offline(True)
    cell(page, 0, "cost").fill("7,000")
    cell(page, 1, "length").fill("40")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    # Meanwhile the officer changes the first row and adds one.
    theirs = (
        RowEdit("aaaa", seen["aaaa"], first | {"cost": 6_000_000}),
        RowEdit("cccc", "", {"road": "สายใหม่"}),
    )
    save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 1, edits=theirs)}, by=world.officer)
    page.context.set_offline(False)
    row = page.locator('[data-row="aaaa"]')
    playwright.expect(row).to_contain_text("อีกคนแก้เป็น: สายใน · 6,000")
    playwright.expect(page.locator('[data-row="cccc"] [data-cell="road"]')).to_have_value("สายใหม่")
    assert roads(report)["bbbb"] == {"road": "สายนอก", "length": 40_000}
    assert roads(report)["aaaa"]["cost"] == 6_000_000
    row.get_by_role("button", name="ใช้ของฉัน").click()
    playwright.expect(row).not_to_contain_text("อีกคน")
    playwright.expect(page.locator("[data-saved]")).not_to_contain_text("ยังไม่ได้บันทึก")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")
    assert roads(report)["aaaa"]["cost"] == 7_000_000


def test_what_one_person_typed_is_never_shown_to_the_next_at_the_same_computer(
    world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    report = report_of(opened(world, [world.nong_kapu]), world.nong_kapu)
    question = report.round.questions.filter(kind="number", is_required=True)[0]
    page, _ = come_in(browser, live_server, "somjai", "desk")
    address = f"{live_server.url}/reports/{report.pk}/"
    box = page.locator(f'[name="n-{question.key}"]')
    page.goto(address)
    page.context.set_offline(True)
    page.context.clear_cookies()
    box.fill("4321")
    playwright.expect(page.locator("[data-saved]")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/log-in/")
    log_in(page, world.officer.person.login)
    page.wait_for_load_state("networkidle")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert box.input_value() == ""
    assert "4321" not in page.content()
    page.wait_for_timeout(2500)
    assert not report.answers.filter(value_milli=4_321_000).exists()
    # Its writer finds it again.
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/log-in/")
    log_in(page)
    page.wait_for_load_state("networkidle")
    page.goto(address)
    playwright.expect(page.locator("[data-saved]")).to_contain_text("บันทึกแล้ว")
    assert box.input_value() == "4321"
    assert report.answers.get(question=question).value_milli == 4_321_000


def _filled_in(world: World) -> tuple[Report, Question, Directive]:
    """A report of two projects and two rows, its table, and the clause that it answers."""
    report = report_of(opened(world, [world.nong_kapu, world.tha_sen]), world.nong_kapu)
    table = with_table(report)
    clause = report.round.root.directives.filter(parent=None)[0]
    for _ in range(2):
        project = proposed(world.clerk)
        answer_clauses(project, [clause], by=world.clerk)
        move_project(project, ProjectState.APPROVED, by=world.executive)
    answered(report, world.officer, 300_000)
    rows = tuple(
        RowEdit(f"{at:04d}", "", {"road": road, "length": 350_500, "cost": 495_000_000})
        for at, road in enumerate(("ถนนสายบ้านหนองกะปุ–บ้านไร่โคก", "ซอยวัดใหม่"))
    )
    save_answers(report, {"roads": Given(AnswerStanding.GIVEN, 0, edits=rows)}, by=world.clerk)
    return report, table, clause


@pytest.mark.parametrize("size", SIZES)
def test_the_executive_agrees_with_one_press_and_the_district_reads_all_rows(
    size: str, world: World, live_server: LiveServer, browser: Any, half_past_ten: None
) -> None:
    set_agreement(Agrees.EXECUTIVE, by=world.clerk)
    report, table, clause = _filled_in(world)
    round_ = report.round
    page, eyes = come_in(browser, live_server, "somjai", size)
    page.goto(f"{live_server.url}/reports/agreement/")
    eyes.look("r9-agreement")
    page.goto(f"{live_server.url}/reports/{report.pk}/")
    said = page.locator("[data-saved]")
    box = page.locator(f'[data-key="c{clause.pk}-projects"]')
    box.get_by_role("checkbox").first.uncheck()
    playwright.expect(said).to_contain_text("บันทึกแล้ว")
    money = page.locator(f'[data-key="c{clause.pk}-paid"]')
    money.get_by_role("textbox").fill("12")
    playwright.expect(money).to_contain_text("หน่วยนับเป็นบาท")
    eyes.look("r10-report-doubts", whole=True)
    # Also of what the officer typed, that the system knows otherwise.
    for tick in page.locator("[data-doubts] input").all():
        tick.check()
    playwright.expect(page.locator("[data-knows]").first).to_contain_text("ระบบรู้ว่า")
    playwright.expect(said).to_contain_text("บันทึกแล้ว")
    page.get_by_role("button", name="เสนอผู้บริหาร").click()
    page.wait_for_url("**/reports/")
    head, head_eyes = come_in(browser, live_server, world.executive.person.login, size)
    head.goto(f"{live_server.url}/")
    head_eyes.look("r11-desk-proposal")
    head.locator("#proposals + ul a").click()
    playwright.expect(head.locator("main")).to_contain_text("ผู้กรอกยืนยันแล้ว")
    head_eyes.look("r12-proposal", whole=True)
    head.get_by_role("button", name="เห็นชอบและส่ง").click()
    head.wait_for_url(f"{live_server.url}/")
    district, district_eyes = come_in(browser, live_server, "phonthip", size)
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    district.goto(f"{live_server.url}/reports/rounds/{round_.pk}/tables/{table.pk}/")
    playwright.expect(district.locator("main")).to_contain_text("990,000 บาท")
    district_eyes.look("r13-rows", whole=True)
    assert not eyes.complaints + head_eyes.complaints + district_eyes.complaints
