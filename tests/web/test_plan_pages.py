import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.projects.plans import FIVE, PARK, ROAD, plan_file, plan_words, row_kept
from tests.reading.plans import faults, layouts, shapes
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.actions import amend_plan_row, begin_plan_import
from thamthan.projects.models import PlanImport, PlanRow, Project
from thamthan.projects.queries import import_lines
from thamthan.projects.rules import ImportState, LineChoice, PlanMode, YearMoney
from thamthan.web.plan_lines import card_of

pytestmark = pytest.mark.django_db


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def brought(client: Client, content: bytes, name: str = "แผน.xlsx") -> PlanImport:
    answer = client.post(reverse("plan-import-new"), {"file": SimpleUploadedFile(name, content)})
    made = PlanImport.objects.latest("pk")
    assert answer.headers["Location"] == reverse("plan-import", args=[made.pk])
    return made


def test_a_file_is_brought_looked_at_and_agreed_to(clerk: Client) -> None:
    made = brought(clerk, faults.money_as_words().content)
    page = text_of(clerk.get(reverse("plan-import", args=[made.pk])))
    assert "ต้องดู 15 แถว จาก 25 แถว" in page
    assert "“1,20,000” มีตัวเลขแต่อ่านเป็นจำนวนเงินไม่ได้แน่ชัด" in page
    assert "อ่านไม่ได้" in page
    deed = reverse("plan-import-deed", args=[made.pk])
    answer = clerk.post(deed, {"deed": "agree"}, follow=True)
    assert "ยังมี 15 แถวที่ต้องดูและตัดสินก่อน" in text_of(answer)
    answer = clerk.post(deed, {"deed": "agree_rest"}, follow=True)
    assert "นำเข้าแผนแล้ว เพิ่ม 10 แถว แก้ 0 แถว" in text_of(answer)
    assert PlanRow.objects.count() == 10


def test_one_press_decides_one_line_and_tells_the_figures(clerk: Client, world: World) -> None:
    made = brought(clerk, faults.money_as_words().content)
    line = import_lines(world.clerk, made, show=LineChoice.OPEN)[0]
    answer = clerk.post(
        reverse("plan-import-deed", args=[made.pk]),
        {"deed": "take", "line": line.pk},
        headers={"HX-Request": "true"},
    )
    page = text_of(answer)
    assert f'id="line-{line.pk}"' in page
    assert "ต้องดู 14 แถว" in page
    assert 'hx-swap-oob="true"' in page


def test_rows_that_were_not_understood_are_shown_with_their_reason(clerk: Client) -> None:
    made = brought(clerk, layouts.continued().content)
    page = text_of(clerk.get(reverse("plan-import", args=[made.pk]), {"show": "refused"}))
    assert "มีลำดับที่แต่ไม่มีชื่อโครงการ" in page
    assert "ไม่มีลำดับที่และไม่ต่อจากโครงการใด" in page


def test_totals_and_boxes_are_told_sheet_by_sheet(clerk: Client) -> None:
    made = brought(clerk, shapes.totals().content)
    page = text_of(clerk.get(reverse("plan-import", args=[made.pk]), {"show": "sheets"}))
    assert "เขียน 900,000 แต่บวกแถวข้างบนได้ 100,000" in page
    made = brought(clerk, faults.boxes().content)
    page = text_of(clerk.get(reverse("plan-import", args=[made.pk]), {"show": "sheets"}))
    assert "ร่างแผน ห้ามเผยแพร่" in page


def test_a_changed_row_is_shown_beside_the_one_that_stands_there(clerk: Client) -> None:
    made = brought(clerk, plan_file())
    clerk.post(reverse("plan-import-deed", args=[made.pk]), {"deed": "agree"})
    made = brought(clerk, plan_file([(PARK, [*FIVE[:4], 250_000]), (ROAD, FIVE)]))
    page = text_of(clerk.get(reverse("plan-import", args=[made.pk])))
    assert "แก้แถวเดิมตามไฟล์" in page
    assert "<td>100,000</td><td>250,000</td>" in page


