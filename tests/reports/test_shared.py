from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.directives.orders import passed_on
from tests.projects.evidence import attached, under_way
from tests.reports.reports import FORM, accepted, nil, opened, report_of, told
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Organisation, Person, Post
from thamthan.organisations.rules import Role
from thamthan.projects.actions import answer_clauses
from thamthan.projects.models import Project, ProjectSupporter, TargetGroup
from thamthan.records.models import HistoryEntry
from thamthan.records.rules import Verb
from thamthan.reports.actions import (
    Taken,
    close_consolidation,
    join_events,
    load_report_form,
    open_rounds,
    part_events,
    return_report,
    undo_shared_event,
)
from thamthan.reports.models import Figure, Question, Round
from thamthan.reports.queries import (
    overlaps_of,
    shared_events,
    shared_pairs,
    told_sum,
    totals_from_figures,
    totals_of,
)
from thamthan.reports.rules import SharedReason, SharedState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def head_of(house: Organisation) -> Post:
    """Whoever decides for a house."""
    login = f"head-{house.code}"
    there = Post.objects.filter(person__login=login).first()
    return there or Post.objects.create(
        person=Person.objects.create(login=login, name=f"นายก {house.code}"),
        organisation=house,
        role=Role.EXECUTIVE,
        title="นายก",
        from_on=timezone.localdate() - timedelta(1),
    )


def park(round_: Round, house: Organisation, *, name: str, people: int) -> Project:
    """A project on the park that answers the first pillar, and what it reached."""
    project = under_way(head_of(house), name=name)
    clause = round_.root.directives.filter(parent=None)[0]
    answer_clauses(project, [clause], by=head_of(house))
    TargetGroup.objects.create(project=project, name="ประชาชน", unit="คน", reached=people)
    return project


NAME = "ปรับปรุงสวนสาธารณะริมแม่น้ำเพชรบุรี"


def both(world: World, round_: Round) -> None:
    """Two houses claim one park; each has people besides."""
    park(round_, world.nong_kapu, name=NAME, people=300)
    park(round_, world.tha_sen, name=f"โครงการ{NAME}", people=300)
    told(report_of(round_, world.nong_kapu), {"people": 850_000, "project-count": 2000})
    told(report_of(round_, world.tha_sen), {"people": 400_000, "project-count": 1000})


@pytest.fixture
def round_(world: World) -> Round:
    """Of three houses two tell of one park, and stand in the district's totals."""
    made = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    both(world, made)
    told(report_of(made, world.ban_lat_municipality), {"people": 70_000})
    accepted(
        made, world.district_officer, world.nong_kapu, world.tha_sen, world.ban_lat_municipality
    )
    return made


def people_of(round_: Round) -> Question:
    found = round_.questions.filter(fill="people").first()
    assert found is not None
    return found


def total(post: Post, round_: Round) -> int:
    """What the people come to; as summed anew from every figure, too."""
    key = people_of(round_).pk
    again = totals_from_figures(post, round_)
    assert totals_of(post, round_) == again
    return totals_of(post, round_)[key].sum_milli


def joined(world: World, round_: Round, by: Post, milli: int = 300_000):  # type: ignore[no-untyped-def]
    (pair,) = shared_pairs(by, round_)
    counts_first = pair.one.report.organisation == world.nong_kapu
    taken = {people_of(round_).pk: Taken(milli)}
    return join_events(round_, pair.mark, by=by, counts_first=counts_first, taken=taken)


def test_one_park_in_two_reports_is_suspected_with_reasons_and_counts_twice_till_decided(
    world: World, round_: Round
) -> None:
    (pair,) = shared_pairs(world.district_officer, round_)
    houses = {pair.one.report.organisation, pair.other.report.organisation}
    assert houses == {world.nong_kapu, world.tha_sen}
    assert {SharedReason.NAME, SharedReason.PLACE, SharedReason.PEOPLE} <= set(pair.reasons)
    assert total(world.district_officer, round_) == 1_320_000


def test_what_is_taken_out_is_proposed_from_the_shared_project_itself(
    world: World, round_: Round
) -> None:
    (pair,) = shared_pairs(world.district_officer, round_)
    found = overlaps_of(world.district_officer, round_, pair.other, pair.one)
    told_of = {one.question.pk: one for one in found}
    people = told_of[people_of(round_).pk]
    assert (people.value_milli, people.most_milli) == (300_000, 400_000)
    # Of the other pillar the project says nothing.
    other = round_.questions.filter(fill="people")[1]
    assert told_of[other.pk].value_milli is None


