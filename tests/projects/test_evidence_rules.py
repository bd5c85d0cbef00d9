"""What is reckoned of evidence without a database: distances, areas, parts of a mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.projects.rules.evidence import (
    Spot,
    metres_between,
    near_parts,
    nearest_spot,
    parts_of,
    signed,
    told_distance,
    unsigned,
)


def test_a_distance_on_the_ground_is_right_to_a_hundredth() -> None:
    # From a station in Bangkok to one in Phetchaburi: 93 km as the crow flies.
    metres = metres_between(13_739_300, 100_516_800, 13_115_000, 99_943_800)
    assert metres == pytest.approx(93_000, rel=0.02)
    assert told_distance(40) == "50 เมตร"
    assert told_distance(940) == "940 เมตร"
    assert told_distance(1540) == "1.5 กม."
    assert told_distance(123_456) == "123 กม."


def test_inside_an_area_is_no_distance_and_outside_is_that_to_its_edge() -> None:
    square = [[99.90, 13.00], [99.92, 13.00], [99.92, 13.02], [99.90, 13.02]]
    area = Spot("พื้นที่", None, None, ring=square)
    assert nearest_spot([area], 13_010_000, 99_910_000) == (area, 0)
    found = nearest_spot([area], 13_030_000, 99_910_000)
    assert found is not None
    assert found[1] == pytest.approx(1113, abs=5)


@given(some.integers(0, 2**64 - 1), some.sets(some.integers(0, 63), max_size=7))
def test_up_to_seven_bits_apart_one_part_is_near(mark: int, turned: set[int]) -> None:
    other = mark
    for at in turned:
        other ^= 1 << at
    near = [near_parts(part) for part in parts_of(mark)]
    assert any(part in near[at] for at, part in enumerate(parts_of(other)))
    assert unsigned(signed(mark)) == mark
    assert -(2**63) <= signed(mark) < 2**63
