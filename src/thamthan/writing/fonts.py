"""The letters on paper: the office's own TH Sarabun, or a free face brought to its size."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from thamthan.errors import Refused

# What the national face is called in the files that offices have.
_NATIONAL = ("TH SarabunPSK", "TH Sarabun New", "TH SarabunIT๙", "TH SarabunIT9", "TH Sarabun")
_LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg")
_OWN = Path(__file__).resolve().parent.parent / "data" / "fonts"
# So many units to the em make 16 pt of the free face as high as 16 pt of TH Sarabun (ก 0.400 em).
_LAKSAMAN_EM, _SARABUN_EM = 1505, 1527
_SPACE = 0.23
_SUFFIXES = (".ttf", ".otf")

_lock = Lock()
_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """แบบอักษร: its name in the forms, its files, and the units of its em where they change."""

    family: str
    files: tuple[Path, ...]
    units_per_em: int | None = None


def use_fonts(folder: Path | None) -> None:
    """ใช้แบบอักษรของหน่วยงาน: takes TH Sarabun from this folder, where it holds one.

    None takes back what was said; a folder without TH Sarabun changes nothing.
    """
    global _folder
    with _lock:
        _folder = folder


def face() -> Face:
    """แบบอักษรที่ใช้: the office's TH Sarabun, else Laksaman, else Sarabun, at one size."""
    with _lock:
        folder = _folder
    return _chosen(folder)


@lru_cache(maxsize=4)
def _chosen(folder: Path | None) -> Face:
    if folder is not None and folder.is_dir():
        own = _national_in(folder)
        if own:
            return own
    laksaman = (_LAKSAMAN / "Laksaman.ttf", _LAKSAMAN / "Laksaman-Bold.ttf")
    if all(file.is_file() for file in laksaman):
        return Face("Thamthan Laksaman", laksaman, _LAKSAMAN_EM)
    return sarabun()


def sarabun() -> Face:
    """แบบอักษรที่มากับระบบ: Sarabun at the size of TH Sarabun, wherever the product is installed."""
    files = (_OWN / "sarabun-regular.ttf", _OWN / "sarabun-bold.ttf")
    if not all(file.is_file() and file.stat().st_size for file in files):
        raise Refused(
            "ยังไม่มีแบบอักษรสำหรับพิมพ์หนังสือ ให้ผู้ดูแลระบบติดตั้งระบบใหม่ขณะต่อเครือข่าย "
            "หรือวางไฟล์ TH Sarabun ของหน่วยงานไว้ในโฟลเดอร์แบบอักษร",
            code="no_fonts",
            status=503,
        )
    return Face("Thamthan Sarabun", files, _SARABUN_EM)


def _national_in(folder: Path) -> Face | None:
    files: dict[str, list[Path]] = {}
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in _SUFFIXES:
            files.setdefault(_family_of(file), []).append(file)
    for family in _NATIONAL:
        if family in files:
            return Face(family, tuple(files[family]))
    return None


def _family_of(file: Path) -> str:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, lazy=True) as font:
            return str(font["name"].getBestFamilyName() or "")
    except (TTLibError, OSError, KeyError):
        return ""


def prepare(chosen: Face, folder: Path) -> None:
    """เตรียมแบบอักษร: puts the face's files into the folder, at their new size and name."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in chosen.files:
        target = folder / file.name
        if target.exists():
            continue
        if chosen.units_per_em is None:
            target.write_bytes(file.read_bytes())
        else:
            _resize(file, target, family=chosen.family, units_per_em=chosen.units_per_em)


def _resize(file: Path, target: Path, *, family: str, units_per_em: int) -> None:
    """A larger em with the same outlines makes letters smaller; a new name keeps the two apart."""
    from fontTools.ttLib import TTFont

    # The same letter gives the same bytes, whenever the face was made.
    with TTFont(file, recalcTimestamp=False) as font:
        font["head"].unitsPerEm = units_per_em
        # A space as wide as that of TH Sarabun; a narrower one is passed over by readers.
        space = font.getBestCmap()[ord(" ")]
        width, bearing = font["hmtx"][space]
        font["hmtx"][space] = (max(width, round(_SPACE * units_per_em)), bearing)
        names = font["name"]
        style = names.getBestSubFamilyName() or "Regular"
        for record in list(names.names):
            if record.nameID in {1, 3, 4, 6, 16, 17, 18, 21, 22}:
                names.removeNames(nameID=record.nameID)
        for number, words in (
            (1, family),
            (2, style),
            (3, f"{family} {style}"),
            (4, f"{family} {style}"),
            (6, f"{family}-{style}".replace(" ", "")),
        ):
            names.setName(words, number, 3, 1, 0x409)
        font.save(target)


@lru_cache(maxsize=4)
def letters_of(chosen: Face) -> frozenset[int]:
    """ตัวอักษรที่มี: the code points that every file of the face can draw."""
    from fontTools.ttLib import TTFont

    found: list[set[int]] = []
    for file in chosen.files:
        with TTFont(file, lazy=True) as font:
            found.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*found)) if found else frozenset()
