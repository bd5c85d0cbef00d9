"""What it costs to look for a picture among 100,000 of one district.

    python -m tests.projects.bench_evidence [--pictures N] [--looks N]

On the database of THAMTHAN_DATABASE_URL, in one of its own. The marks are those of made scenes with
a third of their bits turned, so that they cluster as real ones do. The worst place stands for all:
every picture lies in the one district that is searched. Each look is for a copy of a picture that
is there, 4 bits off, and for one that is not there. The exit code is 1 where a copy is not found,
or where a look takes more than 100 ms at the median.
"""

import argparse
import os
import random
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection  # noqa: E402 – after Django is set up
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tests.pictures import scene  # noqa: E402
from tests.projects.projects import approved  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from thamthan.projects.actions.evidence import _marks  # noqa: E402
from thamthan.projects.models import Evidence, PictureMark, Project  # noqa: E402
from thamthan.projects.queries import like_pictures  # noqa: E402
from thamthan.projects.rules import EvidenceKind  # noqa: E402
from thamthan.reading.picture_marks import BITS, marks_of  # noqa: E402

MOST_MILLISECONDS = 100
SCENES = 80
AT_ONCE = 2000
Marks = tuple[int, ...]


def turned(marks: Marks, rng: random.Random, count: int) -> Marks:
    """The same bits turned in every window, as another picture of that kind would have."""
    mask = sum(1 << at for at in rng.sample(range(BITS), count))
    return tuple(mark ^ mask for mark in marks)


def fill(world: World, project: Project, count: int, rng: random.Random) -> list[Marks]:
    seeds = [marks_of(scene(seed, size=(400, 300)).convert("L")) for seed in range(SCENES)]
    all_marks = [turned(rng.choice(seeds), rng, BITS // 3) for _ in range(count)]
    for first in range(0, count, AT_ONCE):
        part = all_marks[first : first + AT_ONCE]
        rows = Evidence.objects.bulk_create(
            Evidence(
                project=project,
                kind=EvidenceKind.LINK,
                url="https://example.go.th",
                made_by=world.clerk,
            )
            for _ in part
        )
        PictureMark.objects.bulk_create(
            [mark for row, marks in zip(rows, part, strict=True) for mark in _marks(row, marks)],
            batch_size=4000,
        )
    return all_marks


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--pictures", type=int, default=100_000)
    words.add_argument("--looks", type=int, default=40)
    asked = words.parse_args()
    before = setup_databases(verbosity=0, interactive=False)
    try:
        return looked(asked.pictures, asked.looks)
    finally:
        teardown_databases(before, verbosity=0)


def looked(count: int, looks: int) -> int:
    world, rng = make_world(), random.Random(7)
    project = approved(world.clerk)
    begun = time.perf_counter()
    all_marks = fill(world, project, count, rng)
    print(f"{count:,} pictures on {connection.vendor} in {time.perf_counter() - begun:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    missed, good = 0, True
    for name in ("a copy is there", "no copy is there"):
        taken = []
        for _ in range(looks):
            marks = turned(rng.choice(all_marks), rng, 4 if name.startswith("a") else BITS // 3)
            begun = time.perf_counter()
            found = like_pictures(world.clerk, project, marks, but=0)
            taken.append((time.perf_counter() - begun) * 1000)
            missed += name.startswith("a") and not found
        median = statistics.median(taken)
        good = good and median <= MOST_MILLISECONDS
        print(
            f"{name:20} median {median:6.1f} ms   most {max(taken):6.1f}   least {min(taken):6.1f}"
        )
    print(f"{missed} of {looks} copies were not found")
    return 0 if good and not missed else 1


if __name__ == "__main__":
    sys.exit(main())
