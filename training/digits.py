"""ฝึกอ่านตัวเลข: `python -m training.digits` makes the nets in src/thamthan/data/ocr anew.

First a net is trained without some families and without the four harsh wears, judged on both, and
calibrated there; then the one that is shipped is trained on everything. `--hand` does the same for
the net that reads writing.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2
import numpy as np
import torch

from thamthan.reading.ocr.digits import DigitNet
from training.fonts import PRINTED, SKELETONS, WRITTEN, Face, faces, install
from training.glyphs import Glyphs, draw_glyphs
from training.judge import confusion, judged
from training.net import save, train, with_temperature

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "src" / "thamthan" / "data" / "ocr"
_JUDGED = 16_000
# How many lines in ten are worn harshly where the net may know it.
_HARSH = 0.3


@dataclass(frozen=True, slots=True)
class Plan:
    """Which faces a net learns, which ones it is judged by, and where it goes."""

    families: dict[str, float]
    kept_back: tuple[str, ...]
    by_hand: bool
    glyphs: int
    file: str


PRINT = Plan(PRINTED, ("Laksaman", "Sarabun"), False, 150_000, "digits.npz")
HAND = Plan(WRITTEN | SKELETONS, ("Mali", "Sriracha"), True, 100_000, "hand_digits.npz")


def main() -> None:
    """Trains, judges and saves, as the options say."""
    options = _options()
    plan = HAND if options.hand else PRINT
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if not options.no_install:
        install(options.fonts)
    known = faces(options.fonts, plan.families)
    temperature = _judge_held_out(known, plan, options)
    if options.held_out_only:
        return
    glyphs = _draw(known, plan, count=options.glyphs or plan.glyphs, seed=11, harsh=_HARSH)
    weights = train(glyphs, epochs=options.epochs, seed=11, tell=_tell)
    weights["temperature"] = np.asarray(temperature, np.float32)
    path = options.out / plan.file
    save(weights, path)
    fresh = _draw(known, plan, count=_JUDGED, seed=12, harsh=_HARSH)
    _tell("shipped net, faces it knows, glyphs it does not:\n" + judged(DigitNet(weights), fresh))
    _tell(f"{plan.file}: {path.stat().st_size} bytes")


def _judge_held_out(known: list[Face], plan: Plan, options: argparse.Namespace) -> float:
    """Trains without some fonts and wears, tells the figures, gives the temperature found."""
    rest = [face for face in known if face.family not in plan.kept_back]
    unseen = [face for face in known if face.family in plan.kept_back]
    glyphs = _draw(rest, plan, count=options.glyphs or plan.glyphs, seed=1, harsh=0.0)
    weights = train(glyphs, epochs=options.epochs, seed=1, tell=_tell)
    # One part of what was kept back sets the temperature, the other judges it.
    setting = _draw(unseen, plan, count=_JUDGED, seed=2, harsh=_HARSH)
    weights = with_temperature(weights, setting)
    net = DigitNet(weights)
    _tell(f"temperature {float(weights['temperature']):.3f}")
    for name, harsh, seed in (("unseen faces, known wear", 0.0, 3), ("both unseen", 1.0, 4)):
        drawn = _draw(unseen, plan, count=_JUDGED, seed=seed, harsh=harsh)
        _tell(f"{name}:\n" + judged(net, drawn))
    mixed = _draw(unseen, plan, count=_JUDGED, seed=5, harsh=_HARSH)
    _tell("unseen faces, three in ten lines of unseen wear:\n" + judged(net, mixed))
    _tell(confusion(net, mixed))
    return float(weights["temperature"])


def _draw(known: list[Face], plan: Plan, *, count: int, seed: int, harsh: float) -> Glyphs:
    glyphs = draw_glyphs(known, count, seed=seed, harsh=harsh, by_hand=plan.by_hand)
    _tell(f"drew {len(glyphs)} glyphs from {len(known)} faces")
    return glyphs


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=ROOT / "var" / "training")
    parser.add_argument("--out", type=Path, default=KEPT, help="the folder of the nets")
    parser.add_argument("--glyphs", type=int, help="how many to draw, for a quick try")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--hand", action="store_true", help="the net that reads writing")
    parser.add_argument("--no-install", action="store_true", help="take the fonts already there")
    parser.add_argument("--held-out-only", action="store_true", help="judge, and ship nothing")
    return parser.parse_args()


def _tell(words: str) -> None:
    sys.stdout.write(f"[{time.process_time():5.0f} s] {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
