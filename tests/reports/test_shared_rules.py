from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thamthan.reports.rules import Amount, Claim, Less, SharedReason, less_of, pairs_of, reasons_of

DAYS = (date(2026, 1, 5), date(2026, 2, 20))
PARK = Claim(
    report=1,
    house=11,
    key="p1",
    words="ปรับปรุงสวนสาธารณะริมแม่น้ำเพชรบุรี",
    project=1,
    days=DAYS,
    spots=((13_050_000, 99_900_000),),
    people=850,
    money=20_000_000,
)
OTHER = replace(PARK, report=2, house=12, key="p2", project=2)


def without(claim: Claim) -> Claim:
    return replace(claim, days=None, spots=(), people=None, money=None)


def test_a_near_name_needs_a_place_or_two_other_things() -> None:
    assert SharedReason.PLACE in reasons_of(PARK, OTHER)
    near = replace(OTHER, words="โครงการปรับปรุงสวนสาธารณะริมแม่น้ำเพชรบุรี")
    assert SharedReason.NAME in reasons_of(PARK, near)
    days = replace(without(PARK), days=DAYS)
    # Fifteen houses build parks in the same weeks: that alone says nothing.
    assert not reasons_of(days, replace(days, report=2, house=12, key="p2", project=2))
    both = replace(days, people=850)
    assert reasons_of(both, replace(both, report=2, house=12, key="p2", project=2)) == (
        SharedReason.NAME,
        SharedReason.DAYS,
        SharedReason.PEOPLE,
    )
    elsewhere = replace(OTHER, words="อบรมกลุ่มอาชีพจักสาน")
    assert not reasons_of(PARK, elsewhere)


def test_the_same_picture_is_enough_whatever_it_is_called() -> None:
    one = replace(without(PARK), pictures=frozenset({7}))
    other = replace(without(OTHER), words="กิจกรรมจิตอาสา", pictures=frozenset({7, 8}))
    assert reasons_of(one, other) == (SharedReason.PICTURE,)
    like = replace(without(OTHER), words="กิจกรรมจิตอาสา", like_projects=frozenset({1}))
    assert reasons_of(without(PARK), like) == (SharedReason.LIKE_PICTURE,)
    assert [pair.reasons for pair in pairs_of([one, other])] == [(SharedReason.PICTURE,)]


def test_a_leader_and_its_supporter_are_found_by_a_name_less_near() -> None:
    leads = replace(without(PARK), supporters=frozenset({12}))
    supports = replace(without(OTHER), words="ปรับปรุงสวนสาธารณะริมน้ำเพชรบุรี ระยะที่ 2")
    assert SharedReason.SUPPORTER in reasons_of(leads, supports)
    assert not reasons_of(without(PARK), supports)


def test_sentences_are_one_by_their_words_and_all_their_numbers() -> None:
    words = "จัดอบรมกลุ่มอาชีพจักสาน ณ วัดท่าเสน ผู้เข้าร่วม 50 คน"
    one = Claim(1, 11, "s1", words, numbers=("50",))
    same = Claim(2, 12, "s2", words, numbers=("50",))
    assert reasons_of(one, same) == (SharedReason.SENTENCE,)
    assert not reasons_of(one, replace(same, numbers=("80",)))
    assert not reasons_of(replace(one, numbers=()), replace(same, numbers=()))


CLAIMS = st.lists(
    st.builds(
        Claim,
        report=st.integers(1, 5),
        house=st.integers(11, 13),
        key=st.integers(1, 30).map(lambda one: f"p{one}"),
        words=st.sampled_from(["ปรับปรุงสวนสาธารณะ", "ปรับปรุงสวนสาธารณะหมู่ที่ 3", "อบรมอาชีพ"]),
        project=st.integers(1, 30),
        people=st.sampled_from([None, 0, 50, 80]),
        money=st.sampled_from([None, 100, 200]),
        pictures=st.frozensets(st.integers(1, 4), max_size=2),
    ),
    max_size=12,
    unique_by=lambda one: (one.report, one.key),
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_pairs_are_the_same_in_any_order_and_never_within_a_house(claims, random) -> None:  # type: ignore[no-untyped-def]
    found = pairs_of(claims)
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert [pair.mark for pair in pairs_of(shuffled)] == [pair.mark for pair in found]
    assert len({pair.mark for pair in found}) == len(found)
    for pair in found:
        assert pair.one.house != pair.other.house
        assert pair.reasons
        # Nought people, or an unknown sum, are shared by nobody.
        assert pair.reasons == reasons_of(pair.one, pair.other)


def test_so_many_of_one_kind_are_a_habit_and_no_suspicion() -> None:
    many = [
        replace(without(PARK), report=at, house=at, key=f"p{at}", people=100) for at in range(200)
    ]
    assert pairs_of(many) == []


AMOUNTS = st.builds(Amount, st.integers(0, 1000), st.just(0))


@given(
    st.lists(
        st.builds(
            Less, st.integers(1, 99), st.just(1), st.integers(1, 3), st.integers(4, 6), AMOUNTS
        ),
        max_size=8,
        unique_by=lambda one: one.pk,
    ),
    st.dictionaries(st.tuples(st.integers(1, 6), st.just(1)), AMOUNTS),
    st.randoms(use_true_random=False),
)
def test_no_more_is_taken_out_than_both_have(lines, figures, random) -> None:  # type: ignore[no-untyped-def]
    taken = less_of(lines, figures)
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert less_of(shuffled, figures) == taken
    for line in lines:
        if line.pk not in taken:
            assert (line.counted, 1) not in figures or (line.shared, 1) not in figures
            continue
        assert 0 <= taken[line.pk].value <= line.amount.value
        assert taken[line.pk].value <= figures[line.counted, 1].value
    for shared in {line.shared for line in lines}:
        whole = sum(
            taken[one.pk].value for one in lines if one.shared == shared and one.pk in taken
        )
        assert whole <= figures.get((shared, 1), Amount(0)).value


@st.composite
def share(draw: st.DrawFn) -> Amount:
    of = draw(st.integers(0, 1000))
    return Amount(draw(st.integers(0, of)), of)


@given(share(), share(), share())
def test_a_share_stays_a_share_when_some_of_it_is_taken_out(asked, counted, shared) -> None:  # type: ignore[no-untyped-def]
    taken = less_of([Less(1, 1, 1, 2, asked)], {(1, 1): counted, (2, 1): shared})[1]
    assert 0 <= taken.value <= max(taken.of, 0) or not shared.of
    left = Amount(shared.value - taken.value, shared.of - taken.of)
    assert 0 <= left.value <= left.of
