"""The ink of a level page is cut into strips of one line each; marks go to their nearest band."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.chains import (
    Chain,
    chain_of,
    joined,
    linked,
    tilt,
    with_low_figures,
    without_strays,
)
from thamthan.reading.ocr.ink import Box, Ink, Region, find_ink
from thamthan.reading.ocr.picture import CONSONANT, Picture, Worked

# Of a consonant's height: what a letter of the running text may measure, and a heading's.
_SIZES = (1.0, 1.7, 2.6)
_CORE = (0.68, 1.5)
_APART = 4.0
_DOWN_COSTS = 1.45
_MARK_REACH = 1.7
# So many letters make a line that its ends may be grown together.
_LONG = 6
# Of so many neighbours so many alike tell where a letter stands that seems to stand out of line;
# in a consonant's height, how far out of the line that is, and how even the neighbours stand.
_BESIDE, _ALIKE, _UNEVEN, _EVEN = 4, 3, 0.15, 0.07


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a strip: its box on the page and its own ink."""

    box: Box
    ink: NDArray[np.bool_]
    foot: float
    core: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One stretch of one line: its picture on white, where it stands, and its components."""

    picture: Picture
    left: int
    top: int
    size: float
    feet: tuple[float, float]
    parts: tuple[Part, ...]
    box: Box
    row: int
    frame: int | None


@dataclass(frozen=True, slots=True)
class Cut:
    """ผลการตัดบรรทัด: the strips in the order of reading, and all that is no running text."""

    strips: tuple[Strip, ...]
    regions: tuple[Region, ...]
    blanks: tuple[tuple[Box, ...], ...] = ()


def cut_lines(worked: Worked) -> Cut:
    """ตัดบรรทัด: the page as strips of one line each.

    1. Rules, frames, drawings and dotted lines are found and leave the ink.
    2. Letters of like height and base line are chained; a heading's larger ones in a second turn.
    3. Every other component goes to what it stands on or hangs from, else to the nearest band.
    4. Chains of one height on the page are a row; those close together in it are one strip.
    """
    ink = find_ink(worked)
    strips: list[Strip] = []
    row = 0
    frames = [which for which, region in enumerate(ink.regions) if region.kind == "frame"]
    for frame in (*frames, None):
        chosen = [which for which in range(len(ink.boxes)) if ink.frames[which] == frame]
        chains = _chains(ink, chosen, worked.consonant)
        if frame is not None:
            tilt(ink, chains)
        for members in _rows(chains):
            for group in _groups(members):
                strips.append(_strip(worked, ink, group, row=row, frame=frame))
            row += 1
    return Cut(tuple(strips), ink.regions, ink.blanks)


def _chains(ink: Ink, chosen: list[int], consonant: float) -> list[Chain]:
    chains: list[Chain] = []
    left_over = set(chosen)
    for factor in _SIZES:
        size = consonant * factor
        low, high = _CORE[0] * size, _CORE[1] * size
        cores = [
            which
            for which in left_over
            if low <= ink.boxes[which].high <= high and 0.12 * size <= ink.boxes[which].wide
        ]
        found = [chain_of(ink, members, size) for members in linked(ink, cores, size)]
        found = joined(ink, found)
        if factor == 1.0:
            found = [chain for chain in found if not _is_heading(ink, chain)]
        else:
            # Large strokes that form no word are a hand's, not a heading's.
            found = [chain for chain in found if len(chain.members) > 2]
            left_over |= _given_back(ink, chains, found)
        found = without_strays(ink, found)
        rest = left_over - {which for chain in found for which in chain.members}
        found = with_low_figures(ink, found, rest, size=size, least=low)
        for chain in found:
            left_over -= set(chain.members)
        chains += found
        short = [chain for chain in chains if len(chain.members) <= 2]
        longer = [chain for chain in chains if len(chain.members) > 2]
        left_over -= _take_marks(ink, longer, left_over, carriers=short)
    left_over -= _take_marks(ink, chains, left_over)
    if grown := [chain for chain in chains if _has_grown(ink, chain)]:
        _take_marks(ink, grown, {which for which in left_over if _is_blot(ink.boxes[which])})
    return chains


def _has_grown(ink: Ink, chain: Chain) -> bool:
    """Makes a line as long as the letters grown together at its ends; whether that is longer.

    "ผู้" and "อำ" as one blot each are no cores, and the first stands beyond the second.
    """
    if len(chain.members) < _LONG:
        return False
    left, right = chain.left, chain.right
    for which in chain.marks:
        box = ink.boxes[which]
        above = chain.foot_at((box.left + box.right) / 2) - box.top
        below = box.bottom - chain.foot_at((box.left + box.right) / 2)
        if above > 0.7 * chain.size and below > -0.2 * chain.size:
            left, right = min(left, box.left), max(right, box.right)
    is_longer = left < chain.left or right > chain.right
    chain.height_at_left -= chain.slope * (chain.left - left)
    chain.left, chain.right = left, right
    return is_longer


def _is_blot(box: Box) -> bool:
    return 0.7 * CONSONANT < box.high < 2.4 * CONSONANT and box.wide < 2.5 * CONSONANT


def _is_heading(ink: Ink, chain: Chain) -> bool:
    """Whether a chain's letters are too large for the running text they were looked for in."""
    heights = [ink.boxes[which].high for which in chain.members]
    return len(heights) > 2 and float(np.median(heights)) > 1.27 * chain.size


