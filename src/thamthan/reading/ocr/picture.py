"""A picture of a page is made flat, level, grey and of one size, and every place leads back."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.bearing import runs_upright, slope_of

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]

# Consonants of this many dots are what the recogniser reads best; larger is worse (measured).
CONSONANT = 18.0
_MOST_DOTS_ALONG = 3600
_DARK = 160
# How far from white pale print is at least, and how far all print is made to be.
_PALEST = 60.0
_DEPTH = 200.0


@dataclass(frozen=True, slots=True)
class Worked:
    """A picture ready for its lines to be cut: grey on white, with the place of coloured ink."""

    grey: Picture
    ink: NDArray[np.bool_]
    coloured: NDArray[np.bool_]
    consonant: float
    back: Matrix
    # Ink of a colour alone, as dark as it is; None where the page has none.
    tinted: Picture | None = None

    def in_colour(self) -> "Worked | None":
        """สิ่งที่พิมพ์ด้วยหมึกสี: the same page with nothing but its coloured ink."""
        if self.tinted is None:
            return None
        return replace(self, grey=self.tinted, ink=self.tinted < _DARK, tinted=None)

    def in_all_inks(self) -> "Worked":
        """สิ่งที่พิมพ์ด้วยหมึกทุกสี: the same page with its coloured ink as dark as its black."""
        if self.tinted is None:
            return self
        grey = np.minimum(self.grey, self.tinted)
        return replace(self, grey=grey, ink=grey < _DARK, tinted=None)

    def upside_down(self) -> "Worked":
        """กลับหัว: the same page turned by half."""
        high, wide = self.grey.shape
        forth = np.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]], dtype=np.float64)
        tinted = self.tinted
        return replace(
            self,
            grey=_half_turned(self.grey),
            ink=_half_turned(self.ink),
            coloured=_half_turned(self.coloured),
            back=self.back @ forth,
            tinted=_half_turned(tinted) if tinted is not None else None,
        )

    def origin(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box of the worked picture as an upright box of the picture it was made from."""
        left, top, right, bottom = box
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]])
        at = cv2.perspectiveTransform(corners.astype(np.float64), self.back)[0]
        low, high = at.min(axis=0), at.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _half_turned(picture: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(picture[::-1, ::-1])


def as_colours(picture: NDArray[Any]) -> Picture:
    """Any picture as red, green, blue of eight bits."""
    dots = np.asarray(picture)
    if dots.dtype == np.bool_:
        dots = dots.astype(np.uint8) * 255
    if dots.dtype != np.uint8:
        most = float(dots.max(initial=1)) or 1.0
        dots = (dots.astype(np.float64) / most * 255).astype(np.uint8)
    if dots.ndim == 2:
        dots = np.repeat(dots[:, :, None], 3, axis=2)
    return np.ascontiguousarray(dots[:, :, :3])


def work_up(picture: Picture, *, turned: int = 0) -> Worked | None:
    """เตรียมภาพ: the picture as the recogniser wants it; None where there is no print to see.

    1. Too large a picture is made smaller; a photographed page is cut out and straightened.
    2. The paper is made white everywhere; coloured ink is taken out of the grey and remembered.
    3. Noise is smoothed where there is much; the lines are made level (a quarter turn included).
    4. All is scaled so that consonants are 18 dots high.
    """
    picture, back = _small_enough(picture)
    picture, back = _page_alone(picture, back)
    picture, back = _turned(picture, back, turned)
    grey, coloured, tinted = _on_white(picture)
    ink = grey < _DARK
    if not 20 < int(ink.sum()) < 0.6 * ink.size:
        return None
    height = consonant_height(ink)
    if height is None:
        return None
    angle = slope_of(ink)
    return _level((grey, coloured, tinted), back, angle=angle, scale=CONSONANT / height)


def _small_enough(picture: Picture) -> tuple[Picture, Matrix]:
    longest = max(picture.shape[:2])
    if longest <= _MOST_DOTS_ALONG:
        return picture, np.eye(3)
    part = _MOST_DOTS_ALONG / longest
    small = cv2.resize(picture, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    return _dots(small), np.diag([1 / part, 1 / part, 1.0])


def _dots(picture: Any) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


def _page_alone(picture: Picture, back: Matrix) -> tuple[Picture, Matrix]:
    """The largest bright four-sided thing on a darker ground, straightened; else as it is."""
    corners = _page_corners(picture)
    if corners is None:
        return picture, back
    wide = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3]))
    high = max(np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    # A page is A4, standing or lying, when it comes near to it.
    for ratio in (2**0.5, 2**-0.5):
        if 0.82 < high / wide / ratio < 1.22:
            high = wide * ratio
    to = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    forth = cv2.getPerspectiveTransform(corners.astype(np.float32), to)
    flat = cv2.warpPerspective(
        picture, forth, (round(wide), round(high)), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3
    )
    return _dots(flat), back @ np.linalg.inv(forth)


def _page_corners(picture: Picture) -> NDArray[np.float64] | None:
    """The corners of the page, clockwise from the top left, where one stands out from its ground.

    A shadow may lie over a part of the page, so that many thresholds are tried; the largest thing
    with four corners whose every side is an edge between light and dark is the page.
    """
    part = 700 / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    high, low = _dots(small).max(axis=2), _dots(small).min(axis=2)
    # Paper is bright, and it is pale: wood in the light may be as bright as paper in the shade.
    pale = 255 - cv2.subtract(high, low) * np.float32(255) / np.maximum(high, 1)
    best: NDArray[np.float64] | None = None
    for channel in (high, low, _dots(pale)) if (high != low).any() else (high,):
        calm = _dots(cv2.medianBlur(channel, 9))
        # Closed once: what is bright in the closed grey is what closing the bright would give.
        closed = _dots(cv2.morphologyEx(calm, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8)))
        for threshold in range(40, 221, 10):
            four = _largest_four_sided(calm, closed, threshold)
            if four is not None and (best is None or _area(four) > _area(best)):
                best = four
    if best is None:
        return None
    total, unlike = best.sum(axis=1), best[:, 0] - best[:, 1]
    order = [total.argmin(), unlike.argmax(), total.argmax(), unlike.argmin()]
    return best[order] / part if len(set(map(int, order))) == 4 else None


