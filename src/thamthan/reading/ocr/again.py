"""Lines that were read badly are looked at again: at other sizes, and for words that posts have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.known_words import post_words, words_of
from thamthan.reading.ocr.lines import Cut, Strip
from thamthan.reading.ocr.picture import Worked
from thamthan.reading.ocr.reader import odds_of, peaks, placed, read_line
from thamthan.reading.ocr.witness import DISAGREED, never_surer
from thamthan.reading.ocr.wording import Worded, as_words
from thamthan.reading.signs import CLOSING, PURPOSE

# Print is read as well as this, on the whole; a line read worse is small, pale or blotted. What
# stamps posts and names is often smaller than the letter that it stands under.
WELL = 0.96
# Of the running text's letters: an urgency or a heading is so large.
LARGE = 1.5
_LARGE_WELL = 0.9
# In its size: how far behind large print its last letter may stand that a stroke has caught, how
# far below its feet a vowel, and how many dots of ink more than its own are worth a look.
_CAUGHT, _BELOW, _FEW_DOTS = 1.3, 0.5, 0.03
_DARK, _EDGE = 128, 8
_SIZES = (1.15, 1.3, 1.5)
_FEWEST = 5
# No print, and not worth the time.
_SCRAWL = 0.5
# Known words are looked for in so many of the looks, and not where the best sees no print.
_WORDED, _NO_WORDS = 3, 0.7
# A line is of known words where so many of its signs are.
_MOSTLY = 0.8
_SURE_LINE = 0.98
# What a sign of a known word is worth against its strain.
_WORTH = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """A strip as it was read best; `is_worded` where known words told what the ink did not.

    `is_known`: next to nothing but known words stands there.
    """

    letters: tuple[Letter, ...]
    likely: float
    is_worded: bool = False
    is_known: bool = False


class Foot:
    """ส่วนลงนาม: where the letter is signed, and the words that may stand there."""

    def __init__(self, cut: Cut, read: Sequence[Sequence[Letter]]) -> None:
        strips = cut.strips
        self._drawings = [region.box for region in cut.regions if region.kind == "drawing"]
        lines = ["".join(letter.text for letter in letters) for letters in read]
        ends = [
            strip.box.top
            for strip, line in zip(strips, lines, strict=True)
            if strip.frame is None and (PURPOSE.match(line) or CLOSING.match(line))
        ]
        self.top = min(ends, default=None)
        self.words: frozenset[str] = frozenset()
        if self.top is not None:
            sure = [
                line for line, one in zip(lines, read, strict=True) if likely_of(one) > _SURE_LINE
            ]
            self.words = post_words() | words_of(sure)

    def holds(self, strip: Strip) -> bool:
        """Whether a strip stands below the end of the running text."""
        return self.top is not None and strip.box.top > self.top

    def is_crossed(self, strip: Strip) -> bool:
        """Whether a signature or the like runs through the letters of a strip that is signed."""
        top, bottom = min(strip.feet) - 0.9 * strip.size, max(strip.feet) - 0.1 * strip.size
        return self.holds(strip) and any(
            box.left < strip.box.right
            and box.right > strip.box.left
            and box.top < bottom
            and box.bottom > top
            for box in self._drawings
        )


def likely_of(letters: Sequence[Letter]) -> float:
    """How likely the signs of a line are, on the whole."""
    return float(np.mean([letter.certainty for letter in letters])) if letters else 0.0


def look_again(strip: Strip, first: Sequence[Letter], foot: Foot, inks: Worked) -> Look:
    """ดูซ้ำ: a badly read strip at other sizes, and as known words where it is signed.

    There the strip is looked at with all that stands in its band, too: letters that a pen's stroke
    has caught are no letters of their own, and pale ones fall to specks. The likeliest reading is
    taken, nowhere surer than the first look was, and doubted where that saw something else; what
    only a known word tells is never promised.
    """
    likely = likely_of(first)
    kept = Look(tuple(first), likely)
    if likely < _SCRAWL or len(first) < _FEWEST:
        return kept
    if strip.frame is None and strip.size > LARGE * inks.consonant:
        caught = _large(strip, kept, inks)
        if caught is not kept:
            return caught
    if likely >= WELL:
        return _crossed(strip, kept, inks) if foot.is_crossed(strip) else kept
    looks = [_Sized(strip, *odds_of(strip, zoom=zoom)) for zoom in (1.0, *_SIZES)]
    best = max(looks[1:], key=lambda look: look.likely)
    if foot.holds(strip) and best.likely < WELL:
        whole = _with_its_band(strip, inks)
        looks += [_Sized(strip, *odds_of(whole, zoom=zoom)) for zoom in (1.0, *_SIZES)]
        best = max(looks[1:], key=lambda look: look.likely)
    if best.likely > likely:
        kept = Look(tuple(never_surer(best.letters, first)), best.likely)
    if not foot.holds(strip) or max(best.likely, likely) < _NO_WORDS:
        return kept
    looks.sort(key=lambda look: -look.likely)
    ways = [as_words(look.odds, foot.words, scale=look.scale) for look in looks[:_WORDED]]
    return _in_words(strip, kept, ways)


class _Sized:
    """A strip as the net sees it at one size."""

    def __init__(self, strip: Strip, odds: NDArray[np.float32], scale: float) -> None:
        self.odds, self.scale = odds, scale
        self.letters = placed(peaks(odds, scale=scale), strip)
        self.likely = likely_of(self.letters)


def _crossed(strip: Strip, kept: Look, inks: Worked) -> Look:
    """What stands in the band with the stroke that runs through it, if that is more and likely."""
    letters = read_line(_with_its_band(strip, inks))
    likely = likely_of(letters)
    if likely < WELL or len(letters) <= len(kept.letters):
        return kept
    return Look(tuple(never_surer(letters, kept.letters)), likely)


def _large(strip: Strip, kept: Look, inks: Worked) -> Look:
    """Large print with the stroke that has caught some of it, be it the last letter."""
    high, wide = strip.picture.shape
    end = strip.left + wide + round(_CAUGHT * strip.size)
    own = inks.grey[strip.top : strip.top + high, strip.left : end]
    feet = min(strip.feet) - strip.top
    band = slice(max(0, round(feet - strip.size)), round(feet + _BELOW * strip.size))
    dark = own[band] < _DARK
    caught = int(dark.sum()) - int((strip.picture[band] < _DARK).sum())
    if caught < _FEW_DOTS * strip.size**2:
        return kept
    last = max(wide, int(np.flatnonzero(dark.any(axis=0)).max()) + _EDGE)
    letters = read_line(replace(strip, picture=own[:, :last]))
    likely = likely_of(letters)
    if likely < _LARGE_WELL or len(letters) <= len(kept.letters):
        return kept
    return Look(tuple(never_surer(letters, kept.letters)), likely)


def _with_its_band(strip: Strip, inks: Worked) -> Strip:
    """The same strip with every ink that stands within its box."""
    high, wide = strip.picture.shape
    own = inks.grey[strip.top : strip.top + high, strip.left : strip.left + wide]
    return replace(strip, picture=own)


def _in_words(strip: Strip, kept: Look, ways: Sequence[Worded]) -> Look:
    """The look with the words of its least strained way, if any is borne out."""
    told = [way for way in ways if way.known]
    if not told:
        return kept
    best = max(told, key=lambda way: way.known * (_WORTH - way.strain) / len(way.guesses))
    letters = placed(best.guesses, strip)
    is_known = best.known >= _MOSTLY * len(letters)
    if [one.text for one in letters] == [one.text for one in kept.letters]:
        return replace(kept, is_known=is_known)
    if likely_of(letters) < kept.likely and not is_known:
        return kept
    doubted = [replace(one, certainty=min(one.certainty, DISAGREED)) for one in letters]
    return Look(tuple(doubted), max(kept.likely, likely_of(letters)), True, is_known)
