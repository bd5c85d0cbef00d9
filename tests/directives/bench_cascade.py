"""What the Ministry's circular to the whole country costs, against bare INSERTs of the same rows.

python -m tests.directives.bench_cascade  – on the database of THAMTHAN_DATABASE_URL, in one of its
own; the real country where the official lists stand beside the checkout, else an invented one.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402 – after Django is set up
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.world import make_world  # noqa: E402
from thamthan.cli.demo_circular import cascade_to_all, circular_order  # noqa: E402
from thamthan.cli.nation import seed_nation  # noqa: E402
from thamthan.directives.models import Assignment, Handing  # noqa: E402
from thamthan.letters.models import Sending  # noqa: E402

LISTS = Path(__file__).resolve().parents[3] / "shared" / "data"
MOST_TIMES = 3.0
# Rows in one statement; more is no faster on either database.
AT_ONCE = 500


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def rows_of(model: type[models.Model]) -> tuple[str, int, list[tuple[object, ...]]]:
    """The INSERT of a table, how wide it is, and all its rows as the driver takes them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    rows = [
        tuple(
            field.get_db_prep_save(getattr(row, field.attname), connection=connection)
            for field in fields
        )
        for row in model._base_manager.order_by("pk").iterator(chunk_size=5000)
    ]
    return f"INSERT INTO {table} ({columns}) VALUES", len(fields), rows


def bare_inserts() -> float:
    """The same rows of the same tables once more, with nothing looked at: the database alone."""
    given = [rows_of(model) for model in (Sending, Assignment)]
    with transaction.atomic():
        Assignment._base_manager.all()._raw_delete("default")
        Handing.objects.update(sending=None)
        Sending._base_manager.all()._raw_delete("default")
        took = 0.0
        with connection.cursor() as cursor:
            for head, width, rows in given:
                began = time.perf_counter()
                for start in range(0, len(rows), AT_ONCE):
                    batch = rows[start : start + AT_ONCE]
                    marks = ", ".join([f"({', '.join(['%s'] * width)})"] * len(batch))
                    cursor.execute(f"{head} {marks}", [value for row in batch for value in row])
                took += time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def main() -> int:
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        loading = seconds(lambda: seed_nation(LISTS if LISTS.is_dir() else None))
        order = circular_order(
            world.ministry_clerk, world.permanent_secretary, today=timezone.localdate()
        )
        with patch("thamthan.letters.actions.sending.deliver_sendings_task"):
            took = seconds(lambda: cascade_to_all(order, by=world.ministry_clerk))
            again = seconds(lambda: cascade_to_all(order, by=world.ministry_clerk))
        counts = (Handing.objects.count(), Assignment.objects.count())
        bare = bare_inserts()
    finally:
        teardown_databases(kept, verbosity=0)
    print(
        f"{connection.vendor}: the country in {loading:.1f} s; {counts[0]} organisations,"
        f" {counts[1]} tasks ({counts[1] // counts[0]} each) in one run {took:.2f} s,"
        f" again {again:.2f} s;"
        f" bare INSERTs of tasks and sendings {bare:.2f} s, ratio {took / bare:.2f}"
    )
    return 0 if took <= MOST_TIMES * bare else 1


if __name__ == "__main__":
    sys.exit(main())
