from datetime import date

import pytest
import time_machine

from tests.directives.orders import adopted, cascaded, issued
from tests.projects.projects import approved, proposed, words
from tests.world import World
from thamthan.directives.models import Directive, Order
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import classify_letter
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    answer_clauses,
    change_project,
    move_project,
    show_project,
)
from thamthan.projects.queries import (
    answerable_clauses,
    answers_of,
    project_for,
    projects_seen_by,
)
from thamthan.projects.rules import ProjectState
from thamthan.records.queries import history_of
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-16T09:00:00+07:00", tick=False) as clock:
        yield clock


@pytest.fixture
def order(world: World) -> Order:
    """The district's order, in the hands of the houses below it."""
    return cascaded(world, [world.nong_kapu, world.tha_sen])


def clause_of(order: Order) -> Directive:
    return order.directives.filter(dropped_at=None)[1]


def test_a_project_is_begun_as_a_draft_of_its_house(world: World) -> None:
    project = proposed(world.officer)
    assert (project.organisation, project.state) == (world.nong_kapu, ProjectState.DRAFT)
    assert (project.district, project.province) == (world.ban_lat, world.phetchaburi)
    assert [entry.verb for entry in history_of(project)] == ["project:proposed"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "ก" * 501}, "long_name"),
        ({"be_year": 2026}, "wrong_year"),
        ({"standing": "somewhere"}, "no_standing"),
        ({"begins_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}, "backward"),
        ({"sections": {"responsible": "ก" * 301}}, "long_words"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    world: World, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        proposed(world.clerk, **changed)
    assert refused.value.code == code


def test_who_saw_an_older_version_loses_nothing_of_the_others(world: World) -> None:
    project = proposed(world.clerk)
    seen = project.version
    change_project(project, words(name="สวนหมู่ 3 ระยะที่ 1"), by=world.clerk, seen_version=seen)
    with pytest.raises(Refused) as refused:
        change_project(project, words(name="อีกชื่อ"), by=world.officer, seen_version=seen)
    assert refused.value.code == "changed_meanwhile"
    project.refresh_from_db()
    assert project.name == "สวนหมู่ 3 ระยะที่ 1"


@pytest.mark.parametrize("stranger", ["tha_sen_clerk", "neighbour_clerk", "district_officer"])
def test_nobody_outside_sees_or_changes_a_draft(world: World, stranger: str) -> None:
    project, post = proposed(world.clerk), getattr(world, stranger)
    with pytest.raises(NotFound):
        project_for(post, project.pk)
    with pytest.raises(Refused):
        change_project(project, words(), by=post, seen_version=project.version)


def test_it_answers_clauses_of_what_its_house_has_in_hand(world: World, order: Order) -> None:
    project, clause = proposed(world.clerk), clause_of(order)
    answer_clauses(project, [clause], by=world.clerk)
    answer_clauses(project, [clause], by=world.clerk)
    (answer,) = answers_of(world.clerk, project)
    assert (answer.directive, answer.root) == (clause, order)
    answer_clauses(project, [], by=world.clerk)
    assert not answers_of(world.clerk, project)


def test_it_does_not_answer_what_was_never_handed_to_its_house(world: World) -> None:
    order = adopted(issued(world.district_officer, world.district_chief), world.district_officer)
    with pytest.raises(Refused) as refused:
        answer_clauses(proposed(world.clerk), [clause_of(order)], by=world.clerk)
    assert refused.value.code == "foreign_clause"


def seen(post: Post) -> int:
    return projects_seen_by(post).count()


def test_whoever_gave_the_order_sees_it_once_approved(world: World, order: Order) -> None:
    project = proposed(world.clerk)
    answer_clauses(project, [clause_of(order)], by=world.clerk)
    assert seen(world.district_officer) == 0
    move_project(project, ProjectState.APPROVED, by=world.executive)
    assert seen(world.district_officer) == 1
    # Not the province, whose order it was not; nor a neighbour in the same district.
    assert seen(world.governor_officer) == seen(world.tha_sen_clerk) == 0
    approved(world.clerk, name="โครงการของเราเอง")
    assert seen(world.district_officer) == 1


def test_an_order_that_was_classed_since_shows_nothing(world: World, order: Order) -> None:
    project = proposed(world.clerk)
    answer_clauses(project, [clause_of(order)], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    assert order.letter is not None
    classify_letter(
        order.letter,
        Secrecy.SECRET,
        by=world.district_officer,
        seen_version=order.letter.version,
        reason="จัดชั้นความลับภายหลัง",
    )
    assert seen(world.district_officer) == 0
    assert not answers_of(world.clerk, project)
    assert not answerable_clauses(world.clerk)


def test_deciding_is_for_those_who_decide(world: World) -> None:
    project = proposed(world.officer)
    with pytest.raises(Refused) as refused:
        move_project(project, ProjectState.APPROVED, by=world.officer)
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        show_project(project, by=world.executive, is_public=True)
    assert refused.value.code == "wrong_project_state"
    move_project(project, ProjectState.APPROVED, by=world.executive)
    assert show_project(project, by=world.executive, is_public=True).is_public


def test_a_project_goes_one_way_and_is_given_up_with_a_reason(world: World) -> None:
    project = approved(world.clerk)
    with pytest.raises(Refused):
        move_project(project, ProjectState.FINISHED, by=world.clerk)
    move_project(project, ProjectState.UNDER_WAY, by=world.officer)
    move_project(project, ProjectState.UNDER_WAY, by=world.officer)
    with pytest.raises(Refused) as refused:
        move_project(project, ProjectState.CANCELLED, by=world.clerk)
    assert refused.value.code == "no_reason"
    move_project(project, ProjectState.CANCELLED, by=world.clerk, why="พื้นที่ติดเขตป่า")
    with pytest.raises(Refused):
        change_project(project, words(), by=world.clerk, seen_version=project.version)
    assert [entry.verb for entry in history_of(project)].count("project:moved") == 3
