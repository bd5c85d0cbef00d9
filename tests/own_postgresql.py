"""A PostgreSQL of a test's own, which may be killed and started again as a machine that fails."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
PERSON = "thamthan"


def find_programs() -> Path | None:
    """Where `initdb` and `pg_ctl` are; none where PostgreSQL is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
    ]
    found = shutil.which("initdb")
    if found is not None:
        places.append(Path(found).parent)
    return next((one for one in places if (one / "pg_ctl").exists()), None)


class OwnPostgresql:
    """One server in a folder, durable as it comes: what it acknowledges stands on the disk."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.url = f"postgresql://{PERSON}@/postgres?host={folder}"
        self._run("initdb", "-U", PERSON, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Also after it was killed: it mends itself from its log before it answers."""
        words = f"-k {self.folder} -c listen_addresses='' -c fsync=on -c synchronous_commit=on"
        self._run("pg_ctl", "-l", str(self.folder / "log"), "-w", "-o", words, "start")

    def kill(self) -> None:
        """Every process of it at once, with nothing written first."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *words: str) -> None:
        # PostgreSQL refuses to run as root.
        as_person = ["setpriv", f"--reuid={_person()}", f"--regid={_person()}", "--clear-groups"]
        command = [str(self.programs / program), "-D", str(self.folder / "kept"), *words]
        subprocess.run(
            [*(as_person if os.geteuid() == 0 else []), *command],
            cwd="/",
            env={**os.environ, "HOME": str(self.folder)},
            # A server that goes on must not hold the pipes of whoever waits for its start.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=SECONDS,
        )


def _person() -> str:
    people = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()
    return "postgres" if any(line.startswith("postgres:") for line in people) else "nobody"


@contextmanager
def own_postgresql() -> Iterator[OwnPostgresql | None]:
    """A started one that is gone afterwards; none where PostgreSQL is not installed."""
    programs = find_programs()
    if programs is None:
        yield None
        return
    # The path of a socket may have no more than about a hundred letters.
    folder = Path(tempfile.mkdtemp(prefix="thamthan-own-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _person())
        server = OwnPostgresql(programs, folder)
        server.start()
        try:
            yield server
        finally:
            if (folder / "kept" / "postmaster.pid").exists():
                server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
