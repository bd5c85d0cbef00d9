"""A house receives what it was handed, answers it, asks back; its giver accepts or sends back."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from tests.directives.orders import (
    BODY,
    PARTS,
    adopted,
    cascaded,
    in_hands_of,
    issued,
    passed_on,
    task_of,
)
from tests.letters.drafts import open_books
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.directives.actions import (
    accept_answers,
    acknowledge_handing,
    answer_tasks,
    ask_question,
    begin_tasks,
    cascade_order,
    close_order,
    decline_tasks,
    hand_to_divisions,
    receive_handed,
    reply_question,
    report_nil,
    return_answers,
)
from thamthan.directives.models import Assignment, Handing, Order, Remark
from thamthan.directives.queries import handings_seen_by, matters_in_hand
from thamthan.directives.rules import AssignmentState, OrderState, RemarkKind, TaskShow
from thamthan.errors import Refused
from thamthan.letters.actions import deliver_sendings
from thamthan.letters.queries import letters_seen_by
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db

S = AssignmentState
COUNTED = BODY.replace("ภายในวันที่ ๒๗ มีนาคม ๒๕๖๙", "ภายใน ๗ วันทำการ นับแต่วันที่ได้รับหนังสือ")


def now() -> datetime:
    return timezone.now()


@pytest.fixture
def order(world: World) -> Order:
    return cascaded(world, [world.nong_kapu, world.tha_sen])


@pytest.fixture
def handing(world: World, order: Order) -> Handing:
    return in_hands_of(order, world.nong_kapu)


@pytest.fixture
def task(world: World, order: Order) -> Assignment:
    return task_of(order, world.nong_kapu)


def states(handing: Handing) -> set[str]:
    return set(handing.assignments.values_list("state", flat=True))


def test_one_press_registers_the_letter_and_receives_its_orders(
    world: World, order: Order, handing: Handing
) -> None:
    open_books(world.clerk, code="พบ 72401")
    assert order.sent is not None
    deliver_sendings(order.sent.pk, by=world.district_officer)
    letter = letters_seen_by(world.clerk).get(number=order.sent.number)
    done = receive_handed(letter, by=world.clerk, seen_version=letter.version)
    assert done.receipt_number == 100
    handing.refresh_from_db()
    assert handing.acknowledged_words == world.clerk.words()
    assert states(handing) == {S.ACKNOWLEDGED}
    assert states(in_hands_of(order, world.tha_sen)) == {S.SENT}


def test_received_twice_it_is_received_once(world: World, handing: Handing) -> None:
    acknowledge_handing(handing, by=world.clerk)
    acknowledge_handing(handing, by=world.chief_clerk)
    handing.refresh_from_db()
    assert handing.acknowledged_words == world.clerk.words()
    assert handing.remarks.filter(kind=RemarkKind.ACKNOWLEDGED).count() == 1
    assert HistoryEntry.objects.filter(verb="handing:acknowledged").count() == 1


def test_who_may_not_receive_for_the_house(world: World, handing: Handing) -> None:
    for by in (world.administrator, world.officer, world.tha_sen_clerk, world.district_officer):
        with pytest.raises(Refused) as refused:
            acknowledge_handing(handing, by=by)
        assert refused.value.status == 403
    assert acknowledge_handing(handing, by=world.head).acknowledged_at is not None


def test_days_that_count_from_receipt_begin_when_it_is_received(world: World) -> None:
    with time_machine.travel(datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)):
        letter = issued(
            world.district_officer, world.district_chief, parts=replace(PARTS, body=COUNTED)
        )
        order = adopted(letter, world.district_officer)
        cascade_order(order, [world.nong_kapu], by=world.district_officer)
        task = task_of(order, world.nong_kapu)
        assert task.due_on is None
        acknowledge_handing(task.handing, by=world.clerk)
    task.refresh_from_db()
    # Seven working days after Friday 20 March: two weekends lie between.
    assert task.due_on == date(2026, 3, 31)


def test_counting_passes_over_holidays(world: World) -> None:
    with time_machine.travel(datetime(2026, 4, 8, 10, 0, tzinfo=BANGKOK)):
        letter = issued(
            world.district_officer, world.district_chief, parts=replace(PARTS, body=COUNTED)
        )
        order = adopted(letter, world.district_officer)
        cascade_order(order, [world.nong_kapu], by=world.district_officer)
        task = task_of(order, world.nong_kapu)
        acknowledge_handing(task.handing, by=world.clerk)
    task.refresh_from_db()
    # Songkran, 13 to 15 April, and two weekends.
    assert task.due_on == date(2026, 4, 22)


def test_several_clauses_are_answered_with_the_same_words(world: World, handing: Handing) -> None:
    tasks = list(handing.assignments.all()[:3])
    answer_tasks(handing, tasks, by=world.clerk, text="จัดประชุมประชาคมแล้ว", seen_at=now())
    told = Remark.objects.filter(kind=RemarkKind.ANSWER)
    assert [one.text for one in told] == ["จัดประชุมประชาคมแล้ว"] * 3
    for task in handing.assignments.filter(pk__in=[one.pk for one in tasks]):
        assert (task.state, task.last_word) == (S.ANSWERED, "ส่งผล: จัดประชุมประชาคมแล้ว")
        assert task.answered_at is not None
    # Who answers has received the whole matter.
    assert states(handing) == {S.ANSWERED, S.ACKNOWLEDGED}


def test_an_answer_of_nothing_has_its_reason(world: World, handing: Handing) -> None:
    first, second, *_ = handing.assignments.all()
    for act in (report_nil, decline_tasks):
        with pytest.raises(Refused) as refused:
            act(handing, [first], by=world.clerk, reason=" ", seen_at=now())
        assert refused.value.code == "no_text"
    report_nil(handing, [first], by=world.clerk, reason="ไม่มีครัวเรือนเป้าหมาย", seen_at=now())
    decline_tasks(handing, [second], by=world.clerk, reason="ไม่มีสวนสาธารณะ", seen_at=now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (S.NIL, S.DECLINED)
    assert second.last_word == "แจ้งไม่มีภารกิจ: ไม่มีสวนสาธารณะ"


def test_what_is_begun_is_under_way(world: World, task: Assignment) -> None:
    begin_tasks(task.handing, [task], by=world.clerk)
    begin_tasks(task.handing, [task], by=world.clerk)
    task.refresh_from_db()
    assert task.state == S.UNDER_WAY
    assert task.remarks.count() == 1


def test_a_long_word_is_cut_in_the_list_and_whole_in_the_matter(
    world: World, task: Assignment
) -> None:
    answer_tasks(task.handing, [task], by=world.clerk, text="ก" * 900, seen_at=now())
    task.refresh_from_db()
    assert len(task.last_word) == 300
    assert len(task.remarks.get(kind=RemarkKind.ANSWER).text) == 900


def test_whoever_answers_second_sees_the_first_answer_before_it_is_replaced(
    world: World, task: Assignment
) -> None:
    seen = now()
    answer_tasks(task.handing, [task], by=world.clerk, text="หนึ่ง", seen_at=seen)
    with pytest.raises(Refused) as refused:
        answer_tasks(task.handing, [task], by=world.chief_clerk, text="สอง", seen_at=seen)
    assert refused.value.code == "changed_meanwhile"
    answer_tasks(task.handing, [task], by=world.chief_clerk, text="สอง", seen_at=now())
    task.refresh_from_db()
    assert task.last_word == "ส่งผล: สอง"


def test_tasks_of_another_matter_are_not_answered_along(
    world: World, order: Order, handing: Handing
) -> None:
    other = in_hands_of(order, world.tha_sen).assignments.first()
    assert other is not None
    with pytest.raises(Refused):
        answer_tasks(handing, [other], by=world.clerk, text="แล้ว", seen_at=now())
    with pytest.raises(Refused) as refused:
        answer_tasks(handing, [], by=world.clerk, text="แล้ว", seen_at=now())
    assert refused.value.code == "no_tasks"


def test_the_giver_alone_accepts_and_returns(world: World, task: Assignment) -> None:
    answer_tasks(task.handing, [task], by=world.clerk, text="แล้ว", seen_at=now())
    for by in (world.clerk, world.governor_officer, world.tha_sen_clerk):
        with pytest.raises(Refused) as refused:
            accept_answers([task], by=by, seen_at=now())
        assert refused.value.code == "not_the_giver"
    with pytest.raises(Refused) as refused:
        return_answers([task], by=world.district_officer, note="", seen_at=now())
    assert refused.value.code == "no_text"
    return_answers([task], by=world.district_officer, note="ขอภาพถ่าย", seen_at=now())
    task.refresh_from_db()
    assert (task.state, task.last_word) == (S.RETURNED, "ส่งกลับให้แก้ไข: ขอภาพถ่าย")

    answer_tasks(task.handing, [task], by=world.clerk, text="แนบภาพแล้ว", seen_at=now())
    accept_answers([task], by=world.district_officer, seen_at=now())
    task.refresh_from_db()
    assert task.state == S.DONE
    # The house itself opens it no more; its giver may.
    with pytest.raises(Refused) as refused:
        answer_tasks(task.handing, [task], by=world.clerk, text="อีกครั้ง", seen_at=now())
    assert refused.value.code == "wrong_task_state"
    return_answers([task], by=world.district_officer, note="ตัวเลขไม่ตรง", seen_at=now())
    task.refresh_from_db()
    assert task.state == S.RETURNED


def test_answers_of_several_houses_are_accepted_at_once(world: World, order: Order) -> None:
    tasks = []
    for organisation, by in (
        (world.nong_kapu, world.clerk), (world.tha_sen, world.tha_sen_clerk),
    ):  # fmt: skip
        handing = in_hands_of(order, organisation)
        rows = list(handing.assignments.all())
        answer_tasks(handing, rows, by=by, text="ดำเนินการแล้ว", seen_at=now())
        tasks += rows
    assert accept_answers(tasks, by=world.district_officer, seen_at=now()) == len(tasks)
    assert set(Assignment.objects.values_list("state", flat=True)) == {S.DONE}


def test_one_that_is_not_answered_keeps_all_from_being_accepted(
    world: World, handing: Handing
) -> None:
    first, second, *_ = handing.assignments.all()
    answer_tasks(handing, [first], by=world.clerk, text="แล้ว", seen_at=now())
    with pytest.raises(Refused):
        accept_answers([first, second], by=world.district_officer, seen_at=now())
    first.refresh_from_db()
    assert first.state == S.ANSWERED
    assert accept_answers([first], by=world.district_officer, seen_at=now()) == 1


def test_what_came_on_paper_the_house_itself_marks_as_gone_out(world: World) -> None:
    letter = issued(world.district_officer, world.district_chief)
    type(letter).objects.filter(pk=letter.pk).update(direction="received", state="registered")
    order = adopted(letter, world.district_officer)
    handing = in_hands_of(order, world.ban_lat)
    task = handing.assignments.get(obligation__ask="report")
    answer_tasks(handing, [task], by=world.district_officer, text="แล้ว", seen_at=now())
    with pytest.raises(Refused):
        accept_answers([task], by=world.governor_officer, seen_at=now())
    accept_answers([task], by=world.district_officer, seen_at=now(), note="ส่งออกแล้ว")
    task.refresh_from_db()
    assert task.state == S.DONE


def test_a_question_goes_to_the_giver_and_is_answered(world: World, task: Assignment) -> None:
    asked = ask_question(task.handing, by=world.clerk, text="นับครัวเรือนอย่างไร", task=task)
    task.refresh_from_db()
    assert task.last_word == "หารือ: นับครัวเรือนอย่างไร"
    for by in (world.clerk, world.governor_officer):
        with pytest.raises(Refused) as refused:
            reply_question(asked, by=by, text="ตามทะเบียนบ้าน")
        assert refused.value.code == "not_the_giver"
    reply = reply_question(asked, by=world.district_officer, text="ตามทะเบียนบ้าน")
    assert reply.answers == asked
    with pytest.raises(Refused) as refused:
        reply_question(reply, by=world.district_officer, text="อีก")
    assert refused.value.code == "not_a_question"


def test_divisions_propose_and_the_house_decides(
    world: World, handing: Handing, task: Assignment
) -> None:
    (below,) = hand_to_divisions(
        handing, {world.welfare: True}, by=world.chief_clerk, tasks=[task], note="ภายในวันพุธ"
    )
    task.refresh_from_db()
    assert task.state == S.UNDER_WAY
    proposed = below.assignments.get()
    assert (proposed.above, proposed.is_lead, proposed.due_on) == (task, True, task.due_on)

    answer_tasks(below, [proposed], by=world.officer, text="ลงพื้นที่แล้ว 12 ครัวเรือน", seen_at=now())
    task.refresh_from_db()
    assert task.state == S.UNDER_WAY
    # A division's officer does not send in the name of the house.
    with pytest.raises(Refused) as refused:
        answer_tasks(handing, [task], by=world.officer, text="แล้ว", seen_at=now())
    assert refused.value.code == "not_own_task"
    with pytest.raises(Refused) as refused:
        accept_answers([proposed], by=world.district_officer, seen_at=now())
    assert refused.value.code == "not_the_giver"

    answer_tasks(handing, [task], by=world.clerk, text="12 ครัวเรือน", seen_at=now())
    proposed.refresh_from_db()
    assert proposed.state == S.DONE
    # Sent back from above, it goes back to the division with the note.
    return_answers([task], by=world.district_officer, note="ขอรายชื่อ", seen_at=now())
    with pytest.raises(Refused) as refused:
        hand_to_divisions(handing, {world.welfare: True}, by=world.chief_clerk, tasks=[task])
    assert refused.value.code == "no_text"
    hand_to_divisions(
        handing, {world.welfare: True}, by=world.chief_clerk, tasks=[task], note="ขอรายชื่อ"
    )
    proposed.refresh_from_db()
    assert proposed.state == S.RETURNED


def test_divisions_of_others_and_two_without_a_lead_are_refused(
    world: World, handing: Handing, task: Assignment
) -> None:
    works = world.head.organisation
    for divisions, code in (
        ({world.tha_sen: True}, "wrong_division"),
        ({world.welfare: False, works: False}, "one_lead"),
        ({world.welfare: True, works: True}, "one_lead"),
        ({}, "no_division"),
    ):
        with pytest.raises(Refused) as refused:
            hand_to_divisions(handing, divisions, by=world.chief_clerk, tasks=[task])
        assert refused.value.code == code
    both = {world.welfare: True, works: False}
    with pytest.raises(Refused):
        hand_to_divisions(handing, both, by=world.officer, tasks=[task])
    assert len(hand_to_divisions(handing, both, by=world.chief_clerk, tasks=[task])) == 2


def test_what_a_house_gives_to_its_divisions_is_its_own_affair(
    world: World, handing: Handing, task: Assignment
) -> None:
    (below,) = hand_to_divisions(handing, {world.welfare: True}, by=world.clerk, tasks=[task])
    assert below in handings_seen_by(world.officer)
    assert below not in handings_seen_by(world.district_officer)
    assert handing in handings_seen_by(world.district_officer)


def test_an_order_is_closed_when_all_is_done_or_with_a_reason(
    world: World, order: Order, handing: Handing, task: Assignment
) -> None:
    with pytest.raises(Refused) as refused:
        close_order(order, by=world.district_officer)
    assert refused.value.code == "not_all_done"
    with pytest.raises(Refused):
        close_order(order, by=world.clerk, reason="พอแล้ว")
    close_order(order, by=world.district_officer, reason="ยกเลิกนโยบาย")
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED
    with pytest.raises(Refused) as refused:
        answer_tasks(handing, [task], by=world.clerk, text="แล้ว", seen_at=now())
    assert refused.value.code == "order_closed"


def test_an_order_whose_tasks_are_all_done_needs_no_reason(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    handing = in_hands_of(order, world.nong_kapu)
    rows = list(handing.assignments.all())
    answer_tasks(handing, rows, by=world.clerk, text="แล้ว", seen_at=now())
    accept_answers(rows, by=world.district_officer, seen_at=now())
    assert close_order(order, by=world.district_officer).state == OrderState.CLOSED


def test_what_the_first_of_the_chain_closed_is_closed_below(world: World) -> None:
    upper, _ = passed_on(world, [world.nong_kapu])
    task = task_of(upper, world.nong_kapu)
    assert waited_for(world) > 0
    close_order(upper, by=world.governor_officer, reason="ยกเลิกนโยบาย")
    assert waited_for(world) == 0
    with pytest.raises(Refused) as refused:
        answer_tasks(task.handing, [task], by=world.clerk, text="แล้ว", seen_at=now())
    assert refused.value.code == "order_closed"


def waited_for(world: World) -> int:
    today = timezone.localdate()
    return matters_in_hand(world.clerk, TaskShow.OPEN, whole_house=False, today=today).count()