def _given_back(ink: Ink, chains: list[Chain], headings: list[Chain]) -> set[int]:
    """Takes apart small chains that are the marks of a heading; returns their components."""
    freed: set[int] = set()
    for chain in list(chains):
        box = ink.boxes[chain.members[0]]
        middle, height = (chain.left + chain.right) / 2, (box.top + box.bottom) / 2
        if len(chain.members) < 4 and any(
            other.left - 0.3 * other.size < middle < other.right + 0.5 * other.size
            and -2.1 * other.size < height - other.foot_at(middle) < 0.8 * other.size
            for other in headings
        ):
            chains.remove(chain)
            freed |= {*chain.members, *chain.marks}
    return freed


def _take_marks(
    ink: Ink, chains: list[Chain], left_over: set[int], *, carriers: Sequence[Chain] = ()
) -> set[int]:
    """Gives the components that are left to chains: by what they stand on, else by the band.

    A tone mark over a vowel is nearer to the line above than to its own consonant; but the vowel
    under it is nearer still, so that marks are followed down from one to the next. `carriers`
    take what stands on their letters alone: two letters make no band.
    """
    owner = {
        which: chain for chain in (*chains, *carriers) for which in (*chain.members, *chain.marks)
    }
    leaning = _leaning(ink, owner, left_over)
    taken: set[int] = set()
    for which in left_over:
        at: int | None = which
        for _ in range(4):
            at = leaning.get(at) if at is not None and at not in owner else at
        chain = owner.get(at) if at is not None else None
        chain = chain or _nearest_band(ink.boxes[which], chains)
        if chain is not None:
            chain.marks.append(which)
            taken.add(which)
    return taken


def _leaning(ink: Ink, owner: dict[int, Chain], left_over: set[int]) -> dict[int, int]:
    """For each component the one that it stands on or hangs from, where that is very near."""
    boxes = ink.boxes
    everyone = sorted((*owner, *left_over), key=lambda which: boxes[which].left)
    lefts = [boxes[which].left for which in everyone]
    chains = list({id(chain): chain for chain in owner.values()}.values())
    found: dict[int, int] = {}
    for which in left_over:
        box = boxes[which]
        home = _nearest_band(box, chains)
        size = home.size if home else CONSONANT
        if box.high > size or box.wide > 2 * size:
            continue
        room = 0.25 * size
        first = bisect_left(lefts, box.left - 6 * size)
        last = bisect_right(lefts, box.right + room)
        near = [w for w in everyone[first:last] if boxes[w].right >= box.left - room and w != which]
        best = _carrier(boxes, owner, which, near, size)
        if best is not None:
            found[which] = best
    return found


def _carrier(
    boxes: tuple[Box, ...], owner: dict[int, Chain], which: int, near: list[int], size: float
) -> int | None:
    """A letter close above carries a low vowel; else the nearest thing below carries a mark."""
    box = boxes[which]
    best, nearest = None, 0.5 * size
    for other in near:
        on = boxes[other]
        down, up = on.top - box.bottom, box.top - on.bottom
        if up > down:
            if other in owner and -0.3 * size < up <= 0.2 * size and on.bottom < box.bottom:
                return other
        elif on.top > box.top + 0.15 * size and max(down, 0) < nearest:
            # Two marks of one height are neighbours; neither carries the other.
            best, nearest = other, max(down, 0)
    return best


def _nearest_band(box: Box, chains: list[Chain]) -> Chain | None:
    best: Chain | None = None
    nearest = _MARK_REACH
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    for chain in chains:
        # A full stop may stand behind the last letter, and a blot of joined letters within.
        room = (1.2 if box.high < 0.6 * chain.size else 0.9) * chain.size
        if box.right < chain.left - room or box.left > chain.right + room:
            continue
        # A long line may have letters grown together; to a short one they are a heading's.
        if box.high > (3.2 if len(chain.members) > 5 else 1.8) * chain.size:
            continue
        foot = chain.foot_at(x)
        above, below = foot - chain.size - y, y - foot
        away = max(above, below * _DOWN_COSTS, 0.0) / chain.size
        if away < nearest:
            best, nearest = chain, away
    return best


