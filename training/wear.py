"""สภาพกระดาษ: what printing, copying, scanning and faxing do to a line before it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.lines import ENLARGED, Line

Shades = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scan:
    """A line as the scanner gives it: ink 0…1, its owners, and where the line runs."""

    ink: Shades
    owners: NDArray[np.uint8]
    signs: str
    consonant: float
    # The line of feet: its height at the left edge, and how much it falls a pixel.
    baseline: float
    slope: float


def scan(
    line: Line, rng: np.random.Generator, *, harsh: float, among: Sequence["Wear"] = ()
) -> Scan:
    """สแกน: bends the line and makes it small, then wears the ink.

    `harsh` is the chance of one of the wears `among` which a net may be kept from before it is
    judged: all four of fax, copy of a copy, moved paper and wavy paper when none are named.
    """
    ink = _stroke(line.ink, rng)
    bent = _bend(replace(line, ink=ink), rng)
    if rng.random() < harsh:
        kinds = among or HARSH
        wear = kinds[int(rng.integers(len(kinds)))]
        return wear(_wear(bent, rng, gentle=True), rng)
    return _wear(bent, rng, gentle=rng.random() < 0.35)


def _stroke(ink: Shades, rng: np.random.Generator) -> Shades:
    """Fatter or thinner strokes: toner spreads, a worn ribbon does not."""
    chance = rng.random()
    if chance > 0.5:
        return ink
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    changed = cv2.dilate(ink, kernel) if chance < 0.3 else cv2.erode(ink, kernel)
    # A thin face would vanish when it is thinned as much as a bold one.
    share = rng.uniform(0.2, 1.0) if chance < 0.3 else rng.uniform(0.2, 0.6)
    return np.asarray(ink * (1 - share) + changed * share, np.float32)


def _bend(line: Line, rng: np.random.Generator) -> Scan:
    """Shrinks to the size of reading, with some turn, slant, stretch and perspective."""
    high, wide = line.ink.shape
    turn = np.deg2rad(rng.normal(0.0, 0.7))
    slant = rng.normal(0.0, 0.06) if rng.random() < 0.6 else 0.0
    stretch = rng.uniform(0.9, 1.1)
    scale = 1.0 / ENLARGED
    small = (int(wide * scale * stretch) + 2, int(high * scale) + 2)
    matrix = np.array(
        [
            [scale * stretch, scale * slant, rng.uniform(0, 1) - slant * line.baseline * scale],
            [scale * stretch * np.tan(turn), scale, rng.uniform(0, 1)],
            [rng.normal(0, 0.02) / wide, rng.normal(0, 0.03) / wide, 1.0],
        ]
    )
    matrix[1, 2] -= matrix[1, 0] * wide / 2
    blurred = cv2.GaussianBlur(line.ink, (0, 0), 0.75)
    ink = cv2.warpPerspective(blurred, matrix, small, flags=cv2.INTER_LINEAR)
    owners = cv2.warpPerspective(line.owners, matrix, small, flags=cv2.INTER_NEAREST)
    ends = np.array([[[0.0, line.baseline], [float(wide), line.baseline]]], np.float64)
    (left, first), (right, last) = cv2.perspectiveTransform(ends, matrix)[0]
    slope = float((last - first) / (right - left))
    return Scan(
        np.asarray(ink, np.float32),
        np.asarray(owners, np.uint8),
        line.signs,
        line.consonant * scale,
        float(first - slope * left),
        slope,
    )


def _wear(page: Scan, rng: np.random.Generator, *, gentle: bool) -> Scan:
    much = 0.3 if gentle else 1.0
    ink = page.ink
    if rng.random() < 0.8:
        ink = _blurred(ink, rng.uniform(0.2, 0.4 + 0.6 * much))
    if rng.random() < 0.35 * much:
        ink = _broken(ink, rng)
    ink = np.asarray(ink * rng.uniform(0.55, 1.0), np.float32)
    if rng.random() < 0.3:
        across = np.linspace(0.0, rng.normal(0.0, 0.25), ink.shape[1], dtype=np.float32)
        light = np.abs(across)
        ink = np.asarray(ink * (1.0 - light) + 0.3 * light, np.float32)
    if rng.random() < 0.7:
        noise = rng.standard_normal(ink.shape, dtype=np.float32)
        grain = noise if rng.random() < 0.6 else 2.0 * _blurred(noise, 0.7)
        ink = np.asarray(ink + grain * rng.uniform(0.01, 0.12 * much + 0.02), np.float32)
    if rng.random() < 0.3 * much:
        ink = _speckled(ink, rng)
    if rng.random() < 0.6:
        ink = _squeezed(ink, int(rng.integers(20 if not gentle else 50, 92)))
    return replace(page, ink=np.clip(ink, 0.0, 1.0).astype(np.float32))


def _blurred(ink: Shades, sigma: float) -> Shades:
    return np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.float32)


def _broken(ink: Shades, rng: np.random.Generator) -> Shades:
    """Ink that did not take: pale clouds, or thin white scratches."""
    if rng.random() < 0.6:
        noise = rng.standard_normal(ink.shape, dtype=np.float32)
        clouds = _blurred(noise, rng.uniform(0.8, 3.0))
        clouds /= max(float(clouds.std()), 1e-6)
        return np.asarray(ink * np.where(clouds > rng.uniform(1.2, 2.2), 0.25, 1.0), np.float32)
    scratched = ink.copy()
    high, wide = ink.shape
    for _ in range(int(rng.integers(1, 5))):
        if rng.random() < 0.4:
            row = int(rng.integers(high))
            scratched[row : row + 1] *= 0.2
        else:
            start = (int(rng.integers(wide)), int(rng.integers(high)))
            end = (start[0] + int(rng.normal(0, 20)), start[1] + int(rng.normal(0, 20)))
            cv2.line(scratched, start, end, 0.0, 1)
    return scratched


def _speckled(ink: Shades, rng: np.random.Generator) -> Shades:
    drawn = rng.random(ink.shape, dtype=np.float32)
    share = rng.uniform(0.001, 0.015)
    return np.asarray(np.where(drawn < share, 1.0, np.where(drawn > 1 - share, 0.0, ink)))


def _squeezed(ink: Shades, quality: int) -> Shades:
    page = np.clip(255.0 - 255.0 * ink, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])
    opened = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    return (255.0 - np.asarray(opened, np.float32)) / np.float32(255.0)


def _fax(page: Scan, rng: np.random.Generator) -> Scan:
    """Black and white at half the rows or three quarters of both, then drawn large again."""
    high, wide = page.ink.shape
    rows = 0.5 if rng.random() < 0.4 else rng.uniform(0.7, 0.9)
    columns = 1.0 if rows == 0.5 else rows
    small = cv2.resize(
        page.ink,
        (max(8, int(wide * columns)), max(8, int(high * rows))),
        interpolation=cv2.INTER_AREA,
    )
    threshold = rng.uniform(0.3, 0.5) * float(small.max())
    coarse = (small > threshold).astype(np.float32)
    return replace(page, ink=np.asarray(cv2.resize(coarse, (wide, high)), np.float32))


def _copy_of_copy(page: Scan, rng: np.random.Generator) -> Scan:
    """Twice made black and white, with the dust of the glass."""
    ink = page.ink
    for _ in range(2):
        ink = _blurred(ink, rng.uniform(0.5, 0.9))
        centre = rng.uniform(0.32, 0.5) * float(ink.max())
        ink = np.clip((ink - centre) * 6.0 + 0.5, 0.0, 1.0).astype(np.float32)
        if rng.random() < 0.5:
            ink = _speckled(ink, rng)
    return replace(page, ink=_blurred(ink, 0.4))


def _moved(page: Scan, rng: np.random.Generator) -> Scan:
    """Smeared along one direction: a photograph by hand, or paper pulled by the feeder."""
    length = int(rng.integers(2, 5))
    kernel = np.zeros((5, 5), np.float32)
    angle = rng.uniform(0, np.pi)
    for step in np.linspace(-length / 2, length / 2, 16):
        column = round(2 + step * float(np.cos(angle)) * 0.8)
        row = round(2 + step * float(np.sin(angle)) * 0.8)
        kernel[min(max(row, 0), 4), min(max(column, 0), 4)] = 1.0
    smeared = cv2.filter2D(page.ink, -1, kernel / kernel.sum())
    return replace(page, ink=np.asarray(smeared, np.float32))


def _wavy(page: Scan, rng: np.random.Generator) -> Scan:
    """Paper that does not lie flat, and glyphs that are pulled a little out of shape."""
    high, wide = page.ink.shape
    pulls = []
    for _ in range(2):
        noise = rng.standard_normal((high, wide)).astype(np.float32)
        cloud = _blurred(noise, page.consonant * 0.35)
        pulls.append(cloud / max(float(cloud.std()), 1e-6) * np.float32(rng.uniform(0.3, 0.9)))
    rows, columns = np.mgrid[0:high, 0:wide].astype(np.float32)
    across, down = columns + pulls[0], rows + pulls[1]
    ink = cv2.remap(page.ink, across, down, cv2.INTER_LINEAR)
    owners = cv2.remap(page.owners, across, down, cv2.INTER_NEAREST)
    return replace(page, ink=np.asarray(ink, np.float32), owners=np.asarray(owners, np.uint8))


Wear = Callable[[Scan, np.random.Generator], Scan]
BLACK_AND_WHITE: tuple[Wear, ...] = (_fax, _copy_of_copy)
MOVED: tuple[Wear, ...] = (_moved, _wavy)
HARSH = (*BLACK_AND_WHITE, *MOVED)