def test_decided_as_one_it_counts_once_and_nothing_else_moves(world: World, round_: Round) -> None:
    post = world.district_officer
    before, figures = dict(totals_of(post, round_)), list(Figure.objects.order_by("pk").values())
    event = joined(world, round_, post)
    assert total(post, round_) == 1_020_000
    after, key = totals_of(post, round_), people_of(round_).pk
    assert {pk: one for pk, one in after.items() if pk != key} == {
        pk: one for pk, one in before.items() if pk != key
    }
    assert (after[key].less_milli, after[key].given) == (300_000, 3)
    assert told_sum(post, people_of(round_), after[key]) == "1,020 คน (หักซ้ำแล้ว 300 คน)"
    # Each house's own word stays as it was.
    assert list(Figure.objects.order_by("pk").values()) == figures
    assert shared_pairs(post, round_) == []
    assert [one.pk for one in shared_events(post, round_)] == [event.pk]
    entry = HistoryEntry.objects.filter(verb=Verb.EVENT_SHARED).get()
    assert entry.post_words == post.words()


def test_taken_back_the_totals_are_as_before_and_the_pair_is_asked_again(
    world: World, round_: Round
) -> None:
    post = world.district_officer
    before = dict(totals_of(post, round_))
    event = joined(world, round_, post)
    undo_shared_event(round_, event.pk, by=post)
    assert totals_of(post, round_) == before
    assert total(post, round_) == 1_320_000
    assert len(shared_pairs(post, round_)) == 1
    # And decided anew.
    joined(world, round_, post, 100_000)
    assert total(post, round_) == 1_220_000


def test_two_events_both_stand_and_nobody_is_asked_again(world: World, round_: Round) -> None:
    post = world.district_officer
    (pair,) = shared_pairs(post, round_)
    event = part_events(round_, pair.mark, by=post)
    assert event.state == SharedState.APART
    assert shared_pairs(post, round_) == []
    assert total(post, round_) == 1_320_000
    with pytest.raises(NotFound):
        part_events(round_, pair.mark, by=post)


