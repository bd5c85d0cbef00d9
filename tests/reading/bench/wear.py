"""What becomes of a printed page: on a good screen, in an office's scanner, before a telephone.

A page is worn as a whole, as paper and lens do it; nothing here is taken from the recipes by
which the nets are trained, so that these pages judge them from outside.
"""

import io
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Dots = NDArray[np.float32]
QUALITIES = ("clean", "office", "photo")


@dataclass(frozen=True)
class Worn:
    """A file as it reaches the reader, and its pages as pictures; photographs tell no dpi."""

    content: bytes
    name: str


def worn(paper: bytes, *, quality: str, seed: int) -> Worn:
    """The printed letter in one of the three qualities; the same seed, the same wear."""
    chance, rng = Random(31 * seed + len(quality)), np.random.default_rng(4000 + seed)
    if quality == "clean":
        return _clean(paper, chance)
    pages = []
    dpi = chance.choice([200, 200, 300, 240])
    colour = chance.random() < 0.5
    for page in _drawn(paper, dpi=dpi if quality == "office" else 260):
        if quality == "office":
            pages.append(_scanned(page, chance, rng, dpi=dpi, colour=colour))
        else:
            pages.append(_photographed(page, chance, rng))
    strength = chance.randint(45, 75) if quality == "office" else chance.randint(55, 80)
    if quality == "photo" and len(pages) == 1:
        return Worn(_jpeg(pages[0], strength), "photo.jpg")
    resolution = dpi if quality == "office" else pages[0].width / 8.27
    held = io.BytesIO()
    rest = {"save_all": True, "append_images": pages[1:]}
    pages[0].save(held, "PDF", resolution=resolution, quality=strength, **rest)
    return Worn(held.getvalue(), "scan.pdf")


def _drawn(paper: bytes, *, dpi: float) -> list[Dots]:
    document = pypdfium2.PdfDocument(paper)
    pages = [np.array(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]
    return [page.astype(np.float32) / 255 for page in pages]


def _picture(dots: Dots) -> Image.Image:
    return Image.fromarray((np.clip(dots, 0, 1) * 255 + 0.5).astype(np.uint8))


def _jpeg(picture: Image.Image, strength: int) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=strength)
    return held.getvalue()


def _clean(paper: bytes, chance: Random) -> Worn:
    dpi = chance.choice([200, 250, 300])
    pages = [_picture(page).convert("L") for page in _drawn(paper, dpi=dpi)]
    held = io.BytesIO()
    rest = {"save_all": True, "append_images": pages[1:], "compression": "tiff_adobe_deflate"}
    pages[0].save(held, "TIFF", dpi=(dpi, dpi), **rest)
    return Worn(held.getvalue(), "clean.tif")


