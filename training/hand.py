"""ลายมือ: makes a line of a written-looking face look as if a person had written it."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.lines import Line


def written(line: Line, rng: np.random.Generator) -> Line:
    """เขียนด้วยมือ: every sign pulled out of shape, another pen, another slant."""
    across, down = _pulls(line, rng)
    ink = cv2.remap(line.ink, across, down, cv2.INTER_LINEAR)
    owners = cv2.remap(line.owners, across, down, cv2.INTER_NEAREST)
    bent = replace(line, ink=np.asarray(ink, np.float32), owners=np.asarray(owners, np.uint8))
    return _other_pen(bent, rng)


def _pulls(line: Line, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where each pixel comes from: slow drift, quick trembling, a slant that wanders."""
    high, wide = line.ink.shape
    rows, columns = np.mgrid[0:high, 0:wide].astype(np.float32)
    strength = rng.uniform(0.4, 1.3)
    # The ground that waves: sigmas and pulls are shares of the consonant's height.
    for sigma, pull in ((0.75, 0.11), (0.3, 0.045)):
        for axis in (columns, rows):
            axis += _cloud((high, wide), sigma * line.consonant, rng) * np.float32(
                pull * strength * line.consonant
            )
    wander = _cloud((1, wide), 1.5 * line.consonant, rng)
    slant = np.float32(rng.normal(0.0, 0.2)) + np.float32(0.1) * wander
    columns += slant * (rows - np.float32(line.baseline))
    return columns, rows


def _cloud(shape: tuple[int, int], sigma: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth noise of spread 1, blurred on a coarse grid, which is quicker."""
    coarse = max(1, int(sigma / 2))
    small = (shape[0] // coarse + 3, shape[1] // coarse + 3)
    noise = rng.standard_normal(small).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma / coarse), np.float32)
    soft /= max(float(soft.std()), 1e-6)
    return np.asarray(
        cv2.resize(soft, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32
    )


def _other_pen(line: Line, rng: np.random.Generator) -> Line:
    """A broader point, with its ink spread over the label as well; or the face's own."""
    if rng.random() < 0.4:
        return line
    width = max(2, int(line.consonant * rng.uniform(0.03, 0.11)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    owners = np.where(line.owners > 0, line.owners, cv2.dilate(line.owners, kernel))
    return replace(
        line,
        ink=np.asarray(cv2.dilate(line.ink, kernel), np.float32),
        owners=np.asarray(owners, np.uint8),
    )
