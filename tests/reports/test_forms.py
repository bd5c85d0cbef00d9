"""Forms: loaded by versions, made by a house, chosen for an order, and what they cost."""

from importlib.resources import files
from uuid import uuid4

import pytest
import time_machine

from tests.directives.orders import district_order, passed_on
from tests.reports.reports import COUNTED, FORM, TEXT, made
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Obligation, Order
from thamthan.errors import NotFound, Refused
from thamthan.reports.actions import (
    FormHead,
    choose_form,
    drop_question,
    end_form,
    keep_form,
    keep_question,
    load_report_form,
    load_shipped_forms,
    make_form,
    make_next_version,
    move_question,
    offer_form_again,
    open_due_rounds,
    open_rounds,
)
from thamthan.reports.models import FormQuestion, ReportForm, Round
from thamthan.reports.queries import (
    asked_reports,
    form_for,
    form_shelf,
    form_use,
    offered_forms,
)
from thamthan.reports.rules import Adding, AskedFor, Each, Fill, QuestionKind, Rhythm

pytestmark = pytest.mark.django_db

FOLDER = files("thamthan") / "data/report_forms"


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def keys(form: ReportForm) -> list[str]:
    return list(form.questions.values_list("key", flat=True))


def report_asked(order: Order) -> Obligation:
    return order.obligations.filter(ask="report")[0]


def test_every_shipped_form_is_loaded_once_and_says_how_far_it_was_checked(world: World) -> None:
    assert load_shipped_forms(by=world.system) == 4
    assert load_shipped_forms(by=world.system) == 0
    forms = {(one.code, one.version): one for one in ReportForm.objects.all()}
    assert forms.keys() == {
        ("district-default", 1),
        ("district-default", 2),
        ("moi-quarterly", 1),
        ("tambon-monthly", 1),
    }
    for form in forms.values():
        assert not form.is_checked
        assert "(I)" in form.source
    assert forms["moi-quarterly", 1].rhythm == Rhythm.QUARTERLY
    assert forms["tambon-monthly", 1].rhythm == Rhythm.MONTHLY
    table = forms["tambon-monthly", 1].questions.get(kind=QuestionKind.TABLE)
    assert table.columns[1] == {
        "key": "on", "text": "วันที่ประชุม", "kind": "date", "unit": "", "sum": False,
    }  # fmt: skip


@pytest.mark.parametrize("first", ["district_default.toml", "district_default_2.toml"])
def test_the_newest_version_is_the_default_in_whatever_order_they_come(
    world: World, first: str
) -> None:
    load_report_form((FOLDER / first).read_bytes(), by=world.system)
    load_shipped_forms(by=world.system)
    assert [one.version for one in ReportForm.objects.filter(is_default=True)] == [2]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('over_places = "text"', 'over_places = "sum"', "“ข้อความ” รวมหน่วยงานแบบ “รวมกัน” ไม่ได้"),
        ('key = "projects"', 'key = "result"', "“result” ซ้ำ"),
        ('kind = "projects"', 'kind = "table"', "เติมจาก “โครงการที่ตอบข้อนี้” ไม่ได้"),
        ('kind = "money"', 'kind = "gold"', "“kind” เป็น “gold” ไม่ได้"),
        ('unit = "คน"', 'unit = "คน"\nleast_milli = 5\nmost_milli = 1', "ค่าน้อยสุดมากกว่า"),
        ('unit = "คน"', 'unit = "คน"\nleast_milli = "ห้า"', "ต้องเป็นจำนวนเต็ม"),
        ("version = 1", 'version = 1\nrhythm = "ทุกวันพระ"', "รอบของแบบเป็น"),
    ],
)
def test_a_file_that_asks_what_cannot_be_asked_is_refused_whole(
    world: World, old: str, new: str, words: str
) -> None:
    content = FORM.read_text("utf-8").replace(old, new, 1)
    with pytest.raises(Refused, match=words):
        load_report_form(content.encode(), by=world.system)
    assert not ReportForm.objects.exists()


def test_a_house_makes_a_form_and_the_same_press_makes_one(world: World) -> None:
    press = uuid4()
    form = make_form(FormHead(" แบบติดตามขยะ "), by=world.district_officer, submission=press)
    again = make_form(FormHead("แบบติดตามขยะ"), by=world.district_officer, submission=press)
    assert (again, form.name, form.code, form.version) == (form, "แบบติดตามขยะ", "own-1", 1)
    other = make_form(FormHead("อีกแบบ"), by=world.district_chief, submission=uuid4())
    assert (other.code, other.organisation) == ("own-2", world.ban_lat)
    with pytest.raises(Refused, match="โปรดตั้งชื่อ"):
        make_form(FormHead("  "), by=world.district_officer, submission=uuid4())
    with pytest.raises(Refused) as refused:
        make_form(FormHead("แบบ"), by=world.officer, submission=uuid4())
    assert refused.value.status == 403


