"""Short words that were taken for Latin are looked at once more by who knows Thai alone."""

import re
from dataclasses import replace

import numpy as np

from thamthan.reading.ocr.engine import THAI_ALONE, Letter, read_strip
from thamthan.reading.ocr.lines import Strip

READ_TWICE = 0.75

_LATIN = re.compile(r"[A-Za-z@]")
_WITH_LATIN = re.compile(r"[A-Za-z0-9@'’&.]")
_THAI = re.compile(r"[ก-๎๐-๙][ก-๎๐-๙ฯๆ./)-]*")
_LONGEST = 5


def without_false_latin(letters: list[Letter], strip: Strip) -> list[Letter]:
    """คำไทยที่เห็นเป็นฝรั่ง: “um” made บาท again, and “WA.” พ.ศ., where Thai fits better.

    Only runs of at most five letters are doubted, and they stay where the Thai reading holds
    anything that is not Thai, or is much less sure.
    """
    runs = [run for run in _runs(letters) if run[1] - run[0] <= _LONGEST]
    if not runs:
        return letters
    thai = read_strip(strip.picture, size=strip.size, languages=THAI_ALONE)
    kept: list[Letter] = []
    done = 0
    for start, end in runs:
        instead = _instead(letters[start:end], thai)
        if instead:
            kept += letters[done:start]
            kept += [replace(letter, certainty=READ_TWICE) for letter in instead]
            done = end
    return kept + letters[done:]


def _runs(letters: list[Letter]) -> list[tuple[int, int]]:
    found = []
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and _WITH_LATIN.match(letters[end].text):
            end += 1
        if any(_LATIN.match(letter.text) for letter in letters[at:end]):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _instead(latin: list[Letter], thai: list[Letter]) -> list[Letter]:
    left, right = latin[0].left - 6, latin[-1].right + 7
    found = [letter for letter in thai if left < (letter.left + letter.right) / 2 < right]
    text = "".join(letter.text for letter in found).lstrip(".,")
    if not _THAI.fullmatch(text):
        return []
    found = found[len(found) - len(text) :] if len(found) > len(text) else found
    as_latin = float(np.mean([letter.certainty for letter in latin]))
    as_thai = float(np.mean([letter.certainty for letter in found]))
    capitals = "".join(letter.text for letter in latin).rstrip(".").isupper()
    return found if as_thai > as_latin - (0.0 if capitals else 0.03) else []