def test_the_same_file_again_says_so(clerk: Client) -> None:
    content = plan_file()
    made = brought(clerk, content)
    clerk.post(reverse("plan-import-deed", args=[made.pk]), {"deed": "agree"})
    again = brought(clerk, content)
    page = text_of(clerk.get(reverse("plan-import", args=[again.pk])))
    assert "ไฟล์เดียวกันนี้นำเข้าแล้ว" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("แผน.xlsx", b"%PDF-1.7 endobj", "PDF ไม่ใช่ตารางแผนพัฒนา"),
        ("แผน.csv", "ก,ข,ค\n1,2,3".encode(), "ไม่พบแถวของโครงการในไฟล์นี้"),
        ("แผน.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel รุ่นเก่า"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(
    clerk: Client, name: str, content: bytes, words: str
) -> None:
    answer = clerk.post(reverse("plan-import-new"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not PlanImport.objects.exists()


def test_a_dropped_file_changes_nothing(clerk: Client) -> None:
    made = brought(clerk, plan_file())
    answer = clerk.post(reverse("plan-import-deed", args=[made.pk]), {"deed": "drop"}, follow=True)
    assert "ไม่มีอะไรเปลี่ยนในแผน" in text_of(answer)
    assert PlanImport.objects.get().state == ImportState.DROPPED


def test_rows_are_found_by_form_programme_and_words(clerk: Client, world: World) -> None:
    row = row_kept(world.clerk)
    row_kept(world.clerk, name=ROAD, form="p02_1", programme="แผนงานการเกษตร")
    address = reverse("plan", args=[row.plan_id])
    page = text_of(clerk.get(address))
    assert PARK in page
    assert ROAD in page
    page = text_of(clerk.get(address, {"text": "สวนสาธารณะ"}))
    assert ROAD not in page
    page = text_of(clerk.get(address, {"form": "p02_1", "programme": "แผนงานการเกษตร"}))
    assert PARK not in page
    assert "ไม่พบแถวที่ตรงกับที่ค้น" in text_of(clerk.get(address, {"text": "ไม่มีคำนี้"}))


def test_the_lists_ask_few_questions_however_long(
    clerk: Client, world: World, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        row = row_kept(world.clerk, name=f"โครงการที่ {number}", number=str(number))
    made = begin_plan_import(
        plan_file([(f"โครงการที่ {at}", [5000] * 5) for at in range(30)]), "แผน.xlsx", by=world.clerk
    )
    clerk.get(reverse("plans"))
    for address in (
        reverse("plans"),
        reverse("plan", args=[row.plan_id]),
        reverse("plan-import", args=[made.pk]),
    ):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert clerk.get(address).status_code == 200


def test_a_row_is_typed_with_amounts_as_people_write_them(clerk: Client, world: World) -> None:
    plan = row_kept(world.clerk).plan
    form = {
        "form": "p02",
        "number": "2",
        "name": "โครงการขุดลอกคลอง",
        "headings": "ยุทธศาสตร์ที่ 1 น้ำ\nแผนงานการเกษตร",
        "planned_2566": "๕๐๐,๐๐๐.-",
        "planned_2567": "-",
        "planned_2568": "1.2 ล้านบาท",
    }
    address = reverse("plan-row-new", args=[plan.pk])
    answer = clerk.post(address, form | {"planned_2569": "1,20,000", "headings": "งานน้ำ"})
    assert answer.status_code == 422
    assert "อ่านเป็นจำนวนเงินไม่ได้แน่ชัด" in text_of(answer)
    assert "ควรขึ้นต้นด้วย ยุทธศาสตร์" in text_of(answer)
    answer = clerk.post(address, form, follow=True)
    assert "บันทึกแถวในแผนแล้ว" in text_of(answer)
    row = PlanRow.objects.get(name="โครงการขุดลอกคลอง")
    assert row.programme == "แผนงานการเกษตร"
    assert {one.be_year: one.planned_satang for one in row.budgets.all()} == {
        2566: 500_000_00,
        2567: 0,
        2568: 1_200_000_00,
    }


def test_a_row_is_amended_and_its_old_wording_stays_to_be_read(clerk: Client, world: World) -> None:
    row = row_kept(world.clerk)
    address = reverse("plan-row-change", args=[row.pk]) + "?as=amend"
    page = text_of(clerk.get(address))
    assert "ข้อความเดิมจะเก็บไว้หลังฉบับใหม่" in page
    form = {
        "form": "p02",
        "name": ROAD,
        "planned_2569": "750,000",
        "mode": "changed",
        "mode_words": "เปลี่ยนแปลง ครั้งที่ 1/2569",
    }
    page = text_of(clerk.post(address, form, follow=True))
    assert "เปลี่ยนแปลง ครั้งที่ 1/2569" in page
    assert PARK in page
    old = text_of(clerk.get(reverse("plan-row", args=[row.pk])))
    assert "แถวนี้มีฉบับที่แก้ไขใหม่แล้ว" in old


def test_a_row_is_taken_up_as_a_project(clerk: Client, world: World) -> None:
    row = row_kept(world.clerk)
    deed = reverse("plan-row-deed", args=[row.pk])
    answer = clerk.post(deed, {"deed": "take_up", "be_year": "2569"})
    project = Project.objects.get()
    assert answer.headers["Location"] == reverse("project", args=[project.pk])
    assert (project.name, project.be_year) == (PARK, 2569)


def test_a_row_is_dropped_with_a_reason(clerk: Client, world: World) -> None:
    row = row_kept(world.clerk)
    deed = reverse("plan-row-deed", args=[row.pk])
    assert "โปรดบอกเหตุ" in text_of(clerk.post(deed, {"deed": "drop"}, follow=True))
    clerk.post(deed, {"deed": "drop", "why": "ซ้ำ"})
    assert "แผนนี้ยังไม่มีแถว" in text_of(clerk.get(reverse("plan", args=[row.plan_id])))


def test_a_plan_out_and_in_again_changes_nothing(clerk: Client, world: World) -> None:
    row = row_kept(
        world.clerk,
        remark="รอแบบแปลน",
        budgets=(YearMoney(2566, 0, 0), YearMoney(2568, 1_234_567_89, 50_000_00)),
    )
    row_kept(world.clerk, name=ROAD, number="2")
    words = plan_words(name=PARK, mode=PlanMode.CHANGED, mode_words="เปลี่ยนแปลง ครั้งที่ 1/2568")
    amend_plan_row(row, words, by=world.clerk)
    answer = clerk.get(reverse("plan-rows", kwargs={"pk": row.plan_id, "kind": "xlsx"}))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    made = brought(clerk, io.BytesIO(content).getvalue())
    assert {line.standing for line in import_lines(world.clerk, made)} == {"same"}
    rows = PlanRow.objects.count()
    clerk.post(reverse("plan-import-deed", args=[made.pk]), {"deed": "agree"})
    assert PlanRow.objects.count() == rows


def test_one_who_only_reads_is_offered_no_change(log_in_as: LogIn, world: World) -> None:
    row = row_kept(world.clerk)
    reader = log_in_as(world.executive)
    page = text_of(reader.get(reverse("plan-row", args=[row.pk])))
    assert row.name in page


def test_a_wrong_value_is_put_right_on_the_page_and_the_rest_says_nothing(
    world: World, clerk: Client
) -> None:
    made = begin_plan_import(
        plan_file([(PARK, [5000, 5000, "ห้าพันกว่า", 5000, 5000])]), "แผน.xlsx", by=world.clerk
    )
    line = made.lines.get()
    page = clerk.get(f"/plans/imports/{made.pk}/").content.decode()
    assert "แก้ค่าที่อ่านผิด" in page
    assert 'name="cell-planned.2" value=""' in page
    form = {
        cell.field: cell.value for cell in card_of(world.clerk, line).cells
    }  # as the page holds it
    typed = {f"cell-{field}": value for field, value in form.items()} | {
        "cell-planned.2": "ห้าพันบาทถ้วน",
        "cell-name": f"{PARK} (แก้ไข)\r\n",
    }
    posted = {"line": line.pk, "show": "open", "deed": "correct", **typed}
    answer = clerk.post(f"/plans/imports/{made.pk}/deed/", posted, headers={"HX-Request": "true"})
    told = answer.content.decode()
    assert "คนแก้ 2 ช่อง" in told
    assert "ในไฟล์ “ห้าพันกว่า”" in told
    line.refresh_from_db()
    assert set(line.corrections) == {"planned.2", "name"}
    wrong = clerk.post(
        f"/plans/imports/{made.pk}/deed/",
        posted | {"cell-planned.0": "มากมาย"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "เป็นจำนวนเงินไม่ได้" in wrong
    assert 'value="มากมาย"' in wrong
    plain = clerk.post(f"/plans/imports/{made.pk}/deed/", posted | {"cell-name": PARK})
    assert plain.status_code == 302
