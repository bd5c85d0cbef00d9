"""ชิ้นหมึก: cuts worn lines into components, as reading does, and says what each one is."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.digits import CLASSES, GLYPH, glyph_of, shape_of
from training.fonts import Face
from training.hand import written
from training.lines import STRANGE, compose, draw_line
from training.wear import Scan, scan

OTHER = len(CLASSES) - 1
_ORDER = {sign: order for order, sign in enumerate(CLASSES[:-1])}
# A component is a sign when it has this much of the sign's ink, and little besides.
_WHOLE = 0.8
_OWN = 0.82
# Below this it is a fragment; between the two nobody could say, and it is left out.
_FRAGMENT = 0.55


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Many glyphs: pictures, shapes, what they are, and the sign or nought they came from."""

    pictures: NDArray[np.uint8]
    shapes: NDArray[np.float32]
    classes: NDArray[np.int64]
    signs: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.classes)

    def floats(self) -> NDArray[np.float32]:
        return self.pictures.astype(np.float32) / 255.0


@dataclass(frozen=True, slots=True)
class _Piece:
    mask: NDArray[np.bool_]
    left: int
    top: int
    kind: int
    sign: str


def draw_glyphs(
    faces: list[Face], count: int, *, seed: int, harsh: float, by_hand: bool = False
) -> Glyphs:
    """วาดชิ้นหมึก: at least so many components from lines in these faces, as print or by hand."""
    rng = np.random.default_rng(seed)
    chances = np.array([face.weight for face in faces])
    chances /= chances.sum()
    pictures: list[NDArray[np.uint8]] = []
    shapes: list[tuple[float, float, float]] = []
    kinds: list[int] = []
    signs: list[str] = []
    while len(kinds) < count:
        face = faces[int(rng.choice(len(faces), p=chances))]
        # About eighteen pixels is what reading scales a page to; small print stays smaller.
        height = float(np.clip(rng.normal(18.0, 3.2), 11.0, 28.0)) * (1.5 if by_hand else 1.0)
        line = draw_line(face, compose(rng, 36), height=height, rng=rng)
        if by_hand:
            line = written(line, rng)
        page = scan(line, rng, harsh=harsh)
        black = _blacken(page, rng)
        for piece in _pieces(page, black, rng):
            picture, shape = _measure(piece, page, rng=rng, by_hand=by_hand)
            pictures.append(picture)
            shapes.append(shape)
            kinds.append(piece.kind)
            signs.append(piece.sign)
    return Glyphs(
        np.stack(pictures),
        np.array(shapes, np.float32),
        np.array(kinds, np.int64),
        np.array(signs),
    )


def _blacken(page: Scan, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Black and white by Otsu's threshold, or one near it."""
    grey = np.clip(page.ink * 255.0, 0, 255).astype(np.uint8)
    best, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    moved = best * float(np.clip(rng.normal(1.0, 0.12), 0.7, 1.35))
    return np.asarray((grey > moved).astype(np.uint8))


def _pieces(page: Scan, black: NDArray[np.uint8], rng: np.random.Generator) -> list[_Piece]:
    count, found, boxes, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    labels, stats = np.asarray(found), np.asarray(boxes)
    owners = _spread(page.owners)
    ink_of = np.bincount(owners[black > 0].ravel(), minlength=256)
    pieces: list[_Piece] = []
    apart: dict[int, list[int]] = {}
    for label in range(1, count):
        left, top, wide, high, area = (int(number) for number in stats[label])
        box = np.s_[top : top + high, left : left + wide]
        mask = labels[box] == label
        shares = np.bincount(owners[box][mask], minlength=256)
        owner = int(shares[1:].argmax()) + 1
        if 0 < owner < STRANGE and shares[owner] > 0.6 * area:
            apart.setdefault(owner, []).append(label)
        if not _is_looked_at(wide, high, page, rng):
            continue
        sign = page.signs[owner - 1] if owner <= len(page.signs) else ""
        whole = float(shares[owner]) / max(1, int(ink_of[owner]))
        kind = _kind_of(sign, whole, float(shares[owner]) / area)
        if kind is not None:
            pieces.append(_Piece(mask, left, top, kind, sign))
    for owner, members in apart.items():
        joined = _joined(owner, members, page=page, labels=labels, stats=stats)
        if joined is not None:
            pieces.append(joined)
    return pieces


def _spread(owners: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Gives the blurred rim of every sign to that sign."""
    wide = cv2.dilate(owners, np.ones((3, 3), np.uint8))
    return np.asarray(np.where(owners > 0, owners, wide), np.uint8)


def _is_looked_at(wide: int, high: int, page: Scan, rng: np.random.Generator) -> bool:
    """Marks and dots are many and not asked about: one in eight is enough."""
    tall, broad = high / page.consonant, wide / page.consonant
    if not 0.2 < tall < 2.8 or broad > 5.0:
        return False
    return tall > 0.5 or rng.random() < 0.12


def _kind_of(sign: str, whole: float, own: float) -> int | None:
    """The class of a component, or None where it is neither the digit nor clearly not."""
    if sign not in _ORDER:
        return OTHER
    if whole >= _WHOLE and own >= _OWN:
        return _ORDER[sign]
    return OTHER if whole < _FRAGMENT or own < 0.62 else None


def _joined(
    owner: int,
    members: list[int],
    *,
    page: Scan,
    labels: NDArray[Any],
    stats: NDArray[Any],
) -> _Piece | None:
    """A sign that broke into pieces, put together as reading may do."""
    boxes = stats[members]
    if len(members) < 2 or int(np.sort(boxes[:, 4])[-2]) < 6:
        return None
    left, top = (int(number) for number in boxes[:, :2].min(axis=0))
    right = int((boxes[:, 0] + boxes[:, 2]).max())
    bottom = int((boxes[:, 1] + boxes[:, 3]).max())
    sign = page.signs[owner - 1]
    mask = np.isin(labels[top:bottom, left:right], members)
    return _Piece(mask, left, top, _ORDER.get(sign, OTHER), sign)


def _measure(
    piece: _Piece, page: Scan, *, rng: np.random.Generator, by_hand: bool
) -> tuple[NDArray[np.uint8], tuple[float, float, float]]:
    high, wide = piece.mask.shape
    ink = piece.mask.astype(np.float32)
    if rng.random() < 0.3:
        box = np.s_[piece.top : piece.top + high, piece.left : piece.left + wide]
        ink *= np.maximum(page.ink[box], 0.02)
    picture, _ = glyph_of(ink)
    middle = piece.left + wide / 2
    # Reading guesses both from the line, and is a little wrong.
    consonant = page.consonant * rng.normal(1.0, 0.04)
    foot = (
        page.baseline + page.slope * middle - (piece.top + high) + rng.normal(0.0, 0.04) * consonant
    )
    # Writing keeps to no line, so the hand net learns to do without.
    unknown = rng.random() < (0.75 if by_hand else 0.08)
    shape = shape_of(wide, high, foot=foot, consonant=None if unknown else consonant)
    return np.rint(picture * 255.0).astype(np.uint8).reshape(GLYPH, GLYPH), shape
