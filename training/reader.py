"""ฝึกอ่านบรรทัด: `python -m training.reader` makes the net that reads whole lines anew.

`draw` fills a folder with shards of drawn lines, as long as it is let; `train` learns from what is
there, again and again, and writes the weights after every turn; `judge` tells how well a net reads
a face that was never drawn and wears that were kept back. The words come from the lists of the
package pythainlp, the faces from Debian and npm (see `training.fonts`).
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")

import cv2
import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.signs import SIGNS
from training.fonts import PRINTED, Face, faces, install
from training.textlines import seen_line
from training.wear import BLACK_AND_WHITE, MOVED
from training.words import Writer

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "src" / "thamthan" / "data" / "ocr" / "reader.npz"
# Never drawn for learning; the net is judged by it.
KEPT_BACK = {"Umpush": 1.0}
_LINES = 2000
_CLASS = {sign: which for which, sign in enumerate(SIGNS, start=1)}


def draw_shard(path: Path, known: list[Face], *, seed: int, kept_back: bool, count: int) -> None:
    """วาดหนึ่งชุด: so many lines in one file, their pictures side by side."""
    rng = np.random.default_rng(seed)
    chances = np.array([face.weight for face in known])
    writer = Writer(_words(), rng)
    pictures: list[NDArray[np.uint8]] = []
    texts: list[list[int]] = []
    while len(pictures) < count:
        face = known[int(rng.choice(len(known), p=chances / chances.sum()))]
        text = writer.line(least=3 if rng.random() < 0.2 else 16, most=64)
        line = seen_line(
            face,
            text,
            rng=rng,
            harsh=0.5 if kept_back else 0.18,
            among=MOVED if kept_back else BLACK_AND_WHITE,
        )
        if line is not None and line[0].shape[1] < 1500:
            pictures.append(line[0])
            texts.append(_classes(line[1]))
    part = path.with_suffix(".part.npz")
    np.savez(
        part,
        pictures=np.concatenate(pictures, axis=1),
        widths=np.array([picture.shape[1] for picture in pictures], np.int32),
        classes=np.concatenate([np.array(text, np.uint8) for text in texts]),
        lengths=np.array([len(text) for text in texts], np.int32),
    )
    part.rename(path)


def _classes(signs: str) -> list[int]:
    return [_CLASS[sign] for sign in signs if sign in _CLASS]


def _words() -> Path:
    import pythainlp

    return Path(pythainlp.__file__).parent / "corpus"


def main() -> None:
    """Draws, trains or judges, as the first word says."""
    options = _options()
    cv2.setNumThreads(1)
    options.lines.mkdir(parents=True, exist_ok=True)
    if options.what == "draw":
        if not options.no_install:
            install(options.fonts)
        known = faces(options.fonts, KEPT_BACK if options.kept_back else PRINTED)
        for number in range(options.first, options.first + options.shards):
            name = f"{'judge' if options.kept_back else 'learn'}-{number:04}.npz"
            draw_shard(
                options.lines / name,
                known,
                seed=number + (100_000 if options.kept_back else 0),
                kept_back=options.kept_back,
                count=_LINES // 2 if options.kept_back else _LINES,
            )
            tell(f"drew {name}")
        return
    from training.readernet import judge, learn

    if options.what == "train":
        learn(options.lines, options.out, minutes=options.minutes, begin=options.begin, tell=tell)
    judge(options.lines, options.out, tell=tell)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "train", "judge"))
    parser.add_argument("--fonts", type=Path, default=ROOT / "var" / "training")
    parser.add_argument("--lines", type=Path, default=ROOT / "var" / "training" / "lines")
    parser.add_argument("--out", type=Path, default=KEPT, help="the file of the net")
    parser.add_argument("--begin", type=Path, help="go on from this state")
    parser.add_argument("--shards", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--kept-back", action="store_true", help="draw what the net is judged by")
    parser.add_argument("--no-install", action="store_true", help="take the fonts already there")
    return parser.parse_args()


_BEGUN = time.monotonic()


def tell(words: str) -> None:
    sys.stdout.write(f"[{time.monotonic() - _BEGUN:6.0f} s] {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
