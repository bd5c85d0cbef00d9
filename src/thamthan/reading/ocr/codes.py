"""QR and bar codes on a page: what they hold is told, and never followed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from thamthan.reading.ocr.bars import read_bars
from thamthan.reading.ocr.ink import Box
from thamthan.reading.ocr.picture import Picture, Worked
from thamthan.reading.ocr.writing import ReadStrip

# The page is looked over on an eighth of its size; of that, how much ink makes a block.
_PART = 8
_INKED = (0.22, 0.75)
_FULL = 0.8
_LEAST, _MOST = 6, 60
_MOST_BLOCKS = 8
_MOST_LETTERS = 1000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Code:
    """รหัสบนหน้า: its place on the worked picture, and the words that it holds."""

    box: Box
    text: str


def find_codes(worked: Worked) -> list[Code]:
    """หารหัส: every code that can be decoded; what only looks like one is left alone.

    A page is looked over coarsely first: only dense blocks of a code's shape are given to the
    decoders, for those take longer than all else that is done to a page without one.
    """
    found: list[Code] = []
    for box in list(_blocks(worked))[:_MOST_BLOCKS]:
        text = _decoded(worked.grey[box.top : box.bottom, box.left : box.right], box)
        if text:
            found.append(Code(box, _UNSEEN.sub("", text)[:_MOST_LETTERS]))
    return found


def without_codes(read: Sequence[ReadStrip], codes: Sequence[Code]) -> list[ReadStrip]:
    """The strips without the letters that the recogniser saw in a code."""
    if not codes:
        return list(read)
    return [
        replace(
            one,
            letters=tuple(
                letter
                for letter in one.letters
                if not any(
                    code.box.left
                    <= one.strip.left + (letter.left + letter.right) / 2
                    < code.box.right
                    and code.box.top
                    <= one.strip.top + (letter.top + letter.bottom) / 2
                    < code.box.bottom
                    for code in codes
                )
            ),
        )
        for one in read
    ]


def _blocks(worked: Worked) -> Iterator[Box]:
    """Dense blocks, the largest first, with white room round them as decoders want it."""
    high, wide = worked.ink.shape
    small = cv2.resize(
        worked.ink.astype(np.float32),
        (max(1, wide // _PART), max(1, high // _PART)),
        interpolation=cv2.INTER_AREA,
    )
    dense = (np.asarray(small) > _INKED[0]).astype(np.uint8)
    dense = np.asarray(cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(dense, connectivity=8)
    order = sorted(range(1, count), key=lambda name: -int(stats[name][4]))
    for name in order:
        left, top, across, down, cells = (int(value) for value in stats[name])
        if not (_LEAST <= down <= _MOST and _LEAST <= across <= 3 * _MOST):
            continue
        if not 0.8 <= across / down <= 8 or cells < _FULL * across * down:
            continue
        inked = float(small[top : top + down, left : left + across].mean())
        if _INKED[0] <= inked <= _INKED[1]:
            room = 2 * _PART
            yield Box(
                max(0, left * _PART - room),
                max(0, top * _PART - room),
                min(wide, (left + across) * _PART + room),
                min(high, (top + down) * _PART + room),
            )


def _decoded(picture: Picture, box: Box) -> str:
    # Wider white room, and modules of some dots each: decoders fail without either.
    room = 12
    framed = np.pad(picture, room, constant_values=255)
    large = cv2.resize(framed, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    if box.wide < 1.4 * box.high:
        detector = cv2.QRCodeDetector()
        return _said(detector.detectAndDecode, large) or _said(detector.detectAndDecode, framed)
    # Typed stubs of some releases lack this one.
    reader: Any = getattr(cv2, "barcode", None)
    of_goods = _said(reader.BarcodeDetector().detectAndDecode, large) if reader else ""
    return of_goods or read_bars(picture)


def _said(decode: Any, picture: Any) -> str:
    try:
        return str(decode(np.asarray(picture))[0])
    except (cv2.error, UnicodeDecodeError):
        # A torn code is no reason to lose the page.
        return ""