def test_another_house_does_not_see_it(world: World) -> None:
    form = made(world.district_officer, TEXT)
    assert form_for(world.district_chief, form.pk) == form
    for post in (world.clerk, world.governor_officer, world.neighbour_clerk):
        with pytest.raises(NotFound):
            form_for(post, form.pk)
        assert not form_shelf(post)
        with pytest.raises(Refused):
            keep_question(form, TEXT, by=post, seen_revision=form.revision)


def test_questions_get_keys_order_and_never_the_same_key_twice(world: World) -> None:
    by = world.district_officer
    form = made(by, TEXT, COUNTED, TEXT)
    assert keys(form) == ["q1", "q2", "q3"]
    first, second, third = form.questions.all()
    form = move_question(third, by=by, seen_revision=form.revision, is_up=True)
    assert keys(form) == ["q1", "q3", "q2"]
    # The first stays the first.
    assert move_question(first, by=by, seen_revision=form.revision, is_up=True) == form
    assert keys(form) == ["q1", "q3", "q2"]
    form = drop_question(first, by=by, seen_revision=form.revision)
    assert list(form.questions.values_list("key", "position")) == [("q3", 1), ("q2", 2)]
    twice = AskedFor("q3", "ซ้ำ", QuestionKind.TEXT, Adding.TEXT, Adding.LATEST)
    for question in (None, second):
        with pytest.raises(Refused, match="“q3” ซ้ำ"):
            keep_question(form, twice, by=by, seen_revision=form.revision, question=question)
    kept = keep_question(form, COUNTED, by=by, seen_revision=form.revision, question=second)
    assert (kept.pk, kept.key, kept.position) == (second.pk, "q2", 2)


