"""Forms made on pages, without code and without JavaScript; and the form of an order chosen."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.directives.orders import cascaded, district_order
from tests.reports.reports import COUNTED, FORM, TEXT, made
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.reports.actions import choose_form, end_form, load_report_form, load_shipped_forms
from thamthan.reports.models import FormChoice, ReportForm
from thamthan.reports.rules import PERIODS, PLACES, QuestionKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.district_officer)


def page_of(client: Client, name: str, *keys: int) -> str:
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == 200
    return str(answer.content.decode())


def typed(form: ReportForm, kind: str, **changed: str) -> dict[str, str]:
    """What a person types of a question of this kind, as the page shows its fields."""
    form.refresh_from_db()
    told = {
        "revision": str(form.revision),
        "deed": "save",
        "kind": kind,
        "text": f"คำถามชนิด {kind}",
        "unit": "คน",
        "is_required": "1",
        "each": "once",
        "over_places": PLACES[QuestionKind(kind)][0],
        "over_periods": PERIODS[QuestionKind(kind)][0],
    }
    if kind == "table":
        told |= {
            "column-text-0": "วันที่", "column-kind-0": "date",
            "column-text-3": "ผู้เข้าประชุม", "column-kind-3": "number",
            "column-unit-3": "คน", "column-sum-3": "1",
        }  # fmt: skip
    return told | changed


def add(client: Client, form: ReportForm, kind: str, **changed: str) -> str:
    """The page that answers: where it was kept, the form's."""
    answer = client.post(
        reverse("report-form-question-new", args=[form.pk]), typed(form, kind, **changed),
        follow=True,
    )  # fmt: skip
    return str(answer.content.decode())


