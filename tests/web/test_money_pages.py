"""The money of a project on its page: read, guarded, kept by one press, and nobody else's."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.projects.money import allotted, committed, kept, of, paid
from tests.projects.projects import approved, proposed
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.actions import answer_clauses, plan_money
from thamthan.projects.models import Allotment, Commitment, Disbursement, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(world: World) -> Project:
    return approved(world.clerk)


def press(client: Client, project: Project, deed: str, **more: Any) -> Any:
    form = {"deed": deed, "press": str(uuid4()), "form": more.get("key", "new"), **more}
    return client.post(f"/projects/{project.pk}/money/", form)


def page(client: Client, project: Project) -> str:
    answer = client.get(f"/projects/{project.pk}/money/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_money_goes_its_way_by_presses_each_the_next_thing(
    world: World, clerk: Client, project: Project
) -> None:
    assert "เริ่มจากบอกว่าโครงการนี้คาดว่าจะใช้เงินเท่าใด" in page(clerk, project)
    press(clerk, project, "plan", amount="๓๕๐,๐๐๐.-", source="ข้อบัญญัติ ปี 2569")
    assert "ยังไม่มีรายการงบประมาณที่เหลือเงิน" in page(clerk, project)
    line, hoped = kept(world.clerk, 500_000), project.allotments.get()
    assert 'value="350,000.00"' in page(clerk, project)
    press(clerk, project, "allot", line=line.pk, amount="300,000", hoped=hoped.pk)
    assert "ก่อหนี้ผูกพันเมื่อลงนามสัญญา" in page(clerk, project)
    row = {"key": hoped.pk, "on": "10 มี.ค. 69"}
    press(clerk, project, "commit", amount="280,000", words="สัญญาจ้าง 7/2569", **row)
    contract = Commitment.objects.get()
    of_it = {"key": contract.pk, "on": "12 มี.ค. 69", "words": "ฎีกา 112/2569"}
    press(clerk, project, "pay", amount="100,000.50", **of_it)
    press(clerk, project, "back", amount="0.50", **of_it | {"words": "คืนเศษ"})
    press(clerk, project, "release", amount="80,000", **of_it)
    said = page(clerk, project)
    assert "เบิกจ่ายแล้ว 100,000.00 จาก 300,000.00 บาท" in said
    assert "สามแสนบาทถ้วน" in said
    assert "เหลือให้ผูกพัน 100,000.00" in said
    assert "คืนเศษ" in said
    press(clerk, project, "change", key=hoped.pk, amount="360,000", seen="35000000")
    other = kept(world.clerk, 50_000, name="เงินสะสม")
    press(clerk, project, "move", key=hoped.pk, line=other.pk, amount="10,000")
    money = {one.line_id: one.approved_satang for one in project.allotments.all()}
    assert money == {line.pk: 29_000_000, other.pk: 1_000_000}


def test_a_doubt_is_confirmed_by_a_second_press_and_nothing_is_kept_before(
    world: World, clerk: Client, project: Project
) -> None:
    given = {"amount": "1.2 ล้านบาท", "source": "เงินอุดหนุนเฉพาะกิจ"}
    answer = press(clerk, project, "plan", **given)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "“1.2 ล้านบาท” เข้าใจว่า 1,200,000.00 บาท" in said
    assert "ยืนยันว่าถูกต้อง" in said
    assert not project.allotments.exists()
    again = dict(answer.context["confirming"].given)
    assert clerk.post(f"/projects/{project.pk}/money/", again).status_code == 302
    clerk.post(f"/projects/{project.pk}/money/", again)
    assert project.allotments.get().planned_satang == 120_000_000


def test_what_is_refused_leaves_what_was_typed_and_says_what_is_left(
    world: World, clerk: Client, project: Project
) -> None:
    row = allotted(project, kept(world.clerk, 500_000), 300_000, by=world.clerk)
    typed = {"key": row.pk, "on": "10 มี.ค. 69", "words": "สัญญาจ้าง 7/2569"}
    for amount, status, said in (
        ("300,000.01", 409, "เหลือให้ผูกพัน 300,000.00 บาท"),
        ("-5", 400, "ติดลบ"),
        ("เต็มวงเงิน", 400, "เป็นจำนวนเงินไม่ได้"),
    ):
        answer = press(clerk, project, "commit", amount=amount, **typed)
        shown = answer.content.decode()
        assert (answer.status_code, said in shown) == (status, True)
        assert f'value="{amount}"' in shown
        assert "สัญญาจ้าง 7/2569" in shown
    answer = press(clerk, project, "commit", amount="1,000", **typed | {"on": "31 ก.พ. 69"})
    assert "โปรดแก้วันที่" in answer.content.decode()
    assert not Commitment.objects.exists()
    assert press(clerk, project, "steal", amount="1").status_code == 400


def test_more_of_a_line_in_use_is_a_raise_that_was_seen_and_not_a_second_allotment(
    world: World, clerk: Client, project: Project
) -> None:
    line, other = kept(world.clerk, 500_000), kept(world.clerk, 80_000, name="เงินสะสม")
    row = allotted(project, line, 300_000, by=world.clerk)
    said = page(clerk, project)
    new = said[said.index('id="f-allot-new-line"') :].split("</select>")[0]
    assert (f'value="{line.pk}"' in new, f'value="{other.pk}"' in new) == (False, True)
    # The form for new ones, sent from a page on which the line was not in use yet.
    answer = press(clerk, project, "allot", line=line.pk, amount="50,000", seen="0")
    assert answer.status_code == 409
    raised = {"line": line.pk, "seen": "30000000", "form": f"of{row.pk}"}
    assert press(clerk, project, "allot", amount="350,000", **raised).status_code == 302
    row.refresh_from_db()
    assert row.approved_satang == 35_000_000


def test_whoever_gave_the_order_sees_the_sums_and_no_contract(
    world: World, log_in_as: LogIn, project: Project
) -> None:
    from tests.directives.orders import cascaded

    order = cascaded(world, [world.nong_kapu])
    answer_clauses(project, [order.directives.filter(dropped_at=None)[1]], by=world.clerk)
    row = allotted(project, kept(world.clerk, 500_000), 300_000, by=world.clerk)
    paid(committed(row, 1000, by=world.officer), 700, by=world.officer, words="ฎีกาของเรา")
    district = log_in_as(world.district_officer)
    said = page(district, project)
    assert "เบิกจ่ายแล้ว 700.00 จาก 300,000.00 บาท" in said
    assert "ฎีกาของเรา" not in said
    assert 'name="deed"' not in said
    assert press(district, project, "plan", amount="1", source="ก").status_code == 403


def test_an_officer_pays_and_does_not_give_out(
    world: World, log_in_as: LogIn, project: Project
) -> None:
    line = kept(world.clerk, 500_000)
    row = allotted(project, line, 300_000, by=world.clerk)
    officer = log_in_as(world.officer)
    said = page(officer, project)
    assert 'value="commit"' in said
    assert 'value="allot"' not in said
    assert press(officer, project, "allot", line=line.pk, amount="5").status_code == 403
    words = {"key": row.pk, "on": "10 มี.ค. 69", "words": "สัญญา"}
    assert press(officer, project, "commit", amount="2", **words).status_code == 409
    assert press(officer, project, "commit", amount="5,000", **words).status_code == 302


def test_the_page_asks_no_more_for_many_sources_and_payments(
    world: World, clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    project = approved(world.clerk)
    for number in range(6):
        line = kept(world.clerk, 500_000, name=f"รายการ {number}")
        row = allotted(project, line, 300_000, by=world.clerk)
        for _ in range(3):
            paid(committed(row, 1000, by=world.officer), 700, by=world.officer)
        plan_money(project, of(1000), by=world.clerk, source_words=f"แหล่ง {number}")
    page(clerk, project)
    with django_assert_max_num_queries(13):
        page(clerk, project)
    assert Disbursement.objects.count() == 18
    assert Allotment.objects.count() == 12


def test_a_project_of_nobody_else_is_there(world: World, log_in_as: LogIn, clerk: Client) -> None:
    theirs = proposed(world.tha_sen_clerk)
    assert clerk.get(f"/projects/{theirs.pk}/money/").status_code == 404
    assert press(clerk, theirs, "plan", amount="1", source="ก").status_code == 404
