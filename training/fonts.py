"""ฟอนต์: the typefaces that glyphs are drawn from, each named by the package it comes in."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

DEBIAN = Path("/usr/share/fonts/truetype/tlwg")
EXPO = "@expo-google-fonts"

# Pinned, for another version may draw another digit.
PACKAGES = {
    f"{EXPO}/sarabun": "0.4.1",
    f"{EXPO}/bai-jamjuree": "0.4.1",
    f"{EXPO}/chakra-petch": "0.4.1",
    f"{EXPO}/ibm-plex-sans-thai-looped": "0.4.1",
    f"{EXPO}/k2d": "0.4.1",
    f"{EXPO}/kodchasan": "0.4.1",
    f"{EXPO}/maitree": "0.3.0",
    f"{EXPO}/niramit": "0.2.3",
    f"{EXPO}/noto-sans-thai": "0.4.2",
    f"{EXPO}/noto-sans-thai-looped": "0.4.2",
    f"{EXPO}/taviraj": "0.2.3",
    f"{EXPO}/trirong": "0.2.3",
    f"{EXPO}/charm": "0.4.1",
    f"{EXPO}/charmonman": "0.2.0",
    f"{EXPO}/itim": "0.4.1",
    f"{EXPO}/mali": "0.4.1",
    f"{EXPO}/sriracha": "0.4.1",
    "@fontsource/playpen-sans-thai": "5.3.0",
}

_INSTALL = ("npm", "install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund")

# How often a family is drawn. Official letters are set in TH Sarabun, whose enlarged sibling is
# Laksaman and whose redrawn one is Sarabun. Umpush is never drawn: the tests read it.
PRINTED = {
    "Laksaman": 8.0,
    "Sarabun": 5.0,
    "Garuda": 2.0,
    "Kinnari": 2.0,
    "Loma": 2.0,
    "Norasi": 2.0,
    "Sawasdee": 1.5,
    "TlwgMono": 1.0,
    "TlwgTypewriter": 1.0,
    "TlwgTypist": 1.0,
    "TlwgTypo": 1.5,
    "Waree": 2.0,
    "BaiJamjuree": 0.8,
    "ChakraPetch": 0.5,
    "IBMPlexSansThaiLooped": 0.8,
    "K2D": 0.8,
    "Kodchasan": 0.5,
    "Maitree": 0.8,
    "Niramit": 1.0,
    "NotoSansThai": 0.8,
    "NotoSansThaiLooped": 1.0,
    "Taviraj": 0.8,
    "Trirong": 0.8,
}
WRITTEN = {
    "Mali": 2.0,
    "Itim": 2.0,
    "Sriracha": 2.0,
    "Charm": 1.0,
    "Charmonman": 1.0,
    "PlaypenSansThai": 1.0,
    "Purisa": 1.0,
}
# Faces of one thin line are skeletons that a pen may follow; PlaypenSansThai has no Arabic digits.
SKELETONS = {"Sarabun": 1.0, "Niramit": 0.7, "K2D": 0.7, "BaiJamjuree": 0.5, "Loma": 0.5}
# Weights that nobody prints a letter in, and that would teach the net hairlines and blots.
_UNUSED = ("Thin", "100", "ExtraLight", "200", "800", "ExtraBold", "900", "Black")
# The digits, the consonants and the vowels that a face must have before it is drawn from.
_NEEDED = "๐๑๒๓๔๕๖๗๘๙กซฒลอ"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, how often to draw from it, and how high its ก is at size 100."""

    path: Path
    family: str
    weight: float
    consonant: float

    def at(self, height: float) -> ImageFont.FreeTypeFont:
        """The face at the size at which its ก is so many pixels high."""
        size = 100.0 * height / self.consonant
        return ImageFont.truetype(self.path, size, layout_engine=ImageFont.Layout.BASIC)


def install(folder: Path) -> None:
    """Fetches the packages into a folder of their own, one by one; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "package.json"
    if not manifest.exists():
        manifest.write_text('{"private": true}', encoding="utf-8")
    kept = json.loads(manifest.read_text(encoding="utf-8")).get("dependencies", {})
    for name, version in PACKAGES.items():
        if name not in kept:
            wanted = f"{name}@{version}"
            subprocess.run(  # noqa: S603
                [*_INSTALL, wanted],
                cwd=folder,
                check=True,
            )


def faces(folder: Path, families: dict[str, float]) -> list[Face]:
    """Every face of these families that is at hand, plain and upright ones drawn most."""
    paths = [*DEBIAN.glob("*.[ot]tf"), *folder.glob("node_modules/@*/*/**/*.ttf")]
    paths += folder.glob("node_modules/@fontsource/*/files/*-thai-[4-7]00-normal.woff")
    found: dict[str, list[Path]] = {}
    for path in sorted(paths, key=lambda each: each.name):
        family = _family_of(path)
        if family in families and not any(word in path.stem for word in _UNUSED):
            found.setdefault(family, []).append(path)
    shares = {path: _share_of(path) for members in found.values() for path in members}
    return [
        Face(
            path,
            family,
            families[family] * shares[path] / sum(shares[each] for each in members),
            _consonant_of(path),
        )
        for family, members in found.items()
        for path in members
        if _is_thai(path)
    ]


def _family_of(path: Path) -> str:
    stem = path.stem.replace("_", "-").split("-")[0]
    return "PlaypenSansThai" if path.stem.startswith("playpen-sans-thai") else stem


def _share_of(path: Path) -> float:
    slanted = "Italic" in path.stem or "Oblique" in path.stem
    plain = not any(word in path.stem for word in ("Bold", "Light", "300", "600", "700"))
    return (0.5 if slanted else 2.0) * (2.0 if plain else 1.0)


def _is_thai(path: Path) -> bool:
    font = ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.BASIC)
    missing = font.getmask("\uffff")
    return all(
        font.getmask(sign).getbbox() is not None and bytes(font.getmask(sign)) != bytes(missing)
        for sign in _NEEDED
    )


def _consonant_of(path: Path) -> float:
    font = ImageFont.truetype(path, 100, layout_engine=ImageFont.Layout.BASIC)
    _, top, _, bottom = font.getbbox("ก", anchor="ls")
    return float(bottom - top)
