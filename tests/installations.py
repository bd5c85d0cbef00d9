"""A whole installation of its own in a folder, for tests that run its processes and kill them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
        yield Installation(folder, f"sqlite:///{folder}/own.sqlite3")
        return
    import psycopg

    name = f"own_{os.getpid()}_{time.time_ns()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(url)
    yield Installation(folder, urlunsplit(parts._replace(path=f"/{name}")))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