def _area(corners: NDArray[np.float64]) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))


def _largest_four_sided(
    grey: Picture, closed: Picture, threshold: int
) -> NDArray[np.float64] | None:
    if not 0.15 < np.count_nonzero(grey > threshold) / grey.size < 0.96:
        return None
    bright = (closed > threshold).view(np.uint8)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(largest)
    four = cv2.approxPolyDP(largest, 0.02 * cv2.arcLength(largest, closed=True), closed=True)
    if len(four) != 4 or not 0.2 < area / grey.size < 0.96:
        return None
    if not 0.96 < cv2.contourArea(four) / area < 1.04 or not _is_square(four.reshape(4, 2)):
        return None
    corners = np.asarray(four.reshape(4, 2), dtype=np.float64)
    return corners if _weakest_side(grey, corners) > 14 else None


def _weakest_side(grey: Picture, corners: NDArray[np.float64]) -> float:
    """How much brighter it is within than without, along the side where that is least."""
    middle = corners.mean(axis=0)
    high, wide = grey.shape
    steps: list[float] = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = start + (end - start) * np.linspace(0.06, 0.94, 60)[:, None]
        across = np.array([end[1] - start[1], start[0] - end[0]])
        across /= max(float(np.linalg.norm(across)), 1e-9)
        if float(across @ (middle - start)) < 0:
            across = -across
        within, without = along + 7 * across, along - 7 * across
        seen = ((without >= 0) & (without < [wide, high])).all(axis=1)
        if seen.sum() < 40:
            return 0.0
        inner, outer = within[seen].astype(int), without[seen].astype(int)
        inner = inner.clip(0, [wide - 1, high - 1])
        step = grey[inner[:, 1], inner[:, 0]].astype(int) - grey[outer[:, 1], outer[:, 0]]
        steps.append(float(np.percentile(step, 20)))
    return min(steps)


