"""Programs make forms as the page does, know what they cost, and choose them for an order."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.directives.orders import cascaded, district_order
from tests.reports.reports import COUNTED, FORM, TEXT, made
from tests.world import World
from thamthan.directives.models import Order
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post
from thamthan.reports.actions import choose_form, load_report_form
from thamthan.reports.models import ReportForm
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]
JSON: dict[str, Any] = {"content_type": "application/json"}
FORMS = "/api/v1/report-forms"


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[object]:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def district(world: World, program: Program) -> Client:
    return program(world.district_officer)


def number(seen: int, **more: Any) -> dict[str, Any]:
    return {"seen_revision": seen, "kind": "number", "text": "จุดที่ปิด", "unit": "จุด", **more}


def asked_of(order: Order) -> str:
    obligation = order.obligations.filter(ask="report")[0]
    return f"/api/v1/orders/{order.pk}/report-forms/{obligation.pk}"


def test_a_form_is_made_once_for_a_press_and_filled_question_by_question(
    district: Client,
) -> None:
    body = {"name": " แบบติดตามขยะ ", "rhythm": "monthly", "press": str(uuid4())}
    form = district.post(FORMS, body, **JSON)
    assert form.status_code == 201
    assert district.post(FORMS, body, **JSON).json()["id"] == form.json()["id"]
    where = f"{FORMS}/{form.json()['id']}"
    one = district.post(f"{where}/questions", number(form.json()["revision"]), **JSON).json()
    table = {
        "seen_revision": one["revision"], "kind": "table", "text": "ประชุม",
        "columns": [
            {"key": "on", "text": "วันที่", "kind": "date"},
            {"key": "people", "text": "คน", "kind": "number", "is_summed": True},
        ],
    }  # fmt: skip
    two = district.post(f"{where}/questions", table, **JSON).json()
    assert [one["key"] for one in two["questions"]] == ["q1", "q2"]
    assert (two["name"], two["rhythm"], two["may_change"]) == ("แบบติดตามขยะ", "monthly", True)
    first, second = two["questions"]
    assert (first["over_places"], first["over_periods"]) == ("sum", "latest")
    assert [one["is_summed"] for one in second["columns"]] == [False, True]

    ways = {"seen_revision": two["revision"], "is_up": True}
    moved = district.post(f"{where}/questions/{second['id']}/move", ways, **JSON).json()
    assert [one["key"] for one in moved["questions"]] == ["q2", "q1"]
    changed = number(moved["revision"], least="0", most="1500.5", text="จุดที่ปิดแล้ว")
    kept = district.put(f"{where}/questions/{first['id']}", changed, **JSON).json()
    told = next(one for one in kept["questions"] if one["id"] == first["id"])
    assert (told["key"], told["text"], told["most"]) == ("q1", "จุดที่ปิดแล้ว", "1500.5")
    gone = f"{where}/questions/{second['id']}?seen_revision={kept['revision']}"
    dropped = district.delete(gone).json()
    assert [one["key"] for one in dropped["questions"]] == ["q1"]
    head = {"name": "ชื่อใหม่", "words": "กรอกทุกช่อง", "seen_revision": dropped["revision"]}
    assert district.put(where, head, **JSON).json()["words"] == "กรอกทุกช่อง"
    (met,) = district.get(f"{where}/preview").json()["items"]
    assert (met["text"], met["unit"]) == ("จุดที่ปิดแล้ว", "จุด")


def test_a_sign_that_no_database_keeps_is_left_out(district: Client) -> None:
    body = {"name": "แบบ\x00ขยะ", "words": "กรอก\x00", "press": str(uuid4())}
    form = district.post(FORMS, body, **JSON).json()
    assert (form["name"], form["words"]) == ("แบบขยะ", "กรอก")


def test_what_another_changed_meanwhile_is_looked_at_first(
    world: World, district: Client, program: Program
) -> None:
    form = made(world.district_officer, TEXT)
    where, seen = f"{FORMS}/{form.pk}", form.revision
    chief = program(world.district_chief)
    head = {"name": "ชื่อใหม่", "seen_revision": seen}
    assert chief.put(where, head, **JSON).status_code == 200
    question = f"{where}/questions/{form.questions.get().pk}"
    for refused in (
        district.put(where, {"name": "อื่น", "seen_revision": seen}, **JSON),
        district.post(f"{where}/questions", number(seen), **JSON),
        district.put(question, number(seen), **JSON),
        district.post(f"{question}/move", {"seen_revision": seen, "is_up": True}, **JSON),
        district.delete(f"{question}?seen_revision={seen}"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "changed_meanwhile")
    told = district.get(where).json()
    assert (told["name"], len(told["questions"])) == ("ชื่อใหม่", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "share", "over_places": "sum"},
        {"kind": "text", "fill": "paid"},
        {"least": "9", "most": "1"},
        {"least": "เก้า"},
        {"columns": [{"key": "c1", "text": "ก"}]},
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    world: World, district: Client, wrong: dict[str, Any]
) -> None:
    form = made(world.district_officer)
    answer = district.post(f"{FORMS}/{form.pk}/questions", number(form.revision, **wrong), **JSON)
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert not form.questions.exists()


def test_a_form_tells_what_it_costs_before_anybody_is_asked(world: World, district: Client) -> None:
    form = made(world.district_officer, TEXT, COUNTED)
    where = f"{FORMS}/{form.pk}"
    one = district.get(where, {"offices": 1}).json()["burden"]
    ten = district.get(where, {"offices": 10}).json()["burden"]
    assert (ten["offices"], ten["answers"], ten["total"]) == (10, 2, 10 * one["total"])
    assert one["each"] == one["most"] > 0
    assert district.get(where, {"offices": -1}).status_code == 422


def test_a_form_in_use_stays_and_its_next_version_is_made_beside_it(
    world: World, district: Client
) -> None:
    form, order = made(world.district_officer, TEXT), district_order(world)
    choose_form(order.obligations.filter(ask="report")[0], form, by=world.district_officer)
    where = f"{FORMS}/{form.pk}"
    told = district.get(where).json()
    assert (told["matters"], told["may_change"]) == (1, False)
    refused = district.post(f"{where}/questions", number(form.revision), **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "form_in_use")
    newer = district.post(f"{where}/next-version").json()
    assert (newer["version"], newer["may_change"]) == (2, True)
    assert district.post(f"{where}/next-version").json()["id"] == newer["id"]
    assert district.get(where).json()["newer"] == newer["id"]
    (line,) = district.get(FORMS).json()["items"]
    assert (line["id"], line["older"], line["is_used"]) == (newer["id"], [form.pk], False)


def test_a_form_is_ended_and_offered_again(world: World, district: Client) -> None:
    form = made(world.district_officer, TEXT)
    ending, choices = f"{FORMS}/{form.pk}/ending", asked_of(district_order(world))
    assert [one["form"] for one in district.get(choices).json()["choices"]] == [form.pk]
    assert district.put(ending).json()["ended_at"]
    assert district.get(choices).json()["choices"] == []
    refused = district.put(choices, {"form": form.pk}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "form_ended")
    assert district.delete(ending).json()["ended_at"] is None
    assert [one["form"] for one in district.get(choices).json()["choices"]] == [form.pk]


def test_the_list_s_form_is_copied_and_never_changed(world: World, district: Client) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    shipped = ReportForm.objects.get(is_default=True)
    refused = district.put(f"{FORMS}/{shipped.pk}", {"name": "ของเรา", "seen_revision": 1}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "shipped_form")
    body = {"name": "ของเรา", "press": str(uuid4()), "copy_of": shipped.pk}
    copy = district.post(FORMS, body, **JSON).json()
    assert len(copy["questions"]) == shipped.questions.count()
    own, listed = district.get(FORMS).json()["items"]
    assert (own["is_own"], listed["is_own"], listed["is_default"]) == (True, False, True)
    first = district.get(FORMS, {"page_size": 1, "page": 2}).json()
    assert (first["count"], [one["id"] for one in first["items"]]) == (2, [shipped.pk])


def test_another_house_s_form_does_not_exist(world: World, program: Program) -> None:
    form = made(world.district_officer, TEXT)
    where, question = f"{FORMS}/{form.pk}", form.questions.get().pk
    for post in (world.clerk, world.governor_officer, world.district_administrator):
        other = program(post)
        assert other.get(FORMS).json()["count"] == 0
        for answer in (
            other.get(where),
            other.get(f"{where}/preview"),
            other.put(where, {"name": "ก", "seen_revision": 1}, **JSON),
            other.post(f"{where}/next-version"),
            other.put(f"{where}/ending"),
            other.delete(f"{where}/ending"),
            other.post(f"{where}/questions", number(form.revision), **JSON),
            other.delete(f"{where}/questions/{question}?seen_revision={form.revision}"),
            other.post(FORMS, {"name": "ก", "press": str(uuid4()), "copy_of": form.pk}, **JSON),
        ):
            assert answer.status_code == 404, answer.request
    form.refresh_from_db()
    assert (form.ended_at, form.questions.count()) == (None, 1)


def test_a_reader_without_the_duty_makes_and_changes_nothing(
    world: World, program: Program
) -> None:
    form, officer = made(world.executive, TEXT), program(world.officer)
    where = f"{FORMS}/{form.pk}"
    assert officer.get(where).json()["may_change"] is False
    for answer in (
        officer.post(FORMS, {"name": "ก", "press": str(uuid4())}, **JSON),
        officer.put(where, {"name": "ก", "seen_revision": form.revision}, **JSON),
        officer.post(f"{where}/questions", number(form.revision), **JSON),
        officer.post(f"{where}/next-version"),
        officer.put(f"{where}/ending"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_an_order_s_form_is_chosen_by_whose_order_it_is(
    world: World, district: Client, program: Program
) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    usual = ReportForm.objects.get(is_default=True)
    form = made(world.district_officer, COUNTED)
    order = cascaded(world, [world.nong_kapu])
    where = asked_of(order)
    (before,) = district.get(f"/api/v1/orders/{order.pk}/report-forms").json()["items"]
    assert (before["form"], before["is_chosen"], before["may_choose"]) == (usual.pk, False, True)
    after = district.put(where, {"form": form.pk}, **JSON).json()
    assert (after["form"], after["is_chosen"]) == (form.pk, True)
    mine = next(one for one in after["choices"] if one["form"] == form.pk)
    assert (mine["burden"]["offices"], mine["burden"]["answers"]) == (1, 1)
    assert mine["fits_rhythm"] is True

    # The house that was handed the order sees what asks of it, and chooses nothing.
    clerk = program(world.clerk)
    told = clerk.get(where).json()
    # The district's own form is the district's affair: its name is told, and no more.
    assert (told["form_name"], told["may_choose"], told["choices"]) == (form.name, False, [])
    refused = clerk.put(where, {"form": usual.pk}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "foreign_order")
    stranger = program(world.neighbour_clerk)
    assert stranger.get(f"/api/v1/orders/{order.pk}/report-forms").status_code == 404
    Letter.objects.filter(pk__in=[order.letter_id]).update(secrecy=Secrecy.SECRET)
    assert district.get(where).status_code == 404
    assert district.put(where, {"form": usual.pk}, **JSON).status_code == 404
