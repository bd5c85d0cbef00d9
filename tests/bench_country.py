"""How long the whole country takes to load, against writing the same rows with no checks at all.

python -m tests.bench_country  – on the database of THAMTHAN_DATABASE_URL, in a database of its own.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 – after Django is set up
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from thamthan.cli.demo import ministry_list  # noqa: E402
from thamthan.errors import NotFound  # noqa: E402
from thamthan.organisations.actions import load_boundaries, load_organisations  # noqa: E402
from thamthan.organisations.lists import read_organisations, read_outlines  # noqa: E402
from thamthan.organisations.models import (  # noqa: E402
    Boundary,
    Organisation,
    OrganisationSpan,
    Post,
)
from thamthan.organisations.queries import system_post_of  # noqa: E402
from thamthan.organisations.rules import INSTALLATION  # noqa: E402

MOST_SECONDS = 60
LISTS = ("provinces.csv", "districts.csv", "lao.csv")
MAPS = ("provinces.geojson", "districts_all.geojson", "subdistricts_76.geojson")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def load_all(folder: Path) -> None:
    for name in LISTS:
        content = (folder / name).read_bytes()
        words = {"as_of": timezone.localdate(), "write_it": True}
        try:
            load_organisations(content, by=system_post_of(), **words)
        except NotFound:
            load_organisations(content, by=INSTALLATION, before=ministry_list(), **words)
    for name in MAPS:
        load_boundaries((folder / name).read_bytes(), by=system_post_of(), write_it=True)


def bare_inserts(folder: Path) -> None:
    """The same numbers of rows, read from the same files, with nothing looked at or kept apart."""
    rows = [row for name in LISTS for row in read_organisations((folder / name).read_bytes()).rows]
    outlines = [
        outline for name in MAPS for outline in read_outlines((folder / name).read_bytes())[0]
    ]
    with transaction.atomic():
        made = Organisation.objects.bulk_create(
            [
                Organisation(
                    code=f"B{number}",
                    name=row.name or "",
                    short_name=row.short_name or "",
                    level="province",
                    path=f"B{number}/",
                    sort_key=row.name or "",
                )
                for number, row in enumerate(rows)
            ],
            batch_size=1000,
        )
        OrganisationSpan.objects.bulk_create(
            [
                OrganisationSpan(organisation=each, name=each.name, level=each.level)
                for each in made
            ],
            batch_size=1000,
        )
        Boundary.objects.bulk_create(
            [
                Boundary(code=f"B{number}", name=outline.name, geometry=outline.geometry)
                for number, outline in enumerate(outlines)
            ],
            batch_size=1000,
        )


def main(folder: Path) -> int:
    if not folder.is_dir():
        print(f"no official lists at {folder}: nothing to measure")
        return 0
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        bare = seconds(lambda: bare_inserts(folder))
        with transaction.atomic():
            for model in (OrganisationSpan, Organisation, Boundary):
                model._base_manager.all()._raw_delete("default")
        first = seconds(lambda: load_all(folder))
        again = seconds(lambda: load_all(folder))
        counts = (Organisation.objects.count(), Boundary.objects.count(), Post.objects.count())
    finally:
        teardown_databases(kept, verbosity=0)
    print(
        f"{connection.vendor}: {counts[0]} organisations, {counts[2]} posts, {counts[1]} outlines:"
        f" first {first:.1f} s, again {again:.1f} s, together {first + again:.1f} s"
        f" (bare bulk inserts {bare:.1f} s, ratio {first / bare:.1f})"
    )
    return 0 if first + again < MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[2] / "shared" / "data"))
