"""Sets up a checkout with the standard library alone; run again, it does only what has changed."""

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = ROOT / ".stamps"
FRONT_END = ROOT / "src" / "thamthan" / "web" / "static" / "npm"
LANGUAGES = ROOT / "var" / "tessdata"
LANGUAGE_FILES = ("tha.traineddata", "eng.traineddata")
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


class Stopped(Exception):
    """Set-up cannot go on; the message says what to do about it."""


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[int]:
    """Holds the set-up lock; it falls away with its last holder, however that one ends.

    Programs started meanwhile hold it too, so that an installer left over from a killed set-up
    is waited for and never raced.
    """
    STAMPS.mkdir(exist_ok=True)
    with (STAMPS / "lock").open("a") as file:
        try:
            _lock(file, wait=False)
        except OSError:
            say("มีการติดตั้งอีกรายการทำอยู่ รอสักครู่ / Another set-up is at work here; waiting for it …")
            _lock(file, wait=True)
        yield file.fileno()


def _lock(file: IO[str], *, wait: bool) -> None:
    if WINDOWS:
        import msvcrt

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK
        msvcrt.locking(file.fileno(), mode, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def digest(files: Sequence[Path], *words: str) -> str:
    total = hashlib.sha256("\n".join(words).encode())
    for file in files:
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def is_stamped(stamp: Path, content: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == content


def write_stamp(stamp: Path, content: str) -> None:
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(content, encoding="utf-8")


def start(command: Sequence[str | Path], *, lock: int, cwd: Path = ROOT) -> bool:
    environment = dict(os.environ)
    environment.pop("VIRTUAL_ENV", None)
    environment.pop("PYTHONPATH", None)
    # What an installer says is for the reader of set-up, never for whoever reads our output.
    done = subprocess.run(  # noqa: S603 - commands written in this file
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=() if WINDOWS else (lock,),
        check=False,
    )
    return done.returncode == 0


def make_environment(*, lock: int) -> None:
    """Makes .venv, or makes it again when its Python or its pip is gone."""
    if PYTHON.exists() and start([PYTHON, "-c", "import pip"], lock=lock):
        return
    say("เตรียมสภาพแวดล้อม Python / Making a Python environment in .venv …")
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if _has("ensurepip") and start([sys.executable, "-m", "venv", VENV], lock=lock):
        return
    # Debian keeps ensurepip in a package of its own: another pip, or virtualenv, can stand in.
    bare = [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
    borrow = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip"]
    if _has("pip") and start(bare, lock=lock) and start(borrow, lock=lock):
        return
    if _has("virtualenv") and start([sys.executable, "-m", "virtualenv", "-q", VENV], lock=lock):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise Stopped(
        "Python นี้สร้างสภาพแวดล้อมแยกไม่ได้ ขาด venv/ensurepip\n"
        "This Python cannot make a virtual environment: venv or ensurepip is missing.\n"
        f"    Debian, Ubuntu:  sudo apt install python3-venv   (or python{version}-venv)\n"
        "Then run this again."
    )


def _has(module: str) -> bool:
    found = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", f"import {module}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return found.returncode == 0


def install_packages(*, dev: bool, lock: int) -> None:
    """Installs the pinned packages, every one checked against its hash."""
    files = [ROOT / "requirements.txt", *([ROOT / "requirements-dev.txt"] if dev else [])]
    stamp = VENV / ("stamp-dev" if dev else "stamp-run")
    content = digest(files, sys.version)
    if PYTHON.exists() and is_stamped(stamp, content):
        return
    make_environment(lock=lock)
    names = " and ".join(file.name for file in files)
    what = "ผลิตภัณฑ์และเครื่องมือตรวจ" if dev else "ผลิตภัณฑ์"
    say(f"ติดตั้งแพ็กเกจของ{what} / Installing packages from {names} …")
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    for file in files:
        command += ["-r", file]
    if not start(command, lock=lock):
        raise Stopped(
            "ติดตั้งแพ็กเกจไม่สำเร็จ การติดตั้งครั้งแรกต้องใช้เครือข่าย แก้แล้วสั่งซ้ำได้\n"
            "The packages could not be installed (see above). The first set-up needs the network;\n"
            "run this again when it is there: what was done is kept."
        )
    write_stamp(stamp, content)
    # Whoever has what checks need has what the product needs.
    write_stamp(VENV / "stamp-run", digest(files[:1], sys.version))


def install_ocr(*, lock: int) -> None:
    """Installs what reads pictures, and its language files; set-up goes on where that fails."""
    if os.environ.get("THAMTHAN_WITHOUT_OCR", "0") == "1":
        return
    file = ROOT / "requirements-ocr.txt"
    stamp = VENV / "stamp-ocr"
    content = digest([file], sys.version)
    if not is_stamped(stamp, content) and not _tried_today("ocr", content):
        say("ติดตั้งส่วนอ่านภาพ (OCR) / Installing what reads pictures from requirements-ocr.txt …")
        command: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq", "--no-input"]
        command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
        if start([*command, "-r", file], lock=lock):
            write_stamp(stamp, content)
            (STAMPS / "tried-ocr").unlink()
        else:
            say(
                "ติดตั้งส่วนอ่านภาพไม่สำเร็จ ใช้งานต่อได้ แต่ภาพและสแกนต้องพิมพ์เอง จะลองใหม่พรุ่งนี้\n"
                "What reads pictures could not be installed: all else works, scans are typed in.\n"
                "It is tried again tomorrow, or after: rm .stamps/tried-ocr"
            )
    if not _has_languages() and not _tried_today("languages", ""):
        _bring_languages(lock=lock)


def _tried_today(what: str, content: str) -> bool:
    """Whether this was tried today already; notes that it now is."""
    mark = STAMPS / f"tried-{what}"
    today = f"{time.strftime('%Y-%m-%d')} {content}"
    if is_stamped(mark, today):
        return True
    write_stamp(mark, today)
    return False


def _has_languages() -> bool:
    folders = [LANGUAGES, Path("/usr/share/tessdata")]
    folders += Path("/usr/share/tesseract-ocr").glob("*/tessdata")
    return any(all((folder / name).is_file() for name in LANGUAGE_FILES) for folder in folders)


def _bring_languages(*, lock: int) -> None:
    """Takes the language files out of Debian's packages, without installing them."""
    packages = ["tesseract-ocr-tha", "tesseract-ocr-eng"]
    if shutil.which("apt-get") and shutil.which("dpkg"):
        say("นำข้อมูลภาษาไทยของ Tesseract มา / Fetching Tesseract's language files …")
        with tempfile.TemporaryDirectory() as folder:
            if start(["apt-get", "-qq", "download", *packages], lock=lock, cwd=Path(folder)):
                for package in Path(folder).glob("*.deb"):
                    start(["dpkg", "-x", package, Path(folder) / "unpacked"], lock=lock)
            LANGUAGES.mkdir(parents=True, exist_ok=True)
            for found in Path(folder).glob("unpacked/**/*.traineddata"):
                shutil.copy(found, LANGUAGES / found.name)
    if not _has_languages():
        say(
            "ไม่พบข้อมูลภาษาของ Tesseract ภาพและสแกนจึงต้องพิมพ์เองไปก่อน\n"
            "Tesseract's language files are missing, so that scans are typed in. To read them:\n"
            "    Debian, Ubuntu:  sudo apt install tesseract-ocr-tha tesseract-ocr-eng\n"
            f"    elsewhere:       put {' and '.join(LANGUAGE_FILES)} into var/tessdata"
        )


def point_to_source() -> None:
    """Lets the environment find src/, wherever the checkout lies now."""
    library = VENV / "Lib" if WINDOWS else next((VENV / "lib").glob("python3.*"))
    pointer = library / "site-packages" / "thamthan_checkout.pth"
    source = f"{ROOT / 'src'}\n"
    if not is_stamped(pointer, source):
        pointer.write_text(source, encoding="utf-8")


def install_front_end(*, lock: int) -> None:
    """Brings the front-end libraries that package.json names to where the pages take them from."""
    made_from = FRONT_END / ".made-from"
    pins = ROOT / "package-lock.json"
    if made_from.exists() and made_from.read_bytes() == pins.read_bytes():
        return
    say("ติดตั้งไลบรารีหน้าเว็บ / Installing front-end libraries from package.json …")
    if not start([ROOT / "bin" / "front-end"], lock=lock):
        raise Stopped(
            "ติดตั้งไลบรารีหน้าเว็บไม่สำเร็จ การติดตั้งครั้งแรกต้องใช้เครือข่าย แก้แล้วสั่งซ้ำได้\n"
            "The front-end libraries could not be installed (see above). The first set-up needs\n"
            "the network; run this again when it is there."
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what checks and tests need")
    dev = parser.parse_args().dev
    try:
        with one_at_a_time() as lock:
            install_packages(dev=dev, lock=lock)
            point_to_source()
            install_ocr(lock=lock)
            install_front_end(lock=lock)
    except Stopped as reason:
        say(f"\n{reason}")
        return 1
    except KeyboardInterrupt:
        say("\nหยุดการติดตั้งแล้ว สั่งซ้ำได้ / Set-up stopped; run it again to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
