from hypothesis import given
from hypothesis import strategies as st

from thamthan.reports.rules import Adding, Sum, sum_of

NUMBERS = st.integers(-(10**15), 10**15)


@st.composite
def one(draw: st.DrawFn) -> Sum:
    """What one house said: a number, no figure, or not applicable."""
    kind = draw(st.sampled_from(["given", "none", "not_applicable"]))
    if kind != "given":
        return Sum(**{kind: 1})
    value, of = draw(NUMBERS), draw(st.integers(0, 10**15))
    return Sum(given=1, sum_milli=value, of_milli=of, most_milli=value)


@given(st.lists(one(), max_size=30), st.randoms(use_true_random=False))
def test_a_sum_is_the_same_in_any_order_and_by_any_grouping(parts, random) -> None:  # type: ignore[no-untyped-def]
    whole = sum_of(parts)
    shuffled = list(parts)
    random.shuffle(shuffled)
    at = random.randint(0, len(parts))
    assert sum_of([sum_of(shuffled[:at]), sum_of(shuffled[at:])]) == whole
    assert whole.answered == len(parts)


@given(st.lists(one(), max_size=10))
def test_without_a_number_there_is_no_sum(parts: list[Sum]) -> None:
    total = sum_of(parts)
    for adding in Adding:
        if total.given == 0:
            assert total.value_milli(adding) is None
    assert sum_of([]).value_milli(Adding.SUM) is None


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_rounded_half_up_and_never_summed(value: int, of: int) -> None:
    share = Sum(given=1, sum_milli=value, of_milli=of).per_ten_thousand
    assert share is not None
    assert abs(share * of - value * 10_000) * 2 <= of
    assert Sum(given=1, sum_milli=value).per_ten_thousand is None
