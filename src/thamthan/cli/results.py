"""Where the results of a folder's letters stand, and whether one that stands there still holds.

Beside every result stands, under `.thamthan`, a stamp: of which bytes, with which reader and
which result it was made. A result is written whole or not at all, and its stamp after it; so a
run that is killed anywhere and started again gives what one run gives.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

STAMPS = ".thamthan"
# Most systems allow 255 bytes; the longest ending that is added takes some of them.
_LONGEST_NAME = 220
_SHORTENED = 160
# What systems and programs leave in folders of their own accord.
_NO_LETTERS = re.compile(r"\..*|~\$.*|thumbs\.db|desktop\.ini", re.IGNORECASE)
# A letter whose name ends as that of a refusal would take another letter's place.
_LIKE_A_REFUSAL = re.compile(r"\.refused_*$", re.IGNORECASE)

State = Literal["read", "refused"]


@dataclass(frozen=True, slots=True)
class Letter:
    """ไฟล์หนังสือ: where it is, and its place among the results, relative to the folder."""

    path: Path
    place: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """ตราของผล: what a result was made of, and what a summary tells of it."""

    source: str
    reader: str
    result: str
    state: State
    flagged: bool
    pages: int


def letters_in(folder: Path, *, besides: Path) -> Iterator[Letter]:
    """หนังสือในโฟลเดอร์: every file that may be a letter, folder by folder, in order of names.

    One at a time, however many there are. Not within `besides`, where the results go; links to
    folders are not followed, for they may lead round in a ring.
    """
    left_out = besides.resolve()
    waiting = [(folder, "")]
    while waiting:
        here, place = waiting.pop()
        if here.resolve() == left_out:
            continue
        with os.scandir(here) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        waiting += [
            (Path(entry.path), f"{place}{entry.name}/")
            for entry in reversed(found)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        ]
        for entry in found:
            # Pipes and devices would keep whoever opens them waiting.
            if entry.is_file() and not _NO_LETTERS.fullmatch(entry.name):
                yield Letter(Path(entry.path), f"{place}{entry.name}")


class Results:
    """โฟลเดอร์ผล: the results under a folder, each beside the others of its letter's folder."""

    def __init__(self, folder: Path, *, reader: str) -> None:
        self._folder, self._reader = folder, reader

    def standing(self, letter: Letter, source: str) -> Stamp | None:
        """The stamp of a result that is whole, of these bytes and made by this reader."""
        try:
            stamp = Stamp(**json.loads(self._stamp_of(letter).read_bytes()))
            held = self._result_of(letter, stamp.state).read_bytes()
        except (OSError, ValueError, TypeError):
            return None
        is_good = (stamp.source, stamp.reader) == (source, self._reader)
        return stamp if is_good and stamp.result == sha256(held).hexdigest() else None

    def keep(
        self, letter: Letter, told: dict[str, Any], *, source: str, state: State,
        flagged: bool = False, pages: int = 0, again: bool = False,
    ) -> None:  # fmt: skip
        """Writes a result, then its stamp; `again` leaves it unstamped, to be tried anew.

        Raises `OSError` where it cannot be written.
        """
        content = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(
            "utf-8", "backslashreplace"
        )
        _write(self._result_of(letter, state), content)
        other: State = "refused" if state == "read" else "read"
        self._result_of(letter, other).unlink(missing_ok=True)
        if again:
            self._stamp_of(letter).unlink(missing_ok=True)
            return
        stamp = Stamp(source, self._reader, sha256(content).hexdigest(), state, flagged, pages)
        _write(self._stamp_of(letter), json.dumps(asdict(stamp)).encode())

    def sweep(self) -> None:
        """Removes what processes that are no more had begun to write."""
        for part in self._folder.rglob(".*.part"):
            number = part.name.strip(".").partition(".")[0]
            if number.isdecimal() and not _is_alive(int(number)):
                with suppress(OSError):
                    part.unlink(missing_ok=True)

    def _result_of(self, letter: Letter, state: State) -> Path:
        ending = ".json" if state == "read" else ".refused.json"
        return self._folder / f"{_fitting(letter.place)}{ending}"

    def _stamp_of(self, letter: Letter) -> Path:
        return self._folder / STAMPS / f"{_fitting(letter.place)}.json"


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        # There a question to a process ends it; what is left lying does no harm.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _fitting(place: str) -> str:
    """The place of a letter with a last part that leaves room for an ending, and is its alone."""
    folder, slash, name = place.rpartition("/")
    held = os.fsencode(name)
    if len(held) > _LONGEST_NAME:
        # Thai letters take three bytes each; none is cut in two.
        cut = held[:_SHORTENED].decode("utf-8", "ignore")
        name = f"{cut}~{sha256(held).hexdigest()[:16]}"
    if _LIKE_A_REFUSAL.search(name):
        name += "_"
    return f"{folder}{slash}{name}"


def _write(path: Path, content: bytes) -> None:
    """All of it under another name first, so that under its own name it is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
