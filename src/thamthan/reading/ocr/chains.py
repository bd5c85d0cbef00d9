"""Letters that share a line are chained, one behind the other, on a base line of their own."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.ink import Ink

_NEXT = 2.6
# In the consonant's height of a line: how high and wide figures lower than its letters are, how
# level they stand, and how far beyond its end.
_LOW, _LOW_WIDE, _LOW_LEVEL, _LOW_NEAR = 0.56, 0.45, 0.1, 4.0
# And how level with the figure that it stands close beside.
_LOW_BESIDE = 0.16
# So many letters make a line whose foot tells where its figures stand.
_LINE = 4


@dataclass(slots=True)
class Chain:
    """Letters that stand on one base line, one behind the other."""

    members: list[int]
    size: float
    left: float
    right: float
    slope: float
    height_at_left: float
    marks: list[int] = field(default_factory=list)

    def foot_at(self, x: float) -> float:
        return self.height_at_left + self.slope * (min(max(x, self.left), self.right) - self.left)


def linked(ink: Ink, cores: list[int], size: float) -> list[list[int]]:
    """The cores, each with the next one on its right that stands on nearly the same line."""
    boxes = ink.boxes
    cores = sorted(cores, key=lambda which: boxes[which].left)
    shelves: dict[int, list[int]] = {}
    for which in cores:
        shelves.setdefault(int(boxes[which].bottom / size), []).append(which)
    leader = {which: which for which in cores}

    def head(which: int) -> int:
        while leader[which] != which:
            leader[which] = leader[leader[which]]
            which = leader[which]
        return which

    for which in cores:
        box = boxes[which]
        shelf = int(box.bottom / size)
        best, nearest = None, _NEXT * size
        for other in (*shelves.get(shelf - 1, ()), *shelves[shelf], *shelves.get(shelf + 1, ())):
            ahead = boxes[other]
            gap = ahead.left - box.right
            if ahead.left <= box.left or other == which or not -0.6 * size < gap < nearest:
                continue
            if abs(ahead.bottom - box.bottom) < 0.42 * size:
                best, nearest = other, gap
        if best is not None:
            leader[head(best)] = head(which)
    found: dict[int, list[int]] = {}
    for which in cores:
        found.setdefault(head(which), []).append(which)
    return list(found.values())


def chain_of(ink: Ink, members: list[int], size: float) -> Chain:
    """A chain with its base line: a straight one through the feet, level where there are few."""
    boxes = [ink.boxes[which] for which in members]
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    middle, feet = _feet(ink, members)
    slope = 0.0
    if len(boxes) >= 8 and right - left > 12 * size:
        slope, start = (float(value) for value in np.polyfit(middle, feet, 1))
        near = np.abs(feet - (slope * middle + start)) < 0.25 * size
        if near.sum() >= 6:
            slope = float(np.polyfit(middle[near], feet[near], 1)[0])
        slope = float(np.clip(slope, -0.04, 0.04))
    rest = float(np.median(feet - slope * (middle - left)))
    return Chain(members, size, float(left), float(right), slope, rest)


def tilt(ink: Ink, chains: list[Chain]) -> None:
    """Lays all lines of a stamp at one slope, that of its longer ones: it was stamped askew."""
    slopes: list[float] = []
    for chain in chains:
        if len(chain.members) >= 6 and chain.right - chain.left > 6 * chain.size:
            middles, feet = _feet(ink, chain.members)
            slopes.append(float(np.polyfit(middles, feet, 1)[0]))
    if not slopes:
        return
    slope = float(np.clip(np.median(slopes), -0.14, 0.14))
    for chain in chains:
        middles, feet = _feet(ink, chain.members)
        chain.slope = slope
        chain.height_at_left = float(np.median(feet - slope * (middles - chain.left)))


def _feet(ink: Ink, members: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    boxes = [ink.boxes[which] for which in members]
    middles = np.array([(box.left + box.right) / 2 for box in boxes])
    return middles, np.array([float(box.bottom) for box in boxes])


def joined(ink: Ink, chains: list[Chain]) -> list[Chain]:
    """Chains made one that run on the same base line and touch or overlap."""
    kept: list[Chain] = []
    for chain in sorted(chains, key=lambda chain: chain.left):
        for other in kept:
            gap = chain.left - other.right
            at = max(chain.left, other.left)
            step = abs(other.foot_at(at) - chain.foot_at(at))
            if gap < 1.2 * chain.size and step < 0.36 * chain.size:
                kept.remove(other)
                kept.append(chain_of(ink, [*other.members, *chain.members], chain.size))
                break
        else:
            kept.append(chain)
    return kept


def with_low_figures(
    ink: Ink, chains: list[Chain], left_over: set[int], *, size: float, least: float
) -> list[Chain]:
    """ตัวเลขเตี้ย: the chains with what stands level beyond their ends, lower than any letter.

    Some faces have ๐, ๑ and ๓ so low that they begin no line of their own, and between two wide
    spaces nothing else would claim them. `least` is how high a letter of
    the line is at least.
    """
    low = [
        which
        for which in left_over
        if _LOW * size <= ink.boxes[which].high < least
        and _LOW_WIDE * size <= ink.boxes[which].wide <= size
    ]
    if not low:
        return chains
    kept = []
    for chain in chains:
        added = _beyond(ink, chain, low) if len(chain.members) >= _LINE else []
        low = [which for which in low if which not in added]
        kept.append(chain_of(ink, [*chain.members, *added], chain.size) if added else chain)
    return kept


def _beyond(ink: Ink, chain: Chain, low: list[int]) -> list[int]:
    """Those of the low pieces that stand on a chain's base line beyond its ends, one by one."""
    added: list[int] = []
    size = chain.size
    boxes = [ink.boxes[which] for which in chain.members]
    for ahead in (True, False):
        end = max(boxes, key=lambda box: box.right) if ahead else min(boxes, key=lambda b: b.left)
        for which in sorted(low, key=lambda which: ink.boxes[which].left, reverse=not ahead):
            box = ink.boxes[which]
            gap = box.left - end.right if ahead else end.left - box.right
            if not 0 <= gap < _LOW_NEAR * size:
                continue
            middle = (box.left + box.right) / 2
            foot = chain.height_at_left + chain.slope * (middle - chain.left)
            # A stamp's line may slope too steeply for its foot to be known beyond its end.
            beside = gap < size and abs(end.bottom - box.bottom) <= _LOW_BESIDE * size
            if beside or abs(foot - box.bottom) <= _LOW_LEVEL * size:
                added.append(which)
                end = box
    return added


def without_strays(ink: Ink, chains: list[Chain]) -> list[Chain]:
    """Chains without those few letters that hang out of a longer chain's line."""
    long = [chain for chain in chains if len(chain.members) > 3]
    kept = []
    for chain in chains:
        box = ink.boxes[chain.members[0]]
        middle, centre = (chain.left + chain.right) / 2, (box.top + box.bottom) / 2
        stray = len(chain.members) <= 3 and any(
            other is not chain
            and other.left - 0.5 * other.size < middle < other.right + 0.5 * other.size
            and abs(other.foot_at(middle) - other.size / 2 - centre) < 1.2 * other.size
            for other in long
        )
        if not stray:
            kept.append(chain)
    return kept