def _is_square(four: NDArray[Any]) -> bool:
    """Whether every corner is near to a right angle, as even a page seen from the side has it."""
    ahead = (np.roll(four, -1, axis=0) - four).astype(np.float64)
    behind = (np.roll(four, 1, axis=0) - four).astype(np.float64)
    lengths = np.linalg.norm(ahead, axis=1) * np.linalg.norm(behind, axis=1)
    return bool((np.abs((ahead * behind).sum(axis=1)) < 0.4 * np.maximum(lengths, 1e-9)).all())


def _turned(picture: Picture, back: Matrix, turned: int) -> tuple[Picture, Matrix]:
    """The picture after so many quarter turns, one more where its lines run up and down."""
    high, wide = picture.shape[:2]
    quarters = (turned + _lies(picture)) % 4
    if not quarters:
        return picture, back
    forth = {
        1: np.array([[0, -1, high], [1, 0, 0], [0, 0, 1]], dtype=np.float64),
        2: np.array([[-1, 0, wide], [0, -1, high], [0, 0, 1]], dtype=np.float64),
        3: np.array([[0, 1, 0], [-1, 0, wide], [0, 0, 1]], dtype=np.float64),
    }[quarters]
    turned_picture = np.ascontiguousarray(np.rot90(picture, -quarters))
    return turned_picture, back @ np.linalg.inv(forth)


def _lies(picture: Picture) -> bool:
    """Whether the picture must be turned for its lines to run along it."""
    part = min(1.0, 1400 / max(picture.shape[:2]))
    small = cv2.resize(picture[:, :, 1], None, fx=part, fy=part, interpolation=cv2.INTER_AREA)
    return runs_upright(cleaned(_dots(small)) < _DARK)


_Inks = tuple[Picture, NDArray[np.bool_], Picture | None]


def _on_white(picture: Picture) -> _Inks:
    """The grey of black ink on evenly white paper, where ink of a colour stood, and that ink."""
    if not _has_colour(picture):
        grey = cleaned(picture[:, :, 1])
        return grey, np.zeros(grey.shape, np.bool_), None
    channels = [_divided(picture[:, :, which]) for which in range(3)]
    high = cv2.max(cv2.max(channels[0], channels[1]), channels[2])
    low = cv2.min(cv2.min(channels[0], channels[1]), channels[2])
    coloured = (high.astype(np.int16) - low > 60) & (low < 170)
    tint = cv2.dilate(
        ((high.astype(np.int16) - low > 35) & (low < 205)).astype(np.uint8),
        np.ones((3, 3), np.uint8),
    )
    tinted = np.where(np.asarray(tint) > 0, low, 255).astype(np.uint8)
    return _stretched(_smoothed(_dots(high))), coloured, _stretched(tinted)


def _has_colour(picture: Picture) -> bool:
    """Whether anything on the page is of a colour; a grey scan has three like channels."""
    some = picture[::4, ::4].astype(np.int16)
    return bool((np.ptp(some, axis=2) > 40).mean() > 1e-4)


def _stretched(grey: Picture) -> Picture:
    """The same with the darkest ink black, for a pale print is ink all the same."""
    low = min(_darkest(grey), 130.0)
    shades = np.arange(256, dtype=np.float32)
    table = np.clip((shades - np.float32(low)) * np.float32(255 / (245 - low)), 0, 255)
    return _dots(cv2.LUT(grey, table.astype(np.uint8)))


def _darkest(grey: Picture) -> float:
    """The shade than which a twentieth of the ink is darker; nought where there is hardly any."""
    counted = np.cumsum(cv2.calcHist([grey], [0], None, [200], [0, 200]).ravel().astype(np.int64))
    if counted[-1] <= 50:
        return 0.0
    rank = 0.05 * (float(counted[-1]) - 1)
    low, high = np.searchsorted(counted, [np.floor(rank), np.ceil(rank)], side="right")
    return float(low + (high - low) * (rank - np.floor(rank)))


