"""ข้อความ: lines of text as offices write them – words, names, numbers, labels – to be drawn."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from training.lines import ARABIC, THAI

_CONSONANTS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_LABELS, _MONTHS, _UNITS, _TITLES, _LATIN = (
    tuple(str(_LISTS[name]).split()) for name in ("labels", "months", "units", "titles", "latin")
)
_SIGNS = "().,:;/-–“”\"'%&+=฿ๆฯ๏*[]!?#@_"


@cache
def _frequent(folder: Path) -> tuple[tuple[str, ...], np.ndarray]:
    """Words of running text with how often each is drawn; rare ones more often than in life."""
    words, counts = [], []
    for line in (folder / "tnc_freq.txt").read_text("utf-8").splitlines()[:40000]:
        word, _, count = line.partition("\t")
        if word.strip() and len(word) < 24 and count.strip().isdigit():
            words.append(word.strip())
            counts.append(float(count) ** 0.55)
    chances = np.array(counts)
    return tuple(words), np.cumsum(chances / chances.sum())


@cache
def _listed(folder: Path, name: str) -> tuple[str, ...]:
    lines = (folder / name).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if 0 < len(line.strip()) < 40)


class Writer:
    """คนเขียน: makes line after line, each in one kind of digits or in both."""

    def __init__(self, folder: Path, rng: np.random.Generator) -> None:
        self._folder = folder
        self._rng = rng
        self._digits = THAI

    def line(self, *, least: int, most: int) -> str:
        """หนึ่งบรรทัด of so many characters, white space folded to one."""
        rng = self._rng
        self._digits = THAI if rng.random() < 0.68 else ARABIC
        length = int(rng.integers(least, most + 1))
        makers, chances = _MIXES[int(rng.choice(len(_MIXES), p=_MIX_CHANCES))]
        text = ""
        while len(text) < length:
            piece = makers[int(rng.choice(len(makers), p=chances))](self)
            text += piece + (" " if rng.random() < 0.22 else "")
        return " ".join(text[: most + 6].split())

    def _one(self, choices: tuple[str, ...] | list[str] | str) -> str:
        return choices[int(self._rng.integers(len(choices)))]

    def _number(self, least: int, most: int) -> str:
        if self._rng.random() < 0.05:
            self._digits = ARABIC if self._digits is THAI else THAI
        length = int(self._rng.integers(least, most + 1))
        return "".join(self._one(self._digits) for _ in range(length))

    def word(self) -> str:
        words, sums = _frequent(self._folder)
        return words[min(int(np.searchsorted(sums, self._rng.random())), len(words) - 1)]

    def rare(self) -> str:
        return self._one(_listed(self._folder, self._one(["orst_words_th.txt", "words_th.txt"])))

    def name(self) -> str:
        first = self._one(["person_names_female_th.txt", "person_names_male_th.txt"])
        given, last = (self._one(_listed(self._folder, n)) for n in (first, "family_names_th.txt"))
        return f"{self._one(_TITLES)}{given} {last}"

    def place(self) -> str:
        title = self._one(_listed(self._folder, "wikipedia_titles_th.txt"))
        return title if len(title) < 30 else title[:24]

    def label(self) -> str:
        return self._one(_LABELS)

    def latin(self) -> str:
        word = self._one(_LATIN)
        chance = self._rng.random()
        if chance < 0.15:
            word = word.upper()
        elif chance < 0.3:
            letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
            word = "".join(self._one(letters) for _ in range(int(self._rng.integers(1, 8))))
        return word + " "

    def syllable(self) -> str:
        rng = self._rng
        above = self._one("ัิีึื็ิี") if rng.random() < 0.45 else ""
        below = self._one("ุู") if not above and rng.random() < 0.3 else ""
        tone = self._one("่้่้๊๋์") if rng.random() < 0.4 else ""
        first = self._one("เแโใไ") if rng.random() < 0.2 else ""
        last = self._one(("", "", "า", "ะ", "ำ"))
        return first + self._one(_CONSONANTS) + above + below + tone + last

    def sign(self) -> str:
        return self._one(_SIGNS)

    def quoted(self) -> str:
        inner = "".join(self.word() for _ in range(int(self._rng.integers(1, 4))))
        left, right = self._one(("“”", "()", "“”", "()", '""', "[]"))
        return f"{left}{inner}{right}"

    def letter_number(self) -> str:
        rng = self._rng
        agency = "".join(self._one(_CONSONANTS) for _ in range(2 if rng.random() < 0.85 else 3))
        dots = self._one(("", "", "."))
        space = self._one(("", " "))
        code = self._number(4, 5) + ("." + self._number(1, 2) if rng.random() < 0.4 else "")
        circular = self._one(("", "", "ว", "ว ", "ว."))
        return f"{agency}{dots}{space}{code}/{self._one(('', ' '))}{circular}{self._number(1, 5)} "

    def date(self) -> str:
        day = self._number(1, 2)
        year = self._to_digits(str(int(self._rng.integers(2540, 2580))))
        if self._rng.random() < 0.12:
            return f"{day}/{self._number(1, 2)}/{self._one((year, year[2:]))} "
        era = self._one(("", "", "", "พ.ศ. "))
        return f"{day} {self._one(_MONTHS)} {era}{year} "

    def _to_digits(self, text: str) -> str:
        return "".join(self._digits[int(c)] for c in text)

    def amount(self) -> str:
        whole = int(10 ** self._rng.uniform(0, 8))
        text = f"{whole:,}" if self._rng.random() < 0.8 else str(whole)
        part = "." + self._number(2, 2) if self._rng.random() < 0.4 else ""
        told = "".join(self._digits[int(c)] if c.isdigit() else c for c in text)
        return f"{told}{part}{self._one(('', ' '))}{self._one(_UNITS)}"

    def clock(self) -> str:
        return f"{self._number(1, 2)}{self._one('.:')}{self._number(2, 2)} น. "

    def telephone(self) -> str:
        parts = [self._number(1, 1), self._number(4, 4), self._number(4, 4)]
        if self._rng.random() < 0.4:
            parts = [self._number(3, 3), self._number(3, 3), self._number(3, 4)]
        return f"{self._one(('โทร. ', 'โทรศัพท์ ', 'โทรสาร ', ''))}{self._one('-- ').join(parts)} "

    def mail(self) -> str:
        user = "".join(self._one("abcdefghijklmnopqrstuvwxyz_.0123456789") for _ in range(7))
        host = self._one(_LATIN).lower()
        return f"{user}@{host}.{self._one(('go.th', 'com', 'ac.th', 'or.th', 'mail.go.th'))} "

    def item(self) -> str:
        number = self._number(1, 2)
        below = f"{number}.{self._number(1, 1)} "
        return self._one((f"{number}. ", f"{number}) ", f"({number}) ", below))

    def span(self) -> str:
        dash = self._one((" - ", "-", " – ", " – ", "–", " ถึง "))
        return f"{self._number(1, 2)}{dash}{self._number(1, 4)} "

    def bullet(self) -> str:
        return self._one(("- ", "-", "...", "/", "๏ ", "* ", "...... ", "- ๒ - ", "(ลงชื่อ)"))

    def several(self) -> str:
        return f"{self._number(1, 3)} {self._one(_UNITS)}"


_Maker = Callable[[Writer], str]
_PROSE: tuple[tuple[_Maker, ...], tuple[float, ...]] = (
    (
        *(Writer.word, Writer.rare, Writer.label, Writer.quoted, Writer.sign, Writer.latin),
        *(Writer.several, Writer.name, Writer.place, Writer.date, Writer.span, Writer.bullet),
    ),
    (0.60, 0.11, 0.07, 0.03, 0.02, 0.03, 0.04, 0.02, 0.02, 0.02, 0.02, 0.02),
)
_HEAD: tuple[tuple[_Maker, ...], tuple[float, ...]] = (
    (
        *(Writer.label, Writer.letter_number, Writer.date, Writer.telephone, Writer.name),
        *(Writer.place, Writer.word, Writer.item, Writer.clock, Writer.amount, Writer.mail),
        *(Writer.span, Writer.bullet),
    ),
    (0.16, 0.15, 0.14, 0.10, 0.08, 0.06, 0.07, 0.06, 0.05, 0.06, 0.02, 0.03, 0.02),
)
_ODD: tuple[tuple[_Maker, ...], tuple[float, ...]] = (
    (Writer.syllable, Writer.sign, Writer.several, Writer.latin, Writer.rare, Writer.amount),
    (0.5, 0.1, 0.1, 0.1, 0.1, 0.1),
)
_MIXES = (_PROSE, _HEAD, _ODD)
_MIX_CHANCES = (0.55, 0.33, 0.12)
