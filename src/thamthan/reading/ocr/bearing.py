"""Which way the lines of a pictured page run: along it or up and down it, and how far aslope."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# What is less is a speck, what is larger or longer than so many times its width no letter.
_SPECK, _LARGEST, _LONG = 6, 80, 6
# Of the size that most letters share: what is about as large, and how near the next one stands.
_SMALLER, _LARGER, _NEAR = 0.7, 1.5, 2.5
# So many letters are asked for their nearest neighbour, and so many of them it must stand beside.
_ASKED, _FEW, _BESIDE = 400, 12, 0.4
# The page is looked at in so many strips for its slope, and that small.
_STRIPS, _ALONG = 64, 1100
_STEEPEST = 8.0


def runs_upright(ink: NDArray[np.bool_]) -> bool:
    """บรรทัดตั้ง: whether the lines of print run up and down the page.

    A letter's next one in its line stands nearer to it than any of the line above or below, on a
    page that hangs, too, and where there is little on it. What is too little to tell lies.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.view(np.uint8), connectivity=8)
    boxes = stats[1:count].astype(np.int64)
    long, short = boxes[:, 2:4].max(axis=1, initial=0), boxes[:, 2:4].min(axis=1, initial=_LARGEST)
    # Strokes many times as long as they are wide are rules, or the bars of a bar code.
    likely = (boxes[:, 4] >= _SPECK) & (long < np.minimum(_LARGEST, _LONG * short))
    boxes, long = boxes[likely], long[likely]
    if len(boxes) < _FEW:
        return False
    counted = np.bincount(long, weights=long.astype(np.float64), minlength=_LARGEST)
    size = float(np.convolve(counted, [0.25, 0.5, 1, 0.5, 0.25], mode="same").argmax())
    letters = boxes[(long >= _SMALLER * size) & (long <= _LARGER * size)]
    middles = (letters[:, :2] + letters[:, 2:4] / 2).astype(np.float32)
    asked = middles[:: max(1, len(middles) // _ASKED)]
    away = np.abs(asked[:, None, :] - middles[None, :, :])
    far = np.square(away).sum(axis=2)
    far[far < 1] = np.inf
    nearest = far.argmin(axis=1)
    which = np.arange(len(asked))
    close = far[which, nearest] < (_NEAR * size) ** 2
    steps = away[which, nearest][close]
    return len(steps) >= _FEW and float((steps[:, 0] > steps[:, 1]).mean()) < _BESIDE


def slope_of(ink: NDArray[np.bool_]) -> float:
    """ความเอียง: the angle at which the rows of ink stand out most sharply, in degrees.

    The page is not turned for each angle that is tried: it is cut into upright strips, and the
    rows of each are moved up or down by as much as they would rise or fall.
    """
    part = min(1.0, _ALONG / max(ink.shape))
    small = cv2.resize(
        ink.view(np.uint8) * 255, None, fx=part, fy=part, interpolation=cv2.INTER_AREA
    )
    wide = small.shape[1]
    edges = np.linspace(0, wide, min(_STRIPS, wide) + 1).round().astype(np.int64)
    sums = np.add.reduceat(np.asarray(small, np.float32), edges[:-1], axis=1).T
    middles = (edges[:-1] + edges[1:]) / 2 - wide / 2
    room = int(np.abs(middles).max() * np.tan(np.radians(_STEEPEST + 2))) + 2
    strips = np.pad(sums, ((0, 0), (room, room)))

    def sharp(angle: Any) -> float:
        return _sharp(strips, middles * np.tan(np.radians(float(angle))), room)

    best = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0), key=sharp)
    best = max(np.arange(best - 1, best + 1.01, 0.25), key=sharp)
    return float(max(np.arange(best - 0.2, best + 0.21, 0.05), key=sharp))


def _sharp(strips: NDArray[np.float32], moved: NDArray[np.float64], room: int) -> float:
    """How sharply rows stand out when each strip is moved by so many dots."""
    high = strips.shape[1] - 2 * room
    total = np.zeros(high, np.float64)
    for strip, by in zip(strips, moved, strict=True):
        whole = int(np.floor(by))
        share = by - whole
        start = room + whole
        total += (1 - share) * strip[start : start + high]
        total += share * strip[start + 1 : start + 1 + high]
    return float(np.square(np.diff(total)).sum())
