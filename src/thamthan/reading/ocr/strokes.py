"""What a hand wrote is taken apart into digits in every likely way, and the ways are ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.digits import HandDigits

Mask = NDArray[np.bool_]

# The letter before the running number of a circular.
CIRCULAR = "ว"

_BEAM = 60
_MOST_PIECES = 16
_LEAST = 0.002
# Of the height of what was written: what is no digit of its own, and how wide one may be.
_SPECK = 0.3
_WIDEST = 1.5
_SLANT = 0.3
_LOOKS = 3
_NO_DIGIT = 0.35
_CIRCULARS = 0.4
# Of what the net calls a digit, the share that is its look-alike: ๕ is called ๔ more than a third
# of the time on faces that it had not seen; the others are pairs that a hand hardly tells apart.
_ALIKE = {
    4: (5, 0.3),
    5: (4, 0.1),
    3: (1, 0.15),
    1: (3, 0.1),
    2: (6, 0.08),
    6: (2, 0.08),
    8: (9, 0.08),
    9: (8, 0.08),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of ink that belongs together: its place and its own dots."""

    left: int
    top: int
    ink: Mask

    @property
    def right(self) -> int:
        return self.left + int(self.ink.shape[1])

    @property
    def bottom(self) -> int:
        return self.top + int(self.ink.shape[0])

    @property
    def high(self) -> int:
        return int(self.ink.shape[0])

    @property
    def wide(self) -> int:
        return int(self.ink.shape[1])


def pieces_of(ink: Mask, *, least: float) -> list[Piece]:
    """แยกเส้น: the components of a zone's ink from left to right, without specks."""
    count, found, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    labels = np.asarray(found)
    pieces = []
    for name in range(1, count):
        left, top, wide, high, dots = (int(value) for value in stats[name])
        if max(wide, high) >= least and dots >= least:
            own = labels[top : top + high, left : left + wide] == name
            pieces.append(Piece(left, top, own))
    return sorted(pieces, key=lambda piece: piece.left)


def ranked(
    pieces: Sequence[Piece],
    *,
    size: float,
    accepts: Callable[[str], bool],
    longest: int,
    circular: bool = False,
    most: int = 12,
) -> list[tuple[str, float]]:
    """จัดอันดับ: the likeliest digits of a piece of writing, each with its odds among all.

    1. Components that are too wide for one digit are cut where least ink stands.
    2. Neighbouring pieces make a digit together, up to three of them; the net says which.
    3. Every row of digits that covers the ink collects the odds of all its ways; those that the
       grammar does not accept fall out, and the rest is weighed against each other.
    """
    parts = _cut(pieces, size)[:_MOST_PIECES]
    if not parts:
        return []
    looks = _looks(parts)
    ways: list[dict[str, float]] = [{} for _ in range(len(parts) + 1)]
    ways[0] = {"": 1.0}
    for at in range(len(parts)):
        best = sorted(ways[at].items(), key=lambda way: -way[1])[:_BEAM]
        for said, odds in best:
            _add(ways[at + 1], said, odds * _skipped(parts, at))
            for until in range(at + 1, min(at + 3, len(parts)) + 1):
                seen = looks.get((at, until))
                if seen is None or len(said.strip(CIRCULAR)) >= longest:
                    continue
                for digit, chance in enumerate(seen[:10]):
                    _add(ways[until], f"{said}{digit}", odds * float(chance))
                if circular and not said:
                    _add(ways[until], CIRCULAR, odds * _CIRCULARS * float(seen[10]))
    kept = {said: odds for said, odds in ways[-1].items() if accepts(said)}
    total = sum(kept.values())
    if total <= 0:
        return []
    order = sorted(kept.items(), key=lambda way: -way[1])[:most]
    return [(said, round(odds / total, 3)) for said, odds in order if odds / total >= _LEAST]


def _add(ways: dict[str, float], said: str, odds: float) -> None:
    ways[said] = ways.get(said, 0.0) + odds


def _skipped(parts: Sequence[Piece], at: int) -> float:
    """How likely a piece means nothing: a dot and a speck often, a whole sign hardly ever."""
    usual = float(np.median([part.high for part in parts]))
    part = parts[at]
    small = max(part.high, 0.6 * part.wide) / usual
    return 0.5 if small < _SPECK else 0.03 if small < 0.6 else 0.002


def _cut(pieces: Sequence[Piece], size: float) -> list[Piece]:
    if not pieces:
        return []
    high = float(np.median([float(piece.high) for piece in pieces if piece.high > 6] or [18.0]))
    # Two signs grown together may be as high as wide; so print tells how large a hand writes.
    high = min(high, 1.5 * size)
    parts: list[Piece] = []
    for piece in pieces:
        parts += _divided(piece, high) if piece.wide > 0.95 * high else [piece]
    return parts