def test_who_changes_what_another_just_changed_looks_again(world: World) -> None:
    form = made(world.district_officer, TEXT)
    seen = form.revision
    keep_form(form, FormHead("ชื่อใหม่"), by=world.district_chief, seen_revision=seen)
    for deed in (
        lambda: keep_question(form, COUNTED, by=world.district_officer, seen_revision=seen),
        lambda: keep_form(form, FormHead("อื่น"), by=world.district_officer, seen_revision=seen),
        lambda: drop_question(
            form.questions.all()[0], by=world.district_officer, seen_revision=seen
        ),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "changed_meanwhile"
    form.refresh_from_db()
    assert (form.name, keys(form)) == ("ชื่อใหม่", ["q1"])


def test_a_copy_is_a_form_of_its_own(world: World) -> None:
    load_shipped_forms(by=world.system)
    shipped = ReportForm.objects.get(code="tambon-monthly")
    with pytest.raises(Refused) as refused:
        keep_question(shipped, TEXT, by=world.district_officer, seen_revision=1)
    assert refused.value.code == "shipped_form"
    copy = make_form(
        FormHead("ของอำเภอ"), by=world.district_officer, submission=uuid4(), copied=shipped
    )
    assert keys(copy) == keys(shipped)
    assert (
        copy.questions.get(key="meetings").columns == shipped.questions.get(key="meetings").columns
    )
    drop_question(copy.questions.get(key="next"), by=world.district_officer, seen_revision=1)
    assert "next" in keys(shipped)
    theirs = made(world.governor_officer, TEXT)
    with pytest.raises(Refused) as refused:
        make_form(FormHead("ก"), by=world.district_officer, submission=uuid4(), copied=theirs)
    assert refused.value.status == 403


def test_a_form_in_use_never_changes_and_goes_on_as_its_next_version(world: World) -> None:
    by = world.district_officer
    form, order = made(by, TEXT), district_order(world)
    choose_form(report_asked(order), form, by=by)
    for deed in (
        lambda: keep_question(form, COUNTED, by=by, seen_revision=form.revision),
        lambda: keep_form(form, FormHead("อื่น"), by=by, seen_revision=form.revision),
        lambda: move_question(
            form.questions.all()[0], by=by, seen_revision=form.revision, is_up=False
        ),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "form_in_use"
    following = make_next_version(form, by=by)
    assert (following.code, following.version, keys(following)) == (form.code, 2, ["q1"])
    # Pressed again it is the one that is being made.
    assert make_next_version(form, by=by) == following
    keep_question(following, COUNTED, by=by, seen_revision=1)
    assert keys(form) == ["q1"]
    assert form_use(by, form).newer == following
    (line,) = form_shelf(by)
    assert (line.form, line.older, line.is_used) == (following, (form,), False)


def test_an_order_is_reported_in_the_form_that_was_chosen_for_it(world: World) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    by, order = world.district_officer, district_order(world)
    (before,) = asked_reports(by, order)
    assert (before.form, before.is_chosen) == (ReportForm.objects.get(is_default=True), False)
    form = made(by, TEXT, COUNTED)
    chosen = choose_form(report_asked(order), form, by=by)
    assert choose_form(report_asked(order), form, by=by) == chosen
    cascade_order(order, [world.nong_kapu], by=by)
    (round_,) = open_rounds(order, by=by)
    assert round_.form == form
    assert list(round_.questions.values_list("key", flat=True)) == ["q1", "q2"]
    # Another choice now is for later rounds: the open one keeps its questions.
    other = made(by, COUNTED, name="อีกแบบ")
    choose_form(report_asked(order), other, by=by)
    (again,) = open_rounds(order, by=by)
    assert (again, again.form, again.questions.count()) == (round_, form, 2)


def test_later_rounds_of_what_repeats_take_the_form_chosen_since(
    world: World, _in_march: time_machine.Traveller
) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    by, order = world.district_officer, district_order(world)
    Obligation.objects.filter(order=order, ask="report").update(due_rule="FREQ=MONTHLY")
    cascade_order(order, [world.nong_kapu], by=by)
    first = open_rounds(order, by=by)
    form = made(by, TEXT)
    choose_form(report_asked(order), form, by=by)
    _in_march.move_to("2026-04-28T09:00:00+07:00")
    open_due_rounds(by=world.system)
    later = Round.objects.exclude(pk__in=[one.pk for one in first])
    assert later
    assert {one.form for one in later} == {form}
    assert all(one.form != form for one in first)


def test_only_whose_order_it_is_chooses_and_only_what_can_be_filled_in(world: World) -> None:
    by = world.district_officer
    upper, _ = passed_on(world, [world.nong_kapu])
    form, empty = made(by, TEXT), made(by, name="ว่าง")
    with pytest.raises(Refused) as refused:
        choose_form(report_asked(upper), form, by=by)
    assert refused.value.code == "foreign_order"
    assert [one.may_choose for one in asked_reports(by, upper)] == [False]
    order = district_order(world)
    asked = report_asked(order)
    assert [one.may_choose for one in asked_reports(by, order)] == [True]
    for chosen, code in (
        (empty, "no_questions"),
        (made(world.governor_officer, TEXT), "foreign_form"),
        (end_form(made(by, TEXT), by=by), "form_ended"),
    ):
        with pytest.raises(Refused) as refused:
            choose_form(asked, chosen, by=by)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        choose_form(asked, form, by=world.officer)
    assert refused.value.status == 403
    other = order.obligations.exclude(ask="report")[0]
    with pytest.raises(Refused) as refused:
        choose_form(other, form, by=by)
    assert refused.value.code == "no_report_asked"


def test_a_form_that_ended_or_asks_nothing_is_not_offered_nor_an_older_version(
    world: World,
) -> None:
    load_shipped_forms(by=world.system)
    by = world.district_officer
    shipped = [("district-default", 2), ("moi-quarterly", 1), ("tambon-monthly", 1)]
    form, _ = made(by, TEXT), made(by, name="ว่าง")
    order = district_order(world)

    def offered() -> list[tuple[str, int]]:
        return sorted((one.code, one.version) for one in offered_forms(by))

    assert offered() == sorted([*shipped, ("own-1", 1)])
    choose_form(report_asked(order), form, by=by)
    make_next_version(form, by=by)
    assert ("own-1", 2) in offered()
    assert ("own-1", 1) not in offered()
    for one in ReportForm.objects.filter(code="own-1"):
        end_form(one, by=by)
    assert offered() == shipped
    # What was chosen before stays chosen, and it may come back.
    assert asked_reports(by, order)[0].form == form
    offer_form_again(form, by=by)
    assert ("own-1", 1) in offered()


def test_a_question_asked_of_every_indicator_needs_no_name(world: World) -> None:
    ask = AskedFor(
        "", "ผลตามตัวชี้วัด", QuestionKind.NUMBER, Adding.SUM, Adding.SUM,
        each=Each.INDICATOR, fill=Fill.INDICATOR,
    )  # fmt: skip
    form = made(world.district_officer, ask)
    (row,) = FormQuestion.objects.filter(form=form)
    assert (row.key, row.unit) == ("q1", "")