def test_a_mended_report_takes_its_share_of_what_is_taken_out_with_it(
    world: World, round_: Round
) -> None:
    post = world.district_officer
    joined(world, round_, post)
    return_report(report_of(round_, world.tha_sen), by=post, note="ตรวจใหม่")
    told(report_of(round_, world.tha_sen), {"people": 120_000})
    # What was accepted stands until the mended one is.
    assert total(post, round_) == 1_020_000
    accepted(round_, post, world.tha_sen)
    assert total(post, round_) == 850_000 + 70_000
    return_report(report_of(round_, world.tha_sen), by=post, note="ไม่ใช่พื้นที่ของท่าน")
    nil(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    accepted(round_, post, world.tha_sen)
    # It reports nothing: nothing stands twice any more.
    assert total(post, round_) == 920_000
    assert totals_of(post, round_)[people_of(round_).pk].less_milli == 0


def test_no_more_is_taken_out_than_both_reported(world: World, round_: Round) -> None:
    post = world.district_officer
    (pair,) = shared_pairs(post, round_)
    key = people_of(round_).pk
    with pytest.raises(Refused) as refused:
        join_events(round_, pair.mark, by=post, counts_first=True, taken={key: Taken(400_001)})
    assert refused.value.code == "too_much_taken"
    text = round_.questions.filter(kind="text")[0]
    with pytest.raises(Refused) as refused:
        join_events(round_, pair.mark, by=post, counts_first=True, taken={text.pk: Taken(1)})
    assert refused.value.code == "nothing_to_take"
    assert total(post, round_) == 1_320_000
    with pytest.raises(Refused):
        join_events(round_, pair.mark, by=world.clerk, counts_first=True, taken={})


def test_what_counts_is_shared_with_nobody_else(world: World, round_: Round) -> None:
    """Three houses, one park: the first counts, both others stand with it, in no circle."""
    post, key = world.district_officer, people_of(round_).pk
    park(round_, world.ban_lat_municipality, name=NAME, people=300)
    pairs = {
        frozenset({pair.one.report.organisation_id, pair.other.report.organisation_id}): pair
        for pair in shared_pairs(post, round_)
    }
    assert len(pairs) == 3

    def join(counts: Organisation, shared: Organisation, milli: int) -> None:
        pair = pairs[frozenset({counts.pk, shared.pk})]
        first = pair.one.report.organisation == counts
        join_events(round_, pair.mark, by=post, counts_first=first, taken={key: Taken(milli)})

    join(world.nong_kapu, world.tha_sen, 300_000)
    with pytest.raises(Refused) as refused:
        join(world.tha_sen, world.ban_lat_municipality, 70_000)
    assert refused.value.code == "shared_already"
    with pytest.raises(Refused):
        join(world.ban_lat_municipality, world.nong_kapu, 70_000)
    join(world.nong_kapu, world.ban_lat_municipality, 70_000)
    assert total(post, round_) == 850_000 + 100_000


def test_the_same_picture_and_a_named_supporter_are_found_too(world: World) -> None:
    made = opened(world, [world.nong_kapu, world.tha_sen])
    one = park(made, world.nong_kapu, name="กิจกรรมจิตอาสาพัฒนาคลอง", people=40)
    other = park(made, world.tha_sen, name="อบรมกลุ่มอาชีพจักสาน", people=55)
    for house in (world.nong_kapu, world.tha_sen):
        told(report_of(made, house), {"people": 40_000})
    assert shared_pairs(world.district_officer, made) == []
    attached(one, head_of(world.nong_kapu))
    attached(other, head_of(world.tha_sen))
    (pair,) = shared_pairs(world.district_officer, made)
    assert SharedReason.PICTURE in pair.reasons
    assert {len(pair.one.pictures), len(pair.other.pictures)} == {1}
    part_events(made, pair.mark, by=world.district_officer)
    third = park(made, world.tha_sen, name="กิจกรรมจิตอาสาพัฒนาคลองสายหลัก", people=41)
    ProjectSupporter.objects.create(project=one, organisation=world.tha_sen, name="อบต.ท่าเสน")
    (pair,) = shared_pairs(world.district_officer, made)
    assert third in (pair.one.project, pair.other.project)
    assert SharedReason.SUPPORTER in pair.reasons


def test_a_sentence_with_its_numbers_told_by_two_is_found(world: World) -> None:
    made = opened(world, [world.nong_kapu, world.tha_sen])
    words = "จัดอบรมกลุ่มอาชีพจักสาน ณ วัดท่าเสน มีผู้เข้าร่วม 50 คน"
    for house in (world.nong_kapu, world.tha_sen):
        told(report_of(made, house), {"people": 50_000}, texts={"result": words})
    (pair,) = shared_pairs(world.district_officer, made)
    assert pair.reasons == (SharedReason.SENTENCE,)
    assert (pair.one.claim.words, pair.one.project) == (words, None)


def test_houses_of_two_districts_meet_only_in_the_province(world: World) -> None:
    """One reports to its district, the other straight to the province."""
    load_report_form(FORM.read_bytes(), by=world.system)
    upper, _ = passed_on(world, [world.nong_kapu])
    cascade_order(upper, [world.tha_sen], by=world.governor_officer)
    (made,) = open_rounds(upper, by=world.governor_officer)
    both(world, made)
    accepted(made, world.district_officer, world.nong_kapu)
    accepted(made, world.governor_officer, world.tha_sen)
    assert shared_pairs(world.district_officer, made) == []
    assert total(world.governor_officer, made) == 1_250_000
    event = joined(world, made, world.governor_officer)
    assert total(world.governor_officer, made) == 950_000
    assert total(world.district_officer, made) == 850_000
    closed = close_consolidation(made, by=world.governor_officer)
    assert closed.content["totals"][people_of(made).key]["less_milli"] == 300_000
    # A report mended in the district is reckoned with above at once.
    return_report(report_of(made, world.nong_kapu), by=world.district_officer, note="ตรวจใหม่")
    told(report_of(made, world.nong_kapu), {"people": 200_000})
    accepted(made, world.district_officer, world.nong_kapu)
    assert total(world.governor_officer, made) == 200_000 + 400_000 - 200_000
    undo_shared_event(made, event.pk, by=world.governor_officer)
    assert total(world.governor_officer, made) == 600_000


def test_reports_of_nothing_claim_nothing(world: World) -> None:
    made = opened(world, [world.nong_kapu, world.tha_sen])
    park(made, world.nong_kapu, name=NAME, people=300)
    park(made, world.tha_sen, name=NAME, people=300)
    told(report_of(made, world.nong_kapu), {"people": 300_000})
    nil(report_of(made, world.tha_sen), world.tha_sen_clerk)
    assert shared_pairs(world.district_officer, made) == []