def cleaned(channel: Picture) -> Picture:
    """ปรับให้ขาวดำชัด: one channel of a page as black ink on evenly white, calm paper."""
    return _stretched(_smoothed(_divided(channel)))


def _divided(channel: Picture) -> Picture:
    """A channel over its own paper, which is found on a quarter of the size."""
    small = cv2.resize(channel, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    if min(small.shape) < 3:
        return channel
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))
    paper = cv2.medianBlur(paper, 41)
    paper = cv2.resize(paper, (channel.shape[1], channel.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _dots(cv2.divide(channel, np.maximum(paper, 40), scale=250))


def _smoothed(grey: Picture) -> Picture:
    """The grey without its noise, where the paper shows much of it."""
    calm = cv2.medianBlur(grey, 3)
    paper = calm > 200
    if not paper.any():
        return grey
    noise = float(np.abs(grey.astype(np.int16) - calm)[paper].mean())
    return _dots(cv2.bilateralFilter(calm, 5, 40, 3)) if noise > 3 else grey


def consonant_height(ink: NDArray[np.bool_]) -> float | None:
    """The height that most letters share; None where nothing looks like print."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    boxes = stats[1:count]
    wide, high = boxes[:, 2], boxes[:, 3]
    likely = (high >= 6) & (high <= 200) & (wide >= 0.25 * high) & (wide <= 4 * high)
    heights = np.asarray(high[likely], dtype=np.int64)
    if len(heights) < 3:
        return None
    counted = np.bincount(heights, weights=heights.astype(np.float64), minlength=220)
    votes = np.convolve(counted, [0.25, 0.5, 1, 0.5, 0.25], mode="same")
    most = int(votes.argmax())
    near = heights[np.abs(heights - most) <= max(2, 0.12 * most)]
    return float(near.mean())


def _evenly_dark(grey: Picture, *, spared: NDArray[np.bool_] | None) -> Picture:
    """The same with pale print made as dark as the rest: a name stamped in grey is print, too.

    Only where the darkest ink around is that of print, paler than black and far from paper; what
    shines through from the back of the page stays pale, and so does coloured ink among black.
    """
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    darkest = cv2.erode(small, np.ones((25, 25), np.uint8))
    darkest = cv2.GaussianBlur(darkest, (0, 0), 8)
    darkest = cv2.resize(darkest, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    depth = 255.0 - np.arange(256, dtype=np.float32)
    gains = np.where(depth > _PALEST, np.clip(_DEPTH / np.maximum(depth, 1), 1.0, 2.0), 1.0)
    gain = np.asarray(cv2.LUT(_dots(darkest), gains.astype(np.float32)), np.float32)
    if spared is not None:
        gain[spared] = 1.0
    return _dots(255 - cv2.multiply(255 - grey, gain, dtype=cv2.CV_8U))


def _level(inks: _Inks, back: Matrix, *, angle: float, scale: float) -> Worked:
    grey, coloured, tinted = inks
    high, wide = grey.shape
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    spun = np.vstack([cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1), [0, 0, 1]])
    forth = np.diag([scale, scale, 1.0]) @ spun

    def flat(picture: Picture, spared: NDArray[np.bool_] | None = None) -> Picture:
        source = picture
        if scale < 0.8:
            # Dots are averaged, not left out, when the picture becomes smaller.
            source = _dots(cv2.GaussianBlur(picture, (0, 0), 0.35 / scale))
        turned = cv2.warpAffine(source, forth[:2], size, flags=cv2.INTER_CUBIC, borderValue=255)
        return _evenly_dark(_dots(turned), spared=spared)

    tint = cv2.warpAffine(coloured.view(np.uint8), forth[:2], size, flags=cv2.INTER_NEAREST)
    near = np.asarray(cv2.dilate(np.asarray(tint, np.uint8), np.ones((3, 3), np.uint8))) > 0
    level = flat(grey, near)
    return Worked(
        grey=level,
        ink=level < _DARK,
        coloured=tint > 0,
        consonant=CONSONANT,
        back=back @ np.linalg.inv(forth),
        tinted=flat(tinted) if tinted is not None else None,
    )
