"""What a page asks of one round: no more and no less than the wide door shows, and asked once."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.directives.departments import make_department
from tests.directives.orders import adopted, issued, passed_on
from tests.flow.test_reports import clerk_of
from tests.letters.drafts import open_books
from tests.reports.reports import FORM, nil, opened, report_of, sent
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Order
from thamthan.errors import NotFound
from thamthan.letters.models import Letter
from thamthan.organisations.models import Post
from thamthan.reports.actions import accept_reports, load_report_form, open_rounds, return_report
from thamthan.reports.models import Report, Round
from thamthan.reports.queries import (
    line_words,
    missing_reports,
    overview_of,
    overviews,
    reported,
    reports_of_round,
    reports_seen_by,
    reports_to_judge,
    round_for,
    rounds_seen_by,
    told_of_round,
    totals_of,
)
from thamthan.thai.correspondence import Secrecy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[object]:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def everybody(world: World) -> list[Post]:
    named = [getattr(world, field.name) for field in fields(world)]
    return [one for one in named if isinstance(one, Post)]


def seen(post: Post, round_: Round) -> set[str]:
    return set(reports_of_round(post, round_).values_list("organisation__code", flat=True))


def by_the_wide_door(post: Post, round_: Round) -> set[str]:
    rows = reports_seen_by(post).filter(round=round_)
    return set(rows.values_list("organisation__code", flat=True))


def finds_round(post: Post, round_: Round) -> bool:
    try:
        return round_for(post, round_.pk) == round_
    except NotFound:
        return False


def check_doors(posts: Iterable[Post], round_: Round) -> None:
    """The quick doors show everybody what the wide ones show, also one after the other."""
    for post in posts:
        assert seen(post, round_) == by_the_wide_door(post, round_), post
        is_found = finds_round(post, round_)
        assert is_found == rounds_seen_by(post).filter(pk=round_.pk).exists(), post
        if is_found:
            assert seen(post, round_for(post, round_.pk)) == by_the_wide_door(post, round_), post


def of_two_levels(world: World) -> tuple[Round, Order]:
    """The province gave one house the matter itself, and the district two others."""
    load_report_form(FORM.read_bytes(), by=world.system)
    upper, lower = passed_on(world, [world.tha_sen, world.ban_lat_municipality])
    cascade_order(upper, [world.nong_kapu, world.neighbour], by=world.governor_officer)
    (round_,) = open_rounds(upper, by=world.governor_officer)
    return round_, lower


def test_a_round_shows_everybody_what_the_wide_door_shows(world: World) -> None:
    round_, _ = of_two_levels(world)
    check_doors(everybody(world), round_)
    assert len(seen(world.governor_officer, round_)) == 5
    # Also what the province gave past it; and nothing of another district's.
    assert len(seen(world.district_officer, round_)) == 4
    assert seen(world.clerk, round_) == {world.nong_kapu.code}
    assert seen(world.ministry_officer, round_) == set()


@pytest.mark.parametrize("whose", ["the first", "a level between"])
def test_what_was_classed_since_is_hidden_in_its_round_too(world: World, whose: str) -> None:
    round_, lower = of_two_levels(world)
    letter = round_.root.letter if whose == "the first" else lower.sent
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(secrecy=Secrecy.SECRET)
    check_doors(everybody(world), round_)
    left = 0 if whose == "the first" else 3
    assert len(seen(world.governor_officer, round_)) == left


def test_a_department_sees_in_a_round_what_it_gave_beside_it(world: World) -> None:
    one = make_department(world, "DLA", "กรมส่งเสริมการปกครองท้องถิ่น")
    load_report_form(FORM.read_bytes(), by=world.system)
    open_books(one.clerk, code="มท 0808")
    order = adopted(issued(one.clerk, one.head, code="มท 0808"), one.clerk)
    cascade_order(order, [world.phetchaburi, world.nong_kapu], by=one.clerk)
    (round_,) = open_rounds(order, by=one.clerk)
    check_doors([one.clerk, *everybody(world)], round_)
    assert seen(one.clerk, round_) == {world.phetchaburi.code, world.nong_kapu.code}


def test_the_overview_of_a_round_says_what_each_question_says(world: World) -> None:
    houses = [world.nong_kapu, world.tha_sen, world.ban_lat_municipality]
    round_, by = opened(world, houses), world.district_officer
    sent(report_of(round_, world.nong_kapu), world.clerk, 3000)
    nil(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    accept_reports([report_of(round_, house) for house in houses[:2]], by=by)
    now = timezone.now()
    told = overview_of(by, round_, now=now)
    assert told.came == reported(by, round_, now=now)
    assert list(told.missing) == list(missing_reports(by, round_))
    assert told.totals == totals_of(by, round_)
    assert line_words(by, round_, now=now, overview=told) == line_words(by, round_, now=now)
    texts = list(round_.questions.filter(kind="text"))
    together = {one.pk: told_of_round(by, round_, [one])[one.pk] for one in texts}
    assert told_of_round(by, round_, texts) == together
    assert told_of_round(by, round_, texts, overview=told) == together
    assert told.came.sent == 2


def test_few_are_counted_as_many_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    round_, by = opened(world), world.district_officer
    houses = list(Report.objects.filter(round=round_).order_by("pk"))
    hour = timedelta(hours=1)
    late, early = timezone.now() - hour, timezone.now() + hour
    Report.objects.filter(pk__in=[one.pk for one in houses[::3]]).update(due_at=late)
    Report.objects.filter(pk__in=[one.pk for one in houses[1::3]]).update(due_at=early)
    Report.objects.filter(pk__in=[one.pk for one in houses[2::3]]).update(due_at=None)
    for number, report in enumerate(houses[:12]):
        by_whom = clerk_of(report.organisation)
        if number % 4:
            sent(report, by_whom, number * 1000)
        else:
            nil(report, by_whom)
    accept_reports(houses[3:6], by=by)
    for report in (houses[5], houses[8]):
        return_report(report, by=by, note="โปรดแก้")
    sent(houses[5], clerk_of(houses[5].organisation), 9000)
    now = timezone.now()
    few = overview_of(by, round_, now=now)
    monkeypatch.setattr(overviews, "MOST_IN_HAND", 3)
    many = overview_of(by, round_, now=now)
    assert few.in_hand is not None
    assert many.in_hand is None
    assert few.came == many.came == reported(by, round_, now=now)
    assert few.missing == many.missing != ()
    waiting = reports_to_judge(by, round_)
    for overview in (few, many):
        assert reports_to_judge(by, round_, overview=overview) == waiting != []


def test_a_round_is_asked_for_in_as_few_questions_however_many_answered(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    round_, by = opened(world), world.district_officer
    assert by.person is not None
    client.force_login(by.person)
    asked = []
    for number, report in enumerate(Report.objects.filter(round=round_).order_by("pk"), start=1):
        sent(report, clerk_of(report.organisation), number * 1000)
        if number % 2:
            accept_reports([report], by=by)
        if number in {2, 14}:
            client.get(f"/reports/rounds/{round_.pk}/")
            with django_assert_max_num_queries(20) as questions:
                page = client.get(f"/reports/rounds/{round_.pk}/").content.decode()
            asked.append(len(questions))
            assert f"รายงานแล้ว {number} จาก 15 แห่ง" in page
            assert "ทำแล้ว เห็นผล" in page
    assert asked[0] == asked[1]
