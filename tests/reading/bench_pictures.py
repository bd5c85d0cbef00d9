"""`make bench-pictures`: how surely a changed picture is found again, and what is taken for it.

    python -m tests.reading.bench_pictures [--scenes N] [FOLDER …]

Made scenes, the pictures found in the folders, and the first pages of the PDFs there. Each is
changed in every way that `tests.pictures` knows and held against itself; then all are held against
one another. Last, the same made place on two days, from the same spot: another picture that looks
much the same. The exit code is 1 where a change is found in less than 97 of a hundred.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.pictures import CHANGES, CUTS, changed, packed, scene
from thamthan.errors import Refused
from thamthan.reading.photographs import read_photograph
from thamthan.reading.picture_marks import LIKE, distance

LIMITS = (4, 5, 6, 7, 8, 10, 12)
ENOUGH = 0.97
Measured = tuple[str, tuple[int, ...], dict[str, int], float]


def sources(scenes: int, folders: list[Path]) -> Iterator[str]:
    yield from (f"scene:{number}" for number in range(scenes))
    for folder in folders:
        yield from (str(path) for path in sorted(folder.rglob("*")) if path.is_file())


def opened(source: str) -> Image.Image | None:
    kind, _, number = source.partition(":")
    if kind == "scene":
        return scene(int(number))
    try:
        if source.lower().endswith(".pdf"):
            return pypdfium2.PdfDocument(source)[0].render(scale=1.3).to_pil().convert("RGB")
        return Image.open(source).convert("RGB")
    except (OSError, ValueError, pypdfium2.PdfiumError):
        return None


def marks(image: Image.Image) -> tuple[int, ...]:
    """As of a file that came in: packed, and opened again."""
    return read_photograph(packed(image, quality=95)).marks


def measured(source: str) -> Measured | None:
    image = opened(source)
    if image is None:
        return None
    try:
        begun = time.process_time()
        own = marks(image)
        seconds = time.process_time() - begun
        if not own:
            return None
        after = {
            name: distance(own, other) for name, one in changed(image) if (other := marks(one))
        }
    except Refused:
        return None
    return Path(source).name, own, after, seconds


def row(name: str, distances: list[int]) -> str:
    counts = "".join(f"{sum(one <= limit for one in distances):7d}" for limit in LIMITS)
    return f"{name:40s}{len(distances):7d}{counts}{max(distances, default=0):7d}"


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--scenes", type=int, default=60)
    words.add_argument("folders", nargs="*", type=Path)
    asked = words.parse_args()
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(measured, sources(asked.scenes, asked.folders), chunksize=4)
        pictures = [one for one in found if one is not None]
    print(f"{len(pictures)} pictures; a pair is “like” up to {LIKE} bits of 64")
    print(f"{'':40s}{'pairs':>7s}" + "".join(f"{'≤ ' + str(at):>7s}" for at in LIMITS) + "    max")
    worst = 1.0
    for name in CHANGES | CUTS:
        distances = [after[name] for _, _, after, _ in pictures if name in after]
        print(row(name, distances))
        worst = min(worst, sum(one <= LIKE for one in distances) / max(1, len(distances)))
    pairs = [
        (distance(first[1], second[1]), first[0], second[0])
        for first, second in combinations(pictures, 2)
    ]
    print(row("two different pictures", [apart for apart, _, _ in pairs]))
    twice = [distance(marks(scene(one)), marks(scene(one, day=1))) for one in range(asked.scenes)]
    print(row("the same made place on two days", twice))
    for apart, first, second in sorted(pairs)[:12]:
        print(f"  {apart:2d}  {first}  {second}")
    middle = sorted(seconds for *_, seconds in pictures)[len(pictures) // 2]
    print(f"{middle * 1000:.0f} ms of computing to pack and read one, at the median")
    return 0 if worst >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