def _divided(piece: Piece, high: float) -> list[Piece]:
    """A wide component in up to four parts, cut where a column holds least ink."""
    columns = piece.ink.sum(axis=0).astype(float)
    soft = np.convolve(columns, [0.25, 0.5, 0.25], mode="same")
    least = max(3, round(0.3 * high))
    chosen: list[int] = []
    for x in sorted(range(least, piece.wide - least), key=lambda x: soft[x]):
        if soft[x] > 0.4 * high or len(chosen) == 3:
            break
        if all(abs(x - other) >= 0.4 * high for other in chosen):
            chosen.append(x)
    edges: list[int] = [0, *sorted(chosen), piece.wide]
    return [
        part for start, end in pairwise(edges) if (part := _part(piece, start, end)) is not None
    ]


def _part(piece: Piece, start: int, end: int) -> Piece | None:
    ink = piece.ink[:, start:end]
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    own = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Piece(piece.left + start + int(columns[0]), piece.top + int(rows[0]), own)


def _looks(parts: Sequence[Piece]) -> dict[tuple[int, int], NDArray[Any]]:
    """What the net says of every run of up to three pieces that may be one digit."""
    high = float(np.percentile([part.high for part in parts], 75))
    runs, joined = [], []
    for at in range(len(parts)):
        for until in range(at + 1, min(at + 3, len(parts)) + 1):
            whole = _together(parts[at:until])
            if whole.wide <= _WIDEST * max(high, whole.high) and whole.high >= 0.35 * high:
                runs.append((at, until))
                joined.append(whole.ink)
    found = _odds(joined)
    return {
        run: seen * _fits(parts[run[0] : run[1]], high)
        for run, seen in zip(runs, found, strict=True)
    }


def _odds(inks: Sequence[Mask]) -> NDArray[Any]:
    """For each blot the odds of 0…9, and last of a sign that is no digit.

    Each is seen as it is, and slanted both ways: what the net says of most is more often
    right. Here something was written that is a number, so that "no digit" weighs less.
    """
    seen = [look for ink in inks for look in _ways_to_look(ink)]
    told = HandDigits.load().odds(seen).reshape(len(inks), _LOOKS, 11).mean(axis=1)
    digits, other = told[:, :10], told[:, 10:]
    shares = digits / np.maximum(digits.sum(axis=1, keepdims=True), 1e-6) @ _look_alikes()
    weighed: NDArray[Any] = np.concatenate((shares * (1 - other) ** _NO_DIGIT, other), axis=1)
    return weighed


@cache
def _look_alikes() -> NDArray[Any]:
    """How often a digit that the net names is another one that looks like it, by rows."""
    table = np.eye(10)
    for said, (meant, share) in _ALIKE.items():
        table[said, said] -= share
        table[said, meant] += share
    return table


def _ways_to_look(ink: Mask) -> list[NDArray[Any]]:
    high = ink.shape[0]
    edge = round(_SLANT * high / 2) + 2
    plain = np.pad(ink.astype(np.float32), ((2, 2), (edge, edge)))
    slanted = [
        cv2.warpAffine(
            plain, np.array([[1, by, -by * (high / 2 + 2)], [0, 1, 0]]), plain.shape[::-1]
        )
        for by in (-_SLANT, _SLANT)
    ]
    return [plain, *(np.asarray(one) for one in slanted)]


def _fits(parts: Sequence[Piece], high: float) -> float:
    """How well pieces go together: what stands far apart was written as two."""
    fit = 1.0
    for one, other in pairwise(parts):
        gap = max(0, other.left - one.right) / high
        fit *= 0.5 * exp(-gap / 0.12)
    tall = max(part.bottom for part in parts) - min(part.top for part in parts)
    return fit * exp(-abs(log(max(tall / high, 0.05))) * 0.6)


def _together(parts: Sequence[Piece]) -> Piece:
    left, top = min(p.left for p in parts), min(p.top for p in parts)
    right, bottom = max(p.right for p in parts), max(p.bottom for p in parts)
    ink = np.zeros((bottom - top, right - left), bool)
    for part in parts:
        ink[part.top - top : part.bottom - top, part.left - left : part.right - left] |= part.ink
    return Piece(left, top, ink)


@cache
def has_hand_net() -> bool:
    """Whether the net was shipped; without it a mark has no candidates."""
    try:
        HandDigits.load()
    except FileNotFoundError:
        return False
    return True
