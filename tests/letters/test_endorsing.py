"""A letter up its chain: who acts, what is frozen, and how it goes back, on, and to several."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.letters.endorsed import put_up, registered_letter, waiting_step, waiting_steps
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    Assignment,
    assign_step,
    finish_letter,
    finish_routing,
    pass_step,
    put_up_letter,
    recall_step,
    return_step,
    skip_step,
    take_step,
)
from thamthan.letters.models import Endorsement, Letter, Routing, Step
from thamthan.letters.queries import (
    choices_at,
    routings_of,
    step_for,
    step_to_recall,
    waiting_elsewhere,
    waiting_for,
)
from thamthan.letters.rules import Instruction, RoutingState, StepKind, StepState, lay_words
from thamthan.organisations.actions import end_post, give_post
from thamthan.organisations.models import Person, Post
from thamthan.organisations.rules import Acting
from thamthan.records.queries import history_of
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db

TWO_DIVISIONS = ("division:6760607-03", "division:6760607-05")


def desk(post: Post) -> list[Letter]:
    return [line.letter for line in waiting_for(post, now=timezone.now())]


def at_executive(world: World) -> Letter:
    letter = put_up(world)
    pass_step(
        waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE, opinion="เห็นควร"
    )
    return letter


def test_a_letter_goes_up_the_chain_and_is_decided(world: World) -> None:
    letter = at_executive(world)
    assert desk(world.executive) == [letter]
    finish_routing(
        waiting_step(letter), by=world.executive, instruction=Instruction.APPROVE, opinion="อนุมัติ"
    )
    (line,) = routings_of(world.officer, letter, now=timezone.now())
    assert line.routing.state == RoutingState.FINISHED
    assert line.routing.outcome == Instruction.APPROVE
    told = [
        (each.endorsement.name, each.endorsement.opinion) for each in line.steps if each.endorsement
    ]
    assert told == [
        ("นางสาวสมใจ ศรีหนองกะปุ", "เพื่อโปรดพิจารณา"),
        ("นายวิชัย พงษ์เพชร", "เห็นควร"),
        ("นายประเสริฐ ทองหนองกะปุ", "อนุมัติ"),
    ]
    verbs = [entry.verb for entry in history_of(letter)][-3:]
    assert verbs == ["routing:started", "step:passed", "routing:finished"]
    assert desk(world.executive) == []


def test_only_a_registered_letter_is_put_up_and_only_by_whoever_keeps_letters(world: World) -> None:
    letter = registered_letter(world)
    with pytest.raises(Refused) as refused:
        put_up_letter(letter, by=world.officer)
    assert refused.value.status == 403
    finish_letter(letter, by=world.clerk, seen_version=letter.version)
    with pytest.raises(Refused, match="เรียบร้อย"):
        put_up_letter(letter, by=world.clerk)
    assert not Routing.objects.exists()


def test_only_who_holds_the_step_acts_and_others_of_the_house_see(world: World) -> None:
    letter = put_up(world)
    step = waiting_step(letter)
    for other in (world.officer, world.executive, world.clerk):
        assert step_for(other, step.pk) == step
        with pytest.raises(Refused) as refused:
            pass_step(step, by=other, instruction=Instruction.AGREE)
        assert refused.value.status == 403
    with pytest.raises(NotFound):
        step_for(world.neighbour_clerk, step.pk)
    with pytest.raises(NotFound):
        routings_of(world.tha_sen_clerk, letter, now=timezone.now())
    assert waiting_step(letter) == step
    pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE)
    assert desk(world.chief_clerk) == []


def test_the_same_press_twice_does_nothing_twice(world: World) -> None:
    letter = registered_letter(world)
    assert put_up_letter(letter, by=world.clerk) == put_up_letter(letter, by=world.clerk)
    step = waiting_step(letter)
    for _ in range(2):
        pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE, opinion="เห็นควร")
    step = waiting_step(letter)
    assignment = Assignment(TWO_DIVISIONS, lead=TWO_DIVISIONS[1])
    for _ in range(2):
        assign_step(step, assignment, by=world.executive, opinion="มอบ")
    assert len(waiting_steps(letter)) == 2
    assert Endorsement.objects.filter(step__routing__letter=letter).count() == 3


def test_who_comes_after_another_is_told_who_was_quicker(world: World) -> None:
    letter = put_up(world)
    second = give_post(
        world.officer.person, world.nong_kapu, role="chief_clerk", title="รองปลัด",
        from_on=date(2025, 10, 1), acting=Acting.IN_PLACE, by=world.administrator,
    )  # fmt: skip
    step = waiting_step(letter)
    pass_step(step, by=second, instruction=Instruction.AGREE, opinion="ก่อน")
    with pytest.raises(Refused, match="นางมาลี แก้วกระจ่าง เกษียนแล้วไปแล้ว"):
        pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE, opinion="หลัง")
    with pytest.raises(Refused, match="มีผู้เสนอหนังสือนี้ไปแล้ว"):
        put_up_letter(letter, by=world.chief_clerk)
    assert Endorsement.objects.get(step=step).opinion == "ก่อน"


def test_several_divisions_get_it_at_once_with_one_lead(world: World) -> None:
    letter = at_executive(world)
    step = waiting_step(letter)
    with pytest.raises(Refused, match="เจ้าของเรื่องหนึ่งกอง"):
        assign_step(step, Assignment(TWO_DIVISIONS), by=world.executive)
    with pytest.raises(Refused, match="อย่างน้อยหนึ่ง"):
        assign_step(step, Assignment(()), by=world.executive)
    with pytest.raises(Refused, match="ไม่อยู่ในหน่วยงาน"):
        assign_step(step, Assignment(("division:5760601-01",)), by=world.executive)
    assign_step(step, Assignment(TWO_DIVISIONS, lead=TWO_DIVISIONS[1]), by=world.executive)
    assert desk(world.head) == desk(world.officer) == [letter]
    take_step(waiting_for(world.head, now=timezone.now())[0].step, by=world.head)
    (line,) = routings_of(world.clerk, letter, now=timezone.now())
    assert (line.routing.state, line.owner) == (RoutingState.UNDER_WAY, "กองสวัสดิการสังคม")
    with pytest.raises(Refused, match="ยังรอกองสวัสดิการสังคม"):
        finish_letter(letter, by=world.clerk, seen_version=letter.version)
    take_step(waiting_step(letter), by=world.officer, opinion="จะดำเนินการ")
    assert Routing.objects.get().state == RoutingState.FINISHED
    finish_letter(letter, by=world.clerk, seen_version=letter.version)


def test_who_was_assigned_to_assigns_on_and_the_lead_goes_with_it(world: World) -> None:
    letter = at_executive(world)
    assign_step(waiting_step(letter), Assignment(("role:chief_clerk",)), by=world.executive)
    step = waiting_step(letter)
    assert (step.kind, step.words) == (StepKind.LEAD, "ปลัดองค์การบริหารส่วนตำบล")
    with pytest.raises(Refused, match="ทำอย่างนั้นไม่ได้"):
        pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE)
    assign_step(step, Assignment(TWO_DIVISIONS, lead=TWO_DIVISIONS[0]), by=world.chief_clerk)
    kinds = {each.organisation.code: each.kind for each in waiting_steps(letter)}
    assert kinds == {"6760607-03": StepKind.LEAD, "6760607-05": StepKind.SUPPORTING}
    assert len({each.turn for each in waiting_steps(letter)}) == 1


def test_a_circular_informs_every_division_and_keeps_nobody_waiting(world: World) -> None:
    letter = at_executive(world)
    assign_step(
        waiting_step(letter), Assignment(TWO_DIVISIONS), by=world.executive,
        instruction=Instruction.CIRCULATE,
    )  # fmt: skip
    assert {step.kind for step in waiting_steps(letter)} == {StepKind.INFORMED}
    finish_letter(letter, by=world.clerk, seen_version=letter.version)
    take_step(waiting_for(world.head, now=timezone.now())[0].step, by=world.head)


def test_it_goes_back_with_a_reason_and_comes_up_again(world: World) -> None:
    letter = at_executive(world)
    step = waiting_step(letter)
    first, second = Step.objects.filter(routing__letter=letter, state=StepState.SIGNED)
    with pytest.raises(Refused, match="เหตุที่ส่งกลับ"):
        return_step(step, to=first, reason=" ", by=world.executive)
    with pytest.raises(Refused, match="ขั้นก่อนหน้า"):
        return_step(step, to=step, reason="แก้", by=world.executive)
    return_step(step, to=first, reason="ขอเอกสารเพิ่ม", by=world.executive)
    again = waiting_step(letter)
    assert (again.role, again.kind) == ("clerk", StepKind.ENDORSE)
    pass_step(again, by=world.clerk, instruction=Instruction.PUT_UP, opinion="แนบแล้ว")
    assert waiting_step(letter).is_of_same_holder(second)


def test_one_of_several_sends_it_back_and_the_others_go_on(world: World) -> None:
    letter = at_executive(world)
    assigned = waiting_step(letter)
    assign_step(assigned, Assignment(TWO_DIVISIONS, lead=TWO_DIVISIONS[1]), by=world.executive)
    step = waiting_for(world.officer, now=timezone.now())[0].step
    return_step(step, to=assigned, reason="ไม่ใช่งานของกอง", by=world.officer)
    kinds = {each.words: each.kind for each in waiting_steps(letter)}
    assert kinds == {"กองช่าง": StepKind.SUPPORTING, assigned.words: StepKind.LEAD}
    mine = waiting_for(world.executive, now=timezone.now())[0].step
    with pytest.raises(Refused, match="กองช่างได้รับมอบเรื่องนี้อยู่แล้ว"):
        assign_step(mine, Assignment(("division:6760607-03",)), by=world.executive)
    assign_step(mine, Assignment(("division:6760607-04",)), by=world.executive)
    assert sum(each.kind == StepKind.LEAD for each in waiting_steps(letter)) == 1


def test_whoever_sent_it_calls_it_back_until_the_next_acts(world: World) -> None:
    letter = put_up(world)
    sent = step_to_recall(world.clerk, letter, now=timezone.now())
    assert sent is not None
    with pytest.raises(Refused) as refused:
        recall_step(sent, by=world.chief_clerk)
    assert refused.value.status == 403
    for _ in range(2):
        recall_step(sent, by=world.clerk, reason="ลืมแนบ")
    assert (desk(world.clerk), desk(world.chief_clerk)) == ([letter], [])
    pass_step(waiting_step(letter), by=world.clerk, instruction=Instruction.PUT_UP)
    sent = step_to_recall(world.clerk, letter, now=timezone.now())
    assert sent is not None
    pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    assert step_to_recall(world.clerk, letter, now=timezone.now()) is None
    with pytest.raises(Refused, match="นายวิชัย พงษ์เพชร เกษียนแล้ว"):
        recall_step(sent, by=world.clerk)


def test_a_step_is_skipped_with_a_reason_but_never_the_last(world: World) -> None:
    letter = put_up(world)
    step = waiting_step(letter)
    with pytest.raises(Refused, match="เหตุที่ข้าม"):
        skip_step(step, reason="", by=world.clerk)
    with pytest.raises(Refused) as refused:
        skip_step(step, reason="ไปราชการ", by=world.officer)
    assert refused.value.status == 403
    for _ in range(2):
        skip_step(step, reason="ปลัดไปราชการ", by=world.clerk)
    assert desk(world.executive) == [letter]
    with pytest.raises(Refused, match="ขั้นสุดท้าย"):
        skip_step(waiting_step(letter), reason="ไปราชการ", by=world.clerk)
    # Nobody acted yet, so whoever put it up may still call it back.
    assert step_to_recall(world.clerk, letter, now=timezone.now()) is not None


def test_who_acts_for_the_executive_signs_with_both_positions(world: World) -> None:
    letter = at_executive(world)
    acting = give_post(
        world.chief_clerk.person, world.nong_kapu, role="executive",
        title="นายกองค์การบริหารส่วนตำบล", from_on=date(2025, 10, 1), acting=Acting.IN_PLACE,
        by=world.administrator,
    )  # fmt: skip
    assert [
        (post, count) for post, count in waiting_elsewhere(world.chief_clerk, now=timezone.now())
    ] == [(acting, 1)]
    step = waiting_step(letter)
    finish_routing(step, by=acting, instruction=Instruction.ACKNOWLEDGE, opinion="ทราบ")
    said = Endorsement.objects.get(step=step)
    assert (said.own_title, said.acting_words, said.title) == (
        "ปลัดองค์การบริหารส่วนตำบล", "รักษาราชการแทน", "นายกองค์การบริหารส่วนตำบล",
    )  # fmt: skip


def test_a_post_that_has_ended_acts_no_more(world: World) -> None:
    letter = put_up(world)
    end_post(world.chief_clerk, on=timezone.localdate() - timedelta(days=1), by=world.administrator)
    world.chief_clerk.refresh_from_db()
    with pytest.raises(Refused) as refused:
        pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    assert refused.value.status == 403
    assert choices_at(world.chief_clerk, letter, now=timezone.now()) == []


def test_what_was_signed_stays_as_it_was(world: World) -> None:
    letter = at_executive(world)
    said = Endorsement.objects.filter(role="chief_clerk").get()
    before = {field.attname: getattr(said, field.attname) for field in said._meta.concrete_fields}
    Person.objects.filter(pk=world.chief_clerk.person_id).update(name="นายวิชัย เปลี่ยนชื่อ")
    Post.objects.filter(pk=world.chief_clerk.pk).update(title="ปลัดเทศบาล", acting=Acting.IN_PLACE)
    said = Endorsement.objects.get(pk=said.pk)
    after = {field.attname: getattr(said, field.attname) for field in said._meta.concrete_fields}
    assert after == before
    said.opinion = "แก้ทีหลัง"
    with pytest.raises(Refused, match="แก้ไขหรือลบไม่ได้"):
        said.save()
    with pytest.raises(Refused, match="แก้ไขหรือลบไม่ได้"):
        Endorsement.objects.filter(pk=said.pk).update(opinion="แก้ทีหลัง")
    assert letter in desk(world.executive)


def test_a_secret_letter_passes_over_who_may_not_read_it(world: World) -> None:
    head = give_post(
        world.officer.person, world.welfare, role="head", title="ผู้อำนวยการกอง",
        from_on=date(2025, 10, 1), by=world.administrator,
    )  # fmt: skip
    letter = put_up(world, registered_letter(world, secrecy=Secrecy.SECRET))
    assert desk(world.chief_clerk) == [letter]
    pass_step(waiting_step(letter), by=world.chief_clerk, instruction=Instruction.AGREE)
    with pytest.raises(Refused, match="ดูหนังสือนี้ไม่ได้"):
        assign_step(waiting_step(letter), Assignment(TWO_DIVISIONS[1:]), by=world.executive)
    with pytest.raises(NotFound):
        step_for(head, waiting_step(letter).pk)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "ไม่ถึงนาที"),
        (timedelta(minutes=5), "5 นาที"),
        (timedelta(hours=3, minutes=10), "3 ชม. 10 นาที"),
        (timedelta(days=2), "2 วัน"),
        (timedelta(days=2, hours=4, minutes=59), "2 วัน 4 ชม."),
    ],
)
def test_how_long_it_lay_is_said_in_two_units(length: timedelta, words: str) -> None:
    since = timezone.now()
    assert lay_words(since, since + length) == words
