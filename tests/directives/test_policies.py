"""Policies: taken from lists as dated facts, kept by an office for itself, found by their words."""

from datetime import date

import pytest

from tests.directives.orders import issued
from tests.world import World
from thamthan.directives.actions import (
    OwnPolicy,
    begin_order,
    end_policy,
    keep_policy,
    load_policies,
)
from thamthan.directives.actions.policies import set_policies
from thamthan.directives.listed import read_policies, shipped_policies
from thamthan.directives.models import Indicator, Policy, Theme
from thamthan.directives.queries import (
    clauses_under,
    indicators_seen_by,
    policies_called_in,
    policies_seen_by,
    policy_for,
)
from thamthan.directives.rules import has_ended
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 20)
ONE = """
[[policy]]
code = "walk"
kind = "standing"
name = "เดินไปทำงาน"
short_name = "เดิน"
organisation = "MOI"
from_on = 2026-01-01
mark = "{mark}"
[[policy.theme]]
number = "1"
name = "{theme}"
"""


def called(post: Post, text: str) -> list[str]:
    return [one.policy.code for one in policies_called_in(post, text, today=TODAY)]


def test_the_lists_are_loaded_once_and_then_the_same(world: World) -> None:
    told = load_policies(shipped_policies(), by=world.system, write_it=True)
    assert (told.changed, told.same, told.unknown) == ([], 0, [])
    assert Policy.objects.get(code="action-5").themes.count() == 5
    codes = set(Indicator.objects.values_list("code", flat=True))
    every = [("E", 16), ("Q", 19), ("P", 2)]
    assert codes == {f"{letter}{at}" for letter, most in every for at in range(1, most + 1)}
    lines = HistoryEntry.objects.count()
    again = load_policies(shipped_policies(), by=world.system, write_it=True)
    assert (again.new, again.changed, again.same) == ([], [], len(told.new))
    assert HistoryEntry.objects.count() == lines


def test_what_no_source_says_is_told_to_be_unchecked(world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    assert Policy.objects.get(code="action-5").is_checked
    assert not Policy.objects.get(code="moi-plan-2569").is_checked
    assert not Indicator.objects.filter(is_checked=True).exists()


def test_looking_writes_nothing_and_a_changed_row_is_taken_over(world: World) -> None:
    first = read_policies(ONE.format(mark="I", theme="ไปกลับ").encode())
    assert load_policies(first, by=world.system, write_it=False).new == ["walk เดินไปทำงาน"]
    assert not Policy.objects.exists()
    load_policies(first, by=world.system, write_it=True)
    second = read_policies(ONE.format(mark="S", theme="ไปอย่างเดียว").encode())
    assert load_policies(second, by=world.system, write_it=True).changed == ["walk เดินไปทำงาน"]
    policy = Policy.objects.get()
    assert policy.is_checked
    assert [one.name for one in policy.themes.all()] == ["ไปอย่างเดียว"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"name = 1",
        ONE.format(mark="?", theme="ก").encode(),
        ONE.replace("standing", "own").format(mark="S", theme="ก").encode(),
        "[[indicator]]\ncode = 'x'\nname = 'ก'\nmeasure = 'count'\nunit = 'แห่ง'\nbetter = 'up'\n"
        "level = 'lao'\nmark = 'I'".encode(),
        ONE.replace("2026-01-01", '"soon"').format(mark="S", theme="ก").encode(),
    ],
)
def test_a_list_that_is_wrong_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused):
        read_policies(content)


def test_only_whoever_loads_lists_loads_policies(world: World) -> None:
    with pytest.raises(Refused):
        load_policies(shipped_policies(), by=world.clerk, write_it=True)
    assert load_policies(shipped_policies(), by=world.administrator, write_it=True).new


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("นโยบาย “มหาดไทย ทำ ทัน ที่ Action ๕” นั้น", ["action-5"]),
        ("มหาดไทย ทำ  ทัน\nที ACTION 5", ["action-5"]),
        (
            "ตาม Action 5 และแผนปฏิบัติการ รายปี (พ.ศ. ๒๕๖๙)",
            ["action-5", "moi-plan-2569"],
        ),
        ("ขอให้ทำทันที", []),
        ("", []),
    ],
)
def test_a_policy_is_found_however_it_is_spelt(world: World, text: str, codes: list[str]) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    assert called(world.clerk, text) == codes