def _rows(chains: list[Chain]) -> list[list[Chain]]:
    """Chains that stand at one height, side by side; the rows from the top down."""
    rows: list[list[Chain]] = []
    for chain in sorted(chains, key=lambda chain: -(chain.right - chain.left)):
        best, nearest = None, 1.0
        for row in rows:
            step = _step(row, chain)
            if step is not None and step < nearest:
                best, nearest = row, step
        if best is None:
            rows.append([chain])
        else:
            best.append(chain)
    rows.sort(key=lambda row: float(np.median([chain.foot_at(chain.left) for chain in row])))
    return rows


def _step(row: list[Chain], chain: Chain) -> float | None:
    """How far a chain stands out of a row, of what is allowed; None where it cannot be in it."""
    if any(min(c.right, chain.right) - max(c.left, chain.left) > 0.8 * chain.size for c in row):
        return None
    beside = min(row, key=lambda c: max(c.left - chain.right, chain.left - c.right))
    at = chain.left if chain.left >= beside.right else chain.right
    gap = max(beside.left - chain.right, chain.left - beside.right, 0.0)
    size = min(beside.size, chain.size)
    step = abs(beside.foot_at(at) - chain.foot_at(at)) / size
    return step / min(0.5 + 0.012 * gap / size, 0.8)


def _groups(row: list[Chain]) -> list[list[Chain]]:
    """The chains of a row, those together that stand close."""
    groups: list[list[Chain]] = []
    for chain in sorted(row, key=lambda chain: chain.left):
        last = groups[-1] if groups else None
        near = last is not None and chain.left - last[-1].right < _APART * chain.size
        if last is not None and near and abs(last[-1].size - chain.size) < 1:
            last.append(chain)
        else:
            groups.append([chain])
    return groups


def _strip(worked: Worked, ink: Ink, group: list[Chain], *, row: int, frame: int | None) -> Strip:
    members = [which for chain in group for which in (*chain.members, *chain.marks)]
    boxes = [ink.boxes[which] for which in members]
    edge = 8
    left = max(0, min(box.left for box in boxes) - edge)
    top = max(0, min(box.top for box in boxes) - edge)
    right = min(worked.grey.shape[1], max(box.right for box in boxes) + edge)
    bottom = min(worked.grey.shape[0], max(box.bottom for box in boxes) + edge)
    labels = ink.labels[top:bottom, left:right]
    chosen = np.isin(labels, [ink.names[which] for which in members]).astype(np.uint8)
    wide = cv2.dilate(chosen, np.ones((3, 3), np.uint8)) > 0
    # The grey rim of a letter comes with it, a neighbour's ink does not.
    mine: NDArray[Any] = wide & ((labels == 0) | (chosen > 0))
    picture = np.where(mine, worked.grey[top:bottom, left:right], 255).astype(np.uint8)
    first, last = group[0], group[-1]
    return Strip(
        picture=picture,
        left=left,
        top=top,
        size=first.size,
        feet=(first.foot_at(first.left), last.foot_at(last.right)),
        parts=_parts(ink, group, is_level=frame is None),
        box=Box(left + edge, top + edge, right - edge, bottom - edge),
        row=row,
        frame=frame,
    )


def _parts(ink: Ink, group: list[Chain], *, is_level: bool) -> tuple[Part, ...]:
    """The components of a strip from left to right; those of a letter's height are its cores."""
    found = []
    for chain in group:
        for which in (*chain.members, *chain.marks):
            box = ink.boxes[which]
            foot = chain.foot_at((box.left + box.right) / 2) - box.bottom
            middle = chain.foot_at(box.left) - (box.top + box.bottom) / 2
            core = box.high >= 0.6 * chain.size and 0 < middle < 1.1 * chain.size
            own = ink.labels[box.top : box.bottom, box.left : box.right] == ink.names[which]
            found.append(Part(box, own, float(foot), core))
    found.sort(key=lambda part: part.box.left)
    return tuple(_beside_others(found, group[0].size) if is_level else found)


def _beside_others(parts: list[Part], size: float) -> list[Part]:
    """The parts, those that stand level with their neighbours on one side measured from these.

    A label is set larger than what is filled in behind it, and stands lower.
    """
    cores = [which for which, part in enumerate(parts) if part.core]
    kept = list(parts)
    for at, which in enumerate(cores):
        part = parts[which]
        if abs(part.foot) <= _UNEVEN * size:
            continue
        for others in (cores[at + 1 : at + 1 + _BESIDE], cores[max(0, at - _BESIDE) : at]):
            feet = np.array([parts[other].box.bottom for other in others])
            # A low vowel may have grown together with one of them.
            if len(feet) and (np.abs(feet - np.median(feet)) < _EVEN * size).sum() >= _ALIKE:
                foot = float(np.median(feet)) - part.box.bottom
                if abs(foot) < abs(kept[which].foot):
                    kept[which] = replace(part, foot=foot)
    return kept