def test_a_form_is_made_question_by_question_of_every_kind(world: World, district: Client) -> None:
    assert "ทำแบบใหม่" in page_of(district, "report-forms")
    head = {"name": "แบบติดตามขยะ", "rhythm": "monthly", "submission": str(uuid4())}
    answer = district.post(reverse("report-form-new"), head)
    assert answer.status_code == 302
    # Pressed twice, it is one form.
    assert district.post(reverse("report-form-new"), head).url == answer.url
    (form,) = ReportForm.objects.all()
    assert "ยังไม่มีคำถาม" in page_of(district, "report-form", form.pk)
    for kind in QuestionKind:
        assert "บันทึกคำถามแล้ว" in add(district, form, kind), kind
    assert [one.kind for one in form.questions.all()] == list(QuestionKind)
    table = form.questions.get(kind="table")
    assert table.columns == [
        {"key": "c1", "text": "วันที่", "kind": "date", "unit": "", "sum": False},
        {"key": "c2", "text": "ผู้เข้าประชุม", "kind": "number", "unit": "คน", "sum": True},
    ]
    assert "รายเดือน" in page_of(district, "report-form", form.pk)
    page = page_of(district, "report-form-preview", form.pk)
    assert all(f"คำถามชนิด {kind}" in page for kind in QuestionKind)


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        ("text", {"text": " "}, "โปรดกรอกช่องนี้"),
        ("number", {"unit": ""}, "โปรดบอกหน่วยนับ"),
        ("number", {"least": "๙", "most": "5"}, "ค่าน้อยสุดมากกว่าค่ามากสุด"),
        ("number", {"least": "ห้า"}, "ไม่ใช่ตัวเลข"),
        ("share", {"over_places": "sum"}, "ร้อยละเอามาบวกกันไม่ได้"),
        ("text", {"key": "q1"}, "“q1” ซ้ำ"),
        ("table", {"column-text-0": "", "column-text-3": ""}, "อย่างน้อยหนึ่งสดมภ์"),
        ("table", {"column-kind-3": "text"}, "จึงรวมไม่ได้"),
        ("text", {"revision": "1"}, "มีผู้แก้แบบนี้ไปแล้ว"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words_and_what_was_typed_stays(
    world: World, district: Client, kind: str, changed: dict[str, str], words: str
) -> None:
    form = made(world.district_officer, TEXT)
    page = add(district, form, kind, guidance="ตามที่พิมพ์ไว้", **changed)
    assert words in page
    assert "ตามที่พิมพ์ไว้" in page
    assert form.questions.count() == 1


def test_another_kind_shows_its_own_fields_and_keeps_what_was_typed(
    world: World, district: Client
) -> None:
    form = made(world.district_officer, TEXT)
    address = reverse("report-form-question-new", args=[form.pk])
    told = typed(form, "table", deed="kind", text="การประชุม")
    answer = district.post(address, told)
    page = answer.content.decode()
    assert (answer.status_code, "การประชุม" in page) == (200, True)
    assert "หัวสดมภ์ที่ 1" in page
    share = district.post(address, told | {"kind": "share"}).content.decode()
    assert "หัวสดมภ์ที่ 1" not in share
    # Of a share only one way is true: it is told, not asked.
    assert 'name="over_places"' not in share
    assert "ร้อยละเอามาบวกกันไม่ได้" in share
    rows = district.post(address, told | {"deed": "row"}).content.decode()
    assert rows.count("หัวสดมภ์ที่") > page.count("หัวสดมภ์ที่")
    assert form.questions.count() == 1


def test_a_question_is_changed_moved_and_taken_out(world: World, district: Client) -> None:
    form = made(world.district_officer, TEXT, COUNTED)
    first, second = form.questions.all()
    deed = reverse("report-form-deed", args=[form.pk])

    def press(name: str, question: int) -> None:
        form.refresh_from_db()
        told = {"deed": name, "question": question, "revision": form.revision}
        assert district.post(deed, told).status_code == 302

    press("up", second.pk)
    assert list(form.questions.all()) == [second, first]
    press("down", second.pk)
    assert list(form.questions.all()) == [first, second]
    page = page_of(district, "report-form-question", form.pk, second.pk)
    assert "จุดทิ้งขยะที่ปิดแล้ว" in page
    told = typed(form, "number", text="จุดที่ปิดถาวร", unit="จุด", most="1,000.5")
    address = reverse("report-form-question", args=[form.pk, second.pk])
    assert district.post(address, told).status_code == 302
    second.refresh_from_db()
    assert (second.text, second.most_milli, second.key) == ("จุดที่ปิดถาวร", 1_000_500, "q2")
    press("drop", first.pk)
    assert list(form.questions.all()) == [second]
    # What another changed meanwhile is not changed unseen.
    late = district.post(deed, {"deed": "drop", "question": second.pk, "revision": 1})
    assert (late.status_code, form.questions.count()) == (409, 1)


def test_a_form_in_use_goes_on_as_its_next_version_and_a_shipped_one_as_a_copy(
    world: World, district: Client
) -> None:
    load_shipped_forms(by=world.system)
    form = made(world.district_officer, TEXT)
    order = district_order(world)
    choose_form(order.obligations.filter(ask="report")[0], form, by=world.district_officer)
    page = page_of(district, "report-form", form.pk)
    assert "ทำฉบับถัดไปเพื่อแก้" in page
    assert "เพิ่มคำถาม" not in page
    assert district.get(reverse("report-form-question-new", args=[form.pk])).status_code == 409
    answer = district.post(reverse("report-form-deed", args=[form.pk]), {"deed": "next"})
    following = ReportForm.objects.get(code=form.code, version=2)
    assert answer.url == reverse("report-form", args=[following.pk])
    assert "เพิ่มคำถาม" in page_of(district, "report-form", following.pk)

    shipped = ReportForm.objects.get(code="tambon-monthly")
    page = page_of(district, "report-form", shipped.pk)
    assert "ทำสำเนาเป็นแบบของเรา" in page
    assert "ยังไม่ได้ตรวจกับต้นฉบับ" in page
    asked = district.get(reverse("report-form-new"), {"of": shipped.pk}).content.decode()
    assert shipped.name in asked
    told = {"name": "รายเดือนของอำเภอ", "of": shipped.pk, "submission": str(uuid4())}
    assert district.post(reverse("report-form-new"), told).status_code == 302
    copy = ReportForm.objects.get(name="รายเดือนของอำเภอ")
    assert copy.questions.count() == shipped.questions.count()


def test_a_form_that_ended_is_put_aside_and_comes_back(world: World, district: Client) -> None:
    form = made(world.district_officer, TEXT)
    deed = reverse("report-form-deed", args=[form.pk])
    assert district.post(deed, {"deed": "end"}).status_code == 302
    assert "เลิกใช้แล้ว" in page_of(district, "report-forms")
    assert "กลับมาใช้" in page_of(district, "report-form", form.pk)
    assert district.post(deed, {"deed": "again"}).status_code == 302
    assert "เลิกใช้แล้ว" not in page_of(district, "report-forms")


def test_the_burden_stands_on_the_form_and_is_counted_anew(world: World, district: Client) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    form = ReportForm.objects.get()
    address = reverse("report-form", args=[form.pk])
    page = district.get(address).content.decode()
    assert "× 15 แห่ง" in page
    assert "ถามแห่งละ 11 คำตอบ" in page
    assert "(I)" in page
    more = district.get(address, {"offices": "๒", "pillars": "3"}).content.decode()
    assert "× 2 แห่ง" in more
    assert "ถามแห่งละ 25 คำตอบ" in more
    assert district.get(address, {"offices": "มาก"}).status_code == 200


def test_the_form_of_an_order_is_chosen_with_its_burden_beside_it(
    world: World, district: Client
) -> None:
    load_shipped_forms(by=world.system)
    form, ended = made(world.district_officer, TEXT), made(world.district_officer, TEXT, name="เก่า")
    end_form(ended, by=world.district_officer)
    order = district_order(world)
    (asked,) = order.obligations.filter(ask="report")
    address = reverse("report-form-choice", args=[order.pk, asked.pk])
    assert address in page_of(district, "order", order.pk)
    assert address in page_of(district, "order-cascade", order.pk)
    page = district.get(address).content.decode()
    assert page.count("× 15 แห่ง") == 4
    assert "เก่า" not in page
    # It is asked for once; a form of every month says that it is not.
    assert "แบบนี้เป็นแบบรายเดือน แต่เรื่องนี้ขอให้รายงานครั้งเดียว" in page
    assert district.post(address, {}).status_code == 400
    answer = district.post(address, {"form": form.pk}, follow=True)
    assert "รอบรายงานที่จะเปิดใช้ “แบบติดตามขยะ”" in answer.content.decode()
    assert FormChoice.objects.get().form == form
    assert re.search(
        r"แบบติดตามขยะ</a> <span class=\"quiet\">ราว 18 นาที", page_of(district, "order", order.pk)
    )


def test_who_was_given_the_order_sees_its_form_and_does_not_choose(
    world: World, log_in_as: LogIn
) -> None:
    load_shipped_forms(by=world.system)
    order = cascaded(world, [world.nong_kapu])
    (asked,) = order.obligations.filter(ask="report")
    address = reverse("report-form-choice", args=[order.pk, asked.pk])

    def clerk_of(post: Post) -> Client:
        return log_in_as(post)

    clerk = clerk_of(world.clerk)
    page = clerk.get(address).content.decode()
    assert "แบบรายงานของเรื่องนี้" in page
    assert "ใช้แบบที่เลือก" not in page
    other = ReportForm.objects.get(code="tambon-monthly")
    assert clerk.post(address, {"form": other.pk}).status_code == 403
    assert clerk_of(world.tha_sen_clerk).get(address).status_code == 404


def test_a_preview_for_an_order_asks_of_its_own_clauses(world: World, district: Client) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    order = district_order(world)
    pillar = order.directives.filter(parent=None)[0]
    address = reverse("report-form-preview", args=[ReportForm.objects.get().pk])
    page = district.get(address, {"order": order.pk}).content.decode()
    assert pillar.text[:60] in page
    assert "ไม่มีการบันทึก" in page
    assert pillar.text[:60] not in district.get(address).content.decode()
    assert district.get(address, {"order": 10**9}).status_code == 404
