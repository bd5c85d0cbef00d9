"""Where the recogniser's language files lie, and whether pictures can be read here at all."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

NEEDED = ("tha.traineddata", "eng.traineddata")
_PACKAGES = ("tesserocr", "cv2", "numpy", "PIL")


def _folders() -> list[Path]:
    checkout = Path(__file__).resolve().parents[4]
    debian = sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    return [
        checkout / "var" / "tessdata",
        Path(sys.prefix) / "share" / "tessdata",
        *debian,
        Path("/usr/share/tessdata"),
    ]


@cache
def language_folder() -> Path | None:
    """ที่เก็บข้อมูลภาษา: the first folder that holds both Thai and English, or None."""
    for folder in _folders():
        if all((folder / name).is_file() for name in NEEDED):
            return folder
    return None


@cache
def has_packages() -> bool:
    """Whether the optional packages are installed; nothing is imported to find out."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def is_available() -> bool:
    """อ่านภาพได้หรือไม่: the packages are there, and so are the language files."""
    return has_packages() and language_folder() is not None
