"""Programs take reports as papers and as workbooks, and bring the filled-in ones back."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.reports.reports import accepted, answered, opened, report_of, sent
from tests.reports.test_workbooks import filled
from tests.world import World
from thamthan.api.router import api
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post
from thamthan.reports.models import Report, Round, SentReport
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def round_(world: World) -> Iterator[Round]:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False):
        yield opened(world, [world.nong_kapu, world.tha_sen])


@pytest.fixture
def report(world: World, round_: Round) -> Report:
    return report_of(round_, world.nong_kapu)


def where(report: Report) -> str:
    return f"/api/v1/reports/{report.pk}"


def brought(client: Client, *contents: bytes) -> Any:
    files = [SimpleUploadedFile(f"{at}.xlsx", one) for at, one in enumerate(contents)]
    return client.post("/api/v1/report-workbooks", {"files": files})


def test_a_report_is_printed_as_a_draft_and_as_it_was_sent(
    world: World, program: Program, report: Report
) -> None:
    clerk, district = program(world.clerk), program(world.district_officer)
    draft = clerk.get(f"{where(report)}/draft-paper")
    assert (draft["Content-Type"], draft.content[:4]) == (PDF, b"%PDF")
    assert draft["Cache-Control"] == "private, no-store"
    assert clerk.get(f"{where(report)}/paper").status_code == 404
    sent(report, world.clerk)
    for client in (clerk, district):
        paper = client.get(f"{where(report)}/paper", {"kind": "docx", "number": "1"})
        assert (paper["Content-Type"], paper.content[:2]) == (DOCX, b"PK")
        assert paper["Content-Disposition"].endswith('.docx"')
    assert clerk.get(f"{where(report)}/paper", {"number": 2}).status_code == 404
    assert clerk.get(f"{where(report)}/paper", {"kind": "odt"}).status_code == 422
    # Above, only what was sent is printed.
    assert district.get(f"{where(report)}/draft-paper").status_code == 404


def test_the_report_over_many_is_printed_for_those_who_see_the_round(
    world: World, program: Program, round_: Round, report: Report
) -> None:
    sent(report, world.clerk)
    accepted(round_, world.district_officer, world.nong_kapu)
    address = f"/api/v1/rounds/{round_.pk}/paper"
    paper = program(world.district_officer).get(address)
    assert (paper["Content-Type"], paper.content[:4]) == (PDF, b"%PDF")
    assert program(world.clerk).get(address).status_code == 404


def test_a_workbook_is_taken_out_filled_in_and_merged_once(
    world: World, program: Program, report: Report
) -> None:
    clerk = program(world.clerk)
    empty = clerk.get(f"{where(report)}/workbook")
    assert empty["Content-Type"] == XLSX
    assert "รายงาน" in load_workbook(BytesIO(empty.content)).sheetnames
    content = filled(report, world, 1250.5)
    first, second = brought(clerk, content, b"no workbook").json()["items"]
    assert (first["name"], first["report"], first["is_sent"]) == ("0.xlsx", report.pk, True)
    assert first["changed"] > 0
    assert (second["report"], bool(second["refused"])) == (None, True)
    assert brought(clerk, content).status_code == 200
    assert SentReport.objects.count() == 1


def test_what_two_wrote_is_told_and_nothing_is_overwritten(
    world: World, program: Program, report: Report
) -> None:
    clerk, question = program(world.clerk), report.round.questions.filter(is_required=True)
    content = filled(report, world, 4)
    answered(report, world.officer, 7_000)
    (merged,) = brought(clerk, content).json()["items"]
    key = question.filter(kind="number")[0].key
    assert merged["conflicts"][key] == "7"
    assert (merged["is_sent"], bool(merged["why_not_sent"])) == (False, True)
    assert report.answers.get(question__key=key).value_milli == 7_000


def test_no_file_is_no_merging(world: World, program: Program) -> None:
    answer = program(world.clerk).post("/api/v1/report-workbooks", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize("who", ["tha_sen_clerk", "neighbour_clerk", "administrator"])
def test_others_neither_print_nor_fill_in(
    world: World, program: Program, report: Report, who: str
) -> None:
    other, content = program(getattr(world, who)), filled(report, world)
    sent(report, world.clerk)
    for name in ("paper", "draft-paper", "workbook"):
        assert other.get(f"{where(report)}/{name}").status_code == 404
    (merged,) = brought(other, content).json()["items"]
    assert (merged["report"], merged["changed"], bool(merged["refused"])) == (None, 0, True)
    assert SentReport.objects.count() == 1


def test_of_a_matter_classed_since_there_is_no_file(
    world: World, program: Program, report: Report
) -> None:
    clerk, content = program(world.clerk), filled(report, world)
    assert clerk.get(f"{where(report)}/workbook").status_code == 200
    Letter.objects.filter(pk__in=[report.round.root.letter_id]).update(secrecy=Secrecy.SECRET)
    for name in ("paper", "draft-paper", "workbook"):
        assert clerk.get(f"{where(report)}/{name}").status_code == 404
    (merged,) = brought(clerk, content).json()["items"]
    assert (merged["report"], merged["is_sent"]) == (None, False)
    assert not SentReport.objects.exists()


def test_the_description_names_the_kinds_of_files() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    answers = paths["/api/v1/reports/{report_id}/paper"]["get"]["responses"]
    assert set(answers[200]["content"]) == {PDF, DOCX}
