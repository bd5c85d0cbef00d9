"""A whole installation of its own in a folder, for tests that run its processes and kill them."""

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]


class Installation:
    """An installation in a folder of its own, on the database server the suite runs on."""

    def __init__(self, folder: Path, url: str) -> None:
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "thamthan.settings",
            "THAMTHAN_HOME": str(folder),
            "THAMTHAN_DATABASE_URL": url,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONWARNINGS": "default",
        }
        self.run("-m", "thamthan", "migrate", "-v", "0")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.run("-m", "thamthan", "shell", "--no-imports", "-c", code)

    def started(self, *words: str) -> "subprocess.Popen[str]":
        """A process of it that listens and speaks."""
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@contextmanager
def own_installation(folder: Path) -> Iterator[Installation]:
    """An installation with nothing and nobody in it; its database goes when it is done."""
    url = os.environ.get("THAMTHAN_DATABASE_URL", "sqlite:///")
    if not url.startswith("postgres"):
        shutil.copyfile(_migrated_file(), folder / "own.sqlite3")
        yield Installation(folder, f"sqlite:///{folder}/own.sqlite3")
        return
    template = _migrated_database(url)
    name = f"own_{os.getpid()}_{time.time_ns()}"
    _told(url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield Installation(folder, _of_database(url, name))
    _told(url, f'DROP DATABASE "{name}" WITH (FORCE)')


# Every migration takes half a minute; each process of the suite goes that way once.
@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="thamthan-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "own.sqlite3"
    Installation(folder, f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as database:
        # What stands beside the file would be left behind by a copy.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@cache
def _migrated_database(url: str) -> str:
    name = f"own_migrated_{os.getpid()}"
    _told(url, f'CREATE DATABASE "{name}"')
    atexit.register(_told, url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    with tempfile.TemporaryDirectory() as folder:
        Installation(Path(folder), _of_database(url, name))
    return name


def _of_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _told(url: str, words: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(words)  # type: ignore[call-overload]  # the names are our own
