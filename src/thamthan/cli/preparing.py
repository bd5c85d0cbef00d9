"""Makes an installation ready to serve: tables, demo and static files, each only where it lacks."""

import hashlib
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files import locks
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from thamthan.cli.shipped import load_shipped_lists
from thamthan.errors import NotFound
from thamthan.letters.actions import is_search_true, rebuild_search
from thamthan.organisations.queries import system_post_of

WITHOUT_DEMO = "without_demo"
STATIC_STAMP = "static.stamp"


def prepare(say: OutputWrapper) -> None:
    """เตรียมระบบ: bring tables and static files up to date, seed the demo into a new database.

    Quick when nothing is to be done; two at once wait for each other.
    """
    home: Path = settings.HOME
    home.mkdir(parents=True, exist_ok=True)
    with (home / "prepare.lock").open("a") as file:
        locks.lock(file, locks.LOCK_EX)
        _migrate(say)
        if not _has_organisations():
            if settings.DEMO:
                _seed_demo(say)
            else:
                (home / WITHOUT_DEMO).touch()
        elif not is_search_true(by=system_post_of()):
            say.write("ปรับดัชนีค้นหา / Indexing the words of letters …")
            rebuild_search(by=system_post_of())
        if _has_organisations():
            # A no-op but after an upgrade whose lists differ, or once the tree has come.
            load_shipped_lists(by=system_post_of())
        _collect_static(say)


def _migrate(say: OutputWrapper) -> None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    say.write("เตรียมฐานข้อมูล / Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)


def _has_organisations() -> bool:
    try:
        system_post_of()
    except NotFound:
        return False
    return True


def _seed_demo(say: OutputWrapper) -> None:
    say.write("ใส่ข้อมูลสาธิต / Seeding the demo …")
    # All or nothing: a seeding that is killed leaves a new database, to be seeded next time.
    with transaction.atomic():
        call_command("seed", "demo", stdout=StringIO())


def _collect_static(say: OutputWrapper) -> None:
    stamp = settings.HOME / STATIC_STAMP
    content = _static_digest()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == content:
        return
    say.write("รวบรวมไฟล์หน้าเว็บ / Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(content, encoding="utf-8")


def _static_digest() -> str:
    """Changes whenever any static file of the product or of its packages does."""
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            total.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return total.hexdigest()
