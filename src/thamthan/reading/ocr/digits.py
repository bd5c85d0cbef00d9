"""อ่านตัวเลขไทย: tells which digit a blot of ink is, for Tesseract knows only five of the ten."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

GLYPH = 24
THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
OTHER = ""
CLASSES = (*THAI, *ARABIC, OTHER)

# The widest or tallest glyph leaves one white pixel on either side.
_FILLED = GLYPH - 2
_SHAPES = 3
# Larger batches fall out of the processor's cache and are slower a glyph.
_BATCH = 32


def glyph_of(ink: NDArray[Any]) -> tuple[NDArray[Any], float]:
    """ภาพตัวเลข: a component cut out of the page, made 24 × 24, and its width over its height.

    Ink is any number above nought: True, 1 or 255 for black and white, or shades of grey. White
    around it is cut away first. A piece without ink is an empty glyph of aspect 1.
    """
    import numpy as np

    shades: NDArray[Any] = np.atleast_2d(np.nan_to_num(np.asarray(ink, np.float32)))
    while shades.ndim > 2:
        shades = shades.max(axis=-1)
    glyph = np.zeros((GLYPH, GLYPH), np.float32)
    strongest = float(shades.max(initial=0.0))
    if strongest <= 0.0:
        return glyph, 1.0
    shades = np.maximum(shades, 0.0) / strongest
    rows = np.flatnonzero(shades.any(axis=1))
    columns = np.flatnonzero(shades.any(axis=0))
    shades = shades[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = shades.shape
    scale = _FILLED / max(height, width)
    tall, wide = max(1, round(height * scale)), max(1, round(width * scale))
    drawn = _areas(height, tall) @ shades @ _areas(width, wide).T
    top, left = (GLYPH - tall) // 2, (GLYPH - wide) // 2
    glyph[top : top + tall, left : left + wide] = drawn
    return glyph, width / height


def shape_of(
    width: float,
    height: float,
    *,
    foot: float | None = None,
    consonant: float | None = None,
) -> tuple[float, float, float]:
    """รูปทรง: aspect, height and place of a component, in the order that `classify` takes them.

    `consonant` is how high the line's plain consonants are, `foot` how far the component's lower
    edge lies above the line they stand on, both in pixels; what is not known is given as nan.
    """
    unknown = float("nan")
    known = consonant if consonant and consonant > 0 else None
    return (
        width / max(height, 1.0),
        height / known if known else unknown,
        foot / known if known and foot is not None else unknown,
    )


class DigitNet:
    """โครงข่ายอ่านตัวเลข: four small convolutions and two layers, read with numpy alone."""

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        self._weights = weights

    @classmethod
    def load(cls) -> DigitNet:
        """The net that was shipped, read once; see `training/` for how it came to be."""
        return _load("digits.npz")

    def classify(self, glyphs: ArrayLike, shapes: ArrayLike | None = None) -> NDArray[Any]:
        """จำแนก: for each of n glyphs the probability of every one of `CLASSES`, as (n, 21).

        `glyphs` come from `glyph_of`, `shapes` from `shape_of`; missing columns and nan are taken
        as not known. The probabilities are calibrated: of a hundred glyphs called ๖ with 0.9,
        some ninety are ๖.
        """
        import numpy as np

        stack = np.asarray(glyphs, np.float32).reshape(-1, GLYPH, GLYPH, 1)
        features = features_of(shapes, len(stack))
        found = np.empty((len(stack), len(CLASSES)), np.float32)
        for start in range(0, len(stack), _BATCH):
            batch = slice(start, start + _BATCH)
            found[batch] = self._probabilities(stack[batch], features[batch])
        return found

    def _probabilities(self, glyphs: NDArray[Any], features: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        weights = self._weights
        seen = glyphs
        for layer, stride in (("first", 2), ("second", 1), ("third", 2), ("fourth", 2)):
            kernel, shift = weights[f"{layer}_kernel"], weights[f"{layer}_shift"]
            seen = np.maximum(_convolve(seen, kernel, stride) + shift, 0.0)
        flat = np.concatenate((seen.reshape(len(glyphs), -1), features), axis=1)
        hidden = np.maximum(flat @ weights["hidden_kernel"] + weights["hidden_shift"], 0.0)
        scores = hidden @ weights["last_kernel"] + weights["last_shift"]
        scores = scores / weights["temperature"]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
        return probabilities


class HandDigits:
    """ตัวเลขลายมือ: ranks what a digit written by hand may be; a person picks, never the net."""

    def __init__(self, net: DigitNet) -> None:
        self._net = net

    @classmethod
    def load(cls) -> HandDigits:
        """The second net, trained on faces that look written."""
        return cls(_load("hand_digits.npz"))

    def candidates(self, ink: NDArray[Any], *, most: int = 3) -> list[tuple[str, float]]:
        """ผู้สมัคร: the likeliest classes of one blot and their probabilities, best first.

        An empty string among them says that it may be no digit at all.
        """
        glyph, aspect = glyph_of(ink)
        found = self._net.classify(glyph[None], [[aspect]])[0]
        ranked = (-found).argsort()[: max(0, most)]
        return [(CLASSES[kind], float(found[kind])) for kind in ranked]

    def odds(self, inks: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """โอกาส: for each blot the odds of 0…9, Thai and Arabic alike, and last of no digit."""
        import numpy as np

        if not inks:
            return np.zeros((0, 11), np.float32)
        glyphs = [glyph_of(ink) for ink in inks]
        found = self._net.classify(
            np.stack([glyph for glyph, _ in glyphs]), [[aspect] for _, aspect in glyphs]
        )
        told: NDArray[Any] = np.concatenate(
            (found[:, :10] + found[:, 10:20], found[:, 20:21]), axis=1
        )
        return told


@cache
def _load(name: str) -> DigitNet:
    import numpy as np

    with (
        files("thamthan").joinpath("data", "ocr", name).open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        return DigitNet({key: kept[key].astype(np.float32) for key in kept.files})


@cache
def _areas(before: int, after: int) -> NDArray[Any]:
    """How much of each old pixel falls into each new one: a row for every new pixel."""
    import numpy as np

    edges = np.arange(after + 1) * (before / after)
    pixels = np.arange(before)
    ends = np.minimum(edges[1:, None], pixels + 1)
    overlap = np.maximum(ends - np.maximum(edges[:-1, None], pixels), 0.0)
    shares: NDArray[Any] = (overlap * (after / before)).astype(np.float32)
    return shares


def features_of(shapes: ArrayLike | None, count: int) -> NDArray[Any]:
    """The three measures brought to about −1…1, nought where not known, and three flags."""
    import numpy as np

    full = np.full((count, _SHAPES), np.nan, np.float32)
    if shapes is not None and count:
        given = np.asarray(shapes, np.float32).reshape(count, -1)[:, :_SHAPES]
        full[:, : given.shape[1]] = given
    known = np.isfinite(full)
    aspect, height, foot = np.where(known, full, 1.0).T
    measures = np.stack(
        (
            np.log(np.clip(aspect, 0.05, 20.0)),
            np.clip(height, 0.0, 4.0) * 2.0 - 2.5,
            np.clip(foot, -2.0, 2.0) * 2.0,
        ),
        axis=1,
    )
    flags = known.astype(np.float32)
    return np.concatenate((measures.astype(np.float32) * flags, flags), axis=1)


def _convolve(seen: NDArray[Any], kernel: NDArray[Any], stride: int) -> NDArray[Any]:
    """A convolution of (n, rows, columns, channels) as one product; the picture keeps its size."""
    import numpy as np

    side = kernel.shape[0]
    edge = side // 2
    padded = np.pad(seen, ((0, 0), (edge, edge), (edge, edge), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(1, 2))
    windows = windows[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)
    count, rows, columns = windows.shape[:3]
    product = windows.reshape(count * rows * columns, -1) @ kernel.reshape(-1, kernel.shape[-1])
    convolved: NDArray[Any] = product.reshape(count, rows, columns, -1)
    return convolved