def _cloud(rng: np.random.Generator, shape: tuple[int, int], *, grains: int) -> Dots:
    """Soft unevenness over a whole page, about nought, one at its strongest."""
    high, wide = shape
    small = rng.standard_normal((max(2, grains * high // wide), max(2, grains))).astype(np.float32)
    grown = cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown / max(float(np.abs(grown).max()), 1e-6), np.float32)


def _scanned(
    page: Dots, chance: Random, rng: np.random.Generator, *, dpi: int, colour: bool
) -> Image.Image:
    high, wide = page.shape[:2]
    dots = _toner(page, chance, rng)
    if chance.random() < 0.25:
        dots = _punched(dots, chance, dpi)
    dots = _laid_askew(dots, chance, dpi)
    # The lamp is not as bright everywhere, and the lid lets light in at one side.
    light = 1 + chance.uniform(0.01, 0.05) * _cloud(rng, (high, wide), grains=3)
    side = np.linspace(0, 1, wide, dtype=np.float32) ** chance.choice([4, 8])
    light -= chance.uniform(0, 0.18) * (side if chance.random() < 0.5 else side[::-1])[None, :]
    paper = chance.uniform(0.93, 1.0)
    dots = dots * light[..., None] * paper
    contrast = chance.uniform(0.85, 1.12)
    dots = (dots - 0.5) * contrast + 0.5 + chance.uniform(-0.02, 0.05)
    dots = cv2.GaussianBlur(dots, (0, 0), chance.uniform(0.35, 0.75) * dpi / 200)
    noise = rng.standard_normal((high, wide, 1)).astype(np.float32)
    dots = dots + noise * chance.uniform(0.008, 0.03)
    if chance.random() < 0.15:
        # A hair or a line of dust under the sensor, all the way down.
        column = chance.randint(wide // 12, wide - wide // 12)
        dots[:, column : column + 1] *= chance.uniform(0.6, 0.9)
    picture = _picture(dots)
    return picture if colour else picture.convert("L")


def _toner(page: Dots, chance: Random, rng: np.random.Generator) -> Dots:
    """Print that is not equally black: paler in patches, and grey rather than black."""
    high, wide = page.shape[:2]
    patches = 0.5 + 0.5 * _cloud(rng, (high, wide), grains=9)
    fade = chance.uniform(0.02, 0.28) + chance.uniform(0, 0.22) * patches
    return np.asarray(1 - (1 - page) * (1 - fade[..., None]), np.float32)


def _punched(dots: Dots, chance: Random, dpi: int) -> Dots:
    """Two holes at the left edge, through which the lid is seen."""
    shade = chance.choice([0.08, 0.3, 0.75])
    middle, radius = dots.shape[0] // 2, round(0.118 * dpi)
    for down in (-1, 1):
        centre = (round(0.45 * dpi), middle + down * round(1.57 * dpi))
        cv2.circle(dots, centre, radius, (shade,) * 3, -1, cv2.LINE_AA)
    return dots


def _laid_askew(dots: Dots, chance: Random, dpi: int) -> Dots:
    high, wide = dots.shape[:2]
    turn = chance.uniform(-1.5, 1.5)
    matrix: Any = cv2.getRotationMatrix2D((wide / 2, high / 2), turn, chance.uniform(0.975, 1.0))
    matrix[:, 2] += chance.uniform(-0.03, 0.03) * dpi, chance.uniform(-0.03, 0.03) * dpi
    lid = 0.04 if chance.random() < 0.2 else 1.0
    turned = cv2.warpAffine(
        dots, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(lid, lid, lid)
    )
    return np.asarray(turned, np.float32)


def _photographed(page: Dots, chance: Random, rng: np.random.Generator) -> Image.Image:
    high, wide = page.shape[:2]
    dots = _toner(page, chance, rng)
    dots = _curled(dots, chance)
    out = (round(wide * chance.uniform(0.92, 1.08)), round(high * chance.uniform(0.92, 1.06)))
    table = _table(out, chance, rng)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    margin = np.array([out[0] * chance.uniform(0.02, 0.05), out[1] * chance.uniform(0.02, 0.05)])
    frame = np.array(
        [[margin[0], margin[1]], [out[0] - margin[0], margin[1]],
         [out[0] - margin[0], out[1] - margin[1]], [margin[0], out[1] - margin[1]]]
    )  # fmt: skip
    shaken = frame + rng.uniform(-0.018, 0.018, (4, 2)) * np.array(out)
    # The telephone leans: the far edge is shorter than the near one.
    lean = chance.uniform(-0.035, 0.035) * out[0]
    shaken[0, 0] += lean
    shaken[1, 0] -= lean
    matrix: Any = cv2.getPerspectiveTransform(corners, shaken.astype(np.float32))
    seen = cv2.warpPerspective(dots, matrix, out, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((high, wide), np.float32), matrix, out)[..., None]
    dots = seen * mask + table * (1 - mask)
    dots = dots * _shadow((out[1], out[0]), chance, rng)[..., None]
    tint = np.array([1.0, chance.uniform(0.95, 1.0), chance.uniform(0.84, 0.98)], np.float32)
    dots = dots * tint * chance.uniform(0.8, 0.98)
    dots = _through_the_lens(dots, chance, rng)
    return _picture(dots)


def _curled(dots: Dots, chance: Random) -> Dots:
    """Paper that was folded or rolled does not lie flat: lines bow by a few dots."""
    high, wide = dots.shape[:2]
    bow = chance.uniform(-0.006, 0.006) * high
    across = np.arange(wide, dtype=np.float32)
    rise = bow * np.sin(np.pi * across / wide + chance.uniform(-0.4, 0.4))
    rows = np.arange(high, dtype=np.float32)[:, None] + rise[None, :]
    columns = np.broadcast_to(across[None, :], (high, wide)).astype(np.float32)
    return np.asarray(
        cv2.remap(dots, columns, rows.astype(np.float32), cv2.INTER_CUBIC, borderValue=(1, 1, 1)),
        np.float32,
    )


def _table(out: tuple[int, int], chance: Random, rng: np.random.Generator) -> Dots:
    """A table top: wood with its grain, a grey desk, or a dark cloth."""
    wide, high = out
    shade = np.array(
        chance.choice(
            [(0.55, 0.38, 0.22), (0.42, 0.42, 0.44), (0.16, 0.17, 0.2), (0.8, 0.76, 0.7)]
        ),
        np.float32,
    )
    grain = cv2.resize(
        rng.standard_normal((90, 4)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC
    )
    cloth = rng.standard_normal((high, wide)).astype(np.float32)
    return np.asarray(shade * (1 + 0.06 * grain + 0.02 * cloth)[..., None], np.float32)


def _shadow(shape: tuple[int, int], chance: Random, rng: np.random.Generator) -> Dots:
    """The hand and the telephone between lamp and paper, with a soft edge; light falls off, too."""
    high, wide = shape
    light = 1 + 0.12 * _cloud(rng, shape, grains=2)
    if chance.random() < 0.75:
        dark = np.zeros((high // 4, wide // 4), np.float32)
        edge = chance.uniform(0.25, 0.75)
        points = np.array(
            [
                [0, edge * chance.uniform(0.6, 1.4)],
                [1, edge * chance.uniform(0.6, 1.4)],
                [1, 1.2],
                [0, 1.2],
            ]
        )
        if chance.random() < 0.4:
            points = points[:, ::-1]
        polygon = (points * np.array([wide // 4, high // 4])).astype(np.int32)
        cv2.fillPoly(dark, [polygon], (1.0,))
        dark = cv2.GaussianBlur(dark, (0, 0), chance.uniform(8, 30))
        light -= chance.uniform(0.12, 0.4) * cv2.resize(dark, (wide, high))
    return np.asarray(light, np.float32)


def _through_the_lens(dots: Dots, chance: Random, rng: np.random.Generator) -> Dots:
    """Not quite in focus, a little moved, with the noise and the sharpening of a telephone."""
    size = chance.choice([3, 3, 5])
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.float32)
    kernel = disk * (0.6 if size == 3 else 0.35)
    kernel[size // 2, size // 2] += 1.2
    dots = cv2.filter2D(dots, -1, kernel / kernel.sum())
    grain = rng.standard_normal(dots.shape).astype(np.float32)
    dots = dots + grain * np.sqrt(np.clip(dots, 0.02, 1)) * chance.uniform(0.008, 0.022)
    soft = cv2.GaussianBlur(dots, (0, 0), 1.6)
    dots = dots + chance.uniform(0.1, 0.5) * (dots - soft)
    return np.asarray(dots, np.float32)
