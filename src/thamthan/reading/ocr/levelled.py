"""A strip is brought to the one size, height and base line at which our own reader has learnt."""

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.picture import Picture

# Dots: how high a consonant is, how high the whole, and where the line of feet runs.
CONSONANT_HIGH = 16.0
HIGH = 52
FEET = 36.0
# White before the first and behind the last sign.
EDGE = 6
WIDEST = 4096


def levelled(picture: Picture, *, size: float, feet: tuple[float, float]) -> Picture:
    """ปรับระดับ: the strip with its consonants 16 dots high and its feet at row 36 of 52.

    `feet` is the height of the line of feet at the left and the right edge of the picture.
    """
    wide = picture.shape[1]
    scale = CONSONANT_HIGH / size
    across = min(max(1, round(wide * scale)), WIDEST)
    slope = (feet[1] - feet[0]) / max(wide, 1)
    matrix = np.array(
        [[scale, 0.0, EDGE], [-slope * scale, scale, FEET - feet[0] * scale]], dtype=np.float64
    )
    source = picture
    if scale < 0.7:
        source = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.35 / scale), np.uint8)
    flat = cv2.warpAffine(
        source, matrix, (across + 2 * EDGE, HIGH), flags=cv2.INTER_LINEAR, borderValue=255
    )
    return np.asarray(flat, dtype=np.uint8)


def as_input(pictures: list[Picture], *, wide: int) -> NDArray[np.float32]:
    """Pictures of one height as a batch: ink one, paper nought, white to the common width."""
    batch = np.zeros((len(pictures), 1, HIGH, wide), np.float32)
    for which, picture in enumerate(pictures):
        shown = picture[:, :wide]
        batch[which, 0, :, : shown.shape[1]] = (255.0 - shown.astype(np.float32)) / 255.0
    return batch