def test_an_ended_policy_is_still_found_after_those_in_force(world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    assert called(world.clerk, "3 ไร้ทุกข์ 5 สร้างสุข และ Action 5") == [
        "action-5",
        "3-rai-thuk-5-sang-suk",
    ]
    ended = Policy.objects.get(code="3-rai-thuk-5-sang-suk")
    assert has_ended(ended.until_on, today=TODAY)
    assert ended.until_on is not None
    assert not has_ended(ended.until_on, today=ended.until_on)


def test_an_office_keeps_and_ends_its_own_and_those_below_see_it(world: World) -> None:
    given = OwnPolicy("บ้านลาดน่าอยู่", "น่าอยู่", themes=(("1", "สะอาด"),), called=("บ้านลาดน่าอยู่",))
    policy = keep_policy(given, by=world.district_officer)
    assert policy_for(world.clerk, policy.pk) == policy
    assert called(world.clerk, "ตามนโยบาย บ้านลาดน่าอยู่") == [policy.code]
    for outside in (world.neighbour_clerk, world.governor_officer):
        assert policy not in policies_seen_by(outside)
        with pytest.raises(NotFound):
            policy_for(outside, policy.pk)
    end_policy(policy, on=date(2026, 3, 1), by=world.district_officer)
    policy.refresh_from_db()
    assert has_ended(policy.until_on, today=TODAY)
    assert policy in policies_seen_by(world.clerk)


def test_nobody_changes_what_is_not_theirs(world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    listed = Policy.objects.get(code="action-5")
    own = keep_policy(OwnPolicy("ของอำเภอ", "อำเภอ"), by=world.district_officer)
    for policy, by in ((listed, world.district_officer), (own, world.clerk), (own, world.officer)):
        with pytest.raises(Refused):
            keep_policy(OwnPolicy("อื่น", "อื่น"), by=by, policy=policy)
        with pytest.raises(Refused):
            end_policy(policy, on=TODAY, by=by)
    changed = keep_policy(OwnPolicy("อื่น", "อื่น"), by=world.district_officer, policy=own)
    assert (changed.pk, changed.name) == (own.pk, "อื่น")


@pytest.mark.parametrize(
    "given",
    [
        OwnPolicy("", "ก"),
        OwnPolicy("ก", " "),
        OwnPolicy("ก", "ก", from_on=date(2026, 2, 1), until_on=date(2026, 1, 1)),
        OwnPolicy("ก", "ก", themes=(("1", "ก"), ("1", "ข"))),
    ],
)
def test_a_policy_without_its_words_is_refused(world: World, given: OwnPolicy) -> None:
    with pytest.raises(Refused):
        keep_policy(given, by=world.clerk)
    assert keep_policy(OwnPolicy("ก", "ก"), by=world.clerk).pk


def test_a_theme_that_clauses_stand_under_stays(world: World) -> None:
    own = OwnPolicy("น่าอยู่", "น่าอยู่", themes=(("1", "สะอาด"), ("2", "ปลอดภัย")))
    policy = keep_policy(own, by=world.district_officer)
    letter = issued(world.district_officer, world.district_chief)
    clause = begin_order(letter, by=world.district_officer).directives.all()[0]
    assert set_policies(clause, [(policy, Theme.objects.get(policy=policy, number="1"))])
    assert list(clauses_under(world.district_officer, policy)) == [clause]
    assert not clauses_under(world.clerk, policy).exists()
    without = OwnPolicy("น่าอยู่", "น่าอยู่", themes=(("2", "ปลอดภัย"),))
    with pytest.raises(Refused) as refused:
        keep_policy(without, by=world.district_officer, policy=policy)
    assert refused.value.code == "theme_in_use"
    assert policy.themes.count() == 2
    only_first = OwnPolicy("น่าอยู่", "น่าอยู่", themes=(("1", "สะอาดมาก"),))
    keep_policy(only_first, by=world.district_officer, policy=policy)
    assert [one.name for one in policy.themes.all()] == ["สะอาดมาก"]


def test_indicators_of_a_policy_that_one_does_not_see_are_not_seen(world: World) -> None:
    load_policies(shipped_policies(), by=world.system, write_it=True)
    assert indicators_seen_by(world.clerk).count() == 37
    own = keep_policy(OwnPolicy("ของอำเภอ", "อำเภอ"), by=world.district_officer)
    Indicator.objects.filter(code="P1").update(policy=own)
    assert indicators_seen_by(world.neighbour_clerk).count() == 36
    assert indicators_seen_by(world.clerk).count() == 37
