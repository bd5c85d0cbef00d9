"""Letters that share a line are chained, one behind the other, on a base line of their own."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.ink import Ink

_NEXT = 2.6


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
