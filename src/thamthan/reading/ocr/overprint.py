"""ตราที่ทับตัวพิมพ์: print that runs through a stamp is told from the stamp by its darker ink."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

# How much darker, of 255, print must be than the stamp's ink to be told apart, and how near to the
# print beside the stamp.
_DARKER, _LIKE_PRINT = 24.0, 40.0
# Of a consonant's height squared: smaller dark spots are where the stamp's ink ran thick, and less
# ink is no line.
_SPOT, _FEWEST = 0.1, 1.0
# Of the way from dark to pale: what is as dark as this and hangs on what is dark is print, too.
_ALSO = 0.4
# How near to a stamp, of a consonant's height, and how many letters tell that a line runs on.
_BESIDE, _LETTERS = 12.0, 2
# Thinner than any letter: a piece of the stamp's own border.
_THIN = 0.12
_AROUND = np.ones((3, 3), np.uint8)


def darkness_of_print(grey: NDArray[np.uint8], ink: NDArray[np.bool_]) -> float:
    """ความเข้มของตัวพิมพ์: how dark the middle of a stroke of this ink is, as a grey."""
    return float(np.median(_middles(grey)[ink])) if ink.any() else 255.0


def lines_through(
    stamp: tuple[int, int, int, int], letters: Sequence[tuple[int, int, int, int]], *, size: float
) -> list[tuple[int, int]]:
    """บรรทัดที่ลอดตรา: from where to where down the page lines may run on behind a stamp.

    Told by the letters that stand close beside it; all are left, top, right and bottom, and `size`
    is a consonant's height.
    """
    left, top, right, bottom = stamp
    beside = sorted(
        (low, low - high)
        for first, high, last, low in letters
        if top < low < bottom + 0.5 * size
        and 0.6 * size < low - high < 3.5 * size
        and last - first > _THIN * size
        and (
            left - _BESIDE * size < last <= left + size
            or right - size <= first < right + _BESIDE * size
        )
    )
    bands: list[tuple[int, int]] = []
    while beside:
        foot, high = beside[0]
        row = [one for one in beside if one[0] - foot < 0.5 * high]
        beside = beside[len(row) :]
        if len(row) >= _LETTERS:
            feet, tall = (float(np.median([one[at] for one in row])) for at in (0, 1))
            bands.append((round(feet - 2.2 * tall), round(feet + 0.8 * tall)))
    return bands


def print_under(
    grey: NDArray[np.uint8], ink: NDArray[np.bool_], *, dark: float, size: float
) -> NDArray[np.bool_] | None:
    """ตัวพิมพ์ใต้ตรา: which of the ink of a line behind a stamp is print; None where none is.

    `dark` is the grey of print elsewhere, `size` a consonant's height.
    """
    middles = _middles(grey)
    values = middles[ink]
    if values.size < _FEWEST * size * size:
        return None
    limit = _between(values)
    lower, upper = values[values <= limit], values[values > limit]
    if not lower.size or not upper.size:
        return None
    paler = float(np.median(upper)) - float(np.median(lower))
    if paler < _DARKER or float(np.median(lower)) - dark > _LIKE_PRINT:
        return None
    # A stroke of print has dark places all along; what hangs on them is as much of it.
    likely = ((middles <= limit + _ALSO * (float(np.median(upper)) - limit)) & ink).astype(np.uint8)
    count, labels, _, _ = cv2.connectedComponentsWithStats(likely, connectivity=8)
    names = np.asarray(labels)
    surely = np.bincount(names[(middles <= limit) & ink], minlength=count)
    large = surely >= _SPOT * size * size
    large[0] = False
    found: NDArray[np.bool_] = large[names]
    return found if found.any() else None


def _middles(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """For each dot the darkest beside it: the pale rim of a thin stroke counts as its middle."""
    return np.asarray(cv2.erode(grey, _AROUND), dtype=np.uint8)


def _between(values: NDArray[np.uint8]) -> float:
    """The grey that best parts the values in two (Otsu)."""
    limit, _ = cv2.threshold(
        np.ascontiguousarray(values.reshape(-1, 1)), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU
    )
    return float(limit)
