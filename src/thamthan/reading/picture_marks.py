"""Marks of a picture by which the same picture is found again, smaller, packed anew or cut."""

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# How much of a side may have been cut off. A mark is made of the whole and of each way to cut.
CUT = 0.05
# The whole first; then every choice of sides from which a strip is taken away.
WINDOWS: tuple[tuple[float, float, float, float], ...] = tuple(
    (CUT * left, CUT * top, 1 - CUT * right, 1 - CUT * bottom)
    for left, top, right, bottom in product((0, 1), repeat=4)
)
BITS = 64
# Up to so many bits apart, two pictures are taken for one (tests/reading/bench_pictures.py).
LIKE = 7
SIDE = 32
# Of the table of cosines; whole numbers give the same mark on every machine.
_SCALE = 1 << 12
_WAVES = 11


def _cosines() -> tuple[tuple[int, ...], ...]:
    from math import cos, pi

    return tuple(
        tuple(round(_SCALE * cos(pi * wave * (2 * at + 1) / (2 * SIDE))) for at in range(SIDE))
        for wave in range(_WAVES)
    )


_COSINES = _cosines()
# In a chessboard or a blank most waves lie still, and which way they lean is chance.
_STILL = 40 * _SCALE * _SCALE
_MOST_STILL = 24
# The slowest waves across and down, but for the mean, which says only how bright it is.
_KEPT = sorted(
    ((across, down) for across, down in product(range(_WAVES), repeat=2) if across + down),
    key=lambda waves: (waves[0] + waves[1], waves),
)[:BITS]


def marks_of(grey: "Image") -> tuple[int, ...]:
    """รอยจำภาพ: one of 64 bits for each window of a grey picture that stands upright.

    None at all for a blank or a regular pattern, which is like every other one.
    """
    wide, high = grey.size
    waves = [
        _waves(grey, (left * wide, top * high, right * wide, bottom * high))
        for left, top, right, bottom in WINDOWS
    ]
    if sum(abs(wave) < _STILL for wave in waves[0]) > _MOST_STILL:
        return ()
    return tuple(sum((wave > 0) << at for at, wave in enumerate(window)) for window in waves)


def _waves(grey: "Image", box: tuple[float, float, float, float]) -> list[int]:
    from PIL.Image import Resampling

    dots = grey.resize((SIDE, SIDE), Resampling.BILINEAR, box=box).tobytes()
    rows = [dots[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
    across = [[_sum(row, wave) for row in rows] for wave in _COSINES]
    return [_sum(across[over], _COSINES[down]) for over, down in _KEPT]


def _sum(values: Sequence[int], wave: Sequence[int]) -> int:
    return sum(value * weight for value, weight in zip(values, wave, strict=True))


def distance(first: Sequence[int], second: Sequence[int]) -> int:
    """ความต่าง: in how many bits two pictures differ, where either may be a part of the other."""
    return min(
        min((first[0] ^ mark).bit_count() for mark in second),
        min((second[0] ^ mark).bit_count() for mark in first),
    )
