"""The ink of a page: its components, and the rules, frames, drawings and dots that are no print."""

from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.overprint import darkness_of_print, lines_through, print_under
from thamthan.reading.ocr.picture import Worked

Kind = Literal["rule", "frame", "drawing", "coloured"]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box in dots; right and bottom are the first dots outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def wide(self) -> int:
        return self.right - self.left

    @property
    def high(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Region:
    """A place of the page that holds something else than running text."""

    kind: Kind
    box: Box


@dataclass(frozen=True, slots=True)
class Ink:
    """The components that may be print: label picture, each one's label, box and frame."""

    labels: NDArray[np.int32]
    names: tuple[int, ...]
    boxes: tuple[Box, ...]
    frames: tuple[int | None, ...]
    regions: tuple[Region, ...]
    # The dots of each dotted line, from left to right.
    blanks: tuple[tuple[Box, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Layer:
    """The components of one ink: label picture, each one's label and box, and what is no print."""

    labels: NDArray[np.int32]
    names: list[int]
    boxes: list[Box]
    regions: list[Region]


def find_ink(worked: Worked) -> Ink:
    """แยกหมึก: the components of print, without rules, frames, drawings, dotted lines and specks.

    Print that runs through a stamp of a paler ink is no part of the stamp.
    """
    size = worked.consonant
    ink = worked.ink.astype(np.uint8)
    rules = _long_rules(ink, size)
    high, wide = ink.shape
    ruled = _rule_regions(rules, size, (wide, high))
    ink = np.asarray(ink & ~rules & 1, np.uint8)
    layer = _layer(ink, size)
    regions = _merged([*ruled, *layer.regions])
    stamped = None
    over = _print_through(worked, regions, layer.boxes)
    if over is not None:
        # The stamp's own ink by itself, and behind it what it lies on.
        under, above = over
        stamped = _layer(ink & above.astype(np.uint8), size)
        beside = np.where(above, 0, ink).astype(np.uint8)
        layer = _layer(beside | under.astype(np.uint8), size)
        frames = [one for one in regions if one.kind == "frame"]
        regions = _merged([*ruled, *frames, *layer.regions, *stamped.regions])
    frames_of = [_frame_of(box, regions) for box in layer.boxes]
    names, boxes, labels = layer.names, layer.boxes, layer.labels
    if over is not None and stamped is not None:
        split = [_is_split(box, over[0]) for box in boxes]
        frames_of = [
            None if apart else frame for apart, frame in zip(split, frames_of, strict=True)
        ]
        past = int(labels.max()) + 1
        labels = np.where(stamped.labels > 0, stamped.labels + past, labels)
        names = [*names, *(name + past for name in stamped.names)]
        boxes = [*boxes, *stamped.boxes]
        frames_of += [_frame_of(box, regions) for box in stamped.boxes]
    blanks = _blanks(boxes, size)
    dotted = {which for blank in blanks for which in blank}
    kept = [which for which in range(len(boxes)) if which not in dotted]
    return Ink(
        labels=np.asarray(labels, dtype=np.int32),
        names=tuple(names[which] for which in kept),
        boxes=tuple(boxes[which] for which in kept),
        frames=tuple(frames_of[which] for which in kept),
        regions=tuple(regions),
        blanks=tuple(tuple(boxes[which] for which in blank) for blank in blanks),
    )


def _layer(ink: NDArray[np.uint8], size: float) -> _Layer:
    high, wide = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    layer = _Layer(np.asarray(labels, dtype=np.int32), [], [], [])
    for name in range(1, count):
        left, top, across, down, dots = (int(value) for value in stats[name])
        box = Box(left, top, left + across, top + down)
        # The thinnest tone mark of a small face is a stroke of five dots.
        if dots < 0.013 * size * size or max(across, down) < 0.12 * size:
            continue
        if down > 4.4 * size or (down > 3.2 * size and across > 2.6 * size) or across > 8 * size:
            part = labels[top : top + down, left : left + across] == name
            if kind := _kind(part, box, size, (wide, high)):
                layer.regions.append(Region(kind, box))
            continue
        layer.names.append(name)
        layer.boxes.append(box)
    return layer


def _print_through(
    worked: Worked, regions: list[Region], letters: list[Box]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """Of the ink within stamps' frames what is print that they lie on, and what is their own."""
    frames = [one.box for one in regions if one.kind == "frame"]
    if not frames:
        return None
    grey, ink, size = worked.grey, worked.ink > 0, worked.consonant
    outside = ink.copy()
    for box in frames:
        outside[box.top : box.bottom, box.left : box.right] = False
    dark = darkness_of_print(grey, outside)
    under, above = np.zeros_like(ink), np.zeros_like(ink)
    edge = round(0.3 * size)
    # Feathers of the emblem and strokes of a signature make no line that runs on.
    drawings = [one.box for one in regions if one.kind != "frame"]
    beside = [
        (box.left, box.top, box.right, box.bottom)
        for box in letters
        if not any(_holds(drawing, box) for drawing in drawings)
    ]
    for box in frames:
        columns = slice(max(0, box.left - edge), box.right + edge)
        stamp = (box.left, box.top, box.right, box.bottom)
        for first, last in lines_through(stamp, beside, size=size):
            place = (slice(max(0, first), min(last, box.bottom + edge)), columns)
            found = print_under(grey[place], ink[place], dark=dark, size=size)
            if found is not None:
                # A ruled line of the letter's own that runs on below the stamp stays a rule.
                under[place] |= found & (_long_rules(found.astype(np.uint8), size) == 0)
                above[box.top : box.bottom, columns] = ink[box.top : box.bottom, columns]
    return (under, above & ~under) if under.any() else None


def _is_split(box: Box, under: NDArray[np.bool_]) -> bool:
    """Whether a component is print that was told from the stamp that lies on it."""
    return bool(under[box.top : box.bottom, box.left : box.right].any())


def _long_rules(ink: NDArray[np.uint8], size: float) -> NDArray[np.uint8]:
    """Thin straight strokes, far longer than any letter's."""
    across, down = round(5.5 * size), round(4.5 * size)
    thick = max(3, round(0.4 * size))
    rules = np.zeros_like(ink)
    for shape, block in (((1, across), (thick, across // 2)), ((down, 1), (down // 2, thick))):
        long = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
        # What is thick as well is a blot or a picture, never a rule.
        thick_too = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones(block, np.uint8))
        rules |= np.where(np.asarray(thick_too) > 0, 0, long).astype(np.uint8)
    return rules


def _rule_regions(rules: NDArray[np.uint8], size: float, page: tuple[int, int]) -> list[Region]:
    near = cv2.dilate(rules, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    found = []
    for name in range(1, count):
        left, top, across, down, _ = (int(value) for value in stats[name])
        box = Box(left, top, left + across, top + down)
        part = labels[top : top + down, left : left + across] == name
        kind = _kind(part, box, size, page)
        found.append(Region("frame" if kind == "frame" else "rule", box))
    return found


def _kind(part: NDArray[Any], box: Box, size: float, page: tuple[int, int]) -> Kind | None:
    """What a large component is: a stamp's frame, a rule, a drawing; None for the paper's edge."""
    if (box.wide > 0.75 * page[0] and box.high > 0.3 * page[1]) or box.high > 0.75 * page[1]:
        return None
    if box.high < 0.7 * size or box.wide < 0.7 * size:
        return "rule"
    if box.wide > 6 * size and box.high > 2.6 * size and box.wide < 0.55 * page[0]:
        at = np.argwhere(part)[:, ::-1].astype(np.int32)
        hull = cv2.convexHull(at)
        around = cv2.minAreaRect(hull)[1]
        full = cv2.contourArea(hull) / max(around[0] * around[1], 1.0)
        if full > 0.86 and float(part.mean()) < 0.3 and box.high < 0.25 * page[1]:
            return "frame"
    return "drawing"


def _blanks(boxes: list[Box], size: float) -> list[list[int]]:
    """The dots of each dotted line: six or more small ones in a row, evenly near to each other."""
    small = [w for w, box in enumerate(boxes) if box.wide < 0.45 * size and box.high < 0.35 * size]
    small.sort(key=lambda which: boxes[which].left)
    runs: list[list[int]] = []
    for which in small:
        box = boxes[which]
        for run in reversed(runs[-200:]):
            last = boxes[run[-1]]
            if abs(last.bottom - box.bottom) <= 0.17 * size and (
                0 <= box.left - last.right < 0.75 * size
            ):
                run.append(which)
                break
        else:
            runs.append([which])
    return [run for run in runs if len(run) >= 6]


def _merged(regions: list[Region]) -> list[Region]:
    """Regions with those frames made one that overlap: a crooked frame is found in pieces."""
    frames: list[Box] = []
    for region in regions:
        box = region.box
        if region.kind != "frame":
            continue
        for other in [other for other in frames if _overlap(other, box)]:
            frames.remove(other)
            box = Box(
                min(box.left, other.left),
                min(box.top, other.top),
                max(box.right, other.right),
                max(box.bottom, other.bottom),
            )
        frames.append(box)
    framed = [Region("frame", box) for box in frames]
    others = [region for region in regions if region.kind != "frame"]
    return [*framed, *(r for r in others if not any(_holds(f, r.box) for f in frames))]


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right
        and other.left <= one.right
        and one.top <= other.bottom
        and other.top <= one.bottom
    )


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom


def _frame_of(box: Box, regions: list[Region]) -> int | None:
    for which, region in enumerate(regions):
        if region.kind == "frame" and _holds(region.box, box):
            return which
    return None
