"""วัดผล: how a net does on glyphs from faces and wear that it has not seen."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.digits import CLASSES, DigitNet
from training.glyphs import OTHER, Glyphs

_PAIRS = (
    ("๖", "๒"),
    ("๐", "0"),
    ("๐", "o"),
    ("0", "O"),
    ("0", "o"),
    ("๑", "๓"),
    ("๔", "๕"),
    ("๗", "ฒ"),
    ("๗", "ซ"),
    ("๓", "ล"),
    ("๓", "ต"),
    ("๘", "๙"),
    ("๖", "๐"),
    ("1", "l"),
)


def judged(net: DigitNet, glyphs: Glyphs) -> str:
    """The figures of one set as a few lines of text."""
    found = net.classify(glyphs.floats(), glyphs.shapes)
    ranked = np.argsort(-found, axis=1)
    best, second = ranked[:, 0], ranked[:, 1]
    right = best == glyphs.classes
    thai, digits = glyphs.classes < 10, glyphs.classes < OTHER
    among = right | (second == glyphs.classes)
    false = (best != OTHER)[~digits].mean()
    sure = (found[:, :OTHER].max(axis=1) >= 0.9)[~digits].mean()
    lines = [
        f"glyphs {len(glyphs)}; top-1 all {right.mean():.2%}, digits {right[digits].mean():.2%}, "
        f"Thai digits {right[thai].mean():.2%}",
        f"top-2 all {among.mean():.2%}, Thai digits {among[thai].mean():.2%}",
        f"false digit on other {false:.2%}, with 0.9 or more {sure:.2%}",
        f"calibration error {calibration_error(found, glyphs.classes):.2%}; "
        + _by_certainty(found, glyphs.classes),
    ]
    return "\n".join((*lines, _per_digit(right, glyphs.classes), _pairs(best, glyphs)))


def calibration_error(found: NDArray[np.float32], classes: NDArray[np.int64]) -> float:
    """Expected calibration error of the best class, over fifteen steps of certainty."""
    sure = found.max(axis=1)
    right = found.argmax(axis=1) == classes
    steps = np.minimum((sure * 15).astype(int), 14)
    errors = [
        abs(float(right[steps == step].mean()) - float(sure[steps == step].mean()))
        * float((steps == step).mean())
        for step in np.unique(steps)
    ]
    return sum(errors)


def confusion(net: DigitNet, glyphs: Glyphs) -> str:
    """ตารางสับสน: rows are what it is, columns what it was called, other written as –."""
    best = net.classify(glyphs.floats(), glyphs.shapes).argmax(axis=1)
    table = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(table, (glyphs.classes, best), 1)
    names = [name or "–" for name in CLASSES]
    head = "   " + " ".join(f"{name:>5}" for name in names)
    rows = [
        f"{name:>2} " + " ".join(f"{count:5d}" if count else "    ." for count in row)
        for name, row in zip(names, table.tolist(), strict=True)
    ]
    return "\n".join((head, *rows))


def _by_certainty(found: NDArray[np.float32], classes: NDArray[np.int64]) -> str:
    sure, right = found.max(axis=1), found.argmax(axis=1) == classes
    told = []
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01)):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            told.append(f"said {sure[inside].mean():.2f} was {right[inside].mean():.2f}")
    return ", ".join(told)


def _per_digit(right: NDArray[np.bool_], classes: NDArray[np.int64]) -> str:
    told = [
        f"{CLASSES[kind]} {right[classes == kind].mean():.1%}"
        for kind in range(OTHER)
        if (classes == kind).any()
    ]
    return "per digit: " + ", ".join(told)


def _pairs(best: NDArray[np.int64], glyphs: Glyphs) -> str:
    """How often one of two look-alikes was called the other; another sign only as a digit."""
    calls = Counter(zip(glyphs.signs.tolist(), best.tolist(), strict=True))
    totals = Counter(glyphs.signs.tolist())
    told = []
    for pair in _PAIRS:
        for sign, taken in (pair, pair[::-1]):
            if taken in CLASSES and totals[sign]:
                share = calls[sign, CLASSES.index(taken)] / totals[sign]
                told.append(f"{sign}→{taken} {share:.2%}")
    worst = [
        f"{sign}→{CLASSES[kind]} {count}"
        for (sign, kind), count in calls.most_common(2000)
        if sign and kind != OTHER and sign != CLASSES[kind]
    ]
    return f"pairs: {', '.join(told)}\nmost frequent: {', '.join(worst[:14])}"
